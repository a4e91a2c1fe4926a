"""`check`, `diff`, `report`, `charts`, `calendars`: what a roster is worth, and how it looks.

Week and roster -> costs and broken rules, differences, one HTML file, pictures for slides, and what
every person and every center is handed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from shiftplan.citizens.scenarios import price_scenarios
from shiftplan.cli import common
from shiftplan.cli.citizens import Correlation, Scenarios, correlation_of
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, AsJson, Language, MaybeRoster, Out, Recommended, Staff
from shiftplan.cli.keeping import keep_inputs, tables_of
from shiftplan.cli.reading import (
    current_roster,
    read_late_changes,
    read_live,
    read_noted,
    show_notes,
    version_named,
)
from shiftplan.errors import InputError, MissingExtraError
from shiftplan.files.text import is_there
from shiftplan.present import summary as figures
from shiftplan.present.charts import CHARTS, Format, draw_charts, write_figures
from shiftplan.present.display import make_console, print_items, results
from shiftplan.present.display.changes import show_comparison
from shiftplan.present.handouts import CALENDARS, MESSAGES, revisions_in, write_handouts
from shiftplan.present.handouts.calendars import MOST_SEQUENCE
from shiftplan.present.handouts.folders import NOTES, read_notes
from shiftplan.present.handouts.sending import TABLES
from shiftplan.present.naming import lang_of
from shiftplan.present.outputs import RESULT
from shiftplan.present.report import can_write, read_outcome, write_report
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.record.live import LiveWeek
from shiftplan.record.who_comes import barred_by_record
from shiftplan.scoring.check import check, compare_rosters
from shiftplan.solving.result import Progress
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster

EXIT_BROKEN = 1


@command("check")
def check_roster(
    week: Argument,
    roster: MaybeRoster = None,
    as_json: AsJson = False,
    most: common.Most = 5,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Score any roster, also one made by hand: broken hard rules and costs.

    Exit codes: 0 no hard rule is broken, 1 some are, 2 bad input.
    """
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    if roster is None or not is_there(roster):
        judged = current_roster(live, roster, lang)
    else:
        judged = read_noted(problem, roster, lang, lenient=True)
    score = check(problem, judged)
    summary = figures.summarize(problem, judged)
    if as_json:
        common.print_json(figures.CheckReport.of(problem, score, summary, lang).as_dict())
    else:
        console, away = make_console(), barred_by_record(live.now)
        results.show_broken(console, problem, score, most, lang, away)
        results.show_costs(console, score, lang)
        results.show_summary(console, summary, lang)
        results.show_missing_rules(console, problem, lang)
    raise typer.Exit(common.EXIT_OK if score.is_feasible else EXIT_BROKEN)


