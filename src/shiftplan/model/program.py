"""A finished program as plain arrays: what engines read.

`Model` -> `Program`, and a `Layout` of its decisions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from scipy import sparse

Array = np.ndarray[Any, Any]
_EPS = float(np.finfo(float).eps)
_MOST_TIMES = 1_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """minimise cost @ x + offset subject to matrix @ x <= row_upper, 0 <= x <= upper, x whole."""

    matrix: sparse.csr_array
    """CSR of shape (num_rows, num_columns)."""
    row_upper: Array
    """Upper bound of each row, float of shape (num_rows,)."""
    upper: Array
    """Largest value of each column, float of shape (num_columns,)."""
    cost: Array
    """Cost of the one total, float of shape (num_columns,)."""
    level_cost: Mapping[int, Array]
    """Level -> cost inside it, float of shape (num_columns,)."""
    offset: float
    """Constant of the one total."""
    level_offset: Mapping[int, float]
    """Level -> constant inside it."""
    num_pairs: int
    """Columns that are decisions; the others follow from them."""
    implied: Array | None = None
    """Rows that hold for every solution of the others, bool of shape (num_rows,); None for none.
    They raise the relaxation, and are in the way of whoever counts what a work changes."""

    @classmethod
    def part(
        cls,
        matrix: sparse.csr_array,
        row_upper: Array,
        upper: Array,
        *,
        cost: Array | None = None,
        num_pairs: int | None = None,
        implied: Array | None = None,
    ) -> Program:
        """A program without levels or constants, such as a part of another one.

        Without `cost` nothing costs anything; without `num_pairs` all columns are decisions.
        """
        count = len(upper)
        return cls(
            matrix=sparse.csr_array(matrix),
            row_upper=row_upper,
            upper=upper,
            cost=np.zeros(count) if cost is None else cost,
            level_cost={},
            offset=0.0,
            level_offset={},
            num_pairs=count if num_pairs is None else num_pairs,
            implied=implied,
        )

    @property
    def num_columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def num_rows(self) -> int:
        """Number of rows."""
        return len(self.row_upper)

    def with_cost(self, cost: Array, offset: float) -> Program:
        """The same program with another objective."""
        return replace(self, cost=cost, offset=offset)

    def with_row(self, coefficients: Array, upper: float) -> Program:
        """The same program with one more row: coefficients @ x <= upper."""
        return self.with_rows(sparse.csr_array(coefficients[None, :]), np.array([upper]))

    def with_rows(self, rows: sparse.csr_array, upper: Array, *, implied: bool = False) -> Program:
        """The same program with more rows: rows @ x <= upper; `implied` as the field has it."""
        matrix = sparse.csr_array(sparse.vstack([self.matrix, rows]))
        row_upper = np.concatenate([self.row_upper, upper])
        before = self.implied
        if before is not None or implied:
            known = np.zeros(self.num_rows, dtype=bool) if before is None else before
            before = np.concatenate([known, np.full(len(upper), implied)])
        return replace(self, matrix=matrix, row_upper=row_upper, implied=before)

    def core(self) -> Program:
        """The program without its implied rows: its solutions are the same."""
        if self.implied is None or not self.implied.any():
            return self
        kept = np.flatnonzero(~self.implied)
        matrix = sparse.csr_array(self.matrix[kept])
        return replace(self, matrix=matrix, row_upper=self.row_upper[kept], implied=None)

    def reduced(self, duals: Array) -> Array:
        """What each column costs less what the rows pay for it: cost - matrix.T @ duals.

        `duals`: what raising a row's upper bound by 1 adds to the cost, float of shape (num_rows,);
        as rows only limit, never positive. Returns float of shape (num_columns,).
        """
        reduced: Array = self.cost - self.matrix.T @ duals
        return reduced

    def least(self, duals: Array, counted: Array | None = None) -> float:
        """A lower bound on the cost of every solution, whole or not, for any duals.

        That is the least value of the Lagrangian within the column bounds,
        duals @ row_upper + sum of min(0, reduced(duals)) * upper + offset. For duals <= 0 and x
        that satisfies the rows, duals @ (row_upper - matrix @ x) <= 0: added to cost @ x, it leaves
        no more (weak duality). It does not matter where the duals come from: bad ones prove
        little, but nothing wrong. Positive ones count as 0; where no number comes out, the bound is
        minus infinity.

        Rounding cannot lift it above what it stands for: each reduced cost is lowered by the most
        that its arithmetic may be off, and the terms are added exactly.

        Parameters
        ----------
        duals
            As in `reduced`, float of shape (num_rows,).
        counted
            Columns to count, bool of shape (num_columns,); None for all. Whoever leaves out some
            adds the least that they cost at `reduced(duals)`.
        """
        duals = np.minimum(duals, 0.0)
        cost, upper = self.cost, self.upper
        with np.errstate(over="ignore", invalid="ignore"):
            # A sum of n products is off by at most n units in the last place of their sizes.
            matrix = self.matrix
            sizes = sparse.csr_array(
                (np.abs(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape
            )
            sizes = np.abs(cost) + sizes.T @ -duals
            off = (np.bincount(self.matrix.indices, minlength=len(cost)) + 2) * _EPS * sizes
            low = self.reduced(duals) - off
            below = ~(low >= 0.0) if counted is None else ~(low >= 0.0) & counted
            paying = duals != 0.0
            paid = duals[paying] * self.row_upper[paying]
            terms = np.concatenate([paid, low[below] * upper[below], [self.offset]])
        if not np.all(np.isfinite(terms)):
            return -math.inf
        # What is left is the rounding of each product.
        return math.fsum(terms) - float(_EPS * np.abs(terms).sum())

    def total(self, values: Array) -> float:
        """Total cost of a solution, float of shape (num_columns,)."""
        return float(self.cost @ values) + self.offset

    def costs(self, values: Array) -> dict[int, int]:
        """Level -> cost of a solution, float of shape (num_columns,), dearest level first."""
        offset = self.level_offset
        return {n: round(float(cost @ values) + offset[n]) for n, cost in self.level_cost.items()}

    def rank(self, values: Array, *, strict: bool) -> tuple[float, ...]:
        """What solutions, float of shape (num_columns,), are compared by: the lower the better.

        Their total, or where the order is `strict` the costs of their levels, dearest first.
        """
        return tuple(self.costs(values).values()) if strict else (self.total(values),)


def in_whole_numbers(matrix: sparse.csr_array, row_upper: Array) -> tuple[sparse.csr_array, Array]:
    """The same rows, those with fractions a number of times, so that their entries are whole.

    Some engines count in whole numbers. A row stays as it is where more than a million times would
    be needed.
    """
    fractions = matrix.data != np.rint(matrix.data)
    if not fractions.any():
        return matrix, row_upper
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    times = np.ones(matrix.shape[0])
    for row in np.unique(row_of[fractions]).tolist():
        entries = matrix.data[matrix.indptr[row] : matrix.indptr[row + 1]].tolist()
        near = [Fraction(entry).limit_denominator(_MOST_TIMES) for entry in entries]
        least = math.lcm(*(fraction.denominator for fraction in near))
        if least <= _MOST_TIMES and all(float(f) == e for f, e in zip(near, entries, strict=True)):
            times[row] = least
    data = matrix.data * times[row_of]
    data[times[row_of] > 1] = np.rint(data[times[row_of] > 1])
    whole = sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
    return whole, row_upper * times


def tied(matrix: sparse.csr_array) -> tuple[Array, Array, int]:
    """What hangs together: rows that share a column, columns that share a row, and so on.

    Returns
    -------
    tuple
        The part of each row, int of shape (rows,), that of each column, int of shape (columns,),
        and how many parts there are; a row without entries is one, and so is such a column.
    """
    rows, columns = matrix.shape
    if rows + columns == 0:
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int), 0
    ends = np.concatenate([matrix.indptr, np.full(columns, matrix.indptr[-1])])
    edges = (np.ones(matrix.nnz), matrix.indices + rows, ends)
    graph: Any = sparse.csr_array(edges, shape=(rows + columns, rows + columns))
    number, label = sparse.csgraph.connected_components(graph, directed=False)
    return label[:rows], label[rows:], int(number)


@dataclass(frozen=True, slots=True)
class Layout:
    """Whom, where and when each pair of a program concerns; int arrays of shape (num_pairs,)."""

    volunteer: Array
    """Volunteer index."""
    center: Array
    """Center index."""
    day: Array
    """Day number."""
