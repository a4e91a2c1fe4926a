"""Other ways to minimise the same program: solvers as they come, and the greedy start alone.

`Program` -> a baseline -> costs, bounds and works over time in a `Trail`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.params import DEFAULTS
from shiftplan.model import Program

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A solution on the way."""

    seconds: float
    """Time from the call."""
    cost: float
    """Cost by the solver's own count."""
    works: Array
    """Value of each pair, bool of shape (num_pairs,)."""


@dataclass
class Trail:
    """What an engine reports as it goes; its clock starts when it is made."""

    found: list[Found] = field(default_factory=list)
    """Better and better solutions."""
    bounds: list[tuple[float, int]] = field(default_factory=list)
    """Seconds and a proven bound, rising."""
    infeasible: bool = False
    """Whether the engine says that there is no solution."""
    start: float = field(default_factory=time.monotonic)
    """Moment of the call."""

    def seconds(self) -> float:
        return time.monotonic() - self.start

    def solution(self, cost: float, works: Array) -> None:
        """Note a solution if it is better than the last one."""
        if not self.found or cost < self.found[-1].cost - 0.5:
            self.found.append(Found(self.seconds(), cost, works > 0.5))

    def bound(self, value: float) -> None:
        """Note a bound if it is higher.

        Costs are whole numbers, so it is rounded up, less the tolerance of floating-point solvers.
        """
        if not np.isfinite(value):
            return
        bound = int(np.ceil(value - 1e-6 * max(1.0, abs(value))))
        if not self.bounds or bound > self.bounds[-1][1]:
            self.bounds.append((self.seconds(), bound))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a baseline may use."""

    seconds: float
    """Time from the trail's start on."""
    workers: int
    """Threads."""
    seed: int
    """Seed of everything random."""
    gap: float
    """Relative gap at which it ends; 0 leaves the solver's own setting."""


def run_highs(program: Program, limits: Limits, trail: Trail) -> None:
    """HiGHS branch and cut with its default settings, from nothing."""
    highs = load(program, whole=True, seed=0)
    highs.resetOptions()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", limits.workers)
    highs.setOptionValue("random_seed", limits.seed)
    if limits.gap:
        highs.setOptionValue("mip_rel_gap", limits.gap)

    def improved(event: Any) -> None:
        out = event.data_out
        trail.solution(
            out.objective_function_value, np.array(out.mip_solution)[: program.num_pairs]
        )

    def passed(event: Any) -> None:
        trail.bound(event.data_out.mip_dual_bound)

    highs.cbMipImprovingSolution += improved
    highs.cbMipInterrupt += passed
    highs.cbMipLogging += passed
    highs.setOptionValue("time_limit", max(0.0, limits.seconds - trail.seconds()))
    highs.run()
    info = highs.getInfo()
    if has_solution(highs):
        values = np.array(highs.getSolution().col_value)
        trail.solution(info.objective_function_value, values[: program.num_pairs])
    trail.bound(info.mip_dual_bound)
    trail.infeasible = highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    # Threads are a setting of the whole process; whoever runs HiGHS next may want another number.
    highspy.Highs.resetGlobalScheduler(True)


def run_cpsat(program: Program, limits: Limits, trail: Trail) -> None:
    """CP-SAT with its default parameters, from nothing."""
    # Its library would count in the memory of every other engine.
    from benchmarks.cpsat import run_cpsat as run

    run(program, limits, trail)


def run_cbc(program: Program, limits: Limits, trail: Trail) -> None:
    """CBC with its default settings, from nothing."""
    from benchmarks.linear import run_linear

    run_linear("CBC", program, limits, trail)


def run_scip(program: Program, limits: Limits, trail: Trail) -> None:
    """SCIP with its default settings, from nothing."""
    from benchmarks.linear import run_linear

    run_linear("SCIP", program, limits, trail)


def run_greedy(program: Program, limits: Limits, trail: Trail) -> None:
    """The greedy start of shiftplan, and nothing after it."""
    values = greedy(program, DEFAULTS, lambda: trail.seconds() >= limits.seconds)
    if values is not None:
        trail.solution(program.total(values), values[: program.num_pairs])


BASELINES: Mapping[str, Callable[[Program, Limits, Trail], None]] = {
    "highs": run_highs,
    "cpsat": run_cpsat,
    "cbc": run_cbc,
    "scip": run_scip,
    "greedy": run_greedy,
}
"""Name of a baseline -> how it runs."""
