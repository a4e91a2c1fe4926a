"""Places, people and times: centers, skills, volunteers, when they can come, and shifts.

Values of files, JSON or Python -> records, each checked by itself -> `Problem`.

All dates and times are wall-clock values of the horizon's zone (naive `datetime`); intervals are
half-open. Ids are strings and kept as they are written, with accents composed (NFC).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    NonNegativeFloat,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails

from shiftplan.errors.message import Column, Message
from shiftplan.week.fields import (
    SPARED,
    Count,
    Extra,
    Frozen,
    Id,
    Moment,
    NameSet,
    Positive,
    Sparing,
    Text,
)
from shiftplan.week.skill_names import Levels

AREAS = ("minority", "remote", "other")
"""Classes of area that every week has; groups of centers are further ones."""


def _no_area(names: tuple[str, ...]) -> tuple[str, ...]:
    taken = sorted(set(names) & set(AREAS))
    if taken:
        columns = {"minority": Column("minority_area"), "remote": Column("remote_area")}
        raise ValueError(Message("week.group_named_as_area", name=taken[0], **columns))
    return names


class Center(Frozen):
    """A place where citizens are helped."""

    center_id: Id
    """Unique id; for a commune its official code."""
    name: Text = ""
    """Name people know it by."""
    type: Text = ""
    """Kind of unit, such as xã, phường or đặc khu."""
    lat: float | None = Field(default=None, ge=-90, le=90)
    """Latitude in degrees; None when unknown, which rules about distance refuse."""
    lon: float | None = Field(default=None, ge=-180, le=180)
    """Longitude in degrees; None when unknown, which rules about distance refuse."""
    population: Count | None = None
    """People who live in its area; None when unknown."""
    minority_area: bool = False
    """Whether ethnic minorities live in its area."""
    remote_area: bool = False
    """Whether it lies on an island or at a land border."""
    priority: float = Field(default=1.0, gt=0, le=1_000)
    """Factor on the price of its empty seats, at most 1,000; 1 is ordinary."""
    capacity: Count | None = None
    """Most people present at any moment; None for no limit."""
    groups: Annotated[NameSet, AfterValidator(_no_area)] = ()
    """Further areas it counts in, such as `border|island`; `area_floor` may name them, and measures
    of equity have a row for each."""
    phone: Text = ""
    """Number to call, as it is written."""
    contact: Text = ""
    """Whom to ask there, or another way to reach it, such as an e-mail address."""
    extra: Extra = ()
    """Further columns of its row, as text; no plan depends on them. A mapping is read too."""


class Skill(Frozen):
    """Something volunteers can do, in levels from 1 up."""

    skill_id: Id
    """Unique id."""
    name: Text = ""
    """Name people know it by."""
    kind: Literal["tech", "language"] = "tech"
    """Technology or language."""
    max_level: int = Field(default=1, ge=1, le=1_000)
    """Highest level; level 0 means that a person does not have the skill."""


class SkillGrant(Frozen):
    """A level of a skill that a volunteer holds, perhaps only for some dates."""

    skill_id: Id
    """Skill held."""
    level: Positive = 1
    """Level held, 1 to the skill's `max_level`."""
    valid_from: dt.date | None = None
    """First date on which it counts; None for no first date."""
    valid_to: dt.date | None = None
    """Last date on which it counts; None for no last date."""

    def holds_on(self, day: dt.date) -> bool:
        """Whether it counts on a date."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def _grants(value: Any) -> Any:
    """Read a mapping skill id -> level as grants without dates; level 0 is no grant."""
    if not isinstance(value, Mapping):
        return value
    grants: list[SkillGrant] = []
    wrong: list[InitErrorDetails] = []
    for skill, level in value.items():
        try:
            grants += [SkillGrant(skill_id=skill, level=level)] if level != 0 else []
        except ValidationError as error:
            for details in error.errors(include_url=False):  # at its key of the mapping
                ctx, place = details.get("ctx", {}), (skill, *details["loc"])
                kind, given = details["type"], details["input"]
                wrong.append(InitErrorDetails(type=kind, loc=place, input=given, ctx=ctx))
    if wrong:
        raise ValidationError.from_exception_data("skills", wrong)
    return grants


def grant_order(grant: SkillGrant) -> tuple[str, bool, dt.date, bool, dt.date, int]:
    """Key that sorts a volunteer's grants: by skill, those without dates first."""
    first, last = grant.valid_from, grant.valid_to
    day = dt.date.max
    return (grant.skill_id, bool(first), first or day, bool(last), last or day, grant.level)


