"""The process of one run: memory and solver settings are its own.

`Job` as JSON on standard input -> `Answer` as JSON in the file that the argument names.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.measure import Job, measure
from benchmarks.records import Run
from benchmarks.sources import load
from shiftplan import Roster


class Answer(BaseModel):
    """What a run sends back."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: Run
    """What was measured."""
    roster: Roster | None
    """The last roster; None when there is none."""
    ended: float
    """When the engine returned; seconds since 1970."""


def main(target: Path) -> None:
    """Read a job, do it, write the answer."""
    job = Job.model_validate_json(sys.stdin.read())
    start = time.monotonic()
    problem = load(job.source)
    read_seconds = time.monotonic() - start
    found = measure(problem, job)
    run = found.run.model_copy(update={"read_seconds": read_seconds})
    answer = Answer(run=run, roster=found.roster, ended=found.ended)
    target.write_text(answer.model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
