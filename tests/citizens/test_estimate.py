"""Estimates and their intervals, by hand and against what is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import stdtrit

from shiftplan.citizens.estimate import (
    LONGEST,
    STEP,
    STEPS,
    Estimate,
    mean,
    quantile,
    ratio,
    steps_of,
    student,
)


def counts_of(groups: list[np.ndarray]) -> np.ndarray:
    """Waits counted on the grid, by group."""
    return np.array([np.bincount(steps_of(np.asarray(g, float)), minlength=STEPS) for g in groups])


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 19, 199, 10_000])
def test_student_agrees_with_scipy(freedom):
    """The quantile of t is met to 0.2%."""
    assert student(freedom) == pytest.approx(stdtrit(freedom, 0.975), rel=2e-3)


def test_ratio_by_hand():
    """2 of 4 and 3 of 6: a half; 1 of 4 and 4 of 6 as well, with errors of 1 / 5 and -1 / 5.

    The mean of 4 and 6 is 5, and the variance (1/5)^2 + (1/5)^2 over 2 * 1, that is 1 / 25.
    """
    same = ratio(np.array([2.0, 3]), np.array([4.0, 6]))
    other = ratio(np.array([1.0, 4]), np.array([4.0, 6]))

    assert same == Estimate(0.5, 0.5, 0.5, np.zeros(2))
    assert other.value == 0.5
    assert math.sqrt(other.parts @ other.parts) == pytest.approx(1 / 5)
    assert (other.low, other.high) == (0, 1)
    assert ratio(np.zeros(2), np.zeros(2)) is None


def test_mean_by_hand():
    """Of 1, 2 and 3: 2, with a standard error of 1 / sqrt 3."""
    found = mean(np.array([1.0, 2, 3]))

    assert found.value == 2
    assert found.high - found.value == pytest.approx(4.3027 / math.sqrt(3), rel=1e-4)
    assert found.low == 0


def test_too_little_to_say():
    """Where one run alone has citizens, all that is possible stays so, also of differences."""
    once = ratio(np.array([0.0, 1]), np.array([0.0, 2]))
    wait = quantile(counts_of([[], [3]]), 0.5)

    assert (once.value, once.low, once.high) == (0.5, 0, 1)
    assert (wait.low, wait.high) == (0, LONGEST)
    assert ((once - once).low, (once - once).high) == (-math.inf, math.inf)


def test_differences_are_paired():
    """Errors that both have cancel: only what differs counts."""
    whole = np.array([5.0, 7, 9, 11])
    before, after = ratio(whole - 1, whole), ratio(whole - 2, whole)

    change = after - before

    assert change.value == pytest.approx(-4 / 32)
    assert change.high - change.low < before.high - before.low
    assert before - before == Estimate(0, 0, 0, np.zeros(4))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 1])
def test_quantiles_are_those_of_all_waits(share):
    """They are off by a step of the grid at most; who does not wait counts with 0."""
    rng = np.random.default_rng(0)
    groups = [np.maximum(0, rng.exponential(20, 400) - 3) for _ in range(20)]

    found = quantile(counts_of(groups), share)

    exact = np.quantile(np.concatenate(groups), share, method="inverted_cdf")
    assert abs(found.value - exact) <= STEP
    assert found.low <= exact + STEP
    assert found.high >= exact - STEP


def test_quantiles_at_the_edges():
    """Nobody waits: 0; half do not: the half's quantile is 0; longer than a day is a day."""
    assert quantile(counts_of([[0, 0], [0]]), 0.9) == Estimate(0, 0, 0, np.zeros(2))
    assert quantile(counts_of([[0, 5], [0, 6]]), 0.5).value == 0
    assert quantile(counts_of([[9999], [1500]]), 0.5).value == LONGEST
    assert quantile(counts_of([[], []]), 0.5) is None


def test_errors_of_quantiles_are_right():
    """The jackknife is careful: its mean variance is up to a fifth above p (1 - p) / n / f^2."""
    rng = np.random.default_rng(1)
    share, citizens = 0.9, 20 * 200
    density = (1 - share) / 20

    found = [
        quantile(counts_of(list(rng.exponential(20, (20, 200)))), share).parts for _ in range(300)
    ]

    theory = share * (1 - share) / citizens / density**2
    assert theory <= np.mean([p @ p for p in found]) <= 1.2 * theory
