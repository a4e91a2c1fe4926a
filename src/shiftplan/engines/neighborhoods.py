"""Large-neighborhood search: free a part of the roster, solve it exactly, keep what is better.

`Task` -> the relaxation's bound, then better and better solutions through the link. The relaxation
guides the choice of pairs that belong together: those that it neither uses nor prices near zero
stay out, which makes neighborhoods small and quick, and places that lose most against it come
first.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
from scipy import sparse

from shiftplan.engines.opening import opened
from shiftplan.engines.params.engines import Effort, NeighborhoodParams
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import Array, Deadline, Ending, Link, Relaxation, Task
from shiftplan.model import Layout, Program


def run(task: Task, link: Link, effort: Effort | None = None) -> Ending:
    """Improve until stopped, out of time, or out of neighborhoods (the work limit).

    With a guide and a start it begins where these are; otherwise it finds them itself. Without an
    effort, neighborhoods are small and quick.
    """
    effort = effort or task.params.neighborhoods.quick
    program, deadline = task.program, Deadline(task.seconds)
    relaxation, values = task.guide, None
    if relaxation is None:
        relaxation, values = opened(task, link, deadline)
    if values is not None:
        link.solution(values)
    if task.start is not None and (
        values is None or program.total(task.start) < program.total(values)
    ):
        # Others may have found a cheaper one meanwhile, but neighborhoods improve what lies near
        # the relaxation far quicker than a roster that lies elsewhere.
        values = task.start
    while values is None and deadline.left() > 0 and not link.stopped():
        time.sleep(0.05)
        values = link.best()
    if values is not None:
        refine(replace(task, seconds=deadline.left()), link, effort, relaxation, values)
    return "stopped"


def refine(
    task: Task, link: Link, effort: Effort, relaxation: Relaxation | None, values: Array
) -> Array:
    """Improve a solution part by part, guided by a relaxation; values of all columns."""
    program, deadline = task.program, Deadline(task.seconds)
    params = task.params.neighborhoods
    rng = np.random.default_rng(task.seed)
    restriction = Restriction(program)
    chooser = Chooser(program, task.layout, relaxation, rng, params)
    values = values.copy()
    activity = program.matrix @ values
    size, tried, improved = float(effort.pairs), 0, 0
    seen: Array | None = None
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        told = link.guide() if task.work_limit is None else None
        if told is not None and (relaxation is None or told.bound > relaxation.bound):
            relaxation = told
            chooser = Chooser(program, task.layout, relaxation, rng, params)
        best = link.best() if task.work_limit is None else None
        if best is not None and best is not seen:
            seen, values = best, restriction.best_of(values, best)
            activity = program.matrix @ values
            if program.total(values) < program.total(best) - 0.5:
                link.solution(values)
        cost = program.total(values)
        if relaxation is not None and cost - relaxation.bound <= effort.gap * abs(cost):
            break
        pairs = chooser.pick(values, int(size))
        columns = restriction.free_columns(pairs)
        part = restriction.program_of(columns, values, activity)
        limit = np.inf
        if task.work_limit is None:
            limit = min(effort.seconds, deadline.left())
        better, finished = improve(
            part, values[columns], seed=tried, seconds=limit, nodes=effort.nodes
        )
        tried += 1
        if finished and better is None:
            size = min(size * 1.04, float(program.num_pairs))
        elif better is None:
            size = max(size * 0.8, float(params.least_pairs))
        chooser.learn(better=better is not None)
        if better is not None:
            activity = activity + restriction.by_column[:, columns] @ (better - values[columns])
            values[columns] = better
            improved += 1
            link.solution(values)
    link.note(neighborhoods=float(tried), improved=float(improved))
    return values


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
