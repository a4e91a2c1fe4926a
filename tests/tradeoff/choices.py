"""A tiny ward whose aims pull apart, and all of its rosters."""

from __future__ import annotations

from brute_force import every_roster
from pictures import plan

import shiftplan
from shiftplan import Problem, Requirement, Roster
from shiftplan.tradeoff.points import Figures


def ward(**fields: object) -> Problem:
    """Two people and two mornings, one seat each, with a price on seats, evenness and travel."""
    values: dict[str, object] = {
        "people": "ana bob",
        "days": 2,
        "requirements": [Requirement(shift_id=f"M{d}", target=1) for d in range(2)],
        "rules": [
            {"rule": "coverage", "level": 1, "weight": 10},
            {"rule": "fairness", "level": 2, "weight": 50},
            {"rule": "travel", "level": 2},
            {"rule": "wish", "level": 2},
            {"rule": "one_place"},
        ],
    }
    return plan("M", **{**values, **fields})


def feasible_rosters(problem: Problem) -> list[Roster]:
    """All rosters that break no hard rule."""
    return [r for r in every_roster(problem) if shiftplan.check(problem, r).is_feasible]


def figures(seats: int, inequality: float, km: int | None) -> Figures:
    return Figures(seats, 0, inequality, 1.0, km)
