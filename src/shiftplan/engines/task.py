"""What a search may use, what an engine is given, and what is known so far.

`Limits` -> `Task` -> an engine -> reports through a `Link` -> `Outcome`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args

import numpy as np

from shiftplan.engines.params import DEFAULTS, SearchOptions, SearchParams
from shiftplan.engines.trend import Trend
from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]
Engine = Literal["mip", "proof", "neighborhoods", "cpsat", "pricing", "schedules"]
"""Modules of this package with a function `run(task, link)`, which a worker calls."""
ENGINES: tuple[Engine, ...] = get_args(Engine)
Ending = Literal["proven", "infeasible", "stopped"]
"""Why an engine ended: its bound meets its roster, no solution exists, or a limit was reached."""
SearchEnding = Literal["proven", "infeasible", "time", "work", "interrupt", "gap", "idle", "lost"]
"""Why a search ended; `idle`: it gained too little, `lost`: every engine failed, or was killed,
before a limit was reached."""
EPS = 1e-6
"""Difference that is rounding."""
NO_BOUND = 1e30
"""Upper bound of a row that asks nothing."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A program without integrality, and perhaps without some of its rows, near its optimum."""

    bound: float
    """A lower bound on every solution's cost, recomputed from the duals."""
    values: Array
    """Float of shape (num_columns,)."""
    reduced: Array
    """Reduced costs, float of shape (num_columns,)."""
    duals: Array
    """What a row's upper bound is worth, never positive, float of shape (num_rows,)."""
    slow: bool = False
    """Whether it takes a method that is slow to come nearer."""


@dataclass(frozen=True, slots=True)
class Task:
    """One engine's work."""

    engine: Engine
    program: Program
    layout: Layout
    """Whom, where and when each pair concerns."""
    start: Array | None
    """Values of all columns of a known solution; None when there is none yet."""
    seed: int
    seconds: float
    """Time the engine may take, from `run` on; infinite for no limit."""
    work_limit: int | None
    """Steps the engine may take, in its own unit; None for no limit."""
    patience: float = 0.0
    """Time in which branch and cut improves the roster with the others before it begins."""
    guide: Relaxation | None = None
    """What is known of the relaxation; None when the engine has to find out."""
    params: SearchParams = DEFAULTS


class Link(Protocol):
    """The way back: engines report as they go, and look up what others found."""

    def solution(self, values: Array) -> None:
        """Report a better solution, float of shape (num_columns,), all whole numbers."""

    def bound(self, value: float) -> None:
        """Report a proven lower bound on the cost."""

    def relaxed(self, relaxation: Relaxation) -> None:
        """Report what a round of the relaxation says; its bound counts."""

    def guide(self) -> Relaxation | None:
        """The last relaxation that another engine reported; None when there is none."""

    def best(self) -> Array | None:
        """Values of the best solution anybody has found; None when there is none."""

    def stopped(self) -> bool:
        """Whether the engine shall end."""

    def note(self, **facts: float) -> None:
        """Report figures about the work, for the statistics."""


def _nothing() -> float:
    return 0.0


