"""Waits of queues, against first principles, tables and another package."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from chains import busy_queue, busyness, fraction_c, minutes, patiences, teams
from hypothesis import given
from hypothesis import strategies as st
from pyworkforce.queuing import ErlangC

from shiftplan.citizens.queueing import MOST_SERVERS, Queue, erlang_b, servers_needed


@pytest.mark.parametrize(("load", "servers"), [(1, 1), (10, 10), (9, 14), (40, 50), (99, 100)])
def test_erlang_b_and_c_are_their_sums(load, servers):
    """Erlang B and C equal their definitions, computed in whole fractions."""
    terms = [Fraction(load) ** n / math.factorial(n) for n in range(servers + 1)]
    queue = Queue(load * 6, 10, servers)

    assert erlang_b(load, servers) == pytest.approx(float(terms[-1] / sum(terms)), rel=1e-14)
    if load < servers:
        chance = float(fraction_c(Fraction(load), servers))
        assert queue.probability_of_waiting == pytest.approx(chance, rel=1e-13)


def test_published_values_of_erlang_b():
    """Tables of traffic: 10 erlangs on 10 lines lose 21.46%, 4.461 erlangs lose one percent."""
    assert erlang_b(10, 10) == pytest.approx(0.2146, abs=5e-5)
    assert erlang_b(4.461, 10) == pytest.approx(0.01, abs=5e-6)
    assert erlang_b(0, 3) == 0


def test_published_eye_clinic():
    """Gross and Harris: 3 doctors, 6 patients an hour, 20 minutes each; Lq is 8/9, so Wq 80/9.

    Erlang C is (2^3 / 3!) * 3 * (1/9) = 4/9, and the mean wait 4/9 * 20 / (3 - 2).
    """
    clinic = Queue(6, 20, 3)

    assert clinic.probability_of_waiting == pytest.approx(4 / 9, rel=1e-14)
    assert clinic.mean_wait_minutes == pytest.approx(80 / 9, rel=1e-14)
    assert clinic.utilization == pytest.approx(2 / 3)
    assert clinic.wait_quantile(5 / 9) == pytest.approx(0, abs=1e-12)
    assert clinic.wait_quantile(8 / 9) == pytest.approx(20 * math.log(4), rel=1e-14)
    assert clinic.share_within(20) == pytest.approx(1 - 4 / 9 * math.exp(-1), rel=1e-14)


def test_published_call_center():
    """Mandelbaum and Zeltyn: 48 calls a minute, a minute each, 50 agents, 2 minutes of patience.

    Without patience the mean wait is 20.8 s; with it 3.7 s, 3.1% give up, 93% are busy.
    """
    endless, center = Queue(2880, 1, 50), Queue(2880, 1, 50, 2)

    assert endless.mean_wait_minutes * 60 == pytest.approx(20.8, abs=0.05)
    assert endless.wait_quantile(0.9) * 60 == pytest.approx(58.1, abs=0.05)
    assert center.mean_wait_minutes * 60 == pytest.approx(3.7, abs=0.05)
    assert center.share_giving_up == pytest.approx(0.031, abs=5e-4)
    assert center.utilization == pytest.approx(0.93, abs=5e-3)


@given(st.floats(0.5, 0.98), teams, st.floats(0.1, 60))
def test_pyworkforce_agrees(rho, servers, within):
    """Where that package is right, it says the same of Erlang C."""
    queue = busy_queue(rho, servers)
    other = ErlangC(queue.arrivals_per_hour, aht=10, asa=within, interval=60)

    assert queue.probability_of_waiting == pytest.approx(
        other.waiting_probability(servers), abs=1e-9
    )
    assert queue.share_within(within) == pytest.approx(other.service_level(servers), abs=1e-9)
    assert queue.utilization == pytest.approx(other.achieved_occupancy(servers), abs=1e-9)


@given(busyness, teams, st.none() | patiences, minutes)
def test_shares_are_shares(rho, servers, patience, within):
    """All are from 0 to 1; who is not served gives up; within a long time all have left."""
    queue = busy_queue(rho, servers, patience_minutes=patience)
    shares = [queue.probability_of_waiting, queue.share_giving_up, queue.share_served]
    shares += [queue.utilization, queue.share_within(within), queue.share_served_within(within)]

    assert all(0 <= share <= 1 for share in shares)
    assert queue.share_served + queue.share_giving_up == pytest.approx(1, abs=1e-12)
    at_once = 1 - queue.probability_of_waiting
    assert queue.share_served_within(within) <= queue.share_within(within) + 1e-12
    assert queue.share_within(0) == pytest.approx(at_once, abs=1e-12)
    assert queue.share_served_within(0) == pytest.approx(at_once, abs=1e-12)
    if queue.is_stable:
        assert queue.share_within(1e8) == pytest.approx(1, abs=1e-9)
        assert queue.share_served_within(1e8) == pytest.approx(queue.share_served, abs=1e-9)


@given(busyness, teams, st.none() | patiences, minutes, st.floats(0.5, 0.99))
def test_more_servers_mean_less_waiting(rho, servers, patience, within, share):
    """One server more never lets anybody wait longer."""
    queue = busy_queue(rho, servers, patience_minutes=patience)
    more = Queue(queue.arrivals_per_hour, 10, servers + 1, patience)

    assert more.probability_of_waiting <= queue.probability_of_waiting + 1e-12
    assert more.mean_wait_minutes <= queue.mean_wait_minutes + 1e-9
    assert more.share_within(within) >= queue.share_within(within) - 1e-12
    assert more.share_served_within(within) >= queue.share_served_within(within) - 1e-12
    assert more.wait_quantile(share) <= queue.wait_quantile(share) * (1 + 1e-9) + 1e-9
    assert more.share_giving_up <= queue.share_giving_up + 1e-12
    assert more.utilization <= queue.utilization + 1e-12


@given(st.floats(0.2, 2), teams, st.none() | patiences, st.floats(0.01, 0.999))
def test_quantiles_invert_shares(rho, servers, patience, share):
    """At the quantile the share is reached, and no sooner."""
    queue = busy_queue(rho, servers, patience_minutes=patience)
    wait = queue.wait_quantile(share)

    if wait == math.inf:
        assert not queue.is_stable
    elif wait == 0:
        assert queue.share_within(0) >= share - 1e-12
    else:
        assert queue.share_within(wait) == pytest.approx(share, abs=1e-11)
    assert queue.wait_quantile(1) == math.inf


@pytest.mark.parametrize("rho", [1.0, 1.5])
def test_unstable_queues_wait_for_ever(rho):
    """Without patience, a load of all servers or more means endless waits for everybody."""
    queue = busy_queue(rho, 4)

    assert not queue.is_stable
    assert queue.probability_of_waiting == queue.utilization == 1
    assert queue.mean_wait_minutes == queue.wait_quantile(0.1) == math.inf
    assert queue.share_within(1e6) == queue.share_served_within(1e6) == 0
    assert (queue.share_served, queue.share_giving_up) == (1, 0)
    assert busy_queue(rho, 4, patience_minutes=5).is_stable


@pytest.mark.parametrize("patience", [None, 5])
def test_nobody_comes(patience):
    """Without arrivals nobody waits, gives up or is needed."""
    queue = Queue(0, 10, 2, patience)

    assert queue.probability_of_waiting == queue.mean_wait_minutes == queue.share_giving_up == 0
    assert queue.share_within(0) == queue.share_served_within(0) == queue.share_served == 1
    assert queue.utilization == queue.wait_quantile(1) == 0
    assert servers_needed(0, 10, within_minutes=0, level=1, patience_minutes=patience) == 0


@given(st.floats(0.05, 0.99), st.floats(0, 5))
def test_one_server_of_any_service_waits_as_long_as_known(rho, cv2):
    """For one server, the mean wait is that of Pollaczek and Khinchine."""
    queue = busy_queue(rho, 1, cv2=cv2)

    assert queue.mean_wait_minutes == pytest.approx(10 * rho / (1 - rho) * (1 + cv2) / 2)


@given(st.floats(0.05, 0.99), teams, minutes)
def test_variability_of_one_changes_nothing(rho, servers, within):
    """A cv2 of 1 is exactly M/M/c; a cv2 of 3 doubles every wait and no chance of waiting."""
    queue, wild = busy_queue(rho, servers), busy_queue(rho, servers, cv2=3)

    assert busy_queue(rho, servers, cv2=1) == queue
    assert wild.probability_of_waiting == queue.probability_of_waiting
    assert wild.share_within(2 * within) == pytest.approx(queue.share_within(within), abs=1e-14)
    assert wild.wait_quantile(0.99) == pytest.approx(2 * queue.wait_quantile(0.99))


@pytest.mark.parametrize(
    ("rho", "servers", "error"), [(0.7, 2, 0.05), (0.9, 2, 0.02), (0.9, 5, 0.06)]
)
def test_constant_service_is_near(rho, servers, error):
    """The mean wait of M/D/c, found from one service time to the next, is met to some percent."""
    size = 400
    logs = np.cumsum(np.r_[0, np.log(rho * servers / np.arange(1, size))]) - rho * servers
    arrive = np.exp(logs)
    there = np.zeros(size)
    there[0] = 1
    for _ in range(1_500):
        left = np.r_[there[: servers + 1].sum(), there[servers + 1 :]]
        there = np.convolve(left, arrive)[:size]
    line = np.maximum(np.arange(size) - servers, 0) @ there
    wait = 10 * line / (rho * servers)

    assert busy_queue(rho, servers, cv2=0).mean_wait_minutes == pytest.approx(wait, rel=error)


@pytest.mark.parametrize("patience", [None, 3, 30, 1e6])
@pytest.mark.parametrize("rho", [0.02, 0.9, 0.999, 1, 1.001, 3])
@pytest.mark.parametrize("servers", [1_000, MOST_SERVERS])
def test_large_teams_are_finite(rho, servers, patience):
    """Teams of thousands have finite figures that fit together."""
    queue = busy_queue(rho, servers, patience_minutes=patience)

    shares = [queue.share_within(5), queue.share_served_within(5), queue.probability_of_waiting]
    assert all(0 <= share <= 1 for share in shares)
    if queue.is_stable:
        assert math.isfinite(queue.mean_wait_minutes)
        assert math.isfinite(queue.wait_quantile(0.9))
    if patience is not None:
        gone = queue.arrivals_per_hour / 60 * queue.share_giving_up
        assert gone == pytest.approx(
            queue.arrivals_per_hour / 60 - servers / 10 * queue.utilization,
            abs=1e-12 * servers,
        )
        assert 1 - gone * 60 / queue.arrivals_per_hour == pytest.approx(queue.share_served)


def test_a_thousand_servers_are_exact():
    """Erlang C of 1,000 servers equals its sum in whole fractions."""
    chance = float(fraction_c(Fraction(980), 1_000))

    assert Queue(980 * 6, 10, 1_000).probability_of_waiting == pytest.approx(chance, rel=1e-12)
