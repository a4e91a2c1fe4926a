"""Sizes of an uncertain forecast: gamma-distributed around its mean.

Means and spreads of the table demand -> the number to plan for, or equally likely sizes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shiftplan.citizens.queue import Floats
from shiftplan.week.demand import Demand


def planned(rows: Sequence[Demand], quantile: float | None) -> Floats:
    """Citizens to plan for, by row: the mean, or a quantile of a gamma-distributed forecast.

    With gamma-distributed means, the numbers of citizens are negative binomial.
    """
    mean = np.array([d.arrivals for d in rows], dtype=np.float64)
    spread = np.array([d.spread for d in rows], dtype=np.float64)
    uncertain = spread > 0
    if quantile is None or not uncertain.any():
        return mean
    from scipy.special import gammaincinv

    shape = 1 / spread[uncertain] ** 2
    mean[uncertain] *= gammaincinv(shape, quantile) / shape
    return mean


def equal_cuts(count: int) -> Floats:
    """Cuts between `count` equally likely sizes, shares from 0 to 1; shape (count + 1,)."""
    return np.arange(count + 1) / count


def fine_cuts(count: int) -> Floats:
    """Cuts that lie closer together towards both ends; shape (count + 1,).

    They are those of Chebyshev. What comes on the busiest days weighs most, so they need them.
    """
    return np.asarray(np.sin(np.pi / 2 * np.arange(count + 1) / count) ** 2)


def sizes_of(spread: Floats, cuts: Floats) -> Floats:
    """Factors on means of gamma-distributed forecasts, for each size of a day between two cuts.

    The range of each forecast is cut at these quantiles, and a size is the mean between two cuts
    (bracket means: Miller and Rice, Discrete approximations of probability distributions, 1983).
    So the mean over all sizes, by their chances, is exactly 1, whatever their number. All forecasts
    of a size lie between the same two quantiles: a busy day is busy in all.

    Parameters
    ----------
    spread
        Standard deviation over mean of each forecast, 0 for one that is certain; shape (rows,).
    cuts
        Rising shares from 0 to 1, shape (sizes + 1,); their differences are the chances of sizes.

    Returns
    -------
    array of float, shape (sizes, rows)
        Rising along the first axis.
    """
    found, which = np.unique(spread, return_inverse=True)
    factors = np.ones((len(cuts) - 1, len(found)))
    wide = found > _CERTAIN
    if wide.any():
        from scipy.special import gammainc, gammaincinv

        shape = 1 / found[wide] ** 2
        below = gammainc(shape + 1, gammaincinv(shape, cuts[:, None]))
        factors[:, wide] = np.diff(below, axis=0) / np.diff(cuts)[:, None]
    return factors[:, which]


_CERTAIN = 1e-4
"""Spread up to which a forecast is as good as certain."""
