"""Choose parts of a roster anew, one after another, and keep what is no worse.

`Crew` and the best roster -> parts: a few people over all days, or many on a few days, each chosen
anew in one of several ways. What has paid lately gets more of the time, and parts grow while they
are done soon.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from shiftplan.engines.personal.best import Best
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.mixing import Guide, mix
from shiftplan.engines.personal.ways import (
    PART_SECONDS,
    Allowance,
    Way,
    by_branching,
    by_descent,
    by_solver,
)
from shiftplan.engines.task import Ending

Array = np.ndarray[Any, Any]

_IDLE = 20
"""Parts without gain after which schedules are mixed."""
_MIX_SHARE = 0.25
"""Part of the time that a mix may take."""
_MIX_NODES = 2_000
"""Branch-and-bound nodes of a mix."""
_LEARN = 0.3
"""Weight of the last part in what its kind brings."""
_CURIOUS = 0.03
"""Gains in a second that are expected of any kind."""
_KINDS = (
    (by_branching, 150.0, (1.0, 0.5, 0.25, 0.0)),
    (by_descent, 1_000.0, (1.0, 0.5)),
    (by_solver, 60.0, (1.0, 0.5, 0.0)),
)
"""Ways, people times days that they free at the start, and parts of the people that they free."""
_LEAST = 20.0
"""People times days that are free at least."""


@dataclass
class _Kind:
    """A way to pick a part, its size, and what it has brought."""

    way: Way
    """How its parts are chosen anew."""
    share: float
    """Part of the people that are free, on as many days as the size allows.

    0: as many people as the size allows on all days, or, where that is fewer than two, two people
    on as many days as it allows.
    """
    size: float
    """People times days."""
    brings: float = 1.0
    """Gains in a second, lately."""
    takes: float = 1.0
    """Seconds of a part, lately."""


def improve_parts(
    crew: Crew,
    best: Best,
    allowed: Allowance,
    rng: np.random.Generator,
    guide: Guide | None,
) -> Ending:
    """Improve until stopped, proven, out of time, or out of parts (the work limit).

    With a `guide`, schedules near its prices are mixed whenever parts bring nothing any more.
    """
    people = len(crew.courses)
    days = np.unique(crew.blocks.layout.day)
    kinds = [_Kind(way, share, size) for way, size, shares in _KINDS for share in shares]
    task, link, deadline = allowed.task, allowed.link, allowed.deadline
    tried = improved = 0
    idle, mixed = _IDLE, np.inf
    while deadline.left() > 0 and not link.stopped():
        if task.work_limit is not None and tried >= task.work_limit:
            break
        best.look()
        if guide is not None and idle >= _IDLE and best.cost < mixed - 0.5:
            mixed = best.cost
            limit = allowed.share(_MIX_SHARE)
            if mix(crew, guide, best, limit, nodes=_MIX_NODES, seed=task.seed):
                link.bound(best.cost)
                return "proven"
            idle = 0
        # Kinds share the time, not the number of parts, as they gain.
        fit = [kind for kind in kinds if best.holds or kind.way is not by_solver]
        weight = np.array([(kind.brings + _CURIOUS) / kind.takes for kind in fit])
        kind = fit[int(rng.choice(len(fit), p=weight / weight.sum()))]
        began = time.monotonic()
        chosen, window = _pick(kind, people, days, rng)
        found = kind.way(crew, chosen, window, best, allowed, task.seed + tried)
        gain = 0.0 if found is None else best.offer(found)
        passed = time.monotonic() - began
        tried += 1
        improved += gain > 0.5
        idle = 0 if gain > 0.5 else idle + 1
        if task.work_limit is None:
            kind.brings += _LEARN * (float(gain > 0.5) / max(passed, 0.02) - kind.brings)
            kind.takes += _LEARN * (max(passed, 0.02) - kind.takes)
            kind.size = float(np.clip(kind.size * _growth(passed), _LEAST, people * len(days)))
    link.note(parts=float(tried), improved=float(improved))
    return "stopped"


def _growth(passed: float) -> float:
    """Factor by which parts grow or shrink after one that took some seconds."""
    if passed > PART_SECONDS:
        return max(0.5, min(0.85, PART_SECONDS / passed))
    return 1.15 if passed < PART_SECONDS / 4 else 1.03


def _pick(
    kind: _Kind, people: int, days: Array, rng: np.random.Generator
) -> tuple[list[int], Array | None]:
    """People by number, and days that follow each other; None for all days."""
    free = kind.share * people if kind.share else kind.size / len(days)
    count = min(people, max(2, round(free)))
    length = min(len(days), max(2, round(kind.size / count)))
    chosen = np.sort(rng.permutation(people)[:count]).tolist()
    if length == len(days):
        return chosen, None
    # Windows reach beyond both ends, so that the days there are free as often as others.
    first = int(rng.integers(1 - length, len(days)))
    return chosen, days[max(0, first) : first + length]
