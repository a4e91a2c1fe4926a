"""Bounds from parts of a program: what they add up to, and that nothing costs less."""

from __future__ import annotations

from dataclasses import replace

import highspy
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from links import Recorder
from programs import optimum, program_of, programs, relaxed
from tasks import task_of
from towns import town

from shiftplan.engines import decomposition, proof
from shiftplan.engines.decomposition import least_whole, lift, split
from shiftplan.engines.first_order import approach
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.task import Deadline, Relaxation, Task
from shiftplan.model import Layout, Program
from shiftplan.solving.building import build

SMALL = SearchParams(decomposition={"pairs": 2, "seconds": 60.0, "pays": 0.0})


def laid_out(program: Program, seed: int) -> Layout:
    """Two to four centers, and people who go to some of them."""
    rng = np.random.default_rng(seed)
    pairs = program.num_pairs
    center = rng.integers(rng.integers(2, 5), size=pairs)
    return Layout(rng.integers(4, size=pairs), center, rng.integers(3, size=pairs))


@given(programs, st.integers(0, 10**6), st.integers(2, 4))
def test_costs_of_parts_and_rest_add_up(program, seed, count):
    """Of any values the rows of no part allow; at any prices, good or bad."""
    rng = np.random.default_rng(seed)
    duals = -rng.integers(0, 6, size=program.num_rows).astype(float)
    values = np.floor(rng.random(program.num_columns) * (program.upper + 1))
    guide = Relaxation(program.least(duals), values, program.reduced(duals), duals)

    parts, rest = split(program, laid_out(program, seed), guide, DEFAULTS, count)

    if np.all(program.matrix @ values <= program.row_upper):
        together = sum(part.program.total(values[part.columns]) for part in parts)
        assert rest + together <= program.total(values) + 1e-6
    assert rest + sum(part.least for part in parts) == pytest.approx(guide.bound, abs=1e-6)


@given(programs, st.integers(0, 10**6))
def test_the_bound_lies_between_the_relaxation_and_the_best_roster(program, seed):
    best, guide = optimum(program), relaxed(program)
    assume(np.isfinite(best) and guide is not None)
    link = Recorder()
    task = Task("proof", program, laid_out(program, seed), None, 0, 60.0, None, params=SMALL)

    found = lift(task, guide, link, Deadline(60.0))

    assert guide.bound <= found <= best + 1e-6
    assert link.bounds == sorted(link.bounds)


@given(programs)
def test_parts_are_solved_in_whole_numbers(program):
    """Less what the arithmetic of a solver may be off."""
    best = optimum(program)
    assume(np.isfinite(best))

    found = least_whole(program.with_cost(program.cost, 0.0), np.inf, 60.0, lambda: False, 0)

    assert best - program.offset - 0.6 <= found <= best - program.offset - 0.009


@pytest.mark.parametrize("status", ["kInfeasible", "kSolveError", "kUnknown", "kUnbounded"])
def test_a_run_that_fails_proves_nothing(monkeypatch, status):
    """Its bound may be any number."""
    program = program_of(0, 6, 3, 8)
    failed = getattr(highspy.HighsModelStatus, status)
    true_load = decomposition.load

    def load(*given, **named):
        highs = true_load(*given, **named)
        monkeypatch.setattr(type(highs), "getModelStatus", lambda _: failed, raising=False)
        return highs

    monkeypatch.setattr(decomposition, "load", load)

    assert least_whole(program, np.inf, 60.0, lambda: False, 0) == -np.inf


