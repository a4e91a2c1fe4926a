"""A roster from a relaxed choice of schedules: give out the surest, price again, and so on.

`Part` -> smaller and smaller parts -> pairs of a roster.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import Deadline

Array = np.ndarray[Any, Any]

_SURE = 0.85
"""Use from which a schedule is given to its person together with others."""
_KEPT = 12
"""Schedules of a person that go on to the next step: the cheapest at the prices of the bound."""
_GAP = 1e-3
"""Relative distance to its bound at which the rounds of a step end."""


def descend(
    part: Part,
    roster: Array,
    deadline: Deadline,
    stopped: Callable[[], bool],
    rounds: int,
    share: float,
) -> Array | None:
    """Pairs of a roster, bool (num_pairs,); None when stopped.

    `part` has a relaxed choice; `roster` is what its people work at the start. Each step gives a
    `share` of them a schedule; when time is over, all who have none get their surest, or keep what
    they had where none is priced.
    """
    worked = roster.copy()
    least = max(1, round(share * len(part.people)))
    while not stopped():
        given = _surest(part, least if deadline.left() > 0 else len(part.people))
        for place, column in given.items():
            worked[part.free[place]] = False
            worked[part.master.schedules[column]] = True
        rest = [number for place, number in enumerate(part.people) if place not in given]
        if not rest:
            return worked
        part = _without(part, rest, worked)
        part.generate(deadline, stopped, rounds, _GAP)
        if not part.master.relaxed and not (stopped() or part.master.relax(np.inf)):
            return worked
    return None


def _surest(part: Part, least: int) -> dict[int, int]:
    """Place of a person -> the schedule to give, for the `least` people or more."""
    master = part.master
    best = np.full(master.people, -1.0)
    column = np.zeros(master.people, dtype=int)
    for number, (place, use) in enumerate(zip(master.person, master.use, strict=False)):
        if use > best[place]:
            best[place], column[place] = use, number
    enough = np.sort(best)[-min(least, len(best))]
    places = np.flatnonzero(best >= min(_SURE, enough))
    return {int(place): int(column[place]) for place in places}


def _without(part: Part, rest: list[int], worked: Array) -> Part:
    """The part of the people who have no schedule yet, with the best of those known."""
    master = part.master
    smaller = Part(part.crew, rest, part.days, worked, part.seed, part.graphs)
    place_of = {number: place for place, number in enumerate(rest)}
    beyond = part.beyond()
    count = np.zeros(len(rest), dtype=int)
    for column in np.argsort(beyond, kind="stable").tolist():
        place = place_of.get(part.people[master.person[column]])
        if place is not None and count[place] < _KEPT:
            count[place] += 1
            smaller.master.add(place, master.schedules[column], master.costs[column])
    return smaller
