"""Queues for tests, and the same queues as chains of states."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from shiftplan.citizens.queueing import Queue

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
        weight += math.log(mean) - math.log(k) if mean else -math.inf
    return total[0], total[1]


def fraction_c(load: Fraction, servers: int) -> Fraction:
    """Erlang C in whole fractions, by its sum over the states of the queue."""
    terms = [load**n / math.factorial(n) for n in range(servers + 1)]
    line = terms[-1] / (1 - load / servers)
    return line / (sum(terms[:-1]) + line)
