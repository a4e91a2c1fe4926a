"""Large-neighborhood search: free a part of the roster, solve it exactly, keep what is better.

`Task` -> the relaxation's bound, then better and better solutions through the link.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np

from shiftplan.engines.chooser import Chooser
from shiftplan.engines.opening import guided_roster
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import Deadline, Ending, Link, Relaxation, Task
from shiftplan.options.engines import Effort

Array = np.ndarray[Any, Any]


def run(task: Task, link: Link, effort: Effort | None = None) -> Ending:
    """Improve until stopped, out of time, or out of neighborhoods (the work limit).

    With a guide and a start it begins where these are; otherwise it finds them itself. Without an
    effort, neighborhoods are small and quick.
    """
    effort = effort or task.params.neighborhoods.quick
    program, deadline = task.program, Deadline(task.seconds)
    relaxation, values = task.guide, None
    if relaxation is None:
        relaxation, values = guided_roster(task, link, deadline)
    if values is not None:
        link.solution(values)
    if task.start is not None and (
        values is None or program.total(task.start) < program.total(values)
    ):
        # Others may have found a cheaper one meanwhile, but neighborhoods improve what lies near
        # the relaxation far quicker than a roster that lies elsewhere.
        values = task.start
    while values is None and deadline.left() > 0 and not link.stopped():
        time.sleep(0.05)
        values = link.best()
    if values is not None:
        refine(replace(task, seconds=deadline.left()), link, effort, relaxation, values)
    return "stopped"


def refine(
    task: Task, link: Link, effort: Effort, relaxation: Relaxation | None, values: Array
) -> Array:
    """Improve a solution part by part, guided by a relaxation; values of all columns."""
    program, deadline = task.program, Deadline(task.seconds)
    params = task.params.neighborhoods
    rng = np.random.default_rng(task.seed)
    restriction = Restriction(program)
    chooser = Chooser(program, task.layout, relaxation, rng, params)
    values = values.copy()
    activity = program.matrix @ values
    size, tried, improved, idle = float(effort.pairs), 0, 0, 0
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        told = link.guide() if task.work_limit is None else None
        if told is not None and (relaxation is None or told.bound > relaxation.bound):
            relaxation = told
            chooser = Chooser(program, task.layout, relaxation, rng, params)
        best = link.best() if task.work_limit is None and idle >= effort.idle else None
        if best is not None and program.total(best) < program.total(values) - 0.5:
            values, activity = best.copy(), program.matrix @ best
        pairs = chooser.pick(values, int(size))
        columns = restriction.free_columns(pairs)
        part = restriction.program_of(columns, values, activity)
        limit = np.inf
        if task.work_limit is None:
            limit = min(effort.seconds, deadline.left())
        better, finished = improve(
            part, values[columns], seed=tried, seconds=limit, nodes=effort.nodes
        )
        tried, idle = tried + 1, idle + 1
        if finished:
            size = min(size * 1.04, float(program.num_pairs))
        elif better is None:
            size = max(size * 0.8, float(params.least_pairs))
        chooser.learn(better=better is not None)
        if better is not None:
            activity = activity + restriction.by_column[:, columns] @ (better - values[columns])
            values[columns] = better
            improved, idle = improved + 1, 0
            link.solution(values)
    link.note(neighborhoods=float(tried), improved=float(improved))
    return values
