"""Small programs made smaller, and what is best in them, against every solution there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from programs import program_of

from shiftplan.engines import restriction
from shiftplan.engines.presolve import presolve
from shiftplan.engines.restriction import improve
from shiftplan.engines.task import holds
from shiftplan.model import Program


def made_of(seed: int, pairs: int, others: int, rows: int, noise: float = 5e-7) -> Program:
    """Of some, entries and upper bounds are no whole numbers, and bounds of rows lie off by noise.

    All costs of some are of other signs. Solvers disagree about what noise of 5e-7 allows.
    """
    program, rng = program_of(seed, pairs, others, rows), np.random.default_rng(seed)
    if rng.random() < 0.5:
        program.matrix.data *= rng.choice([0.5, 1.0, 1.5, 0.1], size=program.matrix.nnz)
        off = rng.choice([0.0, -noise, noise], size=rows)
        upper = program.upper + rng.choice([0.0, 0.5], size=len(program.upper))
        program = replace(program, row_upper=program.row_upper + off, upper=upper)
    return replace(program, cost=program.cost * rng.choice([-1.0, 1.0]))


SIZES = st.integers(0, 10**6), st.integers(3, 6), st.integers(0, 3), st.integers(1, 9)
tiny = st.builds(made_of, *SIZES)


def solutions(program: Program) -> list[np.ndarray]:
    """Every solution; of a tiny program."""
    values = [range(int(upper) + 1) for upper in program.upper]
    return [x for x in map(np.array, product(*values)) if holds(program, x)]


@given(tiny)
def test_a_best_solution_is_left(program):
    """Where there is one; its other columns have the values that were settled."""
    found, all_of_them = presolve(program), solutions(program)

    if found is None:
        assert not all_of_them
        return
    left = [found.whole(values) for values in solutions(found.program)]
    assert all(holds(program, values) for values in left)
    assert bool(left) == bool(all_of_them)
    if left:
        assert min(map(program.total, left)) == min(map(program.total, all_of_them))


@given(tiny)
def test_what_is_open_has_two_values_and_a_row_that_speaks(program):
    found = presolve(program)

    if found is not None:
        left = found.program
        assert np.all(left.upper >= 1)
        assert np.all(left.matrix.maximum(0) @ left.upper > left.row_upper)


def test_what_fixed_works_settle_is_left_out():
    """An indicator of a work that stays is 1, one of nobody's work is 0, and rows say no more."""
    program = Program.part(
        matrix=[[-1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, -1.0, 0.0]],
        row_upper=np.array([-1.0, 2.0, 0.0]),
        upper=np.ones(3),
        cost=np.array([5.0, 2.0, -3.0]),
    )

    found = presolve(program)

    assert found.program.num_columns == 0
    assert found.least.tolist() == [1.0, 0.0, 1.0]


@given(st.builds(made_of, *SIZES, st.just(1e-10)), st.integers(0, 10**6))
def test_parts_are_improved_to_the_best(program, seed):
    """From any solution; nothing is called better that is not."""
    all_of_them = solutions(program)
    if not all_of_them:
        return
    start = all_of_them[seed % len(all_of_them)].astype(float)

    better, finished = improve(program, start, seed=0, seconds=np.inf, nodes=1_000, tolerance=5e-4)

    best = start if better is None else better
    assert finished
    assert holds(program, best)
    assert program.total(best) == min(map(program.total, all_of_them))


@pytest.mark.parametrize("seed", range(20))
def test_branch_and_cut_follows_where_the_relaxation_takes_too_long(monkeypatch, seed):
    """It has time of its own, and finds what the relaxation would have shown."""
    program = made_of(seed, 6, 3, 9, noise=0.0)
    all_of_them = solutions(program)
    if not all_of_them:
        return
    start = max(all_of_them, key=program.total).astype(float)
    whole = improve(program, start, seed=0, seconds=60.0, nodes=1_000, tolerance=5e-4)
    monkeypatch.setattr(restriction, "relaxed", lambda *_: None)

    alone = improve(program, start, seed=0, seconds=60.0, nodes=1_000, tolerance=5e-4)

    costs = [None if values is None else program.total(values) for values, _ in (whole, alone)]
    assert costs[0] == costs[1]
    assert whole[1] is alone[1] is True
