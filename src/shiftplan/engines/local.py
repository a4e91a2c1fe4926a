"""Rows that cannot hold together at one place: a team, its people's days, a center on a day.

(`Program`, `Layout`) -> rows, or None. Rows are looked at as they are where only the pairs of the
place are decided and all others have what suits each row best. What cannot hold then cannot hold at
all, and few rows are concerned: a contradiction that people can read, found in milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import load
from shiftplan.engines.task import EPS, Array
from shiftplan.model import Layout, Program

_TEAMS = 50
"""Teams that are looked at by themselves before the days of their people are."""


class AskingPlaces:
    """The places of a program at which somebody is asked for, the tightest first."""

    def __init__(self, program: Program, layout: Layout) -> None:
        self._program, self._layout = program, layout
        self._by_column = program.matrix.tocsc()

    def rows(self, *, seconds: float, nodes: int, stopped: Callable[[], bool]) -> Array | None:
        """Rows of the first place that cannot hold together, int; None where none are found.

        Parameters
        ----------
        seconds
            Time for all places.
        nodes
            Branch-and-bound nodes for each.
        stopped
            Whether to end before that.
        """
        end = time.monotonic() + seconds
        for pairs in self._pairs():
            left = end - time.monotonic()
            if left <= 0 or stopped():
                return None
            rows, part = self._at(pairs)
            if len(rows) and _is_impossible(part, left, nodes):
                return rows
        return None

    def _pairs(self) -> Iterator[Array]:
        """Pairs of rows that ask for several people; those of their days; each center and day.

        The tightest rows come first: those that ask for most of the pairs that they have.
        """
        program, layout = self._program, self._layout
        matrix, many = program.matrix, program.num_pairs
        others = sparse.csr_array(matrix[:, many:]).minimum(0)
        asks = program.row_upper - others @ program.upper[many:]
        asked: list[tuple[float, Array]] = []
        for row in np.flatnonzero(asks < -EPS).tolist():
            pairs = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            pairs = pairs[pairs < many]
            if len(pairs) and np.ptp(layout.volunteer[pairs]) > 0:
                asked.append((asks[row] / len(pairs), pairs))
        asked.sort(key=lambda one: one[0])
        for first in range(0, len(asked), _TEAMS):
            teams = [pairs for _, pairs in asked[first : first + _TEAMS]]
            yield from teams
            yield from map(self._days_of, teams)
        if many:
            spot = layout.center * (int(layout.day.max()) + 1) + layout.day
            asking = [np.unique(spot[pairs]) for _, pairs in asked]
            found, times = np.unique(np.concatenate([spot[:0], *asking]), return_counts=True)
            for one in found[times > 1].tolist():
                yield np.flatnonzero(spot == one)

    def _days_of(self, pairs: Array) -> Array:
        """All pairs of the people and days of some pairs, wherever they are."""
        layout = self._layout
        same_day = np.isin(layout.day, layout.day[pairs])
        return np.flatnonzero(same_day & np.isin(layout.volunteer, layout.volunteer[pairs]))

    def _at(self, pairs: Array) -> tuple[Array, Program]:
        """Rows that the pairs of a place can break, and what they say there, whatever else is."""
        program = self._program
        rows = np.unique(self._by_column[:, pairs].indices)
        others = np.unique(program.matrix[rows].indices)
        others = others[others >= program.num_pairs]
        columns = np.concatenate([np.sort(pairs), others])
        rows = np.union1d(rows, self._by_column[:, others].indices)
        number = np.full(program.num_columns, -1)
        number[columns] = np.arange(len(columns))
        entries = program.matrix[rows]
        row = np.repeat(np.arange(len(rows)), np.diff(entries.indptr))
        size = entries.data * program.upper[entries.indices]
        most, least = np.where(entries.data > 0, size, 0.0), np.where(entries.data < 0, size, 0.0)
        inside = number[entries.indices] >= 0
        beyond = np.bincount(row[~inside], weights=least[~inside], minlength=len(rows))
        bound = program.row_upper[rows] - beyond
        kept = np.bincount(row[inside], weights=most[inside], minlength=len(rows)) > bound + EPS
        matrix = sparse.csr_array(
            (entries.data[inside], (row[inside], number[entries.indices[inside]])),
            shape=(len(rows), len(columns)),
        )
        part = Program.part(matrix[kept], bound[kept], program.upper[columns], num_pairs=len(pairs))
        return rows[kept], part


def _is_impossible(part: Program, seconds: float, nodes: int) -> bool:
    """Whether a solver says that a program has no solution."""
    if (part.row_upper >= -EPS).all():
        return False
    highs = load(part, whole=True, seed=0)
    highs.setOptionValue("mip_max_nodes", nodes)
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", seconds)
    highs.run()
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible)
