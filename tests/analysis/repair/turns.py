"""A tiny week in which three people take turns, and repaired rosters of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from shiftplan.analysis.repair import Repair, repair
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange
from shiftplan.testing.pictures import MONDAY, plan
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster

PRICES = (
    {"rule": "coverage", "level": 1, "weight": 10},
    {"rule": "fairness", "level": 2, "weight": 12},
    {"rule": "max_shifts"},
    {"rule": "one_place"},
)


def wants(*targets: tuple[str, int]) -> tuple[Requirement, ...]:
    return tuple(Requirement(shift_id=s, target=n) for s, n in targets)


def week(**fields: Any) -> Problem:
    """One person each morning of three days."""
    needs = wants(("M0", 1), ("M1", 1), ("M2", 1))
    return plan("M", "ana bob cho", 3, **{"requirements": needs, "rules": PRICES, **fields})


def repaired(problem: Problem, roster: Roster, *changes: AnyChange, **options: Any) -> Repair:
    return repair(problem, roster, *changes, workers=1, **{"time_limit": None, **options})


def at(day: int) -> dt.datetime:
    return dt.datetime.combine(MONDAY, dt.time()) + dt.timedelta(day)


TURNS = "ana  M . .\nbob  . M .\ncho  . . M"
NEVER_WHOLE = {"repair": {"whole_columns": 0}}
"""Parameters with which no week is small."""
NEVER_QUICK = {"repair": {"whole_columns": 0, "quick_seconds": 0}}
"""Parameters with which no quick move is made either."""
