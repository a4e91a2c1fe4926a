"""What duals prove: never more than the cost of a solution, however they were come by."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly
from scipy import sparse
from scipy.optimize import linprog

from shiftplan.model import Program


def program_of(matrix, row_upper, upper, cost, offset=0.0) -> Program:
    """A program of the arrays given."""
    return Program(
        matrix=sparse.csr_array(np.array(matrix, dtype=float)),
        row_upper=np.array(row_upper, dtype=float),
        upper=np.array(upper, dtype=float),
        cost=np.array(cost, dtype=float),
        level_cost={},
        offset=float(offset),
        level_offset={},
        num_pairs=len(cost),
    )


WHOLE = st.integers(-4, 4)


@st.composite
def programs(draw, numbers=WHOLE) -> Program:
    """Up to 5 rows and 4 columns of some numbers."""
    rows, columns = draw(st.integers(0, 5)), draw(st.integers(1, 4))

    def many(count, of):
        return draw(st.lists(of, min_size=count, max_size=count))

    matrix = np.array(many(rows * columns, numbers), dtype=float).reshape(rows, columns)
    upper = many(columns, st.integers(0, 3))
    return program_of(matrix, many(rows, numbers), upper, many(columns, numbers), draw(numbers))


@st.composite
def with_duals(draw, numbers=WHOLE):
    """A program and duals of any sign, some of them far too large."""
    program = draw(programs(numbers))
    dual = st.floats(-9, 9) | st.integers(-9, 0).map(float) | st.floats(-1e18, 1e18)
    rows = program.num_rows
    return program, np.array(draw(st.lists(dual, min_size=rows, max_size=rows)))


def optimum(program: Program) -> float:
    """Least cost of all whole solutions, tried one by one; infinite when there is none."""
    values = np.array(list(product(*(range(int(upper) + 1) for upper in program.upper)))).T
    held = np.all(program.matrix @ values <= program.row_upper[:, None], axis=0)
    return float((program.cost @ values[:, held]).min(initial=math.inf)) + program.offset


def relaxed(program: Program):
    """The linear relaxation, by another solver."""
    bounds = np.stack([np.zeros(program.num_columns), program.upper], axis=1)
    return linprog(program.cost, A_ub=program.matrix, b_ub=program.row_upper, bounds=bounds)


def exact(program: Program, duals: np.ndarray) -> tuple[Fraction, Fraction]:
    """Least value of the Lagrangian without any rounding, and the size of what is added up."""
    paid = [Fraction(min(dual, 0.0)) for dual in duals.tolist()]
    matrix = [[Fraction(entry) for entry in row] for row in program.matrix.toarray().tolist()]
    value = size = Fraction(program.offset)
    size = abs(size)
    for dual, upper in zip(paid, program.row_upper.tolist(), strict=True):
        value += dual * Fraction(upper)
        size += abs(dual * Fraction(upper))
    for column, (cost, upper) in enumerate(
        zip(program.cost.tolist(), program.upper.tolist(), strict=True)
    ):
        parts = [Fraction(cost), *(-paid[r] * row[column] for r, row in enumerate(matrix))]
        value += min(Fraction(0), sum(parts, Fraction(0))) * Fraction(upper)
        size += sum(map(abs, parts), Fraction(0)) * Fraction(upper)
    return value, size


def test_duals_of_a_program_by_hand():
    """Asked for 2 of 3 works at 5, 6 and 9, a dual of -6 proves 2 x 6 - 1 = 11, the optimum."""
    program = program_of([[-1, -1, -1]], [-2], [1, 1, 1], [5, 6, 9])

    assert program.reduced(np.array([-6.0])).tolist() == [-1.0, 0.0, 3.0]
    assert program.least(np.array([-6.0])) == pytest.approx(11.0, abs=1e-12)
    assert optimum(program) == 11.0
    # No prices say that nothing is worth less than nothing; one of the wrong sign says as much.
    assert program.least(np.array([0.0])) == program.least(np.array([7.0])) == 0.0


@given(with_duals())
def test_no_duals_prove_more_than_the_optimum(drawn):
    """Not by a rounding either: costs are whole numbers, and so is the optimum."""
    program, duals = drawn

    assert program.least(duals) <= optimum(program)


@costly(0.5)
@given(with_duals())
def test_no_duals_prove_more_than_the_relaxation(drawn):
    """Another solver's optimum of the relaxation is the most that can be proven."""
    program, duals = drawn
    found = relaxed(program)
    assume(found.status == 0)

    assert program.least(duals) <= found.fun + program.offset + 1e-6


@costly(0.5)
@given(programs())
def test_the_best_duals_prove_the_relaxation(program):
    """With another solver's duals the bound is its optimum: nothing is given away."""
    found = relaxed(program)
    assume(found.status == 0)

    proven = program.least(np.array(found.ineqlin.marginals))

    assert proven == pytest.approx(found.fun + program.offset, abs=1e-6)


@given(with_duals(st.floats(-1e6, 1e6)))
def test_rounding_never_lifts_the_bound(drawn):
    """It lies below what exact arithmetic gives, by next to nothing of what is added up."""
    program, duals = drawn
    value, size = exact(program, duals)

    proven = Fraction(program.least(duals))

    assert proven <= value
    assert proven >= value - Fraction(1, 10**13) * size - Fraction(1, 10**300)


@given(st.floats(0.1, 9), st.floats(0.1, 9), st.floats(-9, -0.1))
def test_rounding_never_lifts_what_cancels(more, less, dual):
    """Where two rows pay a column nearly the same, all that is left of it is rounding."""
    program = program_of([[more], [-less]], [0, 0], [3], [0])
    duals = np.array([dual, more * dual / less])

    assert Fraction(program.least(duals)) <= exact(program, duals)[0]


@given(with_duals(), st.data())
def test_what_is_left_out_can_be_added(drawn, data):
    """Columns left out, at their least cost at the reduced costs, make up the whole bound."""
    program, duals = drawn
    duals = np.clip(duals, -9, 0)
    mask = st.lists(st.booleans(), min_size=program.num_columns, max_size=program.num_columns)
    counted = np.array(data.draw(mask))

    rest = np.minimum(program.reduced(duals), 0.0) @ np.where(counted, 0.0, program.upper)

    assert program.least(duals, counted) + rest == pytest.approx(program.least(duals), abs=1e-9)


@pytest.mark.parametrize("dual", [math.nan, -math.inf, -1e308])
def test_duals_that_are_no_numbers_prove_nothing(dual):
    """A solver's failure is no bound, and no warning."""
    program = program_of([[-9], [-9]], [-9, 9], [1], [1])

    assert program.least(np.array([dual, dual])) == -math.inf


def test_bounds_without_end_prove_nothing_where_they_matter():
    """A row or column without a bound costs nothing until a dual leans on it."""
    program = program_of([[1, 1], [-1, 0]], [math.inf, -1], [1, math.inf], [3, 2])

    assert program.least(np.array([0.0, -3.0])) == pytest.approx(3.0, abs=1e-12)
    assert program.least(np.array([-1.0, 0.0])) == -math.inf
    assert program.with_cost(np.array([3.0, -1.0]), 0.0).least(np.zeros(2)) == -math.inf
