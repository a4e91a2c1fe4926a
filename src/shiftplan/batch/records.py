"""Records of a batch beside its results: a log, figures for monitoring, a table and a page.

`BatchEvent`s -> log.jsonl; `Row`s -> metrics.txt (OpenMetrics), summary.csv, index.html.
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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self, get_args

from prometheus_client import CollectorRegistry, Gauge, Info
from prometheus_client.openmetrics.exposition import generate_latest

from shiftplan.batch.manifest import ENDED, BatchEvent, Row, Settings, State, tally
from shiftplan.batch.places import LOG, METRICS, PAGE, SUMMARY, ProvinceWeek
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.summary import fact_text, page_text, remark, summary_csv
from shiftplan.files.whole import replace_files
from shiftplan.present.report import can_write
from shiftplan.present.words import Words
from shiftplan.solving.versions import __version__

log = logging.getLogger("shiftplan")
_EVERY_SECONDS = 10.0
"""While a batch goes on, table, page and figures are written at most so often."""
_LONGEST_LINE = 1 << 20
"""Bytes of a line of the log at most."""


class Records:
    """Writes the records of a batch, while it goes on and at its end; used as a context manager.

    While it goes on, what cannot be written ends no batch; at its end that is an error. `places`
    are all province-weeks of ROOT, also those that are not to be planned now.
    """

    def __init__(self, run: RunFolder, places: Sequence[ProvinceWeek], settings: Settings) -> None:
        self.run, self.places, self.settings = run, places, settings
        self._say, self._started = Words(settings.lang), _now()
        self._written = time.monotonic()

    def __enter__(self) -> Self:
        self._log = EventLog(self.run.path / LOG, secrets.token_hex(4), self._say)
        facts = self.settings.model_dump(mode="json")
        self._log.say("batch_started", version=__version__, weeks=len(self.places), **facts)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        with contextlib.ExitStack() as ends:
            ends.callback(self._log.close)
            if error is not None:
                ends.enter_context(contextlib.suppress(OSError))  # the error is what matters
            self._write(_now())
            found, told = tally(self._rows()), None if error is None else type(error).__name__
            self._log.say("batch_ended", **{kind: found[kind] for kind in ENDED}, error=told)

    def take(self, event: BatchEvent) -> None:
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
            run.path / SUMMARY: summary_csv(rows, run.path, self._say),
            run.path / METRICS: metrics_text(rows, __version__, self._started, ended),
        }
        if can_write():
            is_over = ended is not None
            texts[run.path / PAGE] = page_text(rows, run.path, _now(), self._say, is_over=is_over)
        replace_files(texts, durable=True)


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()


class EventLog:
    """The log of a run, open from the start of a batch to its end; each start has its own `run_id`.

    A last line of the file that was never finished is taken away.
    """

    def __init__(self, path: Path, run_id: str, say: Words) -> None:
        self._run_id, self._say = run_id, say
        _end_line(path)
        self._file = path.open("a", encoding="utf-8")

    def close(self) -> None:
        with contextlib.suppress(OSError):  # raised already when the line was written
            self._file.close()

    def take(self, event: BatchEvent) -> None:
        place, entry, outcome = event.place, event.entry, event.entry.outcome
        figures = None if outcome is None else outcome.figures
        self.say(
            event.kind,
            province=place.province,
            week=place.label,
            attempt=entry.attempts,
            passed=round(event.passed, 3),
            reason=fact_text(entry.reason, self._say) or None,
            failure=outcome and outcome.failure,
            message=remark(outcome, self._say),
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
    """The figures as text; `started` and `ended` are times with zones, None while it goes on.

    Costs, seats and the like are those of the newest planned week of each province, seconds and
    memory of its newest job.
    """
    registry = CollectorRegistry()

    def gauge(name: str, about: str, *labels: str, unit: str = "") -> Gauge:
        return Gauge(f"shiftplan_{name}", about, labels, unit=unit, registry=registry)

    def of_each(name: str, about: str, values: Mapping[str, float | None], unit: str = "") -> None:
        """A figure of each province, as far as it is known."""
        made = gauge(name, about, "province", unit=unit)
        for province, value in values.items():
            if value is not None:
                made.labels(province).set(value)

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

    # Of each province the newest, as a later row takes the place of an earlier one.
    ordered = sorted(rows, key=lambda row: row.place)
    jobs = {row.place.province: o for row in ordered if (o := row.entry.outcome) is not None}
    of_each("job", "Time of the newest job.", {p: o.seconds for p, o in jobs.items()}, "seconds")
    memory = {p: o.memory_mb and o.memory_mb * 1e6 for p, o in jobs.items()}
    of_each("job_memory", "Most memory of the newest job.", memory, "bytes")

    weeks = {row.place.province: row.place.week for row in ordered if row.figures is not None}
    plans = {row.place.province: f for row in ordered if (f := row.figures) is not None}
    days = {p: dt.datetime.combine(day, dt.time(), dt.UTC) for p, day in weeks.items()}
    times = {p: day.timestamp() for p, day in days.items()}
    of_each("week_timestamp", "Newest planned week.", times, "seconds")
    of_each("cost", "Cost of its roster.", {p: f.cost for p, f in plans.items()})
    bounds = {p: None if f.gap is None else f.bound for p, f in plans.items()}
    of_each("bound", "Proven least cost.", bounds)
    gaps = {p: f.gap for p, f in plans.items()}
    of_each("gap", "Part of the cost that is not proven.", gaps, "ratio")
    of_each("empty_seats", "Seats that nobody fills.", {p: f.empty_seats for p, f in plans.items()})
    text: bytes = generate_latest(registry)
    return text.decode()
