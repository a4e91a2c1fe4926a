"""A first roster in a moment: works are added round by round, the most useful first.

`Program` -> values of all columns, or None when hard rows stay broken.

What a work saves (shortage columns that can fall) and costs is told for all pairs at once. A round
adds those that are among the best in each row they reach, as many as the row can take at that
price; nothing that is added in it changes what the others save. So a round is about what adding
them one by one would give, in a small part of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.growing import Growing
from shiftplan.engines.task import Deadline, Ending, Link, Outcome, Task
from shiftplan.model import Program
from shiftplan.options import SearchParams

Array = np.ndarray[Any, Any]

_NAME = "greedy start"


def run(task: Task, link: Link) -> Ending:
    """As an engine: one roster, as much of it as time allows."""
    deadline = Deadline(task.seconds)
    values = greedy(task.program, task.params, lambda: deadline.left() <= 0 or link.stopped())
    if values is not None:
        link.solution(values)
    return "stopped"


def greedy(
    program: Program,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    works: Array | None = None,
    late: Callable[[], bool] = lambda: False,
) -> Array | None:
    """Values of all columns of a quickly made roster; None when hard rows stay broken.

    Works that are given, pairs that hold together, stay and are completed. Once `stopped`, it ends
    with the works added so far. Otherwise no work is left that would pay by itself. When it is
    `late` the rest is added in a few rounds, less well chosen.
    """
    growing = Growing(program, params, works)
    while not stopped() and growing.grow():
        if late():
            growing.hurry()
    return None if growing.broken else growing.values()


def show_first(
    outcome: Outcome, report: Callable[[], None], deadline: Deadline, params: SearchParams
) -> None:
    """Offer a first roster, and call `report` when it is taken.

    It is finished whatever the time; where that takes long, the rest is hurried.
    """
    hurry = params.greedy
    soon = Deadline(max(hurry.hurry_seconds, hurry.hurry_share * deadline.whole()))
    values = greedy(outcome.program, params, late=lambda: soon.left() <= 0)
    if values is not None and outcome.offer(values, _NAME):
        report()
