"""Figures of a simulation with their confidence intervals, also of differences.

Sums of runs -> `Estimate`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from shiftplan.citizens.lanes import Floats, Ints
from shiftplan.week.json_form import MaybeFigure, Written

STEP = 0.25
"""Minutes of a step of the grid on which waits are counted."""
LONGEST = 1440.0
"""Minutes that stand for any longer wait."""
STEPS = round(LONGEST / STEP) + 2
"""Steps: no wait at all, the steps of the grid, and what is longer."""
_Z = 1.959963984540054
"""The 97.5% quantile of the normal distribution."""
_EXACT = {1: 12.706204736174694, 2: 4.302652729749462}
"""Degrees of freedom -> the 97.5% quantile of Student's t."""


def student(freedom: int) -> float:
    """The 97.5% quantile of Student's t, to 0.2% or better.

    Exact for 1 and 2 degrees of freedom, then by its expansion at the normal quantile (Abramowitz
    and Stegun, 26.7.5).
    """
    if freedom in _EXACT:
        return _EXACT[freedom]
    z, n = _Z, freedom
    t = z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
    t += (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    return t + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)


@dataclass(frozen=True, slots=True)
class Estimate(Written):
    """A figure with its 95% confidence interval over runs.

    The interval has no width where all runs agree, and is unlimited, or all that is possible,
    where fewer than two runs say anything.
    """

    json_keys = "value low high"

    value: MaybeFigure
    """The figure."""
    low: MaybeFigure
    """Lower end of the interval; in JSON None where too few runs say anything."""
    high: MaybeFigure
    """Upper end of the interval."""
    parts: Floats = field(repr=False, compare=False)
    """Signed errors of each run, or group of runs, whose squares sum to the variance."""

    @classmethod
    def of(
        cls, value: float, parts: Floats, least: float = -math.inf, most: float = math.inf
    ) -> Estimate:
        """An estimate whose interval lies between the least and the most that is possible."""
        half = math.inf
        if np.isfinite(parts).all():
            half = student(len(parts) - 1) * math.sqrt(parts @ parts)
        return cls(value, max(least, value - half), min(most, value + half), parts)

    def __sub__(self, other: Estimate) -> Estimate:
        """The difference to another estimate of the same runs, paired run by run."""
        with np.errstate(invalid="ignore"):
            parts = self.parts - other.parts
        return Estimate.of(self.value - other.value, parts)


def mean(values: Floats) -> Estimate:
    """Mean over runs of a number that is 0 or more, shape (runs,), at least two."""
    runs, value = len(values), float(values.mean())
    return Estimate.of(value, (values - value) / math.sqrt(runs * (runs - 1)), 0.0)


def ratio(part: Floats, whole: Floats, most: float = 1.0) -> Estimate | None:
    """Sum over runs by sum over runs, with the delta method; None when the second is 0.

    With r = sum x / sum n the error of run i is (x_i - r n_i) / mean n (Cochran, 1977, chapter 6).
    Both have shape (runs,), at least two; the ratio lies between 0 and `most`.
    """
    total = float(whole.sum())
    if not total:
        return None
    runs, value = len(whole), float(part.sum()) / total
    parts = (part - value * whole) * (runs / total) / math.sqrt(runs * (runs - 1))
    if np.count_nonzero(whole) < 2:
        parts = np.full(runs, np.inf)
    return Estimate.of(value, parts, 0.0, most)


def steps_of(waits: Floats) -> Ints:
    """Steps of the grid: 0 for no wait, k for above k - 1 to k times `STEP`, the last for more."""
    return np.minimum(np.ceil(waits / STEP), STEPS - 1).astype(np.int64)


def quantile(counts: Ints, share: float) -> Estimate | None:
    """The least minutes that at least this share of waits does not exceed; None without waits.

    Waits of one run belong together, and a quantile of few waits is biased. Hence the value comes
    from the waits of all runs, and its variance from leaving out one group of runs at a time: the
    grouped jackknife, which unlike the one of single observations is valid for quantiles (Shao
    and Tu, 1995, section 2.3). `counts` are waits by group of runs and step of the grid, shape
    (groups, STEPS), of at least two groups; `share` is above 0 and at most 1.
    """
    total = counts.sum(axis=0)
    if not total.any():
        return None
    groups = len(counts)
    value = float(_quantiles(total[None], share)[0])
    if np.count_nonzero(counts.any(axis=1)) < 2:
        parts = np.full(groups, np.inf)
    else:
        without = _quantiles(total - counts, share)
        parts = (without - without.mean()) * math.sqrt((groups - 1) / groups)
    return Estimate.of(value, parts, 0.0, LONGEST)


def _quantiles(counts: Ints, share: float) -> Floats:
    """Quantile of each row of counts, linear inside a step; shape (rows,)."""
    sums = counts.cumsum(axis=1)
    found = []
    for row, below in zip(counts, sums, strict=True):
        wanted = share * below[-1]
        step = int(np.searchsorted(below, wanted))
        part = 1 - (below[step] - wanted) / row[step]
        found.append(min(LONGEST, max(0.0, step - 1 + part) * STEP) if step else 0.0)
    return np.array(found)
