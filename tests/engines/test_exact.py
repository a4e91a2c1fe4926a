"""Small programs solved by their relaxation and the columns that it leaves open."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from programs import optimum, program_of
from scipy import sparse
from towns import town

from shiftplan.engines import exact, highs
from shiftplan.engines.exact import solve_exactly
from shiftplan.engines.highs import load, relaxed, whole_values
from shiftplan.engines.task import Limits, holds
from shiftplan.engines.worker import run_here
from shiftplan.model import Program
from shiftplan.solving.building import build

LIMITS = Limits(workers=1)


def priced(seed, pairs, others, rows):
    """A program whose costs differ so much that some columns are out of the question."""
    program = program_of(seed, pairs, others, rows)
    cost = np.random.default_rng(seed).integers(1, 200, size=program.num_columns)
    return program.with_cost(np.where(program.cost < 0, -1.0, 1.0) * cost, program.offset)


wide_programs = st.builds(
    priced, st.integers(0, 10**6), st.integers(20, 60), st.integers(0, 12), st.integers(15, 60)
)


def some_solution(program):
    """The first that HiGHS finds without costs; None where none exists."""
    free = program.with_cost(np.zeros(program.num_columns), 0.0)
    highs = load(free, whole=True, seed=1)
    highs.run()
    values = whole_values(highs)
    return values if len(values) and holds(program, values) else None


@costly(0.5)
@given(wide_programs, st.booleans())
def test_nothing_is_cheaper(program, is_begun):
    """With a start and without, the solution is proven and costs what branch and cut says."""
    start = some_solution(program) if is_begun else None

    values, is_proven = solve_exactly(program, start, LIMITS)

    least = optimum(program)
    if values is None:
        assert least == np.inf
    else:
        assert is_proven
        assert holds(program, values)
        assert program.total(values) == pytest.approx(least)


@pytest.fixture
def searched(monkeypatch):
    """Columns of each program that branch and cut is given, and whether it has a start."""
    seen: list[tuple[int, bool]] = []

    def noted(task, *given, **named):
        seen.append((task.program.num_columns, task.start is not None))
        return run_here(task, *given, **named)

    monkeypatch.setattr(exact, "run_here", noted)
    return seen


@pytest.fixture(scope="module")
def weak():
    """Programs whose relaxations are cheaper than every whole solution."""
    programs = [priced(seed, 60, 0, 60) for seed in range(150)]
    return [p for p in programs if optimum(p) > optimum(p, whole=False) + 0.5]


def test_few_open_columns_are_enough(weak):
    """Where the relaxation is not whole, what is proven costs what branch and cut says."""
    for program in weak:
        for start in (None, some_solution(program)):
            values, is_proven = solve_exactly(program, start, LIMITS)

            assert values is not None
            assert is_proven
            assert holds(program, values)
            assert program.total(values) == pytest.approx(optimum(program))


def test_a_column_that_does_not_seem_worth_it_is_opened_if_it_may_be():
    """Two of three, at 100 each, are proven only once one for all three, at 175, was open.

    Each two of the three are asked for one: halves cost 150 together, at 50 a row, so that the
    one for all seems 25 too dear. What costs 20 more than it is worth is all that is open at first.
    """
    matrix = np.zeros((3, 40))
    matrix[[0, 0, 1, 1, 2, 2], [0, 1, 1, 2, 0, 2]] = -1.0
    matrix[:, 3] = -1.0
    cost = np.array([100.0] * 3 + [175.0] + [20.0] * 4 + [1000.0] * 32)
    program = Program.part(sparse.csr_array(matrix), -np.ones(3), np.ones(40), cost=cost)

    values, is_proven = solve_exactly(program, None, LIMITS)

    assert values is not None
    assert is_proven
    assert np.flatnonzero(values).tolist() == [3]


def test_branch_and_cut_begins_with_few_columns(weak, searched):
    """Where the relaxation is not whole, most columns stay at their bounds at first."""
    first = []
    for program in weak:
        searched.clear()
        solve_exactly(program, None, LIMITS)
        first.append(searched[0][0])

    assert len(first) > 3
    assert np.median(first) < 0.5 * 60


def test_a_known_optimum_is_only_proven(searched):
    """Given the best solution of a program whose relaxation costs as much, it is returned."""
    program = next(
        p
        for p in (priced(seed, 40, 0, 30) for seed in range(40))
        if optimum(p) == pytest.approx(optimum(p, whole=False))
    )
    best, _ = solve_exactly(program, None, LIMITS)
    searched.clear()

    again, is_proven = solve_exactly(program, best, LIMITS)

    assert again is best
    assert is_proven
    assert not searched


def test_a_solution_whose_bound_meets_its_cost_is_proven(weak, monkeypatch):
    """An engine is stopped then before it says so itself."""

    def stopped(task, outcome, *given, **named):
        run_here(task, outcome, *given, **named)
        outcome.close()
        return "stopped"

    monkeypatch.setattr(exact, "run_here", stopped)

    assert all(solve_exactly(program, None, LIMITS)[1] for program in weak)


def test_an_unfinished_search_claims_nothing(weak, monkeypatch):
    """What an engine had when its time was over is returned, and not called proven."""

    def cut_off(task, outcome, *given, **named):
        run_here(task, outcome, *given, **named)
        outcome.bound = None
        return "stopped"

    monkeypatch.setattr(exact, "run_here", cut_off)

    for program in weak:
        values, is_proven = solve_exactly(program, None, LIMITS)
        assert values is not None
        assert not is_proven


def test_the_whole_program_is_branched_on_where_a_relaxation_is_cut_off(monkeypatch):
    program = priced(3, 30, 5, 30)
    monkeypatch.setattr(exact, "relaxed", lambda *_: None)

    values, is_proven = solve_exactly(program, None, Limits(workers=1, seconds=60.0))

    assert is_proven
    assert program.total(values) == pytest.approx(optimum(program))


def test_a_cancelled_relaxation_is_cut_off():
    """Whoever cancels does not wait for it."""
    program, cancel = build(town(6, 90)).program(), threading.Event()
    limits = Limits(workers=1, cancels=(cancel,))
    assert relaxed(program, 0, np.inf, lambda: limits.cancelled) is not None
    cancel.set()

    assert relaxed(program, 0, np.inf, lambda: limits.cancelled) is None
    assert solve_exactly(program, None, limits) == (None, False)


def test_a_relaxation_gets_a_part_of_the_time(monkeypatch):
    """Branch and cut needs the rest."""
    limits = []
    true_load = highs.load

    def load(*given, **named):
        solver = true_load(*given, **named)
        solver.cbSimplexInterrupt += lambda _: limits.append(solver.getOptionValue("time_limit")[1])
        return solver

    monkeypatch.setattr(highs, "load", load)

    assert highs.relaxed(build(town(3, 30)).program(), 0, 60.0) is not None
    assert set(limits) == {15.0}
