"""Levels one after another: what is proven, and what time leaves of it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from towns import town

import shiftplan
from shiftplan import ModelError, Status, StoppedBy
from shiftplan.engines.task import Outcome
from shiftplan.solving import session as session_module


@pytest.mark.parametrize(("turn", "ending"), [(1, "gap"), (2, "time"), (2, "lost")])
def test_strict_order_is_optimal_only_if_every_level_is_proven(monkeypatch, turn, ending):
    """A level that ended early keeps the whole from being called optimal, whichever it is."""
    true_minimise = session_module.minimise
    turns = []

    def minimise(*args):
        outcome = true_minimise(*args)
        turns.append(args)
        return replace(outcome, ending=ending) if len(turns) == turn else outcome

    monkeypatch.setattr(session_module, "minimise", minimise)

    result = shiftplan.solve(town(1, 5, order="strict"), time_limit=None, workers=1)

    assert len(turns) == 2
    assert result.roster is not None
    assert result.status is Status.FEASIBLE
    assert result.stopped_by.value == ending.upper()


@pytest.mark.parametrize("seconds", [None, 30])
def test_an_interrupt_of_the_program_ends_all_levels(seconds):
    """Like Ctrl-C, although it is raised only once, when the first roster is reported."""
    told = []

    def hear(progress):
        told.append(progress)
        raise KeyboardInterrupt

    problem = town(2, 14, order="strict")
    result = shiftplan.solve(problem, time_limit=seconds, workers=1, on_progress=hear)

    assert len(told) == 1
    assert result.roster is not None
    assert result.stopped_by is StoppedBy.INTERRUPT


def test_a_gap_at_one_level_does_not_hide_that_time_ended_another(monkeypatch):
    """The first level has no bound; nobody was content with its gap."""
    true_minimise, endings = session_module.minimise, ["time", "gap"]

    def minimise(*args):
        return replace(true_minimise(*args), ending=endings.pop(0))

    monkeypatch.setattr(session_module, "minimise", minimise)

    result = shiftplan.solve(town(1, 5, order="strict"), time_limit=None, workers=1)

    assert not endings
    assert result.stopped_by is StoppedBy.TIME


def test_a_level_without_time_keeps_the_roster_of_the_level_before(monkeypatch):
    """In the strict order each level starts from the roster of the one before."""
    true_minimise = session_module.minimise
    starts = []

    def minimise(program, layout, limits, changed, start):
        starts.append(start)
        if len(starts) == 1:
            return true_minimise(program, layout, limits, changed, start)
        return Outcome(program, values=start, ending="time")

    monkeypatch.setattr(session_module, "minimise", minimise)

    result = shiftplan.solve(town(1, 5, order="strict"), time_limit=None, workers=1)

    assert starts[0] is None
    assert starts[1] is not None
    assert result.stopped_by is StoppedBy.TIME
    assert result.levels[1].cost == result.levels[1].bound
    assert result.levels[2].bound is None


@pytest.mark.parametrize("limits", [{}, {"work_limit": 5}])
def test_an_engine_that_is_wrong_about_a_contradiction_is_found_out(monkeypatch, limits, tmp_path):
    """Nothing is named, but a second solver finds a roster: an error, and no verdict."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(session_module.Inquiry, "conflict", lambda _: None)
    monkeypatch.setattr(
        session_module, "minimise", lambda program, *_: Outcome(program, ending="infeasible")
    )

    with pytest.raises(ModelError, match="but a roster exists"):
        shiftplan.solve(town(1, 5), time_limit=None, workers=1, **limits)


@pytest.mark.parametrize(("limit", "stopped_by"), [(None, None), (1e-9, StoppedBy.TIME)])
def test_time_stopped_the_confirmation_only_if_it_is_over(monkeypatch, limit, stopped_by):
    """A solver that gives up before says nothing about time; what one has proven stays said."""
    monkeypatch.setattr(session_module.Inquiry, "conflict", lambda _: None)
    monkeypatch.setattr(session_module.Inquiry, "is_impossible", lambda _: None)
    monkeypatch.setattr(
        session_module, "minimise", lambda program, *_: Outcome(program, ending="infeasible")
    )

    result = shiftplan.solve(town(1, 5), workers=1, time_limit=limit)

    assert (result.status, result.conflict_confirmed) == (Status.INFEASIBLE, False)
    assert result.stopped_by is stopped_by


def test_an_unconfirmed_contradiction_says_what_stopped_it(monkeypatch):
    """Cancelled while the contradiction is confirmed: one solver's word, stopped by interrupt."""
    cancel = threading.Event()

    def interrupted(*_):
        cancel.set()

    monkeypatch.setattr(session_module.Inquiry, "conflict", interrupted)
    monkeypatch.setattr(
        session_module, "minimise", lambda program, *_: Outcome(program, ending="infeasible")
    )

    result = shiftplan.solve(town(1, 5), time_limit=None, workers=1, cancel=cancel)

    assert (result.status, result.conflict_confirmed) == (Status.INFEASIBLE, False)
    assert result.stopped_by is StoppedBy.INTERRUPT
