"""Levels that drift: the filter against plain loops, jumps, gaps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan.citizens.forecasting.levels import (
    Drift,
    State,
    filter_levels,
    find_jumps,
    gaps_in_weeks,
)

HUBER = 2.5


def slopes_sum(drift, weeks):
    """What a slope of 1 adds to the level over some weeks."""
    return (1 - drift.damping**weeks) / -math.log(drift.damping)


def noise_over(drift, weeks):
    """Covariance of the noise of level and slope: that of each moment, as it has grown since."""
    nodes, weights = np.polynomial.legendre.leggauss(20)
    found = np.diag([drift.level * weeks, 0])
    for since, weight in zip(weeks / 2 * (1 + nodes), weeks / 2 * weights, strict=True):
        grown = np.array([slopes_sum(drift, since), drift.damping**since])
        found = found + weight * drift.slope * np.outer(grown, grown)
    return found


def slow_filter(values, variances, weeks, level, variance, slope_variance, drift, jumps):
    """One series by the textbook: 2 x 2 matrices, one date at a time; then its smoother.

    Harvey (1989), sections 3.2 and 3.6: a = T a, P = T P T' + Q, and so on.
    """
    state = np.array([level, 0.0])
    cov = np.diag([variance, slope_variance])
    seen, predicted, moves, loss = [], [], [], 0.0
    for value, noise, gap, jump in zip(values, variances, weeks, jumps, strict=True):
        move = np.array([[1, slopes_sum(drift, gap)], [0, drift.damping**gap]])
        noise_of_state = noise_over(drift, gap) + np.diag([jump, 0])
        state, cov = move @ state, move @ cov @ move.T + noise_of_state
        predicted.append((state, cov))
        moves.append(move)
        if not math.isnan(value):
            error, total = value - state[0], cov[0, 0] + noise
            size = abs(error) / math.sqrt(total)
            loss += math.log(total) / 2
            loss += size**2 / 2 if size <= HUBER else HUBER * size - HUBER**2 / 2
            heavy = noise * max(1, size / HUBER) ** 2
            gain = cov[:, 0] / (cov[0, 0] + heavy)
            state, cov = state + gain * error, cov - np.outer(gain, cov[0])
        seen.append((state, cov))
    smooth = [seen[-1]]
    for i in range(len(seen) - 2, -1, -1):
        back = seen[i][1] @ moves[i + 1].T @ np.linalg.inv(predicted[i + 1][1])
        mean = seen[i][0] + back @ (smooth[0][0] - predicted[i + 1][0])
        cov = seen[i][1] + back @ (smooth[0][1] - predicted[i + 1][1]) @ back.T
        smooth.insert(0, (mean, cov))
    return seen, smooth, -loss


def start_of(series, level=0.0, variance=0.3):
    blank = np.zeros(series)
    return State(blank + level, blank, blank + variance, blank, blank + 1e-4)


@st.composite
def series_of_levels(draw):
    """A few series with gaps, outliers and jumps."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    shape = draw(st.integers(1, 3)), draw(st.integers(2, 15))
    values = rng.normal(0, 1, shape) + 5 * (rng.random(shape) < 0.1)
    values[rng.random(shape) < 0.2] = np.nan
    jumps = np.where(rng.random(shape) < 0.1, 0.5, 0.0)
    weeks = gaps_in_weeks(np.cumsum(rng.integers(1, 9, shape[1])))
    drift = Drift(10 ** rng.uniform(-5, -1), 10 ** rng.uniform(-6, -2), rng.uniform(0.7, 0.99))
    return values, rng.uniform(0.01, 1, shape), weeks, drift, jumps


@given(series_of_levels())
def test_the_filter_equals_plain_loops(drawn):
    """Levels, slopes, covariances, smoothed levels and likelihood are those of the textbook."""
    values, variances, weeks, drift, jumps = drawn

    found = filter_levels(values, variances, weeks, start_of(len(values)), drift, jumps)
    levels, doubts = found.smoothed(drift)
    slow = [
        slow_filter(v, s, weeks, 0.0, 0.3, 1e-4, drift, j)
        for v, s, j in zip(values, variances, jumps, strict=True)
    ]

    for c, (seen, smooth, _) in enumerate(slow):
        for d, (state, cov) in enumerate(seen):
            at = found.updated[d]
            quick = [at.level[c], at.slope[c], at.level_variance[c], at.covariance[c]]
            assert quick == pytest.approx([*state, cov[0, 0], cov[0, 1]], rel=1e-6, abs=1e-9)
            assert at.slope_variance[c] == pytest.approx(cov[1, 1], rel=1e-6, abs=1e-9)
        assert levels[c] == pytest.approx([m[0] for m, _ in smooth], rel=1e-5, abs=1e-6)
        assert doubts[c] == pytest.approx([v[0, 0] for _, v in smooth], rel=1e-5, abs=1e-6)
    assert found.log_likelihood == pytest.approx(sum(loss for *_, loss in slow))


def test_a_step_of_two_weeks_is_two_of_one():
    """Trend and noise are those of continuous time; after two weeks a quarter of 1 is left."""
    drift = Drift(0.3, 0.2, damping=0.5)
    state = State(*(np.array([x]) for x in (3.0, 1.0, 0.2, 0.1, 0.3)))

    once, twice = state.after(2.0, drift), state.after(1.0, drift).after(1.0, drift)

    assert once.slope == pytest.approx([0.25])
    for name in ("level", "slope", "level_variance", "covariance", "slope_variance"):
        assert getattr(once, name) == pytest.approx(getattr(twice, name))


def flat(values):
    array = np.array([values], dtype=float)
    return find_jumps(array, np.full(array.shape, 0.01))


def test_a_lasting_change_is_a_jump():
    """Twenty values of 0 and twenty of 1 jump by 1 where they change, and nowhere else."""
    jumps = flat([0] * 20 + [1] * 20)

    assert np.nonzero(jumps[0])[0].tolist() == [20]
    assert jumps[0, 20] == 1


@pytest.mark.parametrize("days", [1, 3, 5])
def test_a_short_campaign_is_no_jump(days):
    """Some days of 1 among those of 0 are not."""
    assert not flat([0] * 20 + [1] * days + [0] * 20).any()


def test_a_change_shows_after_six_values():
    """Five values after a change do not tell it from a campaign; six do, and say where it was."""
    assert not flat([0] * 20 + [1] * 5).any()
    assert np.nonzero(flat([0] * 20 + [1] * 6)[0])[0].tolist() == [20]


def test_missing_values_do_not_hide_a_jump():
    """Windows count recorded values."""
    values = np.array([[0.0, np.nan] * 12 + [np.nan, 1.0] * 12])

    jumps = find_jumps(values, np.full(values.shape, 0.01))

    assert np.nonzero(jumps[0])[0].tolist() == [25]
