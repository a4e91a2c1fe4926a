"""The centers of a large program in regions of equal size between which few people go.

`Layout` -> `Places` -> the region of each pair.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.params.engines import DecompositionParams
from shiftplan.engines.task import Array
from shiftplan.model import Layout

_ROUNDS = 200
"""Steps of the power method; a rough direction is good enough."""
_WAYS = 3
"""Directions that it follows side by side; the slowest one is found sooner."""


class Places:
    """The centers of a program as points: those that share many people lie near each other."""

    def __init__(self, layout: Layout, params: DecompositionParams) -> None:
        self._room = params.room
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

    def regions(self, count: int) -> Array:
        """Region of each pair, int (num_pairs,): `count` regions of about as many pairs."""
        region = np.zeros(len(self._centers), dtype=int)
        self._split(region, np.arange(len(region)), 0, count)
        return region[self._place]

    def _split(self, region: Array, members: Array, first: int, count: int) -> None:
        """Number the regions of some centers from `first` on, half of them after the other."""
        if count <= 1 or len(members) < 2:
            region[members] = first
            return
        order = np.argsort(self._along(members), kind="stable")
        left = count // 2
        cut = self._cut(members[order], left / count, self._room / count)
        self._split(region, members[order[:cut]], first, left)
        self._split(region, members[order[cut:]], first + left, count - left)

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

    def _along(self, members: Array) -> Array:
        """Where each center is along the line that parts them best, float (len(members),).

        The slowest direction of a walk from center to center by people they share (the second
        eigenvector of its normalised Laplacian), by a power method from fixed points.
        """
        shared = self._shared[members][:, members]
        degree = np.sqrt(np.asarray(shared.sum(axis=1)).ravel() + 1e-3)
        scale = sparse.diags_array(1.0 / degree)
        walk = scale @ shared @ scale
        ways = min(_WAYS, len(members) - 1)
        start = np.random.default_rng(0).standard_normal((len(members), ways))
        points = np.column_stack([degree, start])
        points, _ = np.linalg.qr(points)
        for _ in range(_ROUNDS):
            points[:, 1:] += walk @ points[:, 1:]
            points, _ = np.linalg.qr(points)
        found: Array = points[:, 1] / degree
        return found
