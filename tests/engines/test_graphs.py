"""Graphs hold all schedules of a person, and their cheapest path is the best one."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from programs import optimum
from scipy import sparse
from wards import ward

from shiftplan.engines.highs import load
from shiftplan.engines.personal.blocks import Blocks, Course
from shiftplan.engines.personal.graph import near_paths
from shiftplan.engines.personal.growth import build_graph, merged
from shiftplan.model import Layout, Program

SEEDS = st.integers(0, 10_000)


def alone(course: Course, program: Program, prices: np.ndarray) -> Program:
    """A person's own program at given prices of the pairs."""
    columns = np.concatenate([course.pairs, course.own])
    return Program(
        matrix=sparse.csr_array(program.matrix[course.rows][:, columns]),
        row_upper=program.row_upper[course.rows],
        upper=program.upper[columns],
        cost=np.concatenate([prices, course.own_cost]),
        level_cost={},
        offset=0.0,
        level_offset={},
        num_pairs=len(course.pairs),
    )


def whole_graph(course: Course, prices: np.ndarray, width: int = 10**6) -> Any:
    none = np.zeros(len(course.rows), dtype=np.int64)
    return build_graph(course, course.days.tolist(), none, prices, width)


@costly(0.4)
@given(SEEDS)
def test_the_cheapest_path_is_the_best_schedule(seed):
    """For any prices the graph and branch and cut agree on the least cost of a person alone."""
    program, layout = ward(seed, people=2, days=6)
    blocks = Blocks(program, layout)
    for person in blocks.people.tolist():
        course = Course(blocks, person, 400)
        prices = np.random.default_rng(seed).integers(-9, 9, len(course.pairs)).astype(float)

        graph = whole_graph(course, prices)

        least = optimum(alone(course, program, prices))
        assert (graph is None) == (least == np.inf)
        if graph is not None:
            path = graph.cheapest(prices)
            assert graph.exact
            assert path.price == pytest.approx(least)
            assert path.cost + prices[path.pairs].sum() == pytest.approx(path.price)


@given(SEEDS)
def test_states_that_share_a_key_by_chance_stay_apart(seed):
    """A proof rests on nodes that mean one state each, so a key alone does not merge any."""
    rng = np.random.default_rng(seed)
    states = rng.integers(3, size=(30, 2))
    exact, chance = states @ [3, 1], states @ [1, 1]

    for key in (exact, chance, np.zeros(30, dtype=int)):
        order, first = merged(states, key)

        groups = np.split(states[order], first[1:])
        assert sorted(order) == list(range(30))
        assert all((group == group[0]).all() for group in groups)
        assert len(groups) == len(np.unique(states, axis=0))


def test_without_open_rows_all_states_are_one():
    """Nothing tells the days before apart any more."""
    order, first = merged(np.zeros((4, 0), dtype=int), np.zeros(4, dtype=int))

    assert order.tolist() == [0, 1, 2, 3]
    assert first.tolist() == [0]


@costly(0.6)
@given(SEEDS)
def test_days_that_are_fixed_keep_their_weight(seed):
    """On some days beside a fixed rest the graph still agrees with branch and cut."""
    program, layout = ward(seed, people=1, days=6, minima=False)
    blocks = Blocks(program, layout)
    course = Course(blocks, 0, 400)
    prices = np.random.default_rng(seed).integers(-9, 9, len(course.pairs)).astype(float)
    worked = whole_graph(course, prices).cheapest(prices).pairs
    inside = (course.pair_day >= 2) & (course.pair_day <= 4)
    fixed = np.zeros(len(course.pairs))
    fixed[worked] = 1.0
    fixed[inside] = 0.0
    activity = np.rint(course.matrix @ fixed).astype(np.int64)

    graph = build_graph(course, [d for d in course.days if 2 <= d <= 4], activity, None, 10**6)

    own = alone(course, program, -prices)
    upper, lower = own.upper.copy(), np.zeros(own.num_columns)
    outside = np.flatnonzero(~inside)
    upper[outside] = lower[outside] = fixed[outside]
    highs = load(replace(own, upper=upper), whole=True, seed=0, lower=lower)
    highs.run()
    least = highs.getInfo().objective_function_value
    assert graph is not None
    assert graph.cheapest(-prices).price - prices @ fixed == pytest.approx(least)


@costly(0.6)
@given(SEEDS, st.integers(0, 4), st.integers(1, 4))
def test_a_stretch_is_cut_out_of_the_graph_of_all_days(seed, first, length):
    """Between what is fixed, it has the same schedules as a graph grown for these days alone."""
    program, layout = ward(seed, people=1, days=6, minima=False)
    course = Course(Blocks(program, layout), 0, 400)
    rng = np.random.default_rng(seed)
    prices = rng.integers(-9, 9, len(course.pairs)).astype(float)
    graph = whole_graph(course, prices)
    worked = np.zeros(len(course.pairs), dtype=bool)
    worked[graph.cheapest(prices).pairs] = True
    first = min(first, len(course.days) - 1)
    last = min(first + length, len(course.days))
    days = course.days[first:last]
    fixed = worked & ~np.isin(course.pair_day, days)
    grown = build_graph(
        course, days.tolist(), np.rint(course.matrix @ fixed).astype(np.int64), None, 10**6
    )

    kinds = graph.kinds_of(worked)
    node, cost = graph.walk(kinds, 0, first, 0)
    part = graph.between(first, last, node, graph.base + cost, graph.rest(kinds, last))

    assert grown is not None
    for _ in range(3):
        prices = rng.integers(-9, 9, len(course.pairs)).astype(float)
        found = part.cheapest(prices)
        assert found.price == pytest.approx(grown.cheapest(prices).price)
        assert found.cost + prices[found.pairs].sum() == pytest.approx(found.price)


