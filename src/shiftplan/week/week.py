"""All tables of a week, immutable: who offers what, and what is needed where.

Records -> `Week`, which knows no rule; with rules it is a `Problem`.

All dates and times are wall-clock values of the horizon's zone (naive `datetime`); intervals are
half-open. Ids are strings and kept as they are written, with accents composed (NFC).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

from shiftplan.week.demand import Demand, LanguageShare, Service, Setting
from shiftplan.week.fields import Frozen, Text
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import (
    Availability,
    Center,
    History,
    Pin,
    Preference,
    Published,
    Requirement,
    Shift,
    Skill,
    StandBy,
    Volunteer,
)
from shiftplan.week.windows import JoinedWindows, joined_windows


class Week(Frozen):
    """The tables of a week. Each row is valid by itself; `Problem` sees that they fit together."""

    schema_version: Literal[1] = 1
    """Version of this form; raised when older readers could misread a newer problem."""
    name: Text = ""
    """Name people know the problem by."""
    horizon: Horizon
    """Days planned."""
    centers: tuple[Center, ...]
    """Places."""
    skills: tuple[Skill, ...] = ()
    """What volunteers can do."""
    services: tuple[Service, ...] = ()
    """What citizens come for."""
    volunteers: tuple[Volunteer, ...]
    """People."""
    availability: tuple[Availability, ...] = ()
    """When people can come."""
    stand_by: tuple[StandBy, ...] = ()
    """When people can be called in beside that."""
    shifts: tuple[Shift, ...]
    """Work to be covered."""
    demand: tuple[Demand, ...] = ()
    """Forecast of citizens."""
    languages: tuple[LanguageShare, ...] = ()
    """Citizens who need a language, by center."""
    policy: tuple[Setting, ...] = ()
    """What citizens are promised, where it differs from the defaults of `Policy`."""
    requirements: tuple[Requirement, ...] = ()
    """People needed."""
    history: tuple[History, ...] = ()
    """What was before."""
    pins: tuple[Pin, ...] = ()
    """What is decided already."""
    preferences: tuple[Preference, ...] = ()
    """What people wish."""
    published: tuple[Published, ...] = ()
    """What was published, where a week is planned again."""

    @cached_property
    def joined_windows(self) -> Mapping[str, Sequence[JoinedWindows]]:
        """Volunteer id -> the windows of the person; those that touch or overlap are together."""
        return joined_windows(self.availability)

    @cached_property
    def stand_by_windows(self) -> tuple[Availability, ...]:
        """Times at which people stand by; those of the whole horizon contain all its shifts."""
        first, last = (
            dt.datetime.combine(d, dt.time()) for d in (self.horizon.start, self.horizon.end)
        )
        last = max((last, *(shift.end for shift in self.shifts)))
        return tuple(
            Availability(
                volunteer_id=row.volunteer_id, start=row.start or first, end=row.end or last
            )
            for row in self.stand_by
        )

    @cached_property
    def on_call_windows(self) -> Mapping[str, Sequence[JoinedWindows]]:
        """The same of `joined_windows` together with the times at which people stand by."""
        return joined_windows((*self.availability, *self.stand_by_windows))

    @cached_property
    def center_by_id(self) -> Mapping[str, Center]:
        """Center id -> center."""
        return {c.center_id: c for c in self.centers}

    @cached_property
    def volunteer_by_id(self) -> Mapping[str, Volunteer]:
        """Volunteer id -> volunteer."""
        return {v.volunteer_id: v for v in self.volunteers}

    @cached_property
    def shift_by_id(self) -> Mapping[str, Shift]:
        """Shift id -> shift."""
        return {s.shift_id: s for s in self.shifts}
