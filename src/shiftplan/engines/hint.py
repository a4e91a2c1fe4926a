"""A solution made of works that come one by one, or that somebody proposes.

`Program` -> `Partial`, which works are added to: auxiliary columns that ease the rows which a work
breaks are raised, cheapest first, until all rows hold again. A work that breaks a row which nothing
eases is refused.

Proposed works that hold together are taken as they are. Of those that do not, one after the other
is taken unless it breaks rows together with those before; whoever is refused is asked again at the
end, for the company that a rule asks for may have come by then. Either is completed greedily.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import Follow, settle, settled
from shiftplan.engines.params import SearchParams
from shiftplan.engines.task import EPS, Array
from shiftplan.model import Program


def start_from(
    program: Program,
    works: Array,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    *,
    strict: bool = False,
    late: Callable[[], bool] = lambda: False,
) -> Array | None:
    """Values of all columns of a roster that has the works, or as many of them as hold.

    Float of shape (num_columns,). Where the works hold together it costs no more than they do, the
    other columns as cheap as they can be. None when no work is left, or when hard rows stay broken
    whatever is added. `works` are pairs, int, each once. Once `stopped`, nothing more is added;
    if `strict`, costs count level by level, dearest first, instead of by the total. When it is
    `late` the rest is added in a few rounds, less well chosen.
    """
    if len(works) == 0:
        return None
    proposed = np.zeros(program.num_columns)
    proposed[works] = 1.0
    whole = settled(program, proposed)
    kept = works if whole is not None else _holding(program, works)
    values = greedy(program, params, stopped, kept, late) if len(kept) else None
    if values is None:
        return whole
    if whole is not None and np.count_nonzero(values[: program.num_pairs] > 0.5) == len(works):
        return whole  # nothing was added
    values = settle(program, values)
    if whole is not None and program.rank(whole, strict=strict) <= program.rank(
        values, strict=strict
    ):
        return whole
    return values


def compatible(program: Program, works: Array) -> Array:
    """The works without the last of each row that they break, until they hold together.

    All works are looked at together, which takes a moment where trying them one by one takes long,
    but one may be left out that could stay. Where rows are broken by works that are missing, all of
    them are given back.
    """
    program = program.core()
    follow, matrix, pairs = Follow(program), program.matrix, program.num_pairs
    kept = works
    while len(kept):
        values = np.zeros(program.num_columns)
        values[kept] = 1.0
        values[pairs:] = follow.fill(matrix @ values)
        broken = np.flatnonzero(matrix @ values > program.row_upper + EPS)
        if not len(broken):
            return kept
        rank = np.full(program.num_columns, -1)
        rank[kept] = np.arange(len(kept))
        part = matrix[broken]
        last = np.full(len(broken), -1)
        at = np.repeat(np.arange(len(broken)), np.diff(part.indptr))
        np.maximum.at(last, at, np.where(part.data > 0, rank[part.indices], -1))
        if np.any(last < 0):
            break
        kept = np.delete(kept, np.unique(last))
    return works


def _holding(program: Program, works: Array) -> Array:
    """As many of the works as hold together, tried until only those are left that break rows."""
    state = Partial(program)
    waiting, before, added = works.tolist(), len(works) + 1, list[int]()
    while len(waiting) < before:
        before, refused = len(waiting), []
        for pair in waiting:
            if state.add(pair):
                state.accept(pair)
                added.append(pair)
            else:
                refused.append(pair)
        waiting = refused
    return np.array(added, dtype=int)


class Partial:
    """Values of all columns, kept so that the rows hold."""

    def __init__(self, program: Program) -> None:
        program = program.core()
        by_column = program.matrix.tocsc()
        self.cost: list[float] = program.cost.tolist()
        self.upper: list[float] = program.upper.tolist()
        self.value = [0.0] * program.num_columns
        self.activity = [0.0] * program.num_rows
        self.bound: list[float] = program.row_upper.tolist()
        self._first: list[int] = by_column.indptr.tolist()
        # As lists, all entries of a city would take ten times the memory; few columns are moved.
        self._rows, self._coefficients = by_column.indices, by_column.data
        self.easing: list[list[tuple[int, float]]] = [[] for _ in self.bound]
        """Row -> (column, -coefficient) of the auxiliary columns that ease it, cheapest first."""
        ease = Follow(program)
        columns = (program.num_pairs + ease.column).tolist()
        for row, column, size in zip(ease.row.tolist(), columns, ease.size.tolist(), strict=True):
            self.easing[row].append((column, size))
        self.log: list[tuple[int, float]] = []
        self.debt: dict[int, float] = {}
        """Hard rows that are broken from the start -> bound they have to reach."""
        for row in np.flatnonzero(program.row_upper < -EPS).tolist():
            self.log.clear()
            if not self.ease([row]):
                self.undo()
                self.debt[row] = self.bound[row]
                self.bound[row] = self.activity[row]

    def entries(self, column: int) -> Iterator[tuple[int, float]]:
        first, last = self._first[column], self._first[column + 1]
        sizes = self._coefficients[first:last].tolist()
        return zip(self._rows[first:last].tolist(), sizes, strict=True)

    def move(self, column: int, step: float, broken: list[int]) -> None:
        """Change a column and note the rows that no longer hold."""
        self.log.append((column, step))
        self.value[column] += step
        activity, bound = self.activity, self.bound
        for row, coefficient in self.entries(column):
            activity[row] += coefficient * step
            if activity[row] > bound[row] + EPS:
                broken.append(row)

    def undo(self, kept: int = 0) -> None:
        """Take back every move since the log was cleared, but the first `kept`."""
        while len(self.log) > kept:
            column, step = self.log.pop()
            self.value[column] -= step
            for row, coefficient in self.entries(column):
                self.activity[row] -= coefficient * step

    def ease(self, broken: list[int]) -> bool:
        """Raise auxiliary columns until the broken rows hold; False when one cannot be eased.

        A column that breaks rows in turn which cannot be eased stays as it was, and the next in
        price is tried: one that says that somebody works on a date does not rise by itself.
        """
        if not all(self.easing[row] for row in broken):
            return False
        for row in broken:
            for column, size in self.easing[row]:
                excess = self.activity[row] - self.bound[row]
                if excess <= EPS:
                    break
                room = self.upper[column] - self.value[column]
                if room > 0:
                    before, next_broken = len(self.log), list[int]()
                    self.move(column, min(room, float(-(-excess // size))), next_broken)
                    if next_broken and not self.ease(next_broken):
                        self.undo(before)
            if self.activity[row] > self.bound[row] + EPS:
                return False
        return True

    def settle(self, column: int) -> None:
        """Let priced columns fall in the rows that a column eased, where all rows allow it."""
        none: list[int] = []
        for row, coefficient in self.entries(column):
            if coefficient > 0 or not self.easing[row]:
                continue
            for other, size in reversed(self.easing[row]):
                if self.cost[other] <= 0:
                    break
                slack = self.bound[row] - self.activity[row]
                step = min(self.value[other], (slack + EPS) // size)
                if step > 0 and all(
                    self.activity[r] - a * step <= self.bound[r] + EPS
                    for r, a in self.entries(other)
                ):
                    self.move(other, -step, none)

    def add(self, column: int) -> bool:
        """Add a work; False, and nothing changed, when rows forbid it."""
        self.log.clear()
        broken: list[int] = []
        self.move(column, 1.0, broken)
        if self.ease(broken):
            self.settle(column)
            return True
        self.undo()
        return False

    def accept(self, column: int) -> None:
        """Tighten the rows whose debt the last work paid."""
        self.log.clear()
        for row, _ in self.entries(column):
            if row in self.debt:
                self.bound[row] = max(self.activity[row], self.debt[row])
                if self.bound[row] <= self.debt[row] + EPS:
                    del self.debt[row]
