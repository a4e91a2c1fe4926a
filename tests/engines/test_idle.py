"""A search that is to end when it gains too little: what counts as a gain, over which time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from shiftplan.engines import task as task_module
from shiftplan.engines import trend as trend_module
from shiftplan.engines.task import Deadline, Limits, Outcome
from shiftplan.engines.team import reached
from shiftplan.engines.trend import Trend
from shiftplan.model import Program


class Clock:
    """Stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    for module in (task_module, trend_module):
        monkeypatch.setattr(module, "time", clock)
    return clock


def costing(cost: int) -> Outcome:
    """What is known of a program with one column, whose value is its cost."""
    program = Program.part(
        sparse.csr_array((0, 1)), np.zeros(0), np.full(1, np.inf), cost=np.ones(1)
    )
    return Outcome(program, values=np.array([float(cost)]))


def test_a_trend_compares_with_the_value_of_that_many_seconds_ago(clock):
    """100 from 0 s on, 90 from 4 s on, 70 from 5 s on; at 6 s a window of 2 s begins with 90."""
    trend = Trend()
    for clock.now, value in ((0.0, 100), (4.0, 90), (5.0, 70)):
        trend.add(value)
    clock.now = 6.0

    assert trend.change(7.0) is None
    assert trend.change(6.0) == 70 - 100
    assert trend.change(2.0) == 70 - 90
    assert trend.change(1.0) == 0


@pytest.mark.parametrize(
    ("at", "cheaper", "bound", "ending"),
    [
        (9.9, None, None, None),  # the window of 10 s is not over
        (10.0, None, None, "idle"),
        (10.0, 9_999, None, None),  # any gain counts
        (10.0, None, 9_009, "idle"),  # 9 is less than a thousandth of 9,009
        (10.0, None, 9_010, None),
    ],
)
def test_a_search_ends_when_neither_roster_nor_bound_gains(clock, at, cheaper, bound, ending):
    """From a roster of 10,000 and a bound of 9,000 at the start, with what comes after 5 s."""
    outcome = costing(10_000)
    outcome.raise_bound(9_000, "somebody")
    clock.now = 5.0
    if cheaper is not None:
        assert outcome.offer(np.array([float(cheaper)]), "somebody")
    if bound is not None:
        assert outcome.raise_bound(bound, "somebody")
    clock.now = at

    assert reached(outcome, Limits(idle_limit=10.0), Deadline(100)) == ending


@pytest.mark.parametrize(("gained", "ending"), [(5, "idle"), (6, None)])
def test_a_least_gain_is_a_share_of_the_cost_each_minute(clock, gained, ending):
    """1% of some 1,000 a minute is 5 in the 30 s that are looked at."""
    outcome = costing(1000 + gained)
    outcome.raise_bound(900, "somebody")
    clock.now = 20.0
    outcome.offer(np.array([1000.0]), "somebody")
    clock.now = 30.0

    limits = Limits(idle_limit=30.0, least_gain=0.01)

    assert reached(outcome, limits, Deadline(100)) == ending


def test_nobody_waits_for_gains_before_the_first_bound(clock):
    """The relaxation of a large week takes its time, and good rosters come only after it."""
    outcome = costing(1000)
    clock.now = 50.0
    before = reached(outcome, Limits(idle_limit=10.0), Deadline(100))
    outcome.raise_bound(900, "somebody")
    clock.now = 60.0

    assert before is None
    assert reached(outcome, Limits(idle_limit=10.0), Deadline(100)) == "idle"
