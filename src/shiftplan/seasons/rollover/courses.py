"""What people learned in a week: the levels that shifts teach those who come.

(`Problem`, roster as it was worked, people) -> people with more grants.
"""

from __future__ import annotations

import datetime as dt

from shiftplan.problem import Problem
from shiftplan.week.records import SkillGrant, Volunteer, grant_order
from shiftplan.week.roster import Roster
from shiftplan.week.skill_names import skill_and_level


def taught(problem: Problem, roster: Roster, people: tuple[Volunteer, ...]) -> list[Volunteer]:
    """People with the levels that their shifts taught, each from the date after the shift.

    Who holds a level then anyway keeps it as it is; those who learned nothing are the same objects.
    """
    shifts = problem.shift_by_id
    return [
        _with_grants(
            person,
            [
                SkillGrant(skill_id=skill, level=level, valid_from=shift.day + dt.timedelta(1))
                for shift in sorted(
                    (shifts[s] for s in roster.shifts_of.get(person.volunteer_id, ())),
                    key=lambda shift: (shift.start, shift.shift_id),
                )
                for skill, level in map(skill_and_level, shift.teaches)
            ],
        )
        for person in people
    ]


def _with_grants(person: Volunteer, grants: list[SkillGrant]) -> Volunteer:
    for grant in grants:
        day = grant.valid_from
        if day is not None and person.level(grant.skill_id, day) < grant.level:
            same = grant.skill_id, day, None
            kept = (g for g in person.skills if (g.skill_id, g.valid_from, g.valid_to) != same)
            skills = tuple(sorted((*kept, grant), key=grant_order))
            person = person.model_copy(update={"skills": skills})
    return person
