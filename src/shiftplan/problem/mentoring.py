"""Novices whom a hard rule leaves without shifts, because no mentor can come to any.

`Problem` -> a note for each row of the rule that does so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.problem.known import fault
from shiftplan.problem.supply import who_can_come
from shiftplan.rules import Available, Mentor

if TYPE_CHECKING:
    from shiftplan.problem import Problem


def notes(problem: Problem) -> Iterator[Fault]:
    """Yield a note for each hard row that covers everybody and every shift, but has no mentor.

    There is none if people may work outside the times they offered.
    """
    rows = [
        (index, rule)
        for index, rule in enumerate(problem.rules)
        if isinstance(rule, Mentor) and rule.hard and rule.novices_per_mentor
        if rule.which.is_all and not rule.group
    ]
    if not rows or any(isinstance(r, Available) and r.max_minutes for r in problem.rules):
        return
    coming = who_can_come(problem)
    for index, rule in rows:
        skill = rule.skill or problem.horizon.mentor_skill
        held = [
            max(volunteer.level(skill, day) for day in problem.horizon.dates)
            for volunteer in problem.volunteers
            if volunteer.volunteer_id in coming
        ]
        highest = min(rule.novice_level, rule.mentor_level - 1)
        left = sum(level <= highest for level in held)
        if left and max(held) < rule.mentor_level:
            said = Message("problem.no_mentor_comes", skill=skill, level=rule.mentor_level, n=left)
            place = "rules", index, "level", rule.level
            yield fault("cannot_come", *place, said, remedy="problem.check_mentors")
