"""Parts of a roster chosen anew: what is not free stays, and what is found holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from links import Recorder
from pace import costly
from scipy import sparse
from wards import ward

from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.graph import Graph, near_paths
from shiftplan.engines.personal.part import Part
from shiftplan.engines.personal.ways import (
    Allowance,
    Best,
    by_branching,
    by_descent,
    by_solver,
    descend,
)
from shiftplan.engines.task import Deadline, Task
from shiftplan.model import Layout, Program

SEEDS = st.integers(0, 10_000)
WAYS = pytest.mark.parametrize("way", [by_branching, by_descent, by_solver])


class Hourglass(Deadline):
    """Time that is over after some looks at it."""

    def __init__(self, looks: int) -> None:
        super().__init__(np.inf)
        self._looks = looks

    def left(self) -> float:
        self._looks -= 1
        return np.inf if self._looks >= 0 else 0.0


def begun(program: Program, layout: Layout, *, idle: bool = False) -> tuple[Crew, Best, Allowance]:
    """People with all their schedules, a first roster, and limits that count work.

    In the first roster people chose one after another, or (`idle`) nobody works.
    """
    blocks = Blocks(program, layout)
    crew = Crew(blocks, 10**4, DEFAULTS.schedules)
    link = Recorder()
    task = Task("schedules", program, layout, None, 0, np.inf, 5)
    best = Best(blocks, crew.coupling, task, link)
    worked = crew.first_roster(np.arange(len(crew.courses)), lambda: False)
    assert worked is not None
    best.offer(np.zeros_like(worked) if idle else worked)
    return crew, best, Allowance(task, link, Deadline(np.inf))


@WAYS
@costly(0.25)
@given(SEEDS, st.integers(0, 6), st.integers(2, 5), st.booleans())
def test_only_what_is_free_changes(way, seed, first, length, idle):
    """Whatever a way finds, other people and other days keep what they had."""
    program, layout = ward(seed, people=4, days=7, minima=False)
    crew, best, allowed = begun(program, layout, idle=idle)
    people, days = [0, 2], np.arange(first, first + length)

    found = way(crew, people, days, best, allowed, seed)

    if found is not None:
        held = ~(np.isin(layout.volunteer, people) & np.isin(layout.day, days))
        assert np.array_equal(found[held], best.worked[held])
        personal = crew.blocks.row_owner >= 0
        values = crew.blocks.follow(found)
        assert np.all((program.matrix @ values <= program.row_upper + 1e-6)[personal])


@WAYS
def test_every_way_finds_work(way):
    """Where nobody works yet and seats are empty, most parts have something to gain."""
    gains = []
    for seed in range(12):
        crew, best, allowed = begun(*ward(seed, people=4, days=7, minima=False), idle=True)
        found = way(crew, [0, 1, 2], np.arange(1, 6), best, allowed, seed)
        gains.append(0.0 if found is None else best.offer(found))

    assert sum(gain > 0.5 for gain in gains) >= 9


@pytest.mark.parametrize("looks", [0, 1, 2, 3])
def test_a_descent_that_runs_out_of_time_ends_with_a_roster(looks):
    """When time is over between two steps, all who have no schedule yet still get one."""
    program, layout = ward(1, people=5, days=8, minima=False)
    crew, best, _ = begun(program, layout, idle=True)
    part = Part(crew, list(range(5)), None, best.values, 0)
    part.generate(Deadline(np.inf), lambda: False, 30, 1e-4)

    found = descend(part, Hourglass(looks), lambda: False, 4, 0.2)

    assert found is not None
    assert best.offer(found) > 0.5


@given(SEEDS, st.integers(0, 4))
def test_a_graph_holds_what_it_is_told_to_hold(seed, count):
    """It keeps all schedules that work some pairs, and no others, at their prices."""
    program, layout = ward(seed, people=1, days=6, minima=False)
    crew, _, _ = begun(program, layout)
    course, graph = crew.courses[0], crew.graphs[0]
    assert isinstance(graph, Graph)
    rng = np.random.default_rng(seed)
    prices = rng.normal(size=len(course.pairs))
    every = near_paths(graph, prices, np.inf, 10**6)
    assert every
    some = every[int(rng.integers(len(every)))].pairs
    held = np.zeros(len(course.pairs), dtype=bool)
    held[rng.permutation(some)[:count]] = True

    kept = near_paths(graph.holding(held), prices, np.inf, 10**6)

    wanted = set(np.flatnonzero(held).tolist())
    expected = [p for p in every if wanted.issubset(p.pairs.tolist())]
    assert kept is not None
    assert sorted(p.price for p in kept) == pytest.approx(sorted(p.price for p in expected))


@costly(0.4)
@given(SEEDS)
def test_descents_hold_works_of_everybody(seed):
    """A descent with time ends with a roster that breaks no personal row."""
    program, layout = ward(seed, people=4, days=7, minima=False)
    crew, best, _ = begun(program, layout, idle=True)
    part = Part(crew, list(range(4)), None, best.values, 0)
    part.generate(Deadline(np.inf), lambda: False, 30, 1e-4)
    bound = part.bound + program.offset

    found = descend(part, Deadline(np.inf), lambda: False, 8, 0.05)

    assert found is not None
    values = crew.blocks.follow(found)
    personal = crew.blocks.row_owner >= 0
    assert np.all((program.matrix @ values <= program.row_upper + 1e-6)[personal])
    assert program.total(values) >= bound - 1e-6


@costly(0.4)
@given(SEEDS)
def test_the_solver_finds_the_best_of_a_part(seed):
    """With everybody free on all days, and a roster that holds to start from: the optimum."""
    program, layout = ward(seed, people=2, days=4, minima=False)
    crew, best, allowed = begun(program, layout)
    highs = load(program, whole=True, seed=0)
    highs.run()
    if not (best.holds and has_solution(highs)):
        return

    found = by_solver(crew, [0, 1], None, best, allowed, seed)

    least = highs.getInfo().objective_function_value
    if found is None:
        assert best.cost == pytest.approx(least)
    else:
        assert program.total(crew.blocks.follow(found)) == pytest.approx(least)


@costly(0.4)
@given(SEEDS)
def test_nobody_chooses_anew_at_a_loss(seed):
    """After everybody chose the best schedule beside all others, the roster costs no more."""
    program, layout = ward(seed, people=4, days=6, minima=False)
    crew, best, _ = begun(program, layout)

    found = crew.anew(best.worked, np.random.default_rng(seed).permutation(4), lambda: False)

    assert best.offer(found) >= 0


@pytest.mark.parametrize(
    ("work", "ease", "least"), [(3.0, 1.0, 3.0), (5.0, 7.0, 5.0), (9.0, 1.0, 8.0)]
)
@pytest.mark.parametrize("person", [[0, 1, 2], [0, 0, 1]])
def test_works_that_are_more_than_one_count_in_full(work, ease, least, person):
    """A row takes eight from each of three works, needs eight, and one work is enough."""
    program = Program(
        matrix=sparse.csr_array([[-8.0, -8.0, -8.0, -1.0]]),
        row_upper=np.array([-8.0]),
        upper=np.array([1.0, 1.0, 1.0, 20.0]),
        cost=np.array([work, work, work, ease]),
        level_cost={},
        offset=0.0,
        level_offset={},
        num_pairs=3,
    )
    layout = Layout(np.array(person), np.zeros(3, dtype=int), np.array([0, 1, 2]))
    crew, best, _ = begun(program, layout)
    best.offer(np.array([True, False, False]))

    kept = best.cost
    gain = best.offer(crew.anew(best.worked, np.arange(len(crew.courses)), lambda: False))

    assert gain >= 0  # two works of a person each promise the same eight
    if person == [0, 1, 2]:
        assert kept - gain == least


def test_choosing_anew_pays():
    """One after another, people find what the first ones left to them."""
    gains = []
    for seed in range(20):
        crew, best, _ = begun(*ward(seed, people=5, days=6, minima=False))
        gains.append(best.offer(crew.anew(best.worked, np.arange(5), lambda: False)))

    assert sum(gain > 0.5 for gain in gains) >= 5
