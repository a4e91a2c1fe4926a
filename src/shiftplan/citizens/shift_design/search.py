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

from shiftplan.citizens.shift_design.judged import DesignedShift
from shiftplan.citizens.shift_design.prices import PARTS
from shiftplan.citizens.shift_design.program import DesignProgram
from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.task import EPS, Relaxation, holds, whole_bound
from shiftplan.model import Program

Array = np.ndarray[Any, Any]
_NEAR = 1.0
"""Reduced cost up to which unused columns are in the second search."""
_USED = 0.05
"""Part of a time that the relaxation uses at least for other columns of it to be in the second."""
_SHARE = 0.5
"""Part of the time that is left for each of the first searches."""
_RELAXED = 10.0
"""Seconds for the relaxation of a part, however little time there is: nothing is good without."""
_LARGE = 300_000
"""Entries of a program beyond which its relaxation is solved by an interior point method."""
_FIRST = 1.0
"""Seconds for a first solution of a part, however little time there is."""
_GOOD = 0.002
"""Gap at which the first searches of a part end."""


@dataclass(frozen=True, slots=True)
class DesignLimits:
    """What a search may use."""

    end: float
    """Moment by `time.monotonic` at which it ends; infinite for none."""
    workers: int
    seed: int
    stop: threading.Event
    """When it is set, the search ends with what it has."""

    def share(self, part: float) -> DesignLimits:
        """Those of a first part of the search."""
        now = time.monotonic()
        return replace(self, end=now + part * (self.end - now))

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
        self.near: Array | None = None
        """Columns among which a good solution is known to be, bool of shape (num_columns,)."""
        self.is_searched = False
        """Whether a search of all columns came to its end: another one would find the same."""
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

    def start_near(self, shifts: Sequence[DesignedShift]) -> None:
        """Search first at the times of some shifts, which are one for each day of the period."""
        self.near = self.made.at_times({shift.time for shift in shifts})
        people = {
            (shift.center_id, shift.time, shift.day, of): count
            for shift in shifts
            for of, count in shift.people.items()
        }
        values = np.zeros(self.program.num_columns)
        for column, (candidate, _, day, of, _) in self.made.seats.items():
            values[column] = people.get((candidate.center_id, candidate.time, day, of), 0)
        if values.any():
            self._take(self._with_people(values))

    def begin(self, limits: DesignLimits, seconds: float) -> None:
        """Search among the columns that the relaxation uses, or where a good solution is known."""
        until = time.monotonic() + seconds
        known = near = self.near
        if near is None:
            self._relax(limits, max(seconds, _RELAXED))
            if self._relaxed is None:
                return
            near = self._relaxed.values > EPS
            used = {t for (_, t), c in self.made.times.items() if self._relaxed.values[c] >= _USED}
            self.near = near | (self.made.at_times(used) & (self._relaxed.reduced <= _NEAR))
            self._take(self._rounded(self._relaxed.values))
        until = max(until, time.monotonic() + _FIRST)
        self._search(near, limits, until - time.monotonic(), gap=_GOOD)
        if known is not None and time.monotonic() < until:
            self.near = None  # the same search again would find the same

    def go_on(self, limits: DesignLimits, seconds: float) -> None:
        """Search among more columns: first those near, then all that a cheaper solution may use."""
        until = time.monotonic() + seconds
        if self._relaxed is None:
            self._relax(limits, seconds)
        if self.near is not None:
            near, self.near = self.near, None
            self._search(near, limits, until - time.monotonic(), gap=_GOOD)
            return
        may = np.ones(self.program.num_columns, dtype=bool)
        if self._relaxed is not None:
            room = (self.cost - self._unit) / PARTS - self._relaxed.bound
            may = (self._relaxed.values > EPS) | (self._relaxed.reduced <= room + EPS)
        bound = self._search(may, limits, until - time.monotonic(), gap=0.0)
        self._raise(min(bound, self.cost / PARTS))
        self.is_searched = time.monotonic() < until and not limits.stop.is_set()

    def _relax(self, limits: DesignLimits, seconds: float) -> None:
        """Solve the relaxation, if there is time."""
        highs = load(self.program, whole=False, seed=limits.seed)
        if self.program.matrix.nnz > _LARGE:
            highs.setOptionValue("solver", "ipm")
        self._run(highs, limits, seconds)
        if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            solution = highs.getSolution()
            values, duals = np.array(solution.col_value), np.array(solution.row_dual)
            reduced, bound = self.program.reduced(duals), self.program.least(duals)
            self._relaxed = Relaxation(bound, values, reduced, duals)
            self._raise(bound)

    def _search(self, may: Array, limits: DesignLimits, seconds: float, *, gap: float) -> float:
        """Search by branch and cut with some columns; return a bound on solutions of these."""
        program = replace(self.program, upper=np.where(may, self.program.upper, 0.0))
        highs = load(program, whole=self._whole, seed=limits.seed)
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("mip_abs_gap", 0.999 * self._unit / PARTS)
        self._run(highs, limits, seconds)
        if has_solution(highs):
            self._take(self._settled(np.array(highs.getSolution().col_value)))
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
        highs.cbIpmInterrupt += checked
        highs.run()

    def _take(self, values: Array | None) -> None:
        """Keep a solution if it is the best so far."""
        if values is not None and round(self.program.total(values) * PARTS) < self.cost:
            self.values = values

    def _rounded(self, values: Array) -> Array | None:
        """A solution with the people of a relaxation, rounded; None where that breaks rows."""
        rounded = (self._with_people(whole) for whole in (np.round(values), np.floor(values + EPS)))
        return next((found for found in rounded if found is not None), None)

    def _settled(self, values: Array) -> Array | None:
        """The cheapest solution with the same whole columns; None where there is none.

        Once these are given, the rows are those of a network: people in shifts are whole at a
        vertex. Then who is missing or too many follows from who is there.
        """
        if np.abs(values - np.round(values)).max(initial=0.0) > EPS:
            found = self._with(np.round(values), self._whole)
            if found is None:
                return None
            values = found
        return self._with_people(np.round(values), *self.made.breaks)

    def _with_people(self, values: Array, *breaks: int) -> Array | None:
        """The cheapest solution with the same people in shifts, and on these breaks; or None."""
        decided = np.zeros(self.program.num_columns, dtype=bool)
        decided[[*self.made.seats, *breaks]] = True
        found = self._with(values, decided, whole=True)
        if found is None:
            return None
        found = np.round(found)
        return found if holds(self.program, found) else None

    def _with(self, values: Array, given: Array, *, whole: bool = False) -> Array | None:
        """The cheapest values of all columns where some are given; None where there are none.

        A search that ends early may leave somebody missing and somebody too many at once, or a time
        that nobody uses.
        """
        core, lower = self.program.core(), np.where(given, values, 0.0)
        upper = np.where(given, values, self.program.upper)
        kept = Program.part(core.matrix, core.row_upper, upper, cost=core.cost)
        highs = load(kept, whole=self._whole if whole else False, seed=0, lower=lower)
        highs.setOptionValue("solver", "simplex")
        highs.setOptionValue("time_limit", _RELAXED)
        highs.setOptionValue("mip_abs_gap", 0.999 * self._unit / PARTS)
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(highs.getSolution().col_value)


def search(parts: Sequence[DesignPart], limits: DesignLimits) -> None:
    """Search all parts: each for a good solution first, then those with the largest gaps.

    The small ones come first: what they leave of their time is for the others.
    """
    _each(
        sorted(parts, key=lambda part: part.program.matrix.nnz),
        DesignPart.begin,
        limits.share(_SHARE),
        _FIRST,
    )
    while not limits.stop.is_set() and time.monotonic() < limits.end:
        left = [part for part in parts if not part.is_proven and not part.is_searched]
        if not left:
            break
        left.sort(key=lambda part: part.bound - part.cost)
        is_near = any(part.near is not None for part in left)
        _each(left, DesignPart.go_on, limits.share(_SHARE) if is_near else limits)


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
