"""People whose own rows say the same, so that one of them is asked for all.

`Program` -> `Alike`s.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from shiftplan.engines.personal.blocks import owners
from shiftplan.engines.task import EPS, Array
from shiftplan.model import Program


class Alike(NamedTuple):
    """People whose own rows say the same."""

    part: Program
    """What they say."""
    rows: list[Array]
    """Rows of each of them, int."""
    pairs: list[Array]
    """Pairs of each of them that these rows speak of, int."""


def groups_of(program: Program, volunteer: Array, *, asked: bool = False) -> list[Alike]:
    """The people who have rows of their own, those together whose rows say the same.

    Only those of whom such a row asks for something, if `asked`.
    """
    row_owner, column_owner = owners(program, volunteer)
    found: dict[tuple[bytes, ...], Alike] = {}
    own = row_owner >= 0
    if asked:
        own &= np.isin(row_owner, row_owner[own & (program.row_upper < -EPS)])
    rows, row_ends = _by_owner(row_owner, own)
    columns, column_ends = _by_owner(column_owner, column_owner >= 0)
    place = np.zeros(program.num_columns, dtype=program.matrix.indices.dtype)
    for first, last in column_ends.values():
        place[columns[first:last]] = np.arange(last - first)
    matrix = program.matrix[rows]
    indices = place[matrix.indices]
    for person, (first, last) in row_ends.items():
        theirs, start = columns[slice(*column_ends[person])], matrix.indptr[first]
        entries = slice(start, matrix.indptr[last])
        ends = matrix.indptr[first : last + 1] - start
        bound, upper = program.row_upper[rows[first:last]], program.upper[theirs]
        said = (ends, indices[entries], matrix.data[entries], bound, upper)
        pairs = theirs[theirs < program.num_pairs]
        key = tuple(array.tobytes() for array in said)
        if key not in found:
            shape = last - first, len(theirs)
            part = sparse.csr_array((said[2], said[1], said[0]), shape=shape)
            found[key] = Alike(Program.part(part, bound, upper, num_pairs=len(pairs)), [], [])
        found[key].rows.append(rows[first:last])
        found[key].pairs.append(pairs)
    return list(found.values())


def _by_owner(owner: Array, kept: Array) -> tuple[Array, dict[int, tuple[int, int]]]:
    """Those kept, in the order of their owners; and owner -> where in it theirs begin and end."""
    order = np.flatnonzero(kept)
    order = order[np.argsort(owner[order], kind="stable")]
    people, first = np.unique(owner[order], return_index=True)
    ends = zip(first.tolist(), [*first[1:].tolist(), len(order)], strict=False)
    return order, dict(zip(people.tolist(), ends, strict=True))
