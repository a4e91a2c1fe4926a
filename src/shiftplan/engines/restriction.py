"""Parts of a program: some pairs free beside the others, or small ones that are solved apart.

`Program` and pairs -> a small `Program`, all other pairs keeping their values, and a better
solution of it. `Program` -> the rest of it, whose cost includes what was solved apart before the
search, and the way back to values of all columns: a center on an island that nobody else can reach
is such a part; what the relaxation splits there, no search has to find out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import (
    begin_at,
    costs_what_it_claims,
    has_solution,
    load,
    part_of,
    relaxed,
    whole_values,
)
from shiftplan.engines.params import SearchParams
from shiftplan.engines.presolve import Presolved, presolve
from shiftplan.engines.task import EPS, Array, Deadline, holds
from shiftplan.model import Layout, Program, tied

_LONG_ROW, _LONG_PART = 1_000, 0.01
"""Entries beyond which a row frees no column with another, or part of the pairs if that is more:
in a city more than a thousand people can reach one center. No parameter: what counts as proven
near a change follows from it."""
_HEAVY = (
    "mip_allow_restart",
    "mip_detect_symmetry",
    "mip_heuristic_run_feasibility_jump",
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
)
"""What branch and cut does without on small programs."""


class Restriction:
    """Small programs in which only some pairs, and the columns that follow from them, are free."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.by_column = program.matrix.tocsc()
        pairs = program.num_pairs
        # A row over a large part of the columns, such as a level's cost that is held, ties none
        # of them to each other.
        self.tying = np.diff(program.matrix.indptr) <= max(_LONG_ROW, _LONG_PART * pairs)
        following = sparse.diags_array(self.tying.astype(float)) @ program.matrix[:, pairs:]
        following.eliminate_zeros()
        self.row_bundle, column_label, bundles = tied(following)
        """Rows that other columns than pairs tie together have the same number, (num_rows,)."""
        self._columns = pairs + np.argsort(column_label, kind="stable")
        self._first = np.searchsorted(np.sort(column_label), np.arange(bundles + 1))
        self._following = sparse.csr_array(following)
        beside = np.diff(sparse.csr_array(program.matrix[:, :pairs]).indptr) > 0
        self._with_pairs = np.zeros(program.num_columns - pairs, dtype=bool)
        self._with_pairs[self._following[beside].indices] = True

    def free_columns(self, pairs: Array) -> Array:
        """The pairs and all columns that share rows with them, directly or by each other."""
        rows = _distinct(self.by_column[:, pairs].indices, self.program.num_rows)
        labels = _distinct(self.row_bundle[rows], len(self._first) - 1)
        first, count = self._first[labels], self._first[labels + 1] - self._first[labels]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.concatenate([pairs, self._columns[np.repeat(first, count) + offset]])

    def moving_columns(self, pairs: Array) -> Array:
        """The pairs and the columns that may have to change with them, or can then be cheaper.

        Fewer than `free_columns`: in a row about no free pair, columns that only fill it keep their
        values where they depend on pairs of their own.
        """
        many, following = self.program.num_pairs, self._following
        free = np.zeros(following.shape[1], dtype=bool)
        seen = np.zeros(self.program.num_rows, dtype=bool)
        rows = _distinct(self.by_column[:, pairs].indices, self.program.num_rows)
        new = _distinct(following[rows].indices, len(free))
        while len(new):
            free[new] = True
            seen[rows] = True
            rows = np.unique(self.by_column[:, many + new].indices)
            rows = rows[~seen[rows]]
            part = following[rows]
            eases = (part.data < 0) | ~self._with_pairs[part.indices]
            new = np.unique(part.indices[eases & ~free[part.indices]])
        return np.concatenate([pairs, many + np.flatnonzero(free)])

    def best_of(self, first: Array, second: Array) -> Array:
        """The cheaper one of two solutions, in each place where they differ by itself.

        Columns that differ belong to one place if they share a row, directly or by others. A row
        then has the same values as in one of the two, so that all rows hold.
        """
        program = self.program
        columns = np.flatnonzero(first != second)
        rows = _distinct(self.by_column[:, columns].indices, program.num_rows)
        _, place, places = tied(sparse.csr_array(self.by_column[:, columns].tocsr()[rows]))
        gain = (program.cost * (first - second))[columns]
        cheaper = np.bincount(place, gain, places) > EPS
        best = first.copy()
        taken = columns[cheaper[place]]
        best[taken] = second[taken]
        return best

    def reaches_all(self, columns: Array) -> bool:
        """Whether no row of these columns is too long to free others with them."""
        rows = _distinct(self.by_column[:, columns].indices, self.program.num_rows)
        return bool(np.all(self.tying[rows]))

    def program_of(self, columns: Array, values: Array, activity: Array) -> Program:
        """The program of the free `columns`, pairs first; all others keep their `values`.

        `values`: float of shape (num_columns,); `activity`: what they add up to, (num_rows,).
        """
        rows = _distinct(self.by_column[:, columns].indices, self.program.num_rows)
        part = part_of(self.program, rows, columns)
        fixed = activity[rows] - part.matrix @ values[columns]
        return replace(part, row_upper=part.row_upper - fixed)


