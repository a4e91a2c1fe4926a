"""What tells of a batch beside its results: a log, figures for monitoring, a table and a page.

`Event`s -> log.jsonl; `Row`s -> metrics.txt (OpenMetrics), summary.csv, index.html.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
import secrets
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, get_args

from prometheus_client import CollectorRegistry, Gauge, Info
from prometheus_client.openmetrics.exposition import generate_latest

from shiftplan.batch.job import Settings
from shiftplan.batch.manifest import Event, Row, State, tally
from shiftplan.batch.names import LOG, METRICS, PAGE, SUMMARY
from shiftplan.batch.page import page_text
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.sentences import remark
from shiftplan.batch.summary import summary_csv
from shiftplan.files.whole import replace_files
from shiftplan.present.report import can_write
from shiftplan.solving.versions import __version__

log = logging.getLogger("shiftplan")
_EVERY_SECONDS = 10.0
"""While a batch goes on, table, page and figures are written at most so often."""
_LONGEST_LINE = 1 << 20
"""Bytes of a line of the log at most."""


class Records:
    """Writes what tells of a batch, while it goes on and at its end; used as a context manager.

    While it goes on, what cannot be written ends no batch; at its end that is an error.

    Parameters
    ----------
    run
        The folder of the run, which is held.
    places
        All province-weeks of ROOT, also those that are not to be planned now.
    settings
        What the batch was started with.
    """

    def __init__(self, run: RunFolder, places: Sequence[ProvinceWeek], settings: Settings) -> None:
        self.run, self.places, self.settings = run, places, settings
        self._started = _now()
        self._version = __version__
        self._written = time.monotonic()

    def __enter__(self) -> Self:
        self._log = EventLog(self.run.path / LOG, secrets.token_hex(4))
        facts = self.settings.model_dump(mode="json")
        self._log.say("batch_started", version=self._version, weeks=len(self.places), **facts)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.ExitStack() as ends:
            ends.callback(self._log.close)
            if error is not None:
                ends.enter_context(contextlib.suppress(OSError))  # the error is what matters
            self._write(_now())
            found, told = tally(self._rows()), None if error is None else type(error).__name__
            self._log.say(
                "batch_ended", done=found.done, poor=found.poor, failed=found.failed, error=told
            )

    def take(self, event: Event) -> None:
        """Keep an event."""
        try:
            self._log.take(event)
            if time.monotonic() - self._written >= _EVERY_SECONDS:
                self._written = time.monotonic()
                self._write(None)
        except OSError as error:
            log.warning("what tells of the batch cannot be written: %s", error)

    def _rows(self) -> list[Row]:
        return [Row(place, self.run.manifest.entry(place.name)) for place in self.places]

    def _write(self, ended: dt.datetime | None) -> None:
        rows, run = self._rows(), self.run
        texts = {
            run.path / SUMMARY: summary_csv(rows, run.path),
            run.path / METRICS: metrics_text(rows, self._version, self._started, ended),
        }
        if can_write():
            is_over = ended is not None
            page = page_text(rows, run.path, _now(), self.settings.lang, is_over=is_over)
            texts[run.path / PAGE] = page
        replace_files(texts, durable=True)


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class EventLog:
    """The log of a run, open from the start of a batch to its end.

    Parameters
    ----------
    path
        The file; a last line that was never finished is taken away.
    run_id
        Tells the lines of this start from those of others.
    """

    def __init__(self, path: Path, run_id: str) -> None:
        self._run_id = run_id
        _end_line(path)
        self._file = path.open("a", encoding="utf-8")

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):  # raised already when the line was written
            self._file.close()

    def take(self, event: Event) -> None:
        """Write the line of an event."""
        place, entry, outcome = event.place, event.entry, event.entry.outcome
        figures = None if outcome is None else outcome.figures
        self.say(
            event.kind,
            province=place.province,
            week=place.label,
            attempt=entry.attempts,
            passed=round(event.passed, 3),
            reason=entry.reason or None,
            failure=outcome and outcome.failure,
            message=remark(outcome),
            seconds=outcome and round(outcome.seconds, 3),
            memory_mb=outcome and outcome.memory_mb,
            poor=figures and figures.poor,
            cost=figures and figures.cost,
            bound=figures and figures.bound,
            empty_seats=figures and figures.empty_seats,
        )

    def say(self, event: str, **facts: object) -> None:
        """Write a line; facts that are None are left out."""
        known = {name: fact for name, fact in facts.items() if fact is not None}
        now = dt.datetime.now(dt.UTC).isoformat()
        line = {"event": event, "run": self._run_id, **known, "time": now}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()


def _end_line(path: Path) -> None:
    """Cut off a line that was not finished, as a loss of power leaves it."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        begin = file.seek(max(0, size - _LONGEST_LINE))
        tail = file.read(size - begin)
        if tail and not tail.endswith(b"\n"):
            file.truncate(begin + tail.rfind(b"\n") + 1)


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
