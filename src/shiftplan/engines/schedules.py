"""Search in whole schedules: a first roster, the bound, a descent, and then part after part.

`Task` -> `Crew` -> person after person a schedule, and again while it pays -> rounds of pricing for
everybody, their bound through the link -> a descent to a roster near the bound -> parts anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from shiftplan.engines import cpsat
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.course import TooManyError
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.part import Part
from shiftplan.engines.personal.sweep import Guide, improve_parts
from shiftplan.engines.personal.ways import Allowance, Best, descend
from shiftplan.engines.task import Deadline, Ending, Link, Task
from shiftplan.options.schedules import Manner


def search_schedules(
    task: Task, link: Link, manner: Manner, *, instead: Callable[[Task, Link], Ending]
) -> Ending:
    """Search until stopped, proven, out of time or out of parts (the work limit).

    The engine `instead` takes over when there is no schedule for somebody, too many to enumerate,
    or one whose cost does not follow from its pairs.
    """
    deadline = Deadline(task.seconds)
    ending = _search(task, link, manner, deadline)
    return ending or instead(replace(task, seconds=deadline.left()), link)


def _search(task: Task, link: Link, manner: Manner, deadline: Deadline) -> Ending | None:
    """The search; None when whole schedules do not help."""
    allowed = Allowance(task, link, deadline)
    rng = np.random.default_rng(task.seed)
    blocks = Blocks(task.program, task.layout)
    if not blocks.follows:
        return None
    dates = len(np.unique(np.stack([task.layout.volunteer, task.layout.day]), axis=1)[0])
    params = task.params.schedules
    width = np.clip(manner.nodes / max(dates, 1), params.least_nodes, params.most_nodes)
    crew = Crew(blocks, int(width), params)
    best = Best(blocks, crew.coupling, task, link)

    began = time.monotonic()

    def stopped() -> bool:
        return link.stopped() or allowed.deadline.left() <= 0

    def opens() -> bool:
        """Whether pricing for everybody gives a bound, or fits by what a first roster takes."""
        takes = params.opening_factor * (time.monotonic() - began)
        fits = takes <= manner.share * deadline.left()
        return allowed.counted or fits or not crew.cut

    try:
        order = rng.permutation(len(crew.courses))
        # Another engine's roster serves where pricing for everybody would not fit any more.
        worked = crew.first_roster(
            order, lambda: stopped() or (not opens() and link.best() is not None)
        )
    except TooManyError:
        return "stopped" if stopped() else None
    pays = opens()
    if worked is not None:
        best.offer(worked)
        again = allowed.share(params.anew_share)
        while again.left() > 0 and not link.stopped():  # everybody chooses again while that pays
            order = rng.permutation(len(crew.courses))
            if best.offer(crew.anew(best.worked, order, stopped)) < 0.5:
                break
    elif stopped():
        return "stopped"
    else:
        best.look()
        if pays or not best.holds:
            return None
    guide = _open(crew, best, allowed, manner) if pays else None
    return improve_parts(crew, best, allowed, rng, guide)


def _open(crew: Crew, best: Best, allowed: Allowance, manner: Manner) -> Guide | None:
    """Prices and the bound of the whole, and a roster near it."""
    link, offset = allowed.link, crew.blocks.program.offset
    limit = allowed.share(manner.share)
    everybody = list(range(len(crew.courses)))
    whole = Part(crew, everybody, None, best.values, allowed.task.seed)
    while True:
        known = len(whole.master.schedules)
        going = whole.generate(limit, link.stopped, crew.params.rounds, manner.gap)
        if crew.exact and whole.bound > -np.inf:
            link.bound(whole.bound + offset)
        if not going or whole.done(manner.gap) or len(whole.master.schedules) == known:
            break
    link.note(rounds=float(whole.rounds), schedules=float(len(whole.master.schedules)))
    if not whole.master.relaxed:
        return None
    guide = Guide(whole.prices(), whole.bound + offset)
    limit = allowed.share(manner.share)
    worked = descend(whole, limit, link.stopped, crew.params.rounds, manner.held)
    if worked is not None:
        best.offer(worked)
    return guide


def run(task: Task, link: Link) -> Ending:
    """Search until stopped, out of time or out of parts (the work limit)."""
    return search_schedules(task, link, task.params.schedules.schedules, instead=cpsat.run)
