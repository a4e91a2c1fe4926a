"""Which columns and rows of a program belong to one person alone, and which rows are the same.

`Model`, `Program` -> owners; the rows of two problems that differ a little -> pairs of rows.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from shiftplan.model import Model, Program

Array = np.ndarray[Any, Any]

SHARED = -1
"""Owner of what concerns more than one person, or nobody."""
_UNKNOWN = -2
_NONE = np.iinfo(np.int64).max
_ROUNDS = 3
"""Auxiliary columns that follow from auxiliary columns that follow from works: so deep."""


def owners(model: Model, program: Program) -> tuple[Array, Array]:
    """Volunteer index of each column and of each row, `SHARED` where there is not just one.

    A row belongs to a person when all its columns do; a column that follows from works belongs to
    the only person whose rows it stands in.
    """
    matrix = program.matrix.tocoo()
    rows, columns = matrix.row, matrix.col
    column_owner = np.full(program.num_columns, _UNKNOWN)
    column_owner[: program.num_pairs] = model.pairs.volunteer
    for _ in range(_ROUNDS):
        row_owner = _common(rows, column_owner[columns], program.num_rows)
        found = _common(columns, row_owner[rows], program.num_columns)
        column_owner = np.where(column_owner == _UNKNOWN, found, column_owner)
    column_owner[column_owner == _UNKNOWN] = SHARED
    row_owner = _common(rows, column_owner[columns], program.num_rows)
    return column_owner, np.where(row_owner == _UNKNOWN, SHARED, row_owner)


def _common(key: Array, owner: Array, size: int) -> Array:
    """The one owner of all entries of a key; unknown when none is known.

    Entries that nobody owns yet do not count; a shared one makes the key shared.
    """
    known = owner != _UNKNOWN
    low, high = np.full(size, _NONE), np.full(size, _UNKNOWN)
    np.minimum.at(low, key[known], owner[known])
    np.maximum.at(high, key[known], owner[known])
    return np.where(high == _UNKNOWN, _UNKNOWN, np.where(low == high, low, SHARED))


def row_keys(
    model: Model, program: Program, numbers: dict[str, int], ignored: Collection[str]
) -> Array:
    """A number for each row that tells it from others by rule, people, shifts and factors.

    Rows of two problems with the same key say the same about everybody but the people ignored and
    those without a number. Bounds do not count.

    Parameters
    ----------
    model, program
        Of either problem; both have the same shifts and rules.
    numbers
        Volunteer id -> number of the person, the same for both problems.
    ignored
        Ids of people who differ between the problems.
    """
    arrays = model.arrays
    rng = np.random.default_rng(0)
    whole = np.iinfo(np.int64)
    days = rng.integers(whole.min, whole.max, arrays.num_days)
    shifts = rng.integers(whole.min, whole.max, arrays.num_shifts)
    people = rng.integers(whole.min, whole.max, len(numbers))
    of_person = np.array(
        [
            0
            if v.volunteer_id in ignored or v.volunteer_id not in numbers
            else people[numbers[v.volunteer_id]]
            for v in arrays.week.volunteers
        ],
        dtype=np.int64,
    )
    matrix = program.matrix.copy()
    matrix.data = np.round(matrix.data * 1e6).astype(np.int64)
    columns = np.zeros(program.num_columns, dtype=np.int64)
    columns[: program.num_pairs] = of_person[model.pairs.volunteer] * shifts[model.pairs.shift]
    around = matrix.T @ (matrix @ columns)
    columns[program.num_pairs :] = around[program.num_pairs :]
    keys = np.asarray(matrix @ columns)
    for tag in model.tags:
        run = slice(tag.first, tag.first + len(tag.who))
        number = next((i for i, r in enumerate(model.rules) if r is tag.rule), -1)
        keys[run] = keys[run] * 5 + (number + 2) * 0x9E3779B97F4A7
        keys[run] += np.where(tag.who >= 0, np.append(of_person, 0)[tag.who], 0) * 7
        place = {"shift": shifts, "day": days}.get(tag.place)
        if place is not None:
            keys[run] += np.where(tag.where >= 0, place[tag.where], 0) * 11
    return keys


def matched(keys: Array, others: Array) -> Array:
    """For each of the other rows the row with the same key, in their order; -1 for none."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.searchsorted(ordered, others, side="left")
    count = np.searchsorted(ordered, others, side="right") - first
    turn = np.argsort(others, kind="stable")
    number = np.empty(len(others), dtype=np.int64)
    number[turn] = np.arange(len(others)) - np.searchsorted(others[turn], others[turn])
    found = np.append(order, -1)[np.where(number < count, first + number, len(order))]
    return np.asarray(found)
