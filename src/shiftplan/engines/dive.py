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

Array = np.ndarray[Any, Any]
_EPS = 1e-6
_SURE = 0.6
"""Value from which a pair that is not whole may be held beside others of its round."""
_SHARE, _SLOW_SHARE = 0.05, 0.2
"""Part of the pairs that are not whole which a round may hold; more where rounds are slow."""
_FEWEST = 5
"""Pairs that are not whole which a round may hold at least."""
_LEFT = 300
"""Pairs that are neither held nor 0 which are left to an exact search."""
_EXACT = 4_000
"""Pairs that the exact search may use: those left, and the cheapest others."""
_DIVE_SHARE, _EXACT_SHARE = 0.6, 0.5
"""Part of the time after which what is not held is completed greedily, and of what is left then
that the exact search may take."""
_MANY = 50
"""Pairs held at once after which the next round starts without a basis."""


def dive(
    program: Program,
    layout: Layout,
    relaxed: LazyRelaxation,
    deadline: Deadline,
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
    diving = Deadline(deadline.left() * _DIVE_SHARE)
    while not state.debt and diving.left() > 0 and not stopped():
        works = relaxed.values[:pairs]
        left = np.flatnonzero((works > _EPS) & ~held)
        if len(left) <= _LEFT:
            break
        new = _hold(program, layout, relaxed, state, held)
        if relaxed.exact and len(new) == 0:
            break  # what is left breaks rows together with what is held
        held[new] = True
        relaxed.fix(new)
        if len(new) > _MANY:
            relaxed.forget()
        if not relaxed.solve(diving.left()):
            break
    begun = np.flatnonzero(np.array(state.value[:pairs]) > 0.5)
    values = greedy(program, lambda: deadline.left() <= 0 or stopped(), begun)
    if values is None:
        return None
    values = settle(program, values)
    if len(left):
        found(values.copy())
        restriction = Restriction(program)
        columns = restriction.free_columns(_last(relaxed, held, values))
        part = restriction.program_of(columns, values, program.matrix @ values)
        seconds = deadline.left() * _EXACT_SHARE
        better, _ = improve(part, values[columns], seed=0, seconds=seconds)
        if better is not None:
            values[columns] = better
    return values


def _last(relaxed: LazyRelaxation, held: Array, values: Array) -> Array:
    """Pairs that are left, those that a roster took in their place, and the cheapest others."""
    pairs = len(held)
    price = relaxed.reduced[:pairs].copy()
    price[(relaxed.values[:pairs] > _EPS) | (values[:pairs] > _EPS)] = -np.inf
    price[held] = np.inf
    return np.argsort(price, kind="stable")[: min(_EXACT, int(np.count_nonzero(~held)))]


def _hold(
    program: Program, layout: Layout, relaxed: LazyRelaxation, state: Partial, held: Array
) -> Array:
    """Pairs to hold from now on: the whole ones, and a few of the others."""
    works = relaxed.values[: program.num_pairs]
    touched = np.unique(program.matrix[relaxed.violated].indices)
    waiting = np.zeros(int(layout.volunteer.max(initial=0)) + 1, dtype=bool)
    waiting[layout.volunteer[touched[touched < program.num_pairs]]] = True
    free = np.flatnonzero((works > _EPS) & ~held & ~waiting[layout.volunteer])
    free = free[np.argsort(-works[free], kind="stable")]
    whole = int(np.count_nonzero(works[free] > 1 - _EPS))
    share = _SLOW_SHARE if relaxed.slow else _SHARE
    most = whole + max(_FEWEST, int(share * (len(free) - whole)))
    new: list[int] = []
    for pair in free[:most].tolist():
        if new and works[pair] < _SURE:
            break
        if state.add(pair) is not None:
            state.accept(pair)
            new.append(pair)
    return np.array(new, dtype=int)
