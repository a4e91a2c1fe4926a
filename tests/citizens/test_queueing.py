"""Waits, staffing and loads of queues, against first principles, tables and another package."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyworkforce.queuing import ErlangC
from scipy.special import betainc, betaincc

from shiftplan.citizens.queueing import MOST_SERVERS, Queue, erlang_b, offered_load, servers_needed

minutes = st.floats(0, 120)
teams = st.integers(1, 60)
busyness = st.floats(0.01, 3)
patiences = st.floats(0.2, 2_000)


def busy_queue(rho: float, servers: int, service: float = 10, **fields: float) -> Queue:
    """A queue whose offered load is `rho` times its servers."""
    return Queue(rho * servers * 60 / service, service, servers, **fields)


def chain(queue: Queue) -> np.ndarray:
    """Chances that 0, 1, ... citizens are there, by balance between neighbours of a long chain."""
    arrivals, served = queue.arrivals_per_hour / 60, 1 / queue.service_minutes
    gone = 0 if queue.patience_minutes is None else 1 / queue.patience_minutes
    there = np.arange(1, 20_000)
    leave = np.minimum(there, queue.servers) * served + np.maximum(there - queue.servers, 0) * gone
    logs = np.concatenate([[0], np.cumsum(np.log(arrivals / leave))])
    chances = np.exp(logs - logs.max())
    assert chances[-1] < 1e-17 * chances.sum()
    return chances / chances.sum()


def line_of(queue: Queue) -> np.ndarray:
    """Chances that all servers are busy and 0, 1, ... citizens wait, to where they vanish."""
    line = chain(queue)[queue.servers :]
    return line[: max(1, int((np.cumsum(line[::-1])[::-1] > 1e-15).sum()))]


def left_by(queue: Queue, time: float, ahead: int) -> tuple[np.ndarray, np.ndarray]:
    """Chances to be served, and to have left the line, by a time behind 0, 1, ... others.

    The citizen in question is a chain of their own: people in front leave, the citizen is served
    or gives up. It is made uniform, with steps of one Poisson process, for all starts at once.
    """
    serve, gone = queue.servers / queue.service_minutes, 1 / queue.patience_minutes
    step = serve + ahead * gone
    mean = step * time
    front = serve + np.arange(ahead) * gone
    served, left, total = np.zeros(ahead), np.zeros(ahead), np.zeros((2, ahead))
    weight = -mean
    for k in range(1, int(mean + 12 * math.sqrt(mean)) + 60):
        total += math.exp(weight) * np.array([served, left])
        served = (front * np.r_[1, served[:-1]] + (step - front - gone) * served) / step
        left = (front * np.r_[1, left[:-1]] + gone + (step - front - gone) * left) / step
        weight += math.log(mean / k) if mean else -math.inf
    return total[0], total[1]


def fraction_c(load: Fraction, servers: int) -> Fraction:
    """Erlang C in whole fractions, by its sum over the states of the queue."""
    terms = [load**n / math.factorial(n) for n in range(servers + 1)]
    line = terms[-1] / (1 - load / servers)
    return line / (sum(terms[:-1]) + line)


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
    """Tables of traffic: 10 erlangs on 10 lines lose 21.46 %, 4.461 erlangs lose one percent."""
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

    Without patience the mean wait is 20.8 s; with it 3.7 s, 3.1 % give up, 93 % are busy.
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


@given(st.integers(5, 900), st.floats(0.5, 20), st.floats(0.5, 0.98))
def test_pyworkforce_needs_as_many_servers(arrivals, within, level):
    """Both find the fewest servers; the package starts above the load, so never finds fewer."""
    other = ErlangC(arrivals, aht=6, asa=within, interval=60).required_positions(level, 1)
    found = servers_needed(arrivals, 6, within_minutes=within, level=level)

    assert found <= other["positions"]
    if other["positions"] > round(arrivals / 10 + 1):
        assert found == other["positions"]


@given(busyness, st.integers(1, 20), st.floats(0.5, 300), minutes)
@example(3, 20, 300, 0)
@example(1, 10, 0.2, 1)
@example(0.01, 9, 1, 0)
@example(1.5, 5, 100, 45)
@example(0.01, 1, 1, 0)
def test_patience_agrees_with_the_chain(rho, servers, patience, within):
    """Chances, waits and losses are those of a long chain, and of one citizen's way through it."""
    queue = busy_queue(rho, servers, patience_minutes=patience)
    chances, line = chain(queue), line_of(queue)
    within = min(within, 2_000 / (servers / 10 + len(line) / patience))
    served, left = left_by(queue, within, len(line))
    at_once, waiting = (
        chances[:servers].sum(),
        np.arange(len(chances) - servers) @ chances[servers:],
    )
    lost = waiting / patience / (queue.arrivals_per_hour / 60)
    busy = np.minimum(np.arange(len(chances)), servers) @ chances / servers

    assert queue.probability_of_waiting == pytest.approx(line.sum(), abs=1e-12)
    assert queue.mean_wait_minutes == pytest.approx(lost * patience, rel=1e-11)
    assert queue.share_giving_up == pytest.approx(lost, abs=1e-12)
    assert queue.share_served == pytest.approx(1 - lost, abs=1e-12)
    assert queue.utilization == pytest.approx(busy, abs=1e-12)
    assert queue.share_served_within(within) == pytest.approx(at_once + served @ line, abs=1e-11)
    assert queue.share_within(within) == pytest.approx(at_once + left @ line, abs=1e-11)


