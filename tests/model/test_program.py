"""Programs cut out of others, and what hangs together in one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from shiftplan.model import Program, tied


def test_a_part_has_no_levels_and_costs_nothing_unless_it_is_said():
    """All of its columns are decisions unless their number is given."""
    matrix, bound, upper = sparse.csr_array(np.eye(2)), np.ones(2), np.ones(2)

    free = Program.part(matrix, bound, upper)
    priced = Program.part(matrix, bound, upper, cost=np.array([3.0, 4.0]), num_pairs=1)

    assert (free.num_pairs, free.total(np.ones(2)), free.costs(np.ones(2))) == (2, 0.0, {})
    assert (priced.num_pairs, priced.total(np.ones(2))) == (1, 7.0)


@pytest.mark.parametrize(
    ("matrix", "rows", "columns", "number"),
    [
        # Rows 0 and 2 share column 1, row 1 has column 2 alone, column 3 is in no row.
        ([[1, 1, 0, 0], [0, 0, 5, 0], [0, -1, 0, 0]], [0, 1, 0], [0, 0, 1, 2], 3),
        ([[0, 0]], [0], [1, 2], 3),
        (np.zeros((2, 0)), [0, 1], [], 2),
        (np.zeros((0, 0)), [], [], 0),
    ],
)
def test_what_hangs_together_has_one_number(matrix, rows, columns, number):
    """Also where there are no entries, or nothing at all."""
    found = tied(sparse.csr_array(np.array(matrix, dtype=float)))

    assert (found[0].tolist(), found[1].tolist(), found[2]) == (rows, columns, number)
