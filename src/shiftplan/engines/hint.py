"""A solution to start from, made of works that somebody proposes.

`Program` and pairs -> values of all columns, or None when nothing of them holds.

Works that hold together are taken as they are. Of those that do not, one after the other is taken
unless it breaks rows together with those before; whoever is refused is asked again at the end, for
the company that a rule asks for may have come by then. Either is completed greedily.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import settle, settled
from shiftplan.engines.partial import Partial
from shiftplan.model import Program
from shiftplan.options import SearchParams

Array = np.ndarray[Any, Any]


def start_from(
    program: Program,
    works: Array,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    *,
    strict: bool = False,
) -> Array | None:
    """Values of all columns of a roster that has the works, or as many of them as hold.

    Parameters
    ----------
    program
        What will be minimised.
    works
        Pairs proposed, int of shape (number of works,); each stands once.
    params
        What steers how they are completed.
    stopped
        Once it says so, nothing more is added.
    strict
        Whether costs count level by level, dearest first, instead of by the total.

    Returns
    -------
    array or None
        Float of shape (num_columns,). Where the works hold together it costs no more than they
        do, the other columns as cheap as they can be. None when no work is left, or when hard rows
        stay broken whatever is added.
    """
    if len(works) == 0:
        return None
    proposed = np.zeros(program.num_columns)
    proposed[works] = 1.0
    whole = settled(program, proposed)
    kept = works if whole is not None else _holding(program, works)
    values = greedy(program, params, stopped, kept) if len(kept) else None
    if values is None:
        return whole
    if whole is not None and np.count_nonzero(values[: program.num_pairs] > 0.5) == len(works):
        return whole  # nothing was added
    values = settle(program, values)
    if whole is not None and program.rank(whole, strict=strict) <= program.rank(
        values, strict=strict
    ):
        return whole
    return values


def _holding(program: Program, works: Array) -> Array:
    """As many of the works as hold together, tried until only those are left that break rows."""
    state = Partial(program)
    waiting, before, added = works.tolist(), len(works) + 1, list[int]()
    while len(waiting) < before:
        before, refused = len(waiting), []
        for pair in waiting:
            if state.add(pair) is None:
                refused.append(pair)
            else:
                state.accept(pair)
                added.append(pair)
        waiting = refused
    return np.array(added, dtype=int)