@pytest.mark.parametrize("rho", [0.9, 1, 1.1])
@pytest.mark.parametrize(("patience", "within"), [(3, 0.1), (30, 0.5), (30, 5), (300, 25)])
def test_a_thousand_servers_with_patience(rho, patience, within):
    """Behind j others, exp(-wait / patience) is Beta(c mu / theta, j + 1) for who never gives up.

    A sum of exponential times with the rates c mu + i theta, i = 0 ... j, has that transform. Who
    is served within t needs exp(-wait / patience) on average over those waits.
    """
    queue = busy_queue(rho, 1_000, patience_minutes=patience)
    line, at_once = line_of(queue), chain(queue)[:1_000].sum()
    j, b, x = np.arange(len(line)), 100 * patience, math.exp(-within / patience)

    stay = betainc(b, j + 1, x) * x
    served = b / (b + j + 1) * betaincc(b + 1, j + 1, x)

    assert queue.share_within(within) == pytest.approx(at_once + (1 - stay) @ line, abs=1e-10)
    assert queue.share_served_within(within) == pytest.approx(at_once + served @ line, abs=1e-10)


def test_chain_agrees_with_linear_equations():
    """The product form used in these tests solves the balance of the generator matrix."""
    queue = Queue(20, 10, 3, 15)
    size = 90
    up = np.full(size - 1, 20 / 60)
    there = np.arange(1, size)
    down = np.minimum(there, 3) / 10 + np.maximum(there - 3, 0) / 15
    generator = np.diag(up, 1) + np.diag(down, -1)
    generator -= np.diag(generator.sum(axis=1))
    system = np.vstack([generator.T, np.ones(size)])
    solved = np.linalg.lstsq(system, np.r_[np.zeros(size), 1], rcond=None)[0]

    assert np.abs(chain(queue)[:size] - solved).max() < 1e-13


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


@given(busyness, teams, patiences, st.floats(1, 10), minutes)
def test_more_patience_means_more_waiting(rho, servers, patience, times, within):
    """With more patience more people wait, and longer; fewer give up."""
    queue = busy_queue(rho, servers, patience_minutes=patience)
    more = busy_queue(rho, servers, patience_minutes=patience * times)

    assert more.probability_of_waiting >= queue.probability_of_waiting - 1e-12
    assert more.mean_wait_minutes >= queue.mean_wait_minutes - 1e-9
    assert more.share_within(within) <= queue.share_within(within) + 1e-12
    assert more.share_giving_up <= queue.share_giving_up + 1e-12


@given(st.floats(0.05, 0.95), teams, minutes)
def test_endless_patience_is_erlang_c(rho, servers, within):
    """Patience of a thousand years is Erlang C to the digits it should be, inf is so exactly."""
    queue, patient = busy_queue(rho, servers), busy_queue(rho, servers, patience_minutes=5e8)

    assert patient.probability_of_waiting == pytest.approx(queue.probability_of_waiting, abs=1e-5)
    assert patient.mean_wait_minutes == pytest.approx(queue.mean_wait_minutes, rel=1e-4)
    assert patient.share_within(within) == pytest.approx(queue.share_within(within), abs=1e-5)
    endless = busy_queue(rho, servers, patience_minutes=math.inf)
    assert endless.share_within(within) == queue.share_within(within)
    assert endless.mean_wait_minutes == queue.mean_wait_minutes


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


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (lambda: Queue(-1, 10, 2), "arrivals_per_hour is -1"),
        (lambda: Queue(math.nan, 10, 2), "arrivals_per_hour is nan"),
        (lambda: Queue(10, 0, 2), "service_minutes is 0"),
        (lambda: Queue(10, 10, 0), "servers is 0"),
        (lambda: Queue(10, 10, 2.5), "servers is 2.5"),
        (lambda: Queue(10, 10, math.nan), "servers is nan"),
        (lambda: Queue(10, 10, 2, 0), "patience_minutes is 0"),
        (lambda: Queue(10, 10, 2, math.nan), "patience_minutes is nan"),
        (lambda: Queue(10, 10, 2, cv2=-1), "cv2 is -1"),
        (lambda: Queue(10, 10, 2, 5, cv2=0.5), "Maybe leave it out"),
        (lambda: Queue(10, 10, 2).share_within(-1), "minutes is -1"),
        (lambda: Queue(10, 10, 2, 5).share_served_within(math.inf), "minutes is inf"),
        (lambda: Queue(10, 10, 2).wait_quantile(0), "share is 0"),
        (lambda: Queue(10, 10, 2).wait_quantile(1.1), "share is 1.1"),
        (lambda: erlang_b(-1, 2), "load is -1"),
        (lambda: erlang_b(1, 0), "servers is 0"),
        (lambda: servers_needed(10, 10, within_minutes=5, level=0), "level is 0"),
        (lambda: servers_needed(10, 10, within_minutes=-5, level=0.5), "within_minutes is -5"),
        (
            lambda: servers_needed(10, 10, within_minutes=5, level=0.5, most_utilization=1.5),
            "most_utilization is 1.5",
        ),
        (
            lambda: servers_needed(10, 10, within_minutes=5, level=0.5, most_servers=0),
            "most_servers is 0",
        ),
        (lambda: offered_load([-1], 30, 10), "arrivals_per_hour is -1"),
        (lambda: offered_load([[1]], 30, 10), "a sequence of numbers"),
        (lambda: offered_load([1], 0, 10), "interval_minutes is 0"),
        (lambda: offered_load([1, 1], [5], 10), "one for each rate"),
        (lambda: offered_load([1], 30, 0), "service_minutes is 0"),
    ],
)
def test_what_is_out_of_range_is_named(wrong, named):
    """An argument out of its range is named with its value."""
    with pytest.raises(ValueError, match=named):
        wrong()