def _distinct(numbers: Array, size: int) -> Array:
    """The different ones of numbers below `size`, in rising order."""
    found = np.zeros(size, dtype=bool)
    found[numbers] = True
    return np.flatnonzero(found)


def improve(
    part: Program, start: Array, *, seed: int, seconds: float, nodes: int, tolerance: float
) -> tuple[Array | None, bool]:
    """A better solution of a small program (None when none was found), and whether it finished.

    Its relaxation comes first: where that is whole, or no better, there is nothing to branch on.
    `tolerance` is the relative gap at which it is solved.
    """
    deadline, left = Deadline(seconds), presolve(part)
    if left is None:
        return None, False  # rows that hold only within the solver's tolerance
    known = part.total(start) - part.total(left.least)
    values, finished = _better(left, known, start, seed, deadline, nodes, tolerance)
    if values is None or part.total(values) > part.total(start) - 0.5 or not holds(part, values):
        return None, finished
    return values, finished


def _better(
    left: Presolved,
    known: float,
    start: Array,
    seed: int,
    deadline: Deadline,
    nodes: int,
    tolerance: float,
) -> tuple[Array | None, bool]:
    """The best values of a part, if its open columns cost less than what is known of them."""
    program = left.program
    if program.num_columns == 0:
        return left.least, True
    found = relaxed(program, seed, deadline.left())
    if found is not None:
        values, _ = found
        if program.total(values) > known - 0.5:
            return None, True
        if np.all(np.abs(values - np.round(values)) < EPS):
            return left.whole(np.round(values)), True
    highs = load(program, whole=True, seed=seed)
    highs.setOptionValue("mip_rel_gap", tolerance)
    for heavy in _HEAVY:  # twice as long, for hardly anything better
        highs.setOptionValue(heavy, False)
    highs.setOptionValue("time_limit", deadline.left())
    highs.setOptionValue("mip_max_nodes", nodes)
    begin_at(highs, start[left.columns] - left.least[left.columns])
    highs.run()
    finished = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return (left.whole(whole_values(highs)) if has_solution(highs) else None), finished


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
        part = part_of(program, np.flatnonzero(inside[row_part]), columns)
        highs = load(part, whole=True, seed=0)
        highs.setOptionValue("mip_max_nodes", params.start.apart_nodes)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            values = whole_values(highs)
            if holds(part, values) and costs_what_it_claims(highs, part):
                solved[columns] = values
                done[member] = True
    if not done.any():
        return whole
    left = np.flatnonzero(~done[column_part])
    rest = part_of(program, np.flatnonzero(~done[row_part]), left)
    rest = replace(rest, offset=program.total(solved))
    kept = left[: rest.num_pairs]
    near = Layout(layout.volunteer[kept], layout.center[kept], layout.day[kept])
    return Rest(rest, near, left, solved)
