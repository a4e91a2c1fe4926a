"""Jobs in processes on this machine, watched: their memory, their time, and how they end.

`WeekJob` and the folder for its files -> a process -> `JobOutcome`, also when it is killed.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from typing import NamedTuple, Self

import psutil

from shiftplan.batch.manifest import JobOutcome, WeekJob
from shiftplan.engines.child import Child, Exit, python
from shiftplan.errors.message import Message

_LOOK_SECONDS = 0.1


class Finished(NamedTuple):
    """A job that has ended, in whatever way; its files are in the folder that it was given."""

    name: str
    outcome: JobOutcome


class JobProcess:
    """A process that does one job in a folder; no process of it stays after `end`.

    A `doomed` folder is removed when this process dies before the job is done.
    """

    def __init__(self, job: WeekJob, folder: Path, doomed: Path | None = None) -> None:
        self.job = job
        self._began = time.monotonic()
        self._peak = 0
        self._outcome: JobOutcome | None = None
        self._exit: Exit | None = None
        self._child = Child(_command(folder, doomed), self._take)
        self._child.send(job)

    def _take(self, message: JobOutcome | Exit) -> None:
        if isinstance(message, Exit):
            self._exit = message
        else:
            self._outcome = message

    def poll(self) -> JobOutcome | None:
        """The outcome once the job has ended; kills it when it exceeds a limit."""
        if self._exit is not None:
            died = Message("batches.process_died", exit=self._exit.code), self._exit.complaint
            return self._stopped(self._outcome or JobOutcome(failure="died", facts=died))
        self._peak = max(self._peak, sum(map(_memory, self._family())))
        job = self.job
        if job.memory_mb is not None and self._peak > job.memory_mb * 1_000_000:
            over = Message("batches.over_memory", megabytes=job.memory_mb)
            return self._stopped(JobOutcome(failure="memory", facts=(over,)))
        if time.monotonic() - self._began > job.most_seconds:
            over = Message("batches.over_time", seconds=job.most_seconds)
            return self._stopped(JobOutcome(failure="time", facts=(over,)))
        return None

    def wait(self) -> JobOutcome:
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

    def _stopped(self, outcome: JobOutcome) -> JobOutcome:
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


def _memory(process: psutil.Process) -> int:
    """Bytes that a process holds; pages that it shares with others count for each."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _command(folder: Path, doomed: Path | None = None) -> list[str]:
    """What starts a worker that waits for its job."""
    paths = [os.fspath(path) for path in (folder, doomed) if path is not None]
    imports = "from pathlib import Path; from shiftplan.batch.job import main"
    return python(f"{imports}; main(*map(Path, {paths!r}))")


class LocalExecutor:
    """Runs each job in a process of its own on this machine, `slots` of them at a time at most.

    As `RayExecutor` it is a context manager; leaving it ends what still runs.
    """

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self._running: list[JobProcess] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            process.end()
        self._running.clear()

    def submit(self, job: WeekJob, folder: Path) -> None:
        """Begin a job whose files are to be in an empty folder that exists."""
        self._running.append(JobProcess(job, folder))

    def wait(self, seconds: float) -> list[Finished]:
        """The jobs that have ended since the last call; waits so long until there is one."""
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
