"""What a coordinator asks of a roster, in plain figures and in sentences.

(`Problem`, `Roster`, `Score`, `Result`) -> `Summary` -> lines of English or Vietnamese.

Seats: a requirement with target t and minimum m that counts n people has t seats, of which
min(n, t) are filled, and of its m first seats min(n, m). Requirements without a skill count
people, those with a skill skilled people; sums are over the requirements of a shift's center.
Whoever is planned fills a seat; how many come is told apart from that, by their show rates.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from shiftplan.attendance import chance_of_at_least, expected_filled
from shiftplan.case import Case
from shiftplan.check import Score
from shiftplan.problem import AREAS, Area, Problem, Requirement, area_of
from shiftplan.result import ConflictMember, Cost, Result, Status
from shiftplan.roster import Roster
from shiftplan.rules import Violation
from shiftplan.texts import RULES_VI, TEXTS, TOO_FEW, TOO_MANY, UNITS_VI, Lang
from shiftplan.wording import day, number, percent, tenths

LIKELY = 0.9
"""Chance from which a minimum counts as one that is likely to come."""
_WORST = 5
_NAMED = 3
_CONFLICTING = 10
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Seats:
    """Seats of some requirements, and how many of them are filled."""

    target: int = 0
    """Seats: the sum of the targets."""
    filled: int = 0
    """Seats filled: the sum of min(people counted, target)."""
    minimum: int = 0
    """Seats that are needed at least: the sum of the minimums."""
    minimum_filled: int = 0
    """Of these, seats filled: the sum of min(people counted, minimum)."""

    @property
    def share(self) -> float:
        """Seats filled by seats, 0 to 1; 1 when there are no seats."""
        return self.filled / self.target if self.target else 1.0

    def __add__(self, other: Seats) -> Seats:
        return Seats(
            self.target + other.target,
            self.filled + other.filled,
            self.minimum + other.minimum,
            self.minimum_filled + other.minimum_filled,
        )


@dataclass(frozen=True, slots=True)
class CenterSeats:
    """The seats of one center."""

    center_id: str
    """The center."""
    name: str
    """Its name, or its id when it has none."""
    people: Seats
    """Seats of requirements without a skill."""
    skilled: Seats
    """Seats of requirements with a skill."""

    @property
    def both(self) -> Seats:
        """All seats of the center; a skilled person may fill one of each kind."""
        return self.people + self.skilled


@dataclass(frozen=True, slots=True)
class AreaSeats:
    """The seats of all centers of one kind of area."""

    area: Area
    """`minority` when a center's minority_area is set, else `remote` when its remote_area is."""
    centers: int
    """Number of centers."""
    people: Seats
    """Seats of requirements without a skill."""
    skilled: Seats
    """Seats of requirements with a skill."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """What is there when people come or stay away independently, with their show rates."""

    seats: int
    """Seats of requirements without a skill: the sum of the targets."""
    expected: float
    """Of these, seats filled on average: the mean of min(people who come, target), added up."""
    minimums: int
    """Requirements with a minimum above 0, with or without a skill."""
    likely: int
    """Of these, requirements whose minimum comes with a chance of `LIKELY` at least."""


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """What one person works."""

    volunteer_id: str
    """The person."""
    name: str
    """The person's name, or the id when there is none."""
    shifts: int
    """Shifts worked."""
    offered: int
    """Different shift times inside the person's windows, at most the person's max_shifts."""

    @property
    def share(self) -> float:
        """Shifts worked by shifts offered; 0 when nothing was offered."""
        return self.shifts / self.offered if self.offered else 0.0


@dataclass(frozen=True, slots=True)
class Load:
    """How the work is spread over people."""

    counts: Mapping[int, int]
    """Shifts -> number of people who work so many, from 0 up, without gaps; all volunteers."""
    not_offering: int
    """People who offered no shift time at all; they stand in `counts`, not in the shares."""
    median_share: float | None
    """Median of shifts / offered over people who offered something; None without any."""
    highest_share: tuple[PersonLoad, ...]
    """Everybody with the highest share, most shifts first; empty when nobody works."""
    most_shifts: tuple[PersonLoad, ...]
    """Everybody with the most shifts, highest share first; empty when nobody works."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one roster."""

    areas: tuple[AreaSeats, ...]
    """Minority, remote and other areas, those without centers left out."""
    worst_centers: tuple[CenterSeats, ...]
    """The centers with empty seats whose share of seats filled is lowest; at most 5."""
    attendance: Attendance | None
    """What is there when people stay away; None when every show rate is 1."""
    load: Load
    """How the work is spread."""


