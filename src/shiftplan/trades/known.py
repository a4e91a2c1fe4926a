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


def read_pair(problem: Problem, roster: Roster, text: str) -> tuple[str, str]:
    """Volunteer id and shift id of a text such as `V1:S1`; ids may have colons of their own.

    Where several colons divide the text into ids that exist, the pair that the roster has is meant.

    Raises
    ------
    InputError
        If no colon divides it so, or several do and the roster does not tell which is meant.
    """
    people = {v.volunteer_id for v in problem.volunteers}
    shifts = {s.shift_id for s in problem.shifts}
    splits = [(text[:i], text[i + 1 :]) for i, sign in enumerate(text) if sign == ":"]
    pairs = [(who, where) for who, where in splits if who in people and where in shifts]
    if len(pairs) > 1:
        pairs = [(who, where) for who, where in pairs if (where, who) in roster] or pairs
    if len(pairs) == 1:
        return pairs[0]
    if pairs:
        meant = ", or ".join(f"volunteer {who!r} in shift {where!r}" for who, where in pairs)
        fault = Fault("invalid_value", "trade", "", text, f"this could be {meant}")
        raise InputError([fault])
    if not splits:
        message, remedy = "must be a volunteer id, a colon and a shift id", "Maybe V1:S1 is meant."
        raise InputError([Fault("invalid_value", "trade", "", text, message, remedy)])
    who, where = next((pair for pair in splits if pair[0] in people), splits[0])
    if who not in people:
        raise _unknown("volunteers", "volunteer_id", who, sorted(people))
    raise _unknown("shifts", "shift_id", where, sorted(shifts))


def _unknown(table: str, column: str, value: str, known: list[str]) -> InputError:
    message = f"there is no such id in the table {table}"
    return InputError(
        [Fault("unknown_id", table, column, value, message, Nearest(known).remedy(value))]
    )
