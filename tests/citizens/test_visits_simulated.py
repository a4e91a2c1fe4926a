"""Weeks with visits, kinds of citizens and officials, as citizens experience them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from places import arrivals, place, service

from shiftplan import Problem, Roster
from shiftplan.citizens.draws import Citizens, Conduct, VisitCrowd
from shiftplan.citizens.lanes import lanes_by_center
from shiftplan.citizens.simulate import simulate

PATIENT = Conduct(patience_minutes=None, everybody_comes=True)
BOTH = {"ana": {"portal": 1}, "bob": {"portal": 1}}


def office(
    people: dict[str, dict[str, int]], journeys: Sequence[tuple[str, float]] = (), **tables: Any
) -> tuple[Problem, Roster]:
    """A morning of 40 visits to a center with a kiosk and filing."""
    rows = [{"services": services, "share": share} for services, share in journeys]
    return place(
        [service("kiosk", 4), service("file", 20, "portal")],
        [arrivals(None, 40, 8, 11)],
        people,
        {"c-am": (8, 12)},
        journeys=rows or [{"services": "kiosk|file", "share": 1}],
        **tables,
    )


def drawn(problem: Problem, roster: Roster, runs: int = 400) -> VisitCrowd:
    """All visits of the only lane."""
    ((_, (lane,)),) = lanes_by_center(problem, roster)
    ((_, _, crowd),) = Citizens(problem, 0, runs, PATIENT).crowds(lane)
    assert isinstance(crowd, VisitCrowd)
    return crowd


def test_figures_count_visits() -> None:
    """About 40 come, not 80; each counts once in all, and in each of its services."""
    found = simulate(*office(BOTH), runs=50, conduct=PATIENT)

    assert found.overall.arrivals.value == pytest.approx(40, rel=0.1)
    assert [row.arrivals.value for row in found.services] == [found.overall.arrivals.value] * 2
    assert found.overall.served_share.value == 1


def test_a_visit_that_nobody_can_finish_is_not_served() -> None:
    """Without anybody who files, visitors are sent away after the kiosk."""
    found = simulate(*office({"ben": {}}), runs=20, conduct=PATIENT)

    assert found.overall.served_share.value == 0
    assert found.overall.cut_share.value == 1
    assert found.overall.utilization.value > 0


def test_journeys_are_drawn_by_their_shares() -> None:
    """A quarter of the visits end at the kiosk; steps keep their order."""
    crowd = drawn(*office(BOTH, [("kiosk|file", 3), ("kiosk", 1)]))

    alone = crowd.steps[:, 1] < 0
    assert alone.mean() == pytest.approx(0.25, abs=0.02)
    assert set(map(tuple, crowd.steps.tolist())) == {(0, 1), (0, -1)}
    assert (crowd.step_minutes[alone, 1] == 0).all()


def test_kinds_of_citizens_take_their_minutes() -> None:
    """Half of them three times as long: twice as long on average, in all steps alike."""
    kinds = [{"kind": "translator", "share": 0.5, "factor": 3}]
    constant = [service("kiosk", 4, cv=0), service("file", 20, "portal", cv=0)]
    problem, roster = office(BOTH, citizen_kinds=kinds)
    problem = Problem.model_validate(problem.model_dump() | {"services": constant})

    minutes = drawn(problem, roster).step_minutes

    assert set(map(tuple, minutes.tolist())) == {(4, 20), (12, 60)}
    assert minutes[:, 0].mean() == pytest.approx(8, rel=0.02)


def test_officials_serve_beside_volunteers() -> None:
    """Two officials all morning serve as two more volunteers who can do everything."""
    helping = [{"start": "08:00", "end": "12:00", "people": 2}]

    alone, helped, more = (
        simulate(*arguments, runs=30, conduct=PATIENT).overall
        for arguments in (
            office(BOTH),
            office(BOTH, officials=helping),
            office(BOTH | {"eve": {"portal": 1}, "dan": {"portal": 1}}),
        )
    )

    assert helped.within_target_share.value > alone.within_target_share.value
    assert helped.within_target_share.value == more.within_target_share.value
    assert helped.utilization.value == pytest.approx(more.utilization.value)


def test_officials_help_with_their_services_on_their_days() -> None:
    """At the kiosk on Mondays: filing is left to nobody. On other days nobody is there."""
    kiosk = {"start": "08:00", "end": "12:00", "people": 2, "services": ["kiosk"]}
    monday, tuesday = ({"weekdays": [day]} for day in ("mon", "tue"))

    there = office({"ben": {}}, officials=[{**kiosk, "days": monday}])
    away = office({"ben": {}}, officials=[{**kiosk, "days": tuesday}])

    lanes = [next(iter(lanes_by_center(*week)))[1][0] for week in (there, away)]
    assert [len(lane.team.members) for lane in lanes] == [3, 1]
    assert lanes[0].team.able.tolist() == [[True] * 3, [False] * 3]


def test_weeks_of_requests_draw_what_they_drew_before() -> None:
    """A journey of one service draws its own numbers; requests do not meet them."""
    parts = ([service("kiosk", 4)], [arrivals("kiosk", 40, 8, 11)], {"ben": {}}, {"c-am": (8, 12)})
    plain, roster = place(*parts)
    told, _ = place(*parts, journeys=[{"services": "kiosk", "share": 1}])

    one, other = (simulate(week, roster, runs=5) for week in (plain, told))

    assert one.overall == other.overall
    assert np.isfinite(one.overall.arrivals.value)
