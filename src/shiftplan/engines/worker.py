"""Engines in a process of their own, so that limits, interrupts and crashes stay in hand.

Messages from the parent: `Task`s, one after the other, and meanwhile best solutions, relaxations
and the stop; messages to it: reports. The process ends with its parent.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import traceback
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np

from shiftplan.child import listen, parent_pipes, say
from shiftplan.engines.task import ENGINES, Ending, Link, Relaxation, Task

Array = np.ndarray[Any, Any]


def run_engine(task: Task, link: Link) -> Ending:
    """Run the engine a task names in this process."""
    if task.engine not in ENGINES:
        raise ValueError(f"no engine {task.engine!r}; there are {', '.join(ENGINES)}")
    ending: Ending = import_module(f"shiftplan.engines.{task.engine}").run(task, link)
    return ending


class _PipeLink:
    """Reports over a pipe; a thread reads what comes the other way."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self._sink = sink
        self._lock = threading.Lock()
        self._best: Array | None = None
        self._guide: Relaxation | None = None
        self._stopped = False
        self._tasks: queue.Queue[Task] = queue.Queue()
        listen(source, self._take, self._end)

    def _take(self, message: tuple[str, Any]) -> None:
        kind, content = message
        if kind == "stop":
            self._stopped = True
        elif kind == "task":
            # Here, not when the task is taken: by then a best of this task may have come.
            self._best = self._guide = None
            self._tasks.put(content)
        elif kind == "guide":
            self._guide = content
        else:
            self._best = content.astype(float)

    def _end(self, error: Exception) -> None:
        if isinstance(error, EOFError | OSError):
            os._exit(0)  # the parent is gone
        try:
            self.send("failed", "".join(traceback.format_exception(error)))
        finally:
            os._exit(1)  # nobody would ever learn of the next task

    def task(self) -> Task:
        """The next task; waits for it."""
        return self._tasks.get()

    def send(self, kind: str, content: Any) -> None:
        try:
            with self._lock:
                say(self._sink, (kind, content))
        except OSError:
            os._exit(0)

    def solution(self, values: Array) -> None:
        self.send("solution", np.round(values).astype(np.int32))

    def bound(self, value: float) -> None:
        self.send("bound", float(value))

    def relaxed(self, relaxation: Relaxation) -> None:
        self.send("relaxed", relaxation)

    def guide(self) -> Relaxation | None:
        return self._guide

    def best(self) -> Array | None:
        return self._best

    def stopped(self) -> bool:
        return self._stopped

    def note(self, **facts: float) -> None:
        self.send("note", facts)


def main() -> None:
    """Run the engine of each task that comes, and report its ending."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    link = _PipeLink(*parent_pipes())
    while True:
        try:
            link.send("ended", run_engine(link.task(), link))
        except Exception:
            link.send("failed", traceback.format_exc())
            return
