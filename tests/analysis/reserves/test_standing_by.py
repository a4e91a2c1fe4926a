"""Who may stand by for a shift."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from changes import changed, worse
from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly
from standing import PORTAL, ranked
from strategies import problems, rosters

from shiftplan import check
from shiftplan.analysis import reserves
from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.problem.crosscheck import find_faults
from shiftplan.testing.pictures import parse, plan
from shiftplan.week.records import Availability, Center
from shiftplan.week.roster import Assignment, Change, Roster
from shiftplan.week.wishes import Pin

BLOCKED = {
    "is in the shift": ("ana  M", {}),
    "cannot come then": (".", {"availability": ()}),
    "is pinned not to": (
        ".",
        {"pins": (Pin(volunteer_id="ana", shift_id="M0", state="must_not"),)},
    ),
    "works at that time": ("ana  O", {"rules": ({"rule": "one_place"},)}),
    "works as much as they can": (
        "ana  A",
        {"rules": ({"rule": "max_shifts"},), "each": {"ana": {"max_shifts": 1}}},
    ),
    "works elsewhere on that day": ("ana  a", {"rules": ({"rule": "one_center_per_day"},)}),
    "would work too many days": (
        "ana  . M M",
        {"rules": ({"rule": "max_consecutive_days", "value": 2},)},
    ),
    "lives too far away": (
        ".",
        {
            "rules": ({"rule": "max_distance"},),
            "each": {"ana": {"home_center_id": "far", "max_distance_km": 11}},
        },
    ),
    "never comes": (".", {"each": {"ana": {"show_rate": 0}}}),
    "lacks rest": ("ana  A", {"rules": ({"rule": "min_rest", "value": 121},)}),
}


@pytest.mark.parametrize("name", BLOCKED)
def test_who_would_break_a_rule_is_on_no_list(name):
    """Ana is the only person, and each ground by itself keeps her from the shift M0."""
    picture, fields = BLOCKED[name]
    free = {k: v for k, v in fields.items() if k == "each" and name != "never comes"}
    if name == "works at that time":
        free["rules"] = ({"rule": "one_place", "level": "off"},)

    assert ranked(plan("MaAO", "ana", 3, **fields), parse(picture.strip("."))) == []
    if name != "is in the shift":
        assert ranked(plan("MaAO", "ana", 3, **free), parse(picture.strip("."))) == ["ana"]


def test_the_last_shift_somebody_may_work_can_be_one_to_stand_by_for():
    """Ana works one of at most two shifts."""
    rules, each = ({"rule": "max_shifts"},), {"ana": {"max_shifts": 2}}

    assert ranked(plan("MA", "ana", 1, rules=rules, each=each), parse("ana  A")) == ["ana"]


def test_what_is_broken_already_is_not_held_against_anybody():
    """Ana works two shifts at a time on Tuesday; on Monday she can stand by."""
    problem = plan("MO", "ana", 2, rules=({"rule": "one_place"},))

    assert ranked(problem, parse("ana  . MO")) == ["ana"]


def test_a_full_room_is_no_reason_against_a_reserve():
    """There is room for two, and a reserve comes in the place of one."""
    problem = plan("M", "ana bob cleo", 1, rules=({"rule": "capacity"},))

    assert ranked(problem, parse("ana  M\nbob  M")) == ["cleo"]


def test_a_place_without_room_has_no_reserves():
    """Nobody may be there, so nobody can be stood in for."""
    centers = (Center(center_id="home", capacity=0),)
    rules = ({"rule": "capacity"},)
    problem = plan("M", "ana", 1, rules=rules, centers=centers)

    assert ranked(problem, Roster()) == []


@pytest.mark.parametrize(
    ("value", "picture", "expected"),
    [
        (2, "pro  M\nn1  M\nn2  M", ["able", "n3"]),  # n3 in the place of n1: two novices
        (0, "pro  M", ["able"]),  # a novice breaks it in anybody's place
        (2, "", ["able", "pro"]),  # a novice alone breaks it, and there is nobody to replace
    ],
)
def test_a_novice_stands_by_where_a_novice_can_be_replaced(value, picture, expected):
    """At most `value` novices for each mentor, with somebody of the team away."""
    each = {"pro": {"skills": {"portal": 3}}, "able": {"skills": {"portal": 1}}}
    rules = ({"rule": "mentor", "value": value},)
    people = "able n1 n2 n3 pro"
    problem = plan("M", people, 1, each=each, rules=rules, skills=PORTAL)

    assert ranked(problem, parse(picture)) == expected


def test_one_member_must_do_for_all_rules_about_the_team():
    """One person of each group is there: cleo, who is in both groups, could only replace both."""
    each = {"ana": {"group": "red"}, "bob": {"group": "blue"}, "cleo": {"group": "red|blue"}}
    rules = ({"rule": "apart", "group": "red"}, {"rule": "apart", "group": "blue"})
    problem = plan("M", "ana bob cleo dan", 1, each=each, rules=rules)

    assert ranked(problem, parse("ana  M\nbob  M")) == ["dan"]
    assert ranked(problem, parse("ana  M")) == ["bob", "cleo", "dan"]


def _as_offered(problem: Problem) -> Problem:
    """The week in which those who stand by can be planned then too."""
    first = dt.datetime.combine(problem.horizon.start, dt.time())
    last = first + dt.timedelta(days=problem.horizon.days + 2)  # no shift ends later
    windows = [
        Availability(volunteer_id=row.volunteer_id, start=row.start or first, end=row.end or last)
        for row in problem.stand_by
    ]
    wide = problem.model_copy(update={"availability": (*problem.availability, *windows)})
    assume(not list(find_faults(wide)))  # such as a long night beside another window
    return wide


def _may_stand_by(problem: Problem, roster: Roster, shift: str, who: str) -> bool:
    """What `reserves` says of eligibility, told by scores of whole rosters."""
    before = check(problem, roster)
    comes = Change(Assignment(shift, who), True)

    def found(*changes: Change) -> list[Any]:
        return worse(before, check(problem, changed(roster, changes)))

    broken = found(comes)
    if not broken or any(v.who for v in broken):
        return not broken
    ours = {(v.rule, v.at) for v in broken}
    return any(
        not ours & {(v.rule, v.at) for v in found(comes, Change(a, False))}
        for a in set(roster.assignments)
        if a.shift_id == shift
    )


@costly(0.35)
@given(st.data())
def test_lists_hold_exactly_those_who_may_stand_by(data):
    """Long lists have everybody whom whole scores allow, once; a short one is empty only then.

    Of shifts that are not held nobody has to be replaced.
    """
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))

    wide, held = _as_offered(problem), Case(problem, roster).is_held

    found = reserves(problem, roster, per_shift=99)

    for shift in problem.shifts:
        listed = [r for r in found if r.shift_id == shift.shift_id]
        allowed = {
            v.volunteer_id
            for v in problem.volunteers
            if held(shift.shift_id)
            and v.show_rate > 0
            and (shift.shift_id, v.volunteer_id) not in roster
            and _may_stand_by(wide, roster, shift.shift_id, v.volunteer_id)
        }
        assert {r.volunteer_id for r in listed} == allowed
        assert [r.rank for r in listed] == list(range(1, len(allowed) + 1))
    places = {s.shift_id: i for i, s in enumerate(problem.shifts)}
    assert [places[r.shift_id] for r in found] == sorted(places[r.shift_id] for r in found)
    short = reserves(problem, roster, per_shift=1)
    assert [r.shift_id for r in short] == [r.shift_id for r in found if r.rank == 1]


@costly(0.25)
@given(st.data())
def test_the_order_of_the_tables_does_not_matter(data):
    """The same lists come back again, and from tables that are turned round."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    tables = ("centers", "volunteers", "availability", "shifts", "requirements", "history")
    turned = problem.model_copy(update={t: getattr(problem, t)[::-1] for t in tables})

    found = reserves(problem, roster, per_shift=2)

    assert reserves(problem, roster, per_shift=2) == found
    ours, theirs = (
        sorted((r.shift_id, r.rank, r.volunteer_id) for r in lists)
        for lists in (found, reserves(turned, roster, per_shift=2))
    )
    assert ours == theirs
