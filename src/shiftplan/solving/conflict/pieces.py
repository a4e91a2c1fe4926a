"""Pieces of programs: what is tied together, and columns of slack."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from shiftplan.engines.task import Array
from shiftplan.model import tied


def components(extra: sparse.csr_array, chosen: Array) -> tuple[Array, Array]:
    """Labels of rows and of columns that chosen rows tie together; -1 for rows without columns."""
    tying = sparse.csr_array(sparse.diags_array(chosen.astype(float)) @ extra)
    tying.eliminate_zeros()
    rows, columns, _ = tied(tying)
    return np.where(np.diff(tying.indptr) == 0, -1, rows), columns


def slack_columns(loose: Array) -> sparse.csr_array:
    """A column for each loose row, by which it may be broken."""
    count = int(loose.sum())
    return sparse.csr_array(
        (-np.ones(count), (np.flatnonzero(loose), np.arange(count))), shape=(len(loose), count)
    )
