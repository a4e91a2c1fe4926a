"""Forecasters of the package statsforecast, for the requests of a center's day.

(`VisitCounts`, dates, events) -> `Forecast`, with the profiles of the embedded engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import numpy as np

from shiftplan.citizens.forecasting.events import KnownEvent, given_factors
from shiftplan.citizens.forecasting.forecast import Forecast, Forecaster
from shiftplan.citizens.forecasting.profiles import weekdays
from shiftplan.citizens.forecasting.simple import profiles_and_cells, without_drift
from shiftplan.citizens.visits.counts import Floats, VisitCounts
from shiftplan.errors import MissingExtraError

_LEVEL = 80
"""Interval from which the spread is taken, in percent."""
_REACH = 1.2815515655446004
"""Standard deviations of a normal distribution on each side of it."""
_Model = Literal["AutoETS", "MSTL", "AutoTheta"]


def by_model(model: _Model) -> Forecaster:
    """Make the forecaster of a model; slots and services divide days as in the embedded engine.

    The series has all dates of the weekdays that occur. These packages know no missing values: one
    is the mean of the center's last and next recorded date of that weekday.

    Parameters
    ----------
    model
        AutoETS chooses the form of exponential smoothing (Hyndman and others, 2008). MSTL takes out
        the weekly pattern by STL, and AutoETS forecasts the rest (Bandara and others, 2021).
        AutoTheta chooses the form of the theta method (Fiorucci and others, 2016).

    Returns
    -------
    Forecaster
        It raises a `MissingExtraError` if the package statsforecast is not installed.
    """
    return partial(_by_days, model)


def _by_days(
    model: _Model,
    counts: VisitCounts,
    dates: Sequence[dt.date],
    events: Sequence[KnownEvent] = (),
) -> Forecast:
    """Forecast each center's days."""
    try:
        from statsforecast import models
    except ModuleNotFoundError as error:
        raise MissingExtraError("statsforecast", "forecast") from error
    weekday = weekdays(np.array([day.toordinal() for day in (*counts.dates, *dates)]))
    worked = set(weekday.tolist())
    first, last = counts.dates[0], dates[-1]
    span = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
    grid = [day for day in span if day.weekday() in worked]
    series = _filled(counts, events, [day for day in grid if day <= counts.dates[-1]])
    ahead = [day for day in grid if day > counts.dates[-1]]
    wanted = [ahead.index(day) for day in dates]
    made: Any = getattr(models, model)(season_length=len(worked))
    mean = np.empty((len(series), len(dates)))
    spread = np.empty_like(mean)
    for c, values in enumerate(series):
        found = made.forecast(values, h=len(ahead), level=[_LEVEL])
        mean[c] = np.maximum(found["mean"][wanted], 0)
        spread[c] = (found[f"hi-{_LEVEL}"] - found["mean"])[wanted] / _REACH
    shares, _ = profiles_and_cells(counts)
    size = np.maximum(mean, 1e-9)
    center_day = np.maximum((spread / size) ** 2 - 1 / size, 0)
    cells = mean[:, :, None, None] * shares[:, weekday[len(counts.dates) :]]
    return without_drift(counts, dates, events, cells, center_day)


def _filled(counts: VisitCounts, events: Sequence[KnownEvent], grid: Sequence[dt.date]) -> Floats:
    """Requests of each center on the dates of a grid, gaps filled, shape (centers, grid)."""
    factors = given_factors(events, counts.centers, counts.dates)
    totals = np.where(factors > 0, counts.totals / np.where(factors > 0, factors, 1), np.nan)
    at = {day: d for d, day in enumerate(counts.dates)}
    missing = np.full(len(totals), np.nan)
    values = np.array([totals[:, at[day]] if day in at else missing for day in grid]).T
    everywhere = float(np.nanmean(values))
    for row in values:
        usual = float(np.nanmean(row)) if not np.isnan(row).all() else everywhere
        for weekday in {day.weekday() for day in grid}:
            chosen = np.array([day.weekday() == weekday for day in grid])
            row[chosen] = _bridged(row[chosen], usual)
    return values


def _bridged(values: Floats, usual: float) -> Floats:
    """Values with each gap filled by the mean of the values before and after it."""
    known = np.nonzero(~np.isnan(values))[0]
    if not known.size:
        return np.full(len(values), usual)
    after = np.searchsorted(known, np.arange(len(values)))
    before = np.searchsorted(known, np.arange(len(values)), side="right") - 1
    last = known[np.minimum(after, len(known) - 1)]
    first = known[np.maximum(before, 0)]
    found: Floats = (values[first] + values[last]) / 2
    return found