@command(
    "diff", "shiftplan diff week", "shiftplan diff week 2 3", "shiftplan diff week a.csv b.csv"
)
def diff(
    week: Argument,
    before: MaybeRoster = None,
    after: MaybeRoster = None,
    as_json: AsJson = False,
    most: common.Most = 20,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Tell what differs between two rosters: people's shifts, centers' teams, costs by rule.

    Exit codes: 0 they were compared, 2 bad input.
    """
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    earlier = live.now.known if before is None else current_roster(live, before, lang)
    if earlier is None:
        raise live.now.state.lacking("record.nothing_told")
    told = live.now.state.shifts_told if before is None else _shifts_told(live, before)
    found = compare_rosters(
        problem,
        earlier,
        current_roster(live, after, lang),
        before_shifts=told,
        after_shifts=_shifts_told(live, after),
    )
    if as_json:
        common.print_json(found.as_dict())
    else:
        show_comparison(make_console(), problem, found, most, lang)


def _shifts_told(live: LiveWeek, roster: Path | None) -> Mapping[str, Shift]:
    """The shifts as people were told them in a version; none of a file or the newest roster."""
    number = version_named(roster)
    return {} if number is None else live.now.state.need(number).shifts


@command("report")
def report(
    week: Argument,
    out: Out,
    roster: MaybeRoster = None,
    result: Path | None = None,
    public: Annotated[bool, typer.Option("--public")] = False,
    staff: Staff = False,
    recommended: Recommended = False,
    scenarios: Scenarios = None,
    correlation: Correlation = None,
    lang: Language = "en",
) -> None:
    """Write a report: map, coverage, loads, empty seats and the roster, in one file.

    Exit codes: 0 the report was written, 1 internal error, 2 bad input.
    """
    if not can_write():
        raise MissingExtraError("jinja2", "report")
    shared = correlation_of(scenarios, correlation)
    keep_inputs("--out", (out,), (roster, result, *tables_of(week)))
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    shown = current_roster(live, roster, lang)
    common.make_folder(out, lang=lang)
    proven = None
    if result is not None:
        proven = read_outcome(result, problem, shown, check(problem, shown))
    priced = None
    if scenarios is not None:
        priced = price_scenarios(problem, shown, scenarios=scenarios, correlation=shared)
    write_report(problem, shown, out, result=proven, lang=lang, public=public, scenarios=priced)
    common.print_written(lang, out)


@command(
    "charts",
    "shiftplan charts week out/roster.csv --out slides",
    "shiftplan charts week out/roster.csv --out slides --format svg --lang vi",
)
def make_charts(
    week: Argument,
    out: Out,
    roster: MaybeRoster = None,
    kind: Annotated[Format, typer.Option("--format")] = "png",
    result: Annotated[Path | None, typer.Option(show_default=False)] = None,
    staff: Staff = False,
    recommended: Recommended = False,
    lang: Language = "en",
) -> None:
    """Draw a roster for slides: empty seats, loads, a map of centers, cost and bound over time.

    Exit codes: 0 pictures were written, 2 bad input; then nothing was written.
    """
    live = read_live(week, lang, anew=staff, recommended=recommended)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    drawn = current_roster(live, roster, lang)
    beside = None if roster is None else roster.parent / RESULT
    history = _history(problem, drawn, result, beside, lang)
    common.make_folder(*(out / f"{name}.{kind}" for name in CHARTS), lang=lang)
    usual = CHARTS[:2]  # nearly all rosters have these
    is_again = any((out / f"{name}.{kind}").exists() for name in usual)
    charts = draw_charts(problem, drawn, history=history, lang=lang)
    written = write_figures(charts, out, kind)
    console = make_console()
    for name in CHARTS:
        if name not in charts:
            if is_again:  # no earlier picture passes for one of this roster
                (out / f"{name}.{kind}").unlink(missing_ok=True)
            print_items(console, Words(lang)(f"charts.no_chart_{name}"))
    if written:
        common.print_written(lang, *written)


def _history(
    problem: Problem, roster: Roster, given: Path | None, beside: Path | None, lang: Lang
) -> tuple[Progress, ...]:
    """How cost and bound of a roster came about; empty where no result tells it.

    A result of another roster is refused where it is given, and left aside where it only lies
    beside the roster.
    """
    asked = given or beside
    if asked is None or (given is None and not asked.exists()):
        return ()
    try:
        return read_outcome(asked, problem, roster, check(problem, roster)).history
    except InputError as error:
        if given is not None:
            raise
        show_notes(list(error.faults), lang)
        return ()


@command("calendars")
def write_calendars(
    week: Argument,
    out: Out,
    roster: MaybeRoster = None,
    before: Path | None = None,
    absent: common.Lists = None,
    changes: Path | None = None,
    revision: Annotated[int, typer.Option(min=0, max=MOST_SEQUENCE)] = 0,
    staff: Staff = False,
    lang: Language = "en",
) -> None:
    """Write a calendar (.ics) and a message for every person and every center.

    Exit codes: 0 all was written, 2 bad input, or only messages: the package icalendar is missing.
    """
    live = read_live(week, lang, anew=staff)
    problem = live.now.problem
    lang = lang_of(problem, lang)
    planned = current_roster(live, roster, lang)
    if absent or changes is not None:
        problem = problem.with_changes(*read_late_changes(problem, absent, changes, lang))
    told = None if before is None else current_roster(live, before, lang)
    if version_named(before) is not None:
        problem = live.with_all_told(problem)
    if broken := check(problem, planned).broken:
        print(Words(lang)("handouts.breaks_rules", n=len(broken)), file=sys.stderr)
    common.make_folder(out / NOTES, lang=lang)
    numbers = None if before is None else revisions_in(before.parent)
    written = write_handouts(
        problem,
        planned,
        out,
        before=told,
        before_shifts={
            **live.files.shift_by_id,
            **live.now.state.shifts_told,
            **_shifts_told(live, before),
        },
        revisions=numbers,
        revision=revision,
        lang=lang,
    )
    say = Words(lang)
    counts = {f.name: sum(n not in TABLES for n in read_notes(f)["files"]) for f in written}
    dates, texts = (counts.get(name, 0) for name in (CALENDARS, MESSAGES))
    print(say("handouts.handouts", calendars=dates, messages=texts), end=" ")
    common.print_written(lang, *written)
    if len(written) == 1:
        raise common.fail(say("handouts.no_calendars"))
