"""Large-neighborhood search: free a part of the roster, solve it exactly, keep what is better.

`Task` -> the relaxation's bound, then better and better solutions through the link.

The relaxation guides the search. Its whole values make the first roster; pairs that it neither
uses nor prices near zero stay out of the neighborhoods, which makes them small and quick.
"""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import Relaxation, has_solution, load, relax, settle
from shiftplan.engines.task import Deadline, Ending, Link, Task
from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]

_PAIRS = 500
"""Pairs in a neighborhood at the start; grows while neighborhoods are solved quickly."""
_FEWEST_PAIRS = 50.0
_GUIDE_SHARE = 0.5
"""Share of the time that the relaxation may take; without it the search goes on unguided."""
_LONG_ROW = 1_000
"""Entries beyond which a row is no reason to free one column with another."""
_NODES = 20
"""Branch-and-bound nodes for one neighborhood."""
_LITTLE_HOPE = 0.3
"""Mean hope of the centers below which pairs that the relaxation likes less are let in."""
_NEAR = 3.0
"""Reduced cost up to which a pair that the relaxation leaves out stays in the neighborhoods."""
_IDLE = 30
"""Neighborhoods without gain after which a better solution of another engine is taken over."""


class Restriction:
    """Small programs in which only some pairs, and the columns that follow from them, are free."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.by_column = program.matrix.tocsc()
        pairs = program.num_pairs
        # A row over a large part of the columns, such as a level's cost that is held, ties none
        # of them to each other.
        tying = np.diff(program.matrix.indptr) <= _LONG_ROW
        following = sparse.diags_array(tying.astype(float)) @ program.matrix[:, pairs:]
        following.eliminate_zeros()
        graph: Any = sparse.block_array([[None, following], [following.T, None]], format="csr")
        _, label = sparse.csgraph.connected_components(graph, directed=False)
        self._row_label = label[: program.num_rows]
        column_label = label[program.num_rows :]
        self._columns = pairs + np.argsort(column_label, kind="stable")
        self._first = np.searchsorted(np.sort(column_label), np.arange(label.max(initial=0) + 2))

    def free_columns(self, pairs: Array) -> Array:
        """The pairs and all columns that share rows with them, directly or by each other."""
        rows = np.unique(self.by_column[:, pairs].indices)
        labels = np.unique(self._row_label[rows])
        first, count = self._first[labels], self._first[labels + 1] - self._first[labels]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.concatenate([pairs, self._columns[np.repeat(first, count) + offset]])

    def program_of(self, columns: Array, values: Array, activity: Array) -> Program:
        """The program of the free columns; all others keep their values."""
        rows = np.unique(self.by_column[:, columns].indices)
        matrix = sparse.csr_array(self.program.matrix[rows][:, columns])
        fixed = activity[rows] - matrix @ values[columns]
        return Program(
            matrix=matrix,
            row_upper=self.program.row_upper[rows] - fixed,
            upper=self.program.upper[columns],
            cost=self.program.cost[columns],
            level_cost={},
            offset=0.0,
            level_offset={},
            num_pairs=len(columns),
        )


class Chooser:
    """Picks the pairs to free: around a center, a stretch of days, or a few people."""

    def __init__(
        self,
        program: Program,
        layout: Layout,
        guide: Relaxation | None,
        rng: np.random.Generator,
    ) -> None:
        self._program, self._layout, self._rng = program, layout, rng
        self._guide = guide
        self._near = _NEAR
        self._kept = self._near_pairs()
        """Pairs that the relaxation uses or prices near zero, bool of shape (num_pairs,)."""
        self._num_centers = int(layout.center.max(initial=0)) + 1
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
        if not better and (self._whole or self._hope.mean() < _LITTLE_HOPE):
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
        days = np.unique(layout.day)
        if self._num_centers > 1 and rng.random() < 0.8:
            return self._around(eligible, size, promise * self._hope)
        if rng.random() < 0.5 and len(days) > 3:
            length = int(rng.integers(2, max(3, len(days) // 2)))
            first = rng.choice(days)
            chosen = eligible & (layout.day >= first) & (layout.day < first + length)
            return self._around(chosen, size, promise)
        order = rng.permutation(int(layout.volunteer.max(initial=0)) + 1)
        count = np.bincount(layout.volunteer[eligible], minlength=len(order))[order]
        people = order[: max(1, int(np.searchsorted(np.cumsum(count), size)))]
        return np.flatnonzero(eligible & np.isin(layout.volunteer, people))

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
        pairs = np.flatnonzero(eligible & np.isin(center, chosen))
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


def run(task: Task, link: Link) -> Ending:
    """Improve until stopped, out of time, or out of neighborhoods (the work limit)."""
    program, deadline = task.program, Deadline(task.seconds)
    rng = np.random.default_rng(task.seed)
    relaxation = relax(program, seed=task.seed, time_limit=deadline.left() * _GUIDE_SHARE)
    values = task.start
    if relaxation is not None:
        link.bound(relaxation.bound)
        guided = greedy(program, relaxation.values, lambda: deadline.left() <= 0)
        if guided is not None and (values is None or program.total(guided) < program.total(values)):
            # Others may have found a cheaper one meanwhile, but neighborhoods improve what lies
            # near the relaxation far quicker than a roster that lies elsewhere.
            values = settle(program, guided)
            link.solution(values)
    while values is None and deadline.left() > 0 and not link.stopped():
        time.sleep(0.05)
        values = link.best()
    if values is None:
        return "stopped"
    restriction = Restriction(program)
    chooser = Chooser(program, task.layout, relaxation, rng)
    values = values.copy()
    activity = program.matrix @ values
    size, tried, improved, idle = float(_PAIRS), 0, 0, 0
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        best = link.best() if task.work_limit is None and idle >= _IDLE else None
        if best is not None and program.total(best) < program.total(values) - 0.5:
            values, activity = best.copy(), program.matrix @ best
        pairs = chooser.pick(values, int(size))
        columns = restriction.free_columns(pairs)
        part = restriction.program_of(columns, values, activity)
        limit = min(1.0, deadline.left()) if task.work_limit is None else np.inf
        better, finished = _improve(part, values[columns], seed=tried, seconds=limit)
        tried, idle = tried + 1, idle + 1
        if finished:
            size = min(size * 1.04, float(program.num_pairs))
        elif better is None:
            size = max(size * 0.8, _FEWEST_PAIRS)
        chooser.learn(better=better is not None)
        if better is not None:
            activity = activity + restriction.by_column[:, columns] @ (better - values[columns])
            values[columns] = better
            improved, idle = improved + 1, 0
            link.solution(values)
    link.note(neighborhoods=float(tried), improved=float(improved))
    return "stopped"


def _improve(
    part: Program, start: Array, *, seed: int, seconds: float
) -> tuple[Array | None, bool]:
    """A better solution of a small program (None when none was found), and whether it finished."""
    highs = load(part, whole=True, seed=seed)
    highs.setOptionValue("mip_rel_gap", 5e-4)
    if seconds < np.inf:
        highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_max_nodes", _NODES)
    solution = highspy.HighsSolution()
    solution.col_value = start.tolist()
    highs.setSolution(solution)
    highs.run()
    finished = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    if not has_solution(highs):
        return None, finished
    values = np.round(np.array(highs.getSolution().col_value))
    return (values if part.total(values) < part.total(start) - 0.5 else None), finished
