"""Rows that cannot hold together, found without a search: by one person alone, or by a sum.

`Program` -> rows, or None. Three reasons are looked for, the quickest first. The own rows of one
person have no solution, whoever else works; of people who are alike one is asked, so that many take
no longer. A sum of rows cannot hold, whatever the columns are: the relaxation without integrality
has no solution, and its dual ray says how often each row goes into that sum (Farkas' lemma). And
people together are asked for more than each of them can work: the most works of each person join
that relaxation as a row.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import load, part_of
from shiftplan.engines.personal.blocks import owners
from shiftplan.engines.task import EPS, Array
from shiftplan.model import Program

_SCALE = 10**5
"""Times that the row which counts most goes into the sum; others are rounded to that."""
_LARGEST = 2.0**52
"""Sums of floats below it are exact where all terms are whole numbers."""


class _Alike(NamedTuple):
    """People whose own rows say the same."""

    part: Program
    """What they say."""
    rows: list[Array]
    """Rows of each of them, int."""
    pairs: list[Array]
    """Pairs of each of them, int."""


def impossible_rows(
    program: Program,
    volunteer: Array,
    *,
    seconds: float,
    nodes: int,
    stopped: Callable[[], bool],
    sums: bool = True,
) -> Array | None:
    """Rows that cannot hold together, int; None where none are found.

    Parameters
    ----------
    program
        What shall hold; its costs do not matter.
    volunteer
        Whose each pair is, int of shape (num_pairs,).
    seconds
        Time for it.
    nodes
        Branch-and-bound nodes for each person.
    stopped
        Whether to end before that.
    sums
        Whether rows may be told of which a sum cannot hold, whatever anybody can work; without
        them, nothing is told where there are some.
    """
    deadline = time.monotonic() + seconds

    def left() -> float:
        return 0.0 if stopped() else max(0.0, deadline - time.monotonic())

    is_single = (volunteer == volunteer[:1]).all()
    groups = [] if is_single else _groups(program, volunteer)
    for group in groups:
        idle = (group.part.row_upper >= -EPS).all()
        if not idle and _most_works(group.part, left(), nodes, wanted=False) == -np.inf:
            return group.rows[0]
    rows = impossible_sum(program, left())
    if rows is not None:
        return rows if sums else None
    return None if is_single or left() <= 0 else _beyond_all(program, groups, left, nodes)


def _groups(program: Program, volunteer: Array) -> list[_Alike]:
    """The people who have rows of their own, those together whose rows say the same."""
    row_owner, column_owner = owners(program, volunteer)
    found: dict[tuple[bytes, ...], _Alike] = {}
    for person in np.unique(row_owner[row_owner >= 0]).tolist():
        rows, columns = np.flatnonzero(row_owner == person), np.flatnonzero(column_owner == person)
        part = part_of(program, rows, columns)
        matrix = part.matrix
        said = (matrix.indptr, matrix.indices, matrix.data, part.row_upper, part.upper)
        key = tuple(array.tobytes() for array in said)
        group = found.setdefault(key, _Alike(part, [], []))
        group.rows.append(rows)
        group.pairs.append(columns[columns < program.num_pairs])
    return list(found.values())


def _most_works(part: Program, seconds: float, nodes: int, *, wanted: bool) -> float:
    """Most works that a person's own rows allow, or a number above it; minus infinity for none.

    Unless it is `wanted`, the first works that they allow are enough.
    """
    works = np.zeros(part.num_columns)
    works[: part.num_pairs] = -1.0 if wanted else 0.0
    highs = load(part.with_cost(works, 0.0), whole=True, seed=0)
    highs.setOptionValue("mip_max_nodes", nodes)
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", seconds)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return -np.inf
    most = -highs.getInfo().mip_dual_bound
    return float(np.floor(most + 1e-6)) if np.isfinite(most) else np.inf


def _beyond_all(
    program: Program, groups: list[_Alike], left: Callable[[], float], nodes: int
) -> Array | None:
    """Rows that ask for more works than all people together can do, with the rows of these."""
    indices: list[Array] = []
    most: list[float] = []
    rows: list[Array] = []
    for group in groups:
        count = _most_works(group.part, left(), nodes, wanted=True)
        if left() <= 0:
            return None
        if 0 <= count < group.part.num_pairs:
            indices += group.pairs
            rows += group.rows
            most += [count] * len(group.rows)
    if not rows:
        return None
    ends = np.concatenate([[0], np.cumsum([len(pairs) for pairs in indices])])
    pairs = np.concatenate(indices)
    shape = len(rows), program.num_columns
    limits = sparse.csr_array((np.ones(len(pairs)), pairs, ends), shape=shape)
    matrix = sparse.vstack([program.matrix, limits], format="csr")
    upper = np.concatenate([program.row_upper, most])
    summed = impossible_sum(Program.part(matrix, upper, program.upper), left())
    if summed is None:
        return None
    own = [rows[i] for i in (summed[summed >= program.num_rows] - program.num_rows).tolist()]
    return np.unique(np.concatenate([summed[summed < program.num_rows], *own]))


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
