"""A part of a program: some pairs are free, all others keep their values.

`Program` and pairs -> a small `Program`, and a better solution of it.
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import has_solution, load
from shiftplan.model import Program, tied

Array = np.ndarray[Any, Any]

_LONG_ROW, _LONG_PART = 1_000, 0.01
"""Entries beyond which a row frees no column with another, or part of the pairs if that is more:
in a city more than a thousand people can reach one center. No parameter: what counts as proven
near a change follows from it."""


class Restriction:
    """Small programs in which only some pairs, and the columns that follow from them, are free."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.by_column = program.matrix.tocsc()
        pairs = program.num_pairs
        # A row over a large part of the columns, such as a level's cost that is held, ties none
        # of them to each other.
        self._tying = np.diff(program.matrix.indptr) <= max(_LONG_ROW, _LONG_PART * pairs)
        following = sparse.diags_array(self._tying.astype(float)) @ program.matrix[:, pairs:]
        following.eliminate_zeros()
        self.row_bundle, column_label, bundles = tied(following)
        """Rows that other columns than pairs tie together have the same number, (num_rows,)."""
        self._columns = pairs + np.argsort(column_label, kind="stable")
        self._first = np.searchsorted(np.sort(column_label), np.arange(bundles + 1))

    def free_columns(self, pairs: Array) -> Array:
        """The pairs and all columns that share rows with them, directly or by each other."""
        rows = _distinct(self.by_column[:, pairs].indices, self.program.num_rows)
        labels = _distinct(self.row_bundle[rows], len(self._first) - 1)
        first, count = self._first[labels], self._first[labels + 1] - self._first[labels]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.concatenate([pairs, self._columns[np.repeat(first, count) + offset]])

    @property
    def ties_all(self) -> bool:
        """Whether no row is too long to free others with it."""
        return bool(np.all(self._tying))

    def reaches_all(self, columns: Array) -> bool:
        """Whether no row of these columns is too long to free others with them."""
        rows = _distinct(self.by_column[:, columns].indices, self.program.num_rows)
        return bool(np.all(self._tying[rows]))

    def program_of(self, columns: Array, values: Array, activity: Array) -> Program:
        """The program of the free columns, pairs first; all others keep their values.

        Parameters
        ----------
        columns
            As `free_columns` gives them.
        values
            Values of all columns, float of shape (num_columns,).
        activity
            What they add up to in each row, float of shape (num_rows,).
        """
        rows = _distinct(self.by_column[:, columns].indices, self.program.num_rows)
        matrix = sparse.csr_array(self.program.matrix[rows][:, columns])
        fixed = activity[rows] - matrix @ values[columns]
        return Program.part(
            matrix,
            self.program.row_upper[rows] - fixed,
            self.program.upper[columns],
            cost=self.program.cost[columns],
            num_pairs=int(np.count_nonzero(columns < self.program.num_pairs)),
        )


def _distinct(numbers: Array, size: int) -> Array:
    """The different ones of numbers below `size`, in rising order."""
    found = np.zeros(size, dtype=bool)
    found[numbers] = True
    return np.flatnonzero(found)


def improve(
    part: Program, start: Array, *, seed: int, seconds: float, nodes: int
) -> tuple[Array | None, bool]:
    """A better solution of a small program (None when none was found), and whether it finished."""
    highs = load(part, whole=True, seed=seed)
    highs.setOptionValue("mip_rel_gap", 5e-4)
    if seconds < np.inf:
        highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_max_nodes", nodes)
    solution = highspy.HighsSolution()
    solution.col_value = start
    highs.setSolution(solution)
    highs.run()
    finished = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if not has_solution(highs):
        return None, finished
    values = np.round(np.array(highs.getSolution().col_value))
    return (values if part.total(values) < part.total(start) - 0.5 else None), finished
