"""Neighborhoods until the roster is good, the bound while it rises, then large neighborhoods.

`Task` -> solutions and bounds through the link. The bound is lifted by parts of a large week first,
and by branch and cut on the whole where parts gain little and its relaxation comes soon. It comes
to rest long before the time is over, at a root that branching does not get beyond. Where time has
no limit, only a proof ends the search, and branch and cut goes on.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace

from shiftplan.engines import mip, neighborhoods
from shiftplan.engines.decomposition import lift
from shiftplan.engines.dive import guided_roster
from shiftplan.engines.first_order import approach, is_large, rounded
from shiftplan.engines.task import Array, Deadline, Ending, Link, Relaxation, Task
from shiftplan.model import Program


def run(task: Task, link: Link) -> Ending:
    """Search until proven, stopped, or out of time or nodes (the work limit)."""
    deadline = Deadline(task.seconds)
    patient = task.work_limit is not None or task.seconds == math.inf
    if task.patience > 0:
        guide, start = _awaited(task, link)
        task = replace(task, start=start, guide=guide, patience=0.0, seconds=deadline.left())
    is_far = False
    if task.work_limit is None:
        guide, is_far = _lifted(task, link, deadline)
        start = _cheaper(task.program, link.best(), task.start)
        task = replace(task, start=start, guide=guide, seconds=deadline.left())
    ending: Ending = "stopped"
    if patient or not is_far or task.seconds > task.params.decomposition.whole_seconds:
        ending = mip.run(task, link, patient=patient)
    if ending != "stopped" or task.work_limit is not None or deadline.left() <= 0:
        return ending
    best = link.best()
    start = task.start if best is None else best
    rest = replace(task, start=start, seconds=deadline.left())
    return neighborhoods.run(rest, link, task.params.neighborhoods.patient)


def _lifted(task: Task, link: Link, deadline: Deadline) -> tuple[Relaxation | None, bool]:
    """Raise the bound by parts of a program; the relaxation used, and whether a proof is far.

    It is where parts pay: the relaxation is far from whole solutions, and branch and cut on the
    whole would begin below the bound and hardly reach it. It also is where the relaxation of the
    whole takes long by itself. The first-order method goes nearer beforehand, if there is time.
    """
    own, guide = task.params.decomposition, task.guide
    if guide is None or task.program.num_pairs < own.least_parts * own.pairs:
        return guide, False
    opening, large = task.params.opening, is_large(task.program, task.params)
    seconds = min(own.near_share * deadline.left(), opening.near_seconds)
    if large:
        seconds = _beside(task, deadline.left())
    if seconds > 0:
        soon = Deadline(seconds)
        for near in approach(task.program, soon, task.params, link.stopped, again=True):
            link.relaxed(near)
            guide = near if near.bound > guide.bound else guide
    before = guide.bound
    bound = lift(task, guide, link, deadline, hurried=large)
    return guide, large or bound - before > own.pays * abs(bound)


def _awaited(task: Task, link: Link) -> tuple[Relaxation | None, Array | None]:
    """The relaxation and the best solution of anybody when patience ends.

    Until then this engine improves the solution too.

    A good roster is worth more at first than the last hundredths of the bound. Patience ends early
    where the roster is near the relaxation: branch and cut may soon prove it. Where the relaxation
    comes near only slowly, this engine goes to its end, and down to a roster, which it improves for
    as long: branch and cut does little for such a program. A large program has a roster first, as
    nobody else has one while this engine comes nearer to its relaxation.
    """
    deadline, patience, began = Deadline(task.seconds), Deadline(task.patience), time.monotonic()
    guide, values = task.guide, task.start

    def round_up(near: Relaxation) -> None:
        nonlocal guide, values
        guide, found = near, rounded(task.program, near, task.params)
        values = _cheaper(task.program, found, values)
        if found is not None and values is found:
            link.solution(found)

    def improve(seconds: float) -> None:
        nonlocal values
        if guide is not None and values is not None and seconds > 0:
            rest, effort = replace(task, seconds=seconds), task.params.neighborhoods.helping
            values = neighborhoods.refine(rest, link, effort, guide, values)

    while guide is None and patience.left() > 0 and not link.stopped():
        time.sleep(0.05)
        told = link.guide()
        if told is not None:
            round_up(told)
    seconds = _beside(task, task.seconds)
    if task.guide is None and is_large(task.program, task.params) and seconds > 0:
        improve(min(time.monotonic() - began, patience.left()))
        near_by = Deadline(min(seconds, patience.left()))
        for near in approach(task.program, near_by, task.params, link.stopped):
            link.relaxed(near)
            round_up(near)
    seconds = patience.left()
    if task.guide is not None and task.guide.slow:
        guide, found = guided_roster(task, link, deadline)
        seconds = patience.left()
        if found is not None:
            link.solution(found)
            values, seconds = found, min(deadline.left(), time.monotonic() - began)
    improve(seconds)
    told = link.guide()
    if told is not None and (guide is None or told.bound > guide.bound):
        guide = told
    return guide, _cheaper(task.program, link.best(), values)


def _beside(task: Task, left: float) -> float:
    """Seconds of the first-order method beside other engines; 0 where too few are left."""
    own = task.params.opening
    needed = task.program.matrix.nnz / own.pace
    return needed if needed <= own.beside_share * left else 0.0


def _cheaper(program: Program, first: Array | None, second: Array | None) -> Array | None:
    """The cheaper solution; the second where neither is."""
    if first is None or second is None:
        return second if first is None else first
    return first if program.total(first) < program.total(second) - 0.5 else second
