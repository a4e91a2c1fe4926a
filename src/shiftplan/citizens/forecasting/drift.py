"""Whether forecasts have begun to miss: the last weeks against forecasts made before them.

(`VisitCounts`, forecaster) -> `ForecastDrift`: scores by center and of the province, and alarms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from shiftplan.citizens.forecasting.ahead import need_dates
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import By, Forecast, Forecaster
from shiftplan.citizens.forecasting.forecasters import forecaster_of
from shiftplan.citizens.visits.counts import Floats, Ints, VisitCounts
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message

WINDOWS = (2, 4)
"""Weeks that are judged together, all up to the last one."""
FALSE_ALARMS = 0.05
"""Chance of any alarm where all forecasts are right, and mean share of false ones among several."""
_LEAST = 2
"""Weeks of counts before a window, at least."""
_TAIL = 0.00135
"""Chance at each end of a week's forecast beyond which more, or fewer, change nothing: that of
three standard deviations, so that a single strange week is no alarm."""


@dataclass(frozen=True, eq=False)
class ForecastDrift:
    """Windows of weeks against forecasts made before them; the last row is the province."""

    centers: tuple[str, ...]
    """Ids of centers."""
    windows: tuple[int, ...]
    """Weeks of each window; the first is the last week alone, which raises no alarm by itself."""
    came: Floats
    """Requests in each window, on recorded days, shape (centers + 1, windows)."""
    expected: Floats
    """Their forecast, same shape."""
    low: Floats
    """Its 10% quantile, same shape."""
    high: Floats
    """Its 90% quantile, same shape."""
    score: Floats
    """Normal scores of what came, nan where nothing was recorded, same shape."""
    alarms: Ints
    """1 if lately more come than forecast, -1 if fewer, 0 if neither is sure, (centers + 1,)."""

    def widest(self, row: int) -> int:
        """Position of the window with the largest score of a row; of the last week if none has."""
        if np.isnan(self.score[row, 1:]).all():
            return 0
        return 1 + int(np.nanargmax(np.abs(self.score[row, 1:])))


def find_drift(
    counts: VisitCounts,
    forecaster: str | Forecaster = "embedded",
    *,
    events: Sequence[KnownEvent] = (),
) -> ForecastDrift:
    """Judge the last 2 and the last 4 weeks by forecasts that do not know them.

    A forecast that follows its log soon follows a change too, and its errors of one week say little
    later. Each window is therefore forecast from the counts before it, as a whole. Its score is the
    normal quantile of the chance that this forecast gave to so many citizens or fewer, or, with the
    other sign, to so many or more, whichever is smaller; 0 where both are above a half. As the
    count itself is included, chances hold for small counts too. A week counts up to the quantiles
    0.135 and 99.865% of its own forecast.

    Parameters
    ----------
    counts
        What came, the week that is judged last.
    forecaster
        Name, one of `forecasters()`, or a function of counts, dates and events.
    events
        What changes the number of citizens.

    Raises
    ------
    InputError
        There is no forecaster of that name, or no date is recorded before the windows.
    """
    made = forecaster_of(forecaster)
    end = counts.dates[-1] + dt.timedelta(1)
    starts = {n: end - dt.timedelta(weeks=n) for n in (1, *WINDOWS)}
    reach = dt.timedelta(weeks=_LEAST)
    windows = tuple(n for n in starts if n == 1 or starts[n] - reach >= counts.dates[0])
    earlier = counts.before(starts[windows[-1]])
    if not earlier.recorded.any():
        message = Message("forecasts.too_short", n=1)
        remedy = Message("forecasts.longer_log")
        raise InputError([Fault("out_of_range", "visits", message=message, remedy=remedy)])
    need_dates(earlier, events)
    parts = []
    for n in windows:
        later = counts.on([day for day in counts.dates if starts[n] <= day < end])
        later = later.on(later.recorded_dates)
        forecast = made(counts.before(starts[n]), later.dates, events)
        parts.append(_window(forecast, later, starts[n]))
    came, expected, low, high, score = np.moveaxis(np.array(parts), 0, -1)
    alarms = alarms_of(score[:, 1:])
    return ForecastDrift(counts.centers, windows, came, expected, low, high, score, alarms)


def alarms_of(score: Floats) -> Ints:
    """Tell which series raise an alarm: 1 if more come, -1 if fewer, 0 for none, shape (series,).

    The chance of a series' largest score, in either direction, is at most the sum of those of its
    windows (Bonferroni). Of all series, those raise an alarm that the step-up procedure of
    Benjamini and Hochberg (*Journal of the Royal Statistical Society B* 57, 1995) chooses at 5%.
    That holds for scores that depend on each other positively too (Benjamini and Yekutieli, *Annals
    of Statistics* 29, 2001).

    Parameters
    ----------
    score
        Normal scores of windows, nan where unknown, shape (series, windows).
    """
    from scipy.special import ndtr

    known = ~np.isnan(score)
    size = np.where(known, np.abs(score), 0).max(axis=1, initial=0)
    chance = np.where(known.any(axis=1), 2 * known.sum(axis=1) * ndtr(-size), 1)
    order = np.argsort(chance, kind="stable")
    limit = FALSE_ALARMS * np.arange(1, len(chance) + 1) / max(int(known.any(axis=1).sum()), 1)
    chosen = np.flatnonzero(chance[order] <= limit)
    found = np.zeros(len(chance), dtype=np.int64)
    for row in order[: chosen[-1] + 1] if len(chosen) else ():
        found[row] = np.sign(score[row, np.nanargmax(np.abs(score[row]))])
    return found


def _window(forecast: Forecast, later: VisitCounts, start: dt.date) -> Floats:
    """Came, expected, low, high and score by center and of the province, shape (5, centers + 1)."""
    week = np.array([(day - start).days // 7 for day in later.dates], dtype=np.int64)
    parts = [_judged(forecast, later, week, by) for by in ("center", "total")]
    return np.concatenate(parts, axis=1)


def _judged(forecast: Forecast, later: VisitCounts, week: Ints, by: By) -> Floats:
    from scipy.special import ndtri

    def summed(known: np.ndarray) -> tuple[Forecast, Floats]:
        """The forecast of known days, and what came on them."""
        mask = known[:, :, None, None]
        came = np.where(mask, later.requests, 0).sum(axis=(1, 2, 3))
        there = replace(forecast, mean=forecast.mean * mask)
        return there, came if by == "center" else np.array(came.sum())

    whole, came = summed(later.recorded)
    within = np.zeros(came.shape)
    for number in np.unique(week):
        one, own = summed(later.recorded & (week == number))
        within += np.clip(own, one.quantile(_TAIL, by), one.quantile(1 - _TAIL, by))
    mean = whole.expected(by)
    fewer, more = whole.chance(within, by), 1 - whole.chance(within - 1, by)
    size = -ndtri(np.clip(np.minimum(fewer, more), 1e-12, 0.5))
    score = np.where(mean > 0, np.where(more < fewer, size, -size), np.nan)
    low, high = whole.quantile(0.1, by), whole.quantile(0.9, by)
    return np.array([came, mean, low, high, score], dtype=np.float64).reshape(5, -1)
