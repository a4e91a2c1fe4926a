"""Which schedule each person of a part works: a linear or whole choice among those known.

Rows that couple people and schedules of persons -> `Master` -> prices of the rows, or the best
choice. One column is one schedule; each person works exactly one.
"""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.personal.blocks import COUPLING, Blocks
from shiftplan.engines.task import Array
from shiftplan.model import Program

_DUAL, _PRIMAL = 1, 4
"""Simplex methods by their numbers in HiGHS."""
_CLOSE = 0.01
"""Difference between the cost a solver claims and that of its values which is rounding."""


class Coupling:
    """Rows that couple people, in local numbers."""

    def __init__(self, blocks: Blocks) -> None:
        program, pairs = blocks.program, blocks.program.num_pairs
        self.rows = np.flatnonzero(blocks.row_owner == COUPLING)
        owned = blocks.column_owner[pairs:] == COUPLING
        self.columns = pairs + np.flatnonzero(owned)
        matrix = program.matrix[self.rows]
        self.pairs = sparse.csc_array(matrix[:, :pairs])
        """Entries of the pairs, CSC of shape (rows, num_pairs)."""
        self.by_pair = sparse.csr_array(self.pairs.T)
        self.others = sparse.csr_array(matrix[:, self.columns])
        """Entries of the columns that ease them, CSR of shape (rows, len(columns))."""
        self.bound = program.row_upper[self.rows]
        self.cost, self.upper = program.cost[self.columns], program.upper[self.columns]
        self.hard = blocks.hard[self.rows]
        self.penalty = 20.0 * max(1.0, float(np.abs(program.cost).max(initial=0.0)))
        """Price of a unit of a hard row that is broken on the way to a first roster."""


