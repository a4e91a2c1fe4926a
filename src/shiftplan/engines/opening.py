"""From a program to a relaxation and a first roster near it, as its size and rows allow.

Where nobody working breaks no row and a first-order method comes near soon, works that the
relaxation is surest of are rounded up, and neighborhoods do the rest: in the calling process, while
workers wake up, or as the beginning of an engine. Otherwise a dive holds the rows together on its
way down.
"""

from __future__ import annotations

from collections.abc import Callable

from shiftplan.engines.dive import guided_roster
from shiftplan.engines.first_order import approach, is_large, rounded
from shiftplan.engines.greedy import hurry, show_first
from shiftplan.engines.highs import nobody_works
from shiftplan.engines.params.engines import OpeningParams
from shiftplan.engines.task import Array, Deadline, Limits, Link, Outcome, Relaxation, Task, holds

_NAME = "opening"


def open_with(
    outcome: Outcome, limits: Limits, deadline: Deadline, report: Callable[[], None]
) -> Relaxation | None:
    """Offer a first roster: near the relaxation where that is soon known, else a greedy one.

    Where coming near takes longer, one is reported that is made of what is known by then.
    """
    program, params = outcome.program, limits.params
    own, late = params.opening, hurry(deadline, params)
    guide = offered = None

    def offer(guide: Relaxation) -> None:
        values = rounded(program, guide, params, late)
        if values is not None:
            outcome.offer(values, _NAME)

    if not is_large(program, params):
        soon = _soon(deadline, own)
        for guide in approach(program, soon, params, lambda: limits.cancelled):
            outcome.raise_bound(guide.bound, _NAME)
            if guide.slow and outcome.values is None:
                offered = guide
                offer(guide)
                report()
        if guide is not None and guide is not offered:
            offer(guide)
    show_first(outcome, deadline, params)
    return guide


def opened(
    task: Task, link: Link, deadline: Deadline
) -> tuple[Relaxation | None, Array | None, bool]:
    """The relaxation, values of all columns of a roster near it, and whether it is from a dive.

    None for what is not found.
    """
    program, params = task.program, task.params
    own = params.opening
    large = is_large(program, params)
    if not large and holds(program, nobody_works(program)):
        soon = deadline if task.work_limit is not None else _soon(deadline, own)
        relaxation = None
        for relaxation in approach(program, soon, params, link.stopped):
            link.relaxed(relaxation)
        if relaxation is not None and not relaxation.slow:
            values = rounded(program, relaxation, params)
            if values is not None:
                return relaxation, values, False
    relaxation, values = guided_roster(task, link, deadline, is_large=large)
    if values is None and large and relaxation is not None:
        return relaxation, rounded(program, relaxation, params), False
    return relaxation, values, values is not None


def _soon(deadline: Deadline, params: OpeningParams) -> Deadline:
    """The end of the time for a first-order method, which nothing interrupts."""
    left = deadline.left()
    least = min(params.coarse_least, left)
    return Deadline(max(least, min(params.share * left, params.near_seconds)))
