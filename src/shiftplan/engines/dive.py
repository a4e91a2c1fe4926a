"""A roster from the relaxation: hold what is whole, solve the rest again, until all is whole.

`LazyRelaxation` -> values of all columns. Each round holds pairs that the relaxation gives in
full, and the surest of the others; works that would break a row together with those held are
refused. People whom a row that was violated a moment ago concerns wait for the next round: what
the relaxation says about them is not yet true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import settle
from shiftplan.engines.partial import Partial
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.restriction import Restriction, improve
from shiftplan.engines.task import Deadline
from shiftplan.model import Layout, Program
from shiftplan.options import SearchParams
from shiftplan.options.engines import DiveParams

Array = np.ndarray[Any, Any]
_EPS = 1e-6


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
    completed greedily, which is told to `found`, and then chosen anew by an exact search.
    """
    state = Partial(program)
    pairs = program.num_pairs
    held = np.zeros(pairs, dtype=bool)
    left = np.zeros(0, dtype=int)
    own = params.dive
    diving = Deadline(deadline.left() * own.share)
    while not state.debt and diving.left() > 0 and not stopped():
        works = relaxed.values[:pairs]
        left = np.flatnonzero((works > _EPS) & ~held)
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
        columns = restriction.free_columns(_last(relaxed, held, values, own.exact_pairs))
        part = restriction.program_of(columns, values, program.matrix @ values)
        seconds = deadline.left() * own.exact_share
        better, _ = improve(part, values[columns], seed=0, seconds=seconds, nodes=own.exact_nodes)
        if better is not None:
            values[columns] = better
    return values


def _last(relaxed: LazyRelaxation, held: Array, values: Array, most: int) -> Array:
    """Pairs that are left, those that a roster took in their place, and the cheapest others.

    There are `most` of them at most.
    """
    pairs = len(held)
    price = relaxed.reduced[:pairs].copy()
    price[(relaxed.values[:pairs] > _EPS) | (values[:pairs] > _EPS)] = -np.inf
    price[held] = np.inf
    return np.argsort(price, kind="stable")[: min(most, int(np.count_nonzero(~held)))]


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
    free = np.flatnonzero((works > _EPS) & ~held & ~waiting[layout.volunteer])
    free = free[np.argsort(-works[free], kind="stable")]
    whole = int(np.count_nonzero(works[free] > 1 - _EPS))
    share = params.held_share_slow if relaxed.slow else params.held_share
    most = whole + max(params.held_pairs, int(share * (len(free) - whole)))
    new: list[int] = []
    for pair in free[:most].tolist():
        if new and works[pair] < params.sure:
            break
        if state.add(pair) is not None:
            state.accept(pair)
            new.append(pair)
    return np.array(new, dtype=int)
