"""Novices whom a hard rule leaves without a shift, because no mentor can come to one of theirs.

`Problem` -> what is told of them, once for each row of the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.problem.known import fault
from shiftplan.rules import Available, Mentor

if TYPE_CHECKING:
    from shiftplan.problem import Problem

_Times = frozenset[tuple[datetime, datetime]]


def notes(problem: Problem) -> Iterator[Fault]:
    """Yield what is told of rows that hold for everybody and every shift.

    Where people can work outside the times they offered, nothing is told.
    """
    rows = [
        (index, rule)
        for index, rule in enumerate(problem.rules)
        if isinstance(rule, Mentor) and rule.hard and rule.novices_per_mentor
        if rule.which.is_all and not rule.group
    ]
    if not rows or any(isinstance(r, Available) and r.max_minutes for r in problem.rules):
        return
    offered = _offered(problem)
    for index, rule in rows:
        skill = rule.skill or problem.horizon.mentor_skill
        held = {
            v.volunteer_id: max(v.level(skill, day) for day in problem.horizon.dates)
            for v in problem.volunteers
        }
        mentors = [who for who, level in held.items() if level >= rule.mentor_level]
        highest = min(rule.novice_level, rule.mentor_level - 1)
        novices = [who for who, level in held.items() if level <= highest]
        helped = _Times().union(*(offered[who] for who in mentors))
        if rule.per == "moment":
            helped = _overlapping(_Times().union(*offered.values()), helped)
        own = [offered[who] for who in novices]
        if left := sum(bool(times) and times.isdisjoint(helped) for times in own):
            said = Message("problem.no_mentor_comes", skill=skill, level=rule.mentor_level, n=left)
            place = "rules", index, "level", rule.level
            yield fault("cannot_come", *place, said, remedy="problem.check_mentors")


def _offered(problem: Problem) -> dict[str, _Times]:
    """Volunteer id -> the times of shifts that lie in a window of the person."""
    times = sorted({(shift.start, shift.end) for shift in problem.shifts})

    @cache
    def inside(first: datetime, last: datetime) -> _Times:
        return frozenset((start, end) for start, end in times if first <= start and end <= last)

    windows = problem.joined_windows
    return {
        v.volunteer_id: _Times().union(
            *(inside(start, end) for start, end, _ in windows.get(v.volunteer_id, ()))
        )
        for v in problem.volunteers
    }


def _overlapping(times: Collection[tuple[datetime, datetime]], others: _Times) -> _Times:
    """The times that share a moment with one of the others."""
    return frozenset(
        (start, end) for start, end in times if any(o < end and start < u for o, u in others)
    )
