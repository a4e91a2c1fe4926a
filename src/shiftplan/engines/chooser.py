"""Which pairs belong together, so that freeing them may pay.

The relaxation guides the choice: pairs that it neither uses nor prices near zero stay out, which
makes neighborhoods small and quick, and places that lose most against it come first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.task import Relaxation
from shiftplan.model import Layout, Program
from shiftplan.options.engines import NeighborhoodParams

Array = np.ndarray[Any, Any]


class Chooser:
    """Picks the pairs to free: around a center, a stretch of days, or a few people."""

    def __init__(
        self,
        program: Program,
        layout: Layout,
        guide: Relaxation | None,
        rng: np.random.Generator,
        params: NeighborhoodParams,
    ) -> None:
        self._program, self._layout, self._rng = program, layout, rng
        self._guide = guide
        self._near, self._little_hope = params.near, params.little_hope
        self._kept = self._near_pairs()
        """Pairs that the relaxation uses or prices near zero, bool of shape (num_pairs,)."""
        self._num_centers = int(layout.center.max(initial=0)) + 1
        self._days = np.unique(layout.day)
        people = int(layout.volunteer.max(initial=0)) + 1
        shape = (people, self._num_centers)
        ones = np.ones(len(layout.center))
        reach = sparse.csr_array((ones, (layout.volunteer, layout.center)), shape=shape)
        reach.data[:] = 1.0
        self._shared = (reach.T @ reach).toarray()
        """People whom two centers share, float of shape (num_centers, num_centers)."""
        self._place = _places(program, layout, self._num_centers)
        self._hope = np.ones(self._num_centers)
        """Falls with each vain try around a center."""
        self._tried: list[int] = []
        self._whole = False
        """Whether the last neighborhood was all there is to choose from."""

    def learn(self, *, better: bool) -> None:
        """Remember whether the last neighborhood paid."""
        self._hope[self._tried] = 1.0 if better else self._hope[self._tried] * 0.5
        if not better and (self._whole or self._hope.mean() < self._little_hope):
            # Nothing pays any more: let pairs in that the relaxation likes less.
            self._hope[:] = 1.0
            self._near *= 4
            self._kept = self._near_pairs()

    def _near_pairs(self) -> Array:
        pairs = slice(0, self._program.num_pairs)
        if self._guide is None:
            return np.ones(self._program.num_pairs, dtype=bool)
        used = self._guide.values[pairs] > 1e-6
        return used | (self._guide.reduced[pairs] <= self._near)

    def pick(self, values: Array, size: int) -> Array:
        """About `size` pairs that belong together."""
        layout, rng = self._layout, self._rng
        eligible = self._kept | (values[: len(self._kept)] > 0.5)
        self._tried, self._whole = [], False
        promise = np.ones(self._num_centers)
        if self._guide is not None:
            lost = self._program.cost * (values - self._guide.values)
            promise += np.maximum(0.0, self._place.T @ lost)
        if self._num_centers > 1 and rng.random() < 0.8:
            return self._around(eligible, size, promise * self._hope)
        if rng.random() < 0.5 and len(self._days) > 3:
            length = int(rng.integers(2, max(3, len(self._days) // 2)))
            first = rng.choice(self._days)
            chosen = eligible & (layout.day >= first) & (layout.day < first + length)
            return self._around(chosen, size, promise)
        order = rng.permutation(int(layout.volunteer.max(initial=0)) + 1)
        count = np.bincount(layout.volunteer[eligible], minlength=len(order))[order]
        people = np.zeros(len(order), dtype=bool)
        people[order[: max(1, int(np.searchsorted(np.cumsum(count), size)))]] = True
        return np.flatnonzero(eligible & people[layout.volunteer])

    def _around(self, eligible: Array, size: int, promise: Array) -> Array:
        """Pairs of a center and of others that share people with it, until they are enough."""
        center = self._layout.center
        count = np.bincount(center[eligible], minlength=self._num_centers)
        seed = int(self._rng.choice(self._num_centers, p=promise / promise.sum()))
        self._tried = [seed]
        chosen, total, weight = [seed], int(count[seed]), self._shared[seed].copy()
        while total < size:
            weight[chosen] = 0.0
            if weight.sum() <= 0:
                break
            other = int(self._rng.choice(self._num_centers, p=weight / weight.sum()))
            chosen.append(other)
            total += int(count[other])
            weight += self._shared[other]
        near = np.zeros(self._num_centers, dtype=bool)
        near[chosen] = True
        pairs = np.flatnonzero(eligible & near[center])
        self._whole = len(pairs) == np.count_nonzero(self._kept)
        return pairs


def _places(program: Program, layout: Layout, num_centers: int) -> sparse.csr_array:
    """How much of each column's cost belongs to each center, CSR (num_columns, num_centers).

    A pair belongs to its center; another column in equal parts to the pairs it shares rows with.
    """
    pairs = program.num_pairs
    own = sparse.csr_array(
        (np.ones(pairs), (np.arange(pairs), layout.center)), shape=(pairs, num_centers)
    )
    touches = program.matrix.copy()
    touches.data = np.ones_like(touches.data)
    others = sparse.csr_array(touches[:, pairs:].T @ (touches[:, :pairs] @ own))
    total = np.maximum(np.asarray(others.sum(axis=1)).ravel(), 1.0)
    return sparse.csr_array(
        sparse.vstack([own, sparse.diags_array(1.0 / total) @ others], format="csr")
    )
