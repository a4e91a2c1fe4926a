"""Whole personal schedules, soon a roster of them, and parts of it chosen anew.

`Task` -> solutions through the link.
"""

from __future__ import annotations

from shiftplan.engines import cpsat
from shiftplan.engines.personal.search import Manner, search_schedules
from shiftplan.engines.task import Ending, Link, Task

_SOON = Manner(nodes=2e6, gap=0.02, share=0.15, held=0.2, instead=cpsat.run)


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, out of time or out of parts (the work limit)."""
    return search_schedules(task, link, _SOON)
