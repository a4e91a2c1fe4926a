"""Complaints about what an explanation is asked about.

(`Problem`, ids) -> `InputError`.
"""

from __future__ import annotations

from shiftplan.errors import Fault, InputError
from shiftplan.nearest import Nearest
from shiftplan.problem import Problem


def unknown_shift(problem: Problem, shift_id: str, skill_id: str | None) -> InputError:
    """Why there is no requirement of a shift, or of a skill in it."""
    shifts = [s.shift_id for s in problem.shifts]
    if shift_id not in shifts:
        return InputError([_unknown("shifts", "shift_id", shift_id, shifts)])
    skills = [n.skill_id for n in problem.requirements if n.shift_id == shift_id]
    if skill_id is None or not skills:
        text = f"nobody is needed in shift {shift_id}"
        return InputError([Fault("unknown_id", "requirements", "shift_id", shift_id, text)])
    remedy = Nearest(skill for skill in skills if skill is not None).remedy(skill_id)
    text = f"shift {shift_id} does not ask for this skill"
    return InputError([Fault("unknown_id", "requirements", "skill_id", skill_id, text, remedy)])


def known_pair(problem: Problem, volunteer_id: str, shift_id: str) -> None:
    """See that a person and a shift exist, or raise an InputError."""
    people = [v.volunteer_id for v in problem.volunteers]
    shifts = [s.shift_id for s in problem.shifts]
    faults = []
    if volunteer_id not in people:
        faults.append(_unknown("volunteers", "volunteer_id", volunteer_id, people))
    if shift_id not in shifts:
        faults.append(_unknown("shifts", "shift_id", shift_id, shifts))
    if faults:
        raise InputError(faults)


def _unknown(table: str, column: str, value: str, known: list[str]) -> Fault:
    remedy = Nearest(known).remedy(value)
    return Fault("unknown_id", table, column, value, "there is no such id", remedy)
