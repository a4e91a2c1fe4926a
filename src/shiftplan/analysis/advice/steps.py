"""One step that may help: a person or a center as they would be.

`Step` and `Problem` -> the `Problem` with the step taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from shiftplan.problem import Problem
from shiftplan.week.records import Availability, Center, SkillGrant, Volunteer

Kind = Literal["volunteer", "training", "max_shifts", "max_distance", "window", "capacity"]
Group = Literal["volunteer", "training", "limit"]
GROUPS: tuple[Group, ...] = ("volunteer", "training", "limit")


@dataclass(frozen=True)
class Step:
    """One more volunteer, a training, or a limit that is relaxed."""

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
    before: float | None = None
    """The level held or the limit set before the step; None where there was none."""

    @property
    def group(self) -> Group:
        """Which group the step belongs to."""
        if self.kind == "volunteer" or self.kind == "training":
            return self.kind
        return "limit"

    @property
    def after(self) -> float | None:
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

    def as_dict(self) -> dict[str, Any]:
        """The step as JSON can hold it; ids, and what is new."""
        person, center = self.person, self.center
        new = self.kind == "volunteer" and person is not None
        return {
            "kind": self.kind,
            "volunteer_id": person.volunteer_id if person is not None else None,
            "center_id": center.center_id if center is not None else _home(person),
            "skills": {g.skill_id: g.level for g in person.skills} if new and person else None,
            "skill_id": None if self.grant is None else self.grant.skill_id,
            "before": self.before,
            "after": self.after,
            "windows": [
                {"start": w.start.isoformat(), "end": w.end.isoformat()} for w in self.windows
            ],
        }


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


def _home(person: Volunteer | None) -> str | None:
    return None if person is None else person.home_center_id
