"""Logs on which no effect acts but those named, before a week of two small centers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from visit_logs import HOURS, MONDAY, week

from benchmarks.log_truth import Effects, Levels, Truth
from benchmarks.made_logs import KnownLog, make_log
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.problem import Problem

VISITS = {"A1": 6.0, "B2": 1.5}
"""Visits in an hour of Monday; half as many on Friday, when centers are closed after noon."""
SHARES = {"file": 0.2, "flow": 1.0, "vneid": 0.4}
"""Service -> its requests in a visit, in the order of logs."""
FIRST = 1
"""Place of the service that everybody asks for."""
FEAST = KnownEvent("Tết", dt.date(2026, 2, 16), dt.date(2026, 2, 20), before=21, after=10)
_NONE = Effects(
    trend=(0, 0),
    wave=(0, 0),
    weekday=(1, 1),
    market=(1, 1),
    hours=(1, 1),
    rush=1,
    lull=1,
    campaign=1,
    campaign_share=0,
    closed=0,
    unkept=0,
    days=(0, 0),
    slots=(0, 0),
)


def demanded(**tables: Any) -> Problem:
    """The week, with a demand."""
    rows = [
        {
            "center_id": center,
            "start": f"{MONDAY + dt.timedelta(day)}T{hour:02d}:00",
            "end": f"{MONDAY + dt.timedelta(day)}T{hour + 1:02d}:00",
            "service_id": service,
            "arrivals": visits * share * (0.5 if day == 4 else 1),
        }
        for center, visits in VISITS.items()
        for day in range(5)
        for start, end in HOURS[: 1 if day == 4 else 2]
        for hour in range(start, end)
        for service, share in SHARES.items()
    ]
    return week(demand=rows, **tables)


def only(**effects: Any) -> Effects:
    """No effects but some."""
    return replace(_NONE, **effects)


def truth(seed: int = 1, events: Sequence[KnownEvent] = (), **effects: Any) -> Truth:
    """The truth of a seed with some effects."""
    return Truth.drawn(Levels.of(demanded()), only(**effects), events, seed)


def log(weeks: int, events: Sequence[KnownEvent] = (), **effects: Any) -> KnownLog:
    """A log with some effects."""
    return make_log(demanded(), 1, weeks, effects=only(**effects), events=events)


def days(first: dt.date, number: int) -> list[dt.date]:
    """Dates in a row."""
    return [first + dt.timedelta(n) for n in range(number)]


def far(came: np.ndarray, means: np.ndarray, variance: float = 0.0) -> float:
    """By how many standard errors squared errors of independent counts differ from variances.

    Counts are Poisson with gamma factors of this variance on the means, thus negative binomial:
    their excess kurtosis is 6 times the variance of the factors, and 1 over their own.
    """
    known = means > 0
    came, means = came[known], means[known]
    own = means + variance * means**2
    error = np.sqrt((2 + 6 * variance + 1 / own).sum())
    return float(((came - means) ** 2 / own - 1).sum() / error)
