"""What late changes took out of a week: people who are away, and shifts that take no place.

`Problem` -> whom advice leaves alone, and pins that keep people out of closed shifts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from shiftplan.problem import Problem
from shiftplan.week.records import Pin, Shift


@dataclass(frozen=True)
class Away:
    """Whom pins keep out of every shift that they offered."""

    days: Mapping[str, frozenset[date]]
    """Volunteer id -> dates on which a person could work, but for pins."""
    people: frozenset[str]
    """Ids of those of whom this is true on all dates on which they offered a shift."""


def away_of(problem: Problem) -> Away:
    """Find who is away, as pins tell it."""
    barred = _barred(problem)
    days: dict[str, frozenset[date]] = {}
    people = set()
    for who in {who for who, _ in barred}:
        offered = [s for s in problem.shifts if _can_come(problem, who, s)]
        free = {s.day for s in offered if (who, s.shift_id) not in barred}
        days[who] = frozenset({s.day for s in offered} - free)
        if offered and not free:
            people.add(who)
    return Away(days, frozenset(people))


def closed_shifts(problem: Problem) -> tuple[str, ...]:
    """Ids of shifts that ask for nobody, and from which pins bar all who offered their hours."""
    barred = _barred(problem)
    unasked = {shift_id for _, shift_id in barred} - {n.shift_id for n in problem.requirements}
    return tuple(
        s.shift_id
        for s in problem.shifts
        if s.shift_id in unasked
        and all(
            (who, s.shift_id) in barred
            for who in problem.joined_windows
            if _can_come(problem, who, s)
        )
    )


def bars(problem: Problem, people: Iterable[str]) -> list[Pin]:
    """Pins that keep people, who may be new, out of closed shifts, where there are none yet."""
    closed, barred = closed_shifts(problem), _barred(problem)
    return [
        Pin(volunteer_id=who, shift_id=shift_id, state="must_not")
        for who in (people if closed else ())
        for shift_id in closed
        if (who, shift_id) not in barred
    ]


def _barred(problem: Problem) -> set[tuple[str, str]]:
    return {(p.volunteer_id, p.shift_id) for p in problem.pins if p.state == "must_not"}


def _can_come(problem: Problem, who: str, shift: Shift) -> bool:
    windows = problem.joined_windows.get(who, ())
    return any(window.contain(shift.start, shift.end) for window in windows)
