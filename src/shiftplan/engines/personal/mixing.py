"""Mix all schedules that a better roster could be made of.

Prices, their bound and the best roster -> every schedule whose price is near enough to the least
-> the best choice among them. A schedule that costs more than its person's cheapest by the gap
cannot be in a better roster, so that an exact choice among the others is a proof. When there are
too many, those nearest to the least are mixed, without a proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from shiftplan.engines.personal.best import Best
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.graph import Graph
from shiftplan.engines.personal.nearby import near_paths
from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import Deadline

Array = np.ndarray[Any, Any]

_EPS = 1e-6


@dataclass(frozen=True, slots=True)
class Guide:
    """Prices and what they prove."""

    prices: Array
    """Cost of each pair with what it adds to the rows that couple people, float (num_pairs,)."""
    bound: float
    """A lower bound of all rosters, offset included."""


def mix(crew: Crew, guide: Guide, best: Best, deadline: Deadline, *, seed: int) -> bool:
    """Improve the best roster from schedules near the bound; whether nothing better exists."""
    step = crew.blocks.step
    slack = best.cost - step - guide.bound
    if slack < -_EPS:
        return crew.exact and best.holds
    for _ in range(crew.params.mix_halvings):
        found = _near(crew, guide.prices, slack)
        if found is not None:
            break
        slack /= 2
    else:
        return False
    everybody = list(range(len(crew.courses)))
    whole = Part(crew, everybody, None, best.values, seed)
    for place, (pairs, cost) in found:
        whole.master.add(place, pairs, cost)
    within = slack >= best.cost - step - guide.bound - _EPS
    none = np.zeros(0, dtype=int)
    chosen, least = whole.master.choose(none, deadline.left(), crew.params.mix_nodes, step - 0.001)
    if chosen is not None:
        best.offer(whole.worked(chosen))
    least += crew.blocks.program.offset
    return crew.exact and within and best.holds and least > best.cost - step + _EPS


def _near(crew: Crew, prices: Array, slack: float) -> list[tuple[int, tuple[Array, float]]] | None:
    """Person, pairs and cost of all schedules near the least; None when there are too many."""
    found: list[tuple[int, tuple[Array, float]]] = []
    cost = crew.blocks.program.cost
    for place, (course, graph) in enumerate(zip(crew.courses, crew.graphs, strict=True)):
        assert isinstance(graph, Graph)
        left = crew.params.mix_schedules - len(found)
        paths = near_paths(graph, prices[course.pairs], slack, left)
        if paths is None:
            return None
        for path in paths:
            pairs = np.sort(course.pairs[path.pairs])
            found.append((place, (pairs, float(path.cost + cost[pairs].sum()))))
    return found
