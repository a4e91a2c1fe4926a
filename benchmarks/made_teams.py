"""Teams of made-up people who can do everything, and how well they serve.

(`Problem`, shift -> people) -> the week with such teams, for `simulate`.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.citizens.simulate import CitizenFigures, Conduct
from shiftplan.problem import Problem
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Assignment, Roster

PATIENT = Conduct(everybody_comes=True, patience_minutes=None)
"""Everybody who is assigned comes, and citizens wait as long as it takes."""


def in_teams(problem: Problem, asked: Mapping[str, int]) -> tuple[Problem, Roster]:
    """The week with people who can do everything, and all of them in their shifts."""
    skills = {s.skill_id: s.max_level for s in problem.skills}
    names = {shift: [f"{shift} {i}" for i in range(count)] for shift, count in asked.items()}
    people = tuple(
        Volunteer(volunteer_id=name, skills=skills) for team in names.values() for name in team
    )
    assigned = (
        Assignment(shift_id=shift, volunteer_id=name) for shift in names for name in names[shift]
    )
    able = {"volunteers": people, "availability": (), "history": (), "pins": ()}
    return problem.model_copy(update=able), Roster(assignments=tuple(assigned))


def in_time(row: CitizenFigures) -> float:
    """Share served in time; 1 where nobody comes."""
    return row.within_target_share.value if row.within_target_share else 1.0
