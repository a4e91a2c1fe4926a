"""Engines side by side in worker processes, and their reports as one stream.

Tasks -> processes -> `Report`s in the order they arrive. No process outlives its team.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np

from shiftplan.engines.task import Task

Array = np.ndarray[Any, Any]
_GRACE_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Report:
    """Something a worker said."""

    worker: int
    """Number of the worker, in the order of the tasks."""
    kind: str
    """`solution`, `bound`, `note`, `ended`, `failed` or `died`."""
    content: Any
    """Values, a bound, figures, an ending, or a traceback."""


class _Worker:
    def __init__(self, number: int, reports: queue.Queue[Report]) -> None:
        self._reports = reports
        self.number = number
        self.task: Task | None = None
        self._outbox: queue.Queue[bytes | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "shiftplan.engines.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches only the parent, which decides
            env=os.environ | {"OMP_NUM_THREADS": "1"},
        )
        # Threads of their own read and write, so that a full pipe can never hold up the parent.
        for target in (self._listen, self._write):
            threading.Thread(target=target, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        ended = False
        while True:
            try:
                kind, content = pickle.load(self.process.stdout)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError):
                if not ended:
                    self._reports.put(Report(self.number, "died", None))
                return
            ended = ended or kind in ("ended", "failed")
            self._reports.put(Report(self.number, kind, content))

    def _write(self) -> None:
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (data := self._outbox.get()) is not None:
                self.process.stdin.write(data)
                self.process.stdin.flush()

    def send(self, message: Any) -> None:
        self._outbox.put(pickle.dumps(message, protocol=5))

    def close(self) -> None:
        self._outbox.put(None)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


class Team:
    """Worker processes, one for each task. Use it as a context manager."""

    def __init__(self, size: int) -> None:
        self._reports: queue.Queue[Report] = queue.Queue()
        self._workers = [_Worker(i, self._reports) for i in range(size)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.close()

    def start(self, tasks: Iterable[Task]) -> None:
        """Give each worker its task."""
        for worker, task in zip(self._workers, tasks, strict=True):
            worker.task = task
            worker.send(task)

    def share(self, values: Array, origin: int) -> None:
        """Tell a solution to all workers but the one it comes from."""
        content = np.round(values).astype(np.int32)
        for worker in self._workers:
            if worker.number != origin:
                worker.send(("solution", content))

    def report(self, seconds: float) -> Report | None:
        """The next report, or None when none arrives in time."""
        try:
            return self._reports.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None

    def stop(self) -> list[Report]:
        """Ask all workers to end, and give back what they still report within a moment."""
        for worker in self._workers:
            worker.send(("stop", None))
        late: list[Report] = []
        end, running = time.monotonic() + _GRACE_SECONDS, len(self._workers)
        while running > 0 and (report := self.report(end - time.monotonic())) is not None:
            running -= report.kind in ("ended", "failed", "died")
            late.append(report)
        return late
