"""What a coordinator asks of a roster, in plain figures and in sentences.

(`Problem`, `Roster`, `Score`, `Result`) -> `Summary` -> lines of English or Vietnamese.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Literal

from pydantic import Field

from shiftplan.case.case import laid_out
from shiftplan.present.naming import Names, named, rule_name
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.rules.attendance import Attendance, attendance_of
from shiftplan.rules.scope import said_of
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import AreaSeats, CenterSeats, EquityMeasures, equity_of
from shiftplan.scoring.fairness import FairnessMeasures, PersonLoad, fairness_of
from shiftplan.scoring.spending import Spending, spending_of
from shiftplan.week.json_form import Amount, Written
from shiftplan.week.roster import Roster

_WORST = 5
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Summary(Written):
    """The figures of one roster."""

    json_keys = "attendance fairness equity spending"

    equity: EquityMeasures
    """How well centers and areas are served."""
    attendance: Attendance | None
    """What is there when people stay away; None when every show rate is 1."""
    fairness: FairnessMeasures
    """How the work is shared."""
    spending: Spending | None = None
    """What the work is paid, in all and by center; None when nobody is paid."""

    @property
    def worst_centers(self) -> tuple[CenterSeats, ...]:
        """The centers with empty seats whose share of seats filled is lowest; at most 5."""
        empty = (c for c in self.equity.centers if c.both.filled < c.both.target)
        return tuple(islice(empty, _WORST))


@dataclass(frozen=True, slots=True)
class Finding(Written):
    """A breach of a hard rule, or what a soft rule costs, at one place."""

    rule: str
    """Kind of the rule."""
    level: Literal["hard"] | Annotated[int, Field(ge=1)]
    """`hard`, or the number of the cost level."""
    who: str
    """Volunteer id; empty when it concerns a team, a center or everybody."""
    where: str
    """A shift id, also with a skill and its level (`S1 portal 2`); a center id or names of areas; a
    date, a week (`2026-W50`), a month (`2026-12`), days from one on (`from 2026-12-07`), or a
    center with a date (`C1 2026-12-07`); empty when it concerns the whole horizon."""
    amount: Amount
    """How much, in `unit`."""
    unit: str
    """What `amount` counts, such as shifts or people."""
    cost: Amount
    """Cost in the rule's level; 0 for a hard rule."""
    sentence: str
    """The same in the language asked for."""


@dataclass(frozen=True, slots=True)
class CheckReport(Written):
    """The score of a roster, everything that its rules find, and its figures."""

    json_keys = (
        "schema_version hard=score.hard levels=score.levels parts=score.parts total=score.total "
        "violations *summary"
    )

    score: Score
    """Costs and broken rules."""
    violations: tuple[Finding, ...]
    """Every breach of a hard rule, then everything that soft rules find."""
    summary: Summary
    """The figures."""
    schema_version: Literal[1] = 1
    """Version of this form."""

    @classmethod
    def of(cls, problem: Problem, score: Score, summary: Summary, lang: Lang) -> CheckReport:
        """Say what a score holds, in a language."""
        names = Names(problem, lang)
        findings = tuple(
            Finding(
                found.rule.rule,
                found.rule.level if isinstance(found.rule.level, int) else "hard",
                found.who,
                found.at,
                found.amount,
                found.unit,
                found.cost,
                finding(found, names),
            )
            for found in (*score.broken, *score.priced)
        )
        return cls(score, findings, summary)


def summarize(problem: Problem, roster: Roster) -> Summary:
    """Measure a roster; unknown ids and repeated assignments are not counted."""
    case = laid_out(problem, roster)
    return Summary(equity_of(case), attendance_of(case), fairness_of(case), spending_of(case))


def attendance_lines(found: Attendance | None, say: Words) -> list[str]:
    """Seats filled on average, and minimums that are likely to come, one sentence a line."""
    lines = []
    if found is not None and found.seats:
        lines.append(say("plans.expected", filled=found.expected, n=found.seats))
    if found is not None and found.minimums:
        lines.append(say("plans.likely", likely=found.likely, n=found.minimums))
    return lines


