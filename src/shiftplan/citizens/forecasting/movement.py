"""How the number of citizens moves: the whole province, and each center beside it.

Logarithms of daily counts, usual differences removed -> levels, and how they go on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shiftplan.citizens.forecasting.levels import (
    HUBER,
    Drift,
    Filtered,
    State,
    filter_levels,
    find_jumps,
)
from shiftplan.citizens.visits.counts import Floats

USUAL = Drift(level=3e-4, slope=1e-6)
"""Where the search for drifts begins: in a year, a level moves by 13%, a slope by 0.7% a week."""
_DOUBT = 1.5
"""Standard deviation of the logarithms of both variances around `USUAL`, before any data."""
_SLOPE = 0.01
"""Standard deviation of slopes at the beginning, per week."""
_COMMON = 0.5
"""Standard deviation of the province's level at the beginning."""
_STEPS = 40
"""Evaluations of the likelihood in each search for drifts."""
_ENOUGH = 6
"""Centers of known population from which a line is drawn."""
_WIDE, _NARROW = 1.0, 0.05
"""Variance of the logarithms of levels between centers where few are known, and at least."""


@dataclass(frozen=True, eq=False)
class Track:
    """Series that move with the same drift."""

    filtered: Filtered
    drift: Drift
    level: Floats  # smoothed, shape (series, dates)
    variance: Floats  # of that level, same shape

    def ahead(self, weeks: float) -> tuple[Floats, Floats]:
        """Level of each series some weeks after the last date, and its variance."""
        state = self.filtered.updated[-1].after(weeks, self.drift)
        return state.level, state.level_variance


@dataclass(frozen=True, eq=False)
class Movement:
    """The level of each center: that of the province and its own, as logarithms."""

    common: Track  # of one series
    own: Track  # of a series for each center
    busy: Floats  # logarithm of the province's factor on each date, shape (dates,)

    @property
    def level(self) -> Floats:
        """Level of each center on each date, shape (centers, dates)."""
        return self.common.level + self.own.level

    @property
    def variance(self) -> Floats:
        """Variance of these levels, shape (centers, dates)."""
        return self.common.variance + self.own.variance


@dataclass(frozen=True, eq=False)
class Prior:
    """What is known of each center's level without its counts, shape (centers,)."""

    level: Floats
    variance: Floats


def prior_levels(totals: Floats, population: Floats) -> Prior:
    """Levels of centers before their counts, from those of the others and the population.

    The logarithm of a center's mean is regressed on that of its population, and has the variance
    of the residuals around it. Centers of unknown population have the mean and variance of all.

    Parameters
    ----------
    totals
        Requests by day, shape (centers, dates); nan is missing.
    population
        Shape (centers,); nan is unknown.
    """
    known = ~np.isnan(totals)
    days = known.sum(axis=1)
    sums = np.nansum(totals, axis=1)
    level = np.log(np.maximum(sums, 0.5) / np.maximum(days, 1))
    some = days > 0
    size = np.log(np.where(population > 0, population, np.nan))
    middle = float(level[some].mean())
    around = float(level[some].var(ddof=1)) if some.sum() > 2 else _WIDE
    found, doubt = np.full(len(level), middle), np.full(len(level), around)
    both = some & np.isfinite(size)
    if both.sum() >= _ENOUGH and np.ptp(size[both]) > 0:
        slope, start = np.polyfit(size[both], level[both], 1)
        line = start + slope * size
        left = float(((level - line)[both] ** 2).sum() / (both.sum() - 2))
        if left < around:
            found = np.where(np.isfinite(size), line, middle)
            doubt = np.where(np.isfinite(size), left, around)
    return Prior(found, np.maximum(doubt, _NARROW))


