"""How many people the team of a shift needs, and what skills each of them holds or lacks.

Rows of requirements -> heads counted, or people who meet one condition or several together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    name_of_condition,
    parts_of_condition,
)

MOST_EXCLUSIVE = 8
"""Exclusive requirements of a shift, at most: a model has a row for each set of them."""


class Ability(NamedTuple):
    """A skill, and the level of it that is needed."""

    skill_id: str
    """The skill."""
    level: int
    """The level, from 1."""


class Condition(NamedTuple):
    """What each person counted meets: they hold some ability at least, or none of them."""

    abilities: tuple[Ability, ...]
    """The abilities, sorted."""
    held: bool = True
    """Whether a person holds one of them at least; otherwise none."""

    def is_met(self, level_of: Callable[[str], int]) -> bool:
        """Whether a person meets it, by the level that they hold of each skill."""
        holds = any(level_of(skill) >= level for skill, level in self.abilities)
        return holds if self.held else not holds

    @property
    def name(self) -> str:
        """It as `with_skills` has it, such as `khmer/english` or `!novice`."""
        return name_of_condition(self.held, self.abilities)


Conditions = tuple[Condition, ...]
"""All that each person counted meets, what they hold first; none where every head counts."""


def conditions_of(
    skill_id: str | None, level: int | None, with_skills: Iterable[str]
) -> Conditions:
    """All that `skill_id`, `min_level` and `with_skills` ask of a person, what is held first."""
    own = [] if skill_id is None else [Condition((Ability(skill_id, level or 1),))]
    for held, abilities in map(parts_of_condition, with_skills):
        own.append(Condition(tuple(Ability(*one) for one in abilities), held))
    return tuple(sorted(own, key=lambda one: (not one.held, one.abilities)))


def in_columns(conditions: Iterable[Condition]) -> tuple[Ability | None, tuple[str, ...]]:
    """Conditions as columns have them: the ability in `skill_id`, None for none, `with_skills`."""
    first, further = None, list(conditions)
    for place, condition in enumerate(further):
        if condition.held and len(condition.abilities) == 1:
            (first,) = further.pop(place).abilities
            break
    return first, tuple(sorted(condition.name for condition in further))


class Counted(Frozen):
    """Whom a shift's team needs: heads, or people who hold or lack one or several skills."""

    shift_id: Id
    """Shift concerned."""
    skill_id: Id | None = None
    """Skill counted; None counts every head, or those of `with_skills`."""
    min_level: Positive | None = None
    """Level from which people count; 1 when a skill is given without a level."""
    with_skills: SkillSet = ()
    """What a person must also meet to count, such as `khmer|portal:2`: a skill, or a skill, a colon
    and the level from which people count. `khmer/english` counts those who hold either, `!novice`
    those who do not hold it."""

    @cached_property
    def conditions(self) -> Conditions:
        """All that each person counted meets, sorted; nothing where every head counts."""
        return conditions_of(self.skill_id, self.min_level, self.with_skills)

    @property
    def is_of_heads(self) -> bool:
        """Whether every head counts."""
        return self.skill_id is None and not self.with_skills

    @property
    def is_of_holders(self) -> bool:
        """Whether a skill must be held to count, beside those that must not."""
        return any(condition.held for condition in self.conditions)


class Requirement(Counted):
    """People a shift's team needs: heads, or people who hold or lack one or several skills."""

    minimum: People = 0
    """People needed at least; empty seats below it are dearer."""
    target: People
    """People wanted; at least `minimum`."""
    needed_percent: FallingPercents = ()
    """Chance in percent that a first person is needed, a second, and so on, such as `100|85|40`;
    it never rises. Empty: everybody up to `target` is certain to be needed."""
    exclusive: bool = False
    """Whether a person fills a seat of one exclusive requirement of the shift only, and so no seat
    of the others; otherwise people count for every requirement that they meet."""
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
        if self.is_of_heads:
            return AtShift(self.shift_id)
        level = None if self.skill_id is None else self.min_level or 1
        return AtSeat(self.shift_id, self.skill_id, level, self.with_skills)