class Deadline:
    """Seconds that are left of a task, less those kept for what comes after it."""

    def __init__(self, seconds: float, kept: Callable[[], float] = _nothing) -> None:
        self._end, self._kept = time.monotonic() + seconds, kept

    def left(self) -> float:
        """Seconds left, 0 when over."""
        return max(0.0, self.whole() - self._kept())

    def whole(self) -> float:
        """Seconds left with those kept, negative when over."""
        return self._end - time.monotonic()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a search may use."""

    seconds: float = np.inf
    """Time from now on."""
    kept: Callable[[], float] = _nothing
    """Seconds of it that are kept for what comes after; they may change while it is used."""
    workers: int = 2
    """Engines side by side."""
    seed: int = 0
    gap: float = 0.0
    """Relative gap that is good enough."""
    work_limit: int | None = None
    """Steps of each engine, in its own unit; None for no limit."""
    idle_limit: float | None = None
    """Seconds over which a gain is measured; the search ends if it is too little. None for never.
    """
    least_gain: float = 0.0
    """Share of the cost that must be gained a minute; 0 for any gain."""
    cancels: tuple[threading.Event, ...] = ()
    """The search ends when somebody sets one of them."""
    interrupted: threading.Event = field(default_factory=threading.Event)
    """Set once a search was interrupted by an exception: others within these limits end too."""
    params: SearchParams = DEFAULTS

    @classmethod
    def of(cls, options: SearchOptions, stop: threading.Event) -> Limits:
        """Those of a call, which ends when `stop` is set."""
        return cls(
            seconds=options.seconds,
            workers=options.engines,
            seed=options.seed,
            gap=options.gap,
            work_limit=options.work_limit,
            idle_limit=options.idle_window,
            least_gain=options.least_gain,
            cancels=(stop,),
            params=options.params,
        )

    @property
    def cancelled(self) -> bool:
        return any(cancel.is_set() for cancel in (*self.cancels, self.interrupted))


def whole_bound(value: float) -> int:
    """The whole number that a finite bound proves, where costs are whole numbers.

    It is rounded up, less what the arithmetic of the bound may be off: 1e-6, and 1e-9 of it.
    """
    return math.ceil(value - 1e-6 - 1e-9 * abs(value))


@dataclass
class Outcome:
    """What is known of a program so far."""

    program: Program
    values: Array | None = None
    """Best solution, float of shape (num_columns,)."""
    bound: int | None = None
    """Proven lower bound; costs are whole numbers, so it is rounded up. None before the first."""
    least: float = -math.inf
    """A cost that no solution is below, known without search; bounds of engines below it say that
    much. It is no bound by itself: as long as `bound` is None, nothing is said."""
    ending: SearchEnding = "time"
    stats: dict[str, Any] = field(default_factory=dict)
    """Engine -> what it is there for, how long it ran, what it found and saved, why it ended."""
    _began: float = field(default_factory=time.monotonic)
    _costs: Trend = field(default_factory=Trend, init=False)
    _bounds: Trend = field(default_factory=Trend, init=False)
    _costed: Array | None = field(default=None, init=False)
    _cost: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if self.cost is not None:
            self._costs.add(self.cost)

    @property
    def cost(self) -> int | None:
        if self.values is not self._costed:
            # Kept: it is asked for many times a second, and a product wakes numpy's threads, which
            # then take half a core from the workers.
            self._costed, self._cost = self.values, None
            if self.values is not None:
                self._cost = round(self.program.total(self.values))
        return self._cost

    def offer(self, values: Array, by: str) -> bool:
        """Take a solution of an engine if it is better and holds."""
        before = self.cost
        if before is not None and self.program.total(values) > before - 0.5:
            return False
        if not holds(self.program, values):
            return False
        self.values = np.asarray(values, dtype=float)
        cost = round(self.program.total(values))
        self._costs.add(cost)
        facts = self.facts(by)
        facts["solutions"] = facts.get("solutions", 0) + 1
        facts["saved"] = facts.get("saved", 0) + (0 if before is None else before - cost)
        facts |= {"best_cost": cost, "last_solution_at": self._passed()}
        return True

    def raise_bound(self, value: float, by: str) -> bool:
        """Take a bound of an engine if it is tighter."""
        if not np.isfinite(value):
            return False
        bound = whole_bound(max(value, self.least))
        if self.bound is not None and bound <= self.bound:
            return False
        self.bound = bound
        self._bounds.add(bound)
        facts = self.facts(by)
        facts["bounds"] = facts.get("bounds", 0) + 1
        facts |= {"best_bound": bound, "last_bound_at": self._passed()}
        return True

    def facts(self, by: str) -> dict[str, Any]:
        """What is known of an engine's work; add to it."""
        found: dict[str, Any] = self.stats.setdefault(by, {})
        return found

    def end(self, by: str, ended: str) -> None:
        self.facts(by).update(ended=ended, ended_at=self._passed())

    def _passed(self) -> float:
        return round(time.monotonic() - self._began, 2)

    @property
    def is_proven(self) -> bool:
        """Whether the bound proves the best solution, within the precision of bounds."""
        cost = self.cost
        return cost is not None and self.bound is not None and self.bound >= whole_bound(cost)

    def close(self) -> None:
        """The best solution is proven: no bound that was rounded for safety stays below it."""
        cost = self.cost
        if cost is not None and (self.bound is None or self.bound < cost):
            self.bound = cost

    def meets(self, gap: float) -> bool:
        """Whether the best solution is proven to be within a relative gap."""
        cost = self.cost
        return cost is not None and self.bound is not None and cost - self.bound <= gap * abs(cost)

    def rests(self, seconds: float, least_gain: float, least_rise: float) -> bool:
        """Whether a search brought too little over its last seconds.

        That is so if a solution and a bound are as old, the solution became cheaper by no more
        than `least_gain` of its cost a minute, and the bound rose by no more than `least_rise` of
        itself: while it rises, engines are still at the relaxation that leads to better solutions.
        """
        change, risen = self._costs.change(seconds), self._bounds.change(seconds)
        if change is None or risen is None or self.cost is None or self.bound is None:
            return False
        is_vain = -change <= least_gain * abs(self.cost) * seconds / 60
        return is_vain and risen <= least_rise * abs(self.bound)


def holds(program: Program, values: Array) -> bool:
    """Whether values satisfy all rows and column bounds; a failing solver may report others."""
    inside = np.all((values >= -EPS) & (values <= program.upper + EPS))
    return bool(inside and np.all(program.matrix @ values <= program.row_upper + EPS))
