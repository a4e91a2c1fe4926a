"""Time limits that are too short for a search: the quick roster comes back, whole and checked."""

from __future__ import annotations

import math
import threading
import time

import pytest
from brute_force import every_roster
from hypothesis import given, settings
from strategies import problems
from towns import town

import shiftplan
from shiftplan import Status, StoppedBy
from shiftplan.engines import greedy as greedy_module
from shiftplan.engines import search as search_module
from shiftplan.engines.greedy import greedy
from shiftplan.engines.task import Limits
from shiftplan.options import check_options, time_option
from shiftplan.solving import session as session_module
from shiftplan.solving.building import build
from shiftplan.solving.session import Session


@pytest.mark.parametrize("limit", [0, 0.01, 1])
@pytest.mark.parametrize("order", ["total", "strict"])
def test_the_quick_roster_is_whole_whatever_the_limit(monkeypatch, limit, order):
    """No limit is so short that people are left out whom the greedy roster has."""
    monkeypatch.setattr(search_module, "_QUICK_COLUMNS", 0)
    monkeypatch.setattr(greedy_module, "_SOON_SECONDS", math.inf)
    problem = town(6, 90, order=order)
    program = build(problem).program()
    quick = program.rank(greedy(program), strict=order == "strict")

    result = shiftplan.solve(problem, time_limit=limit, workers=1)

    found = tuple(result.score.levels.values()) if order == "strict" else (result.score.total,)
    assert found <= quick
    assert shiftplan.check(problem, result.require_roster()).is_feasible


@given(problem=problems(max_volunteers=3, max_shifts=3))
@settings(deadline=None)
def test_a_tiny_week_without_time_has_a_roster_if_there_is_one(problem):
    """Of all rosters of the week some hold, or none comes back; none is cheaper than the best."""
    scores = [shiftplan.check(problem, roster) for roster in every_roster(problem)]
    totals = [score.total for score in scores if score.is_feasible]

    result = shiftplan.solve(problem, time_limit=0, workers=1)

    assert (result.roster is not None) == bool(totals)
    if totals:
        assert result.score.is_feasible
        assert result.score.total >= min(totals)


def test_no_team_is_started_when_time_is_over(monkeypatch):
    """Workers would not be awake: neither they nor parts solved apart are begun."""
    monkeypatch.setattr(search_module, "_QUICK_COLUMNS", 0)
    monkeypatch.setattr(search_module, "Team", None)
    monkeypatch.setattr(search_module, "solve_apart", None)

    result = shiftplan.solve(town(4, 50), time_limit=0, workers=2)

    assert result.status is Status.FEASIBLE
    assert result.stopped_by is StoppedBy.TIME


def test_a_roster_is_sought_where_no_greedy_one_holds(monkeypatch):
    """Hard minima that greedy cannot fill do not end in no roster at once."""
    monkeypatch.setattr(search_module, "show_first", lambda outcome, report, deadline: None)
    monkeypatch.setattr(search_module, "_QUICK_COLUMNS", 0)

    result = shiftplan.solve(town(1, 5), time_limit=0, workers=1)

    assert result.roster is not None


def test_a_cancelled_quick_roster_is_finished(monkeypatch):
    """Whoever cancels while it is made gets the whole of it; whoever did so before gets none."""
    monkeypatch.setattr(search_module, "_QUICK_COLUMNS", 0)
    problem = town(6, 90)
    program = build(problem).program()
    cancel, true_first = threading.Event(), search_module.show_first

    def cancelled(outcome, report, deadline):
        cancel.set()
        true_first(outcome, report, deadline)

    monkeypatch.setattr(search_module, "show_first", cancelled)

    began = shiftplan.solve(problem, time_limit=60, workers=1, cancel=cancel)
    before = shiftplan.solve(problem, time_limit=60, workers=1, cancel=cancel)

    assert began.score.total <= program.total(greedy(program))
    assert began.stopped_by is before.stopped_by is StoppedBy.INTERRUPT
    assert before.roster is None


@pytest.mark.parametrize("value", [-1, float("nan")])
def test_no_time_is_fine_for_a_plan_alone(value):
    """A plan has a quick answer; less than no time is an error everywhere."""
    check_options(time_option(0, zero=True))
    for zero, limit in ((False, 0), (True, value)):
        with pytest.raises(shiftplan.InputError, match="time_limit"):
            check_options(time_option(limit, zero=zero))


def test_what_closing_takes_is_measured_on_the_first_roster(monkeypatch):
    """Time is kept for the checks as long as they take, not as long as building took."""
    kept = []
    true_minimise = session_module.minimise

    def minimise(program, layout, limits, changed, start):
        kept.append(limits.kept())
        outcome = true_minimise(program, layout, limits, changed, start)
        kept.append(limits.kept())
        return outcome

    monkeypatch.setattr(session_module, "minimise", minimise)
    session = Session(town(2, 12), time.monotonic(), Limits(seconds=1000.0))

    session.run()

    before, after = kept
    assert before != after
    assert after == session_module._STOPPING_SECONDS + session.closing_seconds
