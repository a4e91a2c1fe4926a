"""All schedules of a person whose price is near the least, path by path.

`Graph` and prices -> `Path`s, unless there are too many.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.engines.personal.graph import Graph, Path

Array = np.ndarray[Any, Any]
_EPS = 1e-6


def near_paths(graph: Graph, prices: Array, slack: float, limit: int) -> list[Path] | None:
    """Paths that cost at most `slack` more than the cheapest; None when more than `limit`.

    `prices`: float of shape (local pairs,).
    """
    pattern = graph.pattern_prices(prices)
    arcs = [_Arcs(graph, number, pattern) for number in range(len(graph.layers))]
    ahead = [np.zeros(1)]
    for layer in reversed(arcs):
        ahead.append(layer.ahead(ahead[-1]))
    ahead.reverse()
    most = graph.base + float(ahead[0][0]) + slack + _EPS
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
        target = np.repeat(
            np.arange(len(layer.first)), np.diff(np.append(layer.first, len(layer.source)))
        )
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
