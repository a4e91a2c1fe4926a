"""Policies for weeks of the nurse rostering competition."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest
from nurses import BEFORE, CALM, MONTH, NIGHTS

from benchmarks import policies
from benchmarks.inrc2_stages import in_stages
from benchmarks.policies import AHEAD, ALONE, POLICIES, planner
from benchmarks.stage import Stage
from shiftplan import Problem, Result, solve
from shiftplan.rules.coverage import Surplus


@pytest.mark.parametrize(
    ("policy", "days", "price"),
    [(ALONE, 7, 0), (AHEAD, 21, 15)],
)
def test_what_policies_plan(policy: str, days: int, price: int) -> None:
    """Looking ahead plans two weeks more, and prices people beyond a target."""
    problem = POLICIES[policy](Stage(MONTH, BEFORE, (CALM,)), random.Random(0))

    assert problem.horizon.days == days
    assert sum(rule.weight for rule in problem.rules if isinstance(rule, Surplus)) == price


def test_each_week_has_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a week takes shortens no other one."""
    now, limits = [0.0], []

    def timed(problem: Problem, *, time_limit: float, **options: Any) -> Result:
        limits.append(time_limit)
        now[0] += 1.0
        return solve(problem, time_limit=None, **options)

    monkeypatch.setattr(policies, "solve", timed)
    monkeypatch.setattr(policies, "time", SimpleNamespace(monotonic=lambda: now[0]))

    in_stages(MONTH, BEFORE, [CALM, NIGHTS, CALM], planner(ALONE, 5.0, workers=1, seed=0))

    assert limits == [5.0, 5.0, 5.0]
