"""The shift scheduling instances of Curtois and Qu as shiftplan problems.

Instance text -> `read_curtois` -> `Problem`; `Roster` <-> employee -> one cell a day.

The instances are at schedulingbenchmarks.org; they state no licence, so they are not kept here.
Their text gives the length of a shift type but no clock time. Every shift therefore starts at
midnight: only minutes and dates matter to the rules, and one shift a day leaves no overlap.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from benchmarks.forms import of_form
from shiftplan.problem import Problem
from shiftplan.rules import AnyRule
from shiftplan.rules.counts import MaxMinutes, MaxShiftCount, MinMinutes
from shiftplan.rules.coverage import Shortage, Surplus
from shiftplan.rules.days import MaxConsecutiveDays, MinConsecutiveDays, MinConsecutiveDaysOff
from shiftplan.rules.one_place import OnePlace
from shiftplan.rules.rest import ForbiddenSuccession, MaxWeekends
from shiftplan.rules.team import Qualified
from shiftplan.rules.wishes import Preferences
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Availability, Center, Shift, Skill, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Preference

FIRST_DAY = dt.date(2024, 1, 1)
"""Date of day 0, a Monday as in all instances."""
CENTER = "ward"
"""The one center."""
UNDER_WEIGHT, OVER_WEIGHT = 100, 1
"""Cost of a missing and of a needless person, the same in all instances."""

Cell = str | list[str]
"""A day of an employee: empty for off, a shift type, or all types if there are several."""


class _Type(NamedTuple):
    """A shift type."""

    name: str
    minutes: int
    not_after: tuple[str, ...]
    """Types that may not be worked on the day after it."""


class _Person(NamedTuple):
    """An employee and the numbers of the contract."""

    name: str
    max_shifts: Mapping[str, int]
    """Shift type -> most shifts of it; 0 when the person cannot work it, absent for no limit."""
    max_minutes: int
    min_minutes: int
    max_run: int
    min_run: int
    min_run_off: int
    max_weekends: int

    def groups(self) -> list[str]:
        """One group for each number of the contract, so that a rule can name who has it."""
        limits = [f"{name}<={n}" for name, n in self.max_shifts.items()]
        return limits + [f"{field}={getattr(self, field)}" for field in self._fields[2:]]


def _sections(text: str) -> dict[str, list[list[str]]]:
    """Section name -> rows of fields."""
    sections: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("SECTION_"):
            rows = sections.setdefault(line.removeprefix("SECTION_"), [])
        elif line and not line.startswith("#"):
            rows.append([field.strip() for field in line.split(",")])
    return sections


def _type(row: list[str]) -> _Type:
    name, minutes, *rest = row
    not_after = rest[0].split("|") if rest and rest[0] else []
    return _Type(name, int(minutes), tuple(not_after))


def _person(row: list[str]) -> _Person:
    name, limits, *numbers = row
    most = (item.split("=") for item in limits.split("|") if item)
    return _Person(name, {shift: int(n) for shift, n in most}, *map(int, numbers))


def _shift_id(day: int, type_: str) -> str:
    return f"{day}-{type_}"


def _midnight(day: int) -> dt.datetime:
    return dt.datetime.combine(FIRST_DAY + dt.timedelta(day), dt.time())


def _windows(name: str, days: int, off: set[int]) -> Iterator[Availability]:
    """A window for each run of days that are not fixed days off."""
    for free, run in groupby(range(days), lambda day: day not in off):
        if free:
            inner = list(run)
            start, end = _midnight(inner[0]), _midnight(inner[-1] + 1)
            yield Availability(volunteer_id=name, start=start, end=end)


def _rules(types: Sequence[_Type], people: Sequence[_Person], days: int) -> Iterator[AnyRule]:
    yield OnePlace(level="off")  # one shift a day says it with fewer rows
    yield MaxShiftCount(max_shifts=1, per="day")
    yield Qualified()
    for kind in types:
        if kind.not_after:
            yield ForbiddenSuccession(first=(kind.name,), then=kind.not_after)
    for kind in types:
        # A limit of as many shifts as days says nothing; a limit of 0 is a missing skill.
        limits = {p.max_shifts.get(kind.name, days) for p in people}
        for n in sorted(limits):
            if 0 < n < days:
                yield MaxShiftCount(max_shifts=n, shifts=(kind.name,), group=(f"{kind.name}<={n}",))
    for n, group in _numbers(people, "max_minutes"):
        yield MaxMinutes(max_minutes=n, group=group)
    for n, group in _numbers(people, "min_minutes"):
        yield MinMinutes(min_minutes=n, group=group)
    for n, group in _numbers(people, "max_run"):
        yield MaxConsecutiveDays(max_days=n, group=group)
    for n, group in _numbers(people, "min_run"):
        if n > 1:
            yield MinConsecutiveDays(min_days=n, group=group)
    for n, group in _numbers(people, "min_run_off"):
        if n > 1:
            yield MinConsecutiveDaysOff(min_days=n, group=group)
    for n, group in _numbers(people, "max_weekends"):
        yield MaxWeekends(max_weekends=n, group=group)
    yield Preferences(level=1, weight=1)
    yield Shortage(level=1, weight=UNDER_WEIGHT)
    yield Surplus(level=1, weight=OVER_WEIGHT)


def _numbers(people: Iterable[_Person], field: str) -> Iterator[tuple[int, tuple[str]]]:
    """Each number that stands in a field of the contracts, and the group of those who have it."""
    for n in sorted({getattr(p, field) for p in people}):
        yield n, (f"{field}={n}",)


def read_curtois(path: str | Path) -> Problem:
    """Read an instance in the text form.

    All rules about a person are hard; requests and cover cost, all at level 1, so that the total
    is the objective of the instance. Employee ids and shift types keep their names.

    Parameters
    ----------
    path
        File such as `Instance1.txt`.

    Returns
    -------
    Problem
        One center and one shift for each day and shift type.

    Raises
    ------
    ValueError
        The text is not of the form, or has cover weights other than 100 under and 1 over.
    InputError
        The text says what no problem can say, such as a person twice.

    """
    path = Path(path)
    with of_form(path.name):
        return _problem(path.stem, _sections(path.read_text(encoding="utf-8-sig")))


def _problem(name: str, sections: Mapping[str, list[list[str]]]) -> Problem:
    """Make the problem of an instance's sections."""
    horizon = Horizon(start=FIRST_DAY, days=int(sections["HORIZON"][0][0]), zone="UTC")
    days = horizon.days
    types = [_type(row) for row in sections["SHIFTS"]]
    people = [_person(row) for row in sections["STAFF"]]
    off = {who: set(map(int, rest)) for who, *rest in sections.get("DAYS_OFF", [])}
    cover = sections.get("COVER", [])
    for day, type_, _, *weights in cover:
        if [int(w) for w in weights] != [UNDER_WEIGHT, OVER_WEIGHT]:
            raise ValueError(f"cover of day {day}, {type_}: weights {weights}, not 100 and 1")
    wishes = [
        Preference(
            volunteer_id=who,
            shift_id=_shift_id(int(day), type_),
            state="for" if wish == "ON" else "against",
            weight=int(weight),
        )
        for wish in ("ON", "OFF")
        for who, day, type_, weight in sections.get(f"SHIFT_{wish}_REQUESTS", [])
    ]
    lacked = [t.name for t in types if any(p.max_shifts.get(t.name) == 0 for p in people)]
    return Problem(
        name=name,
        horizon=horizon,
        centers=(Center(center_id=CENTER),),
        skills=tuple(Skill(skill_id=skill) for skill in lacked),
        volunteers=tuple(
            Volunteer(
                volunteer_id=p.name,
                group=tuple(p.groups()),
                skills={skill: 1 for skill in lacked if p.max_shifts.get(skill) != 0},
            )
            for p in people
        ),
        availability=tuple(
            window for p in people for window in _windows(p.name, days, off.get(p.name, set()))
        ),
        shifts=tuple(
            Shift(
                shift_id=_shift_id(day, t.name),
                center_id=CENTER,
                start=_midnight(day),
                end=_midnight(day) + dt.timedelta(minutes=t.minutes),
                type=t.name,
                skill_id=t.name if t.name in lacked else None,
            )
            for day in range(days)
            for t in types
        ),
        requirements=tuple(
            Requirement(shift_id=_shift_id(int(day), type_), target=int(need))
            for day, type_, need, *_ in cover
        ),
        preferences=tuple(wishes),
        rules=tuple(_rules(types, people, days)),
    )


