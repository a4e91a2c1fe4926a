"""What a week teaches: what came against its forecast, drift, and minutes of services to review.

(`Problem` of a week that was worked, `VisitHistory`) -> `WeekLesson`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shiftplan.citizens.forecasting.ahead import counted, within_shifts
from shiftplan.citizens.forecasting.drift import ForecastDrift, find_drift
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecaster
from shiftplan.citizens.forecasting.visit_tables import requests_by_visit
from shiftplan.citizens.visits.history import VisitHistory
from shiftplan.citizens.visits.minutes import estimate_minutes
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.week.demand import Service
from shiftplan.week.json_form import Written
from shiftplan.week.lessons import Alarm, CenterVisits, VisitWeek

_ALARMS: dict[int, Alarm] = {1: "more", -1: "fewer", 0: ""}
_PLACES = 3


@dataclass(frozen=True, eq=False)
class WeekLesson(Written):
    """What a log shows about a week that was planned."""

    json_keys = "schema_version week proposals"

    week: VisitWeek
    """What is kept of it, as in the ledger."""
    drift: ForecastDrift
    """Errors of forecasts of the last weeks, this one included."""
    proposals: tuple[Service, ...]
    """Rows for the table services whose minutes differ in the log; to be reviewed."""

    @property
    def schema_version(self) -> Literal[1]:
        """Version of this form."""
        return 1


@takes_week
def learn(
    problem: Problem,
    history: VisitHistory,
    *,
    forecaster: str | Forecaster = "embedded",
    events: Sequence[KnownEvent] = (),
    before: VisitWeek | None = None,
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
        Whose errors are judged; see `find_drift`.
    events
        What changes the number of citizens.
    before
        What was learned last, such as `ledger.visits_before(problem.horizon.start)`; alarms that it
        has too count from then.

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
    drift = find_drift(counts, forecaster, events=events)
    week = VisitWeek(
        start=first,
        days=problem.horizon.days,
        counts="visits" if counts_visits else "requests",
        centers=tuple(
            CenterVisits(
                center_id=center,
                came=round(float(inside[row]), _PLACES),
                planned=round(planned[center], _PLACES),
                forecast=round(float(drift.expected[row, 0]), _PLACES),
                alarm=_ALARMS[int(drift.alarms[row])],
            )
            for row, center in enumerate(own.centers)
        ),
        alarm=_ALARMS[int(drift.alarms[-1])],
        minutes=() if history.log is None else estimate_minutes(history.log),
    )
    return WeekLesson(week.after(before), drift, week.proposals(problem.services))
