"""Queues whose citizens leave, against chains of states."""

from __future__ import annotations

import math

import numpy as np
import pytest
from chains import busy_queue, busyness, chain, left_by, line_of, minutes, patiences, teams
from hypothesis import example, given
from hypothesis import strategies as st
from pace import costly
from scipy.special import betainc, betaincc

from shiftplan.citizens.queueing import Queue


@costly(0.35)
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
