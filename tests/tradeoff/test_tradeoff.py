"""Trade-offs: points with proofs of their own, figures, and what ends the search."""

from __future__ import annotations

import math
import threading

import pytest
from choices import feasible_rosters, figures, ward
from hypothesis import given, settings
from pictures import parse
from strategies import problems
from towns import town

import shiftplan
from shiftplan import InputError
from shiftplan.solving.result import Cost, Result
from shiftplan.solving.session import Session
from shiftplan.tradeoff import search as search_module
from shiftplan.tradeoff import tradeoff
from shiftplan.tradeoff.points import is_dominated, measure
from shiftplan.tradeoff.sentences import lines
from shiftplan.tradeoff.weighting import Aims


def test_figures_of_a_roster():
    """Ana: 1 of 2 now, after 3 of 4 before: 4 / 6. Bob: 0 of 2. Cid offers nothing.

    Of the loads 2/3 and 0 the mean is 1/3 and the mean difference 1/3: Gini 1/2.
    """
    problem = ward(
        people="ana bob cid",
        history=[{"volunteer_id": "ana", "shifts_offered": 4, "shifts_worked": 3}],
        each={"cid": {"max_shifts": 0}},
    )
    aims, roster = Aims(problem), parse("ana M .\nbob . .")

    found = measure(aims, roster, shiftplan.check(aims.problem, roster))

    assert (found.gini, found.highest_load) == pytest.approx((1 / 2, 2 / 3))


def test_a_point_is_dominated_by_one_that_is_nowhere_worse():
    """Better in one axis and as good in the others; equals do not dominate each other."""
    here = figures(3, 0.2, 40)

    assert is_dominated(here, [here, figures(3, 0.2, 39)])
    assert not is_dominated(here, [here, figures(3, 0.2, 40), figures(2, 0.3, 1)])
    assert is_dominated(figures(3, 0.2, None), [figures(3, 0.1, None)])


def test_every_point_is_the_proven_best_of_its_weighting():
    """Against all rosters of a tiny week: cost, bound and place."""
    problem = ward(each={"bob": {"home_center_id": "far"}})
    aims = Aims(problem)
    rosters = feasible_rosters(problem)

    found = tradeoff(problem, points=9, time_limit=None, workers=1)

    assert len(found.points) == found.wanted == 9
    assert [p.number for p in found.points] == list(range(1, 10))
    assert found.week is not None
    for point in found.points:
        weighted = aims.reweighted(aims.rates(point.weighting))
        least = min(shiftplan.check(weighted, r).total for r in rosters)
        assert point.total.cost == least == point.total.bound
    seats = [p.figures.empty_seats for p in found.points[1:6] if p.weighting.travel == 1]
    assert seats == sorted(seats)  # the dearer evenness, the more seats stay empty


@settings(deadline=None)
@given(problems(max_volunteers=2, max_shifts=2).filter(lambda problem: problem.levels))
def test_points_of_any_problem_are_the_best_of_all_rosters(problem):
    """Any rules, rates and order: cost and bound of each point, or a contradiction."""
    aims, rosters = Aims(problem), feasible_rosters(problem)

    found = tradeoff(problem, points=3, time_limit=None, workers=1)

    assert bool(found.points) == bool(rosters) != bool(found.conflict)
    for point in found.points:
        weighted = aims.reweighted(aims.rates(point.weighting))
        least = min(shiftplan.check(weighted, r).total for r in rosters)
        assert (point.total.cost, point.total.bound) == (least, least)


def test_points_share_rosters_and_bounds(monkeypatch):
    """A solve that finds nothing costs nothing: the first one's roster serves every point."""
    true_run = Session.run
    turns = []

    def run(session):
        result = true_run(session)
        turns.append(session.hint)
        if len(turns) == 1:
            return result
        nothing = Cost(None, None)
        return Result(
            status=shiftplan.Status.NO_ROSTER_FOUND,
            stopped_by=shiftplan.StoppedBy.TIME,
            roster=None,
            score=None,
            total=nothing,
            levels={},
        )

    monkeypatch.setattr(Session, "run", run)

    found = tradeoff(town(1, 6), points=4, time_limit=None, workers=1)

    assert turns[0] is None
    assert len({p.roster for p in found.points}) == 1
    assert all(start == found.points[0].roster for start in turns[1:])
    dearer = [p for p in found.points if p.weighting.evenness >= 1]
    assert all(p.total.bound > 0 for p in dearer)


def test_cancelling_gives_the_points_so_far():
    """Set when the third point begins: two points, and it is told how many were wanted."""
    cancel = threading.Event()

    found = tradeoff(
        ward(),
        points=5,
        time_limit=None,
        workers=1,
        cancel=cancel,
        on_progress=lambda turn, _: cancel.set() if turn == 2 else None,
    )

    assert len(found.points) == 2
    assert found.wanted == 5
    assert "2 of 5 points" in lines(found, "en")[-1]


def test_a_contradiction_is_named():
    """No roster at all: the rules that contradict each other, and no points."""
    pins = [{"volunteer_id": "ana", "shift_id": f"M{d}", "state": "must"} for d in range(2)]
    rules = [*ward().rules, {"rule": "max_shifts"}]
    problem = ward(pins=pins, rules=rules, each={"ana": {"max_shifts": 1}})

    found = tradeoff(problem, points=2, time_limit=None, workers=1)

    assert found.points == ()
    assert {member.rule for member in found.conflict} == {"pins", "max_shifts"}


def test_bounds_that_contradict_a_roster_are_our_bug(monkeypatch):
    """Nothing is told that cannot be."""
    monkeypatch.setattr(search_module, "bound_of", lambda *_: 10**9)

    with pytest.raises(shiftplan.ModelError, match="less than the bound"):
        tradeoff(ward(), points=2, time_limit=None, workers=1)


@pytest.mark.parametrize(
    ("options", "column"),
    [
        ({"points": 1}, "points"),
        ({"points": 11}, "points"),
        ({"time_limit": 0}, "time_limit"),
        ({"time_limit": math.nan}, "time_limit"),
        ({"workers": 0}, "workers"),
        ({"seed": -1}, "seed"),
    ],
)
def test_options_out_of_range_are_faults(options, column):
    """Each names the option."""
    with pytest.raises(InputError) as caught:
        tradeoff(ward(), **options)

    assert [f.column for f in caught.value.faults] == [column]


def test_a_week_without_prices_has_nothing_to_trade():
    """Only hard rules: a fault with a remedy."""
    with pytest.raises(InputError) as caught:
        tradeoff(ward(rules=[{"rule": "one_place"}]))

    assert [f.code for f in caught.value.faults] == ["nothing_to_trade"]