def roster_to_curtois(problem: Problem, roster: Roster) -> dict[str, list[Cell]]:
    """Write a roster as employee -> one cell a day, for all employees.

    Raises
    ------
    KeyError
        The roster names a shift or a person that the problem does not have.

    """
    shifts = {s.shift_id: s for s in problem.shifts}
    table: dict[str, list[list[str]]] = {
        v.volunteer_id: [[] for _ in range(problem.horizon.days)] for v in problem.volunteers
    }
    for assignment in roster.assignments:
        shift = shifts[assignment.shift_id]
        table[assignment.volunteer_id][problem.horizon.day(shift.start)].append(shift.type)
    return {who: [_cell(types) for types in row] for who, row in table.items()}


def _cell(types: list[str]) -> Cell:
    return types if len(types) > 1 else "".join(types)


def roster_from_curtois(problem: Problem, data: Mapping[str, Sequence[Cell | None]]) -> Roster:
    """Read employee -> one cell a day as a roster; unknown names stay, so that `check` sees them.

    Raises
    ------
    ValueError
        A row does not have one cell for each day of the horizon.

    """
    pairs: list[tuple[str, str]] = []
    for who, row in data.items():
        if len(row) != problem.horizon.days:
            raise ValueError(f"{who} has {len(row)} days, not {problem.horizon.days}")
        for day, cell in enumerate(row):
            types = [cell] if isinstance(cell, str) else cell or []
            pairs += [(_shift_id(day, t), who) for t in types if t]
    return Roster.of(pairs)
