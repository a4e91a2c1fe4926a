"""What a coordinator asks of a roster, in plain figures and in sentences.

(`Problem`, `Roster`, `Score`, `Result`) -> `Summary` -> lines of English or Vietnamese.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Literal

from pydantic import Field

from shiftplan.case.case import Case
from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, UNITS_VI, Lang
from shiftplan.present.texts.wording import decimal, named, number, percent, rule_name, tenths
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.rules.attendance import Attendance, attendance_of
from shiftplan.scoring.check import Score
from shiftplan.scoring.equity import CenterSeats, EquityMeasures, equity_of
from shiftplan.scoring.fairness import FairnessMeasures, fairness_of
from shiftplan.scoring.person import Person
from shiftplan.solving.conflict.tally import MOST_MEMBERS, tally_lines
from shiftplan.solving.headline import headline as headline
from shiftplan.solving.headline import proof as proof
from shiftplan.solving.result import ConflictMember, WayOut
from shiftplan.week.json_form import Amount, Written
from shiftplan.week.roster import Roster

_WORST = 5
_NAMED = 3
_CONFLICTING = 20


@dataclass(frozen=True, slots=True)
class Summary(Written):
    """The figures of one roster."""

    json_keys = ("attendance", "fairness", "equity")

    equity: EquityMeasures
    """How well centers and areas are served."""
    attendance: Attendance | None
    """What is there when people stay away; None when every show rate is 1."""
    fairness: FairnessMeasures
    """How the work is shared."""

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
    date, a week (`2026-W50`), a month (`2026-12`), or days from one on (`from 2026-12-07`); empty
    when it concerns the whole horizon."""
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
        "schema_version",
        "hard=score.hard",
        "levels=score.levels",
        "parts=score.parts",
        "total=score.total",
        "violations",
        "*summary",
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
                finding(found, names, lang),
            )
            for found in (*score.broken, *score.priced)
        )
        return cls(score, findings, summary)


def summarize(problem: Problem, roster: Roster) -> Summary:
    """Measure a roster; unknown ids and repeated assignments are not counted."""
    case = Case(problem, roster)
    return Summary(equity_of(case), attendance_of(case), fairness_of(case))


# ---- in words


def attendance_lines(found: Attendance | None, lang: Lang) -> list[str]:
    """Seats filled on average, and minimums that are likely to come, one sentence a line."""
    words = TEXTS[lang]
    if found is None:
        return []
    lines = []
    if found.seats:
        seats = number(found.seats, lang)
        lines.append(words["expected"].format(tenths(found.expected, lang), seats))
    if found.minimums:
        likely, minimums = number(found.likely, lang), number(found.minimums, lang)
        lines.append(words["likely"].format(likely, minimums))
    return lines


def load_lines(found: FairnessMeasures, lang: Lang, *, named: bool = True) -> list[str]:
    """Who works how much, how many wishes are met, how far loads differ; one sentence a line.

    `named`: with the names of those who work most.
    """
    words = TEXTS[lang]
    lines = []
    is_working = any(person.shifts for person in found.people)
    if found.shares is not None and is_working:
        half = found.shares.p50
        key = "median all" if half >= 1 else "median" if half else "median none"
        lines.append(words[key].format(percent(half, lang)))
    if named and found.highest_share and found.highest_share[0].share:
        top = found.highest_share[0]
        names = _names(found.highest_share, lang)
        lines.append(words["highest"].format(percent(top.share, lang), names))
    if named and found.most_shifts:
        top = found.most_shifts[0]
        lines.append(words["most"].format(top.shifts, _names(found.most_shifts, lang)))
    if found.without_shift:
        lines.append(words["without shift"].format(number(len(found.without_shift), lang)))
    if found.not_offering:
        lines.append(words["not offering"].format(number(found.not_offering, lang)))
    if found.wishes.people:
        lines.append(_wishes_line(found, lang))
    loads, within = found.loads, found.gini_within_bands
    if loads is not None and within is not None and loads.highest:
        ends = percent(loads.p10, lang), percent(loads.p90, lang)
        lines.append(words["spread"].format(*ends))
        lines.append(words["gini"].format(decimal(loads.gini, lang, 3), decimal(within, lang, 3)))
    return lines


