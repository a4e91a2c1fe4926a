"""The linear relaxation in rounds.

`Program` -> `LazyRelaxation`, solved with few of its rows at first; others join once they are
violated -> `Relaxation` after each round: a bound that rises from round to round, values and
reduced costs. Most rows never matter (an indicator that nothing asks for, a capacity that nobody
reaches), so the first rounds take a small part of the time of the whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import load
from shiftplan.engines.params import SearchParams
from shiftplan.engines.task import EPS, Array, Deadline, Relaxation
from shiftplan.model import Program


class LazyRelaxation:
    """The relaxation of a program in rounds; columns can be fixed between them."""

    def __init__(
        self,
        program: Program,
        params: SearchParams,
        *,
        seed: int,
        timed: bool = True,
        slow: bool = False,
    ) -> None:
        """`timed`: whether the method may depend on how long rounds take; `slow`: it is known."""
        self._program, self._params = program, params.relaxation
        self._held = _first_rows(program)
        """Whether the solver knows a row, bool of shape (num_rows,)."""
        self._rows = np.flatnonzero(self._held)
        matrix = sparse.csr_array(program.matrix[self._rows])
        upper = program.row_upper[self._rows]
        part = replace(program, matrix=matrix, row_upper=upper, implied=None)
        self._highs = load(part, whole=False, seed=seed)
        self._timed, self.slow = timed, slow
        """Whether the simplex method has turned out to be slow."""
        self._all = program.matrix.nnz <= self._params.whole_entries
        """Whether all rows join once the simplex method is slow."""
        if slow and self._all:
            self._join(np.flatnonzero(~self._held))
        self._limit = self._params.first_seconds if self._all else np.inf
        """Seconds of a round that would show it."""
        self.values = np.zeros(program.num_columns)
        """Values of the last round, float of shape (num_columns,)."""
        self.reduced = np.zeros(program.num_columns)
        """Reduced costs of the last round, float of shape (num_columns,)."""
        self.violated = np.zeros(0, dtype=int)
        """Rows that the last round violated; they have joined since."""

    @property
    def exact(self) -> bool:
        """Whether the last round satisfies all rows of the program."""
        return len(self.violated) == 0

    def solve(self, seconds: float) -> bool:
        """One round; False when it is infeasible or time runs out."""
        highs, program = self._highs, self._program
        # HiGHS counts the seconds of all runs together.
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.setOptionValue("solver", "ipx" if self.slow else "simplex")
        began = time.monotonic()
        highs.run()
        passed = time.monotonic() - began
        self.slow = self.slow or (self._timed and passed > self._limit)
        enough = max(self._params.later_seconds, self._params.slow_factor * passed)
        self._limit = min(self._limit, enough)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        solution = highs.getSolution()
        self.values = np.array(solution.col_value)
        self.reduced = np.array(solution.col_dual)
        self._dual = np.minimum(np.array(solution.row_dual), 0.0)
        self._dual_rows = self._rows
        excess = program.matrix @ self.values - program.row_upper
        self.violated = np.flatnonzero((excess > EPS) & ~self._held)
        if len(self.violated):
            joins = (excess > EPS) | (self.slow and self._all)
            close = np.flatnonzero((excess > -self._params.close) & ~self._held & ~joins)
            rising = program.matrix[close].maximum(0)  # what takes a row towards its bound
            joins[close[rising @ self.values > EPS]] = True
            self._join(np.flatnonzero(joins & ~self._held))
        return True

    def rounds(
        self,
        deadline: Deadline,
        stopped: Callable[[], bool],
        small: float = 0.0,
        *,
        first: Deadline | None = None,
    ) -> Iterator[Relaxation]:
        """Rounds until one is exact or its bound rises by less than `small`, relatively.

        The first round, without which nothing is known, may have a later deadline.
        """
        bound = -np.inf
        while not stopped() and self.solve((first or deadline).left()):
            first, found = None, self.relaxation()
            yield found
            if self.exact or found.bound - bound < small * abs(bound):
                break
            bound = found.bound

    def _join(self, rows: Array) -> None:
        self._held[rows] = True
        self._rows = np.concatenate([self._rows, rows])
        part = self._program.matrix[rows]
        self._highs.addRows(
            len(rows),
            np.full(len(rows), -np.inf),
            self._program.row_upper[rows],
            part.nnz,
            part.indptr[:-1].astype(np.int32),
            part.indices.astype(np.int32),
            part.data,
        )

    def fix(self, columns: Array) -> None:
        """Hold columns at 1 from now on."""
        ones = np.ones(len(columns))
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), ones, ones)

    def forget(self) -> None:
        """Start the next round without a basis: after large changes presolve gains more."""
        self._highs.clearSolver()

    def relaxation(self) -> Relaxation:
        """What the last round says about the whole program; not after columns were fixed."""
        program = self._program
        dual = np.zeros(program.num_rows)
        dual[self._dual_rows] = self._dual
        # Any duals prove their bound, so solver tolerances cannot harm it.
        slow = self.slow and not self.exact
        return Relaxation(program.least(dual), self.values, program.reduced(dual), dual, slow)


def _first_rows(program: Program) -> Array:
    """Rows that ask for something, and rows that something pays for; bool of (num_rows,)."""
    priced = np.zeros(program.num_columns)
    priced[program.num_pairs :] = program.cost[program.num_pairs :] > 0
    asking = program.row_upper < -EPS
    paid: Array = abs(program.matrix) @ priced > 0
    return asking | paid
