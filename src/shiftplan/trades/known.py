"""Ids that a question names, checked against the problem and the roster.

Ids -> nothing, or `InputError` with a way out.
"""

from __future__ import annotations

from shiftplan.errors import Fault, InputError
from shiftplan.nearest import Nearest
from shiftplan.problem import Problem
from shiftplan.roster import Roster


def need_person(problem: Problem, volunteer_id: str) -> None:
    """Raise InputError unless the problem knows a person."""
    people = [v.volunteer_id for v in problem.volunteers]
    if volunteer_id not in people:
        raise _unknown("volunteers", "volunteer_id", volunteer_id, people)


def need_shift(problem: Problem, shift_id: str) -> None:
    """Raise InputError unless the problem knows a shift."""
    shifts = [s.shift_id for s in problem.shifts]
    if shift_id not in shifts:
        raise _unknown("shifts", "shift_id", shift_id, shifts)


def need_assignment(problem: Problem, roster: Roster, volunteer_id: str, shift_id: str) -> None:
    """Raise InputError unless a known person works a known shift in the roster."""
    need_person(problem, volunteer_id)
    need_shift(problem, shift_id)
    if (shift_id, volunteer_id) in roster:
        return
    worked = ", ".join(roster.shifts_of.get(volunteer_id, ()))
    message = f"{volunteer_id} does not work {shift_id} in this roster"
    remedy = f"Maybe another shift is meant; {volunteer_id} works {worked}." if worked else ""
    raise InputError(
        [Fault("not_assigned", "roster", "shift_id", shift_id, message, remedy)],
    )


def _unknown(table: str, column: str, value: str, known: list[str]) -> InputError:
    message = f"there is no such id in the table {table}"
    return InputError(
        [Fault("unknown_id", table, column, value, message, Nearest(known).remedy(value))]
    )
