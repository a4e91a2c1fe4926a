"""The most seats of one skill that the people who are there can fill.

(`Model`, skill, level) -> `Reach`, by a largest flow from people over times to seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from shiftplan.model import Model

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """Seats of one skill and level, and how many of them can be filled at once."""

    seats: int
    """Seats up to the targets."""
    filled: int
    """Proven: no roster fills more of them."""

    @property
    def missing(self) -> int:
        """Seats that stay empty in every roster."""
        return self.seats - self.filled


def most_filled(model: Model, skill_id: str | None, min_level: int) -> Reach:
    """How many seats of one skill and level people can fill if nothing else is asked of them.

    Each person works the shifts that no rule forbids to them by itself, no more than hard limits
    let them, and one at a time where a rule says so. Other rules are left out, so that no roster
    fills more.
    """
    arrays = model.arrays
    target = np.zeros(arrays.num_shifts, dtype=np.int64)
    for need in arrays.week.requirements:
        if need.skill_id == skill_id and (need.min_level or 0) == min_level:
            target[arrays.shift_index[need.shift_id]] = need.target
    who, where = model.pairs.volunteer, model.pairs.shift
    counted = target[where] > 0
    if skill_id is not None:
        counted &= arrays.holds(skill_id, min_level)[who, where]
    who, where = who[counted], where[counted]
    classes = model.pairs.exclusive
    kinds = int(classes.max(initial=0)) + 1
    times, part = np.unique(who * kinds + classes[where], return_inverse=True)
    # Nodes: source, people, times of people, shifts, sink.
    people, shifts = 1, 1 + arrays.num_volunteers + len(times)
    slots = 1 + arrays.num_volunteers
    sink = shifts + arrays.num_shifts
    everybody, every = np.arange(arrays.num_volunteers), np.arange(arrays.num_shifts)
    tails = [np.zeros(arrays.num_volunteers), people + times // kinds, slots + part, shifts + every]
    heads = [people + everybody, slots + np.arange(len(times)), shifts + where]
    heads.append(np.full(arrays.num_shifts, sink))
    widths = [model.most_shifts, np.ones(len(times)), np.ones(len(part)), target]
    graph = sparse.csr_array(
        (
            np.concatenate(widths).astype(np.int32),
            (np.concatenate(tails).astype(np.int32), np.concatenate(heads).astype(np.int32)),
        ),
        shape=(sink + 1, sink + 1),
    )
    flow = maximum_flow(graph, 0, sink).flow_value
    return Reach(int(target.sum()), int(flow))


def most_each(model: Model) -> int:
    """The most shifts that anybody could work, whatever their own limits are."""
    return len(np.unique(model.pairs.exclusive))
