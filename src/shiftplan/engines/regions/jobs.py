"""What a worker does for a region, or for the whole: prices raised, a roster made or improved.

Kind of job, pairs of a region, prices and roster so far -> `Job` with a `Task` for a worker. Any
duals prove a bound (`Program.least`): a `Window` holds those of most rows and chooses the others
anew, which is a small linear program; no step lowers the bound. A `Piece` of the roster is chosen
beside others, because no row concerns two of them: while it is out, its rows are locked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import sparse

from shiftplan.engines.dive import kernel
from shiftplan.engines.highs import part_of
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import Array, Deadline, Engine, Limits, Relaxation, Task
from shiftplan.model import Layout, Program

Kind = Literal["greedy", "dive", "window", "piece"]
"""A quick first roster, a good one, prices chosen anew, or the roster improved."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker does."""

    part: Window | Piece | None
    """A window of the prices, a piece of the roster, or None for the whole relaxation."""
    task: Task


class Jobs:
    """Makes jobs, each with its part of the time that is left."""

    def __init__(
        self, program: Program, layout: Layout, limits: Limits, deadline: Deadline, regions: int
    ) -> None:
        self._program, self._layout = program, layout
        self._limits, self._deadline = limits, deadline
        self._params = limits.params.regions
        self._share = limits.workers / regions
        """Part of a round's time that one region can have."""

    def whole(self) -> Job:
        """The relaxation of the whole program."""
        share = self._params.whole_share
        return Job(None, self._task("relaxation", self._program, self._layout, share))

    def window(self, pairs: Array, prices: Prices) -> Job:
        """The prices of a region chosen anew."""
        window = prices.window(pairs)
        share = self._params.window_share * self._share
        return Job(window, self._task("relaxation", window.program, self._layout, share))

    def piece(
        self, kind: Kind, pairs: Array, pieces: Pieces, values: Array, guide: Prices | None
    ) -> Job | None:
        """The roster of a region made or improved; None when others hold all of it.

        Where prices tell, a first roster is made of each person's likeliest pairs.
        """
        params = self._params
        if kind == "dive" and guide is not None:
            likely = np.zeros(len(pairs), dtype=bool)
            people = self._layout.volunteer[pairs]
            likely[kernel(people, guide.guide(pairs), params.choices)] = True
            pairs = pairs[likely | (values[pairs] > 0.5)]
        piece = pieces.cut(pairs, values)
        program, layout = piece.program, piece.layout
        if program.num_pairs == 0:
            pieces.give_back(piece)
            return None
        if kind == "greedy":
            share = params.greedy_share * self._share
            return Job(piece, self._task("greedy", program, layout, share))
        if kind == "dive":  # without neighborhoods: they wait until all regions have a roster
            share = params.dive_share * self._share
            task = self._task("neighborhoods", program, layout, share)
            return Job(piece, replace(task, start=values[piece.columns], work_limit=0))
        share, between = params.piece_share, (params.piece_seconds, params.piece_most_seconds)
        task = self._task("neighborhoods", program, layout, share * self._share, between)
        known = None if guide is None else guide.guide(piece.columns)
        return Job(piece, replace(task, start=values[piece.columns], guide=known))

    def _task(
        self,
        engine: Engine,
        program: Program,
        layout: Layout,
        share: float,
        between: tuple[float, float] = (0.0, np.inf),
    ) -> Task:
        limits, left = self._limits, self._deadline.left()
        seconds = min(left, max(between[0], min(left * share, between[1])))
        if limits.work_limit is not None:
            seconds = left
        seed, work, params = limits.seed, limits.work_limit, limits.params
        return Task(engine, program, layout, None, seed, seconds, work, params=params)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a roster, everything else fixed."""

    columns: Array
    """Its columns in the whole program: pairs first, int."""
    program: Program
    """The program of these columns."""
    layout: Layout
    """Whom, where and when each of its pairs concerns."""
    locks: Array
    """Bundles of rows that it may change, int."""


class Pieces:
    """Cuts pieces out of a roster."""

    def __init__(self, program: Program, layout: Layout) -> None:
        self._program, self._layout = program, layout
        self._restriction = Restriction(program)
        self._bundle = self._restriction.row_bundle
        matrix = program.matrix[:, : program.num_pairs]
        row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
        size = int(self._bundle.max(initial=0)) + 1
        touches = sparse.csr_array(
            (np.ones(matrix.nnz), (matrix.indices, self._bundle[row])),
            shape=(program.num_pairs, size),
        )
        touches.sum_duplicates()
        self._touches = touches
        """The bundles of rows that each pair is in, CSR (num_pairs, bundles)."""
        self._locked = np.zeros(size)

    def separable(self, most: float) -> bool:
        """Whether no bundle of rows has more than a share of all rows, and no row is too long."""
        largest = int(np.bincount(self._bundle).max(initial=0))
        return bool(np.all(self._restriction.tying)) and largest <= most * self._program.num_rows

    def cut(self, pairs: Array, values: Array) -> Piece:
        """The piece of those of the pairs that no other piece which is out could touch."""
        free = pairs[(self._touches[pairs] @ self._locked) == 0]
        columns = self._restriction.free_columns(free)
        part = self._restriction.program_of(columns, values, self._program.matrix @ values)
        locks = np.unique(self._touches[free].indices)
        self._locked[locks] = 1.0
        layout = self._layout
        near = Layout(_few(layout.volunteer[free]), _few(layout.center[free]), layout.day[free])
        return Piece(columns, part, near, locks)

    def give_back(self, piece: Piece) -> None:
        """Let others change the rows of a piece again."""
        self._locked[piece.locks] = 0.0


def _few(numbers: Array) -> Array:
    """The same numbers counted from 0 without gaps; engines keep figures for each."""
    return np.asarray(np.unique(numbers, return_inverse=True)[1]).reshape(-1)


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
        columns = np.unique(program.matrix[rows].indices)
        held = self.dual.copy()
        held[rows] = 0.0
        part = part_of(program.with_cost(program.reduced(held), 0.0), rows, columns)
        return Window(rows, columns, part)

    def take(self, relaxation: Relaxation, window: Window | None = None) -> bool:
        """Take what a relaxation of the whole, or of a window, says where that raises the bound.

        Duals go towards the new ones as far as that raises it.
        """
        every = slice(None)
        rows, columns = (every, every) if window is None else (window.rows, window.columns)
        before = self.dual[rows]
        for step in _STEPS:
            tried = self.dual.copy()
            tried[rows] = before + step * (np.minimum(relaxation.duals, 0.0) - before)
            bound = self._program.least(tried)
            if bound > self.bound:
                self.dual, self.bound = tried, bound
                self.values = self.values.copy()
                self.values[columns] = relaxation.values
                return True
        return False

    def guide(self, columns: Array) -> Relaxation:
        """What is known of some columns."""
        reduced = self._program.reduced(self.dual)
        return Relaxation(self.bound, self.values[columns], reduced[columns], np.zeros(0))
