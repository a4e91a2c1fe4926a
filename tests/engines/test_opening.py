"""How a search opens: by which method, and for how long one worker helps with the roster."""

from __future__ import annotations

import math

import numpy as np
import pytest
from links import Recorder
from tasks import task_of
from towns import town

from shiftplan.engines import opening
from shiftplan.engines.first_order import approach
from shiftplan.engines.opening import open_with, opened
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.search import _patience, _side_by_side
from shiftplan.engines.task import Deadline, Limits, Outcome, holds
from shiftplan.engines.team import Report
from shiftplan.solving.building import build


@pytest.fixture(scope="module")
def made():
    model = build(town(5, 40))
    return model, model.program()


@pytest.mark.parametrize(
    ("seconds", "guided", "patience"),
    [
        (math.inf, True, 8),  # nothing but a proof ends such a search
        (10.0, True, 10.0),
        (60.0, True, 8),
        (600.0, True, 60),
        (100.0, False, 100.0),
        (200.0, False, 120),
    ],
)
def test_branch_and_cut_waits_as_long_as_enough_is_left(seconds, guided, patience):
    """A tenth of the time, eight seconds at least; 60% where nothing guides the others yet."""
    assert _patience(seconds, DEFAULTS.start, guided=guided) == pytest.approx(patience)


def test_the_first_roster_is_near_the_relaxation(made):
    """It is offered with its bound, by one name, and guides what follows."""
    _, program = made
    outcome = Outcome(program)

    guide = open_with(outcome, Limits(), Deadline(60.0), lambda: None)

    assert guide is not None
    assert set(outcome.stats) == {"opening"}
    assert guide.bound <= outcome.bound <= outcome.cost
    assert outcome.cost <= 1.3 * outcome.bound


def test_a_roster_is_reported_while_the_relaxation_is_still_far(made, monkeypatch):
    """Nobody waits for the nearer one; and no relaxation is rounded twice."""
    _, program = made
    outcome, told, rounds = Outcome(program), [], []
    true_round = opening.rounded
    monkeypatch.setattr(
        opening, "rounded", lambda *given: rounds.append(given[1]) or true_round(*given)
    )
    params = SearchParams(opening={"distance": 0.03, "enough": 0.0})

    guide = open_with(
        outcome, Limits(params=params), Deadline(60.0), lambda: told.append(outcome.cost)
    )

    assert told
    assert told[0] is not None
    assert rounds[0].slow
    assert rounds[-1] is guide
    assert len(rounds) == 2


@pytest.mark.parametrize("change", [{"entries": 0}, {"sure": 1.0}])
def test_a_greedy_roster_is_made_otherwise(made, change):
    """Where the program is too large for the method, or nothing is sure."""
    _, program = made
    outcome, limits = Outcome(program), Limits(params=SearchParams(opening=change))

    guide = open_with(outcome, limits, Deadline(60.0), lambda: None)

    assert "greedy start" in outcome.stats
    assert (guide is None) == ("entries" in change)


def test_an_engine_opens_as_the_program_allows(made, monkeypatch):
    """By rounding; by a dive where the method is slow, or the program large.

    Where a large one leaves no time for a dive, what the rounds came to is rounded.
    """
    model, program = made
    dived, found = [], (None, None)

    def dive(*_, is_large):
        dived.append(is_large)
        return found

    monkeypatch.setattr(opening, "guided_roster", dive)

    def after(**changes):
        params = SearchParams(opening=changes)
        task = task_of("neighborhoods", model, program, params=params)
        return opened(task, Recorder(), Deadline(math.inf))

    relaxation, values, from_dive = after()
    assert not relaxation.slow
    assert holds(program, values)
    assert not from_dive
    assert dived == []
    assert after(distance=0.03, last_distance=0.03, enough=0.0) == (None, None, False)
    assert after(entries=0) == (None, None, False)
    assert dived == [False, True]
    found = relaxation, values
    assert after(entries=0) == (relaxation, values, True)
    found = relaxation, None
    told, again, from_dive = after(entries=0)
    assert told is relaxation
    assert np.array_equal(again, values)
    assert not from_dive


def test_work_and_not_time_limits_the_method_where_work_is_counted(made, monkeypatch):
    """The same seed would not give the same roster otherwise."""
    model, program = made
    given = []

    def told(program, deadline, params, stopped):
        given.append(deadline.left())
        yield from approach(program, deadline, params, stopped)

    monkeypatch.setattr(opening, "approach", told)

    for work_limit in (None, 5):
        task = task_of("neighborhoods", model, program, work_limit=work_limit)
        opened(task, Recorder(), Deadline(math.inf))

    assert given[0] <= DEFAULTS.opening.near_seconds
    assert given[1] == np.inf


class WatchedTeam:
    """Workers that end at once; it keeps what they are given, in order."""

    def __init__(self) -> None:
        self.given: list[np.ndarray | None] = []

    def start(self, worker, task) -> None:
        self.given.append(task.start)

    def share(self, values) -> None:
        self.given.append(values)

    def report(self, seconds) -> Report:
        return Report(0, "ended", "stopped")

    def stop(self) -> list[Report]:
        return []


@pytest.mark.parametrize("is_large", [True, False])
def test_workers_on_large_programs_begin_before_there_is_a_roster(made, is_large):
    """They solve the relaxation meanwhile, and get the roster afterwards."""
    model, program = made
    params = SearchParams(opening={"entries": 0} if is_large else {})
    outcome, team = Outcome(program), WatchedTeam()
    limits = Limits(seconds=60.0, workers=1, params=params)

    _side_by_side(team, model.pairs.layout(), limits, Deadline(60.0), outcome, lambda: None)

    assert outcome.values is not None
    begun = team.given[0]
    assert (begun is None) == is_large
    assert len(team.given) == (2 if is_large else 1)
    assert team.given[-1] is outcome.values
