"""Engines in a process of their own, so that limits, interrupts and crashes stay in hand.

Standard input brings pickled `Task`s, one after the other, and meanwhile best solutions,
relaxations and the stop; standard output takes reports away. When the parent goes, standard input
ends and the process with it.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
import traceback
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np

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
        self._source, self._sink = source, sink
        self._lock = threading.Lock()
        self._best: Array | None = None
        self._guide: Relaxation | None = None
        self._stopped = False
        self._tasks: queue.Queue[Task] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                kind, content = pickle.load(self._source)
            except (EOFError, OSError):
                os._exit(0)  # the parent is gone
            except Exception:  # for one, there is no memory for a large program
                try:
                    self.send("failed", traceback.format_exc())
                finally:
                    os._exit(1)  # nobody would ever learn of the next task
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

    def task(self) -> Task:
        """The next task; waits for it."""
        return self._tasks.get()

    def send(self, kind: str, content: Any) -> None:
        try:
            with self._lock:
                pickle.dump((kind, content), self._sink, protocol=5)
                self._sink.flush()
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
    sink = os.fdopen(os.dup(1), "wb")
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)  # solver libraries print; standard output belongs to the reports
    link = _PipeLink(sys.stdin.buffer, sink)
    while True:
        try:
            link.send("ended", run_engine(link.task(), link))
        except Exception:
            link.send("failed", traceback.format_exc())
            return
