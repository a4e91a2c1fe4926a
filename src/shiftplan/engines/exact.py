"""A small program solved exactly, by its relaxation and the few columns that this leaves open.

(`Program`, a known solution) -> the best solution, and whether it is proven. Near a roster the
relaxation is whole as a rule, or nearly so, and takes a tenth of the time of branch and cut, whose
presolve alone takes longer. Where it is not, a bound and the cost of a solution tell which columns
stay at their bounds (fixing by reduced costs: Dantzig, Fulkerson and Johnson, Solution of a
large-scale traveling-salesman problem, 1954), and branch and cut is left with the others.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shiftplan.engines.highs import part_of, relaxed
from shiftplan.engines.task import EPS, Array, Deadline, Limits, Outcome, Task, holds, whole_bound
from shiftplan.engines.worker import run_here
from shiftplan.model import Layout, Program

_FIRST_SHARE, _MOST_SHARE = 0.1, 0.4
"""Share of the pairs that are open at first, and above which all columns are: branch and cut then
gains more from the whole program."""

Branch = Callable[[Program, Array | None], tuple[Array | None, bool]]
"""(Program, a known solution) -> the best solution found, and whether it is proven."""


def solve_exactly(
    program: Program, start: Array | None, limits: Limits
) -> tuple[Array | None, bool]:
    """The best solution of a program, and whether it is proven that none is better.

    `start` is a known solution, float of shape (num_columns,); None where there is none. Where
    nothing better is found, it is returned itself. Costs of solutions are whole numbers.
    """
    deadline = Deadline(limits.seconds)

    def branch(part: Program, known: Array | None) -> tuple[Array | None, bool]:
        layout = Layout(*(np.zeros(part.num_pairs, dtype=np.int64) for _ in range(3)))
        seed, params = limits.seed, limits.params
        if part is not program:  # its relaxation is tight, or it would not be small
            plain = params.branch_and_cut.model_copy(update={"envelope_columns": 0})
            params = params.model_copy(update={"branch_and_cut": plain})
        outcome = Outcome(part, values=known)
        task = Task("mip", part, layout, known, seed, deadline.left(), None, params=params)
        ending = run_here(task, outcome, limits, lambda: None, by="part")
        # An engine is stopped, too, as soon as the bound meets the cost.
        return outcome.values, ending == "proven" or outcome.meets(0.0)

    def is_over() -> bool:
        return limits.cancelled or deadline.left() <= 0

    found = relaxed(program, limits.seed, deadline.left(), lambda: limits.cancelled)
    if found is None:
        return branch(program, start)
    values, duals = found
    least = program.least(duals)
    if start is not None and program.total(start) <= whole_bound(least):
        return start, True
    near = np.round(values)
    if holds(program, near) and program.total(near) <= whole_bound(least):
        return near, True
    return _narrowed(program, start, program.reduced(duals), least, branch, is_over)


def _narrowed(
    program: Program,
    best: Array | None,
    reduced: Array,
    least: float,
    branch: Branch,
    is_over: Callable[[], bool],
) -> tuple[Array | None, bool]:
    """Branch and cut on the columns that a better solution may have elsewhere than at a bound.

    In a solution that costs less than `least` and some slack, every column whose reduced cost is
    as much stays where that is paid least: at 0, or at its upper bound where the cost is negative.
    Whatever is not among the solutions of the others costs as much, then, or more. The relaxation
    has those columns there too, so that rows without any other column hold.
    """
    held = np.where(reduced < 0, program.upper, 0.0)
    price, touched = np.abs(reduced), abs(program.matrix)
    pairs = np.sort(price[: program.num_pairs])
    slack = float(pairs[int(_FIRST_SHARE * len(pairs))]) if len(pairs) else 0.0
    while True:
        slack = max(slack, 1.0)
        is_open = price <= slack + EPS
        if np.count_nonzero(is_open[: len(pairs)]) > _MOST_SHARE * len(pairs):
            return branch(program, best)
        others = np.where(is_open, 0.0, held)
        columns, rows = np.flatnonzero(is_open), np.flatnonzero(touched @ is_open > 0)
        part = part_of(program, rows, columns, (program.matrix @ others)[rows])
        begun = None
        if best is not None and np.array_equal(best[~is_open], others[~is_open]):
            begun = best[columns]
        found, is_proven = branch(part, begun)
        if found is not None:
            others[columns] = found
            if best is None or program.total(others) < program.total(best) - 0.5:
                best = others
            if not is_proven:
                return best, False
        elif is_over():
            return best, False
        if best is None or not is_proven:
            slack *= 4
        elif program.total(best) <= whole_bound(least + slack):
            return best, True
        else:
            # As much more as a bound is rounded down by, or it would never be reached.
            slack = program.total(best) - least + 2e-6 + 2e-9 * abs(program.total(best))
