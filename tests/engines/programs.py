"""Small programs drawn from a seed, and their optima by HiGHS."""

from __future__ import annotations

from itertools import islice

import highspy
import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from shiftplan.engines.highs import load
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.relaxation import LazyRelaxation
from shiftplan.engines.task import Deadline, Relaxation
from shiftplan.model import Program


def program_of(seed: int, pairs: int, others: int, rows: int) -> Program:
    """Rows that ask for pairs or limit them; the other columns ease some of the rows."""
    rng = np.random.default_rng(seed)
    matrix = np.zeros((rows, pairs + others))
    for row in range(rows):
        chosen = rng.integers(pairs, size=3)
        matrix[row, chosen] = -1 if row % 2 else 1
        if others and rng.random() < 0.7:
            matrix[row, pairs + rng.integers(others)] = -1
    columns = pairs + others
    return Program(
        matrix=sparse.csr_array(matrix),
        row_upper=np.where(np.arange(rows) % 2, -1.0, rng.integers(1, 3, size=rows)),
        upper=np.where(np.arange(columns) < pairs, 1.0, 3.0),
        cost=rng.integers(-4, 9, size=columns).astype(float) * (np.arange(columns) >= pairs)
        + rng.integers(-2, 5, size=columns) * (np.arange(columns) < pairs),
        level_cost={},
        offset=float(rng.integers(5)),
        level_offset={},
        num_pairs=pairs,
    )


def optimum(program: Program, *, whole: bool = True) -> float:
    """The least cost; infinite when no solution exists."""
    if program.num_columns == 0:
        return program.offset
    highs = load(program, whole=whole, seed=0)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return np.inf
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)


def relaxed(program: Program, rounds: int = 100) -> Relaxation | None:
    """What some rounds say about a program; None when there is nothing to say."""
    lazy = LazyRelaxation(program, DEFAULTS, seed=0, timed=False)
    said = list(islice(lazy.rounds(Deadline(np.inf), lambda: False), rounds))
    return said[-1] if said else None


programs = st.builds(
    program_of,
    st.integers(0, 10**6),
    st.integers(3, 12),
    st.integers(0, 6),
    st.integers(1, 14),
)
