"""CP-SAT on a program, or on a part of one: exact, for small and logic-heavy problems.

`Task` -> solutions and bounds through the link.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from shiftplan.engines.task import EPS, Array, Ending, Link, Task
from shiftplan.errors import ModelError
from shiftplan.errors.message import Message
from shiftplan.model import Program

_TIMES = 1_000_000
"""How often rows with fractions count in a solver of whole numbers."""


def to_cp_model(program: Program) -> tuple[cp_model.CpModel, list[Any]]:
    """The program as a CP-SAT model, and its variables in the order of the columns.

    Rows with fractions are a little looser in it: what it proves holds, but its solutions may break
    them.
    """
    model = cp_model.CpModel()
    columns = [model.new_int_var(0, int(upper), "") for upper in program.upper]
    matrix = program.matrix
    indptr = matrix.indptr.tolist()
    times = np.where(_has_fractions(matrix), _TIMES, 1)
    entries = np.floor(matrix.data * np.repeat(times, np.diff(matrix.indptr)) + 1e-6)
    index, data = matrix.indices.tolist(), entries.astype(int).tolist()
    upper = np.floor(program.row_upper * times + times * 1e-6).astype(int).tolist()
    for first, last, bound in zip(indptr, indptr[1:], upper, strict=False):
        row = cp_model.LinearExpr.weighted_sum(
            [columns[i] for i in index[first:last]], data[first:last]
        )
        model.add(row <= bound)
    priced = np.flatnonzero(program.cost).tolist()
    prices = np.round(program.cost[priced]).astype(int).tolist()
    cost = cp_model.LinearExpr.weighted_sum([columns[i] for i in priced], prices)
    model.minimize(cost + round(program.offset))
    return model, columns


def _has_fractions(matrix: sparse.csr_array) -> Array:
    """Whether each row has entries that are no whole numbers, bool of shape (rows,)."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    fractions = np.abs(matrix.data - np.rint(matrix.data)) > EPS
    return np.bincount(row[fractions], minlength=matrix.shape[0]) > 0


class _Reporter(cp_model.CpSolverSolutionCallback):
    def __init__(self, columns: list[Any], link: Link) -> None:
        super().__init__()
        self._columns, self._link = columns, link

    def on_solution_callback(self) -> None:
        self._link.solution(np.array([float(self.value(c)) for c in self._columns]))
        self._link.bound(self.best_objective_bound)


def run(task: Task, link: Link) -> Ending:
    """Search until proven, stopped, or out of time or deterministic seconds (the work limit)."""
    model, columns = _hinted(task.program, task.start)
    solver = _solver(task.seed, task.seconds, task.work_limit)
    solver.best_bound_callback = link.bound
    status = _solved(solver, model, link.stopped, _Reporter(columns, link))
    if status == cp_model.INFEASIBLE:
        return "infeasible"
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        link.solution(np.array([float(solver.value(c)) for c in columns]))
        link.bound(solver.best_objective_bound)
    return "proven" if status == cp_model.OPTIMAL else "stopped"


def improve(
    part: Program, start: Array, *, seed: int, seconds: float, work: float | None
) -> Array | None:
    """A better solution of a small program; None when none was found.

    `seconds` are those of the clock, `work` those that CP-SAT counts, the same on every machine.
    """
    model, columns = _hinted(part, start)
    solver = _solver(seed, seconds, work)
    if _solved(solver, model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    values = np.array([float(solver.value(c)) for c in columns])
    return values if part.total(values) < part.total(start) - 0.5 else None


def is_infeasible(program: Program, *, seconds: float, stopped: Callable[[], bool]) -> bool | None:
    """Whether a program has no solution; None when time ran out, or `stopped` said so, before."""
    model, _ = to_cp_model(program)
    status = _solved(_solver(0, seconds, None), model, stopped)
    return None if status == cp_model.UNKNOWN else bool(status == cp_model.INFEASIBLE)


def _solved(
    solver: cp_model.CpSolver,
    model: cp_model.CpModel,
    stopped: Callable[[], bool] = lambda: False,
    reporter: cp_model.CpSolverSolutionCallback | None = None,
) -> Any:
    """The status that a solver ends with, on its own or once `stopped` says so."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            if stopped():
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = solver.solve(model, reporter)
    finally:
        ended.set()
        watcher.join()
    if status == cp_model.MODEL_INVALID:
        raise ModelError(Message("model.refused_by_cpsat", why=model.validate()))
    return status


def _hinted(program: Program, start: Array | None) -> tuple[cp_model.CpModel, list[Any]]:
    model, columns = to_cp_model(program)
    if start is not None:
        for column, value in zip(columns, start.tolist(), strict=True):
            model.add_hint(column, round(value))
    return model, columns


def _solver(seed: int, seconds: float, work: float | None) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = seed % 2**31
    parameters.linearization_level = 2
    parameters.catch_sigint_signal = False  # it would take Ctrl-C away from its handler
    if seconds < np.inf:
        parameters.max_time_in_seconds = seconds
    if work is not None:
        parameters.max_deterministic_time = work
    return solver