def spending_lines(found: Spending | None, say: Words) -> list[str]:
    """What the work is paid, and at which centers most of it; one sentence a line."""
    if found is None:
        return []
    paid = [center for center in found.centers if center.money][:_WORST]
    lines = [say("plans.paid", money=found.money)]
    if len(found.centers) > 1 and paid:
        cells = (f"{named(c.name, c.center_id)} {say.number(c.money)}" for c in paid)
        lines.append(say("plans.paid_at", centers="; ".join(cells)))
    return lines


def load_lines(
    found: FairnessMeasures, say: Words, *, named: bool = True, spread: str = "plans.spread"
) -> list[str]:
    """Who works how much, how many wishes are met, how far loads differ; one sentence a line.

    `named`: with those who work most. `spread`: code of the sentence on how far loads differ.
    """
    lines = []
    if found.shares is not None and any(person.shifts for person in found.people):
        half = found.shares.p50
        key = "median_all" if half >= 1 else "median" if half else "median_none"
        lines.append(say(f"plans.{key}", share=half))
    if named and (people := found.highest_share) and people[0].share:
        lines.append(say("plans.highest", share=people[0].share, people=_names(people, say)))
    if named and (people := found.most_shifts):
        lines.append(say("plans.most", shifts=people[0].shifts, people=_names(people, say)))
    if found.without_shift:
        lines.append(say("plans.without_shift", n=len(found.without_shift)))
    if found.not_offering:
        lines.append(say("plans.not_offering", n=found.not_offering))
    wishes = found.wishes
    if wishes.people and wishes.met is None:
        lines.append(say("plans.wishes_nobody_works", n=wishes.people))
    elif wishes.people:
        free = sum(1 for person in found.people if person.wishes.count and not person.shifts)
        line = say("plans.wishes_met", n=wishes.people, share=wishes.met)
        lines.append(line + (" " + say("plans.wishes_no_shift", n=free) if free else ""))
    loads, within = found.loads, found.gini_within_bands
    if loads is not None and within is not None and loads.highest:
        if loads.p10 > 0 or loads.p90 < 1:  # else it says nothing
            lines.append(say(spread, low=loads.p10, high=loads.p90))
        lines.append(say("plans.gini", gini=loads.gini, within=within))
    return lines


def worst_off(found: FairnessMeasures, lang: Lang) -> list[str]:
    """The people of the highest loads, each with the reason."""
    say, top = Words(lang), found.worst[:_NAMED]
    return [f"{_names([p], say)}: {say.percent(p.load)}. {p.reason.said(lang)}" for p in top]


def _names(people: Sequence[PersonLoad], say: Words) -> str:
    text = ", ".join(named(p.name, p.volunteer_id) for p in people[:_NAMED])
    more = len(people) - _NAMED
    return text + say("plans.and_more", n=more) if more > 0 else text


def finding(violation: Violation, names: Names) -> str:
    """One finding of `check` as a sentence, with the name of the person it concerns.

    A rule that is limited says to what. In English with ids as `check --json` and tables of the
    week have them, the name beside.
    """
    if names.say.language != "en":
        return names.say(said_of(violation))
    name = names.name(violation.who)
    return Words(names.say.lang)(said_of(violation)) + (f" [{name}]" if name else "")


def center_cells(row: CenterSeats, lang: Lang) -> tuple[str, str, str, str]:
    """Name with id, people and skilled people of how many, and the share of both.

    A dash stands where there are no seats.
    """
    say = Words(lang)
    people, skilled = (
        say("plans.of", filled=k.filled, wanted=k.target) if k.target else "–"
        for k in (row.people, row.skilled)
    )
    share = say.percent(row.both.share if row.both.target else None)
    return named(row.name, row.center_id), people, skilled, share


def area_name(row: AreaSeats, lang: Lang) -> str:
    """What people call a class of area: one of the week's own stays as it was written."""
    return row.area if row.is_own else Words(lang)(f"plans.{row.area}")


def totals(score: Score, lang: Lang) -> list[tuple[str, str]]:
    """Rows (what, cost) of a table: the parts, the levels, the total."""
    say = Words(lang)
    rows = [(rule_name(rule, lang), cost) for rule, cost in score.parts.items()]
    rows += [(say("plans.level", level=n), cost) for n, cost in score.levels.items()]
    return [(name, say.number(cost)) for name, cost in (*rows, (say("plans.sum"), score.total))]
