"""How long people are on the way between centers, and when they can leave.

Rows of the table travel -> those meant for two centers; a moment at which somebody leaves -> when
they arrive.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from shiftplan.errors.message import Message
from shiftplan.week.days import Clock, Days
from shiftplan.week.fields import Frozen, Text
from shiftplan.week.where import distance, names_of

if TYPE_CHECKING:
    from shiftplan.week.horizon import Horizon
    from shiftplan.week.records import Center

Speed = Annotated[int, Field(ge=1, le=1_000)]
"""Kilometres in an hour."""
MOST_MINUTES = 14_400
"""Longest way: ten days."""


class Way(Frozen):
    """How long the way between two centers takes, and when one can leave."""

    origin: Text = ""
    """Where the way begins: a center_id, a name in the column groups of centers, `minority`,
    `remote`, or a type such as xã; empty for all centers."""
    destination: Text = ""
    """Where it ends, in the same way. A row counts for the way back too, unless another one, no
    less closely, is for that."""
    minutes: Annotated[int, Field(ge=0, le=MOST_MINUTES)]
    """Minutes from leaving to arriving, changes included: two rows never make up one way. Of the
    rows for two centers, those that name them most closely count, and of these the quickest."""
    mode: Text = ""
    """How people travel, such as boat; for readers only."""
    days: Days = Days()
    """Days on which one can leave: weekdays such as `Mon-Fri` or `T2-T6`, or dates such as
    `2026-12-24`; empty for every day."""
    first_departure: Clock | None = None
    """Earliest time at which one can leave on these days; empty for midnight."""
    last_departure: Clock | None = None
    """Latest time at which one can leave on these days; empty for the end of the day. The same as
    the earliest for a boat that leaves once."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        first, last = self.first_departure, self.last_departure
        if first is not None and last is not None and last < first:
            raise ValueError(Message("week.last_before_first", first=first))
        return self

    @property
    def always(self) -> bool:
        """Whether one can leave at any time."""
        return self.days.rank == 0 and self.first_departure is None and self.last_departure is None

    def departures(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """First minute at which one can leave on a date, and first minute after it; None if not."""
        if not self.days.has(day):
            return None
        until = dt.datetime.combine(day + dt.timedelta(1), dt.time())
        if self.last_departure is not None:
            until = dt.datetime.combine(day, self.last_departure) + dt.timedelta(minutes=1)
        return dt.datetime.combine(day, self.first_departure or dt.time()), until


class Connections:
    """The ways between the centers of a week; equal to those of equal rows."""

    def __init__(self, centers: Iterable[Center], rows: Iterable[Way]) -> None:
        self._rows = (tuple(centers), tuple(rows))
        self._centers = {center.center_id: center for center in self._rows[0]}
        self._named: dict[tuple[str, str], list[Way]] = {}
        for row in self._rows[1]:
            self._named.setdefault((row.origin, row.destination), []).append(row)
        self._between: dict[tuple[str, str], Sequence[Way]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Connections) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    def between(self, here: str, there: str) -> Sequence[Way]:
        """Rows for the way from one center to another, by their ids; none where it is not told."""
        if (here, there) not in self._between:
            self._between[here, there] = self._find(self._centers[here], self._centers[there])
        return self._between[here, there]

    def _find(self, here: Center, there: Center) -> Sequence[Way]:
        """What `between` tells."""
        closest, found = (0, 0, 0), list[Way]()
        for near, name in names_of(here) if self._named else ():
            for far, other in names_of(there):
                for onward, ends in ((1, (name, other)), (0, (other, name))):
                    rank = max(near, far), min(near, far), onward
                    if rank >= closest and ends in self._named:
                        found = self._named[ends] + (found if rank == closest else [])
                        closest = rank
        return found

    def minutes(self, ends: tuple[str, str], speed_kmh: int) -> int | None:
        """How long the way takes at least, whenever one can leave, without waiting.

        `ends`: ids of the two centers; `speed_kmh`: kilometres in an hour, as the crow flies, where
        no row is for the way. None if no coordinates tell how far it is.
        """
        if rows := self.between(*ends):
            return min(row.minutes for row in rows)
        km = distance(*(self._centers[center] for center in ends))
        return None if km is None else math.ceil(km * 60 / speed_kmh)

    def arrival(
        self, ends: tuple[str, str], leave: int, until: int, horizon: Horizon, speed_kmh: int
    ) -> int | None:
        """The minute at which somebody arrives who leaves as soon as possible.

        Parameters
        ----------
        ends
            Ids of the two centers.
        leave, until
            First minute at which they can leave, and the last one that matters; from the horizon's
            first midnight.
        horizon
            Days planned.
        speed_kmh
            Kilometres in an hour, as the crow flies, where no row is for the way.

        Returns
        -------
        None if nobody can leave from `leave` to `until`, or no coordinates tell how far it is.
        """
        rows = self.between(*ends)
        if not rows:
            minutes = self.minutes(ends, speed_kmh)
            return None if minutes is None else leave + minutes
        arrivals = [_arrival(row, leave, until, horizon) for row in rows]
        return min((minute for minute in arrivals if minute is not None), default=None)


def _arrival(row: Way, leave: int, until: int, horizon: Horizon) -> int | None:
    """As `Connections.arrival`, by one row."""
    if row.always:
        return leave + row.minutes
    day, last = (horizon.moment(minute).date() for minute in (leave, until))
    while day <= last:
        if departures := row.departures(day):
            first, end = map(horizon.minutes, departures)
            if max(first, leave) < end:
                return max(first, leave) + row.minutes
        day += dt.timedelta(1)
    return None
