"""A forecast: sums, quantiles, joint scenarios, rows of demand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from shiftplan.citizens import Forecast
from shiftplan.citizens.forecasting.forecast import By

EVERY: tuple[By, ...] = ("cell", "slot", "day", "center", "province", "total")
DATES = (dt.date(2026, 7, 20), dt.date(2026, 7, 21))


def made(mean, **variances) -> Forecast:
    """A forecast of some means, shape (centers, 2 dates, 2 slots, 2 services); 0 is no variance."""
    mean = np.asarray(mean, dtype=float)
    centers = len(mean)
    spread = {
        "province_level": np.zeros(2),
        "province_day": np.zeros(2),
        "center_level": np.zeros((centers, 2)),
        "center_day": np.zeros((centers, 2)),
        "cell": np.zeros(centers),
    }
    spread |= {name: np.broadcast_to(v, spread[name].shape) for name, v in variances.items()}
    names = tuple(f"c{i}" for i in range(centers))
    return Forecast(names, DATES, ((420, 480), (480, 540)), ("filing", "kiosk"), mean, **spread)


@st.composite
def forecasts(draw):
    """Forecasts of a few centers with all kinds of variance."""
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    centers = draw(st.integers(1, 3))
    mean = rng.gamma(1, 5, (centers, 2, 2, 2)) * (rng.random((centers, 2, 2, 2)) < 0.8)
    return made(
        mean,
        province_level=np.sort(rng.random(2) * 0.05),
        province_day=rng.random(2) * 0.05,
        center_level=np.sort(rng.random((centers, 2)) * 0.2),
        center_day=rng.random((centers, 2)) * 0.2,
        cell=rng.random(centers),
    )


@given(forecasts())
def test_sums_agree(forecast):
    """Means of cells add up to those of slots, days, centers, the province and all."""
    slots, days = forecast.expected("slot"), forecast.expected("day")

    assert slots == pytest.approx(forecast.mean.sum(axis=3))
    assert days == pytest.approx(slots.sum(axis=2))
    assert forecast.expected("center") == pytest.approx(days.sum(axis=1))
    assert forecast.expected("province") == pytest.approx(days.sum(axis=0))
    assert forecast.expected("total") == pytest.approx(days.sum())


@given(forecasts(), st.lists(st.floats(0.01, 0.99), min_size=2, max_size=4))
def test_intervals_nest(forecast, shares):
    """A higher quantile is never lower, whatever is summed."""
    for by in EVERY:
        found = [forecast.quantile(share, by) for share in sorted(shares)]

        assert all((high >= low).all() for low, high in pairwise(found))
        assert found[0].shape == forecast.expected(by).shape


@given(forecasts(), st.floats(0.01, 0.99))
def test_quantiles_are_the_least_counts_with_that_chance(forecast, share):
    """The chance of at most the quantile is at least the share; of less, it is below it."""
    for by in EVERY:
        found = forecast.quantile(share, by)

        assert (forecast.chance(found, by) >= share - 1e-9).all()
        assert (forecast.chance(found - 1, by) < share + 1e-9).all()


def test_a_certain_rate_gives_poisson_counts():
    """Without any variance, a day of 8 expected has the quantiles of Poisson."""
    forecast = made(np.full((1, 2, 2, 2), 2.0))

    assert forecast.quantile(0.9, "day")[0].tolist() == [poisson.ppf(0.9, 8)] * 2
    assert forecast.spread("day").max() == 0


def test_one_factor_gives_negative_binomial_counts():
    """A center's day with relative variance 0.25 is negative binomial of size 4."""
    forecast = made(np.full((1, 2, 2, 2), 2.0), center_day=0.25)

    assert forecast.spread("day") == pytest.approx(0.5)
    assert forecast.quantile(0.1, "day")[0, 0] == nbinom.ppf(0.1, 4, 4 / 12)


def test_what_is_shared_does_not_average_out():
    """Of 100 equal centers, own variances fade by 100, that of the province stays."""
    mean = np.ones((100, 2, 2, 2))

    assert made(mean, center_day=0.04).spread("province") == pytest.approx(0.02)
    assert made(mean, province_day=0.04).spread("province") == pytest.approx(0.2)


def test_a_level_lasts_and_a_day_does_not():
    """Over two equal dates, variances of days halve, those of levels stay."""
    mean = np.ones((1, 2, 2, 2))

    assert made(mean, center_day=0.04).spread("center") ** 2 == pytest.approx(0.02)
    assert made(mean, center_level=0.04).spread("center") ** 2 == pytest.approx(0.04)
    assert made(mean, province_level=0.04).spread("total") ** 2 == pytest.approx(0.04)


def test_scenarios_have_the_mean_and_spread_of_all_sums():
    """Moments of 4,000 joint draws are those of the forecast, whatever is summed."""
    forecast = made(
        np.random.default_rng(3).gamma(2, 10, (3, 2, 2, 2)),
        province_level=[0.01, 0.02],
        province_day=0.02,
        center_level=[0.02, 0.05],
        center_day=0.05,
        cell=0.3,
    )

    drawn = forecast.scenarios(4_000, seed=1)

    for by, axes in (("cell", ()), ("slot", 4), ("day", (3, 4)), ("center", (2, 3, 4))):
        check_moments(drawn.sum(axis=axes) if axes else drawn, forecast, by)
    check_moments(drawn.sum(axis=(1, 3, 4)), forecast, "province")
    check_moments(drawn.sum(axis=(1, 2, 3, 4)), forecast, "total")


