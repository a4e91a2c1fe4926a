"""Forecasts of steady logs whose weekdays differ a lot: whatever the shape, they are unbiased.

Nothing moves in these logs, so a forecast ought to be no worse than the mean of the last four
weeks: it may miss the truth by four standard deviations of that mean, of Poisson counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import FIRST

from shiftplan.citizens import VisitCounts, forecast
from shiftplan.citizens.forecasting.engine import fit

SATURDAY = 5
SHAPES = {
    "a third on Saturdays": (1, 1, 1, 1, 1, 1 / 3),
    "a tenth on Saturdays": (1, 1, 1, 1, 1, 0.1),
    "three times as many on Saturdays": (1, 1, 1, 1, 1, 3),
    "a quiet Monday": (0.2, 1, 1, 1, 1, 1),
    "all different": (1.6, 1, 0.5, 1.2, 0.8, 0.3),
}


class Steady(NamedTuple):
    """A log, the dates of the week after it, and their true means."""

    counts: VisitCounts
    ahead: tuple[dt.date, ...]
    mean: np.ndarray


def steady(
    shape: Sequence[float],
    days: int = 7 * 16,
    *,
    centers: int = 100,
    size: float = 80,
    seed: int = 0,
    opened: np.ndarray | None = None,
    first: dt.date = FIRST,
) -> Steady:
    """Poisson counts around the same means every week, from Monday to Saturday.

    `opened` says on which of the six weekdays a center is open, shape (centers, 6).
    """
    if opened is None:
        opened = np.ones((centers, 6), dtype=bool)
    dates = [first + dt.timedelta(n) for n in range(days)]
    dates = [day for day in dates if day.weekday() < 6]
    weekday = [day.weekday() for day in dates]
    usual = size * np.array(shape) * opened
    drawn = np.random.default_rng(seed).poisson(usual[:, weekday]).astype(np.float64)
    counts = VisitCounts(
        tuple(f"c{i}" for i in range(centers)),
        tuple(dates),
        ((420, 480),),
        ("filing",),
        drawn[:, :, None, None],
        opened[:, weekday],
    )
    monday = dates[-1] + dt.timedelta(7 - dates[-1].weekday())
    return Steady(counts, tuple(monday + dt.timedelta(n) for n in range(6)), usual)


def misses(made: Steady) -> np.ndarray:
    """Forecasts of the province's weekdays over their true means, less 1, in bounds; shape (6,)."""
    is_open = made.mean > 0
    found = np.where(is_open, forecast(made.counts, made.ahead).expected("day"), 0).sum(axis=0)
    true = made.mean.sum(axis=0)
    return (found / true - 1) / (4 / np.sqrt(4 * true))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_no_shape_biases_a_weekday(shape, seed):
    """Each weekday of the province is forecast within the bound, however far apart they are."""
    assert abs(misses(steady(shape, seed=seed))).max() < 1


@settings(max_examples=8)
@given(st.integers(0, 5), st.floats(0.1, 3), st.integers(0, 10**6))
def test_a_factor_of_a_weekday_changes_no_other(weekday, factor, seed):
    """A weekday with 0.1 to 3 times as many leaves forecasts of the others within the bound."""
    shape = np.ones(6)
    shape[weekday] = factor

    assert abs(misses(steady(shape, seed=seed))).max() < 1


def test_a_strong_weekday_is_no_drift():
    """The level of a steady province moves by less than 3% in a week, and no day is special."""
    found = fit(steady(SHAPES["a third on Saturdays"]).counts)

    assert found.movement.common.drift.level < 0.03**2
    assert found.spread.province_day < 1e-3


@pytest.mark.parametrize(("size", "centers"), [(10, 30), (2000, 1), (3000, 30)])
def test_small_and_large_provinces_are_unbiased(size, centers):
    """Few requests at each center, one large center, and many large ones are all within bounds."""
    made = steady(SHAPES["a tenth on Saturdays"], centers=centers, size=size)

    assert abs(misses(made)).max() < 1


def test_few_centers_open_on_saturdays():
    """Where 3 of 100 centers are open, their Saturdays and all other days are within bounds."""
    opened = np.ones((100, 6), dtype=bool)
    opened[3:, SATURDAY] = False

    assert abs(misses(steady(SHAPES["a third on Saturdays"], opened=opened))).max() < 1


def test_centers_open_on_different_weekdays():
    """Half the centers work from Monday to Wednesday, the others to Saturday, each as forecast."""
    opened = np.ones((100, 6), dtype=bool)
    opened[::2, 3:] = False
    opened[1::2, :2] = False

    assert abs(misses(steady(SHAPES["all different"], opened=opened))).max() < 1


def test_saturdays_on_which_nobody_ever_came():
    """Recorded days without any requests are forecast so, and the other weekdays are right."""
    made = steady((1, 1, 1, 1, 1, 0))

    days = forecast(made.counts, made.ahead).expected("day").sum(axis=0)

    assert days[:SATURDAY] == pytest.approx(np.full(5, 8000.0), rel=4 / np.sqrt(4 * 8000))
    assert days[SATURDAY] < 0.01 * 8000


@pytest.mark.parametrize("days", [1, 2, 6, 7, 10])
def test_short_logs_repeat_what_came(days):
    """A log of some days up to a quiet Saturday forecasts each weekday in it within 10%."""
    shape = SHAPES["a third on Saturdays"]
    made = steady(shape, days, first=FIRST + dt.timedelta((6 - days) % 7))
    seen = sorted({day.weekday() for day in made.counts.dates})

    found = forecast(made.counts, made.ahead).expected("day").sum(axis=0)

    assert found[seen] == pytest.approx(made.mean.sum(axis=0)[seen], rel=0.1)


def test_a_weekday_that_was_never_seen_has_the_mean_of_the_others():
    """Wednesdays, on which no center ever recorded anything, have as many as a mean day."""
    opened = np.ones((100, 6), dtype=bool)
    opened[:, 2] = False
    made = steady((2, 1, 1, 1, 1, 0.1), opened=opened)

    found = forecast(made.counts, made.ahead).expected("day").sum(axis=0)

    assert found[2] == pytest.approx(np.delete(found, 2).mean(), rel=0.01)


def test_a_new_center_has_the_shape_of_the_others():
    """Without counts, it has the mean of all on each weekday, and 2.5% more for what is unknown."""
    opened = np.ones((100, 6), dtype=bool)
    opened[0] = False
    made = steady(SHAPES["a tenth on Saturdays"], opened=opened)

    found = forecast(made.counts, made.ahead).expected("day")

    assert found[0] == pytest.approx(1.025 * found[1:].mean(axis=0), rel=0.02)
