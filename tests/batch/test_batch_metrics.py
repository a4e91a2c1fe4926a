"""Figures for monitoring, as a parser of the OpenMetrics format reads them."""

from __future__ import annotations

import datetime as dt

from nation import FIRST, HOSTILE, SECOND, done, failed, waiting
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from shiftplan.batch import Row
from shiftplan.batch.records import metrics_text

START = dt.datetime(2026, 12, 5, 20, 0, tzinfo=dt.UTC)
END = START + dt.timedelta(seconds=90)


def samples(rows: list[Row], ended: dt.datetime | None = END) -> dict[tuple[str, str], float]:
    """(Name, value of the one label or blank) -> value."""
    families = text_string_to_metric_families(metrics_text(rows, "1.2.3", START, ended))
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in families
        for sample in family.samples
    }


def test_states_times_and_build_are_told() -> None:
    """Every state has a number, also 0; times are seconds since 1970."""
    rows = [done("A"), done("A", SECOND), failed("B"), waiting("B", SECOND)]

    found = samples(rows)

    states = {label: value for (name, label), value in found.items() if name.endswith("_weeks")}
    assert states == {
        "waiting": 1,
        "running": 0,
        "placing": 0,
        "done": 2,
        "failed": 1,
        "poor": 0,
    }
    assert found["shiftplan_build_info", "1.2.3"] == 1
    assert found["shiftplan_batch_start_timestamp_seconds", ""] == START.timestamp()
    assert found["shiftplan_batch_end_timestamp_seconds", ""] == START.timestamp() + 90


def test_the_newest_week_of_a_province_counts() -> None:
    """Cost, bound, gap and seats of the newest planned week; time and memory of the newest job."""
    rows = [
        done("A", SECOND, seconds=8.5, cost=200, bound=150, empty_seats=3),
        done("A", FIRST, cost=1),
        done("B", FIRST, bound=None),
        failed("B", SECOND),
    ]

    found = samples(rows)

    # gap of A: (200 - 150) / 200
    told = {
        name.removeprefix("shiftplan_"): v for (name, label), v in found.items() if label == "A"
    }
    assert told == {
        "job_seconds": 8.5,
        "job_memory_bytes": 120.5e6,
        "week_timestamp_seconds": dt.datetime(2026, 12, 14, tzinfo=dt.UTC).timestamp(),
        "cost": 200,
        "bound": 150,
        "gap_ratio": 0.25,
        "empty_seats": 3,
    }
    told = {
        name.removeprefix("shiftplan_"): v for (name, label), v in found.items() if label == "B"
    }
    assert "bound" not in told
    assert "gap_ratio" not in told
    assert (told["cost"], told["job_seconds"]) == (400, 1.0)


def test_a_batch_that_goes_on_has_no_end() -> None:
    """The end is told when it is there."""
    assert ("shiftplan_batch_end_timestamp_seconds", "") not in samples([waiting("A")], None)


def test_any_name_is_a_label() -> None:
    """Quotes, backslashes and braces of a province do not break the format."""
    names = [*HOSTILE, 'say "hi"', "a'b"]

    found = samples([done(name) for name in names])

    assert {label for name, label in found if name == "shiftplan_cost"} == set(names)
