"""Independent parts solved apart: together with the rest they are the whole."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from shiftplan.engines import restriction, search
from shiftplan.engines.highs import load
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.restriction import solve_apart
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Limits, Outcome
from shiftplan.model import Layout, Program


def part(pairs: int, others: int, seed: int) -> Program:
    """A covering program: each row asks for some pairs, or pays with one of the other columns."""
    rng = np.random.default_rng(seed)
    rows = pairs + others
    matrix = np.zeros((rows, pairs + others))
    for row in range(rows):
        if pairs:
            matrix[row, rng.integers(pairs, size=3)] = -1
        if others:
            matrix[row, pairs + row % others] = -1
    columns = pairs + others
    return Program(
        matrix=sparse.csr_array(matrix),
        row_upper=np.where(matrix.any(axis=1), -rng.integers(0, 2, size=rows), 0).astype(float),
        upper=np.where(np.arange(columns) < pairs, 1.0, 9.0),
        cost=rng.integers(1, 9, size=columns).astype(float),
        level_cost={},
        offset=float(rng.integers(5)),
        level_offset={},
        num_pairs=pairs,
    )


def beside(parts: list[Program]) -> Program:
    """Programs that share nothing, as one: pairs first, as in every program."""
    matrix = sparse.csr_array(sparse.block_diag([p.matrix for p in parts]))
    pair = np.concatenate([np.arange(p.num_columns) < p.num_pairs for p in parts])
    order = np.argsort(~pair, kind="stable")
    return Program(
        matrix=sparse.csr_array(matrix[:, order]),
        row_upper=np.concatenate([p.row_upper for p in parts]),
        upper=np.concatenate([p.upper for p in parts])[order],
        cost=np.concatenate([p.cost for p in parts])[order],
        level_cost={},
        offset=sum(p.offset for p in parts),
        level_offset={},
        num_pairs=int(pair.sum()),
    )


def layout_of(program: Program) -> Layout:
    """A person, a center and a day for each pair, all different."""
    number = np.arange(program.num_pairs)
    return Layout(number, number, number)


def optimum(program: Program) -> tuple[float, np.ndarray] | None:
    """Cost and values of an optimal solution; None when there is none."""
    if program.num_columns == 0:
        return program.offset, np.zeros(0)
    highs = load(program, whole=True, seed=0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = np.round(np.array(highs.getSolution().col_value))
    return program.total(values), values


sizes = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(0, 10**6)).filter(
        lambda size: size[0] + size[1] > 0
    ),
    min_size=1,
    max_size=5,
)


@given(sizes)
def test_parts_and_rest_make_the_whole(drawn):
    """The rest's optimum, joined with what was solved apart, is an optimum of the whole."""
    program = beside([part(*size) for size in drawn])
    whole = optimum(program)

    rest = solve_apart(program, layout_of(program), DEFAULTS)

    if rest is None:
        assert whole is None
        return
    found = optimum(rest.program)
    assert (found is None) == (whole is None)
    if found is not None and whole is not None:
        joined = rest.join(found[1])
        assert found[0] == pytest.approx(whole[0])
        assert program.total(joined) == pytest.approx(whole[0])
        assert np.all(program.matrix @ joined <= program.row_upper + 1e-6)
    assert np.array_equal(rest.layout.volunteer, rest.columns[: rest.program.num_pairs])
    assert np.array_equal(program.cost[rest.columns], rest.program.cost)


@given(sizes)
def test_any_values_of_the_rest_cost_the_same_in_the_whole(drawn):
    """What is solved apart is in the offset of the rest."""
    program = beside([part(*size) for size in drawn])
    rest = solve_apart(program, layout_of(program), DEFAULTS)
    if rest is None:
        return
    values = np.random.default_rng(0).integers(0, 2, size=rest.program.num_columns).astype(float)

    assert program.total(rest.join(values)) == pytest.approx(rest.program.total(values))


def test_a_part_without_solution_means_the_whole_has_none():
    """A small part that contradicts itself is told at once."""
    small = part(2, 0, 1)
    small.row_upper[:] = -5.0
    program = beside([part(6, 4, 2), small])

    assert solve_apart(program, layout_of(program), DEFAULTS) is None


def test_parts_for_which_there_is_no_time_stay():
    """Stopped after the first part, the smallest is solved and all others are left."""
    sizes = [4, 2, 3]
    program = beside([part(size, 2, size) for size in sizes])
    calls = iter([False, False, True])

    rest = solve_apart(program, layout_of(program), DEFAULTS, lambda: next(calls))
    nothing = solve_apart(program, layout_of(program), DEFAULTS, lambda: True)

    assert nothing is not None
    assert nothing.program.num_columns == program.num_columns
    assert rest is not None
    assert rest.program.num_columns < program.num_columns


