"""Visits of several services, kinds of citizens, and officials who help at the counters.

Tables journeys, citizen_kinds and officials -> what they say of a center; demand -> requests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from shiftplan.week.days import Clock, Days
from shiftplan.week.fields import Frozen, Id, Names, NameSet, People, Text
from shiftplan.week.where import closest

if TYPE_CHECKING:
    from shiftplan.week.demand import Demand, Service
    from shiftplan.week.records import Center


class Journey(Frozen):
    """A list of services that one citizen needs in a visit, in order.

    The rows with the most specific `where` apply at a center, as in `policy`.
    """

    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    services: Names
    """Ids of the services, in the order in which the citizen needs them, such as `flow|portal`."""
    share: float = Field(gt=0, le=1_000_000_000)
    """How common such visits are, relative to the other rows for the same place: fractions,
    percentages or counts from a log."""


class CitizenKind(Frozen):
    """Citizens who need more or less time than others, such as people aged 60 and older.

    Of the rows for a kind, the one with the most specific `where` counts at a center.
    """

    kind: Id
    """The kind, such as `60_plus` or `translator`; each citizen is of one kind at most."""
    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    share: float = Field(ge=0, le=1)
    """Part of all citizens, 0 to 1."""
    factor: float = Field(ge=0.1, le=10)
    """Factor that multiplies `minutes_per_citizen` of all services, such as 1.4."""


class Official(Frozen):
    """Officials who help citizens at the counters and take no seat of volunteers.

    The rows with the most specific `where` apply at a center and add up.
    """

    where: Text = ""
    """A center_id, a name in the column groups of centers, `minority`, `remote`, or a type such as
    xã; empty for all centers."""
    days: Days = Days()
    """Weekdays such as `Mon-Fri` or `T2-T6`, or dates such as `2026-12-24`; empty for every day."""
    start: Clock
    """Time from which they help."""
    end: Clock
    """Time until which they help; a time not after the start is on the next date."""
    people: People
    """Number of officials; all of them come."""
    services: NameSet = ()
    """Ids of the services they help with; empty for all."""
    languages: NameSet = ()
    """Languages they speak besides the one that everybody speaks: skills of kind language."""

    def on(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        """First minute at work on a date, and first minute after it."""
        later = dt.timedelta(days=self.end <= self.start)
        return dt.datetime.combine(day, self.start), dt.datetime.combine(day + later, self.end)


def journeys_at(
    journeys: Iterable[Journey], center: Center
) -> Sequence[tuple[tuple[str, ...], float]]:
    """Services of the visits that come to a center, and the part of them; the parts add up to 1."""
    rows = closest(journeys, center)
    total = sum(row.share for row in rows)
    return [(row.services, row.share / total) for row in rows]


def kinds_at(kinds: Iterable[CitizenKind], center: Center) -> Sequence[CitizenKind]:
    """The row of each kind that counts at a center, kinds without citizens left out."""
    rows: dict[str, list[CitizenKind]] = {}
    for row in kinds:
        rows.setdefault(row.kind, []).append(row)
    found = (closest(own, center)[-1:] for own in rows.values())
    return [row for own in found for row in own if row.share]


def minutes_factors(kinds: Iterable[CitizenKind], center: Center) -> tuple[float, float]:
    """Mean of the factor on minutes over the citizens of a center, and mean of its square."""
    first, second = 1.0, 1.0
    for row in kinds_at(kinds, center):
        first += row.share * (row.factor - 1)
        second += row.share * (row.factor**2 - 1)
    return first, second


def expected_requests(
    centers: Mapping[str, Center],
    services: Mapping[str, Service],
    demand: Iterable[Demand],
    journeys: Sequence[Journey],
    citizen_kinds: Sequence[CitizenKind],
) -> Iterator[tuple[Demand, Service, float]]:
    """Yield what `Week.requests` does; centers and services are by their ids."""
    at: dict[str, tuple[float, dict[str, float]]] = {}
    for row in demand:
        if row.center_id not in at:
            center, steps = centers[row.center_id], dict[str, float]()
            for names, part in journeys_at(journeys, center):
                for name in names:
                    steps[name] = steps.get(name, 0.0) + part
            at[row.center_id] = minutes_factors(citizen_kinds, center)[0], steps
        factor, steps = at[row.center_id]
        for name, times in ({row.service_id: 1.0} if row.service_id else steps).items():
            service = services[name]
            yield row, service, row.arrivals * times * service.minutes_per_citizen * factor
