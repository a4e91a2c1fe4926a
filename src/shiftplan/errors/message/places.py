"""Things of a week and of its files that messages name: typed, never a part of a sentence.

Ids, dates, names -> places.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import Any


def in_json(value: Any) -> object:
    """A parameter of a message as JSON holds it: what JSON has no form for names its type."""
    if hasattr(value, "as_json"):
        return value.as_json()
    if isinstance(value, tuple):
        return [in_json(part) for part in value]
    if isinstance(value, dt.timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, (dt.date, dt.time)):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, str):  # JSON has no halves of signs, as names of files may have them
        return value.encode(errors="backslashreplace").decode()
    return value


@dataclass(frozen=True, slots=True)
class Place:
    """A thing of the week that a message names by its id, and people by its name.

    `str(place)` is the identifier that files and JSON keep; nothing reads it back.
    """

    def _values(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def __str__(self) -> str:
        return " ".join(str(value) for value in self._values().values() if value is not None)

    def as_json(self) -> dict[str, object]:
        """Kind and fields, such as `{"place": "AtShift", "shift_id": "S1"}`."""
        values = {name: in_json(value) for name, value in self._values().items()}
        return {"place": type(self).__name__, **values}


@dataclass(frozen=True, slots=True)
class Person(Place):
    """A volunteer; the name stands for what is said without a week to look it up in."""

    volunteer_id: str
    name: str = field(default="", compare=False)

    def _values(self) -> dict[str, Any]:
        return {key: value for key, value in Place._values(self).items() if value}

    def __str__(self) -> str:
        return self.volunteer_id


@dataclass(frozen=True, slots=True)
class AtShift(Place):
    """A shift."""

    shift_id: str


@dataclass(frozen=True, slots=True)
class AtSeat(Place):
    """A requirement of a shift: its people with a skill; `AtShift` is that for everybody."""

    shift_id: str
    skill_id: str | None
    min_level: int | None
    """None where `skill_id` is None, and `with_skills` say all."""
    with_skills: tuple[str, ...] = ()
    """What the same people also hold or lack, such as `portal:2`."""

    def _values(self) -> dict[str, Any]:
        return {key: value for key, value in Place._values(self).items() if value != ()}

    def __str__(self) -> str:
        skill = () if self.skill_id is None else (self.skill_id, str(self.min_level))
        return " ".join([self.shift_id, *skill, *self.with_skills])


@dataclass(frozen=True, slots=True)
class AtTimes(Place):
    """Shifts of a center: those at a time of a date, or those of some dates; seats for skills."""

    center_id: str
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    shifts: tuple[str, ...] = ()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    skill_id: str | None = None
    min_level: int | None = None
    with_skills: tuple[str, ...] = ()

    def _values(self) -> dict[str, Any]:
        values = Place._values(self).items()
        return {key: value for key, value in values if value is not None and value != ()}

    def __str__(self) -> str:
        ends = (self.first_day, self.last_day)
        when = "..".join("" if day is None else day.isoformat() for day in ends)
        when = "" if ends == (None, None) else when
        if self.start is not None and self.end is not None:
            when = f"{self.start:%Y-%m-%d %H:%M}-{self.end:%H:%M}"
        skill = [] if self.skill_id is None else [self.skill_id, str(self.min_level)]
        parts = [self.center_id, when, "|".join(self.shifts), *skill, *self.with_skills]
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class AtCenter(Place):
    """A center."""

    center_id: str


@dataclass(frozen=True, slots=True)
class CenterDay(Place):
    """A center on a date."""

    center_id: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class InAreas(Place):
    """Areas of centers."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return "|".join(self.names)


@dataclass(frozen=True, slots=True)
class OfSkill(Place):
    """A skill, at a level where one is meant."""

    skill_id: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class OfRule(Place):
    """A kind of rule, such as `max_shifts`."""

    rule: str


@dataclass(frozen=True, slots=True)
class OnDay(Place):
    """A date."""

    date: dt.date


@dataclass(frozen=True, slots=True)
class InWeek(Place):
    """A week of the ISO calendar."""

    year: int
    week: int

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.week:02d}"


@dataclass(frozen=True, slots=True)
class InMonth(Place):
    """A month; January is 1."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class FromDay(Place):
    """The days from a date on that a rolling limit counts together."""

    date: dt.date

    def __str__(self) -> str:
        return f"from {self.date.isoformat()}"


@dataclass(frozen=True, slots=True)
class ShiftsOn(Place):
    """Shifts of some types or tags on a date."""

    date: dt.date
    shifts: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([self.date.isoformat(), *self.shifts])


@dataclass(frozen=True, slots=True)
class Span(Place):
    """The time from a start to an end."""

    start: dt.datetime
    end: dt.datetime

    def __str__(self) -> str:
        until = "%Y-%m-%d %H:%M" if is_longer_than_day(self.start, self.end) else "%H:%M"
        return f"{self.start:%Y-%m-%d %H:%M}-{self.end.strftime(until)}"


@dataclass(frozen=True, slots=True)
class Table(Place):
    """A table of the format, such as `volunteers`; a workbook shows it as a sheet."""

    name: str


@dataclass(frozen=True, slots=True)
class Column(Place):
    """A column of the format, such as `max_shifts`; a workbook shows it as a heading."""

    name: str
    table: str = ""
    heading: str = ""
    """What the file calls it; empty where that is its name."""

    def __str__(self) -> str:
        return f"“{self.heading}”" if self.heading else self.name


@dataclass(frozen=True, slots=True)
class Word(Place):
    """A value of the format, such as `must_not`; a workbook shows it as a word."""

    name: str


def is_longer_than_day(start: dt.datetime, end: dt.datetime) -> bool:
    """Whether times of day alone do not tell when something ends."""
    return end - start > dt.timedelta(days=1)


def period_of(day: dt.date, per: str) -> Place:
    """What a date begins or lies in: its `week` or `month`, the days `from` it on, or the day."""
    match per:
        case "week":
            return InWeek(*day.isocalendar()[:2])
        case "month":
            return InMonth(day.year, day.month)
        case "from":
            return FromDay(day)
    return OnDay(day)
