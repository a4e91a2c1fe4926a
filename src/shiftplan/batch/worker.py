"""The process of one job, so that memory, limits and crashes concern this job alone.

`Job` as a line of JSON on standard input -> `Outcome` as JSON in the file that the argument names.
When the parent goes, standard input ends and the process with it, and what only the two need.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import traceback
from pathlib import Path

from shiftplan.batch.job import Job, Outcome
from shiftplan.batch.work import work
from shiftplan.files.text import write_texts


def main(target: Path, folder: Path, *doomed: Path) -> None:
    """Read the job, do it in a folder, write the outcome; some folders end with the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, args=doomed, daemon=True).start()
    try:
        outcome = work(job, folder)
    except MemoryError:
        outcome = Outcome(failure="memory", message="the machine has no memory left for it")
    except Exception:
        outcome = Outcome(failure="internal", message=traceback.format_exc())
    write_texts({target: outcome.model_dump_json()})


def _end_with_parent(*doomed: Path) -> None:
    sys.stdin.buffer.read()
    for folder in doomed:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
