"""Each person's own part of a program, and what follows from a roster.

`Program` -> `Blocks`: rows and columns that concern one person alone, rows that couple people, and
the order in which auxiliary columns follow from the pairs. Where personal rows dominate, a roster
is a choice of one schedule for each person, and engines can think in whole schedules.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.engines.highs import Follow
from shiftplan.engines.task import Array
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
        self._pairs = matrix[:, : program.num_pairs]
        self._others = follow = Follow(program)
        self.ease = follow.row, program.num_pairs + follow.column, follow.size
        """Row, column and size of each entry that eases a row, row by row, cheapest first."""
        self.level = np.zeros(program.num_rows, dtype=int)
        """Step in which each row can be looked at, after the columns that feed it are known."""
        self.ordered = self._find_levels()
        """Whether the columns follow from each other in few steps."""
        self.follows = self.ordered and self._leaves_no_choice()
        """Whether the columns of each person follow from the pairs at least cost, a whole one."""
        self.hard = np.bincount(follow.row, minlength=program.num_rows) == 0
        """Rows that nothing eases."""
        costs = np.rint(np.abs(program.cost)).astype(np.int64)
        self.follows &= np.array_equal(costs, np.abs(program.cost))
        self.step = float(max(1, np.gcd.reduce(costs, initial=0)))
        """Costs of two rosters differ by a multiple of it; they are whole numbers."""

    def _find_levels(self) -> bool:
        ease_row, ease_column, _ = self.ease
        feeds = self._others.entries
        for _ in range(_LEVELS):
            ready = np.zeros(self.program.num_columns, dtype=int)
            np.maximum.at(ready, ease_column, self.level[ease_row] + 1)
            level = np.zeros_like(self.level)
            np.maximum.at(level, feeds.row, ready[self.program.num_pairs + feeds.col])
            if np.array_equal(level, self.level):
                return True
            self.level = level
        return False

    def _leaves_no_choice(self) -> bool:
        """Whether one column eases each personal row, or several that differ in cost alone.

        Otherwise the cheapest column may be wrong: it may break another row, or cost more there.
        """
        row, column, size = self.ease
        if np.any(self.program.cost[column] < 0):
            return False
        count = np.bincount(row, minlength=self.program.num_rows)
        several = (count[row] > 1) & (self.row_owner[row] != COUPLING)
        row, column, size = row[several], column[several], size[several]
        first = np.searchsorted(row, row)
        elsewhere = np.bincount(self.program.matrix.indices)[column] > 1
        return not np.any(elsewhere | (size != size[first]))

    def follow(self, pairs: Array) -> Array:
        """Values of all columns, float (num_columns,), for given pairs; hard rows may break."""
        return np.concatenate([pairs, self._others.fill(self._pairs @ pairs.astype(float))])


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
