"""Which shifts a rule means, and whom: one way to say it, for every rule.

Fields of a rule -> `Which`, the shifts that satisfy all that is named; names of people told apart.
Checks ask `has` of single shifts, models make arrays of the same fields.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from shiftplan.errors.message import Message
from shiftplan.week.days import Days
from shiftplan.week.skill_names import skill_and_level
from shiftplan.week.where import closeness

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from shiftplan.week.fields import NameSet
    from shiftplan.week.records import Center, Shift, Volunteer

_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
_WRITTEN = r"^$|^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"
_DAY = {"type": "string", "pattern": r"^(mon|tue|wed|thu|fri|sat|sun|[0-9]{4}-[0-9]{2}-[0-9]{2})$"}
_DAY_LIST = {"type": "array", "items": _DAY}
PEOPLE = ("group", "skill", "person", "home")
"""Words that, before a colon, say what a name of people is: `skill:khmer`, `home:C12`."""


def _hours(text: str) -> str:
    """Hours as `18:00-06:00`; ValueError for what is none."""
    if not text.strip():
        return ""
    found = _SPAN.fullmatch(text.strip())
    numbers = [int(part) for part in found.groups()] if found else [0, 0, 0, 0]
    first, last = 60 * numbers[0] + numbers[1], 60 * numbers[2] + numbers[3]
    if last > 1440 or first == last:
        raise ValueError(Message("week.hours_form"))
    return f"{first // 60:02}:{first % 60:02}-{last // 60:02}:{last % 60:02}"


HoursOfDay = Annotated[
    str, AfterValidator(_hours), WithJsonSchema({"type": "string", "pattern": _WRITTEN})
]
"""Hours of a day such as `18:00-06:00`, over midnight where the end is the earlier one; empty for
all hours."""


def _split_days(value: Any) -> Any:
    """Days such as `sat|sun` or `2026-12-24`, in a text or a list, as the fields of `Days`."""
    parts = value.split("|") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        return value
    texts = [part.strip() if isinstance(part, str) else part for part in parts]
    texts = [text for text in texts if text != ""]
    if not texts:
        return None
    is_word = [isinstance(text, str) and not text[:1].isdigit() for text in texts]
    words = [text for text, so in zip(texts, is_word, strict=True) if so]
    return {"weekdays": words, "dates": [t for t, so in zip(texts, is_word, strict=True) if not so]}


def _day_list(days: Days | None) -> list[str] | None:
    return None if days is None else [str(day) for day in days.dates or days.weekdays]


DaysMeant = Annotated[
    Days | None,
    BeforeValidator(_split_days),
    AfterValidator(lambda days: None if days == Days() else days),
    PlainSerializer(_day_list, when_used="json"),
    WithJsonSchema({"anyOf": [_DAY_LIST, {"type": "string"}, {"type": "null"}]}),
]
"""Weekdays or dates, such as `sat|sun`, in JSON a list of them; None for all days."""


@dataclass(frozen=True, slots=True)
class Which:
    """Shifts that satisfy all that is named; what is blank limits nothing."""

    shifts: NameSet = ()
    """Shift types or tags."""
    where: NameSet = ()
    """Centers: ids, names in the column groups, `minority`, `remote`, `other`, types of unit."""
    hours: str = ""
    """Hours of the day in which a shift starts, such as `18:00-06:00`; the end is not included."""
    days: Days | None = None
    """Weekdays or dates on which a shift starts."""
    first_day: dt.date | None = None
    """First date on which a shift starts."""
    last_day: dt.date | None = None
    """Last date on which a shift starts."""

    @property
    def is_all(self) -> bool:
        """Whether all shifts are meant."""
        return self is EVERY or self == EVERY

    @property
    def span(self) -> tuple[int, int]:
        """First minute of the day, and first minute after the hours; the same for all hours."""
        if not self.hours:
            return 0, 0
        first, last = (int(part[:2]) * 60 + int(part[3:]) for part in self.hours.split("-"))
        return first, last % 1440

    @property
    def is_of_days(self) -> bool:
        """Whether only days are limited, so that what occupies people may count as shifts do."""
        return not (self.shifts or self.where or self.hours)

    def has_day(self, day: dt.date) -> bool:
        """Whether shifts of a date may be meant."""
        if self.days is not None and not self.days.has(day):
            return False
        if self.first_day is not None and day < self.first_day:
            return False
        return self.last_day is None or day <= self.last_day

    def has(self, shift: Shift, center: Center) -> bool:
        """Whether a shift at a center is meant."""
        if not shift.is_one_of(self.shifts) or not self.has_day(shift.day):
            return False
        if self.where and not any(is_at(center, name) for name in self.where):
            return False
        first, last = self.span
        minute = 60 * shift.start.hour + shift.start.minute
        if first < last:
            return first <= minute < last
        return first == last or minute >= first or minute < last


EVERY = Which()
"""All shifts."""


def is_at(center: Center, name: str) -> bool:
    """Whether a name is for a center: of it, its groups or type, `minority`, `remote`, `other`."""
    if name == "other" and not center.minority_area and not center.remote_area:
        return True
    return closeness(name, center) > 0


def which_of(names: Which | NameSet) -> Which:
    """The shifts of some types or tags, all where none is named; a `Which` is itself."""
    return names if isinstance(names, Which) else Which(tuple(names)) if names else EVERY


def told_apart(name: str) -> tuple[str, str]:
    """What a name of people is said to be, one of `PEOPLE`, and the name; empty where not said."""
    kind, colon, rest = name.partition(":")
    return (kind, rest.strip()) if colon and kind in PEOPLE and rest.strip() else ("", name)


@dataclass(frozen=True)
class NamesOfPeople:
    """What names of people mean in a week.

    A name is one of a group; where there is no such group, a volunteer id, a skill that the person
    holds on the first day of the horizon, with its level as `portal:2`, or a name for the person's
    home center. A word such as `skill:` before the name says what it is.
    """

    groups: Collection[str]
    """Groups of all people."""
    centers: Mapping[str, Center]
    """Center id -> center."""
    first_day: dt.date
    """First date of the horizon."""

    def has(self, names: NameSet, volunteer: Volunteer) -> bool:
        """Whether one of some names means a person; always when no name is given."""
        return not names or any(self.is_called(volunteer, name) for name in names)

    def is_called(self, volunteer: Volunteer, name: str) -> bool:
        """Whether a name means a person."""
        if name in self.groups:
            return name in volunteer.group
        kind, own = told_apart(name)
        if kind in ("", "group") and own in volunteer.group:
            return True
        if kind in ("", "person") and own == volunteer.volunteer_id:
            return True
        skill, level = skill_and_level(own)
        if kind in ("", "skill") and 0 < level <= volunteer.level(skill, self.first_day):
            return True
        home = self.centers.get(volunteer.home_center_id or "")
        return kind in ("", "home") and home is not None and is_at(home, own)
