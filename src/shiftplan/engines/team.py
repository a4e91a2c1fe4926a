"""Engines side by side in worker processes, watched until they are done or a limit is reached.

Tasks -> processes -> `Report`s in the order they arrive -> `Outcome`, and why the search ended. No
process outlives its team.
"""

from __future__ import annotations

import logging
import math
import os
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from shiftplan.engines.child import GRACE_SECONDS, Child, Exit, python
from shiftplan.engines.task import (
    Array,
    Deadline,
    Engine,
    Limits,
    Outcome,
    SearchEnding,
    Task,
)
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message

_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "4000000", "MALLOC_TRIM_THRESHOLD_": "4000000"}
"""glibc gives large blocks back to the system as soon as they are free; elsewhere it means nothing.
By default it keeps what a large relaxation needed for as long as the worker lives."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine for a worker."""

    engine: Engine
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """Something a worker said."""

    worker: int
    """Number of the worker, in the order of the tasks."""
    kind: str
    """`solution`, `bound`, `relaxed`, `note`, `ended`, `failed` or `died`."""
    content: Any
    """Values, a bound, a relaxation, figures, an ending, a traceback, or how the process died."""


class Team:
    """Worker processes, each with one task. Use it as a context manager."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._reports: queue.Queue[Report] = queue.Queue()
        self._workers: list[Child] = []
        self._running = set(range(size))
        self._asked = False

    def __enter__(self) -> Self:
        try:
            for number in range(self._size):
                self._workers.append(self._open(number))
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.close()

    def _open(self, number: int) -> Child:
        done = False

        def take(message: Any) -> None:
            nonlocal done
            kind, content = ("died", str(message)) if isinstance(message, Exit) else message
            if not (kind == "died" and done):
                self._reports.put(Report(number, kind, content))
            done = done or kind in ("ended", "failed")

        code = "from shiftplan.engines.worker import main; main()"
        return Child(python(code), take, env=_MEMORY | os.environ | {"OMP_NUM_THREADS": "1"})

    def start(self, worker: int, task: Task) -> None:
        """Give a worker its task."""
        # The matrix is sent as it lies in memory; once sorted, nobody here sorts it meanwhile.
        task.program.matrix.sum_duplicates()
        self._workers[worker].send(("task", task))

    def share(self, values: Array, origin: int | None = None) -> None:
        """Tell a solution to all workers but the one it comes from."""
        self.tell("solution", np.round(values).astype(np.int64), origin)

    def tell(self, kind: str, content: Any, origin: int | None = None) -> None:
        """Tell all workers but the one that it comes from."""
        for number, worker in enumerate(self._workers):
            if number != origin:
                worker.send((kind, content))

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
            self.tell("stop", None)

    def stop(self) -> list[Report]:
        """Ask all workers to end, and give back what they still report within a moment."""
        self.ask_to_end()
        late: list[Report] = []
        end = time.monotonic() + GRACE_SECONDS
        while self._running and (report := self.report(end - time.monotonic())) is not None:
            late.append(report)
        return late


log = logging.getLogger("shiftplan")
_NO_MEMORY = ("MemoryError", "bad_alloc", "exit code -9")
"""What an engine says that has no memory left; the last where the system killed it for that."""


def reached(outcome: Outcome, limits: Limits, deadline: Deadline) -> SearchEnding | None:
    """The proof or the limit that a search has come to; None when it goes on."""
    if outcome.meets(0.0):
        return "proven"
    if outcome.meets(limits.gap):
        return "gap"
    if limits.cancelled:
        return "interrupt"
    idle, rise = limits.idle_limit, limits.params.closing.idle_rise
    if idle is not None and outcome.rests(idle, limits.least_gain, rise):
        return "idle"
    return "time" if deadline.left() <= 0 else None


def watch(
    team: Team,
    choices: Sequence[Choice],
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> SearchEnding:
    """Gather what a team reports until it is done or a limit is reached."""
    running = set(range(len(choices)))
    names = [f"{choice.engine} {i + 1}" for i, choice in enumerate(choices)]
    for name, choice in zip(names, choices, strict=True):
        outcome.facts(name)["for"] = choice.why
    failures: list[str] = []
    is_news = False

    def take(message: Report) -> SearchEnding | None:
        nonlocal is_news
        name = names[message.worker]
        if message.kind == "solution" and outcome.offer(message.content, name):
            team.share(message.content, message.worker)
            is_news = True
        elif message.kind == "bound":
            is_news |= outcome.raise_bound(message.content, name)
        elif message.kind == "relaxed":
            team.tell("guide", message.content, message.worker)
            is_news |= outcome.raise_bound(message.content.bound, name)
        elif message.kind == "note":
            outcome.facts(name).update(message.content)
        elif message.kind in ("ended", "failed", "died") and message.worker in running:
            running.discard(message.worker)
            ended = message.content if message.kind == "ended" else message.kind
            outcome.end(name, ended)
            # A proof may rest on a solution that was refused, as it breaks a row once rounded.
            is_wrong = {"proven": not outcome.is_proven, "infeasible": outcome.values is not None}
            if message.kind != "ended" or is_wrong.get(message.content):
                failures.append(f"{name} {message.kind}: {message.content}")
                log.warning("engine %s", failures[-1])
            elif message.content in ("proven", "infeasible"):
                ending: SearchEnding = message.content
                return ending
        return None

    def tell() -> None:
        """Report what is new, all at once: whoever listens may be slower than the workers."""
        nonlocal is_news
        if is_news:
            is_news = False
            report()

    ending: SearchEnding | None = None
    while running and ending is None and (ending := reached(outcome, limits, deadline)) is None:
        if outcome.values is None and all(choices[i].engine == "neighborhoods" for i in running):
            team.ask_to_end()  # nobody is left who could find the roster they wait for
        message = team.report(min(0.1, deadline.left()))
        while message is not None:
            ending = take(message)
            is_over = ending is not None or reached(outcome, limits, deadline) is not None
            message = None if is_over else team.report(0.0)
        tell()
    for late in team.stop():
        take(late)
    tell()
    for i in running:
        outcome.end(names[i], "stopped")
    if ending is not None:
        return ending
    if limits.work_limit is not None and len(failures) < len(choices):
        return "work"
    # By their own clocks, those that did not fail may be at the end of their time already.
    is_late = math.isfinite(limits.seconds) and len(failures) < len(choices)
    if outcome.values is None and (failures or not is_late):
        nothing, told = Message("model.engines_ended"), "\n".join(failures)
        if failures and all(any(sign in text for sign in _NO_MEMORY) for text in failures):
            raise MemoryError(f"{nothing}\n{told}")
        raise ModelError(nothing, details=told)
    return "time" if is_late else "lost"
