"""Partial pooling, effects of weekdays, shares of cells: by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shiftplan.citizens.forecasting.effects import first_weekdays, weekday_effects
from shiftplan.citizens.forecasting.pooling import pool
from shiftplan.citizens.forecasting.profiles import shares_of_cells

INF = math.inf
MONDAY = 739_677  # 2026-03-02


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=float)[:, None]


def test_estimates_that_agree_become_their_mean():
    """Without variance between centers, all have the weighted mean: (1 + 2 * 4) / 3 = 3."""
    found = pool(column(1, 4), column(20, 10))

    assert found.between == 0
    assert found.values == pytest.approx(column(3, 3))
    assert found.variances == pytest.approx(column(20 / 3, 20 / 3))


def test_estimates_that_differ_stay_apart():
    """0 and 10 with variance 1: tau² = 50 - 1 = 49, so each moves by 1/50 of 5 to the mean."""
    found = pool(column(0, 10), column(1, 1))

    assert found.between == pytest.approx(49)
    assert found.values == pytest.approx(column(0.1, 9.9))


def test_centers_without_data_have_the_mean_of_the_others():
    """Their variance is that between centers, and of the mean: 49 + 50 / 2."""
    found = pool(column(0, 10, 77), column(1, 1, INF))

    assert found.values[2] == pytest.approx([5])
    assert found.variances[2] == pytest.approx([49 + 25])


def test_nothing_known_is_zero():
    """Without any data, values are 0."""
    found = pool(column(3, 4), column(INF, INF))

    assert not found.values.any()


def test_a_campaign_is_no_weekday():
    """One Monday of ten that is far out moves the effect of Mondays by less than a tenth of it."""
    weekday = np.tile(np.arange(5), 10)
    values = np.where(weekday == 0, 0.4, -0.1) + np.zeros((8, 1))
    odd = values.copy()
    odd[:, 0] += 3

    usual = weekday_effects(values, np.full(values.shape, 0.01), weekday).values
    found = weekday_effects(odd, np.full(values.shape, 0.01), weekday).values

    average = math.log((math.exp(0.4) + 4 * math.exp(-0.1)) / 5)
    assert usual[:, 0] == pytest.approx(np.full(8, 0.4 - average))
    assert usual[:, 1:5] == pytest.approx(np.full((8, 4), -0.1 - average))
    assert found[:, 0] == pytest.approx(usual[:, 0], abs=0.04)


def test_weekdays_that_never_come_have_no_effect():
    """Saturdays and Sundays are 0 where nobody works then."""
    weekday = np.tile(np.arange(5), 10)

    found = weekday_effects(np.ones((2, 50)), np.full((2, 50), 0.1), weekday)

    assert not found.values[:, 5:].any()


def counts_of(*cells: list[float], weeks: int = 8) -> np.ndarray:
    """The same counts on each of the five days of some weeks, shape (centers, dates, 1, cells)."""
    return np.repeat(np.array(cells, dtype=float)[:, None, None, :], 5 * weeks, axis=1)


def ordinals_of(weeks: int) -> np.ndarray:
    return np.array([MONDAY + 7 * w + d for w in range(weeks) for d in range(5)], dtype=float)


def test_shares_add_up_to_one():
    """By center and weekday, also where nobody came and on days without records."""
    counts = counts_of([5, 3, 2], [0, 0, 0])

    found = shares_of_cells(counts, np.ones((2, 40), dtype=bool), ordinals_of(8))

    assert found.shape == (2, 7, 1, 3)
    assert found.sum(axis=(2, 3)) == pytest.approx(np.ones((2, 7)))
    assert found[1, 0, 0] == pytest.approx([0.5, 0.3, 0.2])


def test_dates_that_are_not_recorded_have_no_share():
    """What stands in the array on such dates does not matter."""
    counts, recorded = counts_of([5, 3, 2], [1, 1, 8]), np.ones((2, 40), dtype=bool)
    recorded[:, 7] = False
    odd = counts.copy()
    odd[:, 7] = 1_000

    usual = shares_of_cells(counts, recorded, ordinals_of(8))

    assert shares_of_cells(odd, recorded, ordinals_of(8)) == pytest.approx(usual)


def test_a_profile_that_changed_is_followed():
    """All came for one thing, and in the last eight of thirty weeks for another."""
    counts = counts_of([40, 0], [40, 0], weeks=30)
    counts[:, 110:] = counts[:, 110:, :, ::-1]

    found = shares_of_cells(counts, np.ones((2, 150), dtype=bool), ordinals_of(30))

    assert (found[:, :5, 0, 1] > 0.45).all()


def test_weekdays_have_profiles_of_their_own_where_counts_say_so():
    """Mondays for one thing, other days for another."""
    counts = counts_of([40, 0], [0, 40], weeks=20)
    counts[:, ::5] = counts[:, ::5, :, ::-1]

    found = shares_of_cells(counts, np.ones((2, 100), dtype=bool), ordinals_of(20))

    assert found[0, :5, 0, 0] == pytest.approx([0, 1, 1, 1, 1], abs=0.15)


def test_first_weekdays_are_found_where_centers_are_open_on_different_days():
    """Means of 4,000 and 10,000 times 1.5, 1 and 0.5; the second center never has a Monday."""
    factors = np.array([1.5, 1.0, 0.5])
    totals = np.array([4000.0, 10000.0])[:, None] * np.tile(factors, 8)
    weekday = np.tile(np.arange(3), 8)
    totals[1, weekday == 0] = math.nan

    found = first_weekdays(totals, np.ones(totals.shape), weekday)

    assert np.exp(found[:3]) == pytest.approx(factors, rel=0.04)
    assert not found[3:].any()


def test_first_weekdays_leave_out_what_is_given():
    """Half as many on Mondays, on each of which a known factor of 0.5 acts, are as many."""
    weekday = np.tile(np.arange(3), 8)
    halves = np.where(weekday == 0, 0.5, 1.0)[None]

    assert first_weekdays(4000 * halves, halves, weekday) == pytest.approx(np.zeros(7))


def test_a_dozen_requests_say_little_of_weekdays():
    """Three Mondays with four requests and three Tuesdays without: 22 to 16 hold at first."""
    found = first_weekdays(
        np.array([[4.0, 0, 4, 0, 4, 0]]), np.ones((1, 6)), np.array([0, 1, 0, 1, 0, 1])
    )

    assert 1.3 < np.exp(found[0] - found[1]) < 2.2
