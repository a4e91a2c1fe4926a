"""What every executor offers: jobs in, outcomes out, at most so many at a time.

`Job` and the folder for its files -> `Finished`, in the order in which they end.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from shiftplan.batch.job import Job, Outcome


@dataclass(frozen=True, slots=True)
class Finished:
    """A job that has ended, in whatever way."""

    name: str
    """Name of the job."""
    outcome: Outcome
    """What became of it; its files are in the folder that was given with the job."""


class Executor(Protocol):
    """Runs jobs side by side. Use it as a context manager; leaving it ends what still runs."""

    @property
    def slots(self) -> int:
        """Jobs that run at a time, 1 or more; no more are given."""

    def submit(self, job: Job, folder: Path) -> None:
        """Begin a job whose files are to be in an empty folder that exists."""

    def wait(self, seconds: float) -> list[Finished]:
        """The jobs that have ended since the last call; waits so long until there is one."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
