"""The cheapest solution of each part of a design, and a bound on every other.

`DesignPart`s -> solutions and bounds, within a time.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from shiftplan.citizens.shift_design.prices import PARTS
from shiftplan.citizens.shift_design.program import DesignProgram
from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.task import EPS, Relaxation, holds, whole_bound
from shiftplan.model import Program

Array = np.ndarray[Any, Any]
_NEAR = 1.0
"""Reduced cost up to which unused columns are in the first search."""
_FIRST = 0.5
"""Seconds for a first solution of a part, however little time there is."""
_GOOD = 0.002
"""Gap at which the first search of a part ends."""


@dataclass(frozen=True, slots=True)
class DesignLimits:
    """What a search may use."""

    end: float
    """Moment by `time.monotonic` at which it ends; infinite for none."""
    workers: int
    seed: int
    stop: threading.Event
    """When it is set, the search ends with what it has."""

    def seconds(self, tasks: int) -> float:
        """Time for each of some tasks that are left."""
        left = self.end - time.monotonic()
        return max(0.0, left * min(self.workers, tasks) / max(1, tasks))


class DesignPart:
    """A program that hangs together, and what is known of it; costs in parts, whole numbers."""

    def __init__(self, made: DesignProgram) -> None:
        self.made = made
        self.program, self._whole = made.program()
        self.values = made.nobody()
        """The best solution, float of shape (num_columns,)."""
        self.bound = 0
        """No solution costs less."""
        self._unit = math.gcd(*made.cost) or 1
        self._relaxed: Relaxation | None = None

    @property
    def cost(self) -> int:
        """What the best solution costs."""
        return round(self.program.total(self.values) * PARTS)

    @property
    def is_proven(self) -> bool:
        """Whether no solution costs less."""
        return self.bound >= self.cost

    def begin(self, limits: DesignLimits, seconds: float) -> None:
        """Solve the relaxation, and search among the columns that it uses or nearly does."""
        highs = load(self.program, whole=False, seed=limits.seed)
        self._run(highs, limits, seconds)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return
        solution = highs.getSolution()
        values, duals = np.array(solution.col_value), np.array(solution.row_dual)
        reduced, bound = self.program.reduced(duals), self.program.least(duals)
        self._relaxed = Relaxation(bound, values, reduced, duals)
        self._raise(bound)
        near = (values > EPS) | (reduced <= _NEAR)
        self._search(near, limits, seconds - highs.getRunTime(), gap=_GOOD)

    def go_on(self, limits: DesignLimits, seconds: float) -> None:
        """Search among all columns that a cheaper solution may use."""
        may = np.ones(self.program.num_columns, dtype=bool)
        if self._relaxed is not None:
            room = (self.cost - self._unit) / PARTS - self._relaxed.bound
            may = (self._relaxed.values > EPS) | (self._relaxed.reduced <= room + EPS)
        bound = self._search(may, limits, seconds, gap=0.0)
        self._raise(min(bound, self.cost / PARTS))

    def _search(self, may: Array, limits: DesignLimits, seconds: float, *, gap: float) -> float:
        """Search by branch and cut with some columns; return a bound on solutions of these."""
        program = replace(self.program, upper=np.where(may, self.program.upper, 0.0))
        highs = load(program, whole=self._whole, seed=limits.seed)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("mip_abs_gap", 0.999 * self._unit / PARTS)
        self._run(highs, limits, seconds)
        if has_solution(highs):
            found = self._made_whole(program, np.array(highs.getSolution().col_value))
            if found is not None and round(self.program.total(found) * PARTS) < self.cost:
                self.values = found
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return math.inf  # nothing is cheaper than what is known
        return float(highs.getInfo().mip_dual_bound)

    def _raise(self, bound: float) -> None:
        if np.isfinite(bound):
            whole = whole_bound(bound * PARTS / self._unit) * self._unit
            self.bound = min(max(self.bound, whole), self.cost)

    def _run(self, highs: Any, limits: DesignLimits, seconds: float) -> None:
        if np.isfinite(seconds):
            highs.setOptionValue("time_limit", max(0.0, seconds))

        def checked(event: Any) -> None:
            event.interrupt(limits.stop.is_set())

        highs.cbMipInterrupt += checked
        highs.cbSimplexInterrupt += checked
        highs.run()

    def _made_whole(self, program: Program, values: Array) -> Array | None:
        """The cheapest solution with the same whole columns; None if there is none.

        Once these are given, the rows are those of a network, or nothing else is left: the others
        are whole at a vertex.
        """
        if np.abs(values - np.round(values)).max(initial=0.0) > EPS:
            core, fixed = program.core(), np.round(values)
            lower = np.where(self._whole, fixed, 0.0)
            upper = np.where(self._whole, fixed, program.upper)
            kept = Program.part(core.matrix, core.row_upper, upper, cost=core.cost)
            highs = load(kept, whole=False, seed=0, lower=lower)
            highs.setOptionValue("solver", "simplex")
            highs.run()
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            values = np.array(highs.getSolution().col_value)
        values = self._cheapest(np.round(values))
        return values if holds(self.program, values) else None

    def _cheapest(self, values: Array) -> Array:
        """The cheapest solution with the same people in shifts and on breaks.

        A search that ends early may leave somebody missing and somebody too many at once, or a time
        that nobody uses.
        """
        decided = np.zeros(self.program.num_columns, dtype=bool)
        decided[[*self.made.seats, *self.made.breaks]] = True
        core = self.program.core()
        lower = np.where(decided, values, 0.0)
        upper = np.where(decided, values, self.program.upper)
        kept = Program.part(core.matrix, core.row_upper, upper, cost=core.cost)
        highs = load(kept, whole=self._whole, seed=0, lower=lower)
        highs.setOptionValue("mip_abs_gap", 0.999 * self._unit / PARTS)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return values
        return np.round(np.array(highs.getSolution().col_value))


def search(parts: Sequence[DesignPart], limits: DesignLimits) -> None:
    """Search all parts: each for a good solution first, then those with the largest gaps.

    The small ones come first: what they leave of their time is for the others.
    """
    _each(sorted(parts, key=lambda part: part.program.matrix.nnz), DesignPart.begin, limits, _FIRST)
    while not limits.stop.is_set() and time.monotonic() < limits.end:
        left = [part for part in parts if not part.is_proven]
        if not left:
            break
        left.sort(key=lambda part: part.bound - part.cost)
        _each(left, DesignPart.go_on, limits)


def _each(
    parts: Sequence[DesignPart],
    search_one: Callable[[DesignPart, DesignLimits, float], None],
    limits: DesignLimits,
    least: float = 0.0,
) -> None:
    """Search parts side by side, each in its share of the time that is left, or in the least."""
    counted = iter(range(len(parts), 0, -1))
    lock = threading.Lock()

    def one(part: DesignPart) -> None:
        with lock:
            left = next(counted)
        if not limits.stop.is_set():
            search_one(part, limits, max(least, limits.seconds(left)))

    with ThreadPoolExecutor(limits.workers) as pool:
        list(pool.map(one, parts))
