"""What the command shows of one roster: status and proof, seats, load, conflicts, findings, costs.

(`Problem`, `Result` or `Score`) -> summary -> rich tables on a console.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from shiftplan.errors.message import AtShift
from shiftplan.present import summary as figures
from shiftplan.present.coverage import shift_bins
from shiftplan.present.display import (
    make_console,
    make_table,
    print_indented,
    print_items,
    print_more,
)
from shiftplan.present.headline import (
    conflict_lines,
    conflict_of,
    finding,
    headline,
    way_out_lines,
)
from shiftplan.present.naming import Names, rule_name, why
from shiftplan.present.summary import Summary
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.problem.profile import missing_rules
from shiftplan.problem.supply import few_can_come
from shiftplan.record.who_comes import Away
from shiftplan.rules import Violation
from shiftplan.rules.base import counted
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import AreaSeats, CenterSeats, EquityMeasures, Seats
from shiftplan.scoring.fairness import FairnessMeasures
from shiftplan.solving.result import Conflict, Result, Status, WayOut
from shiftplan.week.roster import Assignment

_PICTURE_WIDTH = 30


def show_result(
    problem: Problem,
    result: Result,
    written: list[Path],
    lang: Lang,
    *,
    read: float,
    told: bool = False,
) -> None:
    """Headline, seconds of reading, conflict or summary, and the files that were written.

    Of what `show_finding` told before, nothing is said again.
    """
    console = make_console(stderr=result.roster is None)
    print_items(console, *headline(result, lang, told=told))
    if result.poor is None and (few := few_can_come(problem)) is not None:
        print_items(console, few.said(lang) + ".")
    print_items(console, Words(lang)("plans.read_in", read=read))
    if told:
        _show_ways(console, result.ways_out, lang)
    else:
        show_contradiction(console, result, lang)
    if result.roster is not None:
        show_summary(console, figures.summarize(problem, result.roster), lang)
        show_missing_rules(console, problem, lang)
        print()
    if result.poor is not None:
        print_items(console, Words(lang)("plans.poor_not_written"))
    print(Words(lang)("plans.written", out=", ".join(map(str, written))))


def show_missing_rules(console: Console, problem: Problem, lang: Lang) -> None:
    """What no rule of the week asks for, though people would take it for granted."""
    codes = (f"plans.no_rule_for_{name}" for name in missing_rules(problem))
    print_items(console, *map(Words(lang), codes))


def show_finding(console: Console, conflict: Conflict, lang: Lang) -> None:
    """That there is no roster, and why, while ways out are still looked for."""
    print_items(console, *finding(conflict, lang))
    show_conflict(console, conflict, lang)


def show_contradiction(console: Console, result: Result, lang: Lang) -> None:
    """The conflict of a result and the ways out of it; nothing where there is none."""
    show_conflict(console, conflict_of(result), lang)
    if result.status is Status.INFEASIBLE:
        _show_ways(console, result.ways_out, lang)


def show_conflict(console: Console, conflict: Conflict, lang: Lang) -> None:
    """The rules that contradict each other, with whom and where they concern."""
    if not conflict:
        return
    say = Words(lang)
    print_items(console, say("conflict.title"))
    print_indented(console, conflict_lines(conflict.members, lang))
    if conflict.count is not None:
        print_items(console, conflict.count.message.said(lang))
    elif not conflict.minimal:
        print_items(console, say("conflict.not_minimal"))


def show_ways(console: Console, ways: Sequence[WayOut], lang: Lang) -> None:
    """What to give up so that there is a roster; nothing where no way out is known."""
    say = Words(lang)
    if ways:
        print_items(console, say("conflict.ways_out"))
        print_indented(console, way_out_lines(ways, lang))
        if not all(way.minimal for way in ways):
            print_items(console, say("conflict.ways_not_minimal"))


def _show_ways(console: Console, ways: Sequence[WayOut], lang: Lang) -> None:
    """Ways out of a search for a roster, or what looks for them longer."""
    show_ways(console, ways, lang)
    if not ways:
        print_items(console, Words(lang)("conflict.no_way_yet"))


def show_summary(console: Console, found: Summary, lang: Lang) -> None:
    """Seats by area, how many people come, the worst centers, and the load of people."""
    say = Words(lang)
    overall = found.equity.overall
    if not overall.people.target + overall.skilled.target:
        print_items(console, "\n" + say("plans.no_seats"))
    else:
        _show_areas(console, found.equity, lang)
        print_items(console, *figures.attendance_lines(found.attendance, say))
        _show_worst(console, found.worst_centers, lang)
    print_items(console, *figures.spending_lines(found.spending, say))
    _show_load(console, found.fairness, lang)


def _cells(row: AreaSeats, seats: Seats, say: Words) -> list[str]:
    """A row of the table of areas; the last cell only where work of citizens is forecast."""
    cells = [f"  {figures.area_name(row, say.lang)}", say.number(row.centers)]
    for filled, wanted in ((seats.minimum_filled, seats.minimum), (seats.filled, seats.target)):
        cells.append(say("plans.of", filled=filled, wanted=wanted) if wanted else "–")
    shares = seats.share, seats.weighted_share
    return cells + [say.percent(share) if seats.target else "–" for share in shares]


def _show_areas(console: Console, found: EquityMeasures, lang: Lang) -> None:
    say = Words(lang)
    areas = found.told_areas
    heads = [say(f"plans.{key}") for key in ("area", "centers", "needed", "wanted", "filled")]
    heads[0] = heads[0] if areas else ""
    is_forecast = found.overall.people.hours + found.overall.skilled.hours > 0
    table = make_table(*heads, *([say("plans.by_demand")] if is_forecast else []))
    rows = [found.overall] if not areas else [*areas, *([found.overall] if len(areas) > 1 else [])]
    for kind in ("people", "skilled"):
        if getattr(found.overall, kind).target:
            table.add_row(Text(say(f"plans.{kind}_seats"), style="italic"))
            for row in rows:
                cells = _cells(row, getattr(row, kind), say)
                table.add_row(*map(Text, cells[: len(table.columns)]))
    title = say("plans.seats_by_area" if areas else "plans.seats_filled")
    print_items(console, "", Text(title, style="bold"), table)


def _show_worst(console: Console, centers: tuple[CenterSeats, ...], lang: Lang) -> None:
    say = Words(lang)
    if not centers:
        print_items(console, "", say("plans.no_empty_seats"))
        return
    heads = (f"plans.{key}" for key in ("center", "people", "skilled", "filled_both"))
    table = make_table(*map(say, heads))
    for center in centers:
        table.add_row(*map(Text, figures.center_cells(center, lang)))
    print_items(console, "", Text(say("plans.worst"), style="bold"), table)


def _show_load(console: Console, found: FairnessMeasures, lang: Lang) -> None:
    say = Words(lang)
    rows = shift_bins(found)
    if not rows:
        return
    table = make_table(say("plans.shifts"), say("plans.volunteers"), left=0)
    table.add_column("")
    most = max(count for _, count in rows)
    for label, count in rows:
        length = -(-_PICTURE_WIDTH * count // most) if most else 0
        table.add_row(label, say.number(count), Text("▇" * length, style="cyan"))
    print_items(console, "", Text(say("plans.load"), style="bold"), table)
    print_items(console, *figures.load_lines(found, Words(lang)))
    worst = figures.worst_off(found, lang)
    if worst:
        print_items(console, "", Text(say("plans.worst_off"), style="bold"), *worst)


def show_broken(
    console: Console,
    problem: Problem,
    score: Score,
    most: int,
    lang: Lang,
    away: Mapping[Assignment, Away] = {},
) -> None:
    """Broken hard rules, each with its first findings.

    `away`: assignments that pins of the record forbid, and why; they are no pins to the reader.
    """
    say = Words(lang)
    if score.is_feasible:
        print_items(console, say("plans.feasible"))
        return
    print_items(console, say("plans.broken"))
    names = Names(problem, lang)
    groups: dict[str, list[Violation]] = {}
    for violation in score.broken:
        if violation.rule.rule == "pins" and isinstance(violation.where, AtShift):
            reason = away.get(Assignment(violation.where.shift_id, violation.who))
            if reason is not None:
                told = replace(violation, code=f"rules.away_{reason}", unit="assignments")
                groups.setdefault(why(reason, lang), []).append(told)
                continue
        groups.setdefault(rule_name(violation.rule.rule, lang), []).append(violation)
    for title, found in groups.items():
        total = sum(v.amount for v in found)
        amount = f"{say.number(total)} {names.say(counted(found[0].unit, total))}"
        places = f"{say.number(len(found))} {say('plans.places', n=len(found))}"
        print_items(console, f"\n{title}: {amount}, {places}")
        items = Table.grid(Column(width=4), Column())
        for violation in found[:most]:
            items.add_row("  -", Text(figures.finding(violation, names)))
        print_items(console, items)
        print_more(console, len(found) - most, lang)


def show_costs(console: Console, score: Score, lang: Lang) -> None:
    """Costs by rule and by level."""
    say = Words(lang)
    table = make_table(say("plans.rule"), say("plans.cost").capitalize())
    for i, (what, cost) in enumerate(figures.totals(score, lang)):
        if 0 < i == len(score.parts):
            table.add_row()
        table.add_row(Text(what), cost)
    print_items(console, "", Text(say("plans.costs"), style="bold"), table)
