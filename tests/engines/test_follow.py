"""Columns that follow from works, computed from the rows: they hold, and none are cheaper."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from programs import programs
from scipy import sparse
from strategies import problems

from shiftplan.engines.highs import Follow, load, settled
from shiftplan.engines.hint import compatible
from shiftplan.engines.task import EPS, holds
from shiftplan.model import Program
from shiftplan.solving.building import build


@given(problem=problems(max_volunteers=3, max_shifts=4), seed=st.integers(0, 999))
@costly(0.5)
def test_settled_columns_are_those_of_an_exact_search(problem, seed):
    """Computed from the rows, they hold whenever a solver finds some, and cost as much."""
    program = build(problem).program()
    rng = np.random.default_rng(seed)
    values = np.zeros(program.num_columns)
    values[: program.num_pairs] = rng.random(program.num_pairs) < rng.choice([0.1, 0.3, 0.7])
    upper = program.upper.copy()
    upper[: program.num_pairs] = values[: program.num_pairs]
    every = np.sum([np.zeros(program.num_columns), *program.level_cost.values()], axis=0)
    priced = replace(program, upper=upper, cost=every)

    found = settled(program, values)

    if program.num_columns == 0:
        return
    highs = load(priced, whole=True, seed=0, lower=values)
    highs.run()
    if highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        assert found is not None
        assert holds(program, found)
        assert round(every @ found) == round(
            highs.getInfo().objective_function_value - priced.offset
        )
    else:
        assert found is None


@pytest.mark.parametrize(
    ("rows", "bound", "upper", "cost", "settled_to"),
    [
        # work + 1 <= a + b, a is dear and may be 1, b is cheap and may be 1: both are needed
        ([[1, -1, -1]], [-1], [1, 1, 1], [0, 5, 2], [1, 1, 1]),
        # work <= a, a <= b: what a breaks is eased in turn
        ([[1, -1, 0], [0, 1, -1]], [0, 0], [1, 1, 1], [0, 1, 1], [1, 1, 1]),
        # 3 work <= 2 a: whole columns only, 2 of them
        ([[3, -2, 0]], [0], [1, 9, 9], [0, 1, 1], [1, 2, 0]),
        # unlike sizes: one b of 3 for 4 is cheaper than two a of 2, which come first by their price
        ([[3, -2, -3]], [0], [1, 9, 9], [0, 3, 5], [1, 0, 1]),
        # b eases both rows at once, which is cheaper than a in one and b in the other
        ([[1, -1, -1], [1, 0, -1]], [0, 0], [1, 1, 1], [0, 1, 2], [1, 0, 1]),
        # a pays, so it is as high as it may be: a <= 2 work
        ([[-2, 1, 0]], [0], [1, 9, 9], [0, -1, 1], [1, 2, 0]),
    ],
)
def test_columns_that_follow_from_a_work(rows, bound, upper, cost, settled_to):
    """By hand, also where rows do not tell by themselves and a small search decides."""
    program = Program.part(
        sparse.csr_array(np.array(rows, dtype=float)),
        np.array(bound, dtype=float),
        np.array(upper, dtype=float),
        cost=np.array(cost, dtype=float),
        num_pairs=1,
    )

    assert settled(program, np.array([1.0, 0.0, 0.0])).tolist() == settled_to


def test_works_that_no_columns_hold_are_refused():
    """work <= a, but a is 0 at most."""
    rows = sparse.csr_array(np.array([[1.0, -1.0]]))
    program = Program.part(rows, np.zeros(1), np.array([1.0, 0.0]), num_pairs=1)

    assert settled(program, np.array([1.0, 0.0])) is None
    assert settled(program, np.array([0.0, 0.0])) is not None


def test_the_order_in_which_a_row_keeps_its_entries_makes_no_difference():
    """work <= a, a <= 2 b, with b written before a: both columns follow."""
    entries = np.array([1.0, -1.0, -2.0, 1.0]), np.array([0, 1, 2, 1]), np.array([0, 2, 4])
    matrix = sparse.csr_array(entries, shape=(2, 3))
    program = Program.part(matrix, np.zeros(2), np.ones(3), cost=np.array([0.0, 1, 1]), num_pairs=1)

    found = settled(program, np.array([1.0, 0, 0]))

    assert found is not None
    assert found.tolist() == [1, 1, 1]


@given(programs, st.integers(0, 10**6))
def test_works_that_hold_together_are_left(program, seed):
    """In their order; all of them where works are missing, and none fewer where all hold."""
    rng = np.random.default_rng(seed)
    works = rng.permutation(program.num_pairs)[: rng.integers(program.num_pairs + 1)]

    kept = compatible(program, works)

    assert kept.tolist() == [pair for pair in works if pair in kept]
    values = np.zeros(program.num_columns)
    values[kept] = 1.0
    follow = Follow(program)
    values[program.num_pairs :] = follow.fill(program.matrix @ values)
    assert np.all(program.matrix @ values <= program.row_upper + EPS) or len(kept) == len(works)


def test_of_works_that_break_a_row_the_last_are_left_out():
    """Two may be worked of four; the first two asked for are."""
    program = Program.part(np.ones((1, 4)), np.array([2.0]), np.ones(4))

    assert compatible(program, np.array([3, 0, 2, 1])).tolist() == [3, 0]
