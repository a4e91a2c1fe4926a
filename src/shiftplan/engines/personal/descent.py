"""A roster from a relaxed choice of schedules: hold the surest works, price again, and so on.

`Part` -> works that are held -> pairs of a roster. Schedules without a work that is held leave, and
new ones come for the prices of what is left. A step holds a little of what everybody works, so
that all schedules grow side by side: whole schedules, given out one after another, leave the last
people with what fits nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import Deadline

Array = np.ndarray[Any, Any]

_EPS = 1e-6


def descend(
    part: Part,
    deadline: Deadline,
    stopped: Callable[[], bool],
    rounds: int,
    share: float,
) -> Array | None:
    """Pairs of a roster, bool (num_pairs,); None when stopped.

    `part` has a relaxed choice, and is used up. Each step holds a `share` of the works that are not
    held yet, or all that are sure if these are more; more where the time would not suffice. When
    time is over, everybody takes the best schedule with the works that are held.
    """
    held = np.zeros(len(part.fixed), dtype=bool)
    left, step = deadline.left(), 0.0
    while not stopped():
        chosen = part.master.whole()
        if chosen is None and left <= 0:
            chosen = part.price(held, every=True)
        if chosen is not None:
            return part.worked(chosen)
        _hold(part, held, share, left / step if 0 < step < np.inf else np.inf)
        part.hold(held)
        for _ in range(rounds):
            if not part.master.relax(deadline.left()) or stopped() or not part.price(held):
                break
        part.master.relax(deadline.left())
        before, left = left, deadline.left()
        step = before - left
    return None


def _hold(part: Part, held: Array, share: float, steps: float) -> None:
    """Hold more works: those that are sure, a share of the others, or enough for some steps."""
    use = part.use()
    candidates = np.flatnonzero((use > _EPS) & ~held)
    order = candidates[np.argsort(-use[candidates], kind="stable")]
    count = float(use[candidates].sum())
    # After so many steps that hold the same part of what is open, less than one work is open.
    needed = 1 - max(count, 1.0) ** (-1 / max(steps, 1.0))
    least = max(1, round(max(share, needed) * count))
    sure = int((use[order] >= part.crew.params.sure).sum())
    held[order[: max(least, sure)]] = True