def test_large_and_difficult_parts_stay():
    """More pairs than the limit, or more nodes, and a part is left to the search."""
    program = beside([part(40, 20, 1), part(3, 2, 2)])
    sizes = [DEFAULTS.start.apart_pairs, 10, 0]
    left = []
    for size in sizes:
        params = SearchParams(start={"apart_pairs": size})
        rest = solve_apart(program, layout_of(program), params)
        assert rest is not None
        assert set(np.flatnonzero(rest.solved)).isdisjoint(rest.columns)
        left.append(rest.program.num_pairs)

    assert left == sorted(left)
    assert left[0] < left[-1] == program.num_pairs


@pytest.mark.parametrize("wrong", ["rows", "objective"])
def test_parts_whose_solution_does_not_hold_stay(monkeypatch, wrong):
    """What a solver says of a part is checked before it is joined with the rest."""
    program = beside([part(40, 20, 1), part(3, 2, 2)])

    def careless(part, **options):
        if wrong == "rows":
            return load(replace(part, row_upper=part.row_upper + 9), **options)
        return load(replace(part, offset=part.offset + 9), **options)

    monkeypatch.setattr(restriction, "load", careless)

    rest = solve_apart(program, layout_of(program), DEFAULTS)

    assert rest is not None
    assert rest.program.num_columns == program.num_columns


ALWAYS = SearchParams(start={"quick_columns": 0})
"""Programs of any size go through the parts."""


def test_search_gives_values_of_all_columns():
    """What the search reports and returns is about the whole program, a start included."""
    program = beside([part(30, 10, 1), part(3, 2, 2), part(2, 2, 3)])
    whole = optimum(program)
    assert whole is not None
    seen = []
    start = np.where(np.arange(program.num_columns) < program.num_pairs, 1.0, program.upper)

    outcome = minimise(
        program,
        layout_of(program),
        Limits(seconds=20.0, workers=1, params=ALWAYS),
        lambda outcome: seen.append(outcome.values),
        start,
    )

    assert outcome.ending == "proven"
    assert outcome.values is not None
    assert program.total(outcome.values) == pytest.approx(whole[0])
    assert outcome.bound == pytest.approx(whole[0])
    rest = solve_apart(program, layout_of(program), DEFAULTS)
    assert rest is not None
    solved = program.num_pairs - rest.program.num_pairs
    assert outcome.stats["solved apart"]["pairs"] == solved > 0
    assert all(values is None or len(values) == program.num_columns for values in seen)


def test_a_roster_is_joined_once(monkeypatch):
    """Bounds that are told between rosters come with the same array, whose cost is known."""
    program = beside([part(30, 10, 1), part(3, 2, 2)])
    seen, asked, total = [], [], Program.total

    def search_rest(rest, layout, limits, changed, start):
        outcome = Outcome(rest)
        for values in (None, np.zeros(rest.num_columns), np.ones(rest.num_columns)):
            outcome.values = values
            for bound in (1, 2, 3):
                outcome.bound = bound
                changed(outcome)
        return outcome

    def count(program, values):
        asked.append(values)
        return total(program, values)

    monkeypatch.setattr(search, "_minimise", search_rest)
    monkeypatch.setattr(Program, "total", count)

    def tell(outcome):
        seen.append((outcome.values, outcome.bound, outcome.cost))

    last = minimise(program, layout_of(program), Limits(params=ALWAYS), tell)

    assert [bound for _, bound, _ in seen] == [1, 2, 3] * 3
    assert len({id(values) for values, _, _ in seen}) == 3
    assert last.values is seen[-1][0]
    # For what was solved apart one to hold it against its claim and one to put it into the
    # offset, and one for each of two rosters.
    assert len(asked) == 4


def test_search_tells_of_a_part_without_solution():
    """The contradiction of a part ends the search."""
    small = part(2, 0, 1)
    small.row_upper[:] = -5.0
    program = beside([part(6, 4, 2), small])

    outcome = minimise(
        program,
        layout_of(program),
        Limits(seconds=20.0, workers=1, params=ALWAYS),
        lambda outcome: None,
    )

    assert outcome.ending == "infeasible"


def test_interrupt_while_parts_are_solved(monkeypatch):
    """An interrupt in the first moment ends the search with the start."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "solve_apart", interrupted)
    program = part(5, 2, 1)
    start = np.ones(program.num_columns)

    outcome = minimise(
        program,
        layout_of(program),
        Limits(seconds=20.0, workers=1, params=ALWAYS),
        lambda outcome: None,
        start,
    )

    assert outcome.ending == "interrupt"
    assert np.array_equal(outcome.values, start)
