"""Each person's own part of a program, and what follows from a roster.

`Program` -> `Blocks`: rows and columns that concern one person alone, rows that couple people, and
the order in which auxiliary columns follow from the pairs. Where personal rows dominate, a roster
is a choice of one schedule for each person, and engines can think in whole schedules.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.engines.task import EPS, Array
from shiftplan.model import Layout, Program

_LEVELS = 12
"""Steps in which auxiliary columns may follow from each other."""
COUPLING = -1
"""Owner of rows and columns that concern several people, or nobody."""


class Blocks:
    """Who owns which rows and columns, and values of columns that follow from pairs."""

    def __init__(self, program: Program, layout: Layout) -> None:
        self.program, self.layout = program, layout
        self.row_owner, self.column_owner = _owners(program, layout)
        self.people = np.unique(layout.volunteer)
        matrix = program.matrix
        entry_row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
        auxiliary = matrix.indices >= program.num_pairs
        eases, feeds = auxiliary & (matrix.data < 0), auxiliary & (matrix.data > 0)
        self._ease = _easing(program, entry_row[eases], matrix.indices[eases], -matrix.data[eases])
        self.level = np.zeros(program.num_rows, dtype=int)
        """Step in which each row can be looked at, after the columns that feed it are known."""
        self.by_column = matrix.tocsc()
        self.ordered = self._find_levels(entry_row[feeds], matrix.indices[feeds])
        """Whether the columns follow from each other in few steps."""
        self.follows = self.ordered and self._leaves_no_choice()
        """Whether the columns of each person follow from the pairs at least cost, a whole one."""
        self.hard = np.bincount(self._ease[0], minlength=program.num_rows) == 0
        """Rows that nothing eases."""
        self._alone = self._eased_alone()
        """Column of each row that one column eases which is nowhere else; -1 for other rows."""
        costs = np.rint(np.abs(program.cost)).astype(np.int64)
        self.follows &= np.array_equal(costs, np.abs(program.cost))
        self.step = float(max(1, np.gcd.reduce(costs, initial=0)))
        """Costs of two rosters differ by a multiple of it; they are whole numbers."""

    def _find_levels(self, row: Array, column: Array) -> bool:
        ease_row, ease_column, _ = self._ease
        for _ in range(_LEVELS):
            ready = np.zeros(self.program.num_columns, dtype=int)
            np.maximum.at(ready, ease_column, self.level[ease_row] + 1)
            level = np.zeros_like(self.level)
            np.maximum.at(level, row, ready[column])
            if np.array_equal(level, self.level):
                return True
            self.level = level
        return False

    def _leaves_no_choice(self) -> bool:
        """Whether one column eases each personal row, or several that differ in cost alone.

        Otherwise the cheapest column may be wrong: it may break another row, or cost more there.
        """
        row, column, size = self._ease
        if np.any(self.program.cost[column] < 0):
            return False
        count = np.bincount(row, minlength=self.program.num_rows)
        several = (count[row] > 1) & (self.row_owner[row] != COUPLING)
        row, column, size = row[several], column[several], size[several]
        first = np.searchsorted(row, row)
        elsewhere = np.diff(self.by_column.indptr)[column] > 1
        return not np.any(elsewhere | (size != size[first]))

    def _eased_alone(self) -> Array:
        row, column, _ = self._ease
        count = np.bincount(row, minlength=self.program.num_rows)
        alone = (count[row] == 1) & (np.diff(self.by_column.indptr)[column] == 1)
        found = np.full(self.program.num_rows, -1)
        found[row[alone]] = column[alone]
        return found

    def _size(self, columns: Array) -> Array:
        """By how much a unit of each column, which is in one row, eases it."""
        return -np.asarray(self.by_column.data[self.by_column.indptr[columns]])

    def easing(self, row: int) -> tuple[Array, Array]:
        """Columns that ease a row, cheapest first, and by how much each unit does."""
        rows, columns, size = self._ease
        first, last = np.searchsorted(rows, [row, row + 1])
        return columns[first:last], size[first:last]

    def follow(self, pairs: Array) -> Array:
        """Values of all columns, float (num_columns,), for given pairs; hard rows may break.

        Rows are eased in their order, by their cheapest columns first.
        """
        program = self.program
        values = np.zeros(program.num_columns)
        values[: program.num_pairs] = pairs
        activity = program.matrix @ values
        for level in range(int(self.level.max(initial=0)) + 1):
            broken = np.flatnonzero(
                (self.level == level) & ~self.hard & (activity > program.row_upper + EPS)
            )
            alone = self._alone[broken] >= 0
            rows, columns = broken[alone], self._alone[broken[alone]]
            over = (activity[rows] - program.row_upper[rows] - EPS) / self._size(columns)
            values[columns] = np.minimum(program.upper[columns], np.ceil(over))
            for row in broken[~alone].tolist():
                for column, size in zip(*self.easing(row), strict=True):
                    excess = activity[row] - program.row_upper[row]
                    if excess <= EPS:
                        break
                    step = min(
                        program.upper[column] - values[column], np.ceil((excess - EPS) / size)
                    )
                    if step > 0:
                        values[column] += step
                        first, last = self.by_column.indptr[column : column + 2]
                        touched = self.by_column.indices[first:last]
                        activity[touched] += self.by_column.data[first:last] * step
        return values

    def excess(self, values: Array) -> float:
        """By how much rows are broken, added up."""
        over = self.program.matrix @ values - self.program.row_upper
        return float(over[over > EPS].sum())


def _owners(program: Program, layout: Layout) -> tuple[Array, Array]:
    """Person of each row and of each column; `COUPLING` where there is not exactly one.

    What an auxiliary column shares with several people's rows couples all rows it is in.
    """
    matrix, by_column = program.matrix, program.matrix.tocsc()
    none = int(layout.volunteer.max(initial=0)) + 1
    least = np.full(program.num_columns, none)
    least[: program.num_pairs] = layout.volunteer
    most = np.full(program.num_columns, -1)
    most[: program.num_pairs] = layout.volunteer
    while True:
        row_least = _reduce(np.minimum, least, matrix, none)
        row_most = _reduce(np.maximum, most, matrix, -1)
        next_least = np.minimum(least, _reduce(np.minimum, row_least, by_column, none))
        next_most = np.maximum(most, _reduce(np.maximum, row_most, by_column, -1))
        # Pairs always belong to their person.
        next_least[: program.num_pairs] = next_most[: program.num_pairs] = layout.volunteer
        if np.array_equal(next_least, least) and np.array_equal(next_most, most):
            break
        least, most = next_least, next_most
    row_owner = np.where(row_least == row_most, row_most, COUPLING)
    return row_owner, np.where(least == most, most, COUPLING)


def _reduce(how: np.ufunc, labels: Array, matrix: Any, empty: int) -> Array:
    """The least or greatest label over the entries of each row (CSR) or column (CSC)."""
    start, end = matrix.indptr[:-1], matrix.indptr[1:]
    found = np.full(len(start), empty)
    filled = end > start
    if filled.any():
        found[filled] = how.reduceat(labels[matrix.indices], start[filled])
    return found


def _easing(program: Program, row: Array, column: Array, size: Array) -> tuple[Array, ...]:
    order = np.lexsort((program.cost[column] / size, row))
    return row[order], column[order], size[order]
