"""Engines side by side in worker processes, and their reports as one stream.

Tasks -> processes -> `Report`s in the order they arrive. No process outlives its team.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from shiftplan.child import python
from shiftplan.engines.task import Relaxation, Task

Array = np.ndarray[Any, Any]
_GRACE_SECONDS = 0.3
_COMPLAINT_BYTES = 4_000
"""How much of what a worker writes to standard error is kept, the last of it."""
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "4000000", "MALLOC_TRIM_THRESHOLD_": "4000000"}
"""glibc gives large blocks back to the system as soon as they are free; elsewhere it means nothing.
By default it keeps what a large relaxation needed for as long as the worker lives."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something a worker said."""

    worker: int
    """Number of the worker, in the order of the tasks."""
    kind: str
    """`solution`, `bound`, `relaxed`, `note`, `ended`, `failed` or `died`."""
    content: Any
    """Values, a bound, a relaxation, figures, an ending, a traceback, or how the process died."""


class _Worker:
    def __init__(self, number: int, reports: queue.Queue[Report]) -> None:
        self._reports = reports
        self.number = number
        self._outbox: queue.Queue[bytes | None] = queue.Queue()
        self.process = subprocess.Popen(
            python("from shiftplan.engines.worker import main; main()"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Ctrl-C reaches only the parent, which decides: a session or group of its own.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            env=_MEMORY | os.environ | {"OMP_NUM_THREADS": "1"},
        )
        self._complaint = b""
        """The last of what it wrote to standard error."""
        self._overhearing = threading.Thread(target=self._overhear, daemon=True)
        self._overhearing.start()
        # Threads of their own read and write, so that a full pipe can never hold up the parent.
        for target in (self._listen, self._write):
            threading.Thread(target=target, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        failed = False
        while True:
            try:
                kind, content = pickle.load(self.process.stdout)
            except Exception:  # its end, or what it said cannot be read: no memory for it, say
                self.process.kill()
                if not failed:
                    self._reports.put(Report(self.number, "died", self._last_words()))
                return
            failed = failed or kind == "failed"
            self._reports.put(Report(self.number, kind, content))

    def _overhear(self) -> None:
        assert self.process.stderr is not None
        with contextlib.suppress(OSError, ValueError):
            while said := os.read(self.process.stderr.fileno(), _COMPLAINT_BYTES):
                self._complaint = (self._complaint + said)[-_COMPLAINT_BYTES:]

    def _last_words(self) -> str:
        """How the process ended, and the last of what it complained about."""
        code = self.process.wait()
        self._overhearing.join(_GRACE_SECONDS)
        said = self._complaint.decode("utf-8", "replace").strip()
        return f"exit code {code}" + (f", {said}" if said else "")

    def _write(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (data := self._outbox.get()) is not None:
                self.process.stdin.write(data)
                self.process.stdin.flush()
                del data  # a program is large, and the next message may be long in coming

    def send(self, message: Any) -> None:
        self._outbox.put(pickle.dumps(message, protocol=5))

    def close(self) -> None:
        self._outbox.put(None)
        self.process.wait()
        self._overhearing.join(_GRACE_SECONDS)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


class Team:
    """Worker processes, each with one task at a time. Use it as a context manager."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._reports: queue.Queue[Report] = queue.Queue()
        self._workers: list[_Worker] = []
        self._running = set(range(size))
        self._asked = False

    def __enter__(self) -> Self:
        try:
            for number in range(self._size):
                self._workers.append(_Worker(number, self._reports))
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.close()

    def start(self, worker: int, task: Task) -> None:
        """Give a worker its task, or the next one once it has ended the last."""
        self._running.add(worker)
        self._workers[worker].send(("task", task))

    def share(self, values: Array, origin: int | None = None) -> None:
        """Tell a solution to all workers but the one it comes from."""
        content = np.round(values).astype(np.int32)
        for worker in self._workers:
            if worker.number != origin:
                worker.send(("solution", content))

    def guide(self, relaxation: Relaxation, origin: int) -> None:
        """Tell what a relaxation says to all workers but the one it comes from."""
        for worker in self._workers:
            if worker.number != origin:
                worker.send(("guide", relaxation))

    def report(self, seconds: float) -> Report | None:
        """The next report, or None when none arrives in time."""
        try:
            report = self._reports.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        if report.kind in ("ended", "failed", "died"):
            self._running.discard(report.worker)
        return report

    def ask_to_end(self) -> None:
        """Ask all workers to end soon."""
        if not self._asked:
            self._asked = True
            for worker in self._workers:
                worker.send(("stop", None))

    def stop(self) -> list[Report]:
        """Ask all workers to end, and give back what they still report within a moment."""
        self.ask_to_end()
        late: list[Report] = []
        end = time.monotonic() + _GRACE_SECONDS
        while self._running and (report := self.report(end - time.monotonic())) is not None:
            late.append(report)
        return late
