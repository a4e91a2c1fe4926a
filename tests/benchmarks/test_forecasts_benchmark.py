"""Logs for the benchmark of forecasts are read as they are, and its tables name all forecasters."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from benchmarks import forecasts
from benchmarks.made_logs import KnownLog
from benchmarks.visit_logs import daily_counts, drawn_counts, read_log

FILES = {
    "truth.csv": "center_id,date,start,end,service_id,mean,p10,p90\n"
    "a,2026-03-09,07:00,08:00,s,2.5,0,5\na,2026-03-09,08:00,09:00,s,1.5,0,3\n"
    "a,2026-03-10,07:00,08:00,s,2.0,0,5\na,2026-03-10,08:00,09:00,s,1.0,0,3\n",
    "actual.csv": "center_id,date,start,end,service_id,visits\n"
    "a,2026-03-09,07:00,08:00,s,4\na,2026-03-09,08:00,09:00,s,1\n"
    "a,2026-03-10,07:00,08:00,s,0\na,2026-03-10,08:00,09:00,s,2\n",
    "visits.csv": "visit_id,center_id,arrived,services,age_group,language\n"
    "1,a,2026-03-02T07:11,s,,\n2,a,2026-03-02T08:59,s,,\n3,a,2026-03-02T07:59,s,,\n",
    "closed.csv": "center_id,date\n*,2026-03-03\n",
}


def test_a_log_is_read(tmp_path):
    """Three visits in two slots, a closed Tuesday, and the truth and outcome of the next week."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    log = read_log(tmp_path)

    assert log.counts.dates == (dt.date(2026, 3, 2), dt.date(2026, 3, 3))
    assert log.counts.requests[0, 0, :, 0].tolist() == [2, 1]
    assert log.counts.recorded.tolist() == [[True, False]]
    assert log.mean[0, :, :, 0].tolist() == [[2.5, 1.5], [2, 1]]
    assert log.came[0, :, :, 0].tolist() == [[4, 1], [0, 2]]


def test_daily_counts_know_what_is_missing():
    """A date that only one of two offices has is not recorded at the other."""
    day = dt.date(2026, 3, 2)

    counts = daily_counts([("a", day, 5), ("b", day, 7), ("b", day + dt.timedelta(1), 8)])

    assert counts.totals[1].tolist() == [7, 8]
    assert counts.recorded.tolist() == [[True, False], [True, True]]


@pytest.fixture(scope="module")
def log() -> KnownLog:
    counts = drawn_counts(6, 8, 2, 2)
    ahead = tuple(counts.dates[-1] + dt.timedelta(n) for n in range(2, 8))
    usual = counts.requests.mean(axis=1, keepdims=True)
    mean = np.repeat(usual, len(ahead), axis=1)
    return KnownLog(counts, ahead, mean, np.random.default_rng(1).poisson(mean).astype(float))


def test_losses_are_parts_of_that_of_the_true_means(log, monkeypatch):
    """The true means have 1, and are 0% away, everywhere; others have a row for each measure."""
    monkeypatch.setattr(forecasts, "names", lambda: forecasts.NAMES)

    losses, intervals = forecasts.known_truth([log])

    assert len(losses.rows) == 4 * 6
    found = {row[2]: set(row[4:]) for row in losses.rows[:6]}
    assert found == {"wape": {"1.000"}, "pinball": {"1.000"}, "from the truth": {"0%"}}
    assert [row[0] for row in intervals.rows] == ["true means", *forecasts.NAMES]


def test_real_series_have_a_row_for_each_forecaster(log, monkeypatch):
    """All are judged on the same days."""
    monkeypatch.setattr(forecasts, "names", lambda: forecasts.NAMES)

    table = forecasts.real_series("daily", log.counts, 2)

    assert [row[0] for row in table.rows] == list(forecasts.NAMES)
    assert {row[1] for row in table.rows} == {"72"}
