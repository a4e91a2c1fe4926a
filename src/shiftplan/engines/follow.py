"""The other columns of given works, computed instead of searched for.

`Program` and what its works add up to in each row -> values of the columns that follow from them.
A row that is broken is eased by the columns that stand in it with a minus, cheapest first; what
they break in turn is eased the same way. Rows are taken all at once, so that it takes a moment.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.model import Program, tied

Array = np.ndarray[Any, Any]
EPS = 1e-6


class Follow:
    """Columns of a program beyond its pairs, and the rows they ease."""

    def __init__(self, program: Program) -> None:
        pairs, rows = program.num_pairs, program.num_rows
        self.bound, self.upper = program.row_upper, program.upper[pairs:]
        self.cost = program.cost[pairs:]
        others = sparse.csr_array(program.matrix[:, pairs:])
        others.eliminate_zeros()
        others.sort_indices()  # else what comes below would do so, and masks no longer fit
        self.others = others
        """What the columns add to each row, CSR (num_rows, columns)."""
        row = np.repeat(np.arange(rows), np.diff(others.indptr))
        easing = others.data < 0
        self.adding = sparse.csr_array(others.maximum(0))
        """The entries that take a row towards its bound."""
        self.adding.eliminate_zeros()
        self.entries = self.adding.tocoo()
        """The same entries one by one."""
        row, column, size = row[easing], others.indices[easing], -others.data[easing]
        order = np.lexsort((self.cost[column] / size, row))
        self.row, self.column, self.size = row[order], column[order], size[order]
        """Row, column and what a unit eases, of each entry that eases a row, cheapest first."""
        self.eases = np.bincount(self.column, minlength=len(self.upper))
        """Rows that each column eases."""
        room = self.size * self.upper[self.column]
        self.first = np.flatnonzero(np.diff(self.row, prepend=-1))
        """Where the entries of each row that is eased begin."""
        before = np.cumsum(room) - room
        count = np.diff(np.append(self.first, len(room)))
        self._before = before - np.repeat(before[self.first], count)
        """What the cheaper ones of its row can ease."""
        self._by_column = np.argsort(self.column, kind="stable")
        column = self.column[self._by_column]
        self._start = np.flatnonzero(np.diff(column, prepend=-1))
        self._eased = column[self._start]

    def fill(self, works: Array) -> Array:
        """Values of the columns, float; `works`: what works add to each row, float (num_rows,).

        A row that nothing eases, or not enough, stays broken.
        """
        values = np.zeros(len(self.upper))
        if not len(self.row):
            return values
        while True:
            need = works + self.adding @ values - self.bound
            wanted = np.ceil((need[self.row] - self._before) / self.size - EPS)
            wanted = np.clip(wanted, 0.0, self.upper[self.column])[self._by_column]
            raised = values.copy()
            raised[self._eased] = np.maximum.reduceat(wanted, self._start)
            raised = np.maximum(raised, values)
            if np.array_equal(raised, values):
                return values
            values = raised

    def unsure(self) -> Array:
        """Columns whose filled values need not be the cheapest, bool; no others hang on them.

        That is so for a column that pays, and in rows that are eased by several columns of unlike
        size, or by some that stand in other rows too.
        """
        standing = np.bincount(self.others.indices, minlength=len(self.upper))
        several = np.bincount(self.row, minlength=len(self.bound)) > 1
        alike = np.ones(len(self.bound), dtype=bool)
        unlike = self.row[1:][(np.diff(self.row) == 0) & (np.diff(self.size) != 0)]
        alike[unlike] = False
        open_ = several & ~alike
        open_[self.row[several[self.row] & (standing[self.column] > 1)]] = True
        start = self.cost < 0
        start[self.column[open_[self.row]]] = True
        if not start.any():
            return start
        _, part, parts = tied(self.others)
        found = np.zeros(parts, dtype=bool)
        found[part[start]] = True
        return found[part]


def nobody_works(program: Program) -> Array:
    """Values of all columns where nobody works, float; hard rows may be broken by that."""
    follow = Follow(program)
    return np.concatenate([np.zeros(program.num_pairs), follow.fill(np.zeros(program.num_rows))])
