"""Policies for weeks of the nurse rostering competition, and the time each week gets."""

from __future__ import annotations

import random
from types import SimpleNamespace
from typing import Any

import pytest
from nurses import BEFORE, CALM, MONTH, NIGHTS

from benchmarks import policies
from benchmarks.inrc2_stages import in_stages
from benchmarks.policies import AHEAD, ALONE, FAR, POLICIES, PRICED, Clock, planner
from benchmarks.stage import Stage
from shiftplan import Problem, Result, solve
from shiftplan.rules.coverage import Surplus


@pytest.mark.parametrize(
    ("policy", "days", "price"),
    [(AHEAD, 14, 0), (PRICED, 14, 15), (FAR, 21, 15), (ALONE, 7, 0)],
)
def test_what_policies_plan(policy: str, days: int, price: int) -> None:
    """Looking ahead plans a week or two more; two policies price people beyond a target."""
    problem = POLICIES[policy](Stage(MONTH, BEFORE, (CALM,)), random.Random(0))

    assert problem.horizon.days == days
    assert sum(rule.weight for rule in problem.rules if isinstance(rule, Surplus)) == price


def test_time_that_a_week_leaves_is_shared_by_those_after_it() -> None:
    """30 s for three weeks: the first takes 4 of its 10, so that 13 are left for each."""
    stages = [Stage(MONTH, BEFORE, (CALM,) * shown) for shown in (1, 2, 3)]
    took = (4.0, 13.0, 13.0)
    allowed = {}

    for shared in (False, True):
        clock = Clock(10.0, shared=shared)
        allowed[shared] = []
        for stage, seconds in zip(stages, took, strict=True):
            allowed[shared].append(clock.seconds(stage))
            clock.spent += seconds

    assert allowed == {False: [10.0] * 3, True: [10.0, 13.0, 13.0]}
    assert clock.seconds(stages[-1]) > 0  # all is spent


def test_planners_count_what_they_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock has what all weeks before took, and tells the solver what is left."""
    now, limits = [0.0], []

    def timed(problem: Problem, *, time_limit: float, **options: Any) -> Result:
        limits.append(time_limit)
        now[0] += 1.0
        return solve(problem, time_limit=None, **options)

    monkeypatch.setattr(policies, "solve", timed)
    monkeypatch.setattr(policies, "time", SimpleNamespace(monotonic=lambda: now[0]))
    plan = planner(ALONE, Clock(5.0, shared=True), workers=1, seed=0)

    in_stages(MONTH, BEFORE, [CALM, NIGHTS, CALM], plan)

    # 15 s: then 14 for two weeks, then 13.
    assert limits == [5.0, 7.0, 13.0]
