"""A part of a roster, chosen anew by column generation: some people on some days.

`Crew`, people and days -> `Part`: rounds of "prices for the rows, the cheapest schedule for each
person", until the relaxed choice is near its bound.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shiftplan.engines.personal.blocks import Course
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.graph import Graph
from shiftplan.engines.personal.growth import build_graph
from shiftplan.engines.personal.master import Master
from shiftplan.engines.task import EPS, Array, Deadline

_BONUS = 1_000.0
"""What holding a work is worth, in penalties for a broken row: so much that a schedule gives up any
row before it. It says what comes first, and is not for tuning."""


class Part:
    """People whose schedules are free on some days; all else keeps its place."""

    def __init__(self, crew: Crew, people: list[int], days: Array | None, values: Array, seed: int):
        """`people`: numbers in the crew; `days`: None for all; `values`: columns of a roster."""
        program = crew.blocks.program
        worked = values[: program.num_pairs] > 0.5
        free: list[Array] = []
        chosen: list[int] = []
        for number in people:
            course = crew.courses[number]
            mine = course.pairs if days is None else course.pairs[np.isin(course.pair_day, days)]
            if len(mine):
                chosen.append(number)
                free.append(mine)
        rows = crew.rows_of(np.concatenate([np.zeros(0, dtype=int), *free]))
        self._begin(crew, chosen, free, worked, rows, seed)
        for place, number in enumerate(chosen):
            course = crew.courses[number]
            kept = free[place][worked[free[place]]]
            cost = course.own_cost @ values[course.own] + self._cost[kept].sum()
            self.master.add(place, np.sort(kept), float(cost))
            self._graphs.append(
                crew.graph(number, self._cost)
                if days is None
                else _window(crew, number, days, worked, self.fixed)
            )
        coupling, used = crew.coupling, self.master.used
        hard = rows[coupling.hard[rows]]
        over = (coupling.pairs @ worked.astype(float) - coupling.bound)[hard]
        eased = coupling.cost[used] @ values[coupling.columns[used]]
        broken = coupling.penalty * np.maximum(over, 0.0).sum()
        self._known = sum(self.master.costs) + float(eased + broken)
        """Cost of the start."""

    def _begin(
        self,
        crew: Crew,
        chosen: list[int],
        free: list[Array],
        worked: Array,
        rows: Array,
        seed: int,
    ) -> None:
        """Set up a choice without schedules for some people, who have free pairs each."""
        self.crew, self._cost = crew, crew.blocks.program.cost[: len(worked)]
        self.free = free
        """Pairs of each person that are free."""
        self.fixed = worked.copy()
        for mine in free:
            self.fixed[mine] = False
        activity = crew.coupling.by_pair.T @ self.fixed.astype(float)
        self.master = Master(crew.coupling, rows, activity, len(chosen), seed)
        self._courses: list[Course] = [crew.courses[number] for number in chosen]
        self._graphs: list[Graph | None] = []
        self._held = np.zeros(len(chosen), dtype=int)
        """Works that each graph holds."""
        self.rounds = 0
        """Rounds of pricing so far."""
        self.bound = -np.inf
        """The best proven lower bound of the part, where all graphs are exact."""
        self._centre: Array | None = None
        self._known = np.inf

    def row_prices(self) -> Array:
        """Price of each coupling row at the best bound, none negative, float (coupling rows,)."""
        dual = self.master.dual if self._centre is None else self._centre
        return self.master.row_prices(dual)

    def round(self) -> int:
        """One round of pricing after the choice was relaxed; the number of new schedules."""
        master = self.master
        tried = [master.dual]
        if self._centre is not None:
            weight = self.crew.params.smoothing
            tried.insert(0, weight * self._centre + (1 - weight) * master.dual)
        true = self._cost + master.prices(master.dual)
        self.rounds += 1
        new = 0
        for dual in tried:
            prices = self._cost + master.prices(dual)
            least = np.zeros(master.people)
            known = zip(self._graphs, self._courses, strict=True)
            for place, (graph, course) in enumerate(known):
                if graph is None:
                    continue
                path = graph.cheapest(prices[course.pairs])
                least[place] = path.price
                pairs = course.pairs[path.pairs]
                if path.cost + true[pairs].sum() < master.share[place] - EPS:
                    cost = path.cost + self._cost[pairs].sum()
                    count = len(master.schedules)
                    new += master.add(place, np.sort(pairs), float(cost)) == count
            bound = master.bound(dual, least.sum()) if all(self._graphs) else -np.inf
            if bound > self.bound:
                self.bound, self._centre, self._least = bound, dual, least
            if new:
                break
        return new

    def prices(self) -> Array:
        """Cost of each pair at the prices of the best bound, float (num_pairs,)."""
        dual = self.master.dual if self._centre is None else self._centre
        return self._cost + self.master.prices(dual)

    def done(self, gap: float) -> bool:
        """Whether the relaxed choice is within a relative gap of its bound."""
        value = self.master.value
        return self.hopeless or value - self.bound <= max(gap * abs(value), EPS)

    @property
    def hopeless(self) -> bool:
        """Whether nothing is better than the start."""
        return self.bound > self._known - self.crew.blocks.step + EPS

    def choose(self, seconds: float, nodes: int, enough: float) -> Array | None:
        """A better whole choice as a roster, bool (num_pairs,); None when none was found.

        It may miss `enough`, a part of what the relaxed choice gains. Schedules that cost more
        than their person's share by all that could be gained are in no better choice.
        """
        step = self.crew.blocks.step
        room = self._known - step - self.bound
        dropped = np.flatnonzero(self.beyond() > room + EPS)
        gap = max(enough * (self._known - self.master.value), step - 0.001)
        chosen, _ = self.master.choose(dropped, seconds, nodes, gap)
        return None if chosen is None else self.worked(chosen)

    def generate(
        self, deadline: Deadline, stopped: Callable[[], bool], rounds: int, gap: float
    ) -> bool:
        """Rounds until no schedule is missing, or the choice is within a gap of its bound."""
        for _ in range(rounds):
            if stopped() or not self.master.relax(deadline.left()):
                return False
            if not self.round() or self.done(gap):
                return self.master.relax(deadline.left())
        return self.master.relax(deadline.left())

    def use(self) -> Array:
        """How much each pair is worked in the relaxed choice, float (num_pairs,)."""
        use = np.zeros(len(self.fixed))
        for column in np.flatnonzero(self.master.use > EPS).tolist():
            use[self.master.schedules[column]] += self.master.use[column]
        return use

    def hold(self, held: Array) -> None:
        """Leave out schedules without a work that is held; let works go that none can hold.

        `held`: bool (num_pairs,), changed in place.
        """
        best = self.price(held, every=True)
        wanted = np.zeros(len(self.free), dtype=int)
        for place, column in enumerate(best):
            mine, graph = self.free[place], self._graphs[place]
            held[mine] &= np.isin(mine, self.master.schedules[column])
            wanted[place] = held[mine].sum()
            if graph is not None and wanted[place] > self._held[place]:
                self._graphs[place] = graph.holding(held[self._courses[place].pairs])
                self._held[place] = wanted[place]
        known = zip(self.master.person, self.master.schedules, strict=True)
        has = [held[pairs].sum() >= wanted[place] for place, pairs in known]
        self.master.allow(np.array(has))

    def price(self, held: Array, *, every: bool = False) -> list[int]:
        """Add each person's best schedule with the works held; columns of those that are new.

        With `every` they are added whether they promise anything or not, and all columns are
        returned, in the order of the people.
        """
        master, coupling = self.master, self.crew.coupling
        prices = self._cost + master.prices(master.dual)
        wanted = prices - _BONUS * coupling.penalty * held
        told = []
        for place, graph in enumerate(self._graphs):
            course = self._courses[place]
            if graph is None:  # the first columns are what people work at the start, in their order
                told += [place] if every else []
                continue
            path = graph.cheapest(wanted[course.pairs])
            pairs = np.sort(course.pairs[path.pairs])
            if every or path.cost + prices[pairs].sum() < master.share[place] - EPS:
                known = len(master.schedules)
                column = master.add(place, pairs, float(path.cost + self._cost[pairs].sum()))
                told += [column] if every or column == known else []
        return told

    def beyond(self) -> Array:
        """Price of each schedule beyond its person's least, at the prices of the best bound."""
        master = self.master
        dual, least = (
            (master.dual, master.share) if self._centre is None else (self._centre, self._least)
        )
        added = master.prices(dual)
        schedules = zip(master.schedules, master.costs, master.person, strict=True)
        return np.array([c + added[pairs].sum() - least[p] for pairs, c, p in schedules])

    def worked(self, chosen: list[int]) -> Array:
        """The whole roster with chosen schedules, bool (num_pairs,)."""
        worked = self.fixed.copy()
        for column in chosen:
            worked[self.master.schedules[column]] = True
        return worked


def _window(crew: Crew, number: int, days: Array, worked: Array, fixed: Array) -> Graph | None:
    """Schedules of a person on some days, while `fixed` works stay; None when there is none.

    Cut from the graph of all days where that has all schedules.
    """
    course, graph = crew.courses[number], crew.graphs[number]
    inside = np.flatnonzero(np.isin(course.days, days))
    first, last = int(inside[0]), int(inside[-1]) + 1
    if graph is not None and graph.exact and last - first == len(inside):
        kinds = graph.kinds_of(worked[course.pairs])
        begun = None if kinds is None else graph.walk(kinds, 0, first, 0)
        if kinds is not None and begun is not None:
            node, cost = begun
            return graph.between(first, last, node, graph.base + cost, graph.rest(kinds, last))
    activity = np.rint(course.matrix @ fixed[course.pairs]).astype(np.int64)
    prices = np.where(worked[course.pairs], -1.0, 0.0)
    window = course.days[inside].tolist()
    return build_graph(course, window, activity, prices, crew.params.window_nodes)
