"""Parts of a roster chosen anew: what is not free stays, and what is found holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from links import Recorder
from wards import ward

from shiftplan.engines.highs import has_solution, load
from shiftplan.engines.personal.best import Best
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.ways import Bounds, by_branching, by_descent, by_solver
from shiftplan.engines.task import Deadline, Task
from shiftplan.model import Layout, Program

SEEDS = st.integers(0, 10_000)
WAYS = pytest.mark.parametrize("way", [by_branching, by_descent, by_solver])


def begun(program: Program, layout: Layout) -> tuple[Crew, Best, Bounds]:
    """People with all their schedules, a first roster of them, and limits that count work."""
    blocks = Blocks(program, layout)
    crew = Crew(blocks, 10**4)
    link = Recorder()
    task = Task("schedules", program, layout, None, 0, np.inf, 5)
    best = Best(blocks, crew.coupling, task, link)
    worked = crew.first_roster(np.arange(len(crew.courses)), lambda: False)
    assert worked is not None
    best.offer(worked)
    return crew, best, Bounds(task, link, Deadline(np.inf))


@WAYS
@given(SEEDS, st.integers(0, 6), st.integers(2, 5))
def test_only_what_is_free_changes(way, seed, first, length):
    """Whatever a way finds, other people and other days keep what they had."""
    program, layout = ward(seed, people=4, days=7, minima=False)
    crew, best, bounds = begun(program, layout)
    people, days = [0, 2], np.arange(first, first + length)

    found = way(crew, people, days, best, bounds, seed)

    if found is not None:
        held = ~(np.isin(layout.volunteer, people) & np.isin(layout.day, days))
        assert np.array_equal(found[held], best.worked[held])
        personal = crew.blocks.row_owner >= 0
        values = crew.blocks.follow(found)
        assert np.all((program.matrix @ values <= program.row_upper + 1e-6)[personal])


@given(SEEDS)
def test_the_solver_finds_the_best_of_a_part(seed):
    """With everybody free on all days, and a roster that holds to start from: the optimum."""
    program, layout = ward(seed, people=2, days=4, minima=False)
    crew, best, bounds = begun(program, layout)
    highs = load(program, whole=True, seed=0)
    highs.run()
    if not (best.holds and has_solution(highs)):
        return

    found = by_solver(crew, [0, 1], None, best, bounds, seed)

    least = highs.getInfo().objective_function_value
    if found is None:
        assert best.cost == pytest.approx(least)
    else:
        assert program.total(crew.blocks.follow(found)) == pytest.approx(least)


@given(SEEDS)
def test_nobody_chooses_anew_at_a_loss(seed):
    """After everybody chose the best schedule beside all others, the roster costs no more."""
    program, layout = ward(seed, people=4, days=6, minima=False)
    crew, best, _ = begun(program, layout)

    found = crew.anew(best.worked, np.random.default_rng(seed).permutation(4), lambda: False)

    assert best.offer(found) >= 0


def test_choosing_anew_pays():
    """One after another, people find what the first ones left to them."""
    gains = []
    for seed in range(20):
        crew, best, _ = begun(*ward(seed, people=5, days=6, minima=False))
        gains.append(best.offer(crew.anew(best.worked, np.arange(5), lambda: False)))

    assert sum(gain > 0.5 for gain in gains) >= 5
