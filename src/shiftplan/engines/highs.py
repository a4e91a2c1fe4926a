"""HiGHS on a `Program`, and the other columns of given works, computed instead of searched for.

`Program` -> `highspy.Highs` -> values as arrays; `Program` and what its works add up to in each row
-> values of the columns that follow from them. A row that is broken is eased by the columns that
stand in it with a minus, cheapest first; what they break in turn is eased the same way. Rows are
taken all at once, so that it takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.task import EPS, Array
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.model import Program, tied

_RELAXED_SHARE = 0.25
"""Share of the time after which the relaxation of a small program is given up: branch and cut needs
the rest."""


class _Silent(highspy.Highs):
    """HiGHS that does not even print its banner, which comes with the first method called."""

    def enableCallbacks(self) -> None:  # noqa: N802 - its name in highspy
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]  # highspy has no types


def load(program: Program, *, whole: bool | Array, seed: int, lower: Array | None = None) -> Any:
    """A silent single-threaded HiGHS that holds the program.

    `whole`: whether columns must be whole, all of them or each, bool of shape (num_columns,).
    """
    highs: Any = _Silent()  # type: ignore[no-untyped-call]  # as above
    # Threads are a setting of the whole process in HiGHS; one each keeps runs independent.
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", seed % 2**31)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.999)  # costs are whole numbers
    matrix = program.matrix
    kinds = [int(highspy.HighsVarType.kContinuous), int(highspy.HighsVarType.kInteger)]
    status = highs.passModel(
        program.num_columns,
        program.num_rows,
        matrix.nnz,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        program.offset,
        program.cost,
        np.zeros(program.num_columns) if lower is None else lower,
        program.upper,
        np.full(program.num_rows, -np.inf),
        program.row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.array(kinds, dtype=np.int32)[np.broadcast_to(whole, program.num_columns).astype(int)],
    )
    if status == highspy.HighsStatus.kError:
        raise ModelError(Message("model.refused_by_highs"))
    return highs


def part_of(program: Program, rows: Array, columns: Array, used: Array | float = 0.0) -> Program:
    """The program of some columns, pairs first, in rows that others have `used` so much of."""
    return Program.part(
        program.matrix[rows][:, columns],
        program.row_upper[rows] - used,
        program.upper[columns],
        cost=program.cost[columns],
        num_pairs=int(np.count_nonzero(columns < program.num_pairs)),
        implied=None if program.implied is None else program.implied[rows],
    )


def relaxed(
    program: Program, seed: int, seconds: float, stopped: Callable[[], bool] | None = None
) -> tuple[Array, Array] | None:
    """Values of the relaxation of a small program, and duals of its rows.

    None where it has no optimum, is stopped, or would take more than a part of the `seconds` that
    there are for the program.
    """
    highs = load(program, whole=False, seed=seed)
    highs.setOptionValue("presolve", "off")  # it takes as long as what it saves, or twice that
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", _RELAXED_SHARE * seconds)
    if stopped is not None:
        highs.cbSimplexInterrupt += lambda event: event.interrupt(stopped())
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    solution = highs.getSolution()
    return np.array(solution.col_value), np.minimum(np.array(solution.row_dual), 0.0)


def has_solution(highs: Any) -> bool:
    """Whether the last run left a feasible solution; a failed run leaves zeros instead."""
    feasible = highspy.SolutionStatus.kSolutionStatusFeasible
    return bool(highs.getInfo().primal_solution_status == int(feasible))


def whole_values(highs: Any) -> Array:
    """Values of the last run's columns, rounded."""
    return np.round(np.array(highs.getSolution().col_value))


def begin_at(highs: Any, values: Array) -> None:
    """Hand over a known solution, float of shape (num_columns,)."""
    solution = highspy.HighsSolution()
    solution.col_value = values
    highs.setSolution(solution)


def costs_what_it_claims(highs: Any, program: Program) -> bool:
    """Whether the last run's values cost its objective; see `costs`."""
    return costs(program, whole_values(highs), highs.getInfo().objective_function_value)


def costs(program: Program, values: Array, claimed: float) -> bool:
    """Whether values, float of shape (num_columns,), cost what HiGHS claims.

    With a start, HiGHS 1.16 may lose a part of the objective in presolve and then call the start
    optimal at a cost it does not have. The bounds of such a run are as wrong.
    """
    return abs(program.total(values) - claimed) < 0.5


