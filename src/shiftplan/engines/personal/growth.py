"""Grow the graph of all schedules of a person, day by day.

`Course`, days, and the rest of the schedule -> `Graph`.

A node is what the days before mean to the days that follow: how far each open row is, with rows
that nothing can break any more out of sight. Rows are settled on the day that completes them, and
the arcs of that day carry what it costs. The graph is exact unless a layer had to be cut.
"""

from __future__ import annotations

import numpy as np

from shiftplan.engines.personal.blocks import Course, DayPatterns
from shiftplan.engines.personal.graph import Graph, Layer, cut, reaching
from shiftplan.engines.task import Array

_HASH_SEED = 7
"""Same numbers, same graph."""
_NO_LIMIT = 2**60
"""Bound of rows that can be eased."""


class _Builder:
    """The states of one graph while it grows."""

    def __init__(self, course: Course, days: list[int], activity: Array) -> None:
        self.course = course
        self.days = [course.day(day) for day in days]
        self.activity = activity.copy()
        """Of all local rows, from what is fixed, int."""
        rows = len(course.rows)
        self.first = np.full(rows, len(days))
        self.close = np.full(rows, -1)
        for number, day in enumerate(self.days):
            self.close[day.rows] = number
            self.first[day.rows] = np.minimum(self.first[day.rows], number)
        self._open_fed()

    def _open_fed(self) -> None:
        """Rows that share columns are open from the first to the last day that can raise these."""
        course = self.course
        row, column, size = course.feeds
        entries = course.others
        self.fed = np.zeros(len(course.rows), dtype=np.int64)
        self.ready = np.full(len(course.own), -1)
        if len(course.rows) == 0:
            return
        easing = entries.tocoo()
        down = easing.data < 0
        for _ in range(int(course.level.max()) + 1):
            early = np.full(len(course.own), len(self.days))
            np.maximum.at(self.ready, easing.col[down], self.close[easing.row[down]])
            moving = down & (self.close[easing.row] >= 0)
            np.minimum.at(early, easing.col[moving], self.close[easing.row[moving]])
            np.maximum.at(self.close, row, self.ready[column])
            np.minimum.at(self.first, easing.row, early[easing.col])
        live = self.ready[column] >= 0
        np.add.at(self.fed, row[live], size[live] * course.own_upper[column[live]].astype(np.int64))

    def settle_fixed(self) -> float | None:
        """Cost of rows that no day changes; None when one of them is broken for good."""
        course, cost = self.course, 0.0
        for level in range(int(course.level.max(initial=0)) + 1):
            broken = (self.close < 0) & (course.level == level) & (self.activity > course.bound)
            for row in np.flatnonzero(broken).tolist():
                raised = self._ease_fixed(row)
                if raised is None:
                    return None
                cost += raised
        return cost

    def _ease_fixed(self, row: int) -> float | None:
        course, cost = self.course, 0.0
        easing = course.easing.get(row)
        if easing is None:
            return None
        for column, size in zip(easing.columns.tolist(), easing.size.tolist(), strict=True):
            excess = int(self.activity[row] - course.bound[row])
            if excess <= 0:
                break
            step = min(int(course.own_upper[column]), -(-excess // size))
            first, last = course.others.indptr[column : column + 2]
            self.activity[course.others.indices[first:last]] += (
                course.others.data[first:last] * step
            )
            cost += course.own_cost[column] * step
        return cost if self.activity[row] <= course.bound[row] else None

    def grow(self, prices: Array | None, width: int) -> Graph | None:
        """The graph; None when no path reaches its end."""
        course = self.course
        base = self.settle_fixed()
        if base is None:
            return None
        most, least = self.fed.copy(), np.zeros_like(self.fed)
        for day in self.days:
            most[day.rows] += day.change.max(axis=0)
            least[day.rows] += day.change.min(axis=0)
        live = (self.close >= 0) & (self.activity + most > course.bound)
        # Where nodes are cut, an even use of what a row allows leaves work for the last days.
        room = course.bound - self.activity
        paced = course.hard & (most > room) & (room > 0)
        pace = np.where(paced, room / np.maximum(most, 1), 0.0)
        daily = np.where(paced, room / np.maximum(self.close - self.first, 1), np.inf)
        multiplier = np.random.default_rng(_HASH_SEED).integers(
            1, 2**62, size=len(course.rows), dtype=np.int64
        )
        rows = np.zeros(0, dtype=int)
        states, value = np.zeros((1, 0), dtype=np.int64), np.array([base])
        place = np.full(len(course.rows), -1)
        layers: list[Layer] = []
        exact = True
        for number, day in enumerate(self.days):
            new = np.flatnonzero(live & (self.first == number))
            rows = np.concatenate([rows, new])
            begun = np.broadcast_to(self.activity[new], (len(states), len(new)))
            states = np.concatenate([states, begun], axis=1)
            place[rows] = np.arange(len(rows))
            inside = live[day.rows]
            most[day.rows] -= day.change.max(axis=0)
            least[day.rows] -= day.change.min(axis=0)
            change = np.zeros((len(day.change), len(rows)), dtype=np.int64)
            change[:, place[day.rows[inside]]] = day.change[:, inside]
            limit = course.bound[rows] - np.minimum(least[rows], 0)
            limit[~course.hard[rows]] = _NO_LIMIT
            source, kind = self._alive(states, change, limit)
            after = states[source] + change[kind]
            cost = self._close(number, rows, place, after, most)
            good = np.all(after <= limit, axis=1) & np.isfinite(cost)
            source, kind, after, cost = source[good], kind[good], after[good], cost[good]
            if len(source) == 0:
                return None
            kept = self.close[rows] > number
            place[rows] = -1
            rows = rows[kept]
            after = np.maximum(after[:, kept], course.bound[rows] - most[rows])
            key = after @ multiplier[rows]
            order, first = merged(after, key)
            layer = Layer(source[order], kind[order], cost[order], first)
            arc = value[layer.source] + layer.cost
            if prices is not None:
                arc += _kind_prices(day, prices)[layer.kind]
            value = np.minimum.reduceat(arc, first)
            states = after[order[first]]
            if len(first) > width:
                exact = False
                over = states - course.bound[rows]
                owed = np.where(course.hard[rows], over / np.maximum(-least[rows], 1), 0.0)
                ahead = ((over + most[rows] * pace[rows]) / daily[rows]).max(axis=1, initial=0.0)
                # Work done ahead of its days has to bring more than a day brings on average.
                fair = value + ahead * max(base - value.min(), 0.0) / (number + 1)
                chosen = _some(fair, owed.max(axis=1, initial=0.0), width)
                layer, value, states = cut(layer, chosen), value[chosen], states[chosen]
            layers.append(layer)
        return Graph(self.days, reaching(layers), base, exact=exact)

    @staticmethod
    def _alive(states: Array, change: Array, limit: Array) -> tuple[Array, Array]:
        """Nodes and classes that break no hard row."""
        sources = [np.flatnonzero(np.all(states <= limit - added, axis=1)) for added in change]
        kinds = np.repeat(np.arange(len(change)), [len(source) for source in sources])
        return np.concatenate(sources), kinds

    def _close(self, number: int, rows: Array, place: Array, after: Array, most: Array) -> Array:
        """Settle the rows that a day completes; cost of each arc, infinite where one is broken."""
        course = self.course
        cost = np.zeros(len(after))
        closing = rows[(self.close[rows] == number) & ~course.hard[rows]]
        for row in closing[np.argsort(course.level[closing], kind="stable")].tolist():
            easing = course.easing[row]
            column_of, bound = place[row], course.bound[row]
            for column, size in zip(easing.columns.tolist(), easing.size.tolist(), strict=True):
                excess = after[:, column_of] - bound
                if excess.max(initial=0) <= 0:
                    break
                step = np.minimum(np.maximum(-(-excess // size), 0), int(course.own_upper[column]))
                cost += course.own_cost[column] * step
                if easing.private:
                    after[:, column_of] -= size * step
                    continue
                first, last = course.others.indptr[column : column + 2]
                touched = course.others.indices[first:last]
                data = course.others.data[first:last]
                seen = place[touched] >= 0
                after[:, place[touched[seen]]] += step[:, None] * data[seen][None, :]
            cost[after[:, column_of] > bound] = np.inf
        row, column, size = course.feeds
        done = self.ready[column] == number
        if done.any():
            np.subtract.at(
                most, row[done], size[done] * course.own_upper[column[done]].astype(np.int64)
            )
        return cost


def merged(states: Array, key: Array) -> tuple[Array, Array]:
    """An order in which equal states stand together, and where each one begins.

    `states`: how far the rows are, int (arcs, open rows); `key`: a number that is the same for
    equal ones, int (arcs,). Others may share it by chance, though hardly ever; then the states
    themselves are sorted.
    """
    order = np.argsort(key, kind="stable")
    key, inside = key[order], states.take(order, axis=0)
    new = np.concatenate([[True], key[1:] != key[:-1]])
    if np.any((inside[1:] != inside[:-1]) & ~new[1:, None]):
        order = np.lexsort(states.T)
        new[1:] = np.any(np.diff(states[order], axis=0) != 0, axis=1)
    return order, np.flatnonzero(new)


def _kind_prices(day: DayPatterns, prices: Array) -> Array:
    worked = np.array([sum(prices[pair] for pair in p) for p in day.patterns], dtype=float)
    least: Array = np.minimum.reduceat(worked, day.first)
    return least


def _some(value: Array, owed: Array, width: int) -> Array:
    """Nodes to keep: the cheapest, those that owe the least to hard rows, and others evenly.

    `owed`: what the days ahead have to give, as a part of all that they could.
    """
    cheap, safe = np.argsort(value, kind="stable"), np.lexsort((value, owed))
    third = max(1, width // 3)
    evenly = cheap[np.linspace(0, len(cheap) - 1, third).astype(int)]
    return np.unique(np.concatenate([cheap[:third], safe[:third], evenly]))


def build_graph(
    course: Course, days: list[int], activity: Array, prices: Array | None, width: int
) -> Graph | None:
    """All schedules over some days beside what is fixed; None when there is none.

    `activity` is what the fixed pairs add to the local rows, int. Where a layer has more than
    `width` nodes, those stay that are cheapest for the `prices` (float, local pairs), those that
    owe the least to hard rows, and others evenly.
    """
    return _Builder(course, days, activity).grow(prices, width)
