"""Whole schedules of a person: one first week, with a second one for each of several futures.

`Graph` of all weeks, prices of what comes after the second one -> `Fork`; prices of the two weeks,
those of the second by future -> the cheapest `Choice`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.engines.personal.blocks import Course
from shiftplan.engines.personal.graph import Graph
from shiftplan.engines.task import Array

WEEK, TWO_WEEKS = 7, 14
"""Days."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A schedule of the first week with one of the second week for each future."""

    price: float
    """Its cost with the prices of all pairs."""
    cost: float
    """Its cost without them; what comes after the second week is in it."""
    first: Array
    """Local pairs of the first week."""
    later: list[Array]
    """Local pairs of the second week in each future."""


class Fork:
    """A person's schedules: one first week, and a second one for each of several futures."""

    def __init__(self, graph: Graph, course: Course, beyond: Array) -> None:
        """`beyond`: prices of the local pairs after the second week."""
        self.graph = graph
        self._parts = np.searchsorted(course.pair_day, [WEEK, TWO_WEEKS])
        self._end, self._split = (int(np.sum(course.days < d)) for d in (TWO_WEEKS, WEEK))
        firsts = [graph.patterns_of(number)[0] for number in range(len(graph.layers))]
        self._heads = np.concatenate(
            [first + at for first, at in zip(firsts, graph.offset, strict=False)]
        )
        self._cuts = np.cumsum([len(first) for first in firsts])[:-1]
        self._leaving: dict[int, tuple[Array, Array, Array, Array]] = {}
        for number in range(self._split, self._end):
            layer = graph.layers[number]
            order = np.argsort(layer.source, kind="stable")
            starts = np.flatnonzero(np.diff(layer.source[order], prepend=-1))
            target = layer.targets()[order]
            self._leaving[number] = target, layer.kind[order], layer.cost[order], starts
        self._worth = graph.ahead(beyond)[self._end]
        """Least price from each node after the second week to the end."""

    def _kinds(self, patterns: Array) -> list[Array]:
        least = np.minimum.reduceat(patterns, self._heads, axis=-1)
        return np.split(least, self._cuts, axis=-1)

    def cheapest(self, first: Array, later: Array) -> Choice:
        """The choice of least price.

        `first`, `later`: prices of the local pairs in the first week, and in each future, float
        (local pairs,) and (futures, local pairs); those of futures count in full, personal costs
        there by the number of futures.
        """
        graph, share = self.graph, 1.0 / len(later)
        patterns = [graph.priced(first), *(graph.priced(prices) for prices in later)]
        kinds, ahead_kinds = self._kinds(patterns[0]), self._kinds(np.stack(patterns[1:]))
        ahead = {self._end: np.tile(self._worth * share, (len(later), 1))}
        for number in range(self._end - 1, self._split - 1, -1):
            target, kind, cost, starts = self._leaving[number]
            arc = ahead[number + 1][:, target] + cost * share + ahead_kinds[number][:, kind]
            ahead[number] = np.minimum.reduceat(arc, starts, axis=1)
        values = [np.array([graph.base])]
        for layer, kind_price in zip(graph.layers[: self._split], kinds, strict=False):
            arc = values[-1][layer.source] + layer.cost + kind_price[layer.kind]
            values.append(np.minimum.reduceat(arc, layer.first))
        total = values[-1] + ahead[self._split].sum(axis=0)
        middle = int(np.argmin(total))

        chosen = np.zeros(self._end, dtype=int)
        node, own = middle, graph.base
        for number in range(self._split - 1, -1, -1):
            layer = graph.layers[number]
            end = layer.first[node + 1] if node + 1 < len(layer.first) else len(layer.source)
            arcs = slice(int(layer.first[node]), int(end))
            price = values[number][layer.source[arcs]] + layer.cost[arcs]
            best = arcs.start + int(np.argmin(price + kinds[number][layer.kind[arcs]]))
            own += float(layer.cost[best])
            chosen[number] = self._pattern(number, int(layer.kind[best]), patterns[0])
            node = int(layer.source[best])
        seconds = []
        for future in range(len(later)):
            node = middle
            for number in range(self._split, self._end):
                target, kind, cost, starts = self._leaving[number]
                last = starts[node + 1] if node + 1 < len(starts) else len(target)
                arcs = slice(int(starts[node]), int(last))
                price = ahead[number + 1][future, target[arcs]] + cost[arcs] * share
                price = price + ahead_kinds[number][future, kind[arcs]]
                best = arcs.start + int(np.argmin(price))
                own += float(cost[best]) * share
                chosen[number] = self._pattern(number, int(kind[best]), patterns[1 + future])
                node = int(target[best])
            own += float(self._worth[node]) * share
            pairs = graph.pairs_of(chosen)
            middle_pair, last_pair = np.searchsorted(pairs, self._parts)
            seconds.append(pairs[middle_pair:last_pair])
        return Choice(float(total[middle]), own, pairs[:middle_pair], seconds)

    def _pattern(self, number: int, kind: int, prices: Array) -> int:
        first, count = self.graph.patterns_of(number)
        start, last = first[kind], first[kind + 1] if kind + 1 < len(first) else count
        offset = self.graph.offset[number]
        return int(start + np.argmin(prices[offset + start : offset + last]))
