"""Whole personal schedules, soon a roster of them, and parts of it chosen anew.

`Task` -> solutions through the link.
"""

from __future__ import annotations

from dataclasses import replace

from shiftplan.engines import cpsat
from shiftplan.engines.personal.search import Manner, search_schedules
from shiftplan.engines.task import Deadline, Ending, Link, Task

_SOON = Manner(nodes=2e6, gap=0.02, share=0.15, held=0.2)


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, out of time or out of parts (the work limit).

    Where whole schedules do not help, CP-SAT takes over.
    """
    deadline = Deadline(task.seconds)
    ending = search_schedules(task, link, _SOON)
    return ending or cpsat.run(replace(task, seconds=deadline.left()), link)
