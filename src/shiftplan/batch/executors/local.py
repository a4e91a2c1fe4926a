"""Jobs in processes on this machine.

`Job` and folder -> a process for each -> `Finished`.
"""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType
from typing import Self

from shiftplan.batch.executors.base import Finished
from shiftplan.batch.executors.process import JobProcess
from shiftplan.batch.job import Job

_LOOK_SECONDS = 0.1


class LocalExecutor:
    """Runs each job in a process of its own on this machine."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self._running: list[JobProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._running:
            process.end()
        self._running.clear()

    def submit(self, job: Job, folder: Path) -> None:
        self._running.append(JobProcess(job, folder))

    def wait(self, seconds: float) -> list[Finished]:
        end = time.monotonic() + seconds
        while not (finished := self._look()) and time.monotonic() < end:
            time.sleep(min(_LOOK_SECONDS, max(0.0, end - time.monotonic())))
        return finished

    def _look(self) -> list[Finished]:
        finished = []
        for process in list(self._running):
            outcome = process.poll()
            if outcome is not None:
                self._running.remove(process)
                finished.append(Finished(process.job.name, outcome))
        return finished
