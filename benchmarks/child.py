"""The process of one run: memory and solver settings are its own.

`Job` as JSON on standard input -> `Answer` as JSON in the file that the argument names.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.measure import Job, measure, measure_design
from benchmarks.records import Run
from benchmarks.shift_design import DesignedTime, read_shift_design
from benchmarks.sources import load
from shiftplan import InputError, Roster

BAD_INPUT = 2
"""Exit code where the instance cannot be read; standard error says why."""
_LOOK_SECONDS = 1.0
"""Time between two looks whether the parent is there."""


class Answer(BaseModel):
    """What a run sends back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: Run
    """What was measured."""
    roster: Roster | None
    """The last roster; None when there is none."""
    times: tuple[DesignedTime, ...] = ()
    """The shifts of a design."""
    ended: float
    """When the engine returned; seconds since 1970."""


def main(target: Path) -> None:
    """Read a job, do it, write the answer; ends when the parent is gone."""
    threading.Thread(target=_end_after, args=(os.getppid(),), daemon=True).start()
    job = Job.model_validate_json(sys.stdin.read())
    start = time.monotonic()
    if job.source.kind == "shift_design":
        instance = read_shift_design(job.source.paths[0])
        read_seconds = time.monotonic() - start
        found = measure_design(instance, job)
    else:
        try:
            problem = load(job.source)
        except InputError as error:
            print(error, file=sys.stderr)
            raise SystemExit(BAD_INPUT) from None
        read_seconds = time.monotonic() - start
        found = measure(problem, job)
    run = found.run.model_copy(update={"read_seconds": read_seconds})
    answer = Answer(run=run, roster=found.roster, times=found.times, ended=found.ended)
    target.write_text(answer.model_dump_json(), encoding="utf-8")


def _end_after(parent: int) -> None:
    """End this process when another one has become its parent: nobody waits for the answer."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
