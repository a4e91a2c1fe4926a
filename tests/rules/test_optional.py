"""Optional shifts in rosters that are searched, measured and written."""

from __future__ import annotations

import pytest

import shiftplan as sp
from shiftplan.analysis.seats import lacking
from shiftplan.case.case import Case
from shiftplan.testing.pictures import plan, shift
from shiftplan.week.roster import Roster


def extra(people: str, *rules, **fields):
    """A morning that needs one person, and an optional one that needs three."""
    shifts = (shift("M", 0), shift("E", 1, optional=True))
    needs = (
        {"shift_id": "M0", "minimum": 1, "target": 1},
        {"shift_id": "E1", "minimum": 3, "target": 4},
    )
    rules = ({"rule": "coverage", "weight": 10}, *rules)
    return plan(people=people, days=2, shifts=shifts, requirements=needs, rules=rules, **fields)


@pytest.mark.parametrize(
    ("people", "team"),
    [("ana bob", ()), ("ana bob cho", ("ana", "bob", "cho"))],
)
def test_it_is_held_if_there_are_people_for_its_minimum(people, team):
    """Three come where three can; two stay at home."""
    week = extra(people, {"rule": "hold_optional"})

    result = sp.solve(week, time_limit=None, workers=1)

    assert result.status is sp.Status.OPTIMAL
    assert result.require_roster().people_in.get("E1", ()) == team


def test_nobody_comes_where_nothing_says_that_it_is_worth_it():
    """Without the rule an optional shift is not held: its last seat would be empty."""
    result = sp.solve(extra("ana bob cho"), time_limit=None, workers=1)

    assert "E1" not in result.require_roster().people_in
    assert result.total.cost == 0


def test_its_seats_are_empty_only_where_it_is_held():
    """Nobody lacks in a shift without people, and two of four in one with two."""
    week = extra("ana bob")

    for team, empty in (((), {"M0": 1}), (("ana", "bob"), {"E1": 2, "M0": 1})):
        case = Case(week, Roster.of(("E1", who) for who in team))
        assert {need.shift_id: case.empty(need) for need in lacking(case)} == empty


def test_a_pin_that_asks_for_more_people_than_come_is_named():
    """Ana is settled, and only bob can come beside her."""
    pins = ({"volunteer_id": "ana", "shift_id": "E1", "state": "must"},)

    result = sp.solve(extra("ana bob", pins=pins), time_limit=None, workers=1)

    assert result.status is sp.Status.INFEASIBLE
    assert {"optional_minimum", "pins"} <= {member.rule for member in result.conflict}


def test_weeks_without_the_column_stay_as_they_are_written():
    """So their digests stay, and earlier versions read them."""
    assert '"optional":true' in extra("ana").model_dump_json()
    assert "optional" not in plan("MA", days=1).model_dump_json()
