"""CP-SAT as it comes.

`Program` -> costs, bounds and works over time in a `Trail`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from benchmarks.baselines import Limits, Trail
from shiftplan.engines.cpsat import to_cp_model
from shiftplan.model import Program


class _Reporter(cp_model.CpSolverSolutionCallback):
    def __init__(self, pairs: list[Any], trail: Trail) -> None:
        super().__init__()
        self._pairs, self._trail = pairs, trail

    def on_solution_callback(self) -> None:
        works = np.array([self.value(pair) for pair in self._pairs])
        self._trail.solution(self.objective_value, works)


def run_cpsat(program: Program, limits: Limits, trail: Trail) -> None:
    """CP-SAT with its default parameters, from nothing."""
    model, columns = to_cp_model(program)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = limits.workers
    solver.parameters.random_seed = limits.seed
    if limits.gap:
        solver.parameters.relative_gap_limit = limits.gap
    solver.best_bound_callback = trail.bound
    solver.parameters.max_time_in_seconds = max(0.01, limits.seconds - trail.seconds())
    status = solver.solve(model, _Reporter(columns[: program.num_pairs], trail))
    trail.bound(solver.best_objective_bound)
    trail.infeasible = status == cp_model.INFEASIBLE
