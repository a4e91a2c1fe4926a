"""The process of one job, so that memory, limits and crashes concern this job alone.

`Job` as a line of JSON on standard input -> `Outcome` as JSON on standard output, and nothing else.
When the parent goes, standard input ends and the process with it.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import NoReturn

from shiftplan.batch.disk import is_full
from shiftplan.batch.job import NO_ROOM, Failure, Job, Outcome
from shiftplan.batch.work import work

_TRIES = 10
"""Times that a doomed folder is emptied, as its job may still be adding to it."""
_ending = threading.Lock()
"""Whoever ends the process holds it, and nobody else can end it meanwhile."""


def main(folder: Path, doomed: Path | None = None) -> None:
    """Read the job, do it in a folder, tell the outcome; a doomed folder goes with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what engines print
    line = sys.stdin.buffer.readline()
    if not line.endswith(b"\n"):  # the parent went while it told the job
        _end(doomed)
    job = Job.model_validate_json(line)
    threading.Thread(target=_end_with_parent, args=(doomed,), daemon=True).start()
    try:
        outcome = work(job, folder)
    except MemoryError:
        outcome = Outcome(failure="memory", message="the machine has no memory left for it")
    except Exception as error:
        failure: Failure = "disk" if is_full(error) else "internal"
        outcome = Outcome(failure=failure, message=traceback.format_exc())
    _ending.acquire()  # a job whose folder is being removed fails at once, and would end too soon
    try:
        with told:
            told.write(outcome.model_dump_json().encode())
    except OSError as error:
        os._exit(NO_ROOM if is_full(error) else 1)


def _end_with_parent(doomed: Path | None) -> None:
    sys.stdin.buffer.read()
    _end(doomed)


def _end(doomed: Path | None) -> NoReturn:
    """End at once, and leave no folder that is doomed."""
    _ending.acquire()
    for _ in range(_TRIES):
        if doomed is None or not doomed.exists():
            break
        shutil.rmtree(doomed, ignore_errors=True)
    os._exit(1)
