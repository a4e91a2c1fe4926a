"""A first roster in a moment: works are added one by one, the most useful first.

`Program` -> values of all columns, or None when hard rows stay broken.

Adding a work breaks rows; auxiliary columns that ease them are raised, cheapest first, until all
rows hold again. A work that breaks a row which nothing eases is refused. What a work saves
(shortage columns that can fall) and costs decides its turn; a heap keeps the turns, and a turn
that got worse in the meantime is put back (lazy greedy).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from shiftplan.model import Program

Array = np.ndarray[Any, Any]
_HARD = 1e9
_EPS = 1e-6
_SURE = 0.7
"""Value in a guide from which a pair is added first."""


class _State:
    """Values of all columns, kept so that the rows hold."""

    def __init__(self, program: Program) -> None:
        by_column = program.matrix.tocsc()
        by_row = program.matrix
        self.cost: list[float] = program.cost.tolist()
        self.upper: list[float] = program.upper.tolist()
        self.value = [0.0] * program.num_columns
        self.activity = [0.0] * program.num_rows
        self.bound: list[float] = program.row_upper.tolist()
        self._first: list[int] = by_column.indptr.tolist()
        self._rows: list[int] = by_column.indices.tolist()
        self._coefficients: list[float] = by_column.data.tolist()
        self.easing = self._easing(program, by_row)
        """Row -> (column, -coefficient) of the auxiliary columns that ease it, cheapest first."""
        self.log: list[tuple[int, float]] = []
        self.debt: dict[int, float] = {}
        """Hard rows that are broken from the start -> bound they have to reach."""

    def _easing(self, program: Program, by_row: Any) -> list[list[tuple[int, float]]]:
        row = np.repeat(np.arange(program.num_rows), np.diff(by_row.indptr))
        kept = np.flatnonzero((by_row.indices >= program.num_pairs) & (by_row.data < 0))
        row, column, size = row[kept], by_row.indices[kept], -by_row.data[kept]
        order = np.lexsort((program.cost[column] / size, row))
        easing: list[list[tuple[int, float]]] = [[] for _ in range(program.num_rows)]
        for r, c, a in zip(
            row[order].tolist(), column[order].tolist(), size[order].tolist(), strict=True
        ):
            easing[r].append((c, a))
        return easing

    def entries(self, column: int) -> Iterator[tuple[int, float]]:
        """Row and coefficient of each entry of a column."""
        first, last = self._first[column], self._first[column + 1]
        return zip(self._rows[first:last], self._coefficients[first:last], strict=True)

    def move(self, column: int, step: float, broken: list[int]) -> None:
        """Change a column and note the rows that no longer hold."""
        self.log.append((column, step))
        self.value[column] += step
        activity, bound = self.activity, self.bound
        for row, coefficient in self.entries(column):
            activity[row] += coefficient * step
            if activity[row] > bound[row] + _EPS:
                broken.append(row)

    def undo(self) -> None:
        """Take back every move since the log was cleared."""
        for column, step in reversed(self.log):
            self.value[column] -= step
            for row, coefficient in self.entries(column):
                self.activity[row] -= coefficient * step
        self.log.clear()

    def ease(self, broken: list[int]) -> bool:
        """Raise auxiliary columns until the broken rows hold; False when one cannot be eased."""
        if not all(self.easing[row] for row in broken):
            return False
        while broken:
            row = broken.pop()
            for column, size in self.easing[row]:
                excess = self.activity[row] - self.bound[row]
                if excess <= _EPS:
                    break
                room = self.upper[column] - self.value[column]
                if room > 0:
                    self.move(column, min(room, float(-(-excess // size))), broken)
            if self.activity[row] > self.bound[row] + _EPS:
                return False
        return True

    def settle(self, column: int) -> None:
        """Let priced columns fall in the rows that a column eased."""
        none: list[int] = []
        for row, coefficient in self.entries(column):
            if coefficient > 0 or not self.easing[row]:
                continue
            for other, size in reversed(self.easing[row]):
                if self.cost[other] <= 0:
                    break
                slack = self.bound[row] - self.activity[row]
                step = min(self.value[other], (slack + _EPS) // size)
                if step > 0:
                    self.move(other, -step, none)

    def add(self, column: int) -> float | None:
        """Add a work; the change of cost, or None (and nothing changed) when rows forbid it."""
        self.log.clear()
        broken: list[int] = []
        before = self._owed(column)
        self.move(column, 1.0, broken)
        if not self.ease(broken):
            self.undo()
            return None
        self.settle(column)
        change = sum(self.cost[c] * step for c, step in self.log)
        return change + _HARD * (self._owed(column) - before)

    def _owed(self, column: int) -> float:
        """Activity of a column's rows that are broken from the start."""
        if not self.debt:
            return 0.0
        return sum(self.activity[row] for row, _ in self.entries(column) if row in self.debt)

    def accept(self, column: int) -> None:
        """Tighten the rows whose debt the last work paid."""
        self.log.clear()
        if not self.debt:
            return
        for row, _ in self.entries(column):
            if row in self.debt:
                self.bound[row] = max(self.activity[row], self.debt[row])
                if self.bound[row] <= self.debt[row] + _EPS:
                    del self.debt[row]


def greedy(
    program: Program,
    guide: Array | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Array | None:
    """Values of all columns of a quickly made roster; None when hard rows stay broken.

    A `guide`, such as the values of a relaxation, float of shape (num_columns,), has its surest
    pairs added first. Once `stopped`, it ends with the works added so far.
    """
    state = _State(program)
    for row in np.flatnonzero(program.row_upper < -_EPS).tolist():
        if not state.ease([row]):
            state.debt[row] = state.bound[row]
            state.bound[row] = state.activity[row]
    heap = _first_turns(program, state)
    if guide is not None:
        pairs = guide[: program.num_pairs]
        sure = np.flatnonzero(pairs >= _SURE)
        for column in sure[np.argsort(-pairs[sure], kind="stable")].tolist():
            if stopped():
                break
            change = state.add(column)
            if change is None:
                continue  # its turn may come once others are there
            if change < -_EPS:
                state.accept(column)
            else:
                state.undo()
    while heap and not stopped():
        turn, column = heapq.heappop(heap)
        if state.value[column] > 0:
            continue
        change = state.add(column)
        if change is None:
            continue
        if change >= -_EPS:
            state.undo()
        elif heap and change > heap[0][0] + _EPS and change > turn + _EPS:
            state.undo()
            heapq.heappush(heap, (change, column))
        else:
            state.accept(column)
    return None if state.debt else np.array(state.value)


def _first_turns(program: Program, state: _State) -> list[tuple[float, int]]:
    """Pairs with the most they can save at the start, as a heap."""
    raised = np.array(state.value) > 0
    dearest = np.zeros(program.num_rows)
    matrix = program.matrix
    row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
    kept = raised[matrix.indices] & (matrix.data < 0)
    np.maximum.at(dearest, row[kept], program.cost[matrix.indices[kept]])
    for debt in state.debt:
        dearest[debt] = _HARD
    eased = matrix.minimum(0).tocsc()[:, : program.num_pairs]
    turn = program.cost[: program.num_pairs] + eased.T @ dearest
    heap = [(t, i) for i, t in enumerate(turn.tolist()) if t < 0]
    heapq.heapify(heap)
    return heap
