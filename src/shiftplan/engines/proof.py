"""Branch and cut while its bound rises, large neighborhoods afterwards.

`Task` -> solutions and bounds through the link. On large weeks the bound comes to rest long before
the time is over, at a root that branching does not get beyond. Where time has no limit, only a
proof ends the search, and branch and cut goes on.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

from shiftplan.engines import mip, neighborhoods
from shiftplan.engines.relaxation import guided_roster
from shiftplan.engines.task import Array, Deadline, Ending, Link, Task
from shiftplan.model import Program


def run(task: Task, link: Link) -> Ending:
    """Search until proven, stopped, or out of time or nodes (the work limit)."""
    deadline = Deadline(task.seconds)
    patient = task.work_limit is not None or task.seconds == math.inf
    if task.patience > 0:
        task = replace(task, start=_awaited(task, link), patience=0.0, seconds=deadline.left())
    ending = mip.run(task, link, patient=patient)
    if ending != "stopped" or task.work_limit is not None or deadline.left() <= 0:
        return ending
    best = link.best()
    start = task.start if best is None else best
    rest = replace(task, start=start, seconds=deadline.left())
    return neighborhoods.run(rest, link, task.params.neighborhoods.patient)


def _awaited(task: Task, link: Link) -> Array | None:
    """A better solution of another engine, or the start when patience ends.

    Two large relaxations at once take far longer than one after the other: they share memory. Where
    the other engine finds the relaxation slow and leaves it, this one goes on, down to a roster,
    which it improves for as long: branch and cut does little for such a program.
    """
    program, start, deadline = task.program, task.start, Deadline(task.seconds)
    patience, began = Deadline(task.patience), time.monotonic()
    while patience.left() > 0 and not link.stopped():
        guide = link.guide()
        if guide is not None and guide.slow:
            relaxation, values = guided_roster(replace(task, guide=guide), link, deadline)
            if values is not None:
                link.solution(values)
                seconds = min(deadline.left(), time.monotonic() - began)
                near = replace(task, seconds=seconds)
                quick = task.params.neighborhoods.quick
                start = neighborhoods.refine(near, link, quick, relaxation, values)
            break
        if _cheaper(program, link.best(), start) is not start:
            break
        time.sleep(0.05)
    return _cheaper(program, link.best(), start)


def _cheaper(program: Program, first: Array | None, second: Array | None) -> Array | None:
    """The cheaper solution; the second where neither is."""
    if first is None or second is None:
        return second if first is None else first
    return first if program.total(first) < program.total(second) - 0.5 else second
