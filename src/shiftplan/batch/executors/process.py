"""One job in a process of its own, watched: its memory, its time, and how it ends.

`Job` and folder -> process -> `Outcome`, also when the process is killed.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO

import psutil

from shiftplan.batch.job import NO_ROOM, Failure, Job, Outcome
from shiftplan.child import python

_TOLD_LENGTH = 2_000
"""Of what a process says before it dies, so many characters are kept."""


class JobProcess:
    """A process that does one job in a folder; no process of it stays after `end`.

    Parameters
    ----------
    job, folder
        What to do, and where its files are to be.
    doomed
        A folder that is to go when this process dies before the job is done; None for none.

    """

    def __init__(self, job: Job, folder: Path, doomed: Path | None = None) -> None:
        self.job, self.folder = job, folder
        self._began = time.monotonic()
        self._peak = 0
        # Files without a name: no end, however sudden, leaves them behind.
        self._told, self._errors = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            _command(folder, doomed),
            stdin=subprocess.PIPE,
            stdout=self._told,
            stderr=self._errors,
            start_new_session=True,  # Ctrl-C reaches only the parent, which decides
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(job.model_dump_json().encode() + b"\n")
            self._process.stdin.flush()

    def poll(self) -> Outcome | None:
        """The outcome once the job has ended; ends it when it is beyond a limit."""
        if self._process.poll() is not None:
            return self._ended()
        self._peak = max(self._peak, self._memory())
        job = self.job
        if job.memory_mb is not None and self._peak > job.memory_mb * 1_000_000:
            message = f"ended: it took more than {job.memory_mb} MB of memory"
            return self._stopped(Outcome(failure="memory", message=message))
        if time.monotonic() - self._began > job.most_seconds:
            message = f"ended: it was not done after {job.most_seconds:.0f} s"
            return self._stopped(Outcome(failure="time", message=message))
        return None

    def end(self) -> None:
        """End the process and all its children."""
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._process.wait()
        for file in (self._process.stdin, self._told, self._errors):
            with contextlib.suppress(OSError):
                if file is not None:
                    file.close()

    def _ended(self) -> Outcome:
        """What the process says of its job, or how it died."""
        try:
            outcome = Outcome.model_validate_json(_text(self._told))
        except ValueError:
            message = f"the process died (code {self._process.returncode})"
            text = _text(self._errors)[-_TOLD_LENGTH:].strip()
            failure: Failure = "disk" if self._process.returncode == NO_ROOM else "died"
            outcome = Outcome(failure=failure, message=f"{message}\n{text}".strip())
        return self._stopped(outcome)

    def _stopped(self, outcome: Outcome) -> Outcome:
        self.end()
        seconds = time.monotonic() - self._began
        peak = round(self._peak / 1e6, 1) if self._peak else None
        return outcome.model_copy(update={"seconds": round(seconds, 3), "memory_mb": peak})

    def _family(self) -> list[psutil.Process]:
        try:
            own = psutil.Process(self._process.pid)
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


def _text(file: IO[bytes]) -> str:
    """What a process wrote into a file."""
    file.seek(0)
    return file.read().decode(errors="replace")


def _command(folder: Path, doomed: Path | None = None) -> list[str]:
    """Start a worker that reads its job."""
    paths = [os.fspath(path) for path in (folder, doomed) if path is not None]
    imports = "from pathlib import Path; from shiftplan.batch.worker import main"
    return python(f"{imports}; main(*map(Path, {paths!r}))")
