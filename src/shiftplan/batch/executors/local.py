"""Jobs in processes on this machine, watched: their memory, their time, and how they end.

`Job` and the folder for its files -> a process -> `Outcome`, also when the process is killed.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import Self

import psutil

from shiftplan.batch.executors import Finished
from shiftplan.batch.job import Job, Outcome
from shiftplan.engines.child import Child, Exit, python

_LOOK_SECONDS = 0.1


class JobProcess:
    """A process that does one job in a folder; no process of it stays after `end`.

    A `doomed` folder is removed when this process dies before the job is done.
    """

    def __init__(self, job: Job, folder: Path, doomed: Path | None = None) -> None:
        self.job = job
        self._began = time.monotonic()
        self._peak = 0
        self._outcome: Outcome | None = None
        self._exit: Exit | None = None
        self._child = Child(_command(folder, doomed), self._take)
        self._child.send(job)

    def _take(self, message: Outcome | Exit) -> None:
        if isinstance(message, Exit):
            self._exit = message
        else:
            self._outcome = message

    def poll(self) -> Outcome | None:
        """The outcome once the job has ended; kills it when it exceeds a limit."""
        if self._exit is not None:
            died = f"the process died (code {self._exit.code})\n{self._exit.complaint}".strip()
            return self._stopped(self._outcome or Outcome(failure="died", message=died))
        self._peak = max(self._peak, self._memory())
        job = self.job
        if job.memory_mb is not None and self._peak > job.memory_mb * 1_000_000:
            message = f"ended: it took more than {job.memory_mb} MB of memory"
            return self._stopped(Outcome(failure="memory", message=message))
        if time.monotonic() - self._began > job.most_seconds:
            message = f"ended: it was not done after {job.most_seconds:.0f} s"
            return self._stopped(Outcome(failure="time", message=message))
        return None

    def wait(self) -> Outcome:
        """The outcome, once the job has ended; ends it when the wait is interrupted."""
        try:
            while (outcome := self.poll()) is None:
                time.sleep(_LOOK_SECONDS)
        except BaseException:
            self.end()
            raise
        return outcome

    def end(self) -> None:
        """Kill the process and all its children."""
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._child.close()

    def _stopped(self, outcome: Outcome) -> Outcome:
        self.end()
        seconds = time.monotonic() - self._began
        peak = round(self._peak / 1e6, 1) if self._peak else None
        return outcome.model_copy(update={"seconds": round(seconds, 3), "memory_mb": peak})

    def _family(self) -> list[psutil.Process]:
        try:
            own = psutil.Process(self._child.process.pid)
            return [own, *own.children(recursive=True)]
        except psutil.Error:
            return []

    def _memory(self) -> int:
        """Bytes that the process and its children hold; pages that they share count for each."""
        total = 0
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total


def _command(folder: Path, doomed: Path | None = None) -> list[str]:
    """Start a worker that waits for its job."""
    paths = [os.fspath(path) for path in (folder, doomed) if path is not None]
    imports = "from pathlib import Path; from shiftplan.batch.worker import main"
    return python(f"{imports}; main(*map(Path, {paths!r}))")


class LocalExecutor:
    """Runs each job in a process of its own on this machine."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self._running: list[JobProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
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
            if (outcome := process.poll()) is not None:
                self._running.remove(process)
                finished.append(Finished(process.job.name, outcome))
        return finished
