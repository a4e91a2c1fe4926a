"""Centers in regions of equal size between which few people go.

`Layout` -> `Places` -> regions. Cut again with another number, most places at a border of the first
regions lie inside one of the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.params.engines import RegionParams
from shiftplan.engines.task import Array
from shiftplan.model import Layout

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

        `number` tells which of many ways to cut; 0 is the one that keeps most together.
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
        """Coordinates of centers, float (len(members), ways), the most telling first.

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
