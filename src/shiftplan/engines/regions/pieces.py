"""Parts of a roster that can be chosen side by side, because no row concerns two of them.

`Program` and pairs -> `Piece`: the pairs that are free, all columns that follow from them, and the
small program of these. While a piece is out, its rows are locked: pairs in them stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.restriction import Restriction
from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]


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
        return self._restriction.ties_all and largest <= most * self._program.num_rows

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
