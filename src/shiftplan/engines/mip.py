"""HiGHS branch and cut on the whole program: the bound, and small problems to optimality.

`Task` -> solutions and bounds through the link.
"""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np

from shiftplan.engines.highs import (
    begin_at,
    costs,
    costs_what_it_claims,
    has_solution,
    load,
    whole_values,
)
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.task import Deadline, Ending, Link, Task
from shiftplan.model import Program


def run(task: Task, link: Link, *, patient: bool = True) -> Ending:
    """Branch and cut until proven, stopped, or out of time or nodes (the work limit).

    Unless `patient`, it also ends when the bound has not risen for long. Beside a start, bounds are
    reported once HiGHS has named a solution at the cost that it has (see `highs.costs`); where it
    names one at another cost the search begins again without presolve, and where that ends the same
    way nothing is proven.
    """
    program, deadline = task.program, Deadline(task.seconds)
    start, params = task.start, task.params.branch_and_cut
    if program.matrix.nnz > params.rounds_entries:
        # Its relaxation as a whole may take longer than all the time there is.
        timed = task.work_limit is None
        relaxed = LazyRelaxation(program, task.params, seed=task.seed, timed=timed)
        for relaxation in relaxed.rounds(deadline, link.stopped):
            link.relaxed(relaxation)
        del relaxed
    highs = load(program, whole=True, seed=task.seed)
    if task.seconds < np.inf:
        highs.setOptionValue("time_limit", deadline.left())
    if task.work_limit is not None:
        highs.setOptionValue("mip_max_nodes", task.work_limit)
    known = np.inf
    if start is not None:
        known = program.total(start)
        begin_at(highs, start)
    proven, began = -np.inf, time.monotonic()
    risen = began
    believed, lost = start is None, False

    def improved(event: Any) -> None:
        nonlocal known, believed, lost
        claimed = event.data_out.objective_function_value
        if believed and claimed >= known - 0.5:
            return
        found = np.array(event.data_out.mip_solution)
        believed = costs(program, found, claimed)  # unrounded: it may be whole within 1e-6 only
        lost = lost or not believed
        values = np.round(found)
        if program.total(values) < known - 0.5:
            known = program.total(values)
            link.solution(values)

    def checked(event: Any) -> None:
        nonlocal proven, risen
        now = time.monotonic()
        if believed and event.data_out.mip_dual_bound > proven + 0.5:
            proven, risen = event.data_out.mip_dual_bound, now
            link.bound(proven)
        stale = now - risen > max(params.stale_seconds, params.stale_share * (now - began))
        # HiGHS keeps the last answer, also for a second run.
        event.interrupt(lost or link.stopped() or (stale and proven > -np.inf and not patient))

    def offered(event: Any) -> None:
        nonlocal known
        best = link.best()
        if best is not None and program.total(best) < known - 0.5:
            known = program.total(best)
            event.data_in.setSolution(best)

    highs.cbMipImprovingSolution += improved
    highs.cbMipInterrupt += checked
    if task.work_limit is None:
        # What others offer arrives at moments that no seed repeats.
        highs.cbMipUserSolution += offered
    highs.run()
    if lost or not _agrees(highs, program):
        highs.clearSolver()
        highs.setOptionValue("presolve", "off")
        if task.seconds < np.inf:
            highs.setOptionValue("time_limit", highs.getRunTime() + deadline.left())
        believed = lost = False
        highs.run()
        lost = lost or not _agrees(highs, program)
    status, info = highs.getModelStatus(), highs.getInfo()
    link.note(nodes=float(info.mip_node_count))
    if status == highspy.HighsModelStatus.kInfeasible:
        return "infeasible"
    if has_solution(highs):
        values = whole_values(highs)
        if program.total(values) < known - 0.5 or start is None:
            link.solution(values)
    if lost:
        return "stopped"
    if status == highspy.HighsModelStatus.kOptimal:
        # Whole numbers: tolerances of the solver would round to a bound that is one off.
        link.bound(round(info.objective_function_value))
        return "proven"
    if np.isfinite(info.mip_dual_bound):
        link.bound(info.mip_dual_bound)
    return "stopped"


def _agrees(highs: Any, program: Program) -> bool:
    """Whether the last run found nothing, or something at the cost that it claims."""
    return not has_solution(highs) or costs_what_it_claims(highs, program)
