"""Parts of a large program: its centers in regions, pieces of a roster, and prices of all rows.

`Layout` -> `Places` -> regions of equal size between which few people go. Cut again with another
number, most places at a border of the first regions lie inside one of the others.

Pairs of a region, and what is known so far -> a program of their own. Any duals prove a bound
(`Program.least`): a `Window` holds those of most rows and chooses the others anew, which is a small
linear program; no step lowers the bound. A `Piece` of the roster is chosen beside others, because
no row concerns two of them: while it is out, its rows are locked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.highs import part_of
from shiftplan.engines.params.engines import RegionParams
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import Array, Relaxation
from shiftplan.model import Layout, Program

_LITTLE = 1e-4
"""Use of a pair that nobody is known to need."""
_ROUNDS = 200
"""Steps of the power method; rough directions are good enough."""


class Places:
    """The centers of a program as points: those that share many people lie near each other."""

    def __init__(self, layout: Layout, params: RegionParams) -> None:
        self._directions, self._room = params.directions, params.room
        self._centers, self._place = np.unique(layout.center, return_inverse=True)
        self._pairs = np.bincount(self._place, minlength=len(self._centers))
        people = int(layout.volunteer.max(initial=0)) + 1
        shape = (people, len(self._centers))
        ones = np.ones(len(self._place))
        works = sparse.csr_array((ones, (layout.volunteer, self._place)), shape=shape)
        works.data[:] = 1.0
        shared: Any = sparse.csr_array(works.T @ works)
        shared.setdiag(0.0)
        shared.eliminate_zeros()
        self._shared = shared

    def regions(self, count: int, number: int) -> Array:
        """Region of each pair, int (num_pairs,): `count` regions of about as many pairs.

        `number` says which of many ways to cut; 0 is the one that keeps most together.
        """
        region = np.zeros(len(self._centers), dtype=int)
        rng = np.random.default_rng(number)
        self._split(region, np.arange(len(region)), 0, count, rng if number else None)
        return region[self._place]

    def _split(
        self, region: Array, members: Array, first: int, count: int, rng: np.random.Generator | None
    ) -> None:
        """Number the regions of some centers from `first` on, half of them after the other."""
        if count <= 1 or len(members) < 2:
            region[members] = first
            return
        points = self._points(members)
        way = np.eye(1, points.shape[1])[0]
        if rng is not None:
            way = rng.standard_normal(points.shape[1])
        along = points @ way
        order = np.argsort(along, kind="stable")
        left = count // 2
        share = left / count
        if rng is not None:
            # Halves of other sizes too, so that not all ways to cut meet in the middle.
            share = float(np.clip(share + rng.uniform(-0.25, 0.25) / count, 0.0, 1.0))
        cut = self._cut(members[order], share, self._room / count)
        self._split(region, members[order[:cut]], first, left, rng)
        self._split(region, members[order[cut:]], first + left, count - left, rng)

    def _cut(self, order: Array, share: float, room: float) -> int:
        """Where to cut a row of centers so that few people go across.

        The part before has a `share` of the pairs, give or take `room`.
        """
        before = np.cumsum(self._pairs[order])[:-1] / self._pairs[order].sum()
        shared = self._shared[order][:, order]
        inside = np.asarray(sparse.tril(shared).sum(axis=1)).ravel()
        across = np.cumsum(np.asarray(shared.sum(axis=1)).ravel() - 2 * inside)[:-1]
        off = np.abs(before - share)
        # Outside the room the nearest; inside it the cut that fewest go across.
        return int(np.lexsort((off, across, np.maximum(off - room, 0.0)))[0]) + 1

    def _points(self, members: Array) -> Array:
        """Coordinates of centers, float (len(members), ways), the most useful first.

        Slow directions of a walk from center to center by people they share (the first ones of
        its normalised Laplacian), by a power method from fixed points.
        """
        shared = self._shared[members][:, members]
        degree = np.sqrt(np.asarray(shared.sum(axis=1)).ravel() + 1e-3)
        scale = sparse.diags_array(1.0 / degree)
        walk = scale @ shared @ scale
        ways = min(self._directions, len(members) - 1)
        start = np.random.default_rng(0).standard_normal((len(members), ways))
        points = np.column_stack([degree, start])
        points, _ = np.linalg.qr(points)
        for _ in range(_ROUNDS):
            points[:, 1:] += walk @ points[:, 1:]
            points, _ = np.linalg.qr(points)
        found: Array = points[:, 1:] / degree[:, None]
        return found


def at_home(layout: Layout, region: Array, use: Array) -> Array:
    """Whether each pair lies in the region that its person belongs to, bool (num_pairs,).

    That is the one where the person is of most `use`, float (num_pairs,); where that is nowhere,
    the one of most pairs.
    """
    shape = (int(layout.volunteer.max(initial=0)) + 1, int(region.max(initial=0)) + 1)
    weight = np.zeros(shape)
    np.add.at(weight, (layout.volunteer, region), use + _LITTLE)
    home: Array = weight.argmax(axis=1)[layout.volunteer] == region
    return home


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

    def __init__(self, program: Program, params: RegionParams) -> None:
        self._program, self._halvings = program, params.halvings
        entries = abs(program.matrix)
        self._rows_of, self._columns_of = entries.dot, entries.T.tocsr().dot
        self._bare: Array = np.diff(sparse.csr_array(entries[:, : program.num_pairs]).indptr) == 0
        self.dual = np.zeros(program.num_rows)
        """What a row's upper bound is worth, float (num_rows,)."""
        self.bound = program.least(self.dual)
        """A lower bound on every solution's cost."""
        self.values = np.zeros(program.num_columns)
        """What the relaxation uses of each column, as far as windows say, float (num_columns,)."""

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
        for step in (0.5**n for n in range(self._halvings + 1)):
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
