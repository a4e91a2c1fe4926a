"""What a log of visits says of a week that was worked: who came where, and minutes of services.

Figures of a log -> `VisitWeek`, as the ledger of a season keeps it; -> rows of services to review.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from shiftplan.week.demand import Service
from shiftplan.week.fields import Count, Date, Frozen, Id

Alarm = Literal["", "more", "fewer"]
"""Whether more or fewer citizens come than forecast, and have for some weeks; empty for neither."""
Citizens = Annotated[float, Field(ge=0, le=1_000_000_000)]
"""Visits or requests of a week."""
_Minutes = Annotated[float, Field(ge=0, le=1_000_000_000)]
_CHANGE = 0.05
"""Change of the minutes of a service, as a share, that is worth a proposal."""


class ServiceMinutes(Frozen):
    """How long help with a service takes, by a log."""

    service_id: Id
    """The service."""
    visits: Count
    """Visits with this service whose times count."""
    minutes: _Minutes
    """Mean minutes of help."""
    low: _Minutes
    """Lower end of its 95% confidence interval."""
    high: _Minutes
    """Upper end of the interval."""
    cv: Annotated[float, Field(ge=0, le=1_000_000)]
    """Standard deviation of the minutes over their mean."""

    def proposal(self, service: Service) -> Service | None:
        """The row of the service with these minutes; None where they are near enough to its own.

        They are where the interval holds the row's minutes, or the means differ by less than 5%.
        """
        now = service.minutes_per_citizen
        if self.low <= now <= self.high or abs(self.minutes / now - 1) < _CHANGE:
            return None
        minutes = min(1440.0, max(0.01, round(self.minutes, 1)))
        return service.model_copy(
            update={"minutes_per_citizen": minutes, "cv": min(10.0, round(self.cv, 2))}
        )


class CenterVisits(Frozen):
    """Visits or requests at one center in a week, on days that the log has."""

    center_id: Id
    """The center."""
    came: Citizens
    """Those that came during its shifts."""
    planned: Citizens
    """Those that the week's table demand has."""
    forecast: Citizens
    """Those, at any time of its last seven days, that the log before them makes expect."""
    alarm: Alarm = ""
    """Whether more or fewer come than forecast, and have for some weeks."""
    since: Date | None = None
    """First date of the week in which this alarm began; None without one."""


class VisitWeek(Frozen):
    """What a log of visits says of one planning week."""

    start: Date
    """First date."""
    days: int = Field(default=7, ge=1, le=3660)
    """Number of dates."""
    counts: Literal["visits", "requests"] = "requests"
    """What is counted: visits, or requests for services, of which a visit may have several."""
    centers: Annotated[
        tuple[CenterVisits, ...],
        AfterValidator(lambda found: tuple(sorted(found, key=lambda c: c.center_id))),
    ] = ()
    """Centers, sorted by id."""
    alarm: Alarm = ""
    """Whether more or fewer come to all centers together than forecast."""
    since: Date | None = None
    """First date of the week in which this alarm began; None without one."""
    minutes: tuple[ServiceMinutes, ...] = ()
    """What starts and ends of help say of services."""

    @property
    def end(self) -> dt.date:
        """The first date after it."""
        return self.start + dt.timedelta(self.days)

    def after(self, before: VisitWeek | None) -> VisitWeek:
        """Date the alarms of this week: they have lasted since the first week that had them too.

        `before`: the last week before it that was kept; None for none.
        """
        known = {row.center_id: row for row in before.centers} if before else {}
        centers = tuple(
            row.model_copy(update={"since": self._since(row, known.get(row.center_id))})
            for row in self.centers
        )
        return self.model_copy(update={"centers": centers, "since": self._since(self, before)})

    def _since(
        self, now: CenterVisits | VisitWeek, before: CenterVisits | VisitWeek | None
    ) -> dt.date | None:
        if not now.alarm:
            return None
        lasts = before is not None and before.alarm == now.alarm
        return before.since if lasts and before is not None else self.start

    def proposals(self, services: Iterable[Service]) -> tuple[Service, ...]:
        """Rows of services whose minutes the log contradicts, with its minutes."""
        told = {one.service_id: one for one in self.minutes}
        rows = (told[row.service_id].proposal(row) for row in services if row.service_id in told)
        return tuple(row for row in rows if row is not None)
