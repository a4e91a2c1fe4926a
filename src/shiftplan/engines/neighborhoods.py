"""Large-neighborhood search: free a part of the roster, solve it exactly, keep what is better.

`Task` -> the relaxation's bound, then better and better solutions through the link.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from shiftplan.engines.chooser import Chooser
from shiftplan.engines.opening import guided_roster
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import Deadline, Ending, Link, Task

Array = np.ndarray[Any, Any]

_PAIRS = 500
"""Pairs in a neighborhood at the start; grows while neighborhoods are solved quickly."""
_FEWEST_PAIRS = 50.0
_IDLE = 30
"""Neighborhoods without gain after which a better solution of another engine is taken over."""


def run(task: Task, link: Link) -> Ending:
    """Improve until stopped, out of time, or out of neighborhoods (the work limit)."""
    program, deadline = task.program, Deadline(task.seconds)
    rng = np.random.default_rng(task.seed)
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
    if values is None:
        return "stopped"
    restriction = Restriction(program)
    chooser = Chooser(program, task.layout, relaxation, rng)
    values = values.copy()
    activity = program.matrix @ values
    size, tried, improved, idle = float(_PAIRS), 0, 0, 0
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        best = link.best() if task.work_limit is None and idle >= _IDLE else None
        if best is not None and program.total(best) < program.total(values) - 0.5:
            values, activity = best.copy(), program.matrix @ best
        pairs = chooser.pick(values, int(size))
        columns = restriction.free_columns(pairs)
        part = restriction.program_of(columns, values, activity)
        limit = min(1.0, deadline.left()) if task.work_limit is None else np.inf
        better, finished = improve(part, values[columns], seed=tried, seconds=limit)
        tried, idle = tried + 1, idle + 1
        if finished:
            size = min(size * 1.04, float(program.num_pairs))
        elif better is None:
            size = max(size * 0.8, _FEWEST_PAIRS)
        chooser.learn(better=better is not None)
        if better is not None:
            activity = activity + restriction.by_column[:, columns] @ (better - values[columns])
            values[columns] = better
            improved, idle = improved + 1, 0
            link.solution(values)
    link.note(neighborhoods=float(tried), improved=float(improved))
    return "stopped"
