"""Engines that think in whole personal schedules find the best roster, and prove it."""

from __future__ import annotations

import os
import signal
from typing import Any

import mixtures
import numpy as np
import pytest
import tiny
from hypothesis import example, given
from hypothesis import strategies as st
from links import Recorder
from pace import costly
from processes import children, needs_proc
from programs import optimum
from scipy import sparse
from towns import town
from wards import ward

from shiftplan.engines import schedules
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.params.engines import Manner
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.schedules import search_schedules
from shiftplan.engines.search import line_up, minimise, personal
from shiftplan.engines.task import Limits, Outcome, Task
from shiftplan.engines.worker import run_engine
from shiftplan.model import Layout, Program
from shiftplan.rules import RULES
from shiftplan.solving.building import build

SEEDS = st.integers(0, 10_000)
ENGINES = pytest.mark.parametrize("engine", ["pricing", "schedules"])
MANNER = Manner(nodes=1e7, gap=1e-4, share=0.4, held=0.1, whole_days=14)


def searched(task: Task, link: Recorder) -> str:
    return search_schedules(task, link, MANNER, instead=lambda *_: "left to others")


def task(engine: str, program: Program, layout: Layout, **changes: Any) -> Task:
    options = {"start": None, "seed": 0, "seconds": np.inf, "work_limit": 12} | changes
    return Task(engine, program, layout, **options)


@ENGINES
@costly(0.25)
@given(SEEDS)
@example(1283)  # presolve of the choice among schedules lost a part of the objective
def test_engines_find_and_never_exceed_the_optimum(engine, seed):
    """Solutions hold, bounds stay below the optimum, and what is called proven is optimal."""
    program, layout = ward(seed)
    least = optimum(program)
    link = Recorder()

    ending = run_engine(task(engine, program, layout), link)

    assert (ending == "infeasible") <= (least == np.inf)
    for values in link.solutions:
        assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
        assert np.all(values <= program.upper)
    assert max(link.bounds, default=-np.inf) <= least + 1e-6
    if ending == "proven":
        assert program.total(link.solutions[-1]) == pytest.approx(least)


@ENGINES
def test_minima_that_nobody_meets_without_work(engine):
    """Where the empty roster breaks hard rows, a roster is built person by person."""
    program, layout = ward(3, people=4, days=7)
    link = Recorder()

    run_engine(task(engine, program, layout), link)

    assert program.row_upper[Blocks(program, layout).hard].min() < 0
    assert program.total(link.solutions[-1]) == pytest.approx(optimum(program))


@ENGINES
def test_equal_seeds_give_equal_rosters(engine, monkeypatch):
    """Under a work limit an engine repeats itself, in its opening and in all its parts."""
    monkeypatch.setattr(schedules, "mix", lambda *_, **__: False)  # it would end the search at once
    program, layout = ward(5, people=6, days=14)
    links = [Recorder(), Recorder()]

    for link in links:
        run_engine(task(engine, program, layout, seed=4, work_limit=20), link)

    assert [link.notes.get("parts") for link in links] == [20, 20]
    first, second = (link.solutions for link in links)
    assert len(first) == len(second) > 0
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


@ENGINES
def test_contradictions_are_left_to_exact_engines(engine):
    """A person without any schedule makes the program infeasible, and that is proven."""
    program, layout = ward(5)
    first = np.zeros(program.num_columns)
    first[np.flatnonzero(layout.volunteer == 0)] = -1.0
    none = program.with_row(first, -99.0)

    assert run_engine(task(engine, none, layout), Recorder()) == "infeasible"


@ENGINES
@pytest.mark.parametrize("patience", [0, 1, 4, 9, 20])
def test_engines_end_when_asked_to(engine, patience):
    """Stopped at any question, an engine ends and what it reported holds."""
    program, layout = ward(7, people=5, days=9)
    link = Recorder(patience)

    assert run_engine(task(engine, program, layout), link) in ("stopped", "proven")

    for values in link.solutions:
        assert np.all(program.matrix @ values <= program.row_upper + 1e-6)


@pytest.mark.parametrize(("whole_days", "way"), [(9, "descend"), (8, "roll")])
def test_only_many_days_are_built_in_stretches(whole_days, way, monkeypatch):
    """Up to the days of a manner the descent chooses on all of them at once."""
    program, layout = ward(1, people=4, days=9, minima=False)
    used: list[str] = []
    for name in ("descend", "roll"):
        monkeypatch.setattr(schedules, name, lambda *_, name=name: used.append(name))
    manner = MANNER.model_copy(update={"whole_days": whole_days})

    search_schedules(task("schedules", program, layout), Recorder(), manner, instead=lambda *_: "")

    assert used == [way]


