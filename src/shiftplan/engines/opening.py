"""A first roster near the relaxation.

`Task` -> rounds of the relaxation, their bounds through the link -> a dive, on few pairs for each
person where people can reach many centers; its roster goes through the link before its last step.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.engines.dive import dive
from shiftplan.engines.partial import Partial
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import Deadline, Link, Relaxation, Task
from shiftplan.model import Layout

Array = np.ndarray[Any, Any]


def guided_roster(
    task: Task, link: Link, deadline: Deadline
) -> tuple[Relaxation | None, Array | None]:
    """The relaxation, and values of all columns of a roster near it; None for what is not found.

    Where a roster is known and rows are broken by an empty one, none is looked for.
    """
    program, layout, timed = task.program, task.layout, task.work_limit is None
    params = task.params.opening
    known_slow = task.guide is not None and task.guide.slow
    relaxed = LazyRelaxation(program, task.params, seed=task.seed, timed=timed, slow=known_slow)
    guide = Deadline(deadline.left() * params.share)
    relaxation = None
    for relaxation in relaxed.rounds(guide, link.stopped, params.step):
        link.relaxed(relaxation)
        if relaxation.slow and task.relieved:
            break  # a small program tells sooner what a roster is like
    if relaxation is None:
        return None, None
    empty = Partial(program)
    if empty.debt and task.start is not None:
        return relaxation, None  # no dive pays debts, such as costs that are held
    near_pairs = kernel(layout.volunteer, relaxation, params.choices)
    if empty.debt or len(near_pairs) > program.num_pairs / 2:
        found = dive(program, layout, relaxed, deadline, task.params, link.stopped, link.solution)
        return relaxation, found
    values = np.array(empty.value)
    restriction = Restriction(program)
    columns = restriction.free_columns(near_pairs)
    part = restriction.program_of(columns, values, program.matrix @ values)
    relaxed = LazyRelaxation(part, task.params, seed=task.seed, timed=timed, slow=relaxed.slow)
    for _ in relaxed.rounds(deadline, link.stopped, params.step):
        pass
    near = Layout(layout.volunteer[near_pairs], layout.center[near_pairs], layout.day[near_pairs])

    def whole(dived: Array) -> Array:
        roster = values.copy()
        roster[columns] = dived
        return roster

    dived = dive(
        part,
        near,
        relaxed,
        deadline,
        task.params,
        link.stopped,
        lambda found: link.solution(whole(found)),
    )
    return relaxation, None if dived is None else whole(dived)


def kernel(volunteer: Array, relaxation: Relaxation, choices: int) -> Array:
    """Pairs that the relaxation uses, and so many of each person's cheapest ones.

    `volunteer`: that of each pair, int (num_pairs,).
    """
    pairs = len(volunteer)
    reduced = relaxation.reduced[:pairs]
    order = np.lexsort((reduced, volunteer))
    person = volunteer[order]
    rank = np.arange(len(order)) - np.searchsorted(person, person)
    chosen = relaxation.values[:pairs] > 1e-6
    chosen[order[rank < choices]] = True
    return np.flatnonzero(chosen)
