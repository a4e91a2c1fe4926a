"""A first roster near the relaxation.

`Task` -> rounds of the relaxation, their bounds through the link -> a dive, on few pairs for each
person where people can reach many centers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from shiftplan.engines.dive import dive
from shiftplan.engines.partial import Partial
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import Deadline, Link, Relaxation, Task
from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]

_GUIDE_SHARE = 0.5
"""Share of the time that the relaxation may take; without it the search goes on unguided."""
_SMALL_STEP = 0.005
"""Relative rise of the bound in a round below which the relaxation is near enough to its end."""
_CHOICES = 15
"""Pairs of each person, the cheapest by reduced cost, among which a dive chooses."""


def guided_roster(
    task: Task, link: Link, deadline: Deadline
) -> tuple[Relaxation | None, Array | None]:
    """The relaxation, and values of all columns of a roster near it; None for what is not found."""
    program, layout = task.program, task.layout
    relaxed = LazyRelaxation(program, seed=task.seed, timed=task.work_limit is None)
    guide = Deadline(deadline.left() * _GUIDE_SHARE)
    relaxation = None
    for relaxation in relaxed.rounds(guide, link.stopped, _SMALL_STEP):
        link.bound(relaxation.bound)
    if relaxation is None:
        return None, None
    empty = Partial(program)
    kernel = _kernel(program, layout, relaxation)
    if empty.debt or len(kernel) > program.num_pairs / 2:
        return relaxation, dive(program, layout, relaxed, deadline, link.stopped)
    values = np.array(empty.value)
    restriction = Restriction(program)
    columns = restriction.free_columns(kernel)
    part = restriction.program_of(columns, values, program.matrix @ values)
    part = replace(part, num_pairs=len(kernel))
    relaxed = LazyRelaxation(part, seed=task.seed, timed=task.work_limit is None)
    for _ in relaxed.rounds(deadline, link.stopped, _SMALL_STEP):
        pass
    near = Layout(layout.volunteer[kernel], layout.center[kernel], layout.day[kernel])
    dived = dive(part, near, relaxed, deadline, link.stopped)
    if dived is None:
        return relaxation, None
    values[columns] = dived
    return relaxation, values


def _kernel(program: Program, layout: Layout, relaxation: Relaxation) -> Array:
    """Pairs that the relaxation uses, and the cheapest others of each person."""
    reduced = relaxation.reduced[: program.num_pairs]
    order = np.lexsort((reduced, layout.volunteer))
    person = layout.volunteer[order]
    rank = np.arange(len(order)) - np.searchsorted(person, person)
    chosen = relaxation.values[: program.num_pairs] > 1e-6
    chosen[order[rank < _CHOICES]] = True
    return np.flatnonzero(chosen)
