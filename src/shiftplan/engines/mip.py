"""HiGHS branch and cut on the whole program: the bound, and small problems to optimality.

`Task` -> solutions and bounds through the link.
"""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np

from shiftplan.engines.envelope import tightened
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
    program, deadline, start = task.program, Deadline(task.seconds), task.start
    if program.matrix.nnz > task.params.branch_and_cut.rounds_entries:
        # Its relaxation as a whole may take longer than all the time there is.
        timed = task.work_limit is None
        relaxed = LazyRelaxation(program, task.params, seed=task.seed, timed=timed)
        for relaxation in relaxed.rounds(deadline, link.stopped):
            link.relaxed(relaxation)
        del relaxed
    highs = load(_tight(task, link, deadline), whole=True, seed=task.seed)
    if task.seconds < np.inf:
        highs.setOptionValue("time_limit", deadline.left())
    if task.work_limit is not None:
        highs.setOptionValue("mip_max_nodes", task.work_limit)
    if start is not None:
        begin_at(highs, start)
    watch = _HighsRun(task, link, patient=patient)
    highs.cbMipImprovingSolution += watch.improved
    highs.cbMipInterrupt += watch.checked
    if task.work_limit is None:
        # What others offer arrives at moments that no seed repeats.
        highs.cbMipUserSolution += watch.offered
    highs.run()
    if watch.lost or not _agrees(highs, program):
        highs.clearSolver()
        highs.setOptionValue("presolve", "off")
        if task.seconds < np.inf:
            highs.setOptionValue("time_limit", highs.getRunTime() + deadline.left())
        watch.believed = watch.lost = False
        highs.run()
        watch.lost = watch.lost or not _agrees(highs, program)
    status, info = highs.getModelStatus(), highs.getInfo()
    link.note(nodes=float(info.mip_node_count))
    if status == highspy.HighsModelStatus.kInfeasible:
        return "infeasible"
    if has_solution(highs):
        values = whole_values(highs)
        if program.total(values) < watch.known - 0.5 or start is None:
            link.solution(values)
    if watch.lost:
        return "stopped"
    if status == highspy.HighsModelStatus.kOptimal:
        # Whole numbers: tolerances of the solver would round to a bound that is one off.
        link.bound(round(info.objective_function_value))
        return "proven"
    if np.isfinite(info.mip_dual_bound):
        link.bound(info.mip_dual_bound)
    return "stopped"


def _tight(task: Task, link: Link, deadline: Deadline) -> Program:
    """The program with rows that make small teams tight, where it is small."""
    params = task.params.branch_and_cut
    if task.program.num_columns > params.envelope_columns:
        return task.program
    seconds = np.inf if task.work_limit is not None else deadline.left() * params.envelope_share
    most, rounds = params.envelope_pairs, params.envelope_rounds
    return tightened(task.program, most, rounds, seconds, link.stopped)


class _HighsRun:
    """What HiGHS says while it runs, and what of that is passed on: its callbacks."""

    def __init__(self, task: Task, link: Link, *, patient: bool) -> None:
        self._program, self._link, self._patient = task.program, link, patient
        self._params = task.params.branch_and_cut
        self.known = np.inf if task.start is None else task.program.total(task.start)
        """Cost of the best solution of anybody."""
        self.believed = task.start is None
        """Whether the solution that it named last has the cost that it claims."""
        self.lost = False
        """Whether it named one at another cost."""
        self._proven = -np.inf
        self._began = self._risen = time.monotonic()

    def improved(self, event: Any) -> None:
        """Pass on a solution that is better than all before, at the cost that it really has."""
        claimed = event.data_out.objective_function_value
        if self.believed and claimed >= self.known - 0.5:
            return
        found = np.array(event.data_out.mip_solution)
        # Unrounded: it may be whole within 1e-6 only.
        self.believed = costs(self._program, found, claimed)
        self.lost = self.lost or not self.believed
        values = np.round(found)
        if self._program.total(values) < self.known - 0.5:
            self.known = self._program.total(values)
            self._link.solution(values)

    def checked(self, event: Any) -> None:
        """Pass on a bound that has risen, and interrupt a run that is of no use any more."""
        now, params = time.monotonic(), self._params
        if self.believed and event.data_out.mip_dual_bound > self._proven + 0.5:
            self._proven, self._risen = event.data_out.mip_dual_bound, now
            self._link.bound(self._proven)
        patience = max(params.stale_seconds, params.stale_share * (now - self._began))
        is_stale = now - self._risen > patience and self._proven > -np.inf and not self._patient
        # HiGHS keeps the last answer, also for a second run.
        event.interrupt(self.lost or self._link.stopped() or is_stale)

    def offered(self, event: Any) -> None:
        """Give HiGHS what others have found meanwhile."""
        best = self._link.best()
        if best is not None and self._program.total(best) < self.known - 0.5:
            self.known = self._program.total(best)
            event.data_in.setSolution(best)


def _agrees(highs: Any, program: Program) -> bool:
    """Whether the last run found nothing, or something at the cost that it claims."""
    return not has_solution(highs) or costs_what_it_claims(highs, program)
