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

_MOST_VAIN = 40.0
"""Vain neighborhoods around a center that count; by then all pairs are open."""


def run(task: Task, link: Link, effort: Effort | None = None) -> Ending:
    """Improve until stopped, out of time, or out of neighborhoods (the work limit).

    With a guide and a start it begins where these are; otherwise it finds them itself. Without an
    effort, neighborhoods are small and quick.
    """
    effort = effort or task.params.neighborhoods.quick
    program, deadline = task.program, Deadline(task.seconds)
    relaxation, values, apart = task.guide, None, False
    if relaxation is None:
        relaxation, values, apart = opened(task, link, deadline)
    if values is not None:
        link.solution(values)
    if task.start is not None and (
        values is None or program.total(task.start) < program.total(values)
    ):
        # Others may have found a cheaper one meanwhile, but neighborhoods improve what lies near
        # the relaxation far quicker than a roster that lies elsewhere.
        values, apart = task.start, False
    while values is None and deadline.left() > 0 and not link.stopped():
        time.sleep(0.05)
        values = link.best()
    if values is not None:
        rest = replace(task, seconds=deadline.left())
        refine(rest, link, effort, relaxation, values, apart=apart)
    return "stopped"


def refine(
    task: Task,
    link: Link,
    effort: Effort,
    relaxation: Relaxation | None,
    values: Array,
    *,
    apart: bool = False,
) -> Array:
    """Improve a solution part by part, guided by a relaxation; values of all columns.

    One that lies `apart` takes over nothing from others while it is dearer: neighborhoods make the
    roster of a dive cheaper than they make others that cost less at first.
    """
    program, deadline = task.program, Deadline(task.seconds)
    params = task.params.neighborhoods
    rng = np.random.default_rng(task.seed)
    restriction = Restriction(program)
    chooser = Chooser(program, task.layout, relaxation, rng, params)
    values = values.copy()
    activity = program.matrix @ values
    scale, tried, improved = 1.0, 0, 0
    seen: Array | None = None
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        told = link.guide() if task.work_limit is None else None
        if told is not None and (relaxation is None or told.bound > relaxation.bound):
            relaxation = told
            chooser = Chooser(program, task.layout, relaxation, rng, params)
        best = link.best() if task.work_limit is None else None
        apart = apart and best is not None and program.total(best) < program.total(values)
        if not apart and best is not None and best is not seen:
            seen, values = best, restriction.best_of(values, best)
            activity = program.matrix @ values
            if program.total(values) < program.total(best) - 0.5:
                link.solution(values)
        cost = program.total(values)
        if relaxation is not None and cost - relaxation.bound <= effort.gap * abs(cost):
            break
        now = effort.toward(params.patient, chooser.staleness())
        pairs = chooser.pick(values, activity, int(now.pairs * scale))
        columns = restriction.moving_columns(pairs)
        part = restriction.program_of(columns, values, activity)
        limit = np.inf
        if task.work_limit is None:
            limit = min(now.seconds, deadline.left())
        better, finished = improve(
            part,
            values[columns],
            seed=tried,
            seconds=limit,
            nodes=now.nodes,
            tolerance=now.tolerance,
        )
        tried += 1
        if finished and better is None:
            scale = min(scale * 1.04, program.num_pairs / now.pairs)
        elif better is None:
            scale = max(scale * 0.8, min(1.0, params.least_pairs / now.pairs))
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
        self._guide, self._params = guide, params
        self._num_centers = int(layout.center.max(initial=0)) + 1
        self._days = np.unique(layout.day)
        people = int(layout.volunteer.max(initial=0)) + 1
        shape = (people, self._num_centers)
        ones = np.ones(len(layout.center))
        reach = sparse.csr_array((ones, (layout.volunteer, layout.center)), shape=shape)
        reach.data[:] = 1.0
        self._shared = (reach.T @ reach).toarray()
        """People whom two centers share, float of shape (num_centers, num_centers)."""
        self._columns_at, self._rows_at = _places(program, layout, self._num_centers)
        self._vain = np.zeros(self._num_centers)
        """Neighborhoods around each center that brought nothing since one did; those that are not
        around one count for all centers together."""
        self.seed: int | None = None
        """Center around which the last neighborhood is, if it is around one."""

    def learn(self, *, better: bool) -> None:
        """Remember whether the last neighborhood paid."""
        if self.seed is not None:
            self._vain[self.seed] = 0.0 if better else self._vain[self.seed] + 1.0
        elif not better:
            self._vain += 1.0 / self._num_centers
        np.minimum(self._vain, _MOST_VAIN, out=self._vain)

    def staleness(self) -> float:
        """How much was tried in vain since something paid, from 0 to 1."""
        return min(1.0, float(self._vain.mean()) / self._params.stale)

    def lost(self, values: Array, activity: Array) -> Array:
        """What a roster costs beyond the bound, around each center; float (num_centers,).

        That is what it uses at its reduced cost, and what it leaves of each row at its price
        (complementary slackness). `activity` is what the values add up to in each row.
        """
        guide, program = self._guide, self._program
        lost: Array = np.zeros(self._num_centers)
        if guide is None:
            return lost
        reduced = guide.reduced
        lost += self._columns_at.T @ (reduced * values - np.minimum(reduced, 0.0) * program.upper)
        if len(guide.duals) == program.num_rows:
            left = activity - program.row_upper
            lost += self._rows_at.T @ (np.minimum(guide.duals, 0.0) * left)
        return np.maximum(lost, 0.0, out=lost)

    def _near(self, values: Array, vain: float) -> Array:
        """Pairs in use, or priced near what the relaxation uses; bool of shape (num_pairs,)."""
        used: Array = values[: self._program.num_pairs] > 0.5
        if self._guide is None:
            return np.ones_like(used)
        pairs, near = slice(0, len(used)), self._params.near * self._params.wider**vain
        used |= (self._guide.values[pairs] > 1e-6) | (self._guide.reduced[pairs] <= near)
        return used

    def pick(self, values: Array, activity: Array, size: int) -> Array:
        """About `size` pairs that belong together; the arrays as for `lost`."""
        layout, rng = self._layout, self._rng
        self.seed = None
        if self._num_centers > 1 and rng.random() < 0.8:
            self.seed = seed = self._drawn(values, activity, self._params.sharp)
            return self._around(seed, self._near(values, self._vain[seed]), size)
        eligible = self._near(values, float(np.floor(self._vain.mean())))
        if rng.random() < 0.5 and len(self._days) > 3:
            length = int(rng.integers(2, max(3, len(self._days) // 2)))
            first = rng.choice(self._days)
            eligible &= (layout.day >= first) & (layout.day < first + length)
            return self._around(self._drawn(values, activity, 1.0), eligible, size)
        order = rng.permutation(int(layout.volunteer.max(initial=0)) + 1)
        count = np.bincount(layout.volunteer[eligible], minlength=len(order))[order]
        people = np.zeros(len(order), dtype=bool)
        people[order[: max(1, int(np.searchsorted(np.cumsum(count), size)))]] = True
        return np.flatnonzero(eligible & people[layout.volunteer])

    def _drawn(self, values: Array, activity: Array, sharp: float) -> int:
        """A center, the likelier the more is lost around it and the less was tried in vain."""
        weight = sharp * np.log1p(self.lost(values, activity)) - np.log(2.0) * self._vain
        promise = np.exp(weight - weight.max())
        return int(self._rng.choice(self._num_centers, p=promise / promise.sum()))

    def _around(self, seed: int, eligible: Array, size: int) -> Array:
        """Pairs of a center and of others that share people with it, until they are enough."""
        center = self._layout.center
        count = np.bincount(center[eligible], minlength=self._num_centers)
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
        return np.flatnonzero(eligible & near[center])


def _places(
    program: Program, layout: Layout, num_centers: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """How much of each column, and of each row, belongs to each center.

    CSR of shapes (num_columns, num_centers) and (num_rows, num_centers). A pair belongs to its
    center, a row in equal parts to its pairs, another column to those it shares rows with.
    """
    pairs = program.num_pairs
    own = sparse.csr_array(
        (np.ones(pairs), (np.arange(pairs), layout.center)), shape=(pairs, num_centers)
    )
    touches = abs(program.matrix).sign()
    there = sparse.csr_array(touches[:, :pairs] @ own)
    others = sparse.csr_array(touches[:, pairs:].T @ there)
    columns = sparse.csr_array(sparse.vstack([own, _shares(others)], format="csr"))
    return columns, _shares(there)


def _shares(counts: sparse.csr_array) -> sparse.csr_array:
    """Each row in parts that add up to 1, where there is anything."""
    total = np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1.0)
    return sparse.csr_array(sparse.diags_array(1.0 / total) @ counts)
