"""How far counts deviate from their expectation: by province, center and cell.

Counts and what was expected -> relative variances of the gamma factors of a forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.forecasting.levels import HUBER
from shiftplan.citizens.forecasting.pooling import pool
from shiftplan.citizens.visits.counts import Bools, Floats

_INSIDE = 0.97753
"""Mean of min(x², 2.5²) for a standard normal x."""
_LEAST = 1e-5
"""Relative variance of a center's days, at least: a standard deviation of 0.3%."""


@dataclass(frozen=True, eq=False)
class CountSpread:
    """Relative variances of factors."""

    province_day: float
    """Of a date in the whole province."""
    center_day: Floats
    """Of a date at a center, shape (centers,)."""
    cell: Floats
    """Of a single cell, shape (centers,)."""
    concentration: Floats
    """Sum of squared shares of a day's cells, shape (centers, dates)."""

    def of_days(self, mean: Floats) -> Floats:
        """Relative variance of a day's count at a center, given the province's factor.

        `mean` is the expected count, shape (centers, dates), and so is the result.
        """
        return 1 / mean + self.center_day[:, None] + self.cell[:, None] * self.concentration


def cell_variances(requests: Floats, recorded: Bools, shares: Floats) -> Floats:
    """Relative variances of the factors of single cells, shape (centers,).

    Given a day's count T, cells with shares p are multinomial; independent factors with relative
    variance s add s T (T - 1) p² (1 - 2 p + sum of p²) to the variance T p (1 - p), to first
    order. Estimates by moments are pooled over centers; the variance of each is that of a ratio of
    sums over dates (Cochran, *Sampling Techniques*, 1977, section 6.3).

    Parameters
    ----------
    requests, shares
        Counts, and shares of a day's cells, shape (centers, dates, cells).
    recorded
        Which dates count, shape (centers, dates).
    """
    total = requests.sum(axis=2)
    squares = (shares**2).sum(axis=2)
    errors = (requests - total[..., None] * shares) ** 2
    excess = (errors - total[..., None] * shares * (1 - shares)).sum(axis=2)
    cubes = (shares**3).sum(axis=2)
    scale = total * (total - 1) * (squares - 2 * cubes + squares**2)
    excess, scale = np.where(recorded, excess, 0), np.where(recorded, scale, 0)
    sums = scale.sum(axis=1)
    some = sums > 0
    raw = np.where(some, excess.sum(axis=1) / np.where(some, sums, 1), 0)
    errors = ((excess - raw[:, None] * scale) ** 2).sum(axis=1)
    variance = np.where(some & (errors > 0), errors / np.where(some, sums, 1) ** 2, np.inf)
    return np.maximum(pool(raw[:, None], variance[:, None]).values[:, 0], 0)


def spread_of_days(
    errors: Floats, mean: Floats, known: Floats, before: CountSpread
) -> tuple[float, Floats]:
    """Relative variances of the factors of dates, in the province and at each center.

    Squares beyond 2.5 standard deviations are cut off there, and the means corrected as for a
    normal distribution, so that campaigns do not widen all intervals.

    Parameters
    ----------
    errors
        Counts over what was expected, less 1, shape (centers, dates); nan is missing.
    mean
        Expected counts, same shape.
    known
        Variances of expected counts, fitted to the same counts: what errors are too small by.
    before
        The spread as estimated so far.
    """
    there = ~np.isnan(errors)
    usual = before.of_days(mean)
    weights = np.where(there, 1 / usual, 0)
    sums = weights.sum(axis=0)
    some = sums > 0
    sums = np.where(some, sums, 1)
    reach = HUBER * np.sqrt(usual + before.province_day)
    near = np.where(there, np.clip(errors, -reach, reach), 0)
    mean_error = (weights * near).sum(axis=0) / sums
    expected = 1 / sums - (weights**2 * known * there).sum(axis=0) / sums**2
    province = _moment(mean_error[None], expected[None], some[None], before.province_day)
    common = float(max(province[0], 0)) if some.sum() > 1 else 0.0
    known_day = usual - before.center_day[:, None] + common - known
    raw = _moment(errors, known_day, there, before.center_day[:, None])
    counts = there.sum(axis=1)
    square = np.where(there, (usual + common) ** 2, 0).sum(axis=1)
    variance = np.where(counts > 1, 2 * square / np.maximum(counts, 1) ** 2, np.inf)
    if not np.isfinite(variance).any():
        return common, before.center_day
    center = pool(raw[:, None], variance[:, None]).values[:, 0]
    return common, np.maximum(center, _LEAST)


def _moment(errors: Floats, known: Floats, there: Bools, before: Floats | float) -> Floats:
    """Mean of squared errors less their known variance, by row; 0 without errors."""
    most = HUBER**2 * np.maximum(known + before, 1e-12)
    squares = np.where(there, np.minimum(np.nan_to_num(errors) ** 2, most) / _INSIDE - known, 0)
    counts = there.sum(axis=1)
    found: Floats = squares.sum(axis=1) / np.maximum(counts, 1)
    return found
