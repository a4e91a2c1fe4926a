"""Forecasters by name: simple ones by hand, those of statsforecast, those of other packages."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from types import ModuleType, SimpleNamespace
from typing import ClassVar

import numpy as np
import pytest
from logs import FIRST, town

from shiftplan import InputError
from shiftplan.citizens import KnownEvent, forecast, forecasters
from shiftplan.citizens.forecasting import forecasters as registry
from shiftplan.errors import MissingExtraError

MADE = town(weeks=8)
STATISTICAL = ("auto_ets", "mstl", "auto_theta")


def test_last_week_comes_again():
    """The seasonal naive forecast is the last week, cell by cell."""
    found = forecast(MADE.counts, MADE.ahead, forecaster="seasonal_naive")

    assert (found.mean == MADE.counts.requests[:, -5:]).all()


def test_the_mean_of_four_weeks():
    """It is the mean of the last four dates of each weekday."""
    found = forecast(MADE.counts, MADE.ahead, forecaster="four_week_mean")

    last = MADE.counts.requests[:, -20:].reshape(3, 4, 5, 3, 2)
    assert found.mean == pytest.approx(last.mean(axis=1))


def test_missing_dates_are_skipped():
    """Without the last Monday of a center, that of the week before counts."""
    recorded = MADE.counts.recorded.copy()
    recorded[1, -5] = False
    counts = replace(MADE.counts, recorded=recorded)

    found = forecast(counts, MADE.ahead, forecaster="seasonal_naive")

    assert (found.mean[1, 0] == MADE.counts.requests[1, -10]).all()
    assert (found.mean[0, 0] == MADE.counts.requests[0, -5]).all()


@pytest.mark.parametrize("name", ["seasonal_naive", "four_week_mean"])
def test_without_dates_of_a_weekday(name):
    """A weekday never recorded is the mean of all dates, a new center the mean of all centers."""
    recorded = MADE.counts.recorded.copy()
    recorded[0, ::5] = False
    recorded[2] = False
    counts = replace(MADE.counts, recorded=recorded)

    found = forecast(counts, MADE.ahead, forecaster=name)

    assert found.mean[0, 0] == pytest.approx(counts.requests[0, recorded[0]].mean(axis=0))
    assert found.mean[2, 0] == pytest.approx(counts.requests[recorded].mean(axis=0))


def test_the_spread_is_that_of_past_errors():
    """Intervals of 80% hold 75 to 88% of the next week of a hundred centers."""
    made = town((60,) * 100, weeks=10, spread=0.05)
    rate = made.mean * np.random.default_rng(1).standard_gamma(20, made.mean.shape) / 20
    actual = np.random.default_rng(2).poisson(rate).sum(axis=(2, 3))

    found = forecast(made.counts, made.ahead, forecaster="seasonal_naive")

    low, high = found.quantile(0.1, "day"), found.quantile(0.9, "day")
    assert 0.75 < ((low <= actual) & (actual <= high)).mean() < 0.88


@pytest.mark.parametrize("name", ["embedded", "seasonal_naive", "four_week_mean"])
def test_given_factors_hold_for_all(name):
    """Half of last week's road closure is half; what is to be learned is named or learned."""
    events = [
        KnownEvent("road", MADE.ahead[0], MADE.ahead[-1], factor=0.5),
        KnownEvent("feast", MADE.ahead[2], MADE.ahead[2]),
    ]

    usual = forecast(MADE.counts, MADE.ahead, forecaster=name).mean
    found = forecast(MADE.counts, MADE.ahead, events=events, forecaster=name)

    assert found.mean == pytest.approx(usual / 2)
    assert found.unlearned == ("feast",)


def test_past_factors_are_taken_out():
    """Last week was halved by a closure: naive expects twice as much."""
    events = [KnownEvent("road", FIRST + dt.timedelta(49), MADE.counts.dates[-1], factor=0.5)]

    found = forecast(MADE.counts, MADE.ahead, events=events, forecaster="seasonal_naive")

    assert (found.mean == 2 * MADE.counts.requests[:, -5:]).all()


class FlatModel:
    """In place of a model of statsforecast: the last value, and an interval of a tenth of it."""

    seen: ClassVar[list[tuple[int, np.ndarray, int]]] = []

    def __init__(self, season_length: int) -> None:
        self.season = season_length

    def forecast(self, y, h, level):
        self.seen.append((self.season, y.copy(), h))
        mean = np.full(h, y[-1])
        return {"mean": mean, f"hi-{level[0]}": 1.1 * mean, f"lo-{level[0]}": 0.9 * mean}


@pytest.fixture
def flat(monkeypatch):
    """A package statsforecast whose models are all `FlatModel`."""
    package, models = ModuleType("statsforecast"), ModuleType("statsforecast.models")
    for name in ("AutoETS", "MSTL", "AutoTheta"):
        setattr(models, name, FlatModel)
    package.models = models
    monkeypatch.setitem(sys.modules, "statsforecast", package)
    monkeypatch.setitem(sys.modules, "statsforecast.models", models)
    monkeypatch.setattr(FlatModel, "seen", [])


@pytest.mark.parametrize("name", STATISTICAL)
def test_models_of_statsforecast_forecast_days(name, flat):
    """They see one series of whole weeks for each center, and their days are divided by shares."""
    found = forecast(MADE.counts, MADE.ahead, forecaster=name)

    assert [(season, len(y), h) for season, y, h in FlatModel.seen] == [(5, 40, 5)] * 3
    last = MADE.counts.totals[:, -1]
    assert found.expected("day") == pytest.approx(np.repeat(last[:, None], 5, axis=1))