def _wishes_line(found: FairnessMeasures, lang: Lang) -> str:
    """How far wishes are met, and of how many that says little since they have no shift."""
    words, people = TEXTS[lang], number(found.wishes.people, lang)
    if found.wishes.met is None:
        return words["wishes: nobody works"].format(people)
    line = words["wishes met"].format(people, percent(found.wishes.met, lang))
    free = sum(1 for person in found.people if person.wishes.count and not person.shifts)
    return line + (" " + words["wishes: no shift"].format(number(free, lang)) if free else "")


def worst_off(found: FairnessMeasures, lang: Lang) -> list[str]:
    """The people of the highest loads, each with the reason."""
    top = found.worst[:_NAMED]
    return [f"{_names([p], lang)}: {percent(p.load, lang)}. {p.reason(lang)}" for p in top]


def _names(people: Sequence[Person], lang: Lang) -> str:
    names = [named(p.name, p.volunteer_id) for p in people[:_NAMED]]
    more = len(people) - len(names)
    text = ", ".join(names)
    return text + TEXTS[lang]["and more"].format(number(more, lang)) if more else text


def load_bins(found: FairnessMeasures, most: int = 10) -> list[tuple[str, int]]:
    """Rows (shifts, people) of a table; with more than `most` counts some share a row."""
    counts = found.counts
    width = max(1, math.ceil(len(counts) / most))
    rows = []
    for first in range(0, len(counts), width):
        last = min(first + width, len(counts)) - 1
        label = str(first) if first == last else f"{first}–{last}"
        rows.append((label, sum(counts[n] for n in range(first, last + 1))))
    return rows


def share_bins(found: FairnessMeasures) -> list[tuple[str, int]]:
    """Rows (load in per cent, people who offered something): none, tenths to the whole, beyond."""
    labels = ["0", *(f"≤ {10 * n}%" for n in range(1, 11)), "> 100%"]
    steps = (math.ceil(person.load * 10 - 1e-9) for person in found.offering)
    counts = Counter(min(n, 11) for n in steps)
    return [(label, counts[n]) for n, label in enumerate(labels)]


def finding(violation: Violation, names: Names, lang: Lang) -> str:
    """One finding of `check` as a sentence, with the name of the person it concerns."""
    who, name = names.person(violation.who), names.name(violation.who)
    if lang != "vi":
        said = violation.message
        text = said if isinstance(said, str) else Words(lang)(said)
        return text + (f" [{name}]" if name else "")
    parts = [who, names.place(violation.where), _amount_vi(violation)]
    return "; ".join(part for part in parts if part)


def _amount_vi(violation: Violation) -> str:
    """How much too many or too few; empty when the place says it all."""
    rule = violation.rule.rule
    amount = f"{number(violation.amount, 'vi')} {UNITS_VI.get(violation.unit, violation.unit)}"
    say = Words("vi")
    if say.has(f"amount.{rule}"):
        return say(f"amount.{rule}", amount=amount)
    return amount if violation.amount > 1 else ""


def conflict_lines(conflict: Sequence[ConflictMember], lang: Lang) -> list[str]:
    """The rules and pins that contradict each other, a sentence each with the kind of rule."""
    shown = [f"  - {member.say(lang)} [{member.rule}]" for member in conflict[:_CONFLICTING]]
    if len(conflict) > _CONFLICTING:
        shown.append("  " + TEXTS[lang]["more"].format(number(len(conflict) - _CONFLICTING, lang)))
    return shown


def way_out_lines(ways: Sequence[WayOut], lang: Lang) -> list[str]:
    """What to give up, a numbered way after the other.

    Each member has a sentence, unless they are many: then they are told by rule and center.
    """
    words = TEXTS[lang]
    lines = []
    for count, way in enumerate(ways, 1):
        if len(way.members) > MOST_MEMBERS:
            first, *rest = tally_lines(way, lang)
        else:
            first, *rest = (
                words["conflict: and give up" if place else "conflict: give up"].format(
                    f"{member.say(lang)} [{member.rule}]"
                )
                for place, member in enumerate(way.members)
            )
        lines += [f"  {count}. {first}", *(f"     {line}" for line in rest)]
    return lines


def totals(score: Score, lang: Lang) -> list[tuple[str, str]]:
    """Rows (what, cost) of a table: the parts, the levels, the total."""
    words = TEXTS[lang]
    rows = [(rule_name(rule, lang), number(cost, lang)) for rule, cost in score.parts.items()]
    rows += [(words["level"].format(n), number(cost, lang)) for n, cost in score.levels.items()]
    return [*rows, (words["sum"], number(score.total, lang))]
