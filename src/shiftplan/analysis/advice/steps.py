"""One step that may help: a person or a center as they would be.

`Step` and `Problem` -> the `Problem` with the step taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

from shiftplan.problem import Problem
from shiftplan.week.json_form import Number, Written
from shiftplan.week.records import Availability, Center, SkillGrant, Volunteer

Kind = Literal["volunteer", "training", "max_shifts", "max_distance", "window", "capacity"]
Group = Literal["volunteer", "training", "limit"]
GROUPS: tuple[Group, ...] = ("volunteer", "training", "limit")


@dataclass(frozen=True)
class Step(Written):
    """One more volunteer, a training, or a limit that is relaxed."""

    json_keys = (
        "kind volunteer_id center_id skills skill_id=grant.skill_id before after windows=hours"
    )

    kind: Kind
    """What is changed."""
    person: Volunteer | None = None
    """The person as they would be; one whose id is not in the problem is new."""
    windows: tuple[Availability, ...] = ()
    """Windows of the person that are not in the problem."""
    center: Center | None = None
    """The center as it would be."""
    grant: SkillGrant | None = None
    """In a training: the skill and the level the person would hold."""
    before: Number | None = None
    """The level held or the limit set before the step; None where there was none."""

    @property
    def group(self) -> Group:
        """Which group the step belongs to."""
        if self.kind == "volunteer" or self.kind == "training":
            return self.kind
        return "limit"

    @property
    def after(self) -> Number | None:
        """The level or the limit with the step taken; None where there is none."""
        if self.grant is not None:
            return self.grant.level
        if self.kind == "max_shifts" and self.person is not None:
            return self.person.max_shifts
        if self.kind == "max_distance" and self.person is not None:
            return self.person.max_distance_km
        return self.center.capacity if self.center is not None else None

    @property
    def about(self) -> Hashable:
        """What steps that stand for each other share: kind and person, or center; and skill."""
        if self.person is None:
            return (self.kind, self.center and self.center.center_id)
        if self.kind == "volunteer":
            return (self.kind, self.person.home_center_id)
        return (self.kind, self.person.volunteer_id, self.grant and self.grant.skill_id)

    @property
    def asked(self) -> int:
        """Levels that the step asks of its person, all skills together."""
        return 0 if self.person is None else sum(g.level for g in self.person.skills)

    def apply(self, problem: Problem) -> Problem:
        """The problem with the step taken."""
        return apply_steps(problem, (self,))

    @property
    def volunteer_id(self) -> str | None:
        """Id of the person."""
        return None if self.person is None else self.person.volunteer_id

    @property
    def center_id(self) -> str | None:
        """Id of the center, or of the person's home."""
        if self.center is not None:
            return self.center.center_id
        return None if self.person is None else self.person.home_center_id

    @property
    def skills(self) -> dict[str, int] | None:
        """Skill -> level of a new person."""
        if self.kind != "volunteer" or self.person is None:
            return None
        return {grant.skill_id: grant.level for grant in self.person.skills}

    @property
    def hours(self) -> list[dict[str, dt.datetime]]:
        """Start and end of the windows."""
        return [{"start": window.start, "end": window.end} for window in self.windows]


def apply_steps(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem with all steps taken; of steps on one person or center the last one counts."""
    people = {v.volunteer_id: v for v in problem.volunteers}
    centers = {c.center_id: c for c in problem.centers}
    windows = list(problem.availability)
    for step in steps:
        if step.person is not None:
            people[step.person.volunteer_id] = step.person
        if step.center is not None:
            centers[step.center.center_id] = step.center
        windows += step.windows
    return problem.model_copy(
        update={
            "volunteers": tuple(people.values()),
            "centers": tuple(centers.values()),
            "availability": tuple(windows),
        }
    )
