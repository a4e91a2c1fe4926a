"""The process of one job, so that memory, limits and crashes concern this job alone.

`Job` as a line of JSON on standard input -> `Outcome` as JSON in the file that the argument names.
When the parent goes, standard input ends and the process with it.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from pathlib import Path

from shiftplan.batch.job import Job, Outcome
from shiftplan.batch.work import work
from shiftplan.files.text import write_texts


def main(target: Path, folder: Path) -> None:
    """Read the job, do it in a folder, write the outcome."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        outcome = work(job, folder)
    except MemoryError:
        outcome = Outcome(failure="memory", message="the machine has no memory left for it")
    except Exception:
        outcome = Outcome(failure="internal", message=traceback.format_exc())
    write_texts({target: outcome.model_dump_json()})


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)