def fit_movement(
    values: Floats,
    variances: Floats,
    weeks: Floats,
    prior: Prior,
    province_day: float,
    before: Movement | None,
    *,
    search: bool,
) -> Movement:
    """Divide levels into what the province and what each center does by itself.

    The province's level is that of the weighted mean of all centers; a center's own level is what
    remains, of mean 0 over centers but for its usual size. The mean of a date is taken from
    values less the own levels of `before`, so that it does not change when a center is missing.
    Repeating this is backfitting (Hastie and Tibshirani, *Generalized Additive Models*, 1990).

    Parameters
    ----------
    values, variances
        Logarithms of daily counts and variances of their errors, those shared by the province left
        out, shape (centers, dates); nan is missing.
    weeks
        Weeks since the date before, shape (dates,).
    prior
        Levels before any counts.
    province_day
        Variance of a date's factor in the whole province.
    before
        The movement as found so far; None at the beginning.
    search
        Whether to search for the drifts, or keep those of `before`.
    """
    base = _usual(values, prior) if before is None else before.own.level
    weights = np.where(np.isnan(values), 0.0, 1 / variances)
    apart = np.where(np.isnan(values), np.nan, values - base)
    mean, doubt = _means(apart, variances, weights)
    one = np.zeros(1)
    start = State(one, one, one + _COMMON**2, one, one + _SLOPE**2)
    common = _track(
        mean[None],
        doubt[None] + province_day,
        weeks,
        start,
        before.common if before else None,
        search,
    )
    share = province_day / (province_day + np.where(np.isfinite(doubt), doubt, np.inf))
    busy = np.where(np.isnan(mean), 0.0, share * (mean - common.level[0]))
    blank = np.zeros_like(prior.level)
    start = State(prior.level, blank, prior.variance, blank, blank + _SLOPE**2)
    left = values - common.level - busy
    own = _track(left, variances, weeks, start, before.own if before else None, search)
    return Movement(*_centered(common, own, weights), busy)


def _usual(values: Floats, prior: Prior) -> Floats:
    """A constant level for each center, shape (centers, 1)."""
    known = ~np.isnan(values)
    level = prior.level.copy()
    some = known.any(axis=1)
    level[some] = np.nanmedian(values[some], axis=1)
    return level[:, None]


def _means(values: Floats, variances: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Robust means over centers and their variances, shape (dates,); nan and inf without values."""
    sums = weights.sum(axis=0)
    some = sums > 0
    middle = np.zeros(len(sums))
    middle[some] = np.nanmedian(values[:, some], axis=0)
    reach = HUBER * np.sqrt(variances)
    near = middle + np.clip(np.nan_to_num(values - middle), -reach, reach)
    mean = np.where(some, (weights * near).sum(axis=0) / np.where(some, sums, 1), np.nan)
    return mean, np.where(some, 1 / np.where(some, sums, 1), np.inf)


def _centered(common: Track, own: Track, weights: Floats) -> tuple[Track, Track]:
    """The same levels with own parts whose weighted mean does not change over time."""
    usual = weights.sum(axis=1)
    if not usual.any():
        return common, own
    shift = usual @ own.level / usual.sum()
    shift = shift - shift.mean()
    return replace(common, level=common.level + shift), replace(own, level=own.level - shift)


def _track(
    values: Floats,
    variances: Floats,
    weeks: Floats,
    start: State,
    before: Track | None,
    search: bool,
) -> Track:
    """Filter and smooth series with the drift that is most likely for all of them.

    The drift maximises the likelihood of the filter (Harvey 1989, section 3.4) times a wide
    log-normal prior around `USUAL`, which decides where there are few series or dates.
    """
    from scipy.optimize import minimize

    safe = np.where(np.isfinite(variances), variances, 1.0)
    jumps = find_jumps(values, safe)
    drift = USUAL if before is None else before.drift

    def loss(point: Floats) -> float:
        level, slope = np.exp(np.clip(point, -25, 3))
        found = filter_levels(values, safe, weeks, start, Drift(level, slope), jumps)
        doubt = (point - np.log([USUAL.level, USUAL.slope])) / _DOUBT
        return -found.log_likelihood + float(doubt @ doubt) / 2

    if search:
        begin = np.log([drift.level, drift.slope])
        found = minimize(
            loss,
            begin,
            method="Nelder-Mead",
            options={"maxfev": _STEPS, "xatol": 0.1, "fatol": 0.1},
        )
        drift = Drift(*np.exp(found.x).tolist())
    filtered = filter_levels(values, safe, weeks, start, drift, jumps)
    return Track(filtered, drift, *filtered.smoothed(drift))
