"""Pieces of small programs.

Rows and columns -> labels of what is tied together, columns of slack, and a `Program`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.model import Program

Array = np.ndarray[Any, Any]


def components(extra: sparse.csr_array, chosen: Array) -> tuple[Array, Array]:
    """Labels of rows and of columns that chosen rows tie together; -1 for rows without columns."""
    tying = sparse.csr_array(sparse.diags_array(chosen.astype(float)) @ extra)
    tying.eliminate_zeros()
    graph: Any = sparse.block_array([[None, tying], [tying.T, None]], format="csr")
    if graph.shape[0] == 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    rows, columns = label[: extra.shape[0]].copy(), label[extra.shape[0] :]
    rows[np.diff(tying.indptr) == 0] = -1
    return rows, columns


def slack_columns(loose: Array) -> sparse.csr_array:
    """A column for each loose row, by which it may be broken."""
    count = int(loose.sum())
    return sparse.csr_array(
        (-np.ones(count), (np.flatnonzero(loose), np.arange(count))), shape=(len(loose), count)
    )


def loose_program(
    matrix: sparse.csr_array, row_upper: Array, upper: Array, num_pairs: int | None = None
) -> Program:
    """A program in which nothing costs; all columns are decisions unless their number is given."""
    return Program(
        matrix=matrix,
        row_upper=row_upper,
        upper=upper,
        cost=np.zeros(len(upper)),
        level_cost={},
        offset=0.0,
        level_offset={},
        num_pairs=len(upper) if num_pairs is None else num_pairs,
    )
