"""Whether forecasts have begun to miss: sums of their errors, and when these are no chance.

(`VisitCounts`, forecaster) -> `ForecastDrift`: cumulative sums by center and of the province,
and alarms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from shiftplan.citizens.forecasting.ahead import need_dates
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import By, Forecast, Forecaster
from shiftplan.citizens.forecasting.forecasters import forecaster_of
from shiftplan.citizens.visits.counts import Floats, VisitCounts
from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options

WEEKS = 12
"""Weeks that are summed."""
FALSE_ALARMS = 0.05
"""Chance of any alarm at any center where forecasts and their spread are right."""
_SLACK = 0.5
"""Part of a score that is not summed: half of a shift by one standard deviation (Page 1954)."""
_MOST = 4.0
"""Largest score of a week, so that a single outlier does not raise an alarm."""
_STEPS = 200
"""States of the Markov chain."""


@dataclass(frozen=True, eq=False)
class ForecastDrift:
    """Errors of one-week forecasts, summed over weeks; the last row is the province."""

    centers: tuple[str, ...]
    """Ids of centers."""
    weeks: tuple[dt.date, ...]
    """First date of each week."""
    came: Floats
    """Requests of each week, on recorded days, shape (centers + 1, weeks)."""
    expected: Floats
    """Their forecast, same shape."""
    low: Floats
    """Its 10% quantile, same shape."""
    high: Floats
    """Its 90% quantile, same shape."""
    score: Floats
    """Normal scores of what came, nan where nothing was recorded, same shape."""
    more: Floats
    """Sums of scores that say more came than forecast, same shape."""
    fewer: Floats
    """Sums of scores that say fewer came, same shape."""
    threshold: float
    """A sum above it is an alarm."""

    def alarm(self, row: int) -> int:
        """1 if lately more come than forecast, -1 if fewer, 0 if neither is sure."""
        return int(self.more[row, -1] > self.threshold) - int(self.fewer[row, -1] > self.threshold)


def find_drift(
    counts: VisitCounts,
    forecaster: str | Forecaster = "embedded",
    *,
    weeks: int = WEEKS,
    events: Sequence[KnownEvent] = (),
) -> ForecastDrift:
    """Sum the errors of forecasts of the last weeks, each from the counts before it.

    The score of a week is the normal quantile of the chance that its forecast gave to fewer
    citizens, and half of that to exactly as many. The sums are those of Page (*Biometrika* 41,
    1954): the score less 0.5 is added to the sum, which never falls below 0. The threshold is such
    that, with correct forecasts, the chance of any alarm is at most 5%: see `alarm_threshold`.

    Parameters
    ----------
    counts
        What came, the week that is judged last.
    forecaster
        Name, one of `forecasters()`, or a function of counts, dates and events.
    weeks
        Weeks that are summed; fewer where the counts do not reach back so far.
    events
        What changes the number of citizens.

    Raises
    ------
    InputError
        An option is out of range, there is no forecaster of that name, or no date is recorded
        before the last week.
    """
    check_options(("weeks", weeks, FromOne))
    made = forecaster_of(forecaster)
    end = counts.dates[-1] + dt.timedelta(1)
    starts = [end - dt.timedelta(weeks=n) for n in range(weeks, 0, -1)]
    least = min(weeks, 2)  # weeks to learn from, where the log is short
    starts = [
        s for s in starts if s == starts[-1] or s - dt.timedelta(weeks=least) >= counts.dates[0]
    ]
    if not counts.before(starts[0]).recorded.any():
        message = Message("forecasts.too_short", n=1)
        remedy = Message("forecasts.longer_log")
        raise InputError([Fault("out_of_range", "visits", message=message, remedy=remedy)])
    need_dates(counts.before(starts[0]), events)
    rows, kept = [], []
    for start in starts:
        days = [day for day in counts.dates if start <= day < start + dt.timedelta(7)]
        later = counts.on(days)
        later = later.on(later.recorded_dates)
        if later.dates:
            rows.append(_week(made(counts.before(start), later.dates, events), later))
            kept.append(start)
    came, expected, low, high, score = np.moveaxis(np.array(rows), 0, -1)
    threshold = alarm_threshold(len(kept), len(score))
    more, fewer = summed(score), summed(-score)
    return ForecastDrift(
        counts.centers,
        tuple(kept),
        came,
        expected,
        low,
        high,
        score,
        more,
        fewer,
        threshold,
    )


def summed(scores: Floats) -> Floats:
    """Cumulative sums of scores along the last axis; a missing score changes nothing."""
    found = np.zeros(scores.shape)
    total = np.zeros(scores.shape[:-1])
    for week in range(scores.shape[-1]):
        own = scores[..., week]
        total = np.where(np.isnan(own), total, np.maximum(0, total + own - _SLACK))
        found[..., week] = total
    return found


@lru_cache(maxsize=64)
def alarm_threshold(weeks: int, series: int, chance: float = FALSE_ALARMS) -> float:
    """Sum above which an alarm is raised, for standard normal scores.

    The chance that a sum passes it within the weeks comes from a Markov chain of 200 states (Brook
    and Evans, *Biometrika* 59, 1972). It is at most `chance` for all series together, each with
    sums in both directions (Bonferroni's inequality).
    """
    least, most = 0.0, 2 * _MOST * weeks
    wanted = chance / (2 * series)
    for _ in range(40):
        middle = (least + most) / 2
        if _passes(middle, weeks) > wanted:
            least = middle
        else:
            most = middle
    return most


def _passes(threshold: float, weeks: int) -> float:
    """Chance that the sum of standard normal scores passes a threshold within some weeks."""
    from scipy.special import ndtr

    width = threshold / (_STEPS - 0.5)
    state = np.arange(_STEPS) * width
    edges = state + width / 2  # state 0 stands for all sums up to half a step
    step = ndtr(edges[None, :] - state[:, None] + _SLACK)
    move = np.diff(step, axis=1, prepend=0.0)
    at = np.zeros(_STEPS)
    at[0] = 1.0
    for _ in range(weeks):
        at = at @ move
    return float(1 - at.sum())


def _week(forecast: Forecast, later: VisitCounts) -> Floats:
    """Came, expected, low, high and score by center and of the province, shape (5, centers + 1)."""
    known = later.recorded[:, :, None, None]
    there = replace(forecast, mean=forecast.mean * known)
    came = np.where(known, later.requests, 0).sum(axis=(1, 2, 3))
    parts = [_scored(there, came, "center"), _scored(there, np.array(came.sum()), "total")]
    found = np.concatenate([part.reshape(5, -1) for part in parts], axis=1)
    unknown = np.append(~later.recorded.any(axis=1), False)
    found[4, unknown] = np.nan
    return found


def _scored(forecast: Forecast, came: Floats, by: By) -> Floats:
    from scipy.special import ndtri

    mean = forecast.expected(by)
    middle = (forecast.chance(came, by) + forecast.chance(came - 1, by)) / 2
    score = np.clip(ndtri(np.clip(middle, 1e-9, 1 - 1e-9)), -_MOST, _MOST)
    score = np.where(mean > 0, score, np.where(came > 0, _MOST, np.nan))
    return np.array(
        [came, mean, forecast.quantile(0.1, by), forecast.quantile(0.9, by), score],
        dtype=np.float64,
    )
