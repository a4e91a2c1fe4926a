"""Partial pooling: what each center shows by itself, pulled towards what all show.

Estimates with their variances -> estimates that borrow strength.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shiftplan.citizens.visits.counts import Floats

_UNKNOWN = 1e12
"""Variance of an estimate without any data."""


class Pooled(NamedTuple):
    """Estimates that borrow strength."""

    values: Floats  # of each center, shape (centers, kinds)
    variances: Floats  # of their errors, shape (centers, kinds)
    means: Floats  # of all centers, shape (kinds,)
    between: float  # variance between centers


def pool(raw: Floats, variances: Floats) -> Pooled:
    """Shrink estimates towards the mean of all centers, kind by kind.

    With a variance tau² between centers, an estimate x with variance v becomes
    mean + B (x - mean), B = tau² / (tau² + v): empirical Bayes (Efron and Morris, *Stein's paradox
    in statistics*, Scientific American 236, 1977). tau² is the estimate of moments of DerSimonian
    and Laird (Controlled Clinical Trials 7, 1986), one for all kinds.

    Parameters
    ----------
    raw
        Estimates, shape (centers, kinds).
    variances
        Variances of their errors, same shape; infinite where there are no data.
    """
    known = np.isfinite(variances)
    weights = np.where(known, 1 / np.where(known, variances, 1), 0)
    found = np.where(known, raw, 0)
    sums = weights.sum(axis=0)
    means = (weights * found).sum(axis=0) / np.where(sums > 0, sums, 1)
    between = _between(found, weights, means)
    variances = np.where(known, variances, _UNKNOWN)
    share = between / (between + variances)
    again = np.where(known, 1 / (between + variances), 0)
    sums = again.sum(axis=0)
    means = (again * found).sum(axis=0) / np.where(sums > 0, sums, 1)
    of_mean = np.where(sums > 0, 1 / np.where(sums > 0, sums, 1), between)
    spread = between * (1 - share) + (1 - share) ** 2 * of_mean
    return Pooled(means + share * (found - means), spread, means, between)


def _between(values: Floats, weights: Floats, means: Floats) -> float:
    sums = weights.sum(axis=0)
    present = sums > 0
    if not present.any():
        return 0.0
    excess = (weights * (values - means) ** 2).sum() - ((weights > 0).sum() - present.sum())
    scale = (sums - (weights**2).sum(axis=0) / np.where(present, sums, 1)).sum()
    return max(0.0, float(excess / scale)) if scale > 0 else 0.0