class Volunteer(Sparing):
    """A person who offers time."""

    volunteer_id: Id
    """Unique id."""
    name: Text = ""
    """Name people know the person by."""
    home_center_id: Id | None = None
    """Center of the person's home commune; None when unknown, which distance rules refuse."""
    group: NameSet = ()
    """Groups the person belongs to; rules can be limited to groups."""
    skills: Annotated[
        tuple[SkillGrant, ...],
        BeforeValidator(_grants),
        AfterValidator(lambda grants: tuple(sorted(grants, key=grant_order))),
    ] = ()
    """Skills held; a mapping skill id -> level is read as grants without dates."""
    max_shifts: Count | None = None
    """Most shifts in the horizon; None for no limit."""
    min_shifts: Count = 0
    """Fewest shifts that the person would like to get."""
    max_distance_km: NonNegativeFloat | None = None
    """Farthest center from home, great circle in km; 0 for home only, None for no limit."""
    show_rate: float = Field(default=1.0, ge=0, le=1)
    """Probability that the person comes to an assigned shift. People with 0 may still be assigned,
    and count for seats, but are on no stand-by list."""
    mobile: bool = False
    """Whether the person may be sent anywhere, as a mobile team is: `max_distance`, `travel` and
    `balance_far` leave the person out, and no home is needed."""
    wish_percent: Annotated[int, Field(ge=0, le=10_000), SPARED] = 100
    """How much the person's wishes weigh beside those of others, in percent: prices that `wish`,
    `preferences` and `wish_equality` have for the person are multiplied by it; 0 for nothing."""
    hourly_cost: Annotated[Count, SPARED] = 0
    """Pay for one hour of the person's work, as a whole number in a unit that is the same for
    everybody, such as thousands of dong."""
    shift_cost: Annotated[Count, SPARED] = 0
    """Pay for each shift besides the pay per hour, such as an allowance, in the same unit."""
    phone: Text = ""
    """Number to call, as it is written."""
    contact: Text = ""
    """Another way to reach the person, such as an e-mail address, or whom to ask."""
    extra: Extra = ()
    """Further columns of the person's row, as text; no plan depends on them. A mapping is read
    too."""

    def level(self, skill_id: str, day: dt.date) -> int:
        """Level held in a skill on a date; 0 when there is none."""
        held = 0
        for grant in self.skills:
            if grant.skill_id == skill_id and grant.level > held and grant.holds_on(day):
                held = grant.level
        return held


class Availability(Frozen):
    """A window of time in which a volunteer can come; outside all windows nobody can.

    A row of the rule `available` allows some minutes outside.
    """

    volunteer_id: Id
    """Whose window it is."""
    start: Moment
    """First minute, wall-clock time."""
    end: Moment
    """First minute after it, wall-clock time."""
    state: Literal["available", "preferred", "undesired"] = "available"
    """How welcome a shift in it is."""


class StandBy(Frozen):
    """A time at which a volunteer can be called in, but is not planned unless also available."""

    volunteer_id: Id
    """Who stands by."""
    start: Moment | None = None
    """First minute, wall-clock time; None, with `end`, for the whole horizon."""
    end: Moment | None = None
    """First minute after it, wall-clock time."""

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError(Message("week.start_and_end"))
        return self


class Shift(Sparing):
    """One dated piece of work at a center; it belongs to the date on which it starts."""

    shift_id: Id
    """Unique id."""
    center_id: Id
    """Where it takes place."""
    start: Moment
    """First minute, wall-clock time."""
    end: Moment
    """First minute after it, wall-clock time; may be on a later date."""
    type: Text = ""
    """Shift type, such as `night`; rules can be limited to types."""
    tags: NameSet = ()
    """Further sets the shift belongs to; rules can be limited to them, as to types."""
    alternative: Annotated[Text, SPARED] = ""
    """Name that alternative shifts share, of which one is held (rule `one_alternative`)."""
    optional: Annotated[bool, SPARED] = False
    """Whether it is held only if it has its minimum of people (rule `optional_minimum`)."""
    skill_id: Id | None = None
    """Skill that everybody in the shift must hold (rule `qualified`); None for no such skill."""
    min_level: Positive = 1
    """Level of `skill_id` that everybody must hold."""
    teaches: Annotated[Levels, SPARED] = ()
    """Levels of skills that people in it hold from the next date on, such as `portal:2`, as after
    the last session of a course: `new-week` grants them to all in the roster that it is given."""
    strain: Annotated[int, Field(ge=0, le=100), SPARED] = 1
    """How hard it is on a person, 0 to 100, which `max_strain` and `balance_strain` add up; 1 is an
    ordinary shift."""
    extra: Extra = ()
    """Further columns of its row, as text; no plan depends on them. A mapping is read too."""

    @property
    def day(self) -> dt.date:
        """Date the shift belongs to."""
        return self.start.date()

    def is_one_of(self, names: NameSet) -> bool:
        """Whether it has one of the types or tags; True when none is named."""
        return not names or self.type in names or any(tag in names for tag in self.tags)


def is_same(one: Shift, other: Shift) -> bool:
    """Whether a shift is at the same place and time for whoever was told of it."""
    return (one.center_id, one.start, one.end) == (other.center_id, other.start, other.end)


def overlap(one: Shift | Availability, other: Shift | Availability) -> bool:
    """Whether two shifts or windows share time."""
    return one.start < other.end and other.start < one.end


def moved_shifts(before: Mapping[str, Shift], after: Mapping[str, Shift]) -> frozenset[str]:
    """Ids of the shifts that are at another place or time; mappings are from id to shift."""
    return frozenset(s for s in before.keys() & after.keys() if not is_same(before[s], after[s]))
