"""CBC and SCIP as OR-Tools ships them: their last roster and bound, and nothing on the way.

`Program` -> OR-Tools' model of it -> the end in a `Trail`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.linear_solver import linear_solver_pb2, pywraplp

from benchmarks.baselines import Limits, Trail
from shiftplan.model import Program


def run_linear(name: str, program: Program, limits: Limits, trail: Trail) -> None:
    """A solver, by its name in OR-Tools, with its default settings, from nothing.

    Both are built for one thread there. SCIP gets the seed; CBC takes none.
    """
    solver: Any = pywraplp.Solver.CreateSolver(name)
    solver.LoadModelFromProto(_to_proto(program))
    if name == "SCIP":
        seed = f"randomization/randomseedshift = {limits.seed}"
        solver.SetSolverSpecificParametersAsString(seed)
    parameters: Any = pywraplp.MPSolverParameters()
    if limits.gap:
        parameters.SetDoubleParam(parameters.RELATIVE_MIP_GAP, limits.gap)
    solver.SetTimeLimit(max(1, round(1000 * (limits.seconds - trail.seconds()))))
    status = solver.Solve(parameters)
    trail.infeasible = status == solver.INFEASIBLE
    if status in (solver.OPTIMAL, solver.FEASIBLE):
        values = np.array([column.solution_value() for column in solver.variables()])
        trail.solution(solver.Objective().Value(), values[: program.num_pairs])
    if not trail.infeasible:
        trail.bound(solver.Objective().BestBound())


def _to_proto(program: Program) -> Any:
    model = linear_solver_pb2.MPModelProto(objective_offset=program.offset)
    for cost, upper in zip(program.cost.tolist(), program.upper.tolist(), strict=True):
        model.variable.add(
            lower_bound=0, upper_bound=upper, objective_coefficient=cost, is_integer=True
        )
    matrix = program.matrix
    ends, columns, data = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    for i, upper in enumerate(program.row_upper.tolist()):
        entries = slice(ends[i], ends[i + 1])
        model.constraint.add(
            var_index=columns[entries], coefficient=data[entries], upper_bound=upper
        )
    return model
