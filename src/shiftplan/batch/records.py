"""What tells of a batch beside its results: a log, figures for monitoring, a table and a page.

`Event`s -> log.jsonl, metrics.txt, summary.csv, index.html in the run folder.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import secrets
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from shiftplan.batch.event_log import EventLog
from shiftplan.batch.job import Settings
from shiftplan.batch.manifest import Event, Row, tally
from shiftplan.batch.metrics import metrics_text
from shiftplan.batch.names import LOG, METRICS, PAGE, SUMMARY
from shiftplan.batch.page import page_text
from shiftplan.batch.places import ProvinceWeek
from shiftplan.batch.run_folder import RunFolder
from shiftplan.batch.summary import summary_csv
from shiftplan.files.whole import replace_files
from shiftplan.present.report import can_write
from shiftplan.solving.versions import __version__

log = logging.getLogger("shiftplan")
_EVERY_SECONDS = 10.0
"""While a batch goes on, table, page and figures are written at most so often."""


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
