"""Large-neighborhood search: free a part of the roster, solve it exactly, keep what is better.

`Task` -> the relaxation's bound, then better and better solutions through the link. The relaxation
guides the choice of the parts (`Chooser`).
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from shiftplan.engines.chooser import Chooser
from shiftplan.engines.opening import opened
from shiftplan.engines.params.engines import Effort
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import Array, Deadline, Ending, Link, Relaxation, Task


def run(task: Task, link: Link, effort: Effort | None = None) -> Ending:
    """Improve until stopped, out of time, or out of neighborhoods (the work limit).

    With a guide and a start it begins where these are; otherwise it finds them itself. Without an
    effort, neighborhoods are small and quick.
    """
    effort = effort or task.params.neighborhoods.quick
    program, deadline = task.program, Deadline(task.seconds)
    relaxation, values, apart = task.guide, None, False
    if relaxation is None:
        relaxation, values, apart = opened(task, link, deadline)
    if values is not None:
        link.solution(values)
    if task.start is not None and (
        values is None or program.total(task.start) < program.total(values)
    ):
        # Others may have found a cheaper one meanwhile, but neighborhoods improve what lies near
        # the relaxation far quicker than a roster that lies elsewhere.
        values, apart = task.start, False
    while values is None and deadline.left() > 0 and not link.stopped():
        time.sleep(0.05)
        values = link.best()
    if values is not None:
        rest = replace(task, seconds=deadline.left())
        refine(rest, link, effort, relaxation, values, apart=apart)
    return "stopped"


def refine(
    task: Task,
    link: Link,
    effort: Effort,
    relaxation: Relaxation | None,
    values: Array,
    *,
    apart: bool = False,
) -> Array:
    """Improve a solution part by part, guided by a relaxation; values of all columns.

    One that lies `apart` takes over nothing from others while it is dearer: neighborhoods make the
    roster of a dive cheaper than they make others that cost less at first.
    """
    program, deadline = task.program, Deadline(task.seconds)
    params = task.params.neighborhoods
    rng = np.random.default_rng(task.seed)
    restriction = Restriction(program)
    chooser = Chooser(program, task.layout, relaxation, rng, params)
    values = values.copy()
    activity = program.matrix @ values
    scale, tried, improved = 1.0, 0, 0
    seen: Array | None = None
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        told = link.guide() if task.work_limit is None else None
        if told is not None and (relaxation is None or told.bound > relaxation.bound):
            relaxation = told
            chooser = Chooser(program, task.layout, relaxation, rng, params)
        best = link.best() if task.work_limit is None else None
        apart = apart and best is not None and program.total(best) < program.total(values)
        if not apart and best is not None and best is not seen:
            seen, values = best, restriction.best_of(values, best)
            activity = program.matrix @ values
            if program.total(values) < program.total(best) - 0.5:
                link.solution(values)
        cost = program.total(values)
        if relaxation is not None and cost - relaxation.bound <= effort.gap * abs(cost):
            break
        began, now = time.monotonic(), effort.toward(params.patient, chooser.staleness())
        pairs = chooser.pick(values, activity, int(now.pairs * scale))
        if chooser.has_days:
            now = params.patient
        columns = restriction.moving_columns(pairs)
        part = restriction.program_of(columns, values, activity)
        limit = np.inf
        if task.work_limit is None:
            limit = min(now.seconds, deadline.left())
        better, finished = improve(
            part,
            values[columns],
            seed=tried,
            seconds=limit,
            nodes=now.nodes,
            tolerance=now.tolerance,
        )
        tried += 1
        if better is None and not chooser.has_days:
            if finished:
                scale = min(scale * 1.04, program.num_pairs / now.pairs)
            else:
                scale = max(scale * 0.8, min(1.0, params.least_pairs / now.pairs))
        work = float(len(pairs)) if task.work_limit is not None else time.monotonic() - began
        gain = 0.0 if better is None else part.total(values[columns]) - part.total(better)
        chooser.learn(gain, work, finished=finished)
        if better is not None:
            activity = activity + restriction.by_column[:, columns] @ (better - values[columns])
            values[columns] = better
            improved += 1
            link.solution(values)
    link.note(neighborhoods=float(tried), improved=float(improved))
    return values
