"""A line of JSON for everything that happens in a batch, after those of earlier runs.

`Event` -> a line of `log.jsonl`.
"""

from __future__ import annotations

import contextlib
import logging
import os
from pathlib import Path
from typing import NoReturn

from pythonjsonlogger.json import JsonFormatter

from shiftplan.batch.manifest import Event
from shiftplan.batch.sentences import remark

_LONGEST = 1 << 20
"""Bytes of a line at most."""


class _Lines(logging.FileHandler):
    """A file that says so when it cannot be written."""

    def handleError(self, record: logging.LogRecord) -> NoReturn:  # noqa: N802
        raise  # the error that is being handled


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
        self._handler = _Lines(path, encoding="utf-8")
        self._handler.setFormatter(
            JsonFormatter("%(event)s", timestamp="time", json_ensure_ascii=False)
        )
        self._log = logging.Logger("shiftplan.batch")
        self._log.addHandler(self._handler)

    def close(self) -> None:
        """Write what is left, and close the file."""
        with contextlib.suppress(OSError):  # told already when the line was written
            self._handler.close()

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
        self._log.info({"event": event, "run": self._run_id, **known})


def _end_line(path: Path) -> None:
    """Cut off a line that was not finished, as a loss of power leaves it."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        begin = file.seek(max(0, size - _LONGEST))
        tail = file.read(size - begin)
        if tail and not tail.endswith(b"\n"):
            file.truncate(begin + tail.rfind(b"\n") + 1)
