"""Figures of a batch for monitoring.

`Row`s -> text of `metrics.txt`, in the OpenMetrics format.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from prometheus_client import CollectorRegistry, Gauge, Info
from prometheus_client.openmetrics.exposition import generate_latest

from shiftplan.batch.manifest import Row, State


def metrics_text(
    rows: Sequence[Row], version: str, started: dt.datetime, ended: dt.datetime | None
) -> str:
    """The figures as text.

    Parameters
    ----------
    rows
        The province-weeks; costs, seats and the like are told of the newest planned week of each
        province, seconds and memory of its newest job.
    version
        Of shiftplan.
    started, ended
        Times with zones of this start; None while it goes on.

    """
    registry = CollectorRegistry()

    def gauge(name: str, about: str, *labels: str, unit: str = "") -> Gauge:
        return Gauge(f"shiftplan_{name}", about, labels, unit=unit, registry=registry)

    Info("shiftplan_build", "What made the results.", registry=registry).info({"version": version})
    start = gauge("batch_start_timestamp", "When the batch was started.", unit="seconds")
    start.set(started.timestamp())
    if ended is not None:
        end = gauge("batch_end_timestamp", "When the batch ended.", unit="seconds")
        end.set(ended.timestamp())
    states = gauge("province_weeks", "Province-weeks by state.", "state")
    found = Counter(row.state for row in rows)
    for state in (*get_args(State), "poor"):
        states.labels(state).set(found[state])

    seconds = gauge("job", "Time of the newest job.", "province", unit="seconds")
    memory = gauge("job_memory", "Most memory of the newest job.", "province", unit="bytes")
    for row in _newest(row for row in rows if row.entry.outcome is not None):
        outcome = row.entry.outcome
        assert outcome is not None
        seconds.labels(row.place.province).set(outcome.seconds)
        if outcome.memory_mb is not None:
            memory.labels(row.place.province).set(outcome.memory_mb * 1e6)

    week = gauge("week_timestamp", "Newest planned week.", "province", unit="seconds")
    cost = gauge("cost", "Cost of its roster.", "province")
    bound = gauge("bound", "Proven least cost.", "province")
    gap = gauge("gap", "Part of the cost that is not proven.", "province", unit="ratio")
    empty = gauge("empty_seats", "Seats that nobody fills.", "province")
    for row in _newest(row for row in rows if row.figures is not None):
        figures, province = row.figures, row.place.province
        assert figures is not None
        day = dt.datetime.combine(row.place.week, dt.time(), dt.UTC)
        week.labels(province).set(day.timestamp())
        cost.labels(province).set(figures.cost)
        empty.labels(province).set(figures.empty_seats)
        if figures.bound is not None and figures.gap is not None:
            bound.labels(province).set(figures.bound)
            gap.labels(province).set(figures.gap)
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode()


def _newest(rows: Iterable[Row]) -> Iterable[Row]:
    """The newest row of each province."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row.place):
        found[row.place.province] = row
    return found.values()
