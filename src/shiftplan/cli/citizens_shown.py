"""What the commands about citizens show: requirements with their reasons, simulated waits.

(`Staffing`, `Experience` or `ExperienceComparison`) -> rich tables on a console.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.citizens.simulate import CitizenFigures, Estimate, Experience, ExperienceComparison
from shiftplan.citizens.staffing import Staffing
from shiftplan.present.display import make_console, make_table, print_items
from shiftplan.present.naming import Names
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.week.demand import policy_at
from shiftplan.week.records import AREAS, Requirement

_WORST = 10
"""Centers that are shown."""
_HEADS = (
    "citizens.citizens",
    "citizens.served_in_time",
    "citizens.own_language",
    "citizens.gave_up",
    "citizens.sent_away",
    "citizens.one_in_ten_waits",
)
_SHARES = ("within_target_share", "own_language_share", "gave_up_share", "cut_share")


def in_words(staffing: Staffing, say: Words) -> Staffing:
    """The same with the reason of each requirement in the language of who reads it."""
    rows = tuple(
        need.requirement.model_copy(update={"reason": say(need.reason)}) for need in staffing.needs
    )
    return replace(staffing, problem=staffing.problem.model_copy(update={"requirements": rows}))


def show_staffing(console: Console, staffing: Staffing, out: Path, lang: Lang) -> None:
    """How many people are asked for, by skill, and the reasons of the busiest shift."""
    say, needs = Words(lang), staffing.needs
    citizens = sum(d.arrivals for d in staffing.problem.demand)
    shifts = len({need.requirement.shift_id for need in needs})
    counts = {"requirements": len(needs), "shifts": shifts, "citizens": round(citizens)}
    print_items(console, say("citizens.staffed", **counts), "")
    names = Names(staffing.problem, lang)
    groups: dict[tuple[str, int], list[Requirement]] = {}
    for row in staffing.requirements:
        groups.setdefault((row.skill_id or "", row.min_level or 0), []).append(row)

    def label(skill: str, level: int) -> str:
        return names.skill(skill, level) if skill else say("plans.people")

    table = make_table(
        *map(say, ("citizens.skill", "plans.shifts", "plans.needed", "plans.wanted"))
    )
    for (skill, level), rows in sorted(groups.items()):
        sums = (len(rows), sum(r.minimum for r in rows), sum(r.target for r in rows))
        table.add_row(Text(label(skill, level)), *(say.number(n) for n in sums))
    if needs:
        print_items(console, table)
        busiest = max(needs, key=lambda need: float(need.line.busy.max())).requirement.shift_id
        print_items(
            console,
            "",
            Text(say("citizens.for_example", busiest=names.shift(busiest)), style="bold"),
        )
        for row in staffing.requirements:
            if row.shift_id == busiest:
                who = label(row.skill_id or "", row.min_level or 0)
                text = f"{who}, {row.minimum}-{row.target}: {row.reason}"
                print_items(console, Padding(Text(text), (0, 0, 0, 2)))
    print_items(console, "", say("plans.written", out=out))


def show_experience(problem: Problem, found: Experience, lang: Lang) -> None:
    """Shares and waits in all, by area and service, and of the centers served worst."""
    console, say = make_console(), Words(lang)
    overall = found.overall
    if overall.within_target_share is None:
        print_items(console, say("citizens.no_citizens"))
        return
    share, within = overall.within_target_share, sorted(_promises(problem))
    print_items(
        console,
        say("citizens.simulated", runs=found.runs, arrivals=round(overall.arrivals.value)),
        say(
            "citizens.in_time",
            share=share.value,
            low=share.low,
            high=share.high,
            within="-".join(say.decimal(minutes) for minutes in within),
        ),
    )
    for title, rows in (
        ("plans.area", found.areas),
        ("citizens.service", found.services),
        ("plans.center", found.centers[:_WORST]),
    ):
        _show_rows(console, title, rows, lang)


def _promises(problem: Problem) -> set[float]:
    """Least and most minutes within which citizens of a center are served in time."""
    ends = [policy_at(center, problem.policy).within_minutes for center in problem.centers]
    return {min(ends), max(ends)}


def _show_rows(console: Console, title: str, rows: Iterable[CitizenFigures], lang: Lang) -> None:
    say = Words(lang)
    table = make_table(say(title), *map(say, _HEADS))
    for row in rows:
        shares = (_cell(getattr(row, name), say.percent) for name in _SHARES)
        wait = _cell(row.wait_p90, lambda x: f"{say.decimal(x)} {say('citizens.min')}")
        name = _area(row, lang) if title == "plans.area" else row.name
        table.add_row(Text(name), say.number(round(row.arrivals.value)), *shares, wait)
    print_items(console, "", table)


def _area(row: CitizenFigures, lang: Lang) -> str:
    """What people call a class of area: one of the week's own stays as it was written."""
    return Words(lang)(f"plans.{row.key}") if row.key in AREAS else row.name


def _cell(estimate: Estimate | None, write: Callable[[float], str]) -> str:
    return "–" if estimate is None else write(estimate.value)


def show_comparison(found: ExperienceComparison, lang: Lang) -> None:
    """Changes of the share served in time against an earlier roster, the greatest loss first."""
    console, say = make_console(), Words(lang)
    table = make_table(say("citizens.change"), say("citizens.served_in_time"), say("citizens.sure"))
    named = [(say("plans.all"), found.overall), *((_area(row, lang), row) for row in found.areas)]
    named += [(row.name, row) for row in (*found.services, *found.centers)]
    for name, row in named:
        share = row.within_target_share
        if share is None or (share.value == share.low == share.high == 0):
            continue
        low, high = (_points(x, lang) for x in (share.low, share.high))
        table.add_row(Text(name), _points(share.value, lang), f"{low} … {high}")
    print_items(console, "", table if table.row_count else say("citizens.no_change"))


def _points(change: float, lang: Lang) -> str:
    """A change of a share in percentage points, with its sign."""
    return ("+" if change >= 0 else "−") + Words(lang).decimal(abs(100 * change), 2)
