"""Blocks of linear expressions over a model's columns, and what their rows are about.

Column ids and coefficients -> `Linear`, which rules add, select and combine as whole blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypedDict, get_args

import numpy as np
from scipy import sparse

Array = np.ndarray[Any, Any]
Where = Literal[
    "", "shift", "moment", "day", "need", "wish", "week", "month", "from", "center", "center_day"
]
PLACES: tuple[Where, ...] = get_args(Where)


class PostedRule(Protocol):
    """What a model knows of a rule."""

    @property
    def rule(self) -> str:
        """Kind of the rule."""

    @property
    def level(self) -> str | int:
        """Number of the cost level where it costs."""

    @property
    def hard(self) -> bool:
        """Whether it must hold."""


@dataclass(frozen=True, slots=True)
class RowTag:
    """Which rule a run of rows belongs to, whom each row concerns, and where."""

    rule: PostedRule | None
    """None for rows that only define an auxiliary column."""
    first: int
    """First row of the run."""
    who: Array
    """Volunteer index of each row, -1 for nobody, int of shape (rows,)."""
    where: Array
    """Index of the place of each row, -1 for none, int of shape (rows,)."""
    place: Where
    """What `where` counts."""


class About(TypedDict, total=False):
    """Whom and what each expression of a block concerns; see `Model`."""

    who: Array | None
    where: Array | None
    place: Where


class Linear:
    """`size` linear expressions: `matrix @ x + constant`.

    `matrix` is CSR of shape (size, any number of columns), `constant` float of shape (size,).
    """

    def __init__(self, matrix: sparse.csr_array, constant: Array | None = None) -> None:
        self.matrix = matrix
        self.constant = np.zeros(matrix.shape[0]) if constant is None else constant

    @classmethod
    def of(cls, row: Array, column: Array, size: int, coef: Array | float = 1.0) -> Linear:
        """Sum of coef x column into the expression `row`; repeated entries are added."""
        data = each(coef, len(column))
        width = int(column.max()) + 1 if len(column) else 0
        return cls(sparse.csr_array((data, (row, column)), shape=(size, width)))

    @property
    def size(self) -> int:
        """Number of expressions."""
        return int(self.matrix.shape[0])

    def take(self, rows: Array) -> Linear:
        """The expressions `rows` (indexes or a bool mask), in that order."""
        return Linear(self.matrix[rows], self.constant[rows])

    def __add__(self, other: Linear) -> Linear:
        width = max(self.matrix.shape[1], other.matrix.shape[1])
        return Linear(
            sparse.csr_array(widened(self.matrix, width) + widened(other.matrix, width)),
            self.constant + other.constant,
        )

    def __mul__(self, factor: Array | float) -> Linear:
        """Each expression times its factor."""
        factors = each(factor, self.size)
        scaled = sparse.csr_array(sparse.diags_array(factors) @ self.matrix)
        return Linear(scaled, self.constant * factors)

    def __neg__(self) -> Linear:
        return self * -1.0

    def plus(self, numbers: Array) -> Linear:
        """Each expression plus a number, float of shape (size,)."""
        return Linear(self.matrix, self.constant + numbers)

    def complement(self) -> Linear:
        """1 minus each expression."""
        return Linear(-self.matrix, 1 - self.constant)

    def settled(self, decided: Array, value: float) -> Linear:
        """The expressions, those that are decided, bool of shape (size,), of a value."""
        matrix = sparse.csr_array(sparse.diags_array(1.0 - decided) @ self.matrix)
        return Linear(matrix, np.where(decided, value, self.constant))

    def __sub__(self, other: Linear) -> Linear:
        return self + -other

    def sum_by(self, group: Array, size: int, coef: Array | float = 1.0) -> Linear:
        """Add the expressions that have the same group number; a negative group is left out."""
        kept = np.flatnonzero(group >= 0)
        return self.combine(group[kept], kept, size, np.broadcast_to(coef, len(group))[kept])

    def combine(self, out: Array, source: Array, size: int, coef: Array | float = 1.0) -> Linear:
        """`size` new expressions; entry i adds coef[i] x expression source[i] to out[i]."""
        data = each(coef, len(out))
        mix = sparse.csr_array((data, (out, source)), shape=(size, self.size))
        return Linear(sparse.csr_array(mix @ self.matrix), mix @ self.constant)


def each(number: Array | float, size: int) -> Array:
    """Broadcast one number, or an array of `size` numbers, to floats of shape (size,)."""
    return np.broadcast_to(np.asarray(number, dtype=float), (size,))


def widened(matrix: sparse.csr_array, width: int) -> sparse.csr_array:
    """The same matrix with `width` columns, those beyond its own empty."""
    if matrix.shape[1] == width:
        return matrix
    return sparse.csr_array(
        (matrix.data, matrix.indices, matrix.indptr), shape=(matrix.shape[0], width)
    )


def narrow(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same matrix with places of 4 bytes, where they fit: a third of a program is places."""
    if max(matrix.nnz, *matrix.shape) > np.iinfo(np.int32).max:
        return matrix
    places = (matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32))
    return sparse.csr_array((matrix.data, *places), shape=matrix.shape)
