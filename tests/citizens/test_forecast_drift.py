"""The last weeks against forecasts made before them, and when they are an alarm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from citizens.logs import town
from scipy.stats import norm, poisson

from shiftplan.citizens import VisitCounts
from shiftplan.citizens.forecasting.drift import FALSE_ALARMS, WINDOWS, alarms_of, find_drift
from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.errors import InputError


def changed(counts: VisitCounts, weeks: int, factor: float, *centers: int) -> VisitCounts:
    """The counts with another level in the last weeks, at some centers or all."""
    recent = np.arange(len(counts.dates)) >= len(counts.dates) - 5 * weeks
    own = np.isin(np.arange(len(counts.centers)), centers) if centers else np.array([True])
    scale = np.where(own[:, None] & recent, factor, 1.0)[:, :, None, None]
    return replace(counts, requests=np.round(counts.requests * scale))


def drawn(shift: np.ndarray, logs: int) -> np.ndarray:
    """Scores of windows of independent weeks, each of which is shifted: (logs, series, windows)."""
    weeks = np.random.default_rng(1).standard_normal((logs, len(shift), WINDOWS[-1]))
    weeks += shift[:, None]
    return np.stack([weeks[..., -n:].sum(axis=2) / np.sqrt(n) for n in WINDOWS], axis=2)


def test_alarms_by_hand() -> None:
    """3 windows, 2 directions, 2 series: 2 (1 - Phi(3)) 3 = 0.8% is below 2.5%, and 2 is not.

    With the second at -2.7 (2.1%, below 5%) both are alarms; a series without scores is none.
    """
    nothing = [np.nan] * 3
    one = np.array([[0, 3.0, 1], [1.0, 0, 2.0], nothing])
    two = np.array([[0, 3.0, 1], [1.0, -2.7, np.nan], nothing])

    assert alarms_of(one).tolist() == [1, 0, 0]
    assert alarms_of(two).tolist() == [1, -1, 0]
    assert alarms_of(np.empty((4, 0))).tolist() == [0] * 4


def test_false_alarms_are_as_rare_as_stated() -> None:
    """Of 4,000 quiet logs of 20 series, at most 5% (and two errors) have any alarm."""
    alarmed = [np.any(alarms_of(score)) for score in drawn(np.zeros(20), 4000)]

    assert 0.01 < np.mean(alarmed) <= FALSE_ALARMS + 2 * np.sqrt(0.05 * 0.95 / 4000)


def test_few_of_several_alarms_are_false() -> None:
    """Where 5 of 20 series have changed by two standard deviations, at most 5% of the alarms."""
    shift = np.where(np.arange(20) < 5, 2.0, 0.0)
    found = np.array([alarms_of(score) for score in drawn(shift, 2000)]) != 0

    false = found[:, 5:].sum(axis=1) / np.maximum(found.sum(axis=1), 1)
    assert false.mean() <= FALSE_ALARMS
    assert found[:, :5].mean() > 0.5


@pytest.mark.parametrize("mean", [0.05, 0.3, 1.0, 2.5])
def test_scores_of_few_citizens_do_not_exaggerate(mean: float) -> None:
    """A score never makes an outcome look rarer than it is."""
    log = town((1.0,), weeks=8).counts

    def known(counts: VisitCounts, dates: Sequence[date], events: Sequence[KnownEvent]) -> Forecast:
        shape = (1, len(dates), len(counts.slots), len(counts.services))
        each = np.full(shape, mean / np.prod(shape))
        exact = np.zeros((1, len(dates)))
        none = exact[0]
        spreads = (none, none, exact, exact, np.zeros(1))
        return Forecast(counts.centers, tuple(dates), counts.slots, counts.services, each, *spreads)

    for number in range(12):
        requests = np.zeros_like(log.requests)
        first = len(log.dates) - 10
        requests[0, first : first + number, 0, 0] = 1  # one on each of the last days
        requests[0, -1, 0, 0] += max(0, number - 10)
        score = find_drift(replace(log, requests=requests), known).score[0, 1]
        likely = poisson.sf(number - 1, mean) if score > 0 else poisson.cdf(number, mean)
        assert min(likely, 0.5) <= norm.cdf(-abs(score)) + 1e-6


@pytest.mark.parametrize(("factor", "alarm"), [(1.0, 0), (1.6, 1), (0.6, -1)])
def test_a_lasting_change_is_an_alarm(factor: float, alarm: int) -> None:
    """In its third week, though the forecaster follows it: of one center, or of all."""
    log = town(weeks=16).counts

    one, every = find_drift(changed(log, 3, factor, 2)), find_drift(changed(log, 3, factor))

    assert one.alarms[:3].tolist() == [0, 0, alarm]
    assert every.alarms.tolist() == [alarm] * 4


def test_a_single_week_is_no_alarm() -> None:
    """A campaign, ten times as many: it counts as three standard deviations of its week."""
    log = changed(town(weeks=16).counts, 1, 10)

    found = find_drift(log)

    assert found.alarms.tolist() == [0] * 4
    assert found.score[:, 0] == pytest.approx([3] * 4, abs=0.1)


def test_windows_say_what_came_and_what_was_forecast() -> None:
    """Their ends are the last date; low and high enclose the forecast."""
    log = changed(town(weeks=16).counts, 2, 2)

    found = find_drift(log, "four_week_mean")

    assert found.windows == (1, *WINDOWS)
    assert found.came[0].tolist() == [np.nansum(log.totals[0, -5 * n :]) for n in found.windows]
    assert found.came[-1] == pytest.approx(found.came[:-1].sum(axis=0))
    assert found.expected[-1, 1] == pytest.approx(found.came[-1, 1] / 2, rel=0.2)
    assert ((found.low <= found.expected) & (found.expected <= found.high)).all()
    assert found.widest(-1) == 1 + int(np.argmax(np.abs(found.score[-1, 1:])))


def test_weeks_that_nobody_recorded_say_nothing() -> None:
    """They have no score; a longer window has that of its other weeks."""
    log = town(weeks=16).counts
    log.recorded[0, -10:] = False

    found = find_drift(log, "four_week_mean")

    assert np.isnan(found.score[0]).tolist() == [True, True, False]


def test_a_short_log_has_short_windows() -> None:
    """Two weeks to learn from come before the longest one; of a single week nothing is learned."""
    assert find_drift(town(weeks=5).counts, "four_week_mean").windows == (1, 2)
    assert find_drift(town(weeks=2).counts, "four_week_mean").alarms.tolist() == [0] * 4
    with pytest.raises(InputError, match="reach back"):
        find_drift(town(weeks=1).counts, "four_week_mean")
