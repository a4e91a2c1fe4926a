"""The log of a batch: a line of JSON for each event."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from nation import done, failed, waiting

from shiftplan.batch import Row
from shiftplan.batch.manifest import BatchEvent
from shiftplan.batch.records import EventLog
from shiftplan.present.words import Words


def event(kind: Any, row: Row, passed: float = 1.5) -> BatchEvent:
    return BatchEvent(kind, row.place, row.entry, passed)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_events_have_their_facts(tmp_path: Path) -> None:
    """Time in UTC, place, attempt, figures, failure; what is not known is left out."""
    log = EventLog(tmp_path / "log.jsonl", "run-1", Words("en"))
    log.take(event("started", waiting("Đồng Tháp")))
    log.take(event("done", done("Đồng Tháp", seconds=2.25)))
    log.take(event("failed", failed("A", failure="memory", facts="too much\nof it")))
    log.close()

    started, planned, bad = lines(tmp_path / "log.jsonl")

    moment = dt.datetime.fromisoformat(started.pop("time"))
    assert moment.utcoffset() == dt.timedelta(0)
    assert started == {
        "event": "started",
        "run": "run-1",
        "province": "Đồng Tháp",
        "week": "2026-12-07",
        "attempt": 0,
        "passed": 1.5,
    }
    assert planned.items() >= {
        "event": "done", "attempt": 1, "seconds": 2.25, "memory_mb": 120.5, "cost": 400,
        "bound": 300, "empty_seats": 2,
    }.items()  # fmt: skip
    assert (bad["failure"], bad["message"]) == ("memory", "too much")
    assert "cost" not in bad


def test_a_new_start_goes_on_after_whole_lines(tmp_path: Path) -> None:
    """Earlier lines stay; a line that a loss of power cut off is taken away."""
    path = tmp_path / "log.jsonl"
    path.write_text('{"event": "old"}\n{"event": "cut o', encoding="utf-8")

    log = EventLog(path, "run-2", Words("en"))
    log.say("batch_started")
    log.close()

    assert [line["event"] for line in lines(path)] == ["old", "batch_started"]


def test_a_log_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """It is raised, not printed on standard error."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    (tmp_path / "log.jsonl").symlink_to("/dev/full")
    log = EventLog(tmp_path / "log.jsonl", "run", Words("en"))

    with pytest.raises(OSError, match="No space left"):
        log.say("batch_started")

    log.close()
