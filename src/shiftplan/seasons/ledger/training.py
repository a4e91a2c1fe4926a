"""Who has learned long enough for a higher level: suggested here, confirmed by a coordinator.

(`Problem`, `WorkedWeek`s, `LevelUp`s) -> `LevelUpSuggestion`s; a confirmation -> `LevelUp`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from pydantic import ValidationError

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.known import Known
from shiftplan.problem.nearest import Nearest
from shiftplan.problem.validation import faults_of
from shiftplan.seasons.ledger.entries import LevelUp, WorkedWeek
from shiftplan.seasons.ledger.recording import mentoring
from shiftplan.week.json_form import Written

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LevelUpSuggestion(Written):
    """A novice who has learned long enough; a coordinator decides."""

    volunteer_id: str
    """The person."""
    name: str
    """The person's name."""
    skill_id: str
    """The skill."""
    level: int
    """The level suggested: one above what the person holds."""
    shifts: int
    """Shifts with a mentor since the last level-up."""
    mentors: tuple[str, ...]
    """Everybody who was a mentor of the person in the skill, sorted."""


def suggest(
    problem: Problem, weeks: Sequence[WorkedWeek], training: Sequence[LevelUp], enough: int
) -> Iterator[LevelUpSuggestion]:
    """Yield novices of a problem with at least `enough` lessons since their last level-up."""
    learned, mentors = _learned(weeks)
    done = Counter[_Key]()
    for up in training:
        done |= Counter({(up.volunteer_id, up.skill_id): up.mentored})
    most = {skill.skill_id: skill.max_level for skill in problem.skills}
    for skill, novice_level, _ in mentoring(problem):
        for volunteer in problem.volunteers:
            key = (volunteer.volunteer_id, skill)
            level = volunteer.level(skill, problem.horizon.start)
            if key not in learned or level > min(novice_level, most.get(skill, 0) - 1):
                continue
            shifts = learned[key] - done[key]
            if shifts >= enough:
                names = tuple(sorted(mentors[key]))
                yield LevelUpSuggestion(key[0], volunteer.name, skill, level + 1, shifts, names)


def level_up(
    weeks: Sequence[WorkedWeek],
    training: Sequence[LevelUp],
    volunteer_id: str,
    skill_id: str,
    level: int,
    day: date,
    problem: Problem | None,
) -> LevelUp:
    """Make the row of the training log; an `InputError` when it says nothing new.

    Where there is a `problem`, its table of skills must have the skill and the level.
    """
    people = {entry.volunteer_id for week in weeks for entry in week.entries}
    if not isinstance(volunteer_id, str) or volunteer_id not in people:
        message, text = Message("seasons.unknown_to_ledger"), str(volunteer_id)
        remedy = Nearest(sorted(people)).remedy(text)
        raise InputError(
            [Fault("unknown_id", "training", "volunteer_id", text, message, remedy=remedy)]
        )
    if problem is not None:
        known = Known(problem)
        faults = [
            *known.unknown("training", None, "skill_id", skill_id, "skills"),
            *known.level("training", None, "level", level, skill_id),
        ]
        if faults:
            raise InputError(faults)
    for up in training:
        same = (up.volunteer_id, up.skill_id) == (volunteer_id, skill_id)
        if same and level <= up.level:
            reached = {"level": up.level, "skill": skill_id, "day": up.day}
            message = Message("seasons.level_reached", who=volunteer_id, **reached)
            raise InputError([Fault("level_confirmed", "training", "level", str(level), message)])
    shifts, _ = _learned(weeks)
    try:
        return LevelUp(
            volunteer_id=volunteer_id,
            skill_id=skill_id,
            level=level,
            day=day,
            mentored=shifts[volunteer_id, skill_id],
        )
    except ValidationError as error:
        raise InputError(
            replace(fault, table="training", column=fault.table)
            for fault in faults_of(error, LevelUp)
        ) from None


def _learned(weeks: Sequence[WorkedWeek]) -> tuple[Counter[_Key], Mapping[_Key, set[str]]]:
    """(Volunteer id, skill) -> shifts of all lessons, and their mentors."""
    shifts, mentors = Counter[_Key](), defaultdict[_Key, set[str]](set)
    for entry in chain.from_iterable(week.entries for week in weeks):
        for lesson in entry.lessons:
            key = (entry.volunteer_id, lesson.skill_id)
            shifts[key] += lesson.shifts
            mentors[key].update(lesson.mentors)
    return shifts, mentors
