"""The embedded forecaster: properties of any log, and what it must cope with."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import FIRST, Town, error, town, weekdays_from

from shiftplan.citizens import VisitCounts, forecast
from shiftplan.citizens.forecasting.engine import fit
from shiftplan.citizens.forecasting.movement import prior_levels

towns = st.builds(
    town,
    st.lists(st.floats(2, 200), min_size=2, max_size=5).map(tuple),
    st.integers(3, 10),
    seed=st.integers(0, 10**6),
    spread=st.floats(0.01, 0.4),
)
few = settings(max_examples=10)


def moved(counts: VisitCounts, days: int) -> VisitCounts:
    return replace(counts, dates=tuple(day + dt.timedelta(days) for day in counts.dates))


def chosen(counts: VisitCounts, centers: list[int]) -> VisitCounts:
    return replace(
        counts,
        centers=tuple(counts.centers[c] for c in centers),
        requests=counts.requests[centers],
        recorded=counts.recorded[centers],
        visits=counts.visits[centers],
        population=counts.population[centers],
    )


@few
@given(towns, st.randoms(use_true_random=False))
def test_permuting_centers_permutes_the_forecast(made: Town, random):
    """No center has a place of its own."""
    order = list(range(len(made.counts.centers)))
    random.shuffle(order)

    usual = forecast(made.counts, made.ahead)
    other = forecast(chosen(made.counts, order), made.ahead)

    assert other.mean == pytest.approx(usual.mean[order], rel=0.01)


@few
@given(towns, st.integers(1, 60))
def test_later_weeks_give_the_same_forecast_later(made: Town, weeks):
    """Shifting all dates by whole weeks shifts the forecast and changes no number."""
    later = tuple(day + dt.timedelta(weeks=weeks) for day in made.ahead)

    usual = forecast(made.counts, made.ahead)
    other = forecast(moved(made.counts, 7 * weeks), later)

    assert other.mean == pytest.approx(usual.mean)
    assert other.center_level == pytest.approx(usual.center_level)


@few
@given(towns, st.integers(2, 5))
def test_scaling_counts_scales_the_forecast(made: Town, factor):
    """To 3% of a center's week, or less than a Poisson count varies, as more counts say more."""
    many = replace(made.counts, requests=made.counts.requests * factor)

    usual = forecast(made.counts, made.ahead).expected("center")
    scaled = forecast(many, made.ahead).expected("center")

    close = np.maximum(0.03 * usual, np.maximum(1, 0.75 * np.sqrt(usual)))
    assert (abs(scaled / factor - usual) <= close).all()


