"""A small program made smaller: without what its bounds and rows settle by themselves.

`Program` -> `Presolved`: the columns that are left open, in the rows that still say something. In a
part of a roster most auxiliary columns are settled by what stays as it is. Solvers find that out
too, but for a small program it takes longer there than all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.engines.task import EPS, Array
from shiftplan.model import Program

_PASSES = 10
"""Passes over all rows at most; few programs need more than four."""


@dataclass(frozen=True, slots=True)
class Presolved:
    """What is left of a program."""

    program: Program
    """Its open columns, each less its least value; pairs first."""
    columns: Array
    """These columns in the whole program, int."""
    least: Array
    """Values of all columns of the whole program, the least where they are open; float."""

    def whole(self, values: Array) -> Array:
        """Values of all columns from those of the open ones."""
        found = self.least.copy()
        found[self.columns] += values
        return found


def presolve(program: Program) -> Presolved | None:
    """Leave out what is settled in some best solution; None where rows contradict each other.

    Bounds of columns follow from those of the others in each row, rounded, as columns are whole; a
    row that no values within the bounds can break says nothing; a column that costs nothing less
    and only fills rows the more it is used stays at its least value, and the other way round.
    """
    matrix, row_upper, cost = program.matrix, program.row_upper, program.cost
    entry_row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
    entry_column, entry = matrix.indices, matrix.data
    lower, upper = np.zeros(program.num_columns), np.floor(program.upper + EPS)
    for _ in range(_PASSES):
        rises = entry > 0
        least = entry * np.where(rises, lower[entry_column], upper[entry_column])
        spread = np.abs(entry) * (upper - lower)[entry_column]
        slack = row_upper - np.bincount(entry_row, least, program.num_rows)
        if np.any(slack < -EPS):
            return None
        speaks = np.bincount(entry_row, spread, program.num_rows) > slack + EPS
        kept = speaks[entry_row] & (spread > 0)
        entry_row, entry_column, entry = entry_row[kept], entry_column[kept], entry[kept]
        rises, spread = rises[kept], spread[kept]
        row_upper = slack + np.bincount(entry_row, least[kept], program.num_rows)
        before = lower.copy(), upper.copy()
        tight = np.flatnonzero(spread > slack[entry_row] + EPS)
        # As much as `holds` allows; the last digits of a quotient do not decide.
        room = np.maximum(slack, 0.0)[entry_row[tight]] + EPS
        reach = np.floor(room / np.abs(entry[tight]) + 1e-9)
        column, up = entry_column[tight], rises[tight]
        np.minimum.at(upper, column[up], (before[0][column] + reach)[up])
        np.maximum.at(lower, column[~up], (before[1][column] - reach)[~up])
        filling = np.bincount(entry_column[rises], minlength=len(cost)) > 0
        emptying = np.bincount(entry_column[~rises], minlength=len(cost)) > 0
        upper = np.where((cost >= 0) & ~emptying, lower, upper)
        lower = np.where((cost <= 0) & ~filling & (upper > lower), upper, lower)
        if np.array_equal(before[0], lower) and np.array_equal(before[1], upper):
            break
    return _left(program, lower, upper)


def _left(program: Program, lower: Array, upper: Array) -> Presolved | None:
    """The program of the columns that are open between two bounds."""
    if np.any(lower > upper):
        return None
    columns = np.flatnonzero(upper > lower)
    part = program.matrix[:, columns]
    row_upper = program.row_upper - program.matrix @ lower
    most = part.maximum(0) @ (upper - lower)[columns]
    rows = np.flatnonzero(most > row_upper + EPS)
    left = Program.part(
        part[rows],
        row_upper[rows],
        (upper - lower)[columns],
        cost=program.cost[columns],
        num_pairs=int(np.count_nonzero(columns < program.num_pairs)),
    )
    return Presolved(left, columns, lower)
