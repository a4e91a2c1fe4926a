"""How good a forecaster would have been: forecasts of past weeks from what was known before them.

(`VisitCounts`, forecaster) -> `Backtest` -> `Accuracy`, by size of centers and weeks ahead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecaster
from shiftplan.citizens.forecasting.forecasters import forecaster_of
from shiftplan.citizens.forecasting.judging import Accuracy, Judged, judged
from shiftplan.citizens.visits.counts import Bools, Floats, Ints, VisitCounts
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.options import check_options

Size = Literal["small", "medium", "large"]
"""Third of the centers, by their mean requests of a day."""
_SIZES: tuple[Size, ...] = ("small", "medium", "large")


@dataclass(frozen=True, eq=False)
class Backtest:
    """Forecasts of past dates, each from the dates before its origin; columns are such dates."""

    centers: tuple[str, ...]
    """Ids of centers."""
    dates: tuple[dt.date, ...]
    """Date of each column; a date stands once for each number of weeks ahead."""
    ahead: Ints
    """Weeks ahead of each column, counted from 1, shape (columns,)."""
    recorded: Bools
    """Whether a center's date was recorded and counts, shape (centers, columns)."""
    size: tuple[Size, ...]
    """Size of each center."""
    scale: Floats
    """Mean absolute error of the seasonal naive forecast of days before, shape (centers,)."""
    days: Judged
    """Requests of days, shape (centers, columns)."""
    cells: Judged
    """Requests of cells, shape (centers, columns, slots, services)."""
    province: Judged
    """Requests of all recorded centers together, shape (columns,)."""

    def accuracy(
        self,
        by: Literal["cell", "day", "province"] = "day",
        *,
        size: Size | None = None,
        ahead: int | None = None,
    ) -> Accuracy:
        """Measures of days or cells, of centers of one size and some weeks ahead; None for all.

        Days of the whole `province` have no size.
        """
        if by == "province":
            columns = np.ones(len(self.ahead), dtype=bool) if ahead is None else self.ahead == ahead
            return self.province.of(columns).accuracy()
        chosen = self.recorded.copy()
        if size is not None:
            chosen &= np.array([own == size for own in self.size])[:, None]
        if ahead is not None:
            chosen &= self.ahead == ahead
        if by == "cell":
            return self.cells.of(chosen).accuracy()
        scale = np.broadcast_to(self.scale[:, None], chosen.shape)[chosen]
        known = ~np.isnan(scale)
        return self.days.of(chosen).accuracy(float(scale[known].mean()) if known.any() else np.nan)


def backtest(
    counts: VisitCounts,
    forecaster: str | Forecaster = "embedded",
    *,
    weeks: int = 8,
    horizon: int = 1,
    events: Sequence[KnownEvent] = (),
) -> Backtest:
    """Forecast past weeks, each from the counts before its origin: a rolling origin.

    Origins are a week apart; the last is such that the last date of `counts` ends its horizon.

    Parameters
    ----------
    counts
        What came.
    forecaster
        Name, one of `forecasters()`, or a function of counts, dates and events.
    weeks
        Number of origins.
    horizon
        Weeks forecast from each.
    events
        Events, which were known at all origins.

    Raises
    ------
    InputError
        An option is out of range, or there is no forecaster of that name.
    ValueError
        No date is recorded before the first origin.
    """
    check_options(("weeks", weeks, FromOne), ("horizon", horizon, FromOne))
    made = forecaster_of(forecaster)
    origins = list(_origins(counts, weeks, horizon))
    first = counts.before(origins[0])
    if not first.recorded.any():
        raise ValueError("no date is recorded before the first origin")
    dates, ahead, recorded, days, cells, province = list[dt.date](), [], [], [], [], []
    for origin in origins:
        end = origin + dt.timedelta(weeks=horizon)
        later = counts.on([day for day in counts.dates if origin <= day < end])
        later = later.on(later.recorded_dates)
        if not later.dates:
            continue
        found = made(counts.before(origin), later.dates, events)
        dates += later.dates
        ahead += [(day - origin).days // 7 + 1 for day in later.dates]
        recorded.append(later.recorded)
        days.append(judged(found, later.requests.sum(axis=(2, 3)), "day"))
        cells.append(judged(found, later.requests, "cell"))
        known = later.recorded[:, :, None, None]
        there = replace(found, mean=found.mean * known)
        together = (later.requests * known).sum(axis=(0, 2, 3))
        province.append(judged(there, together, "province"))
    return Backtest(
        counts.centers,
        tuple(dates),
        np.array(ahead, dtype=np.int64),
        np.concatenate(recorded, axis=1),
        sizes_of(first),
        _scale(first),
        _joined(days),
        _joined(cells),
        _joined(province, axis=0),
    )


def sizes_of(counts: VisitCounts) -> tuple[Size, ...]:
    """Third of each center by its mean requests of a day; new centers are small."""
    known = counts.recorded
    usual = np.nansum(counts.totals, axis=1) / np.maximum(known.sum(axis=1), 1)
    rank = np.argsort(np.argsort(usual, kind="stable"), kind="stable")
    return tuple(_SIZES[3 * place // len(rank)] for place in rank.tolist())


def _origins(counts: VisitCounts, weeks: int, horizon: int) -> Iterator[dt.date]:
    end = counts.dates[-1] + dt.timedelta(1)
    for number in range(weeks + horizon - 1, horizon - 1, -1):
        yield end - dt.timedelta(weeks=number)


def _scale(counts: VisitCounts) -> Floats:
    """Mean absolute difference to the week before, by center; nan where there is none."""
    at = {day: d for d, day in enumerate(counts.dates)}
    week = dt.timedelta(7)
    pairs = [(d, at[day - week]) for day, d in at.items() if day - week in at]
    totals = counts.totals
    errors = np.abs(
        np.array([totals[:, d] - totals[:, e] for d, e in pairs]).reshape(-1, len(totals))
    )
    known = ~np.isnan(errors)
    number = known.sum(axis=0)
    found: Floats = np.where(number > 0, np.nansum(errors, axis=0) / np.maximum(number, 1), np.nan)
    return found


def _joined(parts: Sequence[Judged], axis: int = 1) -> Judged:
    """Parts one after the other along the axis of dates."""
    return Judged(
        np.concatenate([part.actual for part in parts], axis=axis),
        np.concatenate([part.mean for part in parts], axis=axis),
        np.concatenate([part.quantiles for part in parts], axis=axis + 1),
        np.concatenate([part.below for part in parts], axis=axis),
        np.concatenate([part.up_to for part in parts], axis=axis),
    )
