"""One engine: in a process of its own, where limits and crashes stay in hand, or in this one.

Messages from the parent of a process: a `Task`, and then best solutions, relaxations and the stop;
messages to it: reports. It ends with its task, or with its parent. In this process, for programs
that are small: `Task` -> what the engine finds, in an `Outcome`.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np

from shiftplan.engines.child import listen, parent_pipes, say
from shiftplan.engines.task import ENGINES, Array, Ending, Limits, Link, Outcome, Relaxation, Task


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
            os._exit(1)  # the engine would go on unheard

    def task(self) -> Task:
        return self._tasks.get()

    def send(self, kind: str, content: Any) -> None:
        try:
            with self._lock:
                say(self._sink, (kind, content))
        except OSError:
            os._exit(0)

    def solution(self, values: Array) -> None:
        self.send("solution", np.round(values).astype(np.int64))

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
    """Run the engine of the task that comes, and report its ending."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    link = _PipeLink(*parent_pipes())
    try:
        link.send("ended", run_engine(link.task(), link))
    except Exception:
        link.send("failed", traceback.format_exc())
    os._exit(0)  # at once, beside the thread that reads; what the engine needed is given back


def run_here(
    task: Task, outcome: Outcome, limits: Limits, report: Callable[[], None], *, by: str
) -> Ending:
    """Run an engine until it ends, the gap asked for is reached, or somebody cancels.

    What it finds goes into the outcome under the name `by`, and `report` is called each time; what
    that raises ends the engine and is raised.
    """
    link = _Here(outcome, report, limits, by)
    ending = run_engine(task, link)
    if link.error is not None:
        raise link.error
    # A proof may rest on a solution that was refused, as it breaks a row once rounded.
    return "stopped" if ending == "proven" and not outcome.is_proven else ending


class _Here:
    def __init__(
        self, outcome: Outcome, report: Callable[[], None], limits: Limits, by: str
    ) -> None:
        self._outcome, self._report, self._limits, self._by = outcome, report, limits, by
        self.error: BaseException | None = None
        """What `report` raised; solvers swallow errors of their callbacks, so it is kept."""

    def solution(self, values: Array) -> None:
        if self._outcome.offer(values, self._by):
            self._tell()

    def bound(self, value: float) -> None:
        if self._outcome.raise_bound(value, self._by):
            self._tell()

    def _tell(self) -> None:
        if self.error is None:
            try:
                self._report()
            except BaseException as error:
                self.error = error

    def relaxed(self, relaxation: Relaxation) -> None:
        self.bound(relaxation.bound)

    def guide(self) -> Relaxation | None:
        return None

    def best(self) -> Array | None:
        return self._outcome.values

    def stopped(self) -> bool:
        return (
            self.error is not None
            or self._limits.cancelled
            or self._outcome.meets(self._limits.gap)
        )

    def note(self, **facts: float) -> None:
        self._outcome.facts(self._by).update(facts)
