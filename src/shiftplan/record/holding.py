"""What a search leaves alone: people, shifts, assignments, dates, centers.

(`Problem`, `Roster`, `Hold`s) -> the problem of a search around them -> `Found`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Unpack

import numpy as np

from shiftplan.case.arrays import Arrays
from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import possible, still_allowed
from shiftplan.problem.known import Known, fault
from shiftplan.record.entries import Hold
from shiftplan.record.planning import NewDraft, judged
from shiftplan.rules.registry import forbidden_pairs
from shiftplan.solving.result import Result
from shiftplan.solving.solve import SearchKeywords, solve
from shiftplan.week.roster import Assignment, Roster
from shiftplan.week.wishes import Pin

PinState = Literal["must", "must_not"]
_TABLES = {"volunteer_id": "volunteers", "shift_id": "shifts", "center_id": "centers"}


@dataclass(frozen=True)
class Improvement(NewDraft):
    """The outcome of a search around what is held; its version is a proposal."""

    held_bound: int | None = None
    """Proven bound of all rosters that leave alone what is held; None if nothing is proven. It is
    no bound of the week, unless nothing is held; that one is in the version."""


def around(problem: Problem, roster: Roster, holds: Iterable[Hold]) -> Problem:
    """The problem in which a roster stays as it is where it is held.

    Who is held keeps their shifts and gets no other. A held shift keeps its people and gets no
    other, and so does every shift of a held date or center. A held assignment stays. What is
    impossible now is not kept.
    """
    people, shifts, pairs = _held(problem, [*holds])
    kept = {
        pair
        for pair in still_allowed(problem, roster).assignments
        if pair.shift_id in shifts or pair.volunteer_id in people or pair in pairs
    }
    decided = {Assignment.of(pin) for pin in problem.pins}
    pins: list[tuple[Assignment, PinState]] = [(pair, "must") for pair in sorted(kept - decided)]
    arrays = Arrays(problem)
    free = ~forbidden_pairs(problem.active_rules, arrays)
    is_held = np.array([v.volunteer_id in people for v in problem.volunteers], dtype=bool)[:, None]
    is_held = is_held | np.array([s.shift_id in shifts for s in problem.shifts], dtype=bool)[None]
    for who, where in zip(*np.nonzero(free & is_held), strict=True):
        pair = Assignment(problem.shifts[where].shift_id, problem.volunteers[who].volunteer_id)
        if pair not in kept and pair not in decided:
            pins.append((pair, "must_not"))
    made = (
        Pin.model_construct(volunteer_id=who, shift_id=where, state=state)
        for (where, who), state in pins
    )
    return problem.fitting(pins=(*problem.pins, *made))


def _held(problem: Problem, holds: list[Hold]) -> tuple[set[str], set[str], set[Assignment]]:
    """Ids of the people and of the shifts that are held whole, and assignments."""
    days = {hold.day for hold in holds if hold.day is not None}
    centers = {hold.center_id for hold in holds if hold.center_id is not None}
    people, pairs = set[str](), set[Assignment]()
    shifts = {s.shift_id for s in problem.shifts if s.day in days or s.center_id in centers}
    for hold in holds:
        match hold.volunteer_id, hold.shift_id:
            case str(who), str(where):
                pairs.add(Assignment(where, who))
            case str(who), None:
                people.add(who)
            case None, str(where):
                shifts.add(where)
    return people, shifts, pairs


def unknown_holds(problem: Problem, holds: Iterable[Hold]) -> Iterator[Fault]:
    """Yield the faults of ids that a problem does not know, and of dates that are not in it."""
    known = Known(problem)
    for index, hold in enumerate(holds):
        for column, table in _TABLES.items():
            if (value := getattr(hold, column)) is not None:
                yield from known.unknown("holds", index, column, value, table)
        if hold.day is not None and hold.day not in problem.horizon:
            message = Message("record.not_of_the_week", day=hold.day)
            yield fault("outside_horizon", "holds", index, "day", hold.day, message)


def improve_now(
    problem: Problem,
    roster: Roster,
    holds: Iterable[Hold],
    *,
    gap: float = 0.0,
    **search: Unpack[SearchKeywords],
) -> tuple[Result, int | None]:
    """Search around what is held of a roster; returns the result and its bound with the holds.

    The result is by the rules of the week. It has a bound only if nothing is held; what it says of
    an infeasible problem is about the one with the holds.

    `gap`, `search`: as `solve` takes them.
    """
    held, hint = tuple(holds), possible(problem, roster)
    result = solve(around(problem, roster, held), gap=gap, hint=hint, **search)
    return judged(problem, result, is_proven=not held), result.total.bound
