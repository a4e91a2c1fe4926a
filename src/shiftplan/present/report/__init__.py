"""The report: one HTML file that opens anywhere, without network.

(`Problem`, `Roster`, perhaps `Result`) -> content -> templates with style, script and data -> file.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.explain import SeatReasons
from shiftplan.analysis.seats import lacking, seat_reasons
from shiftplan.errors.allowed import AnySeconds, FromZero
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files.whole import write_texts
from shiftplan.present.answers.reasons import seat_lines
from shiftplan.present.coverage import load_bins, shift_bins
from shiftplan.present.headline import headline
from shiftplan.present.map import map_of
from shiftplan.present.naming import rule_name
from shiftplan.present.report.facts import Facts, as_json, data_of
from shiftplan.present.report.page import can_write, rendered
from shiftplan.present.result_file import read_outcome, require_same
from shiftplan.present.summary import attendance_lines, finding, load_lines
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.rules.attendance import attendance_of
from shiftplan.scoring.check import Score, check
from shiftplan.scoring.equity import Seats, step
from shiftplan.solving.result import Result
from shiftplan.week.roster import Roster

__all__ = ["can_write", "read_outcome", "write_report"]
_FINDINGS = 20


class Figure(NamedTuple):
    """One of the large figures at the top."""

    label: str
    value: str
    note: str


def title_of(facts: Facts) -> tuple[str, str]:
    """Title and subtitle: the days planned, and how much there is to do."""
    problem, say = facts.problem, facts.say
    first, last = problem.horizon.start, problem.horizon.end - timedelta(1)
    counts = {name: len(getattr(problem, name)) for name in ("centers", "volunteers", "shifts")}
    subtitle = say("reports.subtitle", **counts)
    title = say("reports.title", first=first, last=last)
    return title, f"{problem.name} · {subtitle}" if problem.name else subtitle


def figures_of(facts: Facts, result: Result | None) -> tuple[Figure, ...]:
    """The large figures: seats filled, minimums, people at work, and how much better can be."""
    say, overall, found = facts.say, facts.equity.overall, facts.fairness
    both = Seats.sum([overall.people, overall.skilled])
    figures = [
        Figure(
            say(f"reports.filled_{name}"),
            say.percent(seats.share),
            say("reports.seats_of", filled=seats.filled, n=seats.target),
        )
        for name, seats in (("people", overall.people), ("skilled", overall.skilled))
        if seats.target
    ]
    if both.minimum:
        note = say("reports.minimums_of", filled=both.minimum_filled, n=both.minimum)
        share = say.percent(both.minimum_filled / both.minimum)
        figures.append(Figure(say("reports.minimums"), share, note))
    working = say.number(sum(1 for person in found.people if person.shifts))
    asked = say("reports.offered", n=len(found.offering))
    figures.append(Figure(say("reports.working"), working, asked))
    gap = None if result is None else result.total.gap
    if gap is not None and gap < 1:
        note = say("reports.better_proven")
        figures.append(Figure(say("reports.better"), say.percent(gap, up=True), note))
    return tuple(figures)


def sentences_of(facts: Facts, score: Score, result: Result | None) -> tuple[str, ...]:
    """The summary: whether it can be worked, what it costs, what is proven, who will come."""
    say, equity = facts.say, facts.equity
    lines = [say("plans.feasible")] if score.is_feasible else []
    if result is not None and result.poor is not None:
        lines = [*headline(result, facts.lang), *lines]
    elif result is not None:
        lines += headline(result, facts.lang)
    else:
        lines += [say("reports.total", cost=score.total), say("reports.no_result")]
    empty = [c for c in equity.centers if c.both.filled < c.both.target]
    if empty:
        seats = sum(c.both.target - c.both.filled for c in empty)
        worst = tuple(c.name for c in empty[:3])
        lines.append(say("reports.empty", n=seats, centers=len(empty), worst=worst))
    elif equity.overall.people.target or equity.overall.skilled.target:
        lines.append(say("plans.no_empty_seats"))
    elif not facts.is_asking:
        lines.append(say("reports.not_asking"))
    return (*lines, *attendance_lines(attendance_of(facts.case), say))


def problems_of(facts: Facts, score: Score) -> tuple[str, ...]:
    """Broken hard rules as sentences; in a public report only how often each is broken."""
    say = facts.say
    if facts.public:
        counts = Counter(found.rule.rule for found in score.broken)
        return tuple(
            f"{rule_name(rule, facts.lang)}: {say.number(n)}" for rule, n in counts.items()
        )
    shown = [finding(found, facts.names) for found in score.broken[:_FINDINGS]]
    more = len(score.broken) - len(shown)
    return (*shown, *([say("form.more", n=more)] if more else []))


def sharing_of(facts: Facts) -> tuple[str, ...]:
    """How the work is shared, in sentences; a public report names nobody."""
    weeks = "plans.spread" if facts.problem.history else "reports.spread"
    return tuple(load_lines(facts.fairness, facts.say, named=not facts.public, spread=weeks))


_SHORTAGES, _SECONDS = 20, 5.0
_TEMPLATES = ("template.html.j2", "pictures.html.j2", "rosters.html.j2")


class ShortageRow(NamedTuple):
    """Empty seats of one requirement, and why they are empty."""

    center: str
    time: str
    seats: str
    """People there of people wanted, and whom the requirement counts."""
    minimum: str
    reasons: tuple[str, ...]


def write_report(
    problem: Problem,
    roster: Roster,
    path: str | os.PathLike[str],
    *,
    result: Result | None = None,
    lang: Lang = "en",
    public: bool = False,
    shortages: int = _SHORTAGES,
    time_limit: float = _SECONDS,
) -> None:
    """Write the report on a roster: one HTML file that needs no network and no other file.

    Parameters
    ----------
    problem
        The problem the roster is for.
    roster
        Any roster; the report lists the rules that it breaks and leaves out unknown ids.
    path
        The file, which is replaced whole.
    result
        Result of the solve that made the roster; None leaves the proven bound out.
    lang
        Language of everything but names.
    public
        Whether people are only counted: no name and no id of a person is in the file.
    shortages
        Requirements with empty seats explained at most, the worst first.
    time_limit
        Seconds for explaining them.

    Raises
    ------
    InputError
        The result is about another week or roster, an option is out of range, or the file cannot
        be written.
    MissingExtraError
        The package jinja2 is not installed.
    """
    check_options(
        ("shortages", shortages, FromZero),
        ("time_limit", time_limit, AnySeconds),
        lang_option(lang),
    )
    facts = Facts(problem, roster, lang, public=public)
    page = content_of(facts, result=result, shortages=shortages, time_limit=time_limit)
    data = as_json(page["data"])
    text = rendered(
        "shiftplan.present.report", _TEMPLATES, facts.say, page=page, step=step, data=data
    )
    write_texts({Path(path): text})


def content_of(
    facts: Facts,
    *,
    result: Result | None = None,
    shortages: int = _SHORTAGES,
    time_limit: float = _SECONDS,
) -> dict[str, Any]:
    """What the templates lay out, by name; parameters as of `write_report`, which checks them."""
    score, found = check(facts.problem, facts.roster), facts.fairness
    if result is not None:
        require_same(result, facts.problem, score, Path("result.json"))
    title, subtitle = title_of(facts)
    explained, more = _explained(facts, shortages, time_limit)
    data, is_asking = data_of(facts), facts.is_asking
    return {
        "title": title,
        "subtitle": subtitle,
        "is_public": facts.public,
        "is_first_week": not facts.problem.history,
        "has_homes": any(person["h"] >= 0 for person in data["people"]),
        "figures": figures_of(facts, result),
        "sentences": sentences_of(facts, score, result),
        "problems": problems_of(facts, score),
        "places": facts.center_place,
        "map": map_of(facts.problem, facts.equity.centers) if is_asking else None,
        "grid": facts.grid() if is_asking else None,
        "areas": facts.areas(),
        "sharing": sharing_of(facts),
        "bins": (shift_bins(found), load_bins(found)),
        "fairness": found,
        "shortages": explained,
        "more": more,
        "data": data,
    }


def _explained(facts: Facts, most: int, seconds: float) -> tuple[tuple[ShortageRow, ...], int]:
    """The requirements that lack most, explained: the first in any case, others while there is
    time; and how many more there are.
    """
    end = time.monotonic() + seconds
    needs = lacking(facts.case)
    if not needs:
        return (), 0
    candidates = Candidates(facts.problem, facts.roster)
    found: list[ShortageRow] = []
    for need in needs[:most]:
        if found and time.monotonic() > end:
            break
        found.append(_shortage(facts, seat_reasons(candidates, need)))
    return tuple(found), len(needs) - len(found)


def _shortage(facts: Facts, found: SeatReasons) -> ShortageRow:
    need, names = found.requirement, facts.names
    shift = facts.case.shifts[need.shift_id]
    _, *reasons = seat_lines(found, facts.lang, named=not facts.public)
    return ShortageRow(
        names.center(shift.center_id),
        names.time(shift.start, shift.end),
        names.wanted(need, found.filled),
        facts.say.number(need.minimum),
        tuple(reasons),
    )
