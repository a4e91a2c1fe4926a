"""The relaxation alone, for whoever shares it out.

`Task` -> a relaxation after each round through the link.
"""

from __future__ import annotations

from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.task import Deadline, Ending, Link, Task


def run(task: Task, link: Link) -> Ending:
    """Rounds until they do not pay, stopped, or out of time.

    Always by the simplex method: on large programs its first rounds take less than the interior
    point method takes for one, and they are nearly all that there is to gain.
    """
    relaxed = LazyRelaxation(task.program, task.params, seed=task.seed, timed=False)
    step = task.params.regions.whole_step
    for relaxation in relaxed.rounds(Deadline(task.seconds), link.stopped, step):
        link.relaxed(relaxation)
    return "stopped"
