"""What engines find and claim of programs that rules of one's own could post."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from pace import costly
from programs import optimum
from verbs import posted

from shiftplan.engines.search import minimise
from shiftplan.engines.task import ENGINES, Limits, Outcome, Task
from shiftplan.engines.worker import run_here
from shiftplan.model import Layout, Program

_COUNTED = {"neighborhoods", "pricing", "schedules"}
"""Engines that go on without a proof: they are given some steps."""


@costly(0.4)
@given(posted())
def test_no_engine_claims_what_is_not_so(made: tuple[Program, Layout]):
    """Bounds are no more than the optimum, rosters no less; what is proven is the optimum."""
    program, layout = made
    best = optimum(program)

    for engine in ENGINES:
        found, work = Outcome(program, least=0.0), 4 if engine in _COUNTED else None
        task = Task(engine, program, layout, None, 0, 20.0, work)
        ending = run_here(task, found, Limits(seconds=20.0, workers=1), lambda: None, by=engine)
        told = engine, ending, found.cost, found.bound, best

        if best == np.inf:
            assert found.values is None, told
            assert ending != "proven", told
            continue
        assert ending != "infeasible", told
        assert found.cost is None or found.cost >= best - 1e-6, told
        assert found.bound is None or found.bound <= best + 1e-6, told
        assert ending != "proven" or found.cost == round(best), told


@costly(0.4)
@given(posted())
def test_a_search_ends_with_the_optimum(made: tuple[Program, Layout]):
    """Or says that nothing is possible."""
    program, layout = made
    best = optimum(program)

    found = minimise(program, layout, Limits(workers=1), lambda _: None)

    if best == np.inf:
        assert found.ending == "infeasible"
    else:
        assert (found.ending, found.cost, found.bound) == ("proven", round(best), round(best))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("share", [0.5, 1 / 3, 0.1234567])
def test_parts_of_a_work_count(engine: str, share: float):
    """Ana's works count in part: three of them make up for one that costs 10."""
    rows = np.array([[-share, -share, -share, -1.0]])
    program = Program.part(
        rows, np.array([-3 * share]), np.ones(4), cost=np.array([1.0, 1.0, 1.0, 10.0])
    )
    layout = Layout(np.array([0, 0, 0, 1]), np.zeros(4, int), np.arange(4))
    found, work = Outcome(program, least=0.0), 4 if engine in _COUNTED else None

    task = Task(engine, program, layout, None, 0, 20.0, work)
    run_here(task, found, Limits(seconds=20.0, workers=1), lambda: None, by=engine)

    assert found.cost == 3
    assert found.bound is None or found.bound <= 3
