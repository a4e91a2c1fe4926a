"""The opening of a search in whole schedules: a first roster, the bound, and a dive.

`Task` -> `Crew` -> person after person a schedule -> rounds of pricing for everybody, their bound
through the link -> a dive, and a roster near the bound.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.engines.blocks import Blocks
from shiftplan.engines.course import TooManyError
from shiftplan.engines.crew import Crew
from shiftplan.engines.descent import descend
from shiftplan.engines.mixing import Guide
from shiftplan.engines.part import Part
from shiftplan.engines.parts import improve_parts
from shiftplan.engines.roster import Best
from shiftplan.engines.task import Deadline, Ending, Link, Task

Array = np.ndarray[Any, Any]

_SHARE = 0.4
"""Part of the time that may go by until the bound of the whole is left as it is."""
_ROUNDS = 8
"""Rounds of pricing after which others look in, and between two steps of a dive."""


def search_schedules(task: Task, link: Link, *, width: int, gap: float) -> Ending | None:
    """Search until stopped, proven, out of time or out of parts (the work limit).

    None when there is no schedule for somebody, too many to enumerate, or one whose cost does not
    follow from its pairs.

    `width`: nodes of a layer up to which all schedules of a person are kept. `gap`: relative
    distance of the relaxed choice to its bound at which the dive begins.
    """
    deadline = Deadline(task.seconds)
    rng = np.random.default_rng(task.seed)
    blocks = Blocks(task.program, task.layout)
    if not blocks.follows:
        return None
    crew = Crew(blocks, width)
    best = Best(blocks, crew.coupling, task, link)

    def stopped() -> bool:
        return link.stopped() or deadline.left() <= 0

    try:
        worked = crew.first_roster(rng.permutation(len(crew.courses)), stopped)
    except TooManyError:
        worked = None
    if worked is None:
        return "stopped" if stopped() else None
    best.offer(worked)
    guide = _dive(crew, best, task, link, deadline, gap)
    return improve_parts(crew, best, task, link, deadline, rng, guide)


def _dive(
    crew: Crew, best: Best, task: Task, link: Link, deadline: Deadline, gap: float
) -> Guide | None:
    """Prices and the bound of the whole, and a roster near it."""
    limit = Deadline(deadline.left() * _SHARE)
    everybody = list(range(len(crew.courses)))
    whole = Part(crew, everybody, None, best.worked, task.seed)
    rounds = 0
    while whole.generate(limit, link.stopped, _ROUNDS, gap):
        rounds += _ROUNDS
        if crew.exact:
            link.bound(whole.bound + task.program.offset)
        if whole.done(gap):
            break
    link.note(rounds=float(rounds), schedules=float(len(whole.master.schedules)))
    if not whole.master.relaxed:
        return None
    guide = Guide(whole.prices(), whole.bound + task.program.offset)
    worked = descend(whole, best.worked, deadline, link.stopped, _ROUNDS)
    if worked is not None:
        best.offer(worked)
    return guide