def summarize(problem: Problem, roster: Roster) -> Summary:
    """Count seats and loads of a roster; unknown ids and repeated assignments are not counted."""
    case = Case(problem, roster)
    people: dict[str, Seats] = {c.center_id: Seats() for c in problem.centers}
    skilled = dict(people)
    for need in problem.requirements:
        seats = people if need.skill_id is None else skilled
        seats[case.shifts[need.shift_id].center_id] += _seats(need, case.coverage(need))
    centers = [
        CenterSeats(i, c.name or i, people[i], skilled[i])
        for c in problem.centers
        for i in [c.center_id]
    ]
    empty = [c for c in centers if c.both.filled < c.both.target]
    empty.sort(key=lambda c: (c.both.share, c.both.filled - c.both.target, c.center_id))
    return Summary(_areas(problem, centers), tuple(empty[:_WORST]), _attendance(case), _load(case))


def _seats(need: Requirement, count: int) -> Seats:
    return Seats(need.target, min(count, need.target), need.minimum, min(count, need.minimum))


def _areas(problem: Problem, centers: list[CenterSeats]) -> tuple[AreaSeats, ...]:
    rows = []
    for area in AREAS:
        there = [
            seats
            for center, seats in zip(problem.centers, centers, strict=True)
            if area_of(center) == area
        ]
        if there:
            people = sum((c.people for c in there), Seats())
            rows.append(
                AreaSeats(area, len(there), people, sum((c.skilled for c in there), Seats()))
            )
    return tuple(rows)


def _attendance(case: Case) -> Attendance | None:
    if all(v.show_rate == 1 for v in case.problem.volunteers):
        return None
    seats, expected, chances = 0, 0.0, []
    for need in case.problem.requirements:
        rates = [v.show_rate for v in case.counted(need)]
        if need.skill_id is None:
            seats += need.target
            expected += expected_filled(rates, need.target)
        if need.minimum:
            chances.append(chance_of_at_least(rates, need.minimum))
    return Attendance(seats, expected, len(chances), sum(p >= LIKELY - 1e-9 for p in chances))


def _load(case: Case) -> Load:
    loads = [
        PersonLoad(
            v.volunteer_id,
            v.name or v.volunteer_id,
            len(case.shifts_of[v.volunteer_id]),
            case.offered(v),
        )
        for v in case.problem.volunteers
    ]
    found = Counter(p.shifts for p in loads)
    counts = {n: found[n] for n in range(max(found, default=-1) + 1)}
    shares = [p.share for p in loads if p.offered]
    working = [p for p in loads if p.shifts]
    by_share = sorted(working, key=lambda p: (-p.share, -p.shifts, p.volunteer_id))
    by_shifts = sorted(working, key=lambda p: (-p.shifts, -p.share, p.volunteer_id))
    return Load(
        counts,
        sum(p.offered == 0 for p in loads),
        median(shares) if shares else None,
        tuple(p for p in by_share if p.share == by_share[0].share),
        tuple(p for p in by_shifts if p.shifts == by_shifts[0].shifts),
    )


# ---- in words


def proof(result: Result, lang: Lang) -> list[str]:
    """What is proven about the roster: by how much another one could be cheaper at most."""
    words = TEXTS[lang]
    if result.roster is None:
        return []
    if any(cost.bound is not None for cost in result.levels.values()):
        return [
            words["level"].format(level) + ": " + _proof(cost, lang)
            for level, cost in result.levels.items()
        ]
    return [_proof(result.total, lang)]


def _proof(cost: Cost, lang: Lang) -> str:
    words = TEXTS[lang]
    if cost.gap is None or (cost.cost and cost.gap >= 1):
        return words["nothing proven"]
    if cost.gap == 0:
        return words["best"]
    return words["at most cheaper"].format(percent(cost.gap, lang, up=True))


def headline(result: Result, lang: Lang) -> list[str]:
    """Status, cost, what is proven, and why the search ended; one sentence a line."""
    words = TEXTS[lang]
    lines = [words[result.status.value]]
    if result.roster is not None:
        levels = "; ".join(
            f"{words['level'].format(level)}: {number(cost.cost, lang)}"
            for level, cost in result.levels.items()
        )
        total = words["total"].format(number(result.total.cost, lang))
        lines[0] += f" {total}" + (f" ({levels})." if levels else ".")
        lines += proof(result, lang)
    seconds = f"{result.seconds:.1f}" if result.seconds < 9.95 else f"{result.seconds:.0f}"
    if lang == "vi":
        seconds = seconds.replace(".", ",")
    if result.stopped_by is not None:
        reason = result.stopped_by.value
    else:
        reason = "lost" if result.status is Status.FEASIBLE else "ended"
    lines.append(words[reason].format(seconds))
    start = result.stats.get("start")
    if start is not None:
        counts = (number(start[key], lang) for key in ("kept", "assignments"))
        lines.append(words["started"].format(*counts))
    return lines


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


