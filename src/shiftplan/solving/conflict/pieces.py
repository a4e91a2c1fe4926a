"""Pieces of programs: what is tied together, columns of slack, and sums that cannot hold.

`Program` -> rows of which a sum cannot hold, whatever the columns are. The relaxation without
integrality is solved; where it has no solution, its dual ray says how often each row goes into a
sum that no values of the columns satisfy (Farkas' lemma). That is a proof by itself, and few rows
are in it.
"""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import load
from shiftplan.engines.task import Array
from shiftplan.model import Program, tied

_SCALE = 10**5
"""Times that the row which counts most goes into the sum; others are rounded to that."""
_LARGEST = 2.0**52
"""Sums of floats below it are exact where all terms are whole numbers."""


def components(extra: sparse.csr_array, chosen: Array) -> tuple[Array, Array]:
    """Labels of rows and of columns that chosen rows tie together; -1 for rows without columns."""
    tying = sparse.csr_array(sparse.diags_array(chosen.astype(float)) @ extra)
    tying.eliminate_zeros()
    rows, columns, _ = tied(tying)
    return np.where(np.diff(tying.indptr) == 0, -1, rows), columns


def slack_columns(loose: Array) -> sparse.csr_array:
    """A column for each loose row, by which it may be broken."""
    count = int(loose.sum())
    return sparse.csr_array(
        (-np.ones(count), (np.flatnonzero(loose), np.arange(count))), shape=(len(loose), count)
    )


def impossible_sum(program: Program, seconds: float) -> Array | None:
    """Rows of which a sum cannot hold, int; None where the relaxation has a solution.

    None also where that is not known in the seconds, or arithmetic in whole numbers does not
    confirm it.
    """
    highs = load(program, whole=False, seed=0)
    highs.setOptionValue("presolve", "off")  # else the ray is not computed
    highs.setOptionValue("solver", "simplex")
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", seconds)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
        return None
    _, has_ray, ray = highs.getDualRay()
    if not has_ray:
        return None
    weight = np.abs(np.array(ray, dtype=float))
    largest = weight.max(initial=0.0)
    if not np.isfinite(largest) or largest <= 0:
        return None
    times = np.round(weight / largest * _SCALE)
    return np.flatnonzero(times) if _cannot_hold(program, times) else None


def _cannot_hold(program: Program, times: Array) -> bool:
    """Whether the sum of rows, each so many times, exceeds its bound for all values allowed.

    Coefficients and bounds are whole numbers, and so is every number here.
    """
    matrix, bound = program.matrix, np.floor(program.row_upper + 1e-6)
    if not np.array_equal(matrix.data, np.round(matrix.data)):
        return False
    total = times @ matrix
    falls = total < 0
    if not np.isfinite(program.upper[falls]).all():
        return False
    size = times @ abs(matrix) @ np.where(falls, program.upper, 0.0) + times @ np.abs(bound)
    least = total[falls] @ program.upper[falls]
    return bool(size < _LARGEST and least > times @ bound)