def settle(program: Program, values: Array) -> Array:
    """The same works with the other columns as cheap as the rows allow.

    Heuristics may leave an auxiliary column higher than it must be; settled, the cost is the one
    that the checker finds.
    """
    found = settled(program, values)
    if found is None:
        raise ModelError(Message("model.breaks_rows"))
    return found


def settled(program: Program, values: Array) -> Array | None:
    """As `settle`; None when the works break rows whatever the other columns are.

    Once the works are given, the cheapest other columns are the same for every level and for any
    sum of levels. So levels are added without their rates: one with the rate 0 counts too.
    """
    program = program.core()
    if program.level_cost:
        every = np.sum(list(program.level_cost.values()), axis=0)
        program = program.with_cost(every, 0.0)
    found = np.zeros(program.num_columns)
    found[: program.num_pairs] = np.round(values[: program.num_pairs])
    works = program.matrix @ found
    follow = Follow(program)
    found[program.num_pairs :] = follow.fill(works)
    columns = program.num_pairs + np.flatnonzero(follow.unsure())
    if len(columns):
        rows = np.unique(program.matrix[:, columns].nonzero()[0])
        highs = load(part_of(program, rows, columns, works[rows]), whole=True, seed=0)
        highs.setOptionValue("mip_heuristic_effort", 0.0)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found[columns] = whole_values(highs)
    return found if np.all(program.matrix @ found <= program.row_upper + EPS) else None


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
        row, column, size = row[easing], others.indices[easing], -others.data[easing]
        order = np.lexsort((self.cost[column] / size, row))
        self.row, self.column, self.size = row[order], column[order], size[order]
        """Row, column and what a unit eases, of each entry that eases a row, cheapest first."""
        self.first = np.flatnonzero(np.diff(self.row, prepend=-1))
        """Where the entries of each row that is eased begin."""
        self._count = np.diff(np.append(self.first, len(self.row)))
        self._before = self._eased_before(self.upper)
        """What the cheaper ones of its row can ease."""
        self._by_column = np.argsort(self.column, kind="stable")
        column = self.column[self._by_column]
        self._start = np.flatnonzero(np.diff(column, prepend=-1))
        self._eased = column[self._start]

    def fill(self, works: Array) -> Array:
        """Values of the columns, float; `works`: what works add to each row, float (num_rows,).

        A row that nothing eases, or not enough, stays broken.
        """
        values = self._filled(works, self.upper, self._before)
        if np.any(works + self.others @ values > self.bound + EPS):
            most = self.most(works)
            if np.any(most < self.upper):
                values = self._filled(works, most, self._eased_before(most))
        return values

    def most(self, works: Array) -> Array:
        """The most that each column may be with these works, float; no rows allow more.

        A cheap column, such as one that says that somebody works on a date, eases nothing where the
        rows that define it keep it down.
        """
        most = self.upper
        entries = self.entries
        while len(entries.data):
            room = self.bound - works
            room = room + np.bincount(self.row, self.size * most[self.column], len(room))
            allowed = np.floor(np.maximum(room[entries.row], 0.0) / entries.data + EPS)
            lower = most.copy()
            np.minimum.at(lower, entries.col, allowed)
            if np.array_equal(lower, most):
                break
            most = lower
        return most

    def _filled(self, works: Array, most: Array, before: Array) -> Array:
        values = np.zeros(len(self.upper))
        if not len(self.row):
            return values
        while True:
            need = works + self.adding @ values - self.bound
            wanted = np.ceil((need[self.row] - before) / self.size - EPS)
            wanted = np.clip(wanted, 0.0, most[self.column])[self._by_column]
            raised = values.copy()
            raised[self._eased] = np.maximum.reduceat(wanted, self._start)
            raised = np.maximum(raised, values)
            if np.array_equal(raised, values):
                return values
            values = raised

    def _eased_before(self, most: Array) -> Array:
        """What the cheaper columns of its row can ease, for each entry, if they may be so much."""
        room = self.size * most[self.column]
        before = np.cumsum(room) - room
        less: Array = before - np.repeat(before[self.first], self._count)
        return less

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
    follow = Follow(program.core())
    return np.concatenate([np.zeros(program.num_pairs), follow.fill(np.zeros(len(follow.bound)))])
