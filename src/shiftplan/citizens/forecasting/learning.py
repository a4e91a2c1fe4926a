"""What a week teaches: what came against its forecast, drift, and minutes of services to review.

(`Problem` of a week that was worked, `VisitHistory`) -> `WeekLesson`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.forecasting.ahead import counted, within_shifts
from shiftplan.citizens.forecasting.drift import WEEKS, ForecastDrift, find_drift
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecaster
from shiftplan.citizens.forecasting.visit_tables import requests_by_visit
from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.citizens.visits.minutes import ServiceMinutes, estimate_minutes
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.week.demand import Service

_CHANGE = 0.05
"""Change of the minutes of a service, as a share, that is worth a proposal."""


@dataclass(frozen=True, eq=False)
class WeekLesson:
    """What a log shows about a week that was planned."""

    counts_visits: bool
    """Whether visits are counted, as the week's demand does, and not requests."""
    came: Mapping[str, float]
    """Center id -> requests, or visits, that came during its shifts, on recorded days."""
    planned: Mapping[str, float]
    """Center id -> what the table demand of the week has on these days."""
    drift: ForecastDrift
    """Errors of forecasts of this week and those before it."""
    minutes: tuple[ServiceMinutes, ...]
    """Minutes of services, estimated from starts and ends of help."""
    proposals: tuple[Service, ...]
    """Rows for the table services whose minutes differ in the log; to be reviewed."""


def learn(
    problem: Problem,
    history: VisitHistory,
    *,
    forecaster: str | Forecaster = "embedded",
    weeks: int = WEEKS,
    events: Sequence[KnownEvent] = (),
) -> WeekLesson:
    """Compare a week with what came, and look for what has changed.

    Visits are counted where the week's demand has any and the log tells them, or else requests.

    Parameters
    ----------
    problem
        The week, with the demand it was planned for.
    history
        The log, read up to its last date.
    forecaster
        Whose errors are summed; see `find_drift`.
    weeks
        Weeks that are summed.
    events
        What changes the number of citizens.

    Raises
    ------
    InputError
        The log has no recorded date of the week, or none before it.
    """
    counts = history.counts
    counts_visits = any(row.service_id is None for row in problem.demand)
    counts_visits &= not np.isnan(counts.visits).all()
    if counts_visits:
        counts = counts.of_visits()
    by_visit = {} if counts_visits else requests_by_visit(problem)
    first, end = problem.horizon.start, problem.horizon.end
    own = counts.on([day for day in counts.dates if first <= day < end])
    if not own.recorded.any():
        message = Message("forecasts.week_unrecorded")
        remedy = Message("forecasts.log_of_week")
        raise InputError([Fault("no_effect", "visits", message=message, remedy=remedy)])
    counts = counts.on([day for day in counts.dates if day < end])
    inside = within_shifts(problem, counted(own)).forecast.mean.sum(axis=(1, 2, 3))
    recorded = {
        (center, day)
        for c, center in enumerate(own.centers)
        for d, day in enumerate(own.dates)
        if own.recorded[c, d]
    }
    planned = dict.fromkeys(own.centers, 0.0)
    for row in problem.demand:
        if (row.center_id, row.start.date()) in recorded:
            times = 1 if row.service_id else by_visit.get(row.center_id, 1)
            planned[row.center_id] += row.arrivals * times
    drift = find_drift(counts, forecaster, weeks=weeks, events=events)
    minutes = () if history.log is None else estimate_minutes(history.log)
    return WeekLesson(
        counts_visits,
        dict(zip(own.centers, map(float, inside), strict=True)),
        planned,
        drift,
        minutes,
        tuple(_proposals(problem, minutes)),
    )


def _proposals(problem: Problem, minutes: Sequence[ServiceMinutes]) -> list[Service]:
    """Services whose minutes lie outside the interval of the log, and differ by 5% or more."""
    rows = {service.service_id: service for service in problem.services}
    found = []
    for one in minutes:
        row = rows[one.service_id]
        is_inside = one.low <= row.minutes_per_citizen <= one.high
        if is_inside or abs(one.minutes / row.minutes_per_citizen - 1) < _CHANGE:
            continue
        changed = {
            "minutes_per_citizen": min(1440.0, max(0.01, round(one.minutes, 1))),
            "cv": min(10.0, round(one.cv, 2)),
        }
        found.append(row.model_copy(update=changed))
    return found
