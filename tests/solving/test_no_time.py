"""Time limits that are too short for a search: the quick roster comes back, whole and checked."""

from __future__ import annotations

import threading
import time

import pytest
from brute_force import every_roster
from hypothesis import given
from pace import costly
from strategies import problems
from towns import town

import shiftplan
from shiftplan import Status, StoppedBy
from shiftplan.engines import opening as opening_module
from shiftplan.engines import search as search_module
from shiftplan.engines.greedy import greedy
from shiftplan.engines.params import DEFAULTS, SearchOptions, SearchParams, SolveOptions
from shiftplan.engines.task import Limits
from shiftplan.solving import session as session_module
from shiftplan.solving.building import build
from shiftplan.solving.session import Session

NO_QUICK_TRY = SearchParams(start={"quick_columns": 0})


@pytest.mark.parametrize("limit", [0, 0.01, 1])
@pytest.mark.parametrize("order", ["total", "strict"])
def test_the_quick_roster_is_whole_whatever_the_limit(limit, order):
    """No limit is so short that people are left out whom the greedy roster has."""
    params = SearchParams(start={"quick_columns": 0}, greedy={"hurry_seconds": 1e9})
    problem = town(6, 90, order=order)
    program = build(problem).program()
    quick = program.rank(greedy(program, DEFAULTS), strict=order == "strict")

    result = shiftplan.solve(problem, time_limit=limit, workers=1, params=params)

    found = tuple(result.score.levels.values()) if order == "strict" else (result.score.total,)
    assert found <= quick
    assert shiftplan.check(problem, result.require_roster()).is_feasible


@given(problem=problems(max_volunteers=3, max_shifts=3))
@costly(0.3)
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
    monkeypatch.setattr(search_module, "Team", None)
    monkeypatch.setattr(search_module, "solve_apart", None)

    result = shiftplan.solve(town(4, 50), time_limit=0, workers=2, params=NO_QUICK_TRY)

    assert result.status is Status.FEASIBLE
    assert result.stopped_by is StoppedBy.TIME


def test_a_roster_is_sought_where_no_greedy_one_holds(monkeypatch):
    """Hard minima that greedy cannot fill do not end in no roster at once."""
    monkeypatch.setattr(search_module, "show_first", lambda *_: None)

    result = shiftplan.solve(town(1, 5), time_limit=0, workers=1, params=NO_QUICK_TRY)

    assert result.roster is not None


def test_a_cancelled_quick_roster_is_finished(monkeypatch):
    """Whoever cancels while it is made gets the whole of it; whoever did so before gets none."""
    problem = town(6, 90)
    program = build(problem).program()
    cancel, true_round = threading.Event(), opening_module.rounded

    def cancelled(*given, **named):
        cancel.set()
        return true_round(*given, **named)

    monkeypatch.setattr(opening_module, "rounded", cancelled)

    given = {"time_limit": 60, "workers": 1, "cancel": cancel, "params": NO_QUICK_TRY}
    began, before = (shiftplan.solve(problem, **given) for _ in range(2))

    assert began.score.total <= program.total(greedy(program, DEFAULTS))
    assert began.stopped_by is before.stopped_by is StoppedBy.INTERRUPT
    assert before.roster is None


def test_it_is_measured_without_news_too(monkeypatch):
    """Engines ask for the time that is left, whether or not anybody finds anything."""
    params = SearchParams(closing={"rehearsal_seconds": 0.0})
    problem = town(2, 12)
    session = Session(problem, time.monotonic(), Limits(seconds=1000.0, params=params))
    session.run()
    rehearsed = session.closing_seconds
    session._rehearsed = False

    session._kept()

    assert session._rehearsed
    assert session.closing_seconds != rehearsed


@pytest.mark.parametrize("value", [-1, float("nan")])
def test_no_time_is_fine_for_a_plan_alone(value):
    """A plan has a quick answer; less than no time is an error everywhere."""
    assert SolveOptions(time_limit=0).seconds == 0
    for options, limit in ((SearchOptions, 0), (SolveOptions, value)):
        with pytest.raises(shiftplan.InputError, match="time_limit"):
            options(time_limit=limit)


@pytest.mark.parametrize(("after", "measured"), [(0.0, True), (1e6, False)])
def test_what_closing_takes_is_measured_once_time_has_passed(monkeypatch, after, measured):
    """Then time is kept for the checks as long as they take, not as long as building took."""
    kept = []
    true_minimise = session_module.minimise

    def minimise(program, layout, limits, changed, start):
        kept.append(limits.kept())
        outcome = true_minimise(program, layout, limits, changed, start)
        kept.append(limits.kept())
        return outcome

    monkeypatch.setattr(session_module, "minimise", minimise)
    closing = {"rehearsal_seconds": after, "rehearsal_share": 1.0}
    params = SearchParams(closing=closing)
    session = Session(town(2, 12), time.monotonic(), Limits(seconds=1000.0, params=params))

    session.run()

    before, then = kept
    assert (before != then) is measured
    assert then == DEFAULTS.closing.stopping_seconds + session.closing_seconds
