"""How many people the team of a shift needs, and what skills each of them holds or lacks.

Rows of requirements -> heads counted, or people who meet one condition or several together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import Field, model_validator

from shiftplan.errors.message import AtSeat, AtShift, AtTimes, Column, Message
from shiftplan.week.fields import (
    SPARED,
    Date,
    FallingPercents,
    Frozen,
    Id,
    Moment,
    NameSet,
    People,
    Positive,
    Sparing,
    Text,
)
from shiftplan.week.skill_names import SkillSet, name_of_condition, parts_of_condition

if TYPE_CHECKING:
    from shiftplan.week.records import Shift

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
        for skill, level in self.abilities:
            if level_of(skill) >= level:
                return self.held
        return not self.held

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

    shift_id: Id | None = None
    """Shift whose people count; None in rows about a time or about several shifts."""
    skill_id: Id | None = None
    """Skill counted; None for every head, or for those of `with_skills`."""
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


class Requirement(Counted, Sparing):
    """People a shift's team needs: heads, or people who hold or lack one or several skills.

    Without a `shift_id` it is about a center: with `start` and `end` about the people who are there
    for all of that time, whatever their shift, on a break or not; otherwise about the assignments
    to all shifts from `first_day` to `last_day`.
    """

    minimum: People = 0
    """People needed at least; empty seats below it are dearer."""
    target: People
    """People wanted; at least `minimum`."""
    needed_percent: FallingPercents = ()
    """Chance in percent that a first person is needed, a second, and so on, such as `100|85|40`;
    it never rises. Empty: everybody up to `target` is certain to be needed."""
    exclusive: Annotated[bool, SPARED] = False
    """Whether a person fills a seat of one exclusive requirement of the shift only, and so no seat
    of the others; otherwise people count for every requirement that they meet."""
    reason: Text = ""
    """Why, for people."""
    center_id: Annotated[Id | None, SPARED] = None
    """Center of the shifts counted, where no `shift_id` is given."""
    start: Annotated[Moment | None, SPARED] = None
    """First minute for which people are needed, wall-clock time; no shift begins or ends between it
    and `end`."""
    end: Annotated[Moment | None, SPARED] = None
    """First minute after it, wall-clock time."""
    shifts: Annotated[NameSet, SPARED] = ()
    """Types or tags of the shifts counted at the center; empty for all."""
    first_day: Annotated[Date | None, SPARED] = None
    """First date of the shifts counted, where no time is given; None for all until `last_day`."""
    last_day: Annotated[Date | None, SPARED] = None
    """Last date of the shifts counted; None for all from `first_day` on."""

    step: Annotated[Annotated[int, Field(ge=15, le=1440)] | None, SPARED] = None
    """Minutes, 15 or more, of the steps into which the time is divided: a week has a requirement
    for each of them, with the same numbers. None for one step."""

    @model_validator(mode="after")
    def _whole_steps(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError(Message("week.start_and_end"))
        if self.step is not None:
            if self.start is None or self.end is None:
                raise ValueError(Message("week.step_of_times", start=Column("start")))
            if (self.end - self.start) % dt.timedelta(minutes=self.step):
                raise ValueError(Message("week.step_whole", step=self.step))
        return self

    @model_validator(mode="before")
    @classmethod
    def _level_of_a_skill(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("skill_id") and data.get("min_level") is None:
            return {**data, "min_level": 1}
        return data

    @property
    def times_given(self) -> bool:
        """Whether it says anything of shifts but their id."""
        dated = self.start is not None or self.first_day is not None or self.last_day is not None
        return dated or bool(self.shifts) or self.center_id is not None

    @cached_property
    def times(self) -> AtTimes | None:
        """Which shifts of its center it counts; None where it is about a single shift."""
        if self.shift_id is not None:
            return None
        times = self.start, self.end, self.shifts, self.first_day, self.last_day
        return AtTimes(self.center_id or "", *times)

    def in_steps(self) -> Iterator[Self]:
        """Yield a requirement for each of its steps."""
        if self.start is None or self.end is None or self.step is None or self.end <= self.start:
            yield self
            return
        step, start = dt.timedelta(minutes=self.step), self.start
        while start < self.end:
            yield self.model_copy(update={"start": start, "end": start + step, "step": None})
            start += step

    def moved(self, delta: dt.timedelta) -> Self:
        """The same of another time."""
        times = {name: getattr(self, name) for name in ("start", "end", "first_day", "last_day")}
        return self.model_copy(update={name: t and t + delta for name, t in times.items()})

    def may_count(self, shift: Shift) -> bool:
        """Whether it counts the people of a shift of its center."""
        if not shift.is_one_of(self.shifts):
            return False
        if self.start is not None and self.end is not None:
            return shift.start <= self.start and self.end <= shift.end
        if self.first_day is not None and shift.day < self.first_day:
            return False
        return self.last_day is None or shift.day <= self.last_day

    @property
    def place(self) -> AtShift | AtSeat | AtTimes:
        """The shift or the times, with skills and levels where not every head counts."""
        skill, further = self.skill_id, self.with_skills
        level = None if skill is None else self.min_level or 1
        if self.times is not None:
            return replace(self.times, skill_id=skill, min_level=level, with_skills=further)
        assert self.shift_id is not None
        if self.is_of_heads:
            return AtShift(self.shift_id)
        return AtSeat(self.shift_id, skill, level, further)


def in_steps(needs: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Requirements with one for each step of those that are about a time in steps."""
    return tuple(part for need in needs for part in need.in_steps())
