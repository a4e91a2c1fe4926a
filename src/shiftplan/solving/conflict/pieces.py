"""Pieces of small programs.

Rows and columns -> labels of what is tied together, and columns of slack.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.model import tied

Array = np.ndarray[Any, Any]


def components(extra: sparse.csr_array, chosen: Array) -> tuple[Array, Array]:
    """Labels of rows and of columns that chosen rows tie together; -1 for rows without columns."""
    tying = sparse.csr_array(sparse.diags_array(chosen.astype(float)) @ extra)
    tying.eliminate_zeros()
    rows, columns, _ = tied(tying)
    rows = rows.copy()
    rows[np.diff(tying.indptr) == 0] = -1
    return rows, columns


def slack_columns(loose: Array) -> sparse.csr_array:
    """A column for each loose row, by which it may be broken."""
    count = int(loose.sum())
    return sparse.csr_array(
        (-np.ones(count), (np.flatnonzero(loose), np.arange(count))), shape=(len(loose), count)
    )
