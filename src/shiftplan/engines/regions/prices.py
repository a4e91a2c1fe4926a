"""Prices for all rows of a program, raised window by window: each step proves more.

`Program` and the regions of its pairs -> windows -> duals, and the bound that they prove.

Any duals prove a bound (`Program.least`). A window holds the duals of most rows and chooses those
of the others anew, which is a small linear program; no step lowers the bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.task import Relaxation
from shiftplan.model import Program

Array = np.ndarray[Any, Any]

_STEPS = (1.0, 0.5, 0.25)
"""Parts of a step that are tried where other windows have moved meanwhile."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of a program, all columns in them, and the prices of the other rows."""

    rows: Array
    """Rows whose duals are free, int in rising order."""
    columns: Array
    """Columns that are in these rows, int in rising order."""
    program: Program
    """The part, its costs lowered by what the duals of the other rows pay."""


class Prices:
    """Duals of all rows, never positive, and what they prove."""

    def __init__(self, program: Program) -> None:
        self._program = program
        entries = abs(program.matrix)
        self._rows_of, self._columns_of = entries.dot, entries.T.tocsr().dot
        self._bare: Array = np.diff(sparse.csr_array(entries[:, : program.num_pairs]).indptr) == 0
        self.dual = np.zeros(program.num_rows)
        """What a row's upper bound is worth, float (num_rows,)."""
        self.bound = program.least(self.dual)
        """A lower bound on every solution's cost."""
        self.values = np.zeros(program.num_columns)
        """What the relaxation uses of each column, as far as windows told, float (num_columns,)."""

    def window(self, pairs: Array) -> Window:
        """The linear program over the duals of all rows that some pairs are in.

        Rows of their other columns, where these are no pairs, belong to it too.
        """
        program = self._program
        inside = np.zeros(program.num_columns)
        inside[pairs] = 1.0
        touched = self._rows_of(inside)
        others = self._columns_of(touched)
        others[: program.num_pairs] = 0.0
        rows = np.flatnonzero(touched + self._bare * self._rows_of(others))
        matrix = program.matrix[rows]
        columns = np.unique(matrix.indices)
        held = self.dual.copy()
        held[rows] = 0.0
        part = Program.part(
            matrix[:, columns],
            program.row_upper[rows],
            program.upper[columns],
            cost=program.reduced(held)[columns],
            num_pairs=int(np.searchsorted(columns, program.num_pairs)),
        )
        return Window(rows, columns, part)

    def take(self, relaxation: Relaxation) -> bool:
        """Take what a relaxation of the whole program says where that raises the bound."""
        every = np.arange(self._program.num_rows)
        raised = self._move(every, relaxation.duals)
        if raised:
            self.values = relaxation.values
        return raised

    def take_window(self, window: Window, relaxation: Relaxation) -> bool:
        """Take what the relaxation of a window says where that raises the bound."""
        raised = self._move(window.rows, relaxation.duals)
        if raised:
            self.values = self.values.copy()
            self.values[window.columns] = relaxation.values
        return raised

    def guide(self, columns: Array) -> Relaxation:
        """What is known of some columns."""
        reduced = self._program.reduced(self.dual)
        return Relaxation(self.bound, self.values[columns], reduced[columns], np.zeros(0))

    def _move(self, rows: Array, dual: Array) -> bool:
        """Go towards other duals of some rows as far as that raises the bound."""
        before = self.dual[rows]
        for step in _STEPS:
            tried = self.dual.copy()
            tried[rows] = before + step * (np.minimum(dual, 0.0) - before)
            bound = self._program.least(tried)
            if bound > self.bound:
                self.dual, self.bound = tried, bound
                return True
        return False
