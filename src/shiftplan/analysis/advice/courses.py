"""What a course is that advice proposes, and the rows that put it into a week.

Learners, trainer, time and center -> `Shift`, `Requirement`s; `Courses` -> JSON.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shiftplan.analysis.advice.steps import Step
from shiftplan.problem import Problem
from shiftplan.week.json_form import LevelKey, Written
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Ability, Condition, Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

TYPE = "course"
"""Type of the shift that a course is."""
Missing = Literal["no_need", "no_session", "no_gain", "no_time"]
"""Why no course is proposed: nobody lacks a level of a technology that is asked for; nobody who
does has a time and a center in common with a trainer; none that was tried gains; time was over
before that was known."""


@dataclass(frozen=True, slots=True)
class Learner(Written):
    """Somebody who would learn."""

    volunteer_id: str
    """The person."""
    center_id: str | None
    """The person's home."""
    before: int
    """Level held now; 0 for none."""


@dataclass(frozen=True)
class ProposedCourse(Written):
    """A course: who learns what from whom, when and where, and what it gains in later weeks."""

    json_keys = (
        "skill_id level center_id=shift.center_id start=shift.start end=shift.end trainer_id "
        "people=learners centers=by_center cost_now total levels seats at_most proven without"
    )

    ability: Ability
    """What is taught."""
    steps: tuple[Step, ...]
    """The trainings, each of another person; the one that promises most first."""
    trainer_id: str
    """Who holds the level on that date, and teaches."""
    shift: Shift
    """The session, as a row of `shifts`."""
    requirements: tuple[Requirement, ...]
    """Its seats, as rows of `requirements`: for the learners, the trainer, and all of them."""
    attended: Roster
    """The given roster with everybody in the course; it keeps all hard rules of the week with it.
    """
    cost_now: int
    """Cost of that roster less cost of the given one: what attending costs in this week."""
    roster: Roster
    """A roster of a later week of the same demand, in which the learners hold the level."""
    total: int
    """Cost of the given roster less that of `roster`: the gain in each such week. It is certain:
    another roster may gain more."""
    levels: Mapping[LevelKey, int]
    """Level -> gain, dearest level first."""
    seats: int
    """Empty seats fewer in such a week."""
    at_most: int
    """Proven: no roster of such a week gains more."""
    proven: bool
    """As in `Gain`: whether no roster near there is better."""
    without: int | None
    """Part of the gain that solving again near there brings without the course; None when there
    was no time to look."""

    @property
    def own(self) -> int:
        """Gain that is due to the course: the total less what is known to need no course."""
        return self.total - (self.without or 0)

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Who attends, as rows of `pins`; without them the roster decides it."""
        people = [who for step in self.steps for who in step.people]
        at = self.shift.shift_id
        return tuple(
            Pin(volunteer_id=who, shift_id=at, state="must") for who in (*people, self.trainer_id)
        )

    @property
    def skill_id(self) -> str:
        """Skill that is taught."""
        return self.ability.skill_id

    @property
    def level(self) -> int:
        """Level that learners hold afterwards."""
        return self.ability.level

    @property
    def learners(self) -> list[Learner]:
        """Who would learn."""
        people = [(step.person, step.before) for step in self.steps]
        return [
            Learner(who.volunteer_id, who.home_center_id, int(before or 0))
            for who, before in people
            if who is not None
        ]

    @property
    def by_center(self) -> list[dict[str, str | int]]:
        """Centers and the number of learners who live there, most first."""
        homes = Counter(learner.center_id or "" for learner in self.learners)
        ranked = sorted(homes.items(), key=lambda item: (-item[1], item[0]))
        return [{"center_id": center, "people": count} for center, count in ranked]


@dataclass(frozen=True)
class Courses(Written):
    """The courses that help, and why there are none."""

    found: tuple[ProposedCourse, ...]
    """The best course for each skill and level that gains, the best first."""
    tried: int
    """Sets of learners for whom later weeks were solved or bounded."""
    why: Missing | None
    """Why none is proposed; None where one is."""


def session_of(
    problem: Problem, ability: Ability, steps: Sequence[Step], at: Shift
) -> tuple[Shift, tuple[Requirement, ...]]:
    """A course at the time and center of a shift, and its seats, as rows of the week.

    Whoever attends holds the lowest level that any of the learners holds.
    """
    skill, level = ability
    shift_id = f"{TYPE}-{skill}-{level}"
    while shift_id in problem.shift_by_id:
        shift_id += "'"
    lowest = min(int(step.before or 0) for step in steps)
    shift = Shift(
        shift_id=shift_id,
        center_id=at.center_id,
        start=at.start,
        end=at.end,
        type=TYPE,
        skill_id=skill if lowest else None,
        min_level=max(lowest, 1),
        teaches=(f"{skill}:{level}",),
    )
    lacking, size = Condition((ability,), held=False).name, len(steps)
    return shift, (
        Requirement(shift_id=shift_id, target=size + 1),
        Requirement(shift_id=shift_id, with_skills=(lacking,), target=size),
        Requirement(shift_id=shift_id, skill_id=skill, min_level=level, minimum=1, target=1),
    )
