"""The fewest servers of a queue, and the load that arrivals leave behind."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from chains import patiences
from hypothesis import example, given
from hypothesis import strategies as st
from pyworkforce.queuing import ErlangC

from shiftplan.citizens.queue import bend
from shiftplan.citizens.queueing import Queue, offered_load, servers_needed


@given(st.integers(5, 900), st.floats(0.5, 20), st.floats(0.5, 0.98))
def test_pyworkforce_needs_as_many_servers(arrivals, within, level):
    """Both find the fewest servers; the package starts above the load, so never finds fewer."""
    other = ErlangC(arrivals, aht=6, asa=within, interval=60).required_positions(level, 1)
    found = servers_needed(arrivals, 6, within_minutes=within, level=level)

    assert found <= other["positions"]
    if other["positions"] > round(arrivals / 10 + 1):
        assert found == other["positions"]


@given(
    st.floats(0, 240),
    st.none() | patiences,
    st.floats(0, 30),
    st.floats(0.3, 0.99),
    st.floats(0.3, 1),
)
@example(12, None, 30, 0.5, 0.8)
@example(5e-324, None, 0, 0.5, 0.5)
def test_servers_needed_are_the_fewest(arrivals, patience, within, level, cap):
    """Counting up from one server finds the same team."""
    found = servers_needed(
        arrivals,
        10,
        within_minutes=within,
        level=level,
        most_utilization=cap,
        patience_minutes=patience,
        most_servers=100,
    )

    teams = (Queue(arrivals, 10, n, patience) for n in range(1, 101))
    enough = (
        q.servers
        for q in teams
        if q.share_served_within(within) >= level and q.utilization <= cap * (1 + 1e-12)
    )
    assert found == (next(enough, None) if arrivals else 0)


def test_servers_needed_by_hand():
    """Two erlangs keep three servers two thirds busy and four half; eight keep ten four fifths."""
    assert servers_needed(6, 20, within_minutes=20, level=0.8) == 3
    assert servers_needed(6, 20, within_minutes=20, level=0.8, most_utilization=2 / 3) == 3
    assert servers_needed(6, 20, within_minutes=20, level=0.8, most_utilization=0.5) == 4
    assert servers_needed(48, 10, within_minutes=60, level=0.5, most_utilization=0.8) == 10
    assert servers_needed(48, 10, within_minutes=60, level=0.5, most_servers=8) is None
    few = servers_needed(48, 10, within_minutes=60, level=0.5, most_utilization=0.8, most_servers=9)
    assert few is None
    assert servers_needed(6, 20, within_minutes=20, level=0.8, most_servers=3) == 3
    assert servers_needed(1e9, 60, within_minutes=1, level=0.5) is None


@given(st.lists(st.floats(0, 100), max_size=12), st.floats(1, 120), st.floats(0.5, 300))
def test_loads_solve_their_equation(rates, interval, service):
    """Ends, means and peaks agree with small steps of Runge and Kutta through every interval."""
    load = offered_load(rates, interval, service)

    m = 0.0
    steps = 40 * math.ceil(interval / service)
    h = interval / steps
    for i, rate in enumerate(rates):
        path = [m]
        for _ in range(steps):
            k1 = rate / 60 - m / service
            k2 = rate / 60 - (m + h / 2 * k1) / service
            k3 = rate / 60 - (m + h / 2 * k2) / service
            k4 = rate / 60 - (m + h * k3) / service
            m += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
            path.append(m)
        simpson = (path[0] + path[-1] + 4 * sum(path[1::2]) + 2 * sum(path[2:-1:2])) / 3 / steps
        assert load.start[i] == pytest.approx(path[0], rel=1e-6, abs=1e-9)
        assert load.end[i] == pytest.approx(m, rel=1e-6, abs=1e-9)
        assert load.mean[i] == pytest.approx(simpson, rel=1e-6, abs=1e-9)
        assert load.peak[i] == pytest.approx(max(path), rel=1e-6, abs=1e-9)
    assert load.start.shape == load.end.shape == load.mean.shape == load.peak.shape == (len(rates),)


def test_loads_by_hand():
    """An hour of 60 arrivals of an hour each leaves 1 - 1/e of 60 busy; then it dies away."""
    load = offered_load([60, 0], 60, 60)

    assert load.end == pytest.approx([60 * (1 - math.exp(-1)), 60 * (math.exp(-1) - math.exp(-2))])
    assert load.mean[0] == pytest.approx(60 * math.exp(-1))
    assert load.peak == pytest.approx([load.end[0], load.end[0]])
    assert offered_load([60] * 3, 600, 1).mean[2] == pytest.approx(1)
    parts = offered_load([60, 60, 0], [20, 40, 60], 60)
    assert parts.end[1:] == pytest.approx(load.end)
    assert (parts.mean[0] + 2 * parts.mean[1]) / 3 == pytest.approx(load.mean[0])


@pytest.mark.parametrize("cv2", [0.0, 1.0, 4.0])
def test_even_services_need_fewer_servers(cv2):
    """Times that vary need one or two more; each time the fewest that serve enough soon enough."""
    asked = {"within_minutes": 5, "level": 0.9, "cv2": cv2}

    fewest = servers_needed(60, 10, **asked)

    shares = [Queue(60, 10, n, cv2=cv2).share_served_within(5) for n in (fewest - 1, fewest)]
    assert shares[0] < 0.9 <= shares[1]
    assert fewest == {0.0: 12, 1.0: 13, 4.0: 14}[cv2]


@pytest.mark.parametrize("x", [1e-9, 1e-6, -1e-3, 0.0199, -0.0199, 0.0201, -0.0201, 0.5, 3.0])
def test_no_digit_is_lost_near_zero(x):
    """exp(-x) - 1 + x against the sum of its series in fractions."""
    exact = sum((-Fraction(x)) ** k / math.factorial(k) for k in range(2, 60))

    found = Fraction(float(bend(np.array(x))))

    assert abs(found - exact) <= exact * Fraction(2, 10**14)
