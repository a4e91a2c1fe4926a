"""Levels that drift: a damped local linear trend, filtered and smoothed for many series at once.

Series with gaps, the variance of each value -> level and slope on each date, with covariances.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats

HUBER = 2.5
"""Standard deviations beyond which a value counts less (Huber 1964)."""


@dataclass(frozen=True)
class Drift:
    """How a level moves; variances and damping are per week."""

    level: float
    """Variance that the level gains in a week by itself."""
    slope: float
    """Variance that the slope gains in a week."""
    damping: float = 0.9
    """Share of the slope that is left after a week, below 1."""

    def step(self, weeks: float) -> tuple[float, float, float, float, float]:
        """The transition over some weeks, in continuous time.

        level' = level + a slope and slope' = p slope, with p = damping^weeks and a the integral of
        damping^t over these weeks: the damped trend of Gardner and McKenzie (Management Science
        31, 1985) between any two moments. The slope is an Ornstein-Uhlenbeck process, so the noise
        of level and slope is that of such a process and its integral (Harvey, *Forecasting,
        Structural Time Series Models and the Kalman Filter*, 1989, section 9.1; Taylor, Cumberland
        and Sy, Journal of the American Statistical Association 89, 1994). Two steps are one.

        Returns
        -------
        a, p, and the variance of the level, its covariance with the slope, and the slope's.
        """
        rate = -math.log(self.damping)
        p = self.damping**weeks
        a = (1 - p) / rate
        slope = (1 - p * p) / (2 * rate)
        level = self.level * weeks + self.slope * (weeks - 2 * a + slope) / rate**2
        return a, p, level, self.slope * a * a / 2, self.slope * slope


@dataclass(frozen=True, eq=False)
class State:
    """Level and slope of each series at one moment: means and covariances, shape (series,)."""

    level: Floats
    slope: Floats
    level_variance: Floats
    covariance: Floats
    slope_variance: Floats

    def after(self, weeks: float, drift: Drift, jump: Floats | float = 0.0) -> State:
        """The state some weeks later, with a variance for sudden changes of the level."""
        a, p, level, both, slope = drift.step(weeks)
        return State(
            self.level + a * self.slope,
            p * self.slope,
            self.level_variance
            + 2 * a * self.covariance
            + a * a * self.slope_variance
            + level
            + jump,
            p * (self.covariance + a * self.slope_variance) + both,
            p * p * self.slope_variance + slope,
        )


@dataclass(frozen=True, eq=False)
class Filtered:
    """What a filter knows on each date, from the values up to that date."""

    weeks: Floats  # since the date before, shape (dates,)
    predicted: tuple[State, ...]  # on each date, before its values
    updated: tuple[State, ...]  # on each date, with them
    log_likelihood: float  # of all values, with Huber's loss, without constants

    def smoothed(self, drift: Drift) -> tuple[Floats, Floats]:
        """Levels and their variances given all values, both of shape (series, dates).

        The fixed-interval smoother of Rauch, Tung and Striebel (AIAA Journal 3, 1965).
        """
        later = self.updated[-1]
        levels, variances = [later.level], [later.level_variance]
        for i in range(len(self.updated) - 2, -1, -1):
            later = _back(self.updated[i], self.predicted[i + 1], later, self.weeks[i + 1], drift)
            levels.append(later.level)
            variances.append(later.level_variance)
        return np.array(levels[::-1]).T, np.array(variances[::-1]).T


def filter_levels(
    values: Floats, variances: Floats, weeks: Floats, start: State, drift: Drift, jumps: Floats
) -> Filtered:
    """Kalman filter of level and slope; nan is missing.

    The filter is that of Harvey (1989), section 3.2, with Huber's weights: the variance of a value
    that lies r > 2.5 standard deviations from its prediction is multiplied by (r / 2.5)², which
    bounds what a single day can move (Masreliez and Martin, IEEE Transactions on Automatic Control
    22, 1977).

    Parameters
    ----------
    values, variances
        Observed levels and the variances of their errors, shape (series, dates).
    weeks
        Weeks since the date before, shape (dates,); the first since `start`.
    start
        State before the first date.
    drift
        How levels move; the same for all series.
    jumps
        Additional variance of the level on each date, shape (series, dates).
    """
    known: Bools = ~np.isnan(values)
    state, predicted, updated, loss = start, [], [], 0.0
    for d, gap in enumerate(weeks):
        state = state.after(float(gap), drift, jumps[:, d])
        predicted.append(state)
        seen = known[:, d]
        error = np.where(seen, values[:, d] - state.level, 0.0)
        noise = np.where(seen, variances[:, d], 1.0)
        variance = state.level_variance + noise
        size = np.abs(error) / np.sqrt(variance)
        near = np.minimum(size, HUBER)
        loss += float((np.log(variance) / 2 + near * (size - near / 2)) @ seen)
        weight = np.maximum(size / HUBER, 1.0) ** 2
        total = state.level_variance + noise * weight
        gain, tilt = seen * state.level_variance / total, seen * state.covariance / total
        state = State(
            state.level + gain * error,
            state.slope + tilt * error,
            state.level_variance * (1 - gain),
            state.covariance * (1 - gain),
            state.slope_variance - tilt * state.covariance,
        )
        updated.append(state)
    return Filtered(weeks, tuple(predicted), tuple(updated), -loss)


def _back(now: State, predicted: State, later: State, weeks: float, drift: Drift) -> State:
    """The smoothed state of a date, from that of the date after it."""
    a, p, *_ = drift.step(weeks)
    # Covariance of the state now with that of the next date, times the inverse of the latter's.
    to_level = now.level_variance + a * now.covariance, now.covariance + a * now.slope_variance
    to_slope = p * now.covariance, p * now.slope_variance
    whole = predicted.level_variance * predicted.slope_variance - predicted.covariance**2
    gains = [
        (
            (one * predicted.slope_variance - two * predicted.covariance) / whole,
            (two * predicted.level_variance - one * predicted.covariance) / whole,
        )
        for one, two in zip(to_level, to_slope, strict=True)
    ]
    (g11, g12), (g21, g22) = gains
    level, slope = later.level - predicted.level, later.slope - predicted.slope
    v = later.level_variance - predicted.level_variance
    c = later.covariance - predicted.covariance
    s = later.slope_variance - predicted.slope_variance
    return State(
        now.level + g11 * level + g12 * slope,
        now.slope + g21 * level + g22 * slope,
        now.level_variance + g11 * g11 * v + 2 * g11 * g12 * c + g12 * g12 * s,
        now.covariance + g11 * g21 * v + (g11 * g22 + g12 * g21) * c + g12 * g22 * s,
        now.slope_variance + g21 * g21 * v + 2 * g21 * g22 * c + g22 * g22 * s,
    )


_WINDOW = 12
"""Recorded values on each side of a possible jump."""
_FEWEST = _WINDOW // 2
"""Values on one side that can outvote the others in a window."""
_CLEAR = 4.0
"""Standard deviations of a difference that is clear."""


def find_jumps(values: Floats, variances: Floats) -> Floats:
    """Variances for lasting changes of the level, shape (series, dates); 0 on most dates.

    A level that has moved for good shows as a difference between the medians of twelve values
    before and after, which less than six unusual values, such as those of a campaign, cannot make.
    Where it exceeds four standard deviations (that of a median is 1.2533 times that of a mean),
    the level may jump by the difference of the means on the date, at most twelve values away, that
    divides means best: an intervention in the sense of West and Harrison (*Bayesian Forecasting
    and Dynamic Models*, 1997, chapter 11), found with hindsight instead of a running monitor.

    Parameters
    ----------
    values, variances
        As in `filter_levels`, shape (series, dates).
    """
    jumps = np.zeros_like(values)
    for series, row in enumerate(values):
        dates = np.nonzero(~np.isnan(row))[0]
        if len(dates) < 2 * _WINDOW:
            continue
        found = row[dates]
        windows = np.median(np.lib.stride_tricks.sliding_window_view(found, _WINDOW), axis=1)
        deviation = 1.2533 * np.sqrt(np.median(variances[series, dates]) * 2 / _WINDOW)
        size = np.abs(windows[_WINDOW:] - windows[:-_WINDOW]) / deviation
        while size.max() > _CLEAR:
            at = int(size.argmax())
            place, difference = _best_split(found, at + _WINDOW)
            jumps[series, dates[place]] = difference**2
            size[max(0, at - _WINDOW) : at + _WINDOW + 1] = 0
    return jumps


def _best_split(values: Floats, near: int) -> tuple[int, float]:
    """Where two means of up to twelve values differ most for their errors, and by how much."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    places = np.arange(max(_FEWEST, near - _WINDOW), min(len(values) - _FEWEST, near + _WINDOW) + 1)
    first, last = np.maximum(places - _WINDOW, 0), np.minimum(places + _WINDOW, len(values))
    before, after = places - first, last - places
    differences = (sums[last] - sums[places]) / after - (sums[places] - sums[first]) / before
    best = int(np.argmax(np.abs(differences) / np.sqrt(1 / before + 1 / after)))
    return int(places[best]), float(differences[best])


def gaps_in_weeks(ordinals: Floats) -> Floats:
    """Weeks since the date before, for ordinals of dates in ascending order; 0 for the first."""
    return np.concatenate([[0.0], np.diff(ordinals) / 7])
