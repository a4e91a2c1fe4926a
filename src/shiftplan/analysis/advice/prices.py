"""What the linear relaxation pays for work: duals, and what a person's best week is worth.

`Problem` -> `StepPrices` -> `PricedProgram`s of problems that differ a little, with bounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import highspy
import numpy as np

from shiftplan.analysis.advice.shares import matched, owners, row_keys
from shiftplan.case.arrays import Arrays
from shiftplan.engines.highs import load
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.task import Deadline, Relaxation
from shiftplan.model import Program
from shiftplan.options import SearchParams
from shiftplan.problem import Problem
from shiftplan.solving.building import build

Array = np.ndarray[Any, Any]
_ROOM = 1e-3
"""Share by which columns that follow from works may exceed their bounds while prices are found."""


class StepPrices:
    """Duals of a problem's relaxation. They bound every problem that differs a little, too.

    Any duals prove a bound (`Program.least`). So the duals of this problem, put on the rows of
    another one that say the same, give a proven bound of the other one's cost.
    """

    def __init__(
        self,
        problem: Problem,
        params: SearchParams,
        *,
        seconds: float,
        seed: int,
        stopped: Callable[[], bool],
    ) -> None:
        self.problem = problem
        self._model = build(problem)
        self._program = self._model.program()
        self._numbers = {v.volunteer_id: i for i, v in enumerate(problem.volunteers)}
        relaxed = LazyRelaxation(_loosened(self._program), params, seed=seed)
        last: Relaxation | None = None
        step = params.relaxation.advice_step
        for round_ in relaxed.rounds(Deadline(seconds), stopped, step):
            last = round_
        self._duals = np.zeros(self._program.num_rows) if last is None else last.duals
        self.known = last is not None
        """Whether there was time for a first round at least."""
        self.bound = self._program.least(self._duals) if self.known else -math.inf
        """A proven lower bound on the cost of every roster of the problem."""

    def room(self, center_id: str) -> float:
        """What room for one more person at a center would save at most, by the prices alone."""
        arrays = self._model.arrays
        saved = 0.0
        for tag in self._model.tags:
            if tag.rule is None or tag.rule.rule != "capacity":
                continue
            here = arrays.center[tag.where] == arrays.center_index[center_id]
            saved -= self._duals[tag.first : tag.first + len(here)][here].sum()
        return float(saved)

    def read(self, problem: Problem, changed: Collection[str]) -> PricedProgram:
        """The program of a problem in which some people differ or are new, with these duals."""
        model = build(problem)
        program = model.program()
        ours = row_keys(self._model, self._program, self._numbers, changed)
        theirs = row_keys(model, program, self._numbers, changed)
        row = matched(ours, theirs)
        duals = np.where(row >= 0, np.append(self._duals, 0.0)[row], 0.0)
        column_owner, row_owner = owners(model, program)
        return PricedProgram(problem, program, duals, column_owner, row_owner, model.pairs.shift)


class PricedProgram:
    """A program with duals on its rows."""

    def __init__(
        self,
        problem: Problem,
        program: Program,
        duals: Array,
        column_owner: Array,
        row_owner: Array,
        pair_shift: Array,
    ) -> None:
        self._problem, self._program, self._duals = problem, program, duals
        self._column_owner, self._row_owner = column_owner, row_owner
        self._pair_volunteer, self.pair_shift = column_owner[: program.num_pairs], pair_shift
        between = np.where(row_owner < 0, duals, 0.0)
        self.reduced = program.reduced(between)
        """What each column costs less what it is worth to others, float of (num_columns,)."""
        self._columns = _groups(column_owner, len(problem.volunteers))
        self._rows = _groups(row_owner, len(problem.volunteers))
        self._number = {v.volunteer_id: i for i, v in enumerate(problem.volunteers)}

    def week(self, volunteer_id: str) -> tuple[float, tuple[str, ...]]:
        """The cheapest week of a person at these prices: its cost, and its shifts' ids.

        All rules that concern the person alone hold; what others gain or lose is in the prices.
        Minus infinity when no cheapest week was found.
        """
        index = self._number[volunteer_id]
        columns, rows = self._columns[index], self._rows[index]
        if len(columns) == 0:
            return 0.0, ()
        program = self._program
        part = Program.part(
            program.matrix[rows][:, columns],
            program.row_upper[rows],
            program.upper[columns],
            cost=self.reduced[columns],
        )
        highs = load(part, whole=True, seed=0)
        highs.setOptionValue("mip_abs_gap", 1e-6)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return -math.inf, ()
        values = np.array(highs.getSolution().col_value)
        worked = columns[(values > 0.5) & (columns < self._program.num_pairs)]
        shifts = tuple(self._problem.shifts[i].shift_id for i in self.pair_shift[worked])
        return float(highs.getInfo().mip_dual_bound), shifts

    def hopes(self) -> Array:
        """What the weeks of all people might save by their works alone, float (num_volunteers,).

        The dearest work at each time, as many as a person's most shifts; a quick guess.
        """
        arrays = Arrays(self._problem)
        worth = np.zeros((arrays.num_volunteers, len(arrays.span_times)))
        at = (self._pair_volunteer, arrays.span[self.pair_shift])
        np.maximum.at(worth, at, -self.reduced[: self._program.num_pairs])
        worth = -np.sort(-worth, axis=1)
        counted = np.arange(worth.shape[1]) < arrays.max_shifts[:, None]
        return np.asarray((worth * counted).sum(axis=1))

    def works(self, volunteer_id: str) -> list[tuple[float, str]]:
        """What each work of a person costs at these prices, and its shift's id, cheapest first."""
        pairs = np.flatnonzero(self._pair_volunteer == self._number[volunteer_id])
        ids = [self._problem.shifts[i].shift_id for i in self.pair_shift[pairs]]
        return sorted(zip(self.reduced[pairs].tolist(), ids, strict=True))

    def bound(self, volunteer_id: str | None) -> float:
        """A proven lower bound on the cost of every roster of the problem.

        With a person it takes the person's best week as a whole, which makes it tighter.
        """
        program, duals = self._program, self._duals
        if volunteer_id is None:
            return program.least(duals)
        own = self._number[volunteer_id]
        between = np.where(self._row_owner == own, 0.0, duals)
        return program.least(between, self._column_owner != own) + self.week(volunteer_id)[0]


def _loosened(program: Program) -> Program:
    """The program with a little more room in columns that follow from works.

    Where all seats of a row are empty, its price may stand on the row or on the bounds of its
    columns: both are right, but only the first tells what one more person is worth. With room to
    spare the bounds are out of the question.
    """
    upper = program.upper.copy()
    upper[program.num_pairs :] *= 1 + _ROOM
    return replace(program, upper=upper)


def _groups(owner: Array, size: int) -> list[Array]:
    """What each owner owns, in rising order."""
    order = np.argsort(owner, kind="stable")
    edges = np.searchsorted(owner[order], np.arange(size + 1))
    return [order[edges[i] : edges[i + 1]] for i in range(size)]
