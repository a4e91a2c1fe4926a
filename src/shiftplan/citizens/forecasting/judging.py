"""Measures of forecasts against what came.

(`Forecast`, counts) -> `Judged` -> `Accuracy`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.visits.counts import Bools, Floats
from shiftplan.week.json_form import Amount, MaybeFigure, Written

QUANTILES = (0.1, 0.5, 0.9)
"""Quantiles that are judged; the first and the last are the 80% interval."""


@dataclass(frozen=True, slots=True)
class Accuracy(Written):
    """Measures of some forecasts against what came."""

    json_keys = "number wape mase pinball coverage randomized_coverage bias"

    number: Amount
    """Counts compared."""
    wape: MaybeFigure
    """Sum of absolute errors of the means over the sum of counts."""
    mase: MaybeFigure
    """Mean absolute error over that of the seasonal naive forecast of days before the first
    forecast, one week ahead (Hyndman and Koehler 2006); nan for cells."""
    pinball: MaybeFigure
    """Mean pinball loss of the quantiles 10, 50 and 90%, in citizens (Koenker and Bassett 1978)."""
    coverage: MaybeFigure
    """Share of counts in the 80% interval, both ends included.

    A perfect forecast of small counts covers more than 80%, as its interval ends at whole numbers.
    """
    randomized_coverage: MaybeFigure
    """The same with intervals of exactly 80%, whose ends count in part.

    The expectation of the randomized probability integral transform (Czado, Gneiting and Held,
    Biometrics 65, 2009): a perfect forecast covers 80% of counts of any size.
    """
    bias: MaybeFigure
    """Sum of errors of the means over the sum of counts; positive if forecasts were too high."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Forecasts of one kind of count and what came; arrays of one shape."""

    actual: Floats
    mean: Floats
    quantiles: Floats  # shape (3, *shape)
    below: Floats  # chance of fewer than came
    up_to: Floats  # chance of at most what came

    def of(self, chosen: Bools) -> Judged:
        """A part of them."""
        return Judged(
            self.actual[chosen],
            self.mean[chosen],
            self.quantiles[:, chosen],
            self.below[chosen],
            self.up_to[chosen],
        )

    def accuracy(self, scale: float = float("nan")) -> Accuracy:
        """Their measures; `scale` is the mean absolute error that `mase` compares with."""
        actual, mean = self.actual.ravel(), self.mean.ravel()
        errors, total = mean - actual, actual.sum()
        quantiles = self.quantiles.reshape(3, -1)
        levels = np.array(QUANTILES)[:, None]
        short = actual - quantiles
        loss = np.maximum(levels * short, (levels - 1) * short).mean() if actual.size else np.nan
        inside = (quantiles[0] <= actual) & (actual <= quantiles[-1])
        with np.errstate(divide="ignore", invalid="ignore"):
            return Accuracy(
                actual.size,
                float(np.abs(errors).sum() / total),
                float(np.abs(errors).mean() / scale) if actual.size else float("nan"),
                float(loss),
                float(inside.mean()) if actual.size else float("nan"),
                float(self._randomized().mean()) if actual.size else float("nan"),
                float(errors.sum() / total),
            )

    def _randomized(self) -> Floats:
        """Share of the transform of each count that lies in the interval."""
        low, high = QUANTILES[0], QUANTILES[-1]
        width = np.maximum(self.up_to - self.below, 1e-12)
        inside = np.minimum(self.up_to, high) - np.maximum(self.below, low)
        found: Floats = np.clip(inside / width, 0, 1)
        return found


def judged(forecast: Forecast, actual: Floats, by: Literal["cell", "day", "province"]) -> Judged:
    """Compare a forecast with what came; `actual` has the shape of `by`."""
    return Judged(
        actual,
        forecast.expected(by),
        np.array([forecast.quantile(share, by) for share in QUANTILES], dtype=np.float64),
        forecast.chance(actual - 1, by),
        forecast.chance(actual, by),
    )
