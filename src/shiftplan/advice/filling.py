"""How many more people, by skill, would leave no seat empty.

(`Problem`, `Roster`) -> `Filling`: new people with whom every seat is filled, made and checked,
and a proven lower bound.
"""

from __future__ import annotations

from collections import Counter

from shiftplan.advice.crew import Crew, crew
from shiftplan.advice.reach import most_each, most_filled
from shiftplan.advice.results import Filling, Lack
from shiftplan.advice.typical import Typical, empty_seats
from shiftplan.model import build
from shiftplan.problem import Problem
from shiftplan.problem.roster import Roster


def filling(
    problem: Problem, roster: Roster, typical: Typical, *, seconds: float, seed: int
) -> Filling:
    """Find new people for the empty seats of a roster in which everybody else works as before.

    Each new person is typical, can come at all times, and works at most `typical.shifts` shifts.
    """
    found: Crew = crew(problem, roster, typical, seconds=seconds, seed=seed)
    empty: Counter[tuple[str | None, int]] = Counter()
    for (_, skill, level), lacking in empty_seats(problem, roster).items():
        empty[skill, level] += lacking
    model = build(problem)
    day = problem.horizon.start
    each = min(typical.shifts or most_each(model), most_each(model))
    lacks = []
    for skill, level in sorted(empty, key=lambda key: (key[0] is not None, str(key[0]), key[1])):
        missing = most_filled(model, skill, level).missing
        enough = sum(skill is None or v.level(skill, day) >= level for v in found.people)
        at_least = -(-missing // each) if each else 0
        lacks.append(Lack(skill, level, empty[skill, level], at_least, enough))
    homes = Counter(v.home_center_id or "" for v in found.people)
    return Filling(
        tuple(lacks),
        found.people,
        tuple(sorted(homes.items(), key=lambda item: (-item[1], item[0]))),
        max((lack.at_least for lack in lacks), default=0),
        sum(empty_seats(found.problem, found.roster).values()),
        typical,
        found.roster,
        found.problem,
    )