@ENGINES
def test_a_roster_that_breaks_rows_is_no_proof(engine):
    """More seats than can be filled: the least broken roster is neither reported nor proven."""
    program, layout = ward(2, people=2, days=4, minima=False)
    all_work = np.zeros(program.num_columns)
    all_work[: program.num_pairs] = -1.0
    broken = program.with_row(all_work, -99.0)
    link = Recorder()

    assert searched(task(engine, broken, layout), link) == "stopped"
    assert link.solutions == []


@pytest.mark.parametrize("kind", ["mixed", *RULES])
def test_bounds_hold_for_every_rule(kind):
    """Whatever rules post, no bound is above the optimum and what is proven is optimal."""
    problems = mixtures.mixed() if kind == "mixed" else tiny.cases()[kind][::10]
    for problem in problems:
        model = build(problem)
        program, layout = model.program(), model.pairs.layout()
        if program.num_pairs == 0:
            continue
        least, link = optimum(program), Recorder()
        work = task("pricing", program, layout, work_limit=3)

        ending = searched(work, link)

        assert max(link.bounds, default=-np.inf) <= least + 1e-6
        if ending == "proven":
            assert program.total(link.solutions[-1]) == pytest.approx(least)


def test_rows_with_a_choice_of_columns_are_left_to_others():
    """A free column that breaks another row is not the way to ease: nothing follows from it."""
    matrix = sparse.csr_array([[1.0, -1.0, -1.0], [0.0, 1.0, 0.0]])
    program = Program(
        matrix=matrix,
        row_upper=np.zeros(2),
        upper=np.ones(3),
        cost=np.array([-9.0, 0.0, 5.0]),
        level_cost={},
        offset=0.0,
        level_offset={},
        num_pairs=1,
    )
    layout = Layout(*np.zeros((3, 1), dtype=int))
    link = Recorder()

    assert not Blocks(program, layout).follows
    assert Blocks(*ward(1)).follows
    assert searched(task("pricing", program, layout), link) == "left to others"
    assert run_engine(task("pricing", program, layout), link) == "proven"
    assert program.total(link.solutions[-1]) == -4.0


def test_personal_rows_choose_the_engines():
    """People with many days, or a week, and rows over several of them have whole schedules."""
    program, layout = ward(1, people=4, days=21)
    model = build(town(2, 14))

    assert personal(program, layout, DEFAULTS)
    assert personal(*ward(1, people=4, days=7), DEFAULTS)
    assert not personal(*ward(1, people=4, days=4), DEFAULTS)
    assert not personal(model.program(), model.pairs.layout(), DEFAULTS)
    names = [c.engine for c in line_up(program, 3, DEFAULTS, started=False, by_person=True)]
    assert names == ["pricing", "schedules", "schedules"]


def test_workers_plan_by_schedules():
    """A search with workers ends with a roster that holds, between bound and start."""
    program, layout = ward(1, people=4, days=21)

    outcome = minimise(program, layout, Limits(workers=2, work_limit=3), lambda _: None)

    least = optimum(program)
    assert {"pricing 1", "schedules 2"} <= set(outcome.stats)
    assert outcome.bound is None or outcome.bound <= least + 1e-6
    assert outcome.cost is not None
    assert outcome.cost >= least - 1e-6


@needs_proc
@pytest.mark.parametrize("survivors", [0, 1])
def test_killed_workers_leave_their_best_roster(survivors):
    """kill -9 in the midst of a search: what was found stays, and another worker goes on."""
    program, layout = ward(1, people=24, days=28)
    params = SearchParams(start={"quick_columns": 0})
    others, killed = set(children(os.getpid())), list[int]()

    def kill(outcome: Outcome) -> None:
        if not killed and outcome.values is not None:
            workers = [pid for pid in children(os.getpid()) if pid not in others]
            killed.extend(workers[survivors:])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    outcome = minimise(program, layout, Limits(workers=2, work_limit=3, params=params), kill)

    assert len(killed) == 2 - survivors
    assert outcome.values is not None
    assert np.all(program.matrix @ outcome.values <= program.row_upper + 1e-6)
    assert outcome.ending == "lost" if not survivors else outcome.ending in ("work", "proven")
    assert [s.get("ended") for s in outcome.stats.values()].count("died") == len(killed)
    assert set(children(os.getpid())) <= others
