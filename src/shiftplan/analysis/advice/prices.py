"""What the linear relaxation pays for work: duals, and what a person's best week is worth.

`Problem` -> `StepPrices` -> `PricedProgram`s of problems that differ a little, with bounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import replace

import highspy
import numpy as np

from shiftplan.case.arrays import Array, Arrays
from shiftplan.engines.highs import load
from shiftplan.engines.params import SearchParams
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.task import Deadline, Relaxation
from shiftplan.model import Model, Program
from shiftplan.problem import Problem
from shiftplan.solving.building import build

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
        # Where all seats of a row are empty, its price may stand on the row or on the bounds of its
        # columns: both are right, but only the first tells what one more person is worth. With
        # room to spare the bounds are out of the question.
        upper = self._program.upper.copy()
        upper[self._program.num_pairs :] *= 1 + _ROOM
        relaxed = LazyRelaxation(replace(self._program, upper=upper), params, seed=seed)
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
        arrays, saved = self._model.arrays, 0.0
        for tag in self._model.tags:
            if tag.rule is not None and tag.rule.rule == "capacity":
                here = arrays.center[tag.where] == arrays.center_index[center_id]
                saved -= self._duals[tag.first : tag.first + len(here)][here].sum()
        return float(saved)

    def read(self, problem: Problem, changed: Collection[str]) -> PricedProgram:
        """The program of a problem in which some people differ or are new, with these duals."""
        model = build(problem)
        program = model.program()
        ours = _row_keys(self._model, self._program, self._numbers, changed)
        theirs = _row_keys(model, program, self._numbers, changed)
        row = _matched(ours, theirs)
        duals = np.where(row >= 0, np.append(self._duals, 0.0)[row], 0.0)
        return PricedProgram(problem, model, program, duals)


class PricedProgram:
    """A program with duals on its rows."""

    def __init__(self, problem: Problem, model: Model, program: Program, duals: Array) -> None:
        self._problem, self._program, self._duals = problem, program, duals
        self._column_owner, self._row_owner = column_owner, row_owner = _owners(model, program)
        self._pair_volunteer, self.pair_shift = model.pairs.volunteer, model.pairs.shift
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


def _groups(owner: Array, size: int) -> list[Array]:
    """What each owner owns, in rising order."""
    order = np.argsort(owner, kind="stable")
    edges = np.searchsorted(owner[order], np.arange(size + 1))
    return [order[edges[i] : edges[i + 1]] for i in range(size)]


_SHARED, _UNKNOWN = -1, -2
"""Owner of what concerns more than one person, or nobody; and where it is not known yet."""
_NONE = np.iinfo(np.int64).max
_ROUNDS = 3
"""Auxiliary columns that follow from auxiliary columns that follow from works: so deep."""


def _owners(model: Model, program: Program) -> tuple[Array, Array]:
    """Volunteer index of each column and of each row, `_SHARED` where there is not just one.

    A row belongs to a person when all its columns do; a column that follows from works belongs to
    the only person whose rows it stands in.
    """
    matrix = program.matrix.tocoo()
    rows, columns = matrix.row, matrix.col
    column_owner = np.full(program.num_columns, _UNKNOWN)
    column_owner[: program.num_pairs] = model.pairs.volunteer
    for _ in range(_ROUNDS):
        row_owner = _common(rows, column_owner[columns], program.num_rows)
        found = _common(columns, row_owner[rows], program.num_columns)
        column_owner = np.where(column_owner == _UNKNOWN, found, column_owner)
    column_owner[column_owner == _UNKNOWN] = _SHARED
    row_owner = _common(rows, column_owner[columns], program.num_rows)
    return column_owner, np.where(row_owner == _UNKNOWN, _SHARED, row_owner)


def _common(key: Array, owner: Array, size: int) -> Array:
    """The one owner of all entries of a key; unknown when none is known.

    Entries that nobody owns yet do not count; a shared one makes the key shared.
    """
    known = owner != _UNKNOWN
    low, high = np.full(size, _NONE), np.full(size, _UNKNOWN)
    np.minimum.at(low, key[known], owner[known])
    np.maximum.at(high, key[known], owner[known])
    return np.where(high == _UNKNOWN, _UNKNOWN, np.where(low == high, low, _SHARED))


def _row_keys(
    model: Model, program: Program, numbers: dict[str, int], ignored: Collection[str]
) -> Array:
    """A number for each row that tells it from others by rule, people, shifts and factors.

    Rows of two problems with the same shifts and rules, and the same key, say the same about
    everybody but the people ignored and those without a number. Bounds do not count. `numbers`:
    volunteer id -> number of the person in both.
    """
    arrays = model.arrays
    rng = np.random.default_rng(0)
    whole = np.iinfo(np.int64)
    days = rng.integers(whole.min, whole.max, arrays.num_days)
    shifts = rng.integers(whole.min, whole.max, arrays.num_shifts)
    people = rng.integers(whole.min, whole.max, len(numbers))
    same = {who: number for who, number in numbers.items() if who not in ignored}
    places = [same.get(v.volunteer_id, len(people)) for v in arrays.week.volunteers]
    of_person = np.append(people, 0)[np.array(places, dtype=np.int64)]
    matrix = program.matrix.copy()
    matrix.data = np.round(matrix.data * 1e6).astype(np.int64)
    columns = np.zeros(program.num_columns, dtype=np.int64)
    columns[: program.num_pairs] = of_person[model.pairs.volunteer] * shifts[model.pairs.shift]
    around = matrix.T @ (matrix @ columns)
    columns[program.num_pairs :] = around[program.num_pairs :]
    keys = np.asarray(matrix @ columns)
    for tag in model.tags:
        run = slice(tag.first, tag.first + len(tag.who))
        number = next((i for i, r in enumerate(model.rules) if r is tag.rule), -1)
        keys[run] = keys[run] * 5 + (number + 2) * 0x9E3779B97F4A7
        keys[run] += np.where(tag.who >= 0, np.append(of_person, 0)[tag.who], 0) * 7
        place = {"shift": shifts, "day": days}.get(tag.place)
        if place is not None:
            keys[run] += np.where(tag.where >= 0, place[tag.where], 0) * 11
    return keys


def _matched(keys: Array, others: Array) -> Array:
    """For each of the other rows the row with the same key, in their order; -1 for none."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.searchsorted(ordered, others, side="left")
    count = np.searchsorted(ordered, others, side="right") - first
    turn = np.argsort(others, kind="stable")
    number = np.empty(len(others), dtype=np.int64)
    number[turn] = np.arange(len(others)) - np.searchsorted(others[turn], others[turn])
    found = np.append(order, -1)[np.where(number < count, first + number, len(order))]
    return np.asarray(found)
