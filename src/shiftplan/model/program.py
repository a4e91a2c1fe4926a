"""A finished program as plain arrays: what engines read.

`Model` -> `Program`, and a `Layout` of its decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

Array = np.ndarray[Any, Any]


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
        return replace(
            self,
            matrix=sparse.csr_array(
                sparse.vstack([self.matrix, sparse.csr_array(coefficients[None, :])])
            ),
            row_upper=np.append(self.row_upper, upper),
        )

    def total(self, values: Array) -> float:
        """Total cost of a solution, float of shape (num_columns,)."""
        return float(self.cost @ values) + self.offset

    def costs(self, values: Array) -> dict[int, int]:
        """Level -> cost of a solution, float of shape (num_columns,)."""
        return {
            level: round(float(cost @ values) + self.level_offset[level])
            for level, cost in self.level_cost.items()
        }


@dataclass(frozen=True, slots=True)
class Layout:
    """Whom, where and when each pair of a program concerns; int arrays of shape (num_pairs,)."""

    volunteer: Array
    """Volunteer index."""
    center: Array
    """Center index."""
    day: Array
    """Day number."""
