"""Small independent parts of a program, solved exactly before the search begins.

`Program` -> the rest of it, whose cost includes what was solved apart, and the way back to values
of all columns. A center on an island that nobody else can reach is such a part; what the
relaxation splits there, no search has to find out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from shiftplan.engines.highs import costs_what_it_claims, load
from shiftplan.engines.task import holds
from shiftplan.model import Layout, Program, tied
from shiftplan.options import SearchParams

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a program to search."""

    program: Program
    """The columns and rows of all parts that were not solved; its offset includes the others."""
    layout: Layout
    """Whom, where and when each pair of it concerns."""
    columns: Array
    """Its columns in the whole program, int of shape (program.num_columns,)."""
    solved: Array
    """Values of all columns of the whole program, 0 in the rest; float of shape (num_columns,)."""

    def join(self, values: Array) -> Array:
        """Values of all columns of the whole program from values of the rest."""
        joined = self.solved.copy()
        joined[self.columns] = values
        return joined


def solve_apart(
    program: Program,
    layout: Layout,
    params: SearchParams,
    stopped: Callable[[], bool] = lambda: False,
) -> Rest | None:
    """The program without its small independent parts; None when one of them has no solution.

    The smallest parts come first; those that are not done when `stopped` says so stay in the rest,
    and so do those whose solution does not hold, or not at the cost that the solver claims.
    """
    whole = Rest(program, layout, np.arange(program.num_columns), np.zeros(program.num_columns))
    if stopped():
        return whole
    row_part, column_part, parts = tied(program.matrix)
    pairs = np.bincount(column_part[: program.num_pairs], minlength=parts)
    small = pairs <= min(params.start.apart_pairs, program.num_pairs / 2)
    # Parts without any pair have nothing to decide: they go together as one.
    without = np.flatnonzero(small & (pairs == 0))
    order = np.argsort(pairs, kind="stable")
    members = [without, *order[(small & (pairs > 0))[order]][:, None]]
    solved = np.zeros(program.num_columns)
    done = np.zeros(parts, dtype=bool)
    for member in members:
        inside = np.zeros(parts, dtype=bool)
        inside[member] = True
        columns = np.flatnonzero(inside[column_part])
        if len(columns) == 0:
            continue
        if stopped():
            break
        part = _part(program, columns, np.flatnonzero(inside[row_part]))
        highs = load(part, whole=True, seed=0)
        highs.setOptionValue("mip_max_nodes", params.start.apart_nodes)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            values = np.round(np.array(highs.getSolution().col_value))
            if holds(part, values) and costs_what_it_claims(highs, part):
                solved[columns] = values
                done[member] = True
    if not done.any():
        return whole
    left = np.flatnonzero(~done[column_part])
    rest = _part(program, left, np.flatnonzero(~done[row_part]))
    rest = replace(rest, offset=program.total(solved))
    kept = left[: rest.num_pairs]
    near = Layout(layout.volunteer[kept], layout.center[kept], layout.day[kept])
    return Rest(rest, near, left, solved)


def _part(program: Program, columns: Array, rows: Array) -> Program:
    """The program of some columns and all rows they are in, with nothing else in them."""
    return Program.part(
        program.matrix[rows][:, columns],
        program.row_upper[rows],
        program.upper[columns],
        cost=program.cost[columns],
        num_pairs=int(np.searchsorted(columns, program.num_pairs)),
    )
