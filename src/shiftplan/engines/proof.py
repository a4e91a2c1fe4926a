"""Neighborhoods until the roster is good, branch and cut while its bound rises, then large ones.

`Task` -> solutions and bounds through the link. On large weeks the bound comes to rest long before
the time is over, at a root that branching does not get beyond. Where time has no limit, only a
proof ends the search, and branch and cut goes on.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

from shiftplan.engines import mip, neighborhoods
from shiftplan.engines.dive import guided_roster
from shiftplan.engines.first_order import approach, rounded
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
    """The best solution of anybody when patience ends; until then this engine improves it too.

    A good roster is worth more at first than the last hundredths of the bound. Patience ends early
    where the roster is near the relaxation: branch and cut may soon prove it. Where the relaxation
    comes near only slowly, this engine goes to its end, and down to a roster, which it improves for
    as long: branch and cut does little for such a program.
    """
    deadline, patience, began = Deadline(task.seconds), Deadline(task.patience), time.monotonic()
    guide, values = task.guide, task.start
    while guide is None and patience.left() > 0 and not link.stopped():
        time.sleep(0.05)
        guide = link.guide()
        if guide is not None:
            found = rounded(task.program, guide, task.params)
            values = _cheaper(task.program, found, values)
            if found is not None and values is found:
                link.solution(found)
    own, entries = task.params.opening, task.program.matrix.nnz
    if task.guide is None and own.entries < entries <= own.pace * task.seconds:
        for guide in approach(task.program, patience, task.params, link.stopped):
            link.relaxed(guide)
    seconds = patience.left()
    if task.guide is not None and task.guide.slow:
        guide, found = guided_roster(task, link, deadline)
        seconds = patience.left()
        if found is not None:
            link.solution(found)
            values, seconds = found, min(deadline.left(), time.monotonic() - began)
    if guide is not None and values is not None and seconds > 0:
        near = replace(task, seconds=seconds)
        neighborhoods.refine(near, link, task.params.neighborhoods.helping, guide, values)
    return _cheaper(task.program, link.best(), values)


def _cheaper(program: Program, first: Array | None, second: Array | None) -> Array | None:
    """The cheaper solution; the second where neither is."""
    if first is None or second is None:
        return second if first is None else first
    return first if program.total(first) < program.total(second) - 0.5 else second
