"""Column generation to its end: the bound of whole personal schedules, then better rosters.

`Task` -> bounds and solutions through the link.
"""

from __future__ import annotations

from shiftplan.engines import mip
from shiftplan.engines.schedules import search_schedules
from shiftplan.engines.task import Ending, Link, Task


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, proven, out of time or out of parts (the work limit)."""
    return search_schedules(task, link, task.params.schedules.pricing, instead=mip.run)