@few
@given(towns, st.data())
def test_a_missing_week_is_not_a_zero_week(made: Town, data):
    """Dates without a record count as if they were not there, whatever stands in the array."""
    week = data.draw(st.integers(0, len(made.counts.dates) // 5 - 2))
    gone = slice(5 * week, 5 * week + 5)
    recorded, requests = made.counts.recorded.copy(), made.counts.requests.copy()
    recorded[:, gone] = False
    requests[:, gone] = data.draw(st.sampled_from([0.0, 999.0]))
    kept = [d for d in made.counts.dates if d not in made.counts.dates[gone]]

    masked = forecast(replace(made.counts, recorded=recorded, requests=requests), made.ahead)
    left_out = forecast(made.counts.on(kept), made.ahead)

    assert masked.mean == pytest.approx(left_out.mean)


@few
@given(towns)
def test_any_log_gives_a_finite_forecast(made: Town):
    """Means and variances are finite and not negative, and levels grow less certain."""
    ahead = weekdays_from(made.ahead[0], 8)

    found = forecast(made.counts, ahead)

    for name in ("mean", "province_level", "province_day", "center_level", "center_day", "cell"):
        values = getattr(found, name)
        assert np.isfinite(values).all()
        assert (values >= 0).all()
    assert (np.diff(found.center_level, axis=1) >= 0).all()
    assert found.center_level[0, -1] > found.center_level[0, 0]


def test_means_are_found():
    """Centers of 20, 50 and 120 a day are forecast within 10% of the truth each."""
    made = town(weeks=30)

    found = forecast(made.counts, made.ahead)

    assert found.expected("center") == pytest.approx(made.mean.sum(axis=(1, 2, 3)), rel=0.1)


def test_market_days_are_found():
    """Mondays of the last center have 30% more than its other days, those of the first no more."""
    made = town((400, 400, 400), weeks=30, spread=0.02)

    days = forecast(made.counts, made.ahead).expected("day")

    lift = days[:, 0] / days[:, 1:].mean(axis=1)
    assert lift == pytest.approx([1.0, 1.15, 1.3], abs=0.05)


def test_intervals_hold():
    """Of 300 counts of days, 72 to 90% lie in the 80% interval: 80 to 83%, plus or minus chance."""
    made = town(tuple(np.linspace(20, 100, 60)), weeks=12, seed=5)
    rng = np.random.default_rng(9)
    shape = 10
    drawn = rng.poisson(made.mean * rng.standard_gamma(shape, made.mean.shape) / shape)
    came = drawn.sum(axis=(2, 3))

    found = forecast(made.counts, made.ahead)

    low, high = found.quantile(0.1, "day"), found.quantile(0.9, "day")
    assert 0.72 < ((low <= came) & (came <= high)).mean() < 0.9


def campaign(center: int, day: dt.date) -> float:
    """Three times as many citizens at the first center on three days of the last week but one."""
    since = (day - FIRST - dt.timedelta(7 * 18)).days
    return 3.0 if center == 0 and 0 <= since < 3 else 1.0


def test_a_campaign_moves_the_forecast_little():
    """Three days of three times as many move the forecast of the center by less than 10%."""
    usual, odd = town((50, 50, 50)), town((50, 50, 50), factor=campaign)

    before = forecast(usual.counts, usual.ahead).expected("center")[0]
    after = forecast(odd.counts, odd.ahead).expected("center")[0]

    assert after == pytest.approx(before, rel=0.1)


@pytest.mark.parametrize(("weeks", "close"), [(2, 0.25), (4, 0.15)])
def test_a_lasting_change_is_followed(weeks, close):
    """Twice as many for two weeks are forecast within 25%, for four weeks within 15%."""
    last = FIRST + dt.timedelta(7 * (20 - weeks))
    made = town((50, 50, 50), factor=lambda c, day: 2.0 if c == 1 and day >= last else 1.0)

    found = forecast(made.counts, made.ahead).expected("center")[1]

    assert found == pytest.approx(made.mean[1].sum(), rel=close)


def test_a_change_of_the_whole_province_is_followed():
    """Half as many everywhere for three weeks are forecast within 10%."""
    last = FIRST + dt.timedelta(7 * 17)
    made = town((50, 50, 50), factor=lambda _, day: 0.5 if day >= last else 1.0)

    assert error(forecast(made.counts, made.ahead).mean, made.mean) < 0.1


def without(made: Town, center: int, but: int = 0) -> VisitCounts:
    """The counts with a center that recorded none but some last dates."""
    recorded = made.counts.recorded.copy()
    recorded[center, : recorded.shape[1] - but] = False
    return replace(made.counts, recorded=recorded)


def test_a_new_center_is_forecast_by_population():
    """Its mean is within 30% where requests follow population, and its spread is wide."""
    sizes = (20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0, 120.0)
    made = town(sizes)
    counts = replace(without(made, 4), population=np.array(sizes) * 500)

    found = forecast(counts, made.ahead)

    assert found.expected("center")[4] == pytest.approx(made.mean[4].sum(), rel=0.3)
    assert found.spread("center")[4] > 2 * np.delete(found.spread("center"), 4).max()


def test_a_few_days_make_a_new_center_certain():
    """Five recorded days bring the mean within 25%, and narrow the spread."""
    made = town((20, 30, 40, 50, 60, 80, 100, 120))

    new, begun = (forecast(without(made, 7, n), made.ahead) for n in (0, 5))

    assert begun.expected("center")[7] == pytest.approx(made.mean[7].sum(), rel=0.25)
    assert begun.spread("center")[7] < new.spread("center")[7] / 2


def test_a_service_that_nobody_asked_for():
    """It is expected of nobody; the rest is as usual."""
    made = town()
    requests = made.counts.requests.copy()
    requests[..., 1] = 0

    found = forecast(replace(made.counts, requests=requests), made.ahead)

    assert not found.mean[..., 1].any()
    assert error(found.mean, made.mean[..., 0]) < 0.1


def test_a_center_where_nobody_comes():
    """Less than one citizen in ten days is expected there."""
    made = town()
    requests = made.counts.requests.copy()
    requests[1] = 0

    found = forecast(replace(made.counts, requests=requests), made.ahead)

    assert found.expected("day")[1].max() < 0.1


def test_one_center_alone():
    """A log of one center works as well."""
    made = town((60,))

    assert error(forecast(made.counts, made.ahead).mean, made.mean) < 0.1


def test_a_log_of_one_day():
    """It gives a forecast, with a wide spread."""
    made = town((20, 50, 120))
    day = made.counts.on(made.counts.dates[-1:])

    found = forecast(day, made.ahead)

    assert found.expected("center") == pytest.approx(made.mean.sum(axis=(1, 2, 3)), rel=0.6)
    assert (found.spread("center") > 0.08).all()


def test_profiles_differ_where_the_log_says_so():
    """A center whose citizens all come for one service at one hour is forecast so."""
    made = town(weeks=10)
    requests = made.counts.requests.copy()
    total = requests[2].sum(axis=(1, 2))
    requests[2] = 0
    requests[2, :, 1, 1] = total

    mean = forecast(replace(made.counts, requests=requests), made.ahead).mean

    assert mean[2, :, 1, 1].sum() / mean[2].sum() > 0.95
    assert mean[1, :, 1, 1].sum() / mean[1].sum() < 0.15


def test_days_that_are_busy_everywhere_are_told_from_days_of_a_center():
    """Factors of dates that all centers share appear in the spread of the province."""
    rng = np.random.default_rng(2)
    days = {day: rng.gamma(25) / 25 for day in weekdays_from(FIRST, 20)}  # relative variance 0.04
    made = town((80,) * 8, spread=0.02, factor=lambda _, day: days.get(day, 1.0))

    spread = fit(made.counts).spread

    assert spread.province_day == pytest.approx(0.04, abs=0.02)
    assert spread.center_day.max() < 0.01


def test_the_spread_of_cells_is_found():
    """A relative variance of 0.3 is estimated within 0.1."""
    made = town((100,) * 6, spread=0.3)

    assert fit(made.counts).spread.cell == pytest.approx(np.full(6, 0.3), abs=0.1)


def test_dates_must_follow_the_log():
    """A date inside the log, and dates out of order, are refused."""
    made = town(weeks=3)

    for dates in (made.counts.dates[-1:], made.ahead[::-1]):
        with pytest.raises(ValueError, match="dates must ascend and follow"):
            forecast(made.counts, dates)


def test_a_log_without_any_record_is_refused():
    """Nothing can be forecast then."""
    made = town(weeks=3)

    with pytest.raises(ValueError, match="no date is recorded"):
        forecast(replace(made.counts, recorded=made.counts.recorded & False), made.ahead)


def test_a_population_that_says_nothing_is_left_out():
    """Where requests do not follow it, a new center has the mean of all."""
    totals = np.array([10.0, 100, 10, 100, 10, 100, 10, np.nan])[:, None]
    population = np.array([1.0, 1, 2, 2, 3, 3, 2, 9])

    prior = prior_levels(totals, population)

    assert prior.level == pytest.approx(np.full(8, np.log(totals[:7]).mean()), abs=0.4)
    assert (prior.variance > 1).all()


def test_levels_of_new_centers_follow_the_line_of_population():
    """Means of 2, 4, 8 ... for populations of 1, 2, 4 ...: a seventh of 64 has 128."""
    population = 2.0 ** np.arange(7)
    totals = np.repeat((2 * population)[:, None], 3, axis=1)
    totals[6] = np.nan

    prior = prior_levels(totals, population)

    assert np.exp(prior.level) == pytest.approx(2 * population)
    assert (prior.variance == 0.05).all()


def test_a_log_that_ended_long_ago_keeps_its_level():
    """A year later, less is certain, but no more citizens are expected than came."""
    walk = np.exp(np.random.default_rng(1).normal(0, 0.4, 12).cumsum())
    made = town(weeks=12, factor=lambda _, day: walk[min((day - FIRST).days // 7, 11)])
    found = fit(made.counts)
    later = [day + dt.timedelta(364) for day in made.ahead]

    soon, late = found.forecast(made.ahead), found.forecast(later)

    assert late.spread("total") > 2 * soon.spread("total")
    assert late.expected("total") == pytest.approx(soon.expected("total"), rel=0.15)
