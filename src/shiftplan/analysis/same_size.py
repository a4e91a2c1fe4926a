"""Rosters of one size, so that forecasts differ in where and when people work, not in how many.

Forecast -> `staff_alike` -> requirements for as many people; rosters -> `same_size` -> as many
assignments.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence

from shiftplan.citizens.staffing import staff
from shiftplan.problem import Problem
from shiftplan.scoring.moves import Moves
from shiftplan.week.demand import Demand
from shiftplan.week.roster import Change, Roster

_TRIES = 4
"""Factors of a forecast that are tried."""
_NEAR = 0.002
"""Difference in people, as a share, that is near enough."""
_POWER = (0.2, 2.0)
"""Powers of the factor with which people may grow; outside, two tries are too close to tell."""
_USUAL = 0.5
"""Power before two tries: small teams grow like the square root."""


def people_asked(problem: Problem) -> int:
    """Sum of the targets of a week's requirements for people, whatever their skills."""
    return sum(row.target for row in problem.requirements if row.is_of_heads)


def staff_alike(problem: Problem, rows: Sequence[Demand], people: int | None = None) -> Problem:
    """The week with what a forecast asks for, multiplied so that it asks for so many people.

    Parameters
    ----------
    problem
        The week; its demand and requirements are replaced.
    rows
        The forecast.
    people
        Sum of the targets, met to 0.2% or as nearly as in four tries; None for the forecast as
        it is.

    Raises
    ------
    InputError
        The forecast cannot be staffed.
    """
    tried: dict[float, Problem] = {}
    factor = 1.0
    while factor not in tried and len(tried) < _TRIES:
        scaled = tuple(row.model_copy(update={"arrivals": row.arrivals * factor}) for row in rows)
        tried[factor] = staff(problem.model_copy(update={"demand": scaled})).problem
        asked = people_asked(tried[factor])
        if people is None or abs(asked - people) <= _NEAR * people:
            return tried[factor]
        factor = _next_factor({f: people_asked(p) for f, p in tried.items()}, people)
    return min(tried.values(), key=lambda found: abs(people_asked(found) - (people or 0)))


def _next_factor(found: Mapping[float, int], wanted: int) -> float:
    """The factor that should ask for so many people, by the power law of the nearest two."""
    nearest = sorted(found, key=lambda factor: abs(found[factor] - wanted))
    power = _USUAL
    if len(nearest) > 1:
        one, two = nearest[:2]
        change = math.log(max(1, found[one]) / max(1, found[two]))
        power = min(_POWER[1], max(_POWER[0], change / math.log(one / two)))
    return nearest[0] * math.pow(max(1, wanted) / max(1, found[nearest[0]]), 1 / power)


def same_size(planned: Sequence[tuple[Problem, Roster]]) -> tuple[Roster, ...]:
    """Rosters with as many assignments as the smallest; the others lose what they miss least.

    Parameters
    ----------
    planned
        Rosters, each with the week as it was planned. From larger ones, the assignment whose loss
        costs least in the roster's own week is taken away, one after the other, and the first of
        equals. No hard rule is newly broken; a roster stays larger if all that is left would.
    """
    size = min((len(roster) for _, roster in planned), default=0)
    return tuple(_without_least(problem, roster, size) for problem, roster in planned)


def _without_least(problem: Problem, roster: Roster, size: int) -> Roster:
    """The roster less its cheapest assignments.

    Costs of losses are looked up again when they are the least known: they seldom fall when
    others go, so that the rest need not be computed anew.
    """
    if len(roster) <= size:
        return roster
    moves, gone = Moves(problem, roster), set[int]()
    changes = [Change(assignment, added=False) for assignment in roster.assignments]
    costs = []
    for place, change in enumerate(changes):
        if effect := moves.legal(change):
            costs.append((effect.total, place, 0))
    heapq.heapify(costs)
    while costs and len(roster) - len(gone) > size:
        _, place, known = heapq.heappop(costs)
        change = changes[place]
        if known == len(gone):
            moves = moves.after(change)
            gone.add(place)
        elif effect := moves.legal(change):
            heapq.heappush(costs, (effect.total, place, len(gone)))
    left = (a for place, a in enumerate(roster.assignments) if place not in gone)
    return Roster(assignments=tuple(left))
