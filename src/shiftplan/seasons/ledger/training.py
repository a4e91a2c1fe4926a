"""What novices learned from mentors, and the levels that follow.

(Weeks, level-ups) -> `LevelUpSuggestion`s; a level that a person reached -> `LevelUp`, or why not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pydantic import ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.known import Known
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import faults_of
from shiftplan.seasons.ledger.entries import LevelUp, LevelUpSuggestion, WorkedWeek
from shiftplan.seasons.ledger.recording import mentoring

_Key = tuple[str, str]
"""Ids of a volunteer and a skill."""


def suggested(
    weeks: Sequence[WorkedWeek], training: Sequence[LevelUp], problem: Problem, enough: int
) -> Iterator[LevelUpSuggestion]:
    """Yield level-ups as `Ledger.suggestions` does."""
    learned, mentors = learned_in(weeks)
    done = Counter[_Key]()
    for up in training:
        done |= Counter({(up.volunteer_id, up.skill_id): up.mentored})
    most = {skill.skill_id: skill.max_level for skill in problem.skills}
    # Rules on one skill count its lessons together, up to the highest novice.
    novices = {skill: level for skill, level, *_ in mentoring(problem)}
    for skill, novice_level in novices.items():
        for volunteer in problem.volunteers:
            key = (volunteer.volunteer_id, skill)
            level = volunteer.level(skill, problem.horizon.start)
            if key not in learned or level > min(novice_level, most.get(skill, 0) - 1):
                continue
            shifts = learned[key] - done[key]
            if shifts >= enough:
                names = tuple(sorted(mentors[key]))
                who, name = volunteer.volunteer_id, volunteer.name
                yield LevelUpSuggestion(who, name, skill, level + 1, shifts, names)


def level_up(
    weeks: Sequence[WorkedWeek],
    training: Sequence[LevelUp],
    volunteer_id: str,
    skill_id: str,
    level: int,
    day: date,
    problem: Problem | None,
) -> LevelUp:
    """Make the level-up that `Ledger.confirm` adds; InputError as it raises it."""
    people = {entry.volunteer_id for week in weeks for entry in week.entries}
    if not isinstance(volunteer_id, str) or volunteer_id not in people:
        message, text = Message("seasons.unknown_to_ledger"), str(volunteer_id)
        remedy = Nearest(sorted(people)).remedy(text)
        fault = Fault("unknown_id", "training", "volunteer_id", text, message, remedy=remedy)
        raise InputError([fault])
    if problem is not None:
        known = Known(problem)
        faults = [*known.unknown("training", None, "skill_id", skill_id, "skills")]
        faults += known.level("training", None, "level", level, skill_id)
        if faults:
            raise InputError(faults)
    for up in training:
        if (up.volunteer_id, up.skill_id) == (volunteer_id, skill_id) and level <= up.level:
            reached = {"level": up.level, "skill": skill_id, "day": up.day}
            message = Message("seasons.level_reached", who=volunteer_id, **reached)
            fault = Fault("level_confirmed", "training", "level", str(level), message)
            raise InputError([fault])
    shifts, _ = learned_in(weeks)
    values = {"volunteer_id": volunteer_id, "skill_id": skill_id, "level": level, "day": day}
    try:
        return LevelUp.model_validate({**values, "mentored": shifts[volunteer_id, skill_id]})
    except ValidationError as error:
        raise InputError(
            replace(fault, table="training", column=fault.table)
            for fault in faults_of(error, LevelUp)
        ) from None


def learned_in(weeks: Sequence[WorkedWeek]) -> tuple[Counter[_Key], dict[_Key, set[str]]]:
    """(Volunteer id, skill) -> shifts of all lessons, and their mentors."""
    shifts, mentors = Counter[_Key](), defaultdict[_Key, set[str]](set)
    for entry in (entry for week in weeks for entry in week.entries):
        for lesson in entry.lessons:
            key = (entry.volunteer_id, lesson.skill_id)
            shifts[key] += lesson.shifts
            mentors[key].update(lesson.mentors)
    return shifts, mentors
