"""`staff` and `simulate`: from a forecast to requirements, and what citizens experience.

Week -> requirements.csv, with the reason of each row; week and roster -> sim.json and a summary.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.citizens.draws import AtClosing
from shiftplan.citizens.scenario_figures import OverScenarios, ScenarioFigures
from shiftplan.citizens.scenarios import (
    CORRELATION,
    MOST_SCENARIOS,
    MOST_SIZES,
    price_scenarios,
    staff_scenarios,
)
from shiftplan.citizens.simulate import (
    MOST_RUNS,
    RUNS,
    CitizenFigures,
    Conduct,
    Experience,
    ExperienceComparison,
    compare_experiences,
    simulate,
)
from shiftplan.citizens.staffing import Staffing, staff
from shiftplan.cli import common
from shiftplan.cli.commands import command
from shiftplan.cli.common import Argument, Language
from shiftplan.cli.keeping import keep_inputs, tables_of
from shiftplan.cli.reading import current_roster, read, read_live
from shiftplan.cli.usage import Misused
from shiftplan.errors.message import Message
from shiftplan.files import read_ledger, write_requirements
from shiftplan.files.whole import write_texts
from shiftplan.present.display import make_console, make_table, print_items
from shiftplan.present.naming import Names, lang_of
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.record.turned_out import chances_of
from shiftplan.week.demand import policy_at
from shiftplan.week.records import AREAS
from shiftplan.week.requirements import Conditions, Requirement

Scenarios = Annotated[int | None, typer.Option(min=2, max=MOST_SCENARIOS)]
Correlation = Annotated[float | None, typer.Option(min=0, max=1, show_default=str(CORRELATION))]
_WORST = 10
"""Centers that are shown."""
_SCENARIO_ROWS: Mapping[str, Callable[[OverScenarios], tuple[float, ...]]] = {
    "scenario_mean": lambda one: (one.mean.value,),
    "sure": lambda one: (one.mean.low, one.mean.high),
    "one_in_ten_below": lambda one: (one.p10,),
    "half_below": lambda one: (one.p50,),
    "one_in_ten_above": lambda one: (one.p90,),
    "worst_scenario": lambda one: (one.worst,),
}
"""What is shown of a figure over all scenarios: a number or an interval in each row."""
_HEADS = (
    "citizens.citizens",
    "citizens.served_in_time",
    "citizens.own_language",
    "citizens.gave_up",
    "citizens.sent_away",
    "citizens.one_in_ten_waits",
)
_SHARES = ("within_target_share", "own_language_share", "gave_up_share", "cut_share")


@command("staff")
def staff_week(
    week: Argument,
    out: common.Out,
    scenarios: Annotated[int | None, typer.Option(min=1, max=MOST_SIZES)] = None,
    lang: Language = "en",
) -> None:
    """Turn the forecast of citizens into requirements, and say why.

    Exit codes: 0 it was written, 2 bad input.
    """
    keep_inputs("--out", (out,), tables_of(week, "requirements"))
    common.make_folder(out, lang=lang)
    problem = read(week, lang, out.parent)
    found = staff(problem) if scenarios is None else staff_scenarios(problem, scenarios=scenarios)
    lang = lang_of(found.problem, lang)
    say = Words(lang)
    # The reasons of requirements are in the language of who reads them.
    rows = tuple(
        need.requirement.model_copy(update={"reason": say(need.reason)}) for need in found.needs
    )
    staffing = replace(found, problem=found.problem.model_copy(update={"requirements": rows}))
    write_requirements(staffing.problem, out)
    _show_staffing(make_console(), staffing, out, lang)


def _minutes_or_never(value: str | float) -> float:
    """Minutes of patience; infinite for `never`."""
    if value == "never":
        return math.inf
    try:
        minutes = float(value)
    except ValueError:
        minutes = math.nan
    if not 0.1 <= minutes <= 1_000_000:
        raise Misused(Message("usage.not_patience", value=str(value)))
    return minutes


def correlation_of(scenarios: int | None, correlation: float | None) -> float:
    """The correlation of scenarios; Misused where one is given without any."""
    if correlation is None:
        return CORRELATION
    if scenarios is None:
        raise Misused(Message("usage.needs_scenarios"), "--correlation")
    return correlation


@command("simulate")
def simulate_roster(
    week: Argument,
    roster: common.MaybeRoster = None,
    out: common.MaybeOut = None,
    before: Path | None = None,
    runs: Annotated[int, typer.Option(min=2, max=MOST_RUNS)] = RUNS,
    seed: common.Seed = 0,
    patience: Annotated[
        float, typer.Option(parser=_minutes_or_never, metavar="MINUTES|never")
    ] = 60.0,
    closing: AtClosing = "finish",
    ledger: Path | None = None,
    scenarios: Scenarios = None,
    correlation: Correlation = None,
    lang: Language = "en",
) -> None:
    """Simulate citizens who come, wait and are served by the people of a roster.

    Exit codes: 0 it was written, 2 bad input.
    """
    correlation = correlation_of(scenarios, correlation)
    conduct = Conduct(patience_minutes=None if math.isinf(patience) else patience, closing=closing)
    if out is not None:
        keep_inputs("--out", (out,), (roster, before, ledger, *tables_of(week)))
        common.make_folder(out, lang=lang)
    live = read_live(week, lang, as_written=True)  # citizens do not feel requirements
    problem = live.now.problem
    lang = lang_of(problem, lang)

    book = None if ledger is None else read_ledger(ledger)

    def experience(file: Path | None) -> Experience:
        planned = current_roster(live, file, lang)
        chances = None if book is None else chances_of(live, planned, book.show_rates(problem))
        return simulate(problem, planned, runs=runs, seed=seed, conduct=conduct, chances=chances)

    found = experience(roster)
    earlier = None if before is None else experience(before)
    if scenarios is not None:
        planned = current_roster(live, roster, lang)
        priced = price_scenarios(
            problem, planned, scenarios=scenarios, seed=seed, correlation=correlation
        )
        found = replace(found, scenarios=priced)
    if out is not None:
        write_texts({out: found.to_json() + "\n"})
    _show_experience(problem, found, lang)
    if found.scenarios is not None:
        _show_scenarios(found.scenarios, lang)
    if earlier is not None:
        _show_comparison(compare_experiences(earlier, found), lang)


def _show_staffing(console: Console, staffing: Staffing, out: Path, lang: Lang) -> None:
    """How many people are asked for, by skill, and the reasons of the busiest shift."""
    say, needs = Words(lang), staffing.needs
    citizens = round(sum(d.arrivals for d in staffing.problem.demand))
    shifts = len({need.requirement.shift_id for need in needs})
    counts = {"requirements": len(needs), "shifts": shifts}
    expected = _who_come(staffing.problem, citizens)
    print_items(console, say("citizens.staffed", expected=expected, **counts), "")
    names = Names(staffing.problem, lang)
    groups: dict[Conditions, list[Requirement]] = {}
    for row in staffing.requirements:
        groups.setdefault(row.conditions, []).append(row)

    def label(conditions: Conditions) -> str:
        return names.say.seat(conditions) if conditions else say("plans.people")

    heads = ("citizens.skill", "plans.shifts", "plans.needed", "plans.wanted")
    table = make_table(*map(say, heads))
    for conditions, rows in sorted(groups.items()):
        sums = (len(rows), sum(r.minimum for r in rows), sum(r.target for r in rows))
        table.add_row(Text(label(conditions)), *map(say.number, sums))
    if needs:
        print_items(console, table)
        most = max(needs, key=lambda need: float(need.line.busy.max()))
        busiest = most.requirement.shift_id or ""
        title = say("citizens.for_example", busiest=names.shift(busiest))
        print_items(console, "", Text(title, style="bold"))
        for row in staffing.requirements:
            if row.shift_id == busiest:
                text = f"{label(row.conditions)}, {row.minimum}-{row.target}: {row.reason}"
                print_items(console, Padding(Text(text), (0, 0, 0, 2)))
    print_items(console, "", say("plans.written", out=out))


def _who_come(problem: Problem, number: int) -> Message:
    """So many requests, or visits, as the forecast counts; citizens where it counts both."""
    of_visits = {row.service_id is None for row in problem.demand if row.arrivals}
    if len(of_visits) != 1:
        return Message("count.citizens", n=number)
    return Message("citizens.visits" if of_visits.pop() else "citizens.requests", n=number)


def _show_experience(problem: Problem, found: Experience, lang: Lang) -> None:
    """Shares and waits in all, by area and service, and of the centers served worst."""
    console, say, overall = make_console(), Words(lang), found.overall
    share = overall.within_target_share
    if share is None:
        print_items(console, say("citizens.no_citizens"))
        return
    promised = {policy_at(center, problem.policy).within_minutes for center in problem.centers}
    arrivals = round(overall.arrivals.value)
    within = "-".join(map(say.decimal, sorted({min(promised), max(promised)})))
    print_items(
        console,
        say("citizens.simulated", runs=found.runs, arrivals=_who_come(problem, arrivals)),
        say("citizens.in_time", share=share.value, low=share.low, high=share.high, within=within),
    )
    areas = _areas(found.areas, say)
    services, centers = ([(r.name, r) for r in rows] for rows in (found.services, found.centers))
    for title, named in (
        ("plans.area", areas),
        ("citizens.service", services),
        ("plans.center", centers[:_WORST]),
    ):
        if not named:
            continue
        table = make_table(say(title), *map(say, _HEADS))
        for name, row in named:
            shares = (getattr(row, kind) for kind in _SHARES)
            wait = row.wait_p90
            table.add_row(
                Text(name),
                say.number(round(row.arrivals.value)),
                *("–" if part is None else say.percent(part.value) for part in shares),
                "–" if wait is None else f"{say.decimal(wait.value)} {say('citizens.min')}",
            )
        print_items(console, "", table)


def _show_scenarios(found: ScenarioFigures, lang: Lang) -> None:
    """Seats, empty seats and their cost over all scenarios."""
    console, say = make_console(), Words(lang)
    columns = {"seats": found.seats, "empty": found.empty_seats, "cost": found.cost}
    title = say("citizens.scenarios", n=found.scenarios)
    table = make_table("", *(say(f"citizens.scenario_{code}") for code in columns))
    for name, ends in _SCENARIO_ROWS.items():
        numbers = ((say.number(round(end)) for end in ends(one)) for one in columns.values())
        table.add_row(say(f"citizens.{name}"), *map("–".join, numbers))
    print_items(console, "", title, table)


def _areas(rows: Sequence[CitizenFigures], say: Words) -> list[tuple[str, CitizenFigures]]:
    """What people call each class of area; nothing where no center is in any.

    One of the week's own stays as it was written.
    """
    if all(row.key == "other" for row in rows):
        return []
    return [(say(f"plans.{r.key}") if r.key in AREAS else r.name, r) for r in rows]


def _show_comparison(found: ExperienceComparison, lang: Lang) -> None:
    """Changes of the share served in time against an earlier roster, the greatest loss first."""
    console, say = make_console(), Words(lang)
    table = make_table(say("citizens.change"), say("citizens.served_in_time"), say("citizens.sure"))
    named = [(say("plans.all"), found.overall), *_areas(found.areas, say)]
    named += [(row.name, row) for row in (*found.services, *found.centers)]
    for name, row in named:
        share = row.within_target_share
        if share is None or (share.value == share.low == share.high == 0):
            continue
        change, low, high = (  # in percentage points, with their signs
            ("+" if x >= 0 else "−") + say.decimal(abs(100 * x), 2)
            for x in (share.value, share.low, share.high)
        )
        table.add_row(Text(name), change, f"{low} … {high}")
    print_items(console, "", table if table.row_count else say("citizens.no_change"))