@costly(0.4)
@given(SEEDS, st.integers(0, 5))
def test_what_lies_ahead_of_a_node_is_the_cheapest_way_from_it(seed, first):
    """With the way there, what lies ahead of the best schedule's nodes is its whole price."""
    program, layout = ward(seed, people=1, days=6, minima=False)
    course = Course(Blocks(program, layout), 0, 400)
    prices = np.random.default_rng(seed).integers(-9, 9, len(course.pairs)).astype(float)
    graph = whole_graph(course, prices)
    path = graph.cheapest(prices)
    worked = np.zeros(len(course.pairs), dtype=bool)
    worked[path.pairs] = True
    first = min(first, len(course.days) - 1)
    early = path.pairs[course.pair_day[path.pairs] < course.days[first]]

    ahead = graph.ahead(prices)
    node, cost = graph.walk(graph.kinds_of(worked), 0, first, 0)

    assert len(ahead[first]) > node
    assert graph.base + cost + prices[early].sum() + ahead[first][node] == pytest.approx(path.price)


def test_works_that_no_pattern_has_are_no_way():
    """Two works of a day that exclude each other are in no class, and nothing walks there."""
    program, layout = ward(1, people=1, days=6, minima=False)
    course = Course(Blocks(program, layout), 0, 400)
    graph = whole_graph(course, np.zeros(len(course.pairs)))

    assert graph.kinds_of(np.ones(len(course.pairs), dtype=bool)) is None
    idle = np.zeros(len(course.pairs), dtype=bool)
    assert graph.kinds_of(idle).tolist() == [0] * len(course.days)


@costly(0.6)
@given(SEEDS, st.integers(0, 12))
def test_near_paths_are_all_schedules_within_the_slack(seed, slack):
    """Enumerating every set of works finds the same schedules as the graph."""
    program, layout = ward(seed, people=1, days=4)
    blocks = Blocks(program, layout)
    course = Course(blocks, 0, 400)
    prices = program.cost[course.pairs]
    graph = whole_graph(course, prices)
    if graph is None:
        return
    least = graph.cheapest(prices).price
    near = set()
    for works in product([0.0, 1.0], repeat=len(course.pairs)):
        pairs = np.zeros(program.num_pairs)
        pairs[course.pairs] = works
        values = blocks.follow(pairs)
        over = (program.matrix @ values - program.row_upper)[course.rows]
        cost = course.own_cost @ values[course.own] + prices @ np.array(works)
        if over.max() <= 1e-6 and cost <= least + slack + 1e-6:
            near.add(tuple(np.flatnonzero(works).tolist()))

    paths = near_paths(graph, prices, slack, 10**6)

    assert paths is not None
    assert sorted(tuple(path.pairs.tolist()) for path in paths) == sorted(near)
    if len(near) > 1:
        assert near_paths(graph, prices, slack, len(near) - 1) is None


@costly(0.6)
@given(SEEDS)
def test_a_narrow_graph_holds_schedules_that_hold(seed):
    """Cut to few nodes, what a graph holds is still allowed, and not cheaper than the best."""
    program, layout = ward(seed, people=1, days=6, kinds=3, minima=False)
    blocks = Blocks(program, layout)
    course = Course(blocks, 0, 400)
    prices = program.cost[course.pairs]

    graph = whole_graph(course, prices, width=3)

    if graph is not None:
        path = graph.cheapest(prices)
        assert path.price >= whole_graph(course, prices).cheapest(prices).price - 1e-6
        pairs = np.zeros(program.num_pairs)
        pairs[course.pairs[path.pairs]] = 1.0
        over = program.matrix @ blocks.follow(pairs) - program.row_upper
        assert over[course.rows].max() <= 1e-6


def test_a_narrow_graph_keeps_work_for_the_last_days():
    """Of 40 days half may be worked, the later ones are worth more: a cut graph still has some."""
    days = np.arange(40)
    rows = np.stack([np.ones(40), *(days % 3 == np.arange(3)[:, None])])
    program = Program(
        matrix=sparse.csr_array(rows),
        row_upper=np.array([20.0, 10.0, 10.0, 10.0]),
        upper=np.ones(40),
        cost=np.zeros(40),
        level_cost={},
        offset=0.0,
        level_offset={},
        num_pairs=40,
    )
    nothing = np.zeros(40, dtype=int)
    course = Course(Blocks(program, Layout(nothing, nothing, days)), 0, 400)
    prices = np.where(days < 20, -2.0, -3.0)

    graph = whole_graph(course, prices, width=3)

    # The first 20 days alone bring 40, the last 20 bring 60; at an even pace it is 50.
    assert not graph.exact
    assert graph.cheapest(prices).price <= -50