def test_gaps_are_bridged_for_them(flat):
    """A missing Monday is the mean of the Mondays around it; a new center, that of all."""
    recorded = MADE.counts.recorded.copy()
    recorded[0, 10] = False
    recorded[2] = False

    forecast(replace(MADE.counts, recorded=recorded), MADE.ahead, forecaster="mstl")

    totals, seen = MADE.counts.totals, [y for _, y, _ in FlatModel.seen]
    assert seen[0][10] == (totals[0, 5] + totals[0, 15]) / 2
    assert seen[2] == pytest.approx(np.full(40, totals[recorded].mean()))


def test_weeks_between_are_forecast_too(flat):
    """Dates two weeks after the log are the second week of the horizon."""
    later = tuple(day + dt.timedelta(7) for day in MADE.ahead)

    forecast(MADE.counts, later, forecaster="auto_ets")

    assert FlatModel.seen[0][2] == 10


@pytest.mark.statsforecast
@pytest.mark.filterwarnings("default")  # pandas and its kin warn of each other
@pytest.mark.parametrize("name", STATISTICAL)
def test_the_package_itself_forecasts_days(name):
    """Means of a steady log are within 15%, in all and of each center; intervals have a width."""
    pytest.importorskip("statsforecast")

    found = forecast(MADE.counts, MADE.ahead, forecaster=name)

    mean = MADE.mean.sum(axis=(1, 2, 3))
    assert found.expected("center") == pytest.approx(mean, rel=0.15)
    assert (found.quantile(0.9, "center") > found.quantile(0.1, "center")).all()


@pytest.mark.parametrize("name", STATISTICAL)
def test_statsforecast_is_an_extra(name, monkeypatch):
    """Without the package, the error names the extra."""
    monkeypatch.setitem(sys.modules, "statsforecast", None)

    with pytest.raises(MissingExtraError, match=r"PLACE\[forecast\]"):
        forecast(MADE.counts, MADE.ahead, forecaster=name)


def test_an_unknown_name_is_a_fault():
    """The fault lists the names there are."""
    with pytest.raises(InputError, match="embedded"):
        forecast(MADE.counts, MADE.ahead, forecaster="oracle")


def test_a_function_is_a_forecaster():
    """It gets counts, dates and events, and what it returns is returned."""
    event = KnownEvent("fair", FIRST, FIRST)
    seen = []
    mine = forecast(MADE.counts, MADE.ahead)

    def own(counts, dates, events):
        seen.append((counts, dates, events))
        return mine

    found = forecast(MADE.counts, MADE.ahead, events=[event], forecaster=own)

    assert found is mine
    assert seen == [(MADE.counts, MADE.ahead, [event])]


WRONG = {
    "nothing": (lambda found: None, "NoneType instead of Forecast"),
    "centers": (lambda found: replace(found, centers=found.centers[::-1]), "other centers"),
    "dates": (lambda found: replace(found, dates=found.dates[1:]), "other dates"),
    "nan": (lambda found: replace(found, mean=found.mean * np.nan), "mean has negative"),
    "negative": (lambda found: replace(found, mean=-found.mean), "mean has negative"),
    "infinite": (lambda found: replace(found, cell=found.cell + np.inf), "cell has negative"),
    "shape": (lambda found: replace(found, mean=found.mean[:, :2]), "mean has shape"),
    "list": (lambda found: replace(found, mean=found.mean.tolist()), "list instead of ndarray"),
}


@pytest.mark.parametrize("case", WRONG)
def test_invalid_forecast_of_a_function_is_a_fault(case):
    """It names the function and what is wrong; nothing is planned from nan or other centers."""
    spoiled, told = WRONG[case]

    def own(counts, dates, events):
        return spoiled(forecast(counts, dates))

    with pytest.raises(InputError, match=f"the forecaster own returned.*{told}"):
        forecast(MADE.counts, MADE.ahead, forecaster=own)


@pytest.fixture
def plugged(monkeypatch):
    """Packages that bring a forecaster, one that is broken, and one with a name of shiftplan."""

    def entry(name, value):
        return EntryPoint(name, value, registry.GROUP)

    found = [
        entry("mine", "shiftplan.citizens.forecasting.simple:seasonal_naive"),
        entry("broken", "shiftplan.no_such_module:f"),
        entry("embedded", "shiftplan.citizens.forecasting.simple:seasonal_naive"),
    ]
    monkeypatch.setattr(
        registry, "entry_points", lambda group: found if group == registry.GROUP else []
    )
    registry._loaded.cache_clear()
    yield SimpleNamespace(names=["mine", "broken", "embedded"])
    registry._loaded.cache_clear()


def test_packages_bring_forecasters(plugged, caplog):
    """By entry points; a broken one is left out with a warning, and own names stay."""
    known = forecasters()

    assert known["mine"] is known["seasonal_naive"]
    assert known["embedded"] is not known["seasonal_naive"]
    assert "broken" not in known
    assert "shiftplan.no_such_module:f" in caplog.text


def test_whoever_asks_for_a_broken_forecaster_gets_the_reason(plugged):
    """Its own error, not that the name is unknown."""
    with pytest.raises(InputError, match=r"broken cannot be loaded: .*no_such_module"):
        registry.forecaster_of("broken")
    with pytest.raises(InputError, match="forecaster must be embedded"):
        registry.forecaster_of("unknown")
