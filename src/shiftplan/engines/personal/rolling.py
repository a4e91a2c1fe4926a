"""A roster built stretch after stretch of days, at prices of the days to come.

`Crew` with all schedules, and prices of the rows that couple people -> a roster near what the
prices promise. On a stretch everybody is chosen at once; what a schedule means for the days after
it is the least that these cost at the prices. Schedules of a stretch are short, so that column
generation ends soon, and a descent loses little. Then the stretch moves on by less than its length.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shiftplan.engines.personal.blocks import Course
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.graph import Graph
from shiftplan.engines.personal.part import Part
from shiftplan.engines.personal.ways import descend
from shiftplan.engines.task import Array, Deadline


class _Traveller:
    """Somebody on the way through the days."""

    def __init__(self, graph: Graph, course: Course, prices: Array) -> None:
        self.graph, self.course = graph, course
        self.ahead = graph.ahead(prices[course.pairs])
        """What each node costs from there on, at the prices."""
        self.layer = self.node = 0

    def upto(self, last: int) -> Graph | None:
        """Schedules to before a layer, with what comes after it."""
        return self.graph.between(self.layer, last, self.node, 0.0, self.ahead[last])

    def go(self, worked: Array, day: int) -> bool:
        """Walk to the morning of a day; False where no schedule does.

        `worked`: bool (num_pairs,).
        """
        last = int(np.searchsorted(self.course.days, day))
        kinds = self.graph.kinds_of(worked[self.course.pairs])
        way = None if kinds is None else self.graph.walk(kinds, self.layer, last, self.node)
        if way is None:
            return False
        self.layer, self.node = last, way[0]
        return True


class Stretch(Part):
    """Some days of people; earlier ones are fixed, later ones have their prices or none."""

    def __init__(
        self,
        crew: Crew,
        graphs: dict[int, Graph],
        days: Array,
        worked: Array,
        prices: Array,
        seed: int,
    ) -> None:
        """`graphs`: by number of the person; `prices`: of the coupling rows."""
        day = crew.blocks.layout.day
        rows = crew.rows_of(np.flatnonzero((day >= days[0]) & (day <= days[-1])))
        # What later days decide as well cannot be counted yet: such rows keep their prices.
        far = crew.rows_of(np.flatnonzero(day > days[-1]))
        free = []
        for number in graphs:
            course = crew.courses[number]
            inside = (course.pair_day >= days[0]) & (course.pair_day <= days[-1])
            free.append(course.pairs[inside])
        self._begin(crew, list(graphs), free, worked, np.setdiff1d(rows, far), seed)
        kept, known = np.zeros(len(prices)), np.zeros(len(prices))
        kept[far], known[rows] = prices[far], prices[rows]
        guess = self._cost + crew.coupling.by_pair @ known
        self._cost = self._cost + crew.coupling.by_pair @ kept
        self._graphs += graphs.values()
        for place, (number, graph) in enumerate(graphs.items()):
            pairs = crew.courses[number].pairs
            path = graph.cheapest(guess[pairs])
            chosen = np.sort(pairs[path.pairs])
            self.master.add(place, chosen, float(path.cost + self._cost[chosen].sum()))

    def solve(
        self, deadline: Deadline, stopped: Callable[[], bool], rounds: int, held: float
    ) -> Array | None:
        """Pairs of the whole roster, bool (num_pairs,); None when stopped, or no choice holds.

        `rounds` of pricing at most between two steps of the descent, each of which holds `held`.
        """
        if not self.master.relax(np.inf):  # a descent needs it, however late it is
            return None
        params = self.crew.params
        pricing = Deadline(params.roll_pricing * deadline.left())
        self.generate(pricing, stopped, params.roll_rounds, 1e-4)
        return descend(self, deadline, stopped, rounds, held)


def roll(
    crew: Crew,
    prices: Array,
    deadline: Deadline,
    stopped: Callable[[], bool],
    seed: int,
    *,
    before: Array | None = None,
    first: int = 0,
) -> Array | None:
    """Pairs of a roster, bool (num_pairs,); None when stopped. The crew has to be exact.

    `prices`: what a unit of each coupling row costs, float (coupling rows,). Of a roster `before`,
    the days before the number `first` stay as they are.
    """
    params, program = crew.params, crew.blocks.program
    day = crew.blocks.layout.day
    days = np.unique(day)
    priced = program.cost[: program.num_pairs] + crew.coupling.by_pair @ prices
    people = [
        _Traveller(graph, course, priced)
        for graph, course in zip(crew.graphs, crew.courses, strict=True)
        if graph is not None
    ]
    found = np.zeros(program.num_pairs, dtype=bool) if before is None else before
    step = params.roll_step
    while not stopped():
        worked = found & (day < days[first])
        if not all(person.go(worked, days[first]) for person in people):
            return None
        inside = days[first : first + params.roll_days]
        graphs = {}
        for number, person in enumerate(people):
            last = int(np.searchsorted(person.course.days, inside[-1], side="right"))
            graph = person.upto(last)
            if graph is not None and last > person.layer:
                graphs[number] = graph
        limit = Deadline(deadline.left() * step / (len(days) - first + step))
        part = Stretch(crew, graphs, inside, worked, prices, seed + first)
        chosen = part.solve(limit, stopped, params.roll_rounds, params.roll_held)
        if chosen is None or inside[-1] == days[-1]:
            return chosen
        found = chosen
        first += step
    return None
