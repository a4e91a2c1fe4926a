"""Sums of errors of forecasts, and when they are an alarm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from citizens.logs import town

from shiftplan.citizens.forecasting.drift import alarm_threshold, find_drift, summed
from shiftplan.errors import InputError


def test_sums_by_hand() -> None:
    """1 - 0.5 = 0.5; a missing week changes nothing; 0.5 + 2 - 0.5 = 2; 2 - 3 - 0.5 is below 0."""
    assert summed(np.array([1.0, np.nan, 2.0, -3.0])).tolist() == [0.5, 0.5, 2.0, 0.0]


def test_false_alarms_are_as_rare_as_stated() -> None:
    """Of 4,000 quiet logs of 20 series and 12 weeks, at most 5% (and two errors) have any alarm."""
    scores = np.random.default_rng(1).standard_normal((4000, 20, 12))
    limit = alarm_threshold(12, 20, 0.05)

    alarmed = np.maximum(summed(scores), summed(-scores)).max(axis=(1, 2)) > limit

    assert 0.02 < alarmed.mean() <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 4000)


def test_a_threshold_of_one_week_is_a_quantile() -> None:
    """With one week and one series, two sides at 5% in all: 1.96, and the slack of 0.5 less."""
    assert alarm_threshold(1, 1, 0.05) == pytest.approx(1.96 - 0.5, abs=0.01)


@pytest.mark.parametrize(("factor", "alarm"), [(1.0, 0), (1.6, 1), (0.6, -1)])
def test_a_lasting_change_is_an_alarm(factor: float, alarm: int) -> None:
    """Where a forecaster does not adapt: the mean of the first weeks, whatever comes."""
    log = town(weeks=16).counts
    recent = np.arange(80) >= 40
    requests = np.where(recent[:, None, None], np.round(log.requests * factor), log.requests)
    changed = replace(log, requests=requests)

    def unmoved(counts, dates, events):
        from shiftplan.citizens.forecasting.simple import four_week_mean

        return four_week_mean(counts.on(log.dates[:40]), dates, events)

    found = find_drift(changed, unmoved, weeks=6)

    assert [found.alarm(row) for row in range(3)] == [alarm] * 3
    assert found.alarm(-1) == alarm


def test_a_single_week_counts_little() -> None:
    """A campaign, ten times as many: its score is 4, which alone passes no province's threshold."""
    log = town(weeks=16).counts
    burst = np.where((np.arange(80) >= 75)[:, None, None], log.requests * 10, log.requests)

    found = find_drift(replace(log, requests=burst), "four_week_mean", weeks=6)

    assert found.score[:, -1].tolist() == [4.0] * 4
    assert summed(np.array([4.0]))[0] < alarm_threshold(12, 103)


def test_weeks_that_nobody_recorded_say_nothing() -> None:
    """They have no score, and the sums stay."""
    log = town(weeks=16).counts
    log.recorded[0, -5:] = False

    found = find_drift(log, "four_week_mean", weeks=4)

    assert np.isnan(found.score[0, -1])
    assert found.more[0, -1] == found.more[0, -2]


def test_a_log_of_one_week_teaches_no_drift() -> None:
    """There is nothing to forecast it from."""
    with pytest.raises(InputError, match="reach back"):
        find_drift(town(weeks=1).counts, "four_week_mean")
