"""What late changes took out of a week: people who are away, and shifts that take no place.

`Problem` -> whom advice leaves alone, and pins that keep people out of closed shifts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shiftplan.problem import Problem
from shiftplan.week.records import Shift
from shiftplan.week.wishes import Pin


@dataclass(frozen=True)
class Away:
    """Whom pins keep out of every shift that they offered."""

    days: Mapping[str, frozenset[date]]
    """Volunteer id -> dates on which a person could work, but for pins."""
    people: frozenset[str]
    """Ids of those of whom this is true on all dates on which they offered a shift."""


def away_of(problem: Problem) -> Away:
    """Find who is away, as pins tell it."""
    barred = problem.barred
    days: dict[str, frozenset[date]] = {}
    people = set()
    for who in {who for _, who in barred}:
        offered = [s for s in problem.shifts if _can_come(problem, who, s)]
        free = {s.day for s in offered if (s.shift_id, who) not in barred}
        days[who] = frozenset({s.day for s in offered} - free)
        if offered and not free:
            people.add(who)
    return Away(days, frozenset(people))


def closed_shifts(problem: Problem) -> tuple[str, ...]:
    """Ids of shifts that ask for nobody, and from which pins bar all who offered their hours.

    A requirement about times may count a closed shift beside others, and one whose people are all
    absent. Who is absent is barred from all shifts of that time, so a counted shift is closed only
    if somebody who offered it is free for another at that time, where there is one.
    """
    barred, counted = problem.barred, problem.needs_at
    unasked = {shift_id for shift_id, _ in barred} - {n.shift_id for n in problem.requirements}
    found = []
    for shift in problem.shifts:
        if shift.shift_id in unasked:
            offered = [who for who in problem.joined_windows if _can_come(problem, who, shift)]
            is_barred = all((shift.shift_id, who) in barred for who in offered)
            others = [
                other
                for other in problem.shifts
                if other is not shift and other.start < shift.end and shift.start < other.end
            ]
            if is_barred and (
                shift.shift_id not in counted
                or not others
                or any(
                    (other.shift_id, who) not in barred and _can_come(problem, who, other)
                    for other in others
                    for who in offered
                )
            ):
                found.append(shift.shift_id)
    return tuple(found)


def bars(problem: Problem, people: Iterable[str]) -> list[Pin]:
    """Pins that keep people, who may be new, out of closed shifts, where there are none yet."""
    closed, barred = closed_shifts(problem), problem.barred
    return [
        Pin(volunteer_id=who, shift_id=shift_id, state="must_not")
        for who in (people if closed else ())
        for shift_id in closed
        if (shift_id, who) not in barred
    ]


def _can_come(problem: Problem, who: str, shift: Shift) -> bool:
    windows = problem.joined_windows.get(who, ())
    return any(window.contain(shift.start, shift.end) for window in windows)
