"""Branch and cut: when it begins, what it believes, and when it gives up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from links import Recorder
from tasks import task_of
from towns import town

from shiftplan.engines import mip
from shiftplan.engines.first_order import approach, rounded
from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import costs_what_it_claims, load, nobody_works
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.task import Deadline, Outcome, Relaxation, whole_bound
from shiftplan.engines.worker import run_engine
from shiftplan.solving.building import build


def test_branch_and_cut_begins_from_what_others_found(small, monkeypatch):
    """Where that is better than its start when patience ends."""
    model, program = small
    start = greedy(program, DEFAULTS)
    exact = Recorder()
    run_engine(task_of("mip", model, program), exact)
    better = exact.solutions[-1]
    assert program.total(better) < program.total(start)
    begun, link = [], Recorder()
    link.found = better
    monkeypatch.setattr(mip, "run", lambda task, link, **_: begun.append(task.start) or "proven")

    run_engine(task_of("proof", model, program, start=start, seconds=60.0, patience=0.1), link)

    (known,) = begun
    assert known is better


def test_what_others_say_of_the_relaxation_is_rounded(small, optimum):
    """A roster comes at once, while the other engine is still on its way to a better one."""
    model, program = small
    nothing = nobody_works(program)
    (told, *_) = approach(program, Deadline(9.0), DEFAULTS)
    link = Recorder()
    link.guides = [told]

    task = task_of("proof", model, program, start=nothing, seconds=60.0, patience=0.5)
    ending = run_engine(task, link)

    assert ending == "proven"
    assert round(link.bounds[-1]) == optimum
    assert np.array_equal(link.solutions[0], rounded(program, told, DEFAULTS))
    assert program.total(link.solutions[0]) < program.total(nothing)


def test_branch_and_cut_begins_when_patience_ends(small, optimum):
    """Without a better solution it begins from the start."""
    model, program = small
    link = Recorder()

    assert run_engine(task_of("proof", model, program, patience=0.2), link) == "proven"
    assert round(link.bounds[-1]) == optimum


@pytest.mark.parametrize("slow", [False, True])
def test_until_patience_ends_the_roster_is_improved(small, optimum, slow, monkeypatch):
    """Where the relaxation comes near only slowly: after it, and for as long as that took."""
    model, program = small
    start = greedy(program, DEFAULTS)
    exact = Recorder()
    run_engine(task_of("mip", model, program), exact)
    zero = np.zeros(program.num_columns)
    told, near = (Relaxation(0.0, zero, zero, np.zeros(program.num_rows), s) for s in (slow, False))
    begun: list[float] = []
    refined: list[tuple[Relaxation, float]] = []

    def opened(task, link, deadline):
        begun.append(deadline.left())
        return near, start

    def refine(task, link, effort, relaxation, values):
        assert values is start
        assert effort.gap > 0  # it ends where branch and cut may soon be done
        refined.append((relaxation, task.seconds))
        return exact.solutions[-1]

    monkeypatch.setattr("shiftplan.engines.proof.guided_roster", opened)
    monkeypatch.setattr("shiftplan.engines.neighborhoods.refine", refine)
    link = Recorder()

    task = task_of("proof", model, program, start=start, guide=told, seconds=600.0, patience=0.2)
    ending = run_engine(task, link)

    assert ending == "proven"
    assert round(link.bounds[-1]) == optimum
    assert len(begun) == slow
    assert all(left > 500 for left in begun)  # no more than its own patience ends
    ((relaxation, seconds),) = refined
    assert relaxation is (near if slow else told)
    assert seconds < (60 if slow else 0.21)  # as long as it took to come there


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (41.2, 42),
        (42.0, 42),
        (42.0 + 5e-7, 42),  # within 1e-6
        (42.0 + 2e-6, 43),
        (6e6 + 0.004, 6_000_000),  # within a thousand-millionth of it, 0.006
        (6e6 + 0.008, 6_000_001),
        (-0.5, 0),
    ],
)
def test_a_bound_is_rounded_up_less_what_it_may_be_off(value, whole):
    """Costs are whole, but a bound that lies above one by an error of arithmetic proves no more."""
    assert whole_bound(value) == whole
    outcome = Outcome(None)
    outcome.raise_bound(value, "mip")
    assert outcome.bound == whole


def test_claims_are_held_against_values(small):
    """Values that cost something else than the solver says are no proof."""
    _, program = small
    highs = load(program, whole=True, seed=0)
    highs.run()

    assert costs_what_it_claims(highs, program)
    assert not costs_what_it_claims(highs, replace(program, offset=program.offset + 2))


def test_branch_and_cut_runs_again_when_a_claim_fails(small, optimum, monkeypatch):
    """After a false claim the optimum is found without presolve."""
    model, program = small
    claims: list[str] = []

    def failing(highs, _):
        claims.append(highs.getOptionValue("presolve")[1])
        return len(claims) > 1

    monkeypatch.setattr(mip, "costs_what_it_claims", failing)
    link = Recorder()

    assert run_engine(task_of("mip", model, program), link) == "proven"
    assert claims == ["choose", "off"]
    assert round(link.bounds[-1]) == optimum
    assert program.total(link.solutions[-1]) == optimum


@pytest.mark.parametrize("off", [-1000.0, 1000.0])
def test_bounds_of_a_run_that_claims_other_costs_are_never_told(small, monkeypatch, off):
    """HiGHS with another objective than the program's proves nothing, with presolve or without."""
    model, program = small
    start = greedy(program, DEFAULTS)

    def wrong(program, **options):
        return load(replace(program, offset=program.offset + off), **options)

    monkeypatch.setattr(mip, "load", wrong)
    link = Recorder()

    ending = run_engine(task_of("mip", model, program, start=start), link)

    assert ending == "stopped"
    assert link.bounds == []
    assert all(program.total(found) < program.total(start) for found in link.solutions)


@pytest.mark.parametrize(
    ("seconds", "work_limit", "waits"),
    [(60.0, None, False), (np.inf, 3, True), (np.inf, None, True)],
)
def test_rosters_are_sought_when_the_bound_comes_to_rest(
    small, seconds, work_limit, waits, monkeypatch
):
    """Branch and cut that ends unproven leaves its best roster to neighborhoods, not to nobody.

    It gives up only where time has a limit: else nothing but a proof would ever end the search.
    """
    model, program = small
    start = greedy(program, DEFAULTS)
    patience: list[bool] = []

    def resting(task, link, *, patient):
        patience.append(patient)
        link.bound(1.0)
        return "stopped"

    monkeypatch.setattr(mip, "run", resting)
    link = Recorder(questions=24)

    task = task_of("proof", model, program, start=start, work_limit=work_limit, seconds=seconds)
    ending = run_engine(task, link)

    assert ending == "stopped"
    assert patience == [waits]
    assert ("neighborhoods" in link.notes) == (work_limit is None)
    if work_limit is None:
        assert program.total(link.solutions[-1]) < program.total(start)


def test_branch_and_cut_gives_up_a_bound_at_rest():
    """Unless it is patient, and only after there is a bound at all."""
    model = build(town(12, 60))
    program = model.program()
    params = SearchParams(branch_and_cut={"stale_seconds": 0, "stale_share": 0})
    link = Recorder()

    ending = mip.run(task_of("mip", model, program, params=params), link, patient=False)

    assert ending == "stopped"
    assert link.bounds
