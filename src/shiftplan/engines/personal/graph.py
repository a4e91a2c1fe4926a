"""Schedules of a person over some days, as paths through a layered graph.

`Layer`s -> `Graph` -> its cheapest path for any prices, or all that are near the least unless there
are too many. The graph does not depend on prices, so that a new price costs one sweep.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.engines.personal.blocks import DayPatterns
from shiftplan.engines.task import EPS, Array


@dataclass(slots=True)
class Layer:
    """Arcs of a day, sorted by the node they lead to."""

    source: Array
    """Node of the layer before."""
    kind: Array
    cost: Array
    """What completes on this day costs."""
    first: Array
    """First arc of each node of this layer."""

    def targets(self) -> Array:
        """Node of this layer that each arc leads to."""
        return np.repeat(
            np.arange(len(self.first)), np.diff(np.append(self.first, len(self.source)))
        )


@dataclass(frozen=True, slots=True)
class Path:
    """A schedule over the days of a graph."""

    price: float
    """Personal cost and the prices of its pairs."""
    cost: float
    """Personal cost alone: columns that follow from the pairs."""
    pairs: Array
    """Local pairs that are worked."""


_NOTHING = DayPatterns([()], np.zeros(1, int), np.zeros(0, int), np.zeros((1, 0), int))
"""A day without work, for what comes after the last."""


class Graph:
    """Schedules over some days."""

    def __init__(
        self, days: list[DayPatterns], layers: list[Layer], base: float, *, exact: bool
    ) -> None:
        self.layers, self.base, self.exact = layers, base, exact
        """`base`: cost of what no day changes; `exact`: whether all schedules are in it."""
        self._days = days
        self._patterns = [day.patterns for day in days]
        self._first = [day.first for day in days]
        count = [len(patterns) for patterns in self._patterns]
        self.offset = np.concatenate([[0], np.cumsum(count)]).astype(int)
        self._heads = np.concatenate(
            [first + o for first, o in zip(self._first, self.offset, strict=False)]
        )
        kinds = [len(first) for first in self._first]
        self._kinds = np.concatenate([[0], np.cumsum(kinds)]).astype(int)
        flat = [pattern for patterns in self._patterns for pattern in patterns]
        self._member = np.array([pair for pattern in flat for pair in pattern], dtype=int)
        self._of = np.repeat(np.arange(len(flat)), [len(pattern) for pattern in flat])

    def priced(self, prices: Array) -> Array:
        """Price of each pattern, layer by layer, for prices of the local pairs."""
        return np.bincount(self._of, weights=prices[self._member], minlength=int(self.offset[-1]))

    def patterns_of(self, number: int) -> tuple[Array, int]:
        """First pattern of each class of a layer, and the number of patterns."""
        return self._first[number], len(self._patterns[number])

    def pairs_of(self, patterns: Array) -> Array:
        """Local pairs of a pattern for each layer."""
        worked = [self._patterns[number][p] for number, p in enumerate(patterns.tolist())]
        return np.array(sorted(pair for pattern in worked for pair in pattern), dtype=int)

    def cheapest(self, prices: Array) -> Path:
        """The path of least personal cost plus prices, float of shape (local pairs,)."""
        pattern = self.priced(prices)
        kinds = np.split(np.minimum.reduceat(pattern, self._heads), self._kinds[1:-1])
        values = [np.array([self.base])]
        for layer, kind in zip(self.layers, kinds, strict=True):
            arc = values[-1][layer.source] + layer.cost + kind[layer.kind]
            values.append(np.minimum.reduceat(arc, layer.first))
        node, cost = 0, self.base
        chosen = np.zeros(len(self.layers), dtype=int)
        for number in range(len(self.layers) - 1, -1, -1):
            layer, kind = self.layers[number], kinds[number]
            end = layer.first[node + 1] if node + 1 < len(layer.first) else len(layer.source)
            arcs = slice(int(layer.first[node]), int(end))
            total = values[number][layer.source[arcs]] + layer.cost[arcs] + kind[layer.kind[arcs]]
            best = arcs.start + int(np.argmin(total))
            cost += float(layer.cost[best])
            first, patterns = self.patterns_of(number)
            own = int(layer.kind[best])
            start, last = first[own], first[own + 1] if own + 1 < len(first) else patterns
            offset = self.offset[number]
            chosen[number] = start + np.argmin(pattern[offset + start : offset + last])
            node = int(layer.source[best])
        return Path(float(values[-1][0]), cost, self.pairs_of(chosen))

    def ahead(self, prices: Array) -> list[Array]:
        """Least cost and prices from each node to the end, for the nodes before each layer.

        `prices`: float of shape (local pairs,). The last array is that of the end.
        """
        pattern = self.priced(prices)
        kinds = np.split(np.minimum.reduceat(pattern, self._heads), self._kinds[1:-1])
        found = [np.zeros(1)]
        for number in range(len(self.layers) - 1, -1, -1):
            layer = self.layers[number]
            arc = layer.cost + kinds[number][layer.kind] + found[-1][layer.targets()]
            least = np.full(self._nodes_before(number), np.inf)
            np.minimum.at(least, layer.source, arc)
            found.append(least)
        return found[::-1]

    def kinds_of(self, worked: Array) -> Array | None:
        """Class of the pattern that is worked in each layer, int; None where one is unknown.

        `worked`: bool of shape (local pairs,).
        """
        # The pattern of exactly the works of a day has more of them, or fewer others, than any.
        likeness = self.priced(2.0 * worked - 1.0)
        matched, kinds = 0.0, np.zeros(len(self.layers), dtype=int)
        for number, first in enumerate(self._first):
            own = likeness[self.offset[number] : self.offset[number + 1]]
            best = int(np.argmax(own))
            matched += own[best]
            kinds[number] = np.searchsorted(first, best, side="right") - 1
        return kinds if matched == np.count_nonzero(worked) else None

    def walk(self, kinds: Array, first: int, last: int, node: int) -> tuple[int, float] | None:
        """Node before layer `last`, and cost of the way there, from a node before layer `first`.

        None when no schedule goes that way.
        """
        cost = 0.0
        for layer, kind in zip(self.layers[first:last], kinds[first:last], strict=True):
            arc = np.flatnonzero((layer.source == node) & (layer.kind == kind))
            if len(arc) == 0:
                return None
            cost += float(layer.cost[arc[0]])
            node = int(np.searchsorted(layer.first, arc[0], side="right")) - 1
        return node, cost

    def rest(self, kinds: Array, first: int) -> Array:
        """Cost from each node before layer `first` to the end by given classes; else infinite."""
        cost = np.zeros(1)
        for number in range(len(self.layers) - 1, first - 1, -1):
            layer = self.layers[number]
            arcs = np.flatnonzero(layer.kind == kinds[number])
            before = np.full(self._nodes_before(number), np.inf)
            target = np.searchsorted(layer.first, arcs, side="right") - 1
            before[layer.source[arcs]] = layer.cost[arcs] + cost[target]
            cost = before
        return cost

    def between(self, first: int, last: int, node: int, base: float, after: Array) -> Graph | None:
        """Schedules of the layers from `first` to before `last` that start at a node.

        `base`: cost of the days before; `after`: what each node before layer `last` costs on the
        days from there, infinite where nothing goes on. None when none does.
        """
        layers = []
        alive = np.full(self._nodes_before(first), -1)
        alive[node] = 0
        for layer in self.layers[first:last]:
            kept = np.flatnonzero(alive[layer.source] >= 0)
            target = np.searchsorted(layer.first, kept, side="right") - 1
            nodes, start = np.unique(target, return_index=True)
            source = alive[layer.source[kept]]
            layers.append(Layer(source, layer.kind[kept], layer.cost[kept], start))
            alive = np.full(len(layer.first), -1)
            alive[nodes] = np.arange(len(nodes))
        cost = after[np.flatnonzero(alive >= 0)]
        ends = np.flatnonzero(cost < np.inf)
        if len(ends) == 0:
            return None
        end = Layer(ends, np.zeros(len(ends), dtype=int), cost[ends], np.zeros(1, dtype=int))
        days = [*self._days[first:last], _NOTHING]
        return Graph(days, reaching([*layers, end]), base, exact=self.exact)

    def _nodes_before(self, number: int) -> int:
        return len(self.layers[number - 1].first) if number else 1

    def holding(self, held: Array) -> Graph:
        """The part of the graph whose schedules work some pairs; there has to be such a schedule.

        `held`: bool of shape (local pairs,).
        """
        days, layers = [], []
        alive = np.zeros(1, dtype=int)
        for number, layer in enumerate(self.layers):
            day, kinds = self._day_holding(number, held)
            days.append(day)
            kept = np.flatnonzero((alive[layer.source] >= 0) & (kinds[layer.kind] >= 0))
            node = np.searchsorted(layer.first, kept, side="right") - 1
            nodes, first = np.unique(node, return_index=True)
            source, kind = alive[layer.source[kept]], kinds[layer.kind[kept]]
            layers.append(Layer(source, kind, layer.cost[kept], first))
            alive = np.full(len(layer.first), -1)
            alive[nodes] = np.arange(len(nodes))
        return Graph(days, reaching(layers), self.base, exact=False)

    def _day_holding(self, number: int, held: Array) -> tuple[DayPatterns, Array]:
        """The patterns of a layer with all its held pairs, and new numbers of its classes."""
        day = self._days[number]
        pairs = {pair for pattern in day.patterns for pair in pattern if held[pair]}
        if not pairs:
            return day, np.arange(len(day.first))
        fits = np.array([pairs.issubset(pattern) for pattern in day.patterns])
        kind = np.searchsorted(day.first, np.flatnonzero(fits), side="right") - 1
        kinds, first = np.unique(kind, return_index=True)
        numbers = np.full(len(day.first), -1)
        numbers[kinds] = np.arange(len(kinds))
        patterns = [pattern for pattern, fit in zip(day.patterns, fits, strict=True) if fit]
        return DayPatterns(patterns, first, day.rows, day.change[kinds]), numbers


def cut(layer: Layer, nodes: Array) -> Layer:
    """The arcs that lead to some of the nodes."""
    count = np.diff(np.append(layer.first, len(layer.source)))
    keep = np.zeros(len(layer.first), dtype=bool)
    keep[nodes] = True
    arcs = np.repeat(keep, count)
    first = np.concatenate([[0], np.cumsum(count[nodes])[:-1]]).astype(int)
    return Layer(layer.source[arcs], layer.kind[arcs], layer.cost[arcs], first)


def reaching(layers: list[Layer]) -> list[Layer]:
    """The same layers without nodes from which no path reaches the end."""
    kept: list[Layer] = []
    for number in range(len(layers) - 1, -1, -1):
        layer = layers[number]
        used, source = np.unique(layer.source, return_inverse=True)
        source, kind = source.reshape(-1).astype(np.int32), layer.kind.astype(np.int32)
        kept.append(Layer(source, kind, layer.cost, layer.first))
        if number:
            layers[number - 1] = cut(layers[number - 1], used)
    return kept[::-1]


def near_paths(graph: Graph, prices: Array, slack: float, limit: int) -> list[Path] | None:
    """Paths that cost at most `slack` more than the cheapest; None when more than `limit`.

    `prices`: float of shape (local pairs,).
    """
    pattern = np.split(graph.priced(prices), graph.offset[1:-1])
    arcs = [_Arcs(graph, number, pattern) for number in range(len(graph.layers))]
    ahead = [np.zeros(1)]
    for layer in reversed(arcs):
        ahead.append(layer.ahead(ahead[-1]))
    ahead.reverse()
    most = graph.base + float(ahead[0][0]) + slack + EPS
    node, price, cost = np.zeros(1, dtype=int), np.array([graph.base]), np.array([graph.base])
    chosen = np.zeros((1, 0), dtype=np.int32)
    for number, layer in enumerate(arcs):
        origin, arc = layer.leave(node)
        after = price[origin] + layer.price[arc]
        kept = np.flatnonzero(after + ahead[number + 1][layer.target[arc]] <= most)
        if len(kept) > limit:
            return None
        origin, arc, price = origin[kept], arc[kept], after[kept]
        node, cost = layer.target[arc], cost[origin] + layer.cost[arc]
        chosen = np.concatenate([chosen[origin], layer.pattern[arc][:, None]], axis=1)
    return [
        Path(float(p), float(c), graph.pairs_of(row))
        for p, c, row in zip(price, cost, chosen, strict=True)
    ]


class _Arcs:
    """The arcs of a layer, one for each pattern, sorted by the node they leave."""

    def __init__(self, graph: Graph, number: int, pattern: list[Array]) -> None:
        layer = graph.layers[number]
        first, members = graph.patterns_of(number)
        count = np.diff(np.append(first, members))
        target = layer.targets()
        times = count[layer.kind]
        arc = np.repeat(np.arange(len(layer.kind)), times)
        nth = np.arange(len(arc)) - np.repeat(np.cumsum(times) - times, times)
        option = first[layer.kind[arc]] + nth
        order = np.argsort(layer.source[arc], kind="stable")
        arc, option = arc[order], option[order]
        self.source, self.target, self.pattern = layer.source[arc], target[arc], option
        self.cost = layer.cost[arc]
        self.price = self.cost + pattern[number][option]

    def ahead(self, beyond: Array) -> Array:
        """Least price from each node of the layer before to the end."""
        starts = np.flatnonzero(np.diff(self.source, prepend=-1))
        least: Array = np.minimum.reduceat(self.price + beyond[self.target], starts)
        return least

    def leave(self, node: Array) -> tuple[Array, Array]:
        """The arcs that go on from each path, and the path that each goes on from."""
        first, last = np.searchsorted(self.source, [node, node + 1])
        count = last - first
        origin = np.repeat(np.arange(len(node)), count)
        nth = np.arange(len(origin)) - np.repeat(np.cumsum(count) - count, count)
        return origin, first[origin] + nth
