"""What sort of work a week plans: where it starts from, and which words it uses.

kinds.toml -> `WorkKind` by name. A kind is data: no module asks for one by its name.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from shiftplan.week.fields import Count, Frozen, Id, People, Positive, Weekday


def _hours(text: str) -> tuple[dt.timedelta, dt.timedelta]:
    start, end = (_time_of_day(part) for part in text.split("-"))
    return start, end if end > start else end + dt.timedelta(days=1)


def _time_of_day(text: str) -> dt.timedelta:
    hour, minute = map(int, text.split(":"))
    return dt.timedelta(hours=hour, minutes=minute)


SessionHours = Annotated[tuple[dt.timedelta, dt.timedelta], BeforeValidator(_hours)]
"""Start and end after midnight; an end that is not after the start is on the next day."""


class NeededSkill(Frozen):
    """A skill that a new week of a kind knows."""

    skill_id: Id
    """Its id; `mentors` for the skill of the profile."""
    max_level: Positive = 1
    """Its highest level."""


class UsualHours(Frozen):
    """A row of opening hours that a new week begins with, for all centers."""

    days: str = ""
    """Its days, a word `days.<days>` of the catalogues; empty for every day."""
    hours: SessionHours
    """When a shift starts and ends."""
    type: str
    """Type of the shifts, a word `type.<type>` of the catalogues."""


class UsualNeed(Frozen):
    """A row of standard needs that a new week begins with, for all centers."""

    shifts: tuple[str, ...] = ()
    """Types of the shifts that it is for; empty for all."""
    skill_id: Id | None = None
    """Skill, as in `NeededSkill`; None counts everybody."""
    min_level: Positive | None = None
    """Level from which people count."""
    minimum: Count = 0
    """Fewest people."""
    target: People
    """People wanted."""


class Example(Frozen):
    """A small week that can be planned at once."""

    centers: tuple[Mapping[str, Any], ...]
    """Fields of each center but its name."""
    people: Positive
    """Number of people."""
    person: Mapping[str, Any] = Field(default_factory=dict)
    """Fields that all people share."""
    levels: tuple[Count, ...] = (0,)
    """Levels of the skills that people hold, in turn."""
    offers: tuple[tuple[Count, ...], ...]
    """Places of the sessions that a person offers on a day, in turn."""
    opening: tuple[UsualHours, ...] = ()
    """Opening hours, where a new week begins with none."""
    needs: tuple[UsualNeed, ...] = ()
    """Standard needs, where a new week begins with none."""


class WorkKind(Frozen):
    """A sort of work: what a new week has before anybody fills it in."""

    days: Positive
    """Number of days."""
    first: Weekday
    """Weekday on which it starts."""
    sessions: tuple[SessionHours, ...]
    """Hours of the columns of the availability grid, on each day."""
    skills: tuple[NeededSkill, ...] = ()
    """Skills that the week knows."""
    opening: tuple[UsualHours, ...] = ()
    """Opening hours that a new week begins with."""
    needs: tuple[UsualNeed, ...] = ()
    """Standard needs that a new week begins with."""
    rules: tuple[Mapping[str, Any], ...]
    """Parameters of the recommended rules."""
    sheets: tuple[str, ...] | None = None
    """Sheets that a workbook shows though they are blank; None for all."""
    columns: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Table -> columns that its sheet shows though they are blank, beside those that it needs; a
    table that is missing here shows all."""
    row: Mapping[str, str] = Field(default_factory=dict)
    """Column, or table and column -> what the example row of a blank sheet holds."""
    example: Example
    """A small week of this kind."""


USUAL_KIND = "province"
"""The kind of weeks that say nothing else; its words are those of the catalogues themselves."""

_TABLES: Mapping[str, Any] = tomllib.loads(
    (get_data("shiftplan.week", "kinds.toml") or b"").decode()
)
KINDS: tuple[str, ...] = tuple(_TABLES)
"""Names of all kinds, the usual one first."""


@cache
def kind_of(name: str) -> WorkKind:
    """What is known of a kind; KeyError where there is none of that name."""
    found, usual = _TABLES[name], _TABLES[USUAL_KIND]
    return WorkKind.model_validate({**found, "row": {**usual["row"], **found.get("row", {})}})
