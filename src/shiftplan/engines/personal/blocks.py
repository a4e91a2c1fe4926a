"""Each person's own part of a program, what follows from a roster, and what a day can hold.

`Program` -> `Blocks`: rows and columns that concern one person alone, rows that couple people, and
the order in which auxiliary columns follow from the pairs. Where personal rows dominate, a roster
is a choice of one schedule for each person, and engines can think in whole schedules.

`Blocks` -> `Course` -> `DayPatterns`: patterns of pairs that a person can work together on a day,
in classes of patterns that the personal rows cannot tell from each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.highs import Follow
from shiftplan.engines.task import EPS, Array
from shiftplan.model import Layout, Program

_LEVELS = 12
"""Steps in which auxiliary columns may follow from each other. A longer chain counts as a circle,
where no column is known before the others: it says what a program is, not how it is searched."""
COUPLING = -1
"""Owner of rows and columns that concern several people, or nobody."""


class Blocks:
    """Who owns which rows and columns, and values of columns that follow from pairs."""

    def __init__(self, program: Program, layout: Layout) -> None:
        self.program, self.layout = program, layout
        self.row_owner, self.column_owner = owners(program, layout.volunteer)
        self.people = np.unique(layout.volunteer)
        matrix = program.matrix
        self._pairs = matrix[:, : program.num_pairs]
        self._others = follow = Follow(program)
        self.ease = follow.row, program.num_pairs + follow.column, follow.size
        """Row, column and size of each entry that eases a row, row by row, cheapest first."""
        self.level = np.zeros(program.num_rows, dtype=int)
        """Step in which each row can be looked at, after the columns that feed it are known."""
        self.ordered = self._find_levels()
        """Whether the columns follow from each other in few steps."""
        self.follows = self.ordered and self._leaves_no_choice()
        """Whether the columns of each person follow from the pairs at least cost, a whole one."""
        self.hard = np.bincount(follow.row, minlength=program.num_rows) == 0
        """Rows that nothing eases."""
        costs = np.rint(np.abs(program.cost)).astype(np.int64)
        self.follows &= np.array_equal(costs, np.abs(program.cost))
        fractions = program.matrix.data != np.rint(program.matrix.data)
        row_of = np.repeat(self.row_owner, np.diff(program.matrix.indptr))
        # Schedules count in whole numbers.
        self.follows &= not np.any(fractions & (row_of != COUPLING))
        self.step = float(max(1, np.gcd.reduce(costs, initial=0)))
        """Costs of two rosters differ by a multiple of it; they are whole numbers."""

    def _find_levels(self) -> bool:
        ease_row, ease_column, _ = self.ease
        feeds = self._others.entries
        for _ in range(_LEVELS):
            ready = np.zeros(self.program.num_columns, dtype=int)
            np.maximum.at(ready, ease_column, self.level[ease_row] + 1)
            level = np.zeros_like(self.level)
            np.maximum.at(level, feeds.row, ready[self.program.num_pairs + feeds.col])
            if np.array_equal(level, self.level):
                return True
            self.level = level
        return False

    def _leaves_no_choice(self) -> bool:
        """Whether one column eases each personal row, or several that differ in cost alone.

        Otherwise the cheapest column may be wrong: it may break another row, or cost more there.
        """
        row, column, size = self.ease
        cost, columns = self.program.cost, self.program.num_columns
        entries = np.bincount(self.program.matrix.indices, minlength=columns)
        # Nobody raises a personal column that pays, nor one that is in no row.
        pays = (cost < 0) & ((self.column_owner != COUPLING) | (entries == 0))
        if np.any(pays[self.program.num_pairs :]) or np.any(cost[column] < 0):
            return False
        count = np.bincount(row, minlength=self.program.num_rows)
        several = (count[row] > 1) & (self.row_owner[row] != COUPLING)
        row, column, size = row[several], column[several], size[several]
        first = np.searchsorted(row, row)
        elsewhere = entries[column] > 1
        return not np.any(elsewhere | (size != size[first]))

    def follow(self, pairs: Array) -> Array:
        """Values of all columns, float (num_columns,), for given pairs; hard rows may break."""
        return np.concatenate([pairs, self._others.fill(self._pairs @ pairs.astype(float))])


def owners(program: Program, volunteer: Array) -> tuple[Array, Array]:
    """Person of each row and of each column; `COUPLING` where there is not exactly one.

    What an auxiliary column shares with several people's rows couples all rows it is in.
    `volunteer` says whose each pair is, int of shape (num_pairs,).
    """
    matrix, by_column = program.matrix, program.matrix.tocsc()
    none = int(volunteer.max(initial=0)) + 1
    least = np.full(program.num_columns, none)
    least[: program.num_pairs] = volunteer
    most = np.full(program.num_columns, -1)
    most[: program.num_pairs] = volunteer
    while True:
        row_least = _reduce(np.minimum, least, matrix, none)
        row_most = _reduce(np.maximum, most, matrix, -1)
        next_least = np.minimum(least, _reduce(np.minimum, row_least, by_column, none))
        next_most = np.maximum(most, _reduce(np.maximum, row_most, by_column, -1))
        # Pairs always belong to their person.
        next_least[: program.num_pairs] = next_most[: program.num_pairs] = volunteer
        if np.array_equal(next_least, least) and np.array_equal(next_most, most):
            break
        least, most = next_least, next_most
    row_owner = np.where(row_least == row_most, row_most, COUPLING)
    return row_owner, np.where(least == most, most, COUPLING)


def _reduce(how: np.ufunc, labels: Array, matrix: Any, empty: int) -> Array:
    """The least or greatest label over the entries of each row (CSR) or column (CSC)."""
    start, end = matrix.indptr[:-1], matrix.indptr[1:]
    found = np.full(len(start), empty)
    filled = end > start
    if filled.any():
        found[filled] = how.reduceat(labels[matrix.indices], start[filled])
    return found


class TooManyError(Exception):
    """A day has too many patterns to enumerate."""


@dataclass(frozen=True, slots=True)
class DayPatterns:
    """The patterns of a person on a day; the first class holds the pattern without any work."""

    patterns: list[tuple[int, ...]]
    """Local pairs of each pattern, class by class."""
    first: Array
    """First pattern of each class."""
    rows: Array
    """Local rows that patterns change."""
    change: Array
    """What each class adds to them, int of shape (classes, len(rows))."""


@dataclass(frozen=True, slots=True)
class Easing:
    """Columns that ease a local row, cheapest first."""

    columns: Array
    """Local numbers of the columns."""
    size: Array
    """What each unit of them takes off the row."""
    private: bool
    """Whether one column eases the row, and does nothing else."""


class Course:
    """The personal rows of somebody, in local numbers, day by day."""

    def __init__(self, blocks: Blocks, person: int, most_patterns: int) -> None:
        program, self._most_patterns = blocks.program, most_patterns
        mine = np.flatnonzero(blocks.layout.volunteer == person)
        self.pairs = mine[np.argsort(blocks.layout.day[mine], kind="stable")]
        """Pairs in the order of days, int."""
        self.pair_day = blocks.layout.day[self.pairs]
        self.days = np.unique(self.pair_day)
        """Days on which the person could work."""
        self.rows = np.flatnonzero(blocks.row_owner == person)
        matrix = program.matrix[self.rows]
        self.matrix = sparse.csc_array(matrix[:, self.pairs]).astype(np.int64)
        """Entries of the pairs, CSC of shape (rows, pairs)."""
        self.bound = np.floor(program.row_upper[self.rows] + EPS).astype(np.int64)
        self.hard = blocks.hard[self.rows]
        self.level = blocks.level[self.rows]
        self.own = np.flatnonzero(blocks.column_owner == person)
        self.own = self.own[self.own >= program.num_pairs]
        self.own_cost = program.cost[self.own]
        self.own_upper = program.upper[self.own]
        self.others = sparse.csc_array(matrix[:, self.own]).astype(np.int64)
        """Entries of the columns that follow, CSC of shape (rows, len(own))."""
        self._days: dict[int, DayPatterns] = {}

    @cached_property
    def easing(self) -> dict[int, Easing]:
        """Local row -> the columns that ease it."""
        entries = self.others.tocoo()
        kept = entries.data < 0
        row, column, size = entries.row[kept], entries.col[kept], -entries.data[kept]
        order = np.lexsort((self.own_cost[column] / size, row))
        row, column, size = row[order], column[order], size[order]
        alone = np.diff(self.others.indptr) == 1
        found: dict[int, Easing] = {}
        rows, first = np.unique(row, return_index=True)
        for r, a, b in zip(rows.tolist(), first, [*first[1:], len(row)], strict=True):
            private = b - a == 1 and bool(alone[column[a]])
            found[r] = Easing(column[a:b], size[a:b], private)
        return found

    @cached_property
    def feeds(self) -> tuple[Array, Array, Array]:
        """Row, column and coefficient of the entries that push a row towards its bound."""
        entries = self.others.tocoo()
        kept = entries.data > 0
        return entries.row[kept], entries.col[kept], entries.data[kept]

    @cached_property
    def _packing(self) -> sparse.csc_array:
        """Entries of hard rows without negative ones, for what can be worked together."""
        least = np.asarray(self.matrix.min(axis=1).todense()).reshape(-1)
        kept = self.hard & (least >= 0) & (np.diff(self.others.tocsr().indptr) == 0)
        packing = sparse.csc_array(
            sparse.diags_array(kept.astype(np.int64), dtype=np.int64) @ self.matrix
        )
        packing.eliminate_zeros()
        return packing

    def day(self, day: int) -> DayPatterns:
        """The patterns of a day."""
        if day not in self._days:
            first, last = np.searchsorted(self.pair_day, [day, day + 1])
            self._days[day] = self._make_day(int(first), int(last))
        return self._days[day]

    def _make_day(self, first: int, last: int) -> DayPatterns:
        rows, dense = _dense(self.matrix, first, last)
        tight, size = _dense(self._packing, first, last)
        room = self.bound[tight]
        patterns: list[tuple[int, ...]] = [()]
        used = np.zeros((1, len(tight)), dtype=np.int64)
        change = np.zeros((1, len(rows)), dtype=np.int64)
        for pair in range(last - first):
            fine = np.flatnonzero(np.all(used + size[pair] <= room, axis=1))
            patterns += [(*patterns[number], pair) for number in fine.tolist()]
            used = np.concatenate([used, used[fine] + size[pair]])
            change = np.concatenate([change, change[fine] + dense[pair]])
            if len(patterns) > self._most_patterns:
                raise TooManyError
        start, label = _alike(change)
        # Classes in the order of their first patterns, so that no work comes first.
        turn = np.argsort(np.argsort(start))[label]
        order = np.argsort(turn, kind="stable")
        heads = np.flatnonzero(np.diff(turn[order], prepend=-1))
        members = [tuple(p + first for p in patterns[i]) for i in order]
        return DayPatterns(members, heads, rows, change[order[heads]])


def _alike(change: Array) -> tuple[Array, Array]:
    """First of each kind of line, in any order of the kinds, and the kind of each line."""
    mark = np.random.default_rng(0).integers(1, 2**40, size=change.shape[1])
    _, start, label = np.unique(change @ mark, return_index=True, return_inverse=True)
    if not np.array_equal(change[start][label], change):  # different lines, by chance the same mark
        _, start, label = np.unique(change, axis=0, return_index=True, return_inverse=True)
    return start, label.reshape(-1)


def _dense(matrix: sparse.csc_array, first: int, last: int) -> tuple[Array, Array]:
    """The rows that some columns are in, and their entries, one column of the matrix a line."""
    start, end = matrix.indptr[first], matrix.indptr[last]
    rows, place = np.unique(matrix.indices[start:end], return_inverse=True)
    dense = np.zeros((last - first, len(rows)), dtype=np.int64)
    line = np.repeat(np.arange(last - first), np.diff(matrix.indptr[first : last + 1]))
    np.add.at(dense, (line, place.reshape(-1)), matrix.data[start:end])
    return rows, dense
