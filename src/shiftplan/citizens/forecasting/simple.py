"""Forecasters to compare with: what came last week, and the mean of four weeks.

(`VisitCounts`, dates, events) -> `Forecast`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from shiftplan.citizens.forecasting.events import KnownEvent, given_factors, parts_to_learn
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.forecasting.profiles import shares_of_cells, weekdays
from shiftplan.citizens.forecasting.spread import cell_variances
from shiftplan.citizens.visits.counts import Bools, Floats, Ints, VisitCounts


def seasonal_naive(
    counts: VisitCounts, dates: Sequence[dt.date], events: Sequence[KnownEvent] = ()
) -> Forecast:
    """Expect what came on the last recorded date of the same weekday.

    Given factors of events apply; those to be learned are left out. Without such dates, and for the
    spread, see `four_week_mean`.
    """
    return _recent(counts, dates, events, weeks=1)


def four_week_mean(
    counts: VisitCounts, dates: Sequence[dt.date], events: Sequence[KnownEvent] = ()
) -> Forecast:
    """Expect the mean of the last four recorded dates of the same weekday.

    Given factors of events apply; those to be learned are left out. A weekday that a center has
    never recorded is the mean of its dates, and a new center the mean of all centers. The spread
    of days is that of the errors that this forecast would have made one week ahead.
    """
    return _recent(counts, dates, events, weeks=4)


def without_drift(
    counts: VisitCounts,
    dates: Sequence[dt.date],
    events: Sequence[KnownEvent],
    mean: Floats,
    center_day: Floats,
) -> Forecast:
    """A forecast whose errors belong to single dates of a center, and to cells.

    Parameters
    ----------
    counts, dates, events
        As of every forecaster. Given factors are applied here.
    mean
        Expected requests without events, shape (centers, dates, slots, services).
    center_day
        Relative variances of counts of days beyond Poisson, shape (centers, dates).
    """
    shares, cell = profiles_and_cells(counts)
    factors = given_factors(events, counts.centers, dates)
    parts = parts_to_learn(events, counts.centers, dates)
    weekday = weekdays(_ordinals(dates))
    squares = (shares**2).sum(axis=(2, 3))[:, weekday] * cell[:, None]
    none = np.zeros(len(dates))
    return Forecast(
        counts.centers,
        tuple(dates),
        counts.slots,
        counts.services,
        mean * factors[:, :, None, None],
        none,
        none,
        np.zeros(center_day.shape),
        np.maximum(center_day - squares, 0),
        cell,
        tuple(dict.fromkeys(name for name, _ in parts)),
    )


def profiles_and_cells(counts: VisitCounts) -> tuple[Floats, Floats]:
    """Shares of cells by weekday, and relative variances of cells, as in the embedded engine."""
    ordinals = _ordinals(counts.dates)
    shares = shares_of_cells(counts.requests, counts.recorded, ordinals)
    flat = shares[:, weekdays(ordinals)].reshape(*counts.recorded.shape, -1)
    cell = cell_variances(counts.requests.reshape(flat.shape), counts.recorded, flat)
    return shares, cell


def relative_variance(errors: Floats, usual: Floats) -> Floats:
    """Relative variance of daily counts beyond Poisson, from errors of forecasts, by center.

    Parameters
    ----------
    errors
        Shape (centers, errors); nan is missing.
    usual
        Mean requests of a day, shape (centers,).
    """
    known = ~np.isnan(errors)
    square = np.where(known, errors, 0) ** 2
    mean = square.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    size = np.maximum(usual, 1e-9)
    found: Floats = np.maximum(mean / size**2 - 1 / size, 0)
    return found


def _recent(
    counts: VisitCounts, dates: Sequence[dt.date], events: Sequence[KnownEvent], weeks: int
) -> Forecast:
    past, ahead = weekdays(_ordinals(counts.dates)), weekdays(_ordinals(dates))
    given = given_factors(events, counts.centers, counts.dates)
    usable = counts.recorded & (given > 0)
    values = counts.requests / np.where(given > 0, given, 1)[:, :, None, None]
    everywhere = values[usable].mean(axis=0)
    mean = np.empty((len(counts.centers), len(dates), *everywhere.shape))
    errors = np.full((len(counts.centers), len(counts.dates)), np.nan)
    usual = np.full(len(counts.centers), everywhere.sum())
    for c, own in enumerate(values):
        whole = own[usable[c]].mean(axis=0) if usable[c].any() else everywhere
        usual[c] = whole.sum()
        for weekday, last in _same_weekday(usable[c], past):
            totals = own[last].sum(axis=(1, 2))
            errors[c, last[1:]] = totals[1:] - _running_mean(totals, weeks)
            if (ahead == weekday).any():
                mean[c, ahead == weekday] = own[last[-weeks:]].mean(axis=0) if last.size else whole
    spread = relative_variance(errors, usual)
    return without_drift(
        counts, dates, events, mean, np.repeat(spread[:, None], len(dates), axis=1)
    )


def _same_weekday(usable: Bools, past: Ints) -> Iterator[tuple[int, Ints]]:
    for weekday in range(7):
        yield weekday, np.nonzero(usable & (past == weekday))[0]


def _running_mean(totals: Floats, weeks: int) -> Floats:
    """Mean of up to that many values before each but the first."""
    sums = np.concatenate([[0.0], np.cumsum(totals)])
    ends = np.arange(1, len(totals))
    starts = np.maximum(ends - weeks, 0)
    found: Floats = (sums[ends] - sums[starts]) / (ends - starts)
    return found


def _ordinals(dates: Sequence[dt.date]) -> Floats:
    return np.array([day.toordinal() for day in dates], dtype=np.float64)
