"""A cheap way out of very many conflicts, read off a good roster.

`Holding` -> a program in which members may be broken at a price -> engines -> members broken.

What the roster without works breaks may be broken, a unit at the price of its member; everything
else holds. So there is a roster from the beginning, and the engines that make good rosters make it
break less and less.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
from scipy import sparse

from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import settled
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Array, Deadline, Limits
from shiftplan.model import Program
from shiftplan.solving.conflict.grounds import Grounds
from shiftplan.solving.conflict.holding import Holding, NothingHoldsError, OutOfTimeError
from shiftplan.solving.conflict.pieces import slack_columns


def least_broken(
    holding: Holding, never: Array, prices: Array, limits: Limits, own: Deadline
) -> tuple[Array, Array]:
    """Members to give up so that all others hold, and the works; cheap, but perhaps not cheapest.

    The first set is what a roster breaks that was made to break little. Where they are not too
    many, others are tried: every roster shows members that it breaks; those that stand known are
    broken as cheaply as possible in the next one. The cheapest set is taken. After an interrupt it
    is the cheaper one of the first two.

    `never` are the numbers of the members that cannot be given up, `prices` the price of a unit of
    each member, float of shape (members,), and `limits` what the engines may use. Rosters are
    looked for until `own` is over, which is the time of `holding` from the second one on; what the
    first one breaks is seen after that too. It raises OutOfTimeError if no such set is known.
    """

    def is_cheaper(one: tuple[Array, Array], other: tuple[Array, Array]) -> bool:
        """Whether the price is lower; at the same price, the sum of amounts."""
        first, second = prices[one[0]].sum(), prices[other[0]].sum()
        if first != second:
            return bool(first < second)
        return sum(holding.amounts(one[1], one[0])) < sum(holding.amounts(other[1], other[0]))

    none = np.zeros(0, dtype=np.int64)
    works = np.zeros(holding.grounds.program.num_pairs)
    known, found = none, holding.broken(works, none, none)
    if np.isin(found, never).any():
        raise OutOfTimeError
    best = found, works
    program = elastic(holding.grounds, found, prices)
    good, interrupted = _good_works(program, holding, limits, own)
    if good is not None:
        with suppress(OutOfTimeError):
            broken = holding.broken(good, none, found)
            if not np.isin(broken, never).any() and is_cheaper((broken, good), best):
                best = broken, good
    params, holding.deadline = holding.params, own
    more = len(found) <= params.elastic_members and not interrupted
    for _ in range(params.elastic_turns if more else 0):
        if not len(np.setdiff1d(found, known)):
            break
        known = np.union1d(known, found)
        kept, loose = np.intersect1d(known, never), np.setdiff1d(known, never)
        try:
            works = holding.works(kept, loose, least=True, prices=prices)
            found = holding.broken(works, kept, loose)
            if not np.isin(found, never).any() and is_cheaper((found, works), best):
                best = found, works
        except (OutOfTimeError, NothingHoldsError):
            break
    return best


def elastic(grounds: Grounds, loose: Array, prices: Array) -> Program:
    """The program of all members in which each row of the loose ones may be broken at a price."""
    program = grounds.program
    chosen = np.zeros(len(grounds.members) + 1, dtype=bool)
    chosen[loose] = True
    chosen[-1] = False  # rows that define columns have the number -1
    rows = chosen[grounds.member_of]
    most = program.matrix.maximum(0) @ program.upper - program.row_upper
    cost = prices[grounds.member_of[rows]]
    return Program.part(
        sparse.hstack([program.matrix, slack_columns(rows)], format="csr"),
        program.row_upper,
        np.concatenate([program.upper, np.maximum(most[rows], 0.0)]),
        cost=np.concatenate([np.zeros(program.num_columns), cost]),
        num_pairs=program.num_pairs,
    )


def _good_works(
    program: Program, holding: Holding, limits: Limits, own: Deadline
) -> tuple[Array | None, bool]:
    """Works of a roster that costs little, and whether an interrupt ended the search for it.

    Works are float of shape (num_pairs,), None when none are found.
    """
    deadline = Deadline(limits.seconds)
    # A first roster is worth all the time there is: without one, nothing is given up but all.
    start = greedy(program, limits.params, lambda: limits.cancelled or own.left() <= 0)
    if start is not None:
        start = settled(program, start)
    layout, left = holding.grounds.model.pairs.layout(), replace(limits, seconds=deadline.left())
    outcome = minimise(program, layout, left, lambda _outcome: None, start)
    works = None if outcome.values is None else np.round(outcome.values[: program.num_pairs])
    return works, outcome.ending == "interrupt"
