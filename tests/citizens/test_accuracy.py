"""Measures of forecasts by hand, and the rolling origin."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from logs import FIRST, town

from shiftplan import InputError
from shiftplan.citizens import KnownEvent, backtest, forecast
from shiftplan.citizens.forecasting.accuracy import sizes_of
from shiftplan.citizens.forecasting.judging import Judged


def judged(actual, mean, low, middle, high, below=0.5, up_to=0.5) -> Judged:
    """Counts and forecasts as lists."""
    shape = np.shape(actual)
    quantiles = np.array([low, middle, high], dtype=float)
    chances = (np.broadcast_to(np.array(x, dtype=float), shape) for x in (below, up_to))
    return Judged(np.array(actual, dtype=float), np.array(mean, dtype=float), quantiles, *chances)


def test_measures_by_hand():
    """Counts of 10 and 20, means of 12 and 17, intervals of 8 to 15 and 10 to 19."""
    found = judged([10, 20], [12, 17], [8, 10], [11, 18], [15, 19]).accuracy(scale=5)

    assert found.number == 2
    assert found.wape == pytest.approx(5 / 30)  # errors of 2 and 3
    assert found.mase == pytest.approx(2.5 / 5)
    assert found.bias == pytest.approx(-1 / 30)
    assert found.coverage == 0.5  # 20 is above 19
    # 10%: 0.1 * 2 and 0.1 * 10; 50%: 0.5 * 1 and 0.5 * 2; 90%: 0.1 * 5 and 0.9 * 1.
    assert found.pinball == pytest.approx((1.2 + 1.5 + 1.4) / 6)


@pytest.mark.parametrize(
    ("below", "up_to", "covered"),
    [(0.2, 0.4, 1), (0.0, 0.1, 0), (0.0, 0.2, 0.5), (0.85, 0.95, 0.5), (0.0, 1.0, 0.8)],
)
def test_ends_of_intervals_count_in_part(below, up_to, covered):
    """The part of a count's chance that lies between 10 and 90%; one sure count covers 80%."""
    found = judged([3], [3], [3], [3], [3], below, up_to).accuracy()

    assert found.randomized_coverage == pytest.approx(covered)


def test_no_counts_have_no_measures():
    """Nothing compared is nan, not 0."""
    found = judged([], [], [], [], []).accuracy()

    assert found.number == 0
    assert all(np.isnan(x) for x in (found.wape, found.mase, found.pinball, found.bias))
    assert found.as_dict()["coverage"] is None


def test_each_week_is_forecast_from_what_was_before_it():
    """The forecaster never sees a date of the week that it forecasts, nor a later one."""
    made, seen = town(weeks=8), []

    def spy(counts, dates, events):
        seen.append((counts.dates[-1], dates))
        return forecast(counts, dates, events=events, forecaster="four_week_mean")

    backtest(made.counts, spy, weeks=3)

    dates = made.counts.dates
    # The log ends on a Friday, so origins are Saturdays.
    assert seen == [(dates[24 + 5 * k], dates[25 + 5 * k : 30 + 5 * k]) for k in range(3)]


def test_horizons_overlap():
    """Two weeks from each of two origins: the week between them is forecast twice."""
    found = backtest(town(weeks=8).counts, "four_week_mean", weeks=2, horizon=2)

    assert found.ahead.tolist() == [1] * 5 + [2] * 5 + [1] * 5 + [2] * 5
    assert len(set(found.dates)) == 15
    assert found.accuracy(ahead=1).number == 30
    assert found.accuracy(ahead=3).number == 0


def test_dates_that_are_not_recorded_are_not_judged():
    """What is missing is neither forecast wrong nor right."""
    made = town(weeks=8)
    recorded = made.counts.recorded.copy()
    recorded[1, -3] = False
    recorded[:, -2] = False

    found = backtest(replace(made.counts, recorded=recorded), "four_week_mean", weeks=1)

    assert found.accuracy().number == 3 * 5 - 4
    assert found.accuracy("cell").number == (3 * 5 - 4) * 6


def test_sizes_are_thirds():
    """By mean requests of recorded days; a new center is small."""
    made = town((70, 10, 30, 90, 20, 50))
    recorded = made.counts.recorded.copy()
    recorded[3] = False

    assert sizes_of(made.counts) == ("large", "small", "medium", "large", "small", "medium")
    assert sizes_of(replace(made.counts, recorded=recorded))[3] == "small"


def test_parts_add_up():
    """Sizes of centers share the counts of all."""
    found = backtest(town().counts, "four_week_mean", weeks=2)

    parts = [found.accuracy(size=size) for size in ("small", "medium", "large")]
    assert sum(part.number for part in parts) == found.accuracy().number == 30


def test_the_seasonal_naive_forecast_has_a_scaled_error_of_about_one():
    """It is compared with itself in the weeks before."""
    found = backtest(town((60,) * 10, weeks=30).counts, "seasonal_naive", weeks=8)

    assert found.accuracy().mase == pytest.approx(1, abs=0.15)


def test_the_embedded_forecaster_is_better_than_both_others():
    """Of 30 weeks of 12 centers, eight weeks are forecast with a smaller loss."""
    counts = town(tuple(np.linspace(10, 120, 12)), weeks=30).counts

    own, mean, naive = (
        backtest(counts, name, weeks=8).accuracy()
        for name in ("embedded", "four_week_mean", "seasonal_naive")
    )

    assert own.wape < mean.wape < naive.wape
    assert own.pinball < mean.pinball < naive.pinball
    assert 0.75 < own.randomized_coverage < 0.85


def test_events_are_known_at_every_origin():
    """A day that the table says is closed is forecast as 0."""
    made = town(weeks=8)
    day = made.counts.dates[-1]

    found = backtest(made.counts, weeks=1, events=[KnownEvent("closed", day, day, factor=0.0)])

    assert not found.days.mean[:, -1].any()


@pytest.mark.parametrize("options", [{"weeks": 0}, {"horizon": 0}, {"forecaster": "oracle"}])
def test_options_are_checked(options):
    """Weeks and horizon are 1 at least, and a forecaster must be known."""
    with pytest.raises(InputError):
        backtest(town(weeks=4).counts, **options)


def test_a_log_too_short_is_refused():
    """Before the first origin there must be a record."""
    with pytest.raises(ValueError, match="before the first origin"):
        backtest(town(weeks=4).counts, weeks=4)


def test_a_week_without_records_is_skipped():
    """Nothing is forecast for a week in which nobody kept the log."""
    made = town(weeks=8)
    recorded = made.counts.recorded.copy()
    recorded[:, -10:-5] = False

    found = backtest(replace(made.counts, recorded=recorded), "four_week_mean", weeks=3)

    gone = {FIRST + dt.timedelta(7 * 6 + d) for d in range(5)}
    assert gone.isdisjoint(found.dates)
    assert len(found.dates) == 10
