"""The process of a job, so that memory, limits and crashes concern this job alone.

The `WeekJob` that the parent sends -> `work` -> the `JobOutcome` that it gets back.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import threading
import traceback
from pathlib import Path
from typing import NoReturn

from shiftplan.batch.manifest import Failure, JobOutcome, WeekJob
from shiftplan.batch.work import work
from shiftplan.engines.child import listen, parent_pipes, say
from shiftplan.errors.message import Message
from shiftplan.files.whole import is_full

_TRIES = 10
"""Times that a doomed folder is emptied, as its job may still be adding to it."""
_ending = threading.Lock()
"""Whoever ends the process holds it, and nobody else can end it meanwhile."""


def main(folder: Path, doomed: Path | None = None) -> None:
    """Do the job that the parent sends, in a folder; a doomed folder goes with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    source, sink = parent_pipes()
    jobs: queue.Queue[WeekJob] = queue.Queue()
    listen(source, jobs.put, lambda _: _end(doomed))
    try:
        outcome = work(jobs.get(), folder)
    except MemoryError:
        outcome = JobOutcome(failure="memory", facts=(Message("batches.no_memory_left"),))
    except Exception as error:
        failure: Failure = "disk" if is_full(error) else "internal"
        line = traceback.format_exception_only(error)[-1].strip().rpartition("\n")[2]
        outcome = JobOutcome(failure=failure, facts=(line, traceback.format_exc()))
    try:
        with _ending:  # a job whose folder is being removed fails at once, and would end too soon
            say(sink, outcome)
    except OSError:
        _end(doomed)


def _end(doomed: Path | None) -> NoReturn:
    """End at once, and leave no folder that is doomed."""
    _ending.acquire()
    for _ in range(_TRIES):
        if doomed is None or not doomed.exists():
            break
        shutil.rmtree(doomed, ignore_errors=True)
    os._exit(1)
