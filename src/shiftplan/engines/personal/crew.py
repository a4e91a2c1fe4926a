"""The people of a program with all their possible schedules, and a first roster of them.

`Blocks` -> `Crew` -> one graph of schedules for each person; person after person then takes the
schedule that serves best beside those before, which gives a roster wherever the rows that couple
people can be eased.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np

from shiftplan.engines.params.engines import ScheduleParams
from shiftplan.engines.personal.blocks import COUPLING, Blocks, Course
from shiftplan.engines.personal.graph import Graph
from shiftplan.engines.personal.growth import build_graph
from shiftplan.engines.personal.master import Coupling
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import EPS, Array
from shiftplan.model import tied


class Crew:
    """Courses and graphs of all people, and what couples them."""

    def __init__(self, blocks: Blocks, width: int, params: ScheduleParams) -> None:
        self.blocks, self.coupling, self.params = blocks, Coupling(blocks), params
        most = params.day_patterns
        self.courses = [Course(blocks, person, most) for person in blocks.people.tolist()]
        self.graphs: list[Graph | None] = [None] * len(self.courses)
        self._width = width
        coupling = self.coupling
        row, column, size = blocks.ease
        turn = np.arange(len(row)) - np.searchsorted(row, row)
        turn[blocks.row_owner[row] != COUPLING] = -1
        self._easings = [
            (np.searchsorted(coupling.rows, row[at]), column[at], size[at])
            for at in (np.flatnonzero(turn == n) for n in range(int(turn.max(initial=-1)) + 1))
        ]
        """Local rows, a column that eases each, and its size: the cheapest, then the next."""
        self._sizes = np.unique(coupling.by_pair.data)
        """How much a work can be in a coupling row."""
        self._group, _, _ = tied(coupling.others)
        """Rows that share columns, directly or by each other, have the same number."""

    @cached_property
    def restriction(self) -> Restriction:
        """Small programs of a part's pairs."""
        return Restriction(self.blocks.program)

    @property
    def exact(self) -> bool:
        """Whether the graphs hold all schedules of everybody."""
        return all(graph is not None and graph.exact for graph in self.graphs)

    @property
    def cut(self) -> bool:
        """Whether a graph that was built leaves schedules out, so that nothing can be proven."""
        return any(graph is not None and not graph.exact for graph in self.graphs)

    def graph(self, number: int, prices: Array) -> Graph | None:
        """All schedules of a person, built when first asked for; None when there is none.

        Where there are too many, some stay for the `prices`, float (num_pairs,): `build_graph`.
        """
        graph = self.graphs[number]
        if graph is None:
            course = self.courses[number]
            none = np.zeros(len(course.rows), dtype=np.int64)
            for build in range(self.params.rebuilds + 1):
                width = self._width * 4**build
                days = course.days.tolist()
                graph = build_graph(course, days, none, prices[course.pairs], width)
                if graph is not None:
                    break
            self.graphs[number] = graph
        return graph

    def rows_of(self, pairs: Array) -> Array:
        """Local coupling rows that pairs are in, with all that share columns with them."""
        touched = np.unique(self.coupling.pairs[:, pairs].indices)
        inside = np.zeros(len(self._group) + 1, dtype=bool)
        inside[self._group[touched]] = True
        return np.flatnonzero(inside[self._group])

    def first_roster(self, order: Array, stopped: Callable[[], bool]) -> Array | None:
        """Pairs of a roster, bool (num_pairs,), built in an order of people; None when stopped."""
        program = self.blocks.program
        worked = np.zeros(program.num_pairs, dtype=bool)
        activity = np.zeros(len(self.coupling.rows))
        for number in order.tolist():
            if stopped():
                return None
            prices = program.cost[: program.num_pairs] + self._marginal(activity)
            graph = self.graph(number, prices)
            if graph is None:
                return None
            course = self.courses[number]
            pairs = course.pairs[graph.cheapest(prices[course.pairs]).pairs]
            worked[pairs] = True
            activity += self.coupling.pairs[:, pairs].sum(axis=1)
        return worked

    def anew(self, worked: Array, order: Array, stopped: Callable[[], bool]) -> Array:
        """The roster after everybody, in an order, took the best schedule beside all others."""
        worked, own = worked.copy(), self.blocks.follow(worked)
        cost = self.blocks.program.cost[: len(worked)]
        activity = self.coupling.pairs @ worked.astype(float)
        for number in order.tolist():
            graph, course = self.graphs[number], self.courses[number]
            if graph is None or stopped():
                break
            mine = course.pairs[worked[course.pairs]]
            activity -= self.coupling.pairs[:, mine].sum(axis=1)
            prices = cost + self._marginal(activity)
            path = graph.cheapest(prices[course.pairs])
            other = course.pairs[path.pairs]
            # Prices of several works in one row do not add up: the rows themselves decide.
            before = course.own_cost @ own[course.own] + cost[mine].sum()
            after = path.cost + cost[other].sum()
            if after + self._beside(activity, other) < before + self._beside(activity, mine) - EPS:
                worked[mine] = False
                worked[other] = True
                mine = other
            activity += self.coupling.pairs[:, mine].sum(axis=1)
        return worked

    def _beside(self, activity: Array, pairs: Array) -> float:
        """What it costs to ease the coupling rows when pairs are worked beside others."""
        return float(self._eased(activity + self.coupling.pairs[:, pairs].sum(axis=1)).sum())

    def _marginal(self, activity: Array) -> Array:
        """What each pair costs or saves in the coupling rows, float (num_pairs,)."""
        coupling = self.coupling
        now = self._eased(activity)
        entries = coupling.by_pair
        change = np.zeros(len(entries.data))
        for size in self._sizes.tolist():
            same = entries.data == size
            change[same] = (self._eased(activity + size) - now)[entries.indices[same]]
        pair = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr))
        return np.bincount(pair, weights=change, minlength=entries.shape[0])

    def _eased(self, activity: Array) -> Array:
        """What it costs to ease each coupling row by itself."""
        coupling, program = self.coupling, self.blocks.program
        excess = np.maximum(activity - coupling.bound, 0.0)
        cost = np.where(coupling.hard, excess * coupling.penalty, 0.0)
        left = np.where(coupling.hard, 0.0, excess)
        for local, column, size in self._easings:
            step = np.ceil(np.maximum(left[local] / size - 1e-6, 0.0))
            step = np.minimum(program.upper[column], step)
            cost[local] += step * program.cost[column]
            left[local] -= step * size
        return cost + np.maximum(left, 0.0) * coupling.penalty