@pytest.fixture(scope="module")
def made():
    model = build(town(6, 60))
    program = model.program()
    *_, guide = approach(program, Deadline(60.0), DEFAULTS)
    params = SearchParams(decomposition={"pairs": program.num_pairs // 3})
    return task_of("proof", model, program, params=params), guide


def test_parts_lift_the_bound_of_a_town(made):
    task, guide = made
    link = Recorder()

    assert lift(task, guide, link, Deadline(60.0)) == max(link.bounds) > guide.bound


def test_no_bound_is_above_what_a_solution_costs(made, monkeypatch):
    """A solver that claims more is not believed."""
    task, guide = made
    link = Recorder()
    monkeypatch.setattr(decomposition, "least_whole", lambda *_: 1e9)
    link.found = np.zeros(task.program.num_columns)

    assert lift(task, guide, link, Deadline(60.0)) == guide.bound
    assert link.bounds == []


@pytest.mark.parametrize(
    ("pays", "hurried", "solved"), [(1.0, True, 1), (1.0, False, 3), (0.0, True, 3)]
)
def test_a_hurried_round_ends_once_parts_do_not_pay(made, monkeypatch, pays, hurried, solved):
    """After a third of them; else all parts of the first round have their turn."""
    task, guide = made
    own = task.params.decomposition.model_copy(update={"pays": pays, "tried": 0.3, "larger": 1.0})
    params = task.params.model_copy(update={"decomposition": own})
    asked = []
    true = decomposition.least_whole
    monkeypatch.setattr(
        decomposition, "least_whole", lambda *given: asked.append(given) or true(*given)
    )

    found = lift(replace(task, params=params), guide, Recorder(), Deadline(60.0), hurried=hurried)

    assert len(asked) == solved
    assert found >= guide.bound


def test_it_stops_when_it_is_told_to(made):
    task, guide = made
    link = Recorder(questions=0)

    assert lift(task, guide, link, Deadline(60.0)) == guide.bound


@pytest.mark.parametrize(
    ("pays", "whole", "entries", "branches"),
    [
        (0.0, 600.0, 1_500_000, False),
        (1.0, 600.0, 1_500_000, True),
        (0.0, 1.0, 1_500_000, True),
        (1.0, 600.0, 0, False),
        (1.0, 1.0, 0, True),
    ],
)
def test_branch_and_cut_follows_where_it_gets_further(
    made, monkeypatch, pays, whole, entries, branches
):
    """Where parts gain much it would begin below the bound; large programs hold it up too long.

    Neither matters where there is a lot of time.
    """
    task, guide = made
    changes = {"least_parts": 2, "pays": pays, "whole_seconds": whole}
    own = task.params.decomposition.model_copy(update=changes)
    opening = task.params.opening.model_copy(update={"entries": entries})
    params = task.params.model_copy(update={"decomposition": own, "opening": opening})
    ran = []
    for engine in (proof.mip, proof.neighborhoods):
        monkeypatch.setattr(
            engine, "run", lambda *_, name=engine.__name__, **__: ran.append(name) or "stopped"
        )

    proof.run(replace(task, guide=guide, seconds=60.0, params=params), Recorder())

    assert ran == [proof.mip.__name__] * branches + [proof.neighborhoods.__name__]


@pytest.mark.parametrize(("seconds", "is_nearer"), [(60.0, True), (2.0, False)])
def test_parts_of_a_large_program_begin_nearer_where_there_is_time(
    made, monkeypatch, seconds, is_nearer
):
    """The first-order method takes a second again, where that is 40% of the time at most."""
    task, _ = made
    coarse = SearchParams(opening={"distance": 0.3, "last_distance": 0.3})
    (told,) = approach(task.program, Deadline(60.0), coarse)
    opening = {"entries": 0, "pace": task.program.matrix.nnz}
    own = task.params.decomposition.model_copy(update={"least_parts": 2})
    params = SearchParams(opening=opening, decomposition=own)
    given, link = [], Recorder()
    monkeypatch.setattr(
        proof, "lift", lambda _, guide, *__, **___: given.append(guide) or guide.bound
    )
    monkeypatch.setattr(proof.neighborhoods, "run", lambda *_, **__: "stopped")

    proof.run(replace(task, guide=told, seconds=seconds, params=params), link)

    (used,) = given
    assert (used.bound > told.bound) is is_nearer
    assert (link.bounds != []) is is_nearer


def test_a_program_of_few_parts_is_left_to_branch_and_cut(made, monkeypatch):
    task, guide = made
    ran = []
    monkeypatch.setattr(proof, "lift", lambda *_, **__: ran.append("parts"))
    monkeypatch.setattr(proof.mip, "run", lambda *_, **__: ran.append("whole") or "proven")

    proof.run(replace(task, guide=guide, seconds=60.0), Recorder())

    assert ran == ["whole"]


def test_what_others_find_changes_nothing_where_work_is_counted(made, monkeypatch):
    """It arrives at moments that no seed repeats."""
    task, guide = made
    link, begun = Recorder(), []
    link.found = np.zeros(task.program.num_columns)
    monkeypatch.setattr(proof, "lift", lambda *_, **__: begun.append("parts"))
    monkeypatch.setattr(
        proof.mip, "run", lambda task, *_, **__: begun.append(task.start) or "stopped"
    )

    proof.run(replace(task, guide=guide, start=None, work_limit=5), link)

    assert begun == [None]
