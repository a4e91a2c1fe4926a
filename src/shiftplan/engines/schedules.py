"""Whole personal schedules, soon a roster of them, and parts of it chosen anew.

`Task` -> solutions through the link.
"""

from __future__ import annotations

from shiftplan.engines import cpsat
from shiftplan.engines.personal.search import search_schedules
from shiftplan.engines.task import Ending, Link, Task


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, out of time or out of parts (the work limit)."""
    return search_schedules(task, link, task.params.schedules.schedules, instead=cpsat.run)
