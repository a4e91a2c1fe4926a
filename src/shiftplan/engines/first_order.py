"""The linear relaxation by a first-order method: near its optimum in a moment, never exactly there.

`Program` -> `Relaxation`s, each to a smaller tolerance, and a roster rounded from one of them.
The method (PDLP, a primal-dual hybrid gradient method: Applegate and others 2021; HiGHS has one)
multiplies by the matrix and solves no equations, so that the rows which make the simplex method
slow cost it nothing. Any duals prove their bound; values are as good as the method is near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import highspy
import numpy as np

from shiftplan.engines.highs import load
from shiftplan.engines.hint import compatible, start_from
from shiftplan.engines.params import SearchParams
from shiftplan.engines.task import Array, Deadline, Relaxation
from shiftplan.model import Program

_NEAR = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kUnknown)
"""What is said where it is as near as asked for, the second where that is so but for rounding."""


def is_large(program: Program, params: SearchParams) -> bool:
    """Whether the method takes too long to begin a search with."""
    return program.matrix.nnz > params.opening.entries


def approach(
    program: Program,
    deadline: Deadline,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
    *,
    again: bool = False,
) -> Iterator[Relaxation]:
    """Relaxations within smaller and smaller relative distances of the optimum.

    They end when bound and objective agree to `enough`, or with what is reached of a large program
    when time is over; `again` leaves out the first of them. Uses below `least_use` count as none:
    the method leaves them nearly everywhere.
    """
    own = params.opening
    is_quick = program.matrix.nnz <= own.quick_pace * deadline.left()
    distance = own.distance if is_quick else own.coarse_distance
    if again:
        distance *= own.nearer
    highs = load(program, whole=False, seed=0)
    large = is_large(program, params)
    highs.setOptionValue("solver", "pdlp" if large else "hipdlp")
    highs.setOptionValue("presolve", "off")  # takes as long as it saves
    while not stopped() and deadline.left() > 0:
        highs.setOptionValue("kkt_tolerance", distance)
        highs.setOptionValue("time_limit", highs.getRunTime() + deadline.left())
        highs.run()
        # The method for large programs also tells how far it has come when its time is over.
        is_over = highs.getModelStatus() == highspy.HighsModelStatus.kTimeLimit
        solution = highs.getSolution()
        if not (highs.getModelStatus() in _NEAR or (large and is_over)) or not solution.dual_valid:
            return
        dual = np.minimum(np.array(solution.row_dual), 0.0)
        values = np.clip(np.array(solution.col_value), 0.0, program.upper)
        values[values < own.least_use] = 0.0
        bound = program.least(dual)
        off = abs(highs.getInfo().objective_function_value - bound)
        is_near = off <= own.enough * abs(bound)
        yield Relaxation(bound, values, program.reduced(dual), dual, slow=not is_near)
        if is_near or distance <= own.last_distance:
            return
        distance *= own.nearer


def rounded(
    program: Program,
    relaxation: Relaxation,
    params: SearchParams,
    late: Callable[[], bool] = lambda: False,
) -> Array | None:
    """Values of all columns of a roster with the works that a relaxation is surest of.

    None when hard rows stay broken, or nothing is sure. When it is `late` the rest is less well
    chosen.
    """
    use = relaxation.values[: program.num_pairs]
    works = np.flatnonzero(use > params.opening.sure)
    works = works[np.argsort(-use[works], kind="stable")]
    return start_from(program, compatible(program, works), params, late=late)
