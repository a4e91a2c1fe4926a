"""A dive from the relaxation to a first roster near it.

`Task` -> rounds of the relaxation, their bounds through the link -> a dive, on few pairs for each
person where people can reach many centers: hold what is whole, solve the rest again, until all is
whole. Each round of a dive holds pairs that the relaxation gives in full, and the surest of the
others; works that would break a row together with those held are refused. People whom a row that
was violated a moment ago concerns wait for the next round: what the relaxation says about them is
not yet true.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import nobody_works, settle
from shiftplan.engines.hint import Partial
from shiftplan.engines.params import SearchParams
from shiftplan.engines.params.engines import DiveParams
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import EPS, Array, Deadline, Link, Relaxation, Task, holds
from shiftplan.model import Layout, Program


def dive(
    program: Program,
    layout: Layout,
    relaxed: LazyRelaxation,
    deadline: Deadline,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    found: Callable[[Array], None] = lambda values: None,
) -> Array | None:
    """Values of all columns of a roster near the relaxation; None when hard rows stay broken.

    `relaxed` has had a round; its columns are fixed on the way. What is left at the end is
    completed greedily, which is given to `found`, and then chosen anew by an exact search.
    """
    state = Partial(program)
    pairs = program.num_pairs
    held = np.zeros(pairs, dtype=bool)
    left = np.zeros(0, dtype=int)
    own = params.dive
    diving = Deadline(deadline.left() * own.share)
    while not state.debt and diving.left() > 0 and not stopped():
        works = relaxed.values[:pairs]
        left = np.flatnonzero((works > EPS) & ~held)
        if len(left) <= own.left_pairs:
            break
        new = _hold(program, layout, relaxed, state, held, own)
        if relaxed.exact and len(new) == 0:
            break  # what is left breaks rows together with what is held
        held[new] = True
        relaxed.fix(new)
        if len(new) > own.forget_pairs:
            relaxed.forget()
        if not relaxed.solve(diving.left()):
            break
    begun = np.flatnonzero(np.array(state.value[:pairs]) > 0.5)
    values = greedy(program, params, lambda: deadline.left() <= 0 or stopped(), begun)
    if values is None:
        return None
    values = settle(program, values)
    if len(left):
        found(values.copy())
        restriction = Restriction(program)
        # Pairs that are left, those that the roster took in their place, and the cheapest others.
        price = relaxed.reduced[:pairs].copy()
        price[(relaxed.values[:pairs] > EPS) | (values[:pairs] > EPS)] = -np.inf
        price[held] = np.inf
        most = min(own.exact_pairs, int(np.count_nonzero(~held)))
        columns = restriction.free_columns(np.argsort(price, kind="stable")[:most])
        part = restriction.program_of(columns, values, program.matrix @ values)
        seconds = deadline.left() * own.exact_share
        better, _ = improve(
            part,
            values[columns],
            seed=0,
            seconds=seconds,
            nodes=own.exact_nodes,
            tolerance=params.neighborhoods.quick.tolerance,
        )
        if better is not None:
            values[columns] = better
    return values


def _hold(
    program: Program,
    layout: Layout,
    relaxed: LazyRelaxation,
    state: Partial,
    held: Array,
    params: DiveParams,
) -> Array:
    """Pairs to hold from now on: the whole ones, and a few of the others."""
    works = relaxed.values[: program.num_pairs]
    touched = np.unique(program.matrix[relaxed.violated].indices)
    waiting = np.zeros(int(layout.volunteer.max(initial=0)) + 1, dtype=bool)
    waiting[layout.volunteer[touched[touched < program.num_pairs]]] = True
    free = np.flatnonzero((works > EPS) & ~held & ~waiting[layout.volunteer])
    free = free[np.argsort(-works[free], kind="stable")]
    whole = int(np.count_nonzero(works[free] > 1 - EPS))
    share = params.held_share_slow if relaxed.slow else params.held_share
    most = whole + max(params.held_pairs, int(share * (len(free) - whole)))
    new: list[int] = []
    for pair in free[:most].tolist():
        if new and works[pair] < params.sure:
            break
        if state.add(pair):
            state.accept(pair)
            new.append(pair)
    return np.array(new, dtype=int)


def guided_roster(
    task: Task, link: Link, deadline: Deadline, *, is_large: bool = False
) -> tuple[Relaxation | None, Array | None]:
    """The relaxation, and values of all columns of a roster near it; None for what is not found.

    Where a roster is known and rows are broken by an empty one, none is looked for. If the program
    `is_large`, rounds have a time of their own, and a dive must promise to end in time.
    """
    program, layout, timed = task.program, task.layout, task.work_limit is None
    params = task.params.opening
    relaxed = LazyRelaxation(program, task.params, seed=task.seed, timed=timed)
    began, first = time.monotonic(), Deadline(deadline.left() * params.share)
    later = first
    if is_large and timed:
        seconds = max(
            program.matrix.nnz / params.rounds_pace, params.rounds_share * deadline.left()
        )
        later = Deadline(min(first.left(), seconds))
    relaxation = None
    for relaxation in relaxed.rounds(later, link.stopped, params.step, first=first):
        link.relaxed(relaxation)
    if relaxation is None:
        return None, None
    values = nobody_works(program)
    owes = not holds(program, values)
    if owes and task.start is not None:
        return relaxation, None  # no dive pays debts, such as costs that are held
    dive_seconds = params.dive_factor * (time.monotonic() - began)
    is_late = later.left() <= 0 or dive_seconds > task.params.dive.share * deadline.left()
    if is_large and not owes and is_late:
        return relaxation, None
    near_pairs = kernel(layout.volunteer, relaxation, params.choices)
    if owes or len(near_pairs) > program.num_pairs / 2:
        found = dive(program, layout, relaxed, deadline, task.params, link.stopped, link.solution)
        return relaxation, found
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

    def told(dived: Array) -> None:
        link.solution(whole(dived))

    dived = dive(part, near, relaxed, deadline, task.params, link.stopped, told)
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
