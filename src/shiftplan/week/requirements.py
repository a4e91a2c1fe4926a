"""How many people the team of a shift needs, and what skills each of them must hold.

Rows of requirements -> heads counted, or people who hold one skill or several together.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from pydantic import model_validator

from shiftplan.errors.message import AtSeat, AtShift
from shiftplan.week.fields import (
    FallingPercents,
    Frozen,
    Id,
    People,
    Positive,
    SkillSet,
    Text,
    skill_and_level,
)


class Ability(NamedTuple):
    """A skill, and the level of it that is needed."""

    skill_id: str
    """The skill."""
    level: int
    """The level, from 1."""


class Counted(Frozen):
    """Whom a shift's team needs: heads, or people who hold one or several skills."""

    shift_id: Id
    """Shift concerned."""
    skill_id: Id | None = None
    """Skill counted; None counts every head."""
    min_level: Positive | None = None
    """Level from which people count; 1 when a skill is given without a level."""
    with_skills: SkillSet = ()
    """Further skills that a person must also hold to count, such as `khmer|portal:2`: a skill, or a
    skill, a colon and the level from which people count."""

    @cached_property
    def abilities(self) -> tuple[Ability, ...]:
        """All that each person counted holds, sorted; nothing where every head counts."""
        if self.skill_id is None:
            return ()
        further = (Ability(*skill_and_level(name)) for name in self.with_skills)
        return tuple(sorted([Ability(self.skill_id, self.min_level or 1), *further]))


class Requirement(Counted):
    """People a shift's team needs: heads, or people who hold one skill or several together."""

    minimum: People = 0
    """People needed at least; empty seats below it are dearer."""
    target: People
    """People wanted; at least `minimum`."""
    needed_percent: FallingPercents = ()
    """Chance in percent that a first person is needed, a second, and so on, such as `100|85|40`;
    it never rises. Empty: everybody up to `target` is certain to be needed."""
    reason: Text = ""
    """Why, for people."""

    @model_validator(mode="before")
    @classmethod
    def _level_of_a_skill(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("skill_id") and data.get("min_level") is None:
            return {**data, "min_level": 1}
        return data

    @property
    def place(self) -> AtShift | AtSeat:
        """The shift, with skills and levels where not every head counts."""
        if self.skill_id is None:
            return AtShift(self.shift_id)
        return AtSeat(self.shift_id, self.skill_id, self.min_level or 1, self.with_skills)
