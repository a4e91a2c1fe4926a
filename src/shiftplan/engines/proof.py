"""Branch and cut while its bound rises, large neighborhoods afterwards.

`Task` -> solutions and bounds through the link. On large weeks the bound comes to rest long before
the time is over, at a root that branching does not get beyond. Where time has no limit, only a
proof ends the search, and branch and cut goes on.
"""

from __future__ import annotations

import math
from dataclasses import replace

from shiftplan.engines import mip, neighborhoods
from shiftplan.engines.task import Deadline, Ending, Link, Task


def run(task: Task, link: Link) -> Ending:
    """Search until proven, stopped, or out of time or nodes (the work limit)."""
    deadline = Deadline(task.seconds)
    patient = task.work_limit is not None or task.seconds == math.inf
    ending = mip.run(task, link, patient=patient)
    if ending != "stopped" or task.work_limit is not None or deadline.left() <= 0:
        return ending
    best = link.best()
    start = task.start if best is None else best
    rest = replace(task, start=start, seconds=deadline.left())
    return neighborhoods.run(rest, link, neighborhoods.PATIENT)