def load_lines(load: Load, lang: Lang) -> list[str]:
    """Median and highest shares, and who has the most, one sentence a line."""
    words = TEXTS[lang]
    lines = []
    if load.median_share is not None:
        lines.append(words["median"].format(percent(load.median_share, lang)))
    if load.highest_share:
        top = load.highest_share[0]
        names = _names(load.highest_share, lang)
        lines.append(words["highest"].format(percent(top.share, lang), names))
    if load.most_shifts:
        top = load.most_shifts[0]
        lines.append(words["most"].format(top.shifts, _names(load.most_shifts, lang)))
    if load.not_offering:
        lines.append(words["not offering"].format(number(load.not_offering, lang)))
    return lines


def _names(people: Sequence[PersonLoad], lang: Lang) -> str:
    names = [
        p.name if p.name == p.volunteer_id else f"{p.name} ({p.volunteer_id})"
        for p in people[:_NAMED]
    ]
    more = len(people) - len(names)
    text = ", ".join(names)
    return text + TEXTS[lang]["and more"].format(number(more, lang)) if more else text


def load_bins(load: Load, most: int = 10) -> list[tuple[str, int]]:
    """Rows (shifts, people) of a table; with more than `most` counts some share a row."""
    width = max(1, math.ceil(len(load.counts) / most))
    rows = []
    for first in range(0, len(load.counts), width):
        last = min(first + width, len(load.counts)) - 1
        label = str(first) if first == last else f"{first}–{last}"
        rows.append((label, sum(load.counts[n] for n in range(first, last + 1))))
    return rows


def rule_name(rule: str, lang: Lang) -> str:
    """The id of a rule as rules.csv has it, in Vietnamese with its meaning beside it."""
    return rule if lang == "en" or rule not in RULES_VI else f"{RULES_VI[rule]} ({rule})"


def finding(violation: Violation, problem: Problem, lang: Lang) -> str:
    """One finding of `check` as a sentence, with the name of the person it concerns."""
    who, where = violation.who, violation.where
    name = next((v.name for v in problem.volunteers if v.volunteer_id == who), "")
    if lang == "en":
        return violation.message + (f" [{name}]" if name else "")
    place = _place(problem, where, lang)
    parts = [f"{name} ({who})" if name else who, place, _amount_vi(violation)]
    return "; ".join(part for part in parts if part)


def _amount_vi(violation: Violation) -> str:
    """How much too many or too few; empty when the place says it all."""
    rule = violation.rule.rule
    amount = f"{number(violation.amount, 'vi')} {UNITS_VI.get(violation.unit, violation.unit)}"
    if rule in TOO_MANY:
        return f"vượt {amount}"
    if rule in TOO_FEW:
        return f"thiếu {amount}"
    return amount if violation.amount > 1 else ""


def conflict_lines(conflict: Sequence[ConflictMember], problem: Problem, lang: Lang) -> list[str]:
    """The rules that contradict each other, and below each the people and places it concerns."""
    names = {v.volunteer_id: v.name for v in problem.volunteers}
    sentences = {r.rule: (type(r).__doc__ or "").partition("\n")[0] for r in problem.active_rules}
    groups: dict[str, list[str]] = {}
    for member in conflict:
        name = names.get(member.who)
        who = f"{name} ({member.who})" if name else member.who
        parts = [part for part in (who, _place(problem, member.where, lang)) if part]
        groups.setdefault(member.rule, []).append(", ".join(parts))
    lines = []
    for rule, places in groups.items():
        sentence = sentences.get(rule, "") if lang == "en" else ""
        lines.append(f"  {rule_name(rule, lang)}" + (f": {sentence}" if sentence else ""))
        shown = [place for place in places if place]
        lines += [f"    - {place}" for place in shown[:_CONFLICTING]]
        if len(shown) > _CONFLICTING:
            lines.append("    " + TEXTS[lang]["more"].format(len(shown) - _CONFLICTING))
    return lines


def _place(problem: Problem, where: str, lang: Lang) -> str:
    """A shift with its center, date and hours; any other place as it is."""
    shift = next((s for s in problem.shifts if s.shift_id == where), None)
    if shift is None:
        return day(date.fromisoformat(where), lang) if _DATE.fullmatch(where) else where
    center = next((c.name for c in problem.centers if c.center_id == shift.center_id), "")
    when = f"{center or shift.center_id} {day(shift.day, lang)}"
    return f"{TEXTS[lang]['shift']} {where} ({when}, {shift.start:%H:%M}–{shift.end:%H:%M})"


def totals(score: Score, lang: Lang) -> list[tuple[str, str]]:
    """Rows (what, cost) of a table: the parts, the levels, the total."""
    words = TEXTS[lang]
    rows = [(rule_name(rule, lang), number(cost, lang)) for rule, cost in score.parts.items()]
    rows += [(words["level"].format(n), number(cost, lang)) for n, cost in score.levels.items()]
    return [*rows, (words["sum"], number(score.total, lang))]
