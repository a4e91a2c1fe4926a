"""What occupies people beside shifts: meetings, courses, travel, leave.

Rows of the table `occupied` and people -> the rows that concern each person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from shiftplan.errors.message import Message
from shiftplan.week.fields import Frozen, Id, Moment, NameSet, Text

if TYPE_CHECKING:
    from shiftplan.week.records import Shift, Volunteer
    from shiftplan.week.scope import NamesOfPeople

_DAY = dt.timedelta(days=1)
SHARED_BY: Mapping[str, tuple[str, int]] = {
    "shifts_offered": ("counted_shifts", 1),
    "shifts_worked": ("counted_shifts", 1),
    "hours_offered": ("counted_minutes", 60),
    "hours_worked": ("counted_minutes", 60),
}
"""Field of a history -> the field of `Occupied` that is added to it, and how many make one."""


class Occupied(Frozen):
    """A time at which people cannot work a shift: a meeting, a course, travel or leave.

    It belongs to the date on which it starts, as a shift does; one of more than 24 hours belongs to
    every date that it touches.
    """

    volunteer_id: Id | None = None
    """Who is occupied; None for those in `group`."""
    group: NameSet = ()
    """People occupied: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; without them and a volunteer_id everybody is."""
    start: Moment
    """First minute, wall-clock time."""
    end: Moment
    """First minute after it, wall-clock time."""
    what: Text = ""
    """What it is, such as `Team meeting`."""
    counted_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """Minutes that count as worked on each date that it belongs to: 120 for a meeting of two hours,
    480 for a day of leave that is paid as eight hours."""
    counted_shifts: Annotated[int, Field(ge=0, le=10)] = 0
    """Shifts that it counts as on each of these dates."""
    is_work: bool = False
    """Whether it is work: there is rest before and after it, and its dates count as worked."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if self.volunteer_id is not None and self.group:
            raise ValueError(Message("week.person_or_group"))
        return self

    @cached_property
    def dates(self) -> tuple[dt.date, ...]:
        """The dates that it belongs to, in order."""
        first, last = self.start.date(), (self.end - dt.timedelta(minutes=1)).date()
        if self.end - self.start <= _DAY:
            return (first,)
        return tuple(first + dt.timedelta(i) for i in range((last - first).days + 1))

    @property
    def when(self) -> Message:
        """Its time in words: whole dates, hours of a date, or two moments."""
        start, end = self.start, self.end
        if self.is_of_days:
            first, last = start.date(), end.date() - _DAY
            one = Message("name.day", day=first)
            return one if first == last else Message("name.days", first=first, last=last)
        if len(self.dates) == 1:
            return Message("form.span", day=start.date(), start=start.time(), end=end.time())
        return Message("name.moments", start=start, end=end)

    @property
    def is_of_days(self) -> bool:
        """Whether it lasts whole days, from midnight to midnight."""
        midnight = dt.time()
        return self.start.time() == midnight and self.end.time() == midnight

    def meets(self, shift: Shift) -> bool:
        """Whether it shares time with a shift."""
        return self.start < shift.end and shift.start < self.end


def occupied_people(
    rows: Iterable[Occupied], people: Sequence[Volunteer], names: NamesOfPeople
) -> dict[str, tuple[Occupied, ...]]:
    """Volunteer id -> the rows that concern the person, in order of time; others are left out."""
    found: dict[str, list[Occupied]] = {}
    for row in rows:
        named = [row.volunteer_id] if row.volunteer_id is not None else None
        for who in named or (v.volunteer_id for v in people if names.has(row.group, v)):
            found.setdefault(who, []).append(row)
    return {who: tuple(sorted(own, key=_when)) for who, own in found.items()}


def _when(row: Occupied) -> tuple[dt.datetime, dt.datetime, str]:
    return row.start, row.end, row.what