class Master:
    """The choice of schedules for `people` persons; the rest of the roster is fixed."""

    def __init__(self, coupling: Coupling, rows: Array, fixed: Array, people: int, seed: int):
        """`rows`: local rows; `fixed`: activity of all of them from pairs that are not chosen."""
        self._rows, self.people = rows, people
        others = sparse.csr_array(coupling.others[rows])
        self.used = np.unique(others.indices)
        """Columns that ease the rows, by their numbers in the coupling."""
        hard = np.flatnonzero(coupling.hard[rows])
        broken = sparse.csr_array(
            (-np.ones(len(hard)), (hard, np.arange(len(hard)))), shape=(len(rows), len(hard))
        )
        matrix = sparse.csr_array(sparse.hstack([others[:, self.used], broken]))
        bound = coupling.bound[rows] - fixed[rows]
        cost = np.concatenate([coupling.cost[self.used], np.full(len(hard), coupling.penalty)])
        upper = np.concatenate([coupling.upper[self.used], np.full(len(hard), np.inf)])
        self._own = Program.part(matrix, bound, upper, cost=cost, num_pairs=0)
        self._highs = load(self._own, whole=False, seed=seed)
        one = np.ones(people)
        self._highs.addRows(
            people, one, one, 0, np.zeros(people, np.int32), np.zeros(0, np.int32), np.zeros(0)
        )
        self._place = np.full(len(coupling.rows), -1)
        self._place[rows] = np.arange(len(rows))
        self._coupling = coupling
        self.person: list[int] = []
        """Person of each schedule."""
        self.schedules: list[Array] = []
        """Pairs of each schedule."""
        self.costs: list[float] = []
        """Cost of each schedule, without what couples it to others."""
        self._known: dict[tuple[int, bytes], int] = {}
        self.value = np.inf
        self.relaxed = False
        """Whether it was solved without integrality, with the schedules that are allowed now."""

    def add(self, person: int, pairs: Array, cost: float) -> int:
        """Column of a schedule of a person (0 to people - 1), which is added unless it is known."""
        key = (person, pairs.tobytes())
        if key in self._known:
            return self._known[key]
        self._known[key] = len(self.schedules)
        entries = self._coupling.pairs[:, pairs]
        added = np.bincount(
            self._place[entries.indices], weights=entries.data, minlength=len(self._rows)
        )
        row = np.flatnonzero(added)
        index = np.append(row, len(self._rows) + person).astype(np.int32)
        self._highs.addCol(cost, 0.0, 1.0, len(index), index, np.append(added[row], 1.0))
        self.person.append(person)
        self.schedules.append(pairs)
        self.costs.append(cost)
        return len(self.schedules) - 1

    def relax(self, seconds: float) -> bool:
        """Solve the choice without integrality; False when time ran out."""
        highs = self._highs
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        # New schedules leave the last basis feasible: the primal simplex method goes on from it.
        highs.setOptionValue("simplex_strategy", _PRIMAL if self.relaxed else _DUAL)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return False
        self.relaxed = True
        solution = highs.getSolution()
        dual = np.array(solution.row_dual)
        self.dual = np.minimum(dual[: len(self._rows)], 0.0)
        self.share = dual[len(self._rows) :]
        """Price of each person's share."""
        self.use = np.array(solution.col_value)[len(self._own.cost) :]
        """How much of each schedule is worked."""
        self.value = highs.getInfo().objective_function_value
        return True

    def allow(self, allowed: Array) -> None:
        """Choose among some schedules only from now on, bool of shape (schedules,)."""
        count = len(allowed)
        columns = np.arange(count, dtype=np.int32) + len(self._own.cost)
        self._highs.changeColsBounds(count, columns, np.zeros(count), allowed.astype(float))
        self.relaxed = False

    def whole(self) -> list[int] | None:
        """The schedule of each person, if the relaxed choice is whole."""
        return self._choice(self.use > 1 - 1e-5)

    def _choice(self, used: Array) -> list[int] | None:
        chosen = np.full(self.people, -1)
        for column in np.flatnonzero(used).tolist():
            chosen[self.person[column]] = column
        return None if np.any(chosen < 0) else chosen.tolist()

    def row_prices(self, dual: Array) -> Array:
        """Prices of all coupling rows, 0 for those that are not the master's, none negative."""
        prices = np.zeros(len(self._coupling.rows))
        prices[self._rows] = -dual
        return prices

    def prices(self, dual: Array) -> Array:
        """What a work adds at given prices of the master's rows, float of shape (num_pairs,)."""
        added: Array = self._coupling.by_pair @ self.row_prices(dual)
        return added

    def bound(self, dual: Array, least: float) -> float:
        """A valid lower bound from any prices; `least` is the sum of all cheapest schedules."""
        # The columns without end stand for broken rows, which no roster has.
        return self._own.least(dual, np.isfinite(self._own.upper)) + least

    def choose(
        self, dropped: Array, seconds: float, nodes: int, gap: float
    ) -> tuple[list[int] | None, float]:
        """The best whole choice, one schedule for each person, and a lower bound of all choices.

        `dropped`: schedules to leave out. A choice within `gap` of the best ends the search. The
        choice is None when none was found.
        """
        highs, before = self._highs, len(self._own.cost)
        count = len(self.schedules)
        columns = np.arange(before, before + count, dtype=np.int32)
        kind = np.full(count, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        highs.changeColsIntegrality(count, columns, kind)
        none = np.zeros(len(dropped))
        highs.changeColsBounds(len(dropped), columns[dropped], none, none)
        highs.setOptionValue("mip_max_nodes", nodes)
        highs.setOptionValue("mip_abs_gap", gap)
        if seconds < np.inf:
            highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        # No known choice is handed over: HiGHS has been seen to lose the optimum beside one.
        highs.run()
        if not has_solution(highs):
            return None, -np.inf
        bound = float(highs.getInfo().mip_dual_bound)
        values = np.array(highs.getSolution().col_value)
        claimed = highs.getInfo().objective_function_value
        cost = float(np.concatenate([self._own.cost, self.costs]) @ values)
        chosen = self._choice(values[before:] > 0.5)
        if chosen is None or abs(cost - claimed) > _CLOSE:
            return None, -np.inf
        return chosen, bound