def check_moments(drawn, forecast, by: By):
    mean, spread = forecast.expected(by), forecast.spread(by)
    variance = mean + (spread * mean) ** 2
    # 4,000 draws: standard errors of 1.6% of the deviation, and about 3% of the variance.
    assert np.abs(drawn.mean(axis=0) - mean).max() < 5 * np.sqrt(variance.max() / 4_000)
    assert drawn.var(axis=0) == pytest.approx(variance, rel=0.2)


def test_scenarios_repeat():
    """The first scenarios of a seed do not depend on how many are drawn; another seed differs."""
    forecast = made(np.full((2, 2, 2, 2), 9.0), center_day=0.2)

    assert (forecast.scenarios(5, 7)[:3] == forecast.scenarios(3, 7)).all()
    assert (forecast.scenarios(3, 8) != forecast.scenarios(3, 7)).any()


def test_rows_of_demand():
    """A row has the mean of a cell and the spread that a center's date shares; 0 makes no row."""
    mean = np.zeros((1, 2, 2, 2))
    mean[0, 1, 0, 1] = 2.5
    forecast = made(mean, center_level=0.21, center_day=0.21, cell=5.0)

    (row,) = forecast.demand()

    assert (row.center_id, row.service_id, row.arrivals) == ("c0", "kiosk", 2.5)
    assert (row.start, row.end) == (dt.datetime(2026, 7, 21, 7), dt.datetime(2026, 7, 21, 8))
    # 1.21 * 1.21 - 1 = 0.4641, of which the root is 0.681.
    assert row.arrivals_cv == pytest.approx(0.4641**0.5)


def test_nobody_is_expected_where_nobody_came():
    """A cell of mean 0 has quantiles and a spread of 0, and draws nobody."""
    forecast = made(np.zeros((1, 2, 2, 2)), cell=0.5, center_level=0.5)

    for by in EVERY:
        assert not forecast.quantile(0.99, by).any()
        assert not forecast.spread(by).any()
        assert (forecast.chance(np.zeros(forecast.expected(by).shape), by) == 1).all()
    assert not forecast.scenarios(3).any()


def test_a_spread_beyond_what_demand_allows_is_cut():
    """`arrivals_cv` is 10 at most."""
    forecast = made(np.ones((1, 2, 2, 2)), center_level=400.0)

    assert {row.arrivals_cv for row in forecast.demand()} == {10}


def test_forecasts_can_be_changed():
    """A copy with other means keeps the rest."""
    forecast = made(np.ones((1, 2, 2, 2)), cell=0.5)

    doubled = replace(forecast, mean=forecast.mean * 2)

    assert doubled.expected("total") == 16
    assert (doubled.cell == forecast.cell).all()


def test_the_correlation_of_days_by_hand():
    """Two centers alike: 0.04 of the variance is shared, of 0.04 + 0.05 + 0.04 x 0.05 in all.

    Relative variances: 1.04 x 1.05 - 1 = 0.092 of a center, 0.04 of what both share.
    """
    both = made(np.ones((2, 2, 2, 2)), province_day=0.04, center_day=0.05)
    apart = made(np.ones((2, 2, 2, 2)), center_day=0.05)
    alike = made(np.ones((2, 2, 2, 2)), province_level=0.04)

    assert both.correlation == pytest.approx(0.04 / 0.092)
    assert apart.correlation == 0
    assert alike.correlation == pytest.approx(1)
    assert made(np.ones((2, 2, 2, 2))).correlation == 0
    assert made(np.ones((1, 2, 2, 2)), center_day=0.05).correlation == 0


@given(forecasts())
def test_one_correlation_keeps_the_spread_of_the_province(forecast):
    """The variances of dates add up to those with one correlation of all pairs of centers."""
    days, spread = forecast.expected("day"), forecast.shared_spread
    deviation = days * spread
    cells = forecast.cell[:, None] * (1 + spread**2) * (forecast.mean**2).sum(axis=(2, 3))
    pairs = deviation.sum(axis=0) ** 2 - (deviation**2).sum(axis=0)

    single = (deviation**2 + cells).sum()
    variance = (forecast.expected("province") * forecast.spread("province")) ** 2

    assert single + forecast.correlation * pairs.sum() == pytest.approx(variance.sum())


def test_days_are_those_behind_the_scenarios():
    """Without factors of their own, cells vary around the means of their days as Poisson counts."""
    forecast = made(np.full((2, 2, 2, 2), 1e6), province_day=0.1, center_level=0.2)

    counts = forecast.scenarios(5, seed=3).sum(axis=(3, 4))
    days = np.stack([*forecast.days(5, seed=3)])

    assert counts == pytest.approx(4e6 * days, rel=0.01)
    assert days.std() > 0.2


@pytest.mark.parametrize("share", [0, 1, -1, float("nan")])
def test_quantiles_of_no_chance_are_refused(share):
    """They were -1, or the least number of a machine."""
    with pytest.raises(ValueError, match="above 0 and below 1"):
        made([[2.0]]).quantile(share)
