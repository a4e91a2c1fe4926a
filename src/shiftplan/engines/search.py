"""Minimise a program with whatever engines its size calls for, within limits.

`Program` -> engines in this process or in workers -> `Outcome`: best values, bound, and why it
ended. A small program is tried here first; a larger one starts greedily and goes to a team.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from shiftplan.engines.greedy import greedy
from shiftplan.engines.task import Deadline, Task
from shiftplan.engines.team import Report, Team
from shiftplan.engines.worker import run_engine
from shiftplan.errors import ModelError
from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]
Ending = Literal["proven", "infeasible", "time", "work", "interrupt", "gap"]

_QUICK_COLUMNS = 6_000
"""Columns up to which a program is tried in this process first."""
_QUICK_SECONDS = 0.8
_MANY_PAIRS = 3_000
"""Pairs from which an exact search alone is not enough."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search may use."""

    seconds: float = np.inf
    """Time from now on."""
    workers: int = 2
    """Engines side by side."""
    seed: int = 0
    """Seed of everything random."""
    gap: float = 0.0
    """Relative gap that is good enough."""
    work_limit: int | None = None
    """Steps of each engine, in its own unit; None for no limit."""
    cancel: threading.Event | None = None
    """Set by somebody else to end the search."""

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to end."""
        return self.cancel is not None and self.cancel.is_set()


@dataclass
class Outcome:
    """What is known of a program so far."""

    program: Program
    values: Array | None = None
    """Best solution, float of shape (num_columns,)."""
    bound: int | None = None
    """Proven lower bound; costs are whole numbers, so it is rounded up."""
    ending: Ending = "time"
    """Why the search ended."""
    stats: dict[str, Any] = field(default_factory=dict)
    """Engine -> what it did."""

    @property
    def cost(self) -> int | None:
        """Cost of the best solution."""
        return None if self.values is None else round(self.program.total(self.values))

    def offer(self, values: Array) -> bool:
        """Take a solution if it is better."""
        cost = self.cost
        if cost is not None and self.program.total(values) > cost - 0.5:
            return False
        self.values = np.asarray(values, dtype=float)
        return True

    def raise_bound(self, value: float) -> bool:
        """Take a bound if it is tighter."""
        if not np.isfinite(value):
            return False
        bound = int(np.ceil(value - 1e-6 - 1e-9 * abs(value)))
        if self.bound is not None and bound <= self.bound:
            return False
        self.bound = bound
        return True

    def meets(self, gap: float) -> bool:
        """Whether the best solution is proven to be within a relative gap."""
        cost = self.cost
        return cost is not None and self.bound is not None and cost - self.bound <= gap * abs(cost)


class _Here:
    """The link of an engine that runs in this process."""

    def __init__(self, outcome: Outcome, changed: Callable[[], None], limits: Limits) -> None:
        self._outcome, self._changed, self._limits = outcome, changed, limits

    def solution(self, values: Array) -> None:
        if self._outcome.offer(values):
            self._changed()

    def bound(self, value: float) -> None:
        if self._outcome.raise_bound(value):
            self._changed()

    def best(self) -> Array | None:
        return self._outcome.values

    def stopped(self) -> bool:
        return self._limits.cancelled or self._outcome.meets(self._limits.gap)

    def note(self, **facts: float) -> None:
        self._outcome.stats.setdefault("quick try", {}).update(facts)


def minimise(
    program: Program, layout: Layout, limits: Limits, changed: Callable[[Outcome], None]
) -> Outcome:
    """Search until proven or a limit is reached; Ctrl-C ends it like any other limit."""
    outcome = Outcome(program)
    deadline = Deadline(limits.seconds)
    try:
        outcome.ending = _search(program, layout, limits, deadline, outcome, changed)
    except KeyboardInterrupt:
        outcome.ending = "interrupt"
    if outcome.ending != "infeasible" and outcome.meets(0.0):
        outcome.ending = "proven"
    return outcome


def _search(
    program: Program,
    layout: Layout,
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    changed: Callable[[Outcome], None],
) -> Ending:
    def report() -> None:
        changed(outcome)

    settled = _settled(program, outcome)
    if settled is not None:
        return settled
    if limits.work_limit is None and program.num_columns <= _QUICK_COLUMNS:
        ending = _quick(program, layout, limits, deadline, outcome, report)
        if ending is not None:
            return ending
    # Workers take a moment to wake up; the greedy roster is made meanwhile.
    with Team(limits.workers) as team:
        if outcome.values is None:
            values = greedy(program)
            if values is not None and outcome.offer(values):
                report()
        engines = _line_up(program, limits.workers, started=outcome.values is not None)
        tasks = [
            Task(
                engine,
                program,
                layout,
                outcome.values,
                limits.seed + i,
                deadline.left(),
                limits.work_limit,
            )
            for i, engine in enumerate(engines)
        ]
        team.start(tasks)
        return _watch(team, engines, limits, deadline, outcome, report)


def _settled(program: Program, outcome: Outcome) -> Ending | None:
    """What needs no search: rows without columns that cannot hold, or nothing to decide."""
    empty = np.diff(program.matrix.indptr) == 0
    if np.any(program.row_upper[empty] < -1e-6):
        return "infeasible"
    if program.num_columns == 0:
        outcome.offer(np.zeros(0))
        outcome.raise_bound(program.offset)
        return "proven"
    return None


def _quick(
    program: Program,
    layout: Layout,
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> Ending | None:
    """A short exact search in this process; None when it does not settle the program."""
    seconds = min(_QUICK_SECONDS, deadline.left())
    task = Task("mip", program, layout, None, limits.seed, seconds, None)
    ending = run_engine(task, _Here(outcome, report, limits))
    if ending in ("proven", "infeasible"):
        return ending
    if outcome.meets(limits.gap):
        return "gap"
    return "interrupt" if limits.cancelled else None


def _line_up(program: Program, workers: int, *, started: bool) -> list[str]:
    """Engines for a program: one for the bound, and what finds rosters beside it."""
    if not started and program.num_pairs > _MANY_PAIRS:
        engines = ["cpsat", "neighborhoods"]
    elif not started:
        engines = ["mip", "cpsat"]
    elif workers == 1 and program.num_pairs > _MANY_PAIRS:
        engines = ["neighborhoods"]
    else:
        engines = ["mip", "neighborhoods"]
    return [*engines, *["neighborhoods"] * (workers - len(engines))][:workers]


def _watch(
    team: Team,
    engines: list[str],
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> Ending:
    """Gather what a team reports until it is done or a limit is reached."""
    started = time.monotonic()
    running = set(range(len(engines)))
    names = [f"{engine} {i + 1}" for i, engine in enumerate(engines)]
    failures: list[str] = []

    def take(message: Report) -> Ending | None:
        stats = outcome.stats.setdefault(names[message.worker], {"solutions": 0, "bounds": 0})
        if message.kind == "solution" and outcome.offer(message.content):
            stats["solutions"] += 1
            stats["last_solution_at"] = round(time.monotonic() - started, 2)
            team.share(message.content, message.worker)
            report()
        elif message.kind == "bound" and outcome.raise_bound(message.content):
            stats["bounds"] += 1
            report()
        elif message.kind == "note":
            stats.update(message.content)
        elif message.kind in ("ended", "failed", "died"):
            running.discard(message.worker)
            stats["seconds"] = round(time.monotonic() - started, 2)
            if message.kind == "failed":
                failures.append(message.content)
            stats["ended"] = message.content if message.kind == "ended" else message.kind
            if message.content in ("proven", "infeasible"):
                ending: Ending = message.content
                return ending
        return None

    try:
        while running:
            if outcome.meets(0.0):
                return "proven"
            if outcome.meets(limits.gap):
                return "gap"
            if limits.cancelled:
                return "interrupt"
            if deadline.left() <= 0:
                return "time"
            message = team.report(min(0.1, deadline.left()))
            ending = None if message is None else take(message)
            if ending is not None:
                return ending
    finally:
        for late in team.stop():
            take(late)
    if failures and outcome.values is None:
        raise ModelError(f"all engines failed:\n{failures[0]}")
    return "time" if limits.work_limit is None else "work"
