"""Column generation to its end: the bound of whole personal schedules, then better rosters.

`Task` -> bounds and solutions through the link.
"""

from __future__ import annotations

from shiftplan.engines import mip
from shiftplan.engines.personal.search import Manner, search_schedules
from shiftplan.engines.task import Ending, Link, Task

_THOROUGH = Manner(nodes=2e7, gap=1e-4, share=0.35, held=0.05, instead=mip.run)


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, proven, out of time or out of parts (the work limit)."""
    return search_schedules(task, link, _THOROUGH)
