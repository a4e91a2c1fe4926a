"""Contradictions by hand: which members they have, and the ways out of them."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, time, timedelta

import pytest
from conflicts import must

from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.conflict import find_conflict, ways_out
from shiftplan.testing.pictures import MONDAY, plan, window
from shiftplan.week.history import Published
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster


def _short(member):
    """Kind of rule, person and place of a member."""
    return " ".join(part for part in (member.rule, member.who, member.at) if part)


def members(problem: Problem) -> set[tuple[str, str, str]]:
    found = find_conflict(problem)
    assert found is not None
    assert found.minimal
    return {(m.rule, m.who, m.at) for m in found.members}


_INTERRUPTED = """
import signal
from shiftplan import Problem
from shiftplan.solving import find_conflict

day, hours = "2026-12-07", [("S1", 7, 11), ("S2", 9, 13)]
problem = Problem.model_validate({
    "horizon": {"start": day, "days": 1},
    "centers": [{"center_id": "A"}],
    "volunteers": [{"volunteer_id": "ana"}],
    "shifts": [
        {"shift_id": s, "center_id": "A", "start": f"{day}T{b:02}:00", "end": f"{day}T{e:02}:00"}
        for s, b, e in hours
    ],
    "availability": [{"volunteer_id": "ana", "start": f"{day}T00:00", "end": f"{day}T23:00"}],
    "pins": [{"volunteer_id": "ana", "shift_id": s, "state": "must"} for s, _, _ in hours],
    "rules": [{"rule": "one_place"}],
})
signal.signal(signal.SIGINT, lambda *_: print("handled"))
print(len(find_conflict(problem).members))
signal.raise_signal(signal.SIGINT)
"""


def test_the_handler_of_interrupts_survives():
    """After a conflict was confirmed Ctrl-C still goes to the handler of the program."""
    command = [sys.executable, "-c", _INTERRUPTED]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout.split()) == (0, ["3", "handled"]), done.stderr


SKILL = ({"skill_id": "portal", "max_level": 3},)
FEW = (Requirement(shift_id="M0", minimum=2, target=2),)
MENTORED = {"rule": "mentored", "level": "hard", "value": 1, "mentor_level": 2}
UNTIL_11 = window("minh").model_copy(update={"end": datetime.combine(MONDAY, time(11))})
FROZEN = {"rule": "stability", "level": "hard"}
BY_HAND: dict[str, tuple[Problem, set[str], list[set[str]] | None]] = {
    "pins to two shifts at once, and the rule of one place": (
        plan(
            "MO",
            "ana bob",
            2,
            pins=must("M0 ana", "O0 ana", "M1 ana", "M0 bob"),
            rules=({"rule": "one_place"},),
        ),
        {"pins ana M0", "pins ana O0", "one_place ana 2026-12-07"},
        [{"pins ana M0"}, {"pins ana O0"}],
    ),
    "too far and not offered: either rule is enough, ways out give up both or the pin": (
        plan(
            "x",
            days=1,
            availability=(),
            each={"ana": {"max_distance_km": 5}},
            pins=must("x0 ana"),
            rules=({"rule": "max_distance"},),
        ),
        {"pins ana x0", "available ana x0"},
        [{"pins ana x0"}, {"available ana x0", "max_distance ana x0"}],
    ),
    "two are needed, Bob did not offer the time, a pin keeps Cleo out": (
        plan(
            "M",
            "ana bob cleo",
            1,
            availability=(window("ana"), window("cleo")),
            pins=must("-M0 cleo"),
            requirements=FEW,
            rules=({"rule": "minimum_coverage"},),
        ),
        {"minimum_coverage M0", "available bob M0", "pins cleo M0"},
        [{"pins cleo M0"}, {"minimum_coverage M0"}, {"available bob M0"}],
    ),
    "room for one, and two pins": (
        plan("m", "ana bob", 1, pins=must("m0 ana", "m0 bob"), rules=({"rule": "capacity"},)),
        {"pins ana m0", "pins bob m0", "capacity m0"},
        None,
    ),
    "a novice pinned to be alone; people who cannot come are no part of it": (
        plan(
            "M",
            "ana bob",
            1,
            skills=SKILL,
            pins=must("M0 ana"),
            rules=({"rule": "never_alone", "skill": "portal"},),
        ),
        {"pins ana M0", "never_alone M0"},
        None,
    ),
    "a novice is pinned from 10 to 14, and nobody skilled can be there after 11": (
        plan(
            "MO",
            "nam minh",
            1,
            each={"minh": {"skills": {"portal": 2}}},
            skills=SKILL,
            availability=(window("nam"), UNTIL_11),
            pins=must("O0 nam"),
            rules=({"rule": "never_alone", "skill": "portal", "per": "moment"},),
        ),
        {"pins nam O0", "never_alone home 2026-12-07 11:00-14:00", "available minh O0"},
        None,
    ),
    "one shift a day, and two pins on a date": (
        plan(
            "MA",
            days=2,
            pins=must("M0 ana", "A0 ana", "M1 ana"),
            rules=({"rule": "max_shift_count", "value": 1, "per": "day"},),
        ),
        {"pins ana M0", "pins ana A0", "max_shift_count ana 2026-12-07"},
        None,
    ),
    "a novice is due a shift with a mentor, and the only one did not offer the time": (
        plan(
            "M",
            "nam minh",
            1,
            each={"minh": {"skills": {"portal": 2}}},
            skills=SKILL,
            availability=(window("nam"),),
            rules=(MENTORED,),
        ),
        {"mentored nam", "available minh M0"},
        [{"mentored nam"}, {"available minh M0"}],
    ),
    "the frozen roster keeps Ana on Tuesday, when she can no longer come": (
        plan(
            "M",
            days=2,
            availability=(window("ana", first=0, last=1),),
            rules=(FROZEN,),
            published=(Published(volunteer_id="ana", shift_id="M1"),),
        ),
        {"stability ana M1", "available ana M1"},
        None,
    ),
}
"""What contradicts itself -> its members, and what ways out give up, cheapest first."""


@pytest.mark.parametrize(("problem", "expected", "ways"), BY_HAND.values(), ids=[*BY_HAND])
def test_members_and_ways_out_by_hand(
    problem: Problem, expected: set[str], ways: list[set[str]] | None
):
    """Nothing that is not needed is a member, and nothing needless is given up."""
    found = find_conflict(problem)

    assert found is not None
    assert found.minimal
    assert {_short(m) for m in found.members} == expected
    if ways is not None:
        assert [{_short(m) for m in way.members} for way in ways_out(problem)] == ways


def test_a_frozen_shift_is_one_member_for_everybody():
    """Nobody was published for Monday, which needs somebody: the need or the freeze can go."""
    problem = plan(
        "M",
        "ana bob cho",
        2,
        rules=({"rule": "minimum_coverage"}, FROZEN),
        published=(Published(volunteer_id="ana", shift_id="M1"),),
        requirements=(Requirement(shift_id="M0", minimum=1, target=1),),
    )

    assert members(problem) == {("minimum_coverage", "", "M0"), ("stability", "", "M0")}
    ways = ways_out(problem)
    assert [([_short(m) for m in way.members], way.amounts) for way in ways] == [
        (["minimum_coverage M0"], (1,)),
        (["stability M0"], (1,)),
    ]


def test_pins_beyond_the_limit_of_a_person():
    """Three pins, at most two shifts: any pin can go for 1, the limit for 10 and one shift."""
    problem = plan(
        "M",
        days=4,
        each={"ana": {"max_shifts": 2}},
        pins=must("M0 ana", "M1 ana", "M3 ana"),
        rules=({"rule": "max_shifts"},),
    )

    assert len(members(problem)) == 4
    ways = ways_out(problem)
    assert [(way.price, way.amounts) for way in ways] == [(1, (1,))] * 3 + [(10, (1,))]
    (limit,) = ways[-1].members
    assert (limit.rule, limit.who, limit.where) == ("max_shifts", "ana", None)


def test_a_member_says_what_its_rule_is_limited_to():
    """In both languages, after what the rule asks."""
    limits = {"group": "ana|far", "where": "home", "hours": "06:00-12:00", "days": "mon|tue"}
    count = {"rule": "max_shift_count", "value": 1, **limits, "last_day": MONDAY + timedelta(2)}
    problem = plan("M", "ana", 3, pins=must("M0 ana", "M1 ana"), rules=(count,))

    found = find_conflict(problem)

    assert found is not None
    (member,) = (m for m in found.members if m.rule == "max_shift_count")
    assert str(member.message) == (
        "ana works at most 1 shift (in all). This rule covers only people of ana or far, centers"
        " of home, shifts that start within 06:00-12:00, shifts on Mon or Tue and shifts until"
        " 2026-12-09."
    )
    assert Words("vi")(member.message).endswith(
        "Quy định này chỉ áp dụng cho người thuộc ana hoặc far, trung tâm thuộc home, ca bắt đầu"
        " trong khung giờ 06:00-12:00, ca vào thứ Hai hoặc thứ Ba và ca đến hết ngày 09/12/2026."
    )


def test_a_pin_outside_the_time_offered():
    """The rule that forbids the pair stands against the pin."""
    problem = plan("M", "ana bob", 2, availability=(window("bob"),), pins=must("M1 ana", "M1 bob"))

    assert members(problem) == {("pins", "ana", "M1"), ("available", "ana", "M1")}
    found = find_conflict(problem)
    assert found is not None
    assert {str(m.message) for m in found.members} == {
        "A pin says that ana works M1, home, Tue 08 Dec 07:00–11:00.",
        "ana did not offer the time of M1, home, Tue 08 Dec 07:00–11:00.",
    }


def test_a_person_who_offered_too_little_for_a_hard_minimum():
    """Two shifts are due, one time was offered: her other pairs are told as one member."""
    rule = {"rule": "min_shift_count", "value": 2}
    problem = plan("M", "ana bob", 3, availability=(window("ana", first=0, last=1), window("bob")))
    problem = problem.model_copy(update={"rules": plan("M", rules=(rule,)).rules})

    found = find_conflict(problem)

    assert found is not None
    assert {(m.rule, m.who) for m in found.members} == {
        ("min_shift_count", "ana"),
        ("available", "ana"),
    }
    assert "ana did not offer the times of other shifts (2)." in [
        str(m.message) for m in found.members
    ]


def test_independent_contradictions_are_all_solved_by_a_way_out():
    """Two pins outside the time offered: every way out gives up something of both."""
    problem = plan("M", "ana bob", 2, availability=(), pins=must("M0 ana", "M1 bob"))

    assert len(members(problem)) == 2
    ways = ways_out(problem, most=9)
    assert [(way.price, len(way.members)) for way in ways] == [(2, 2), (11, 2), (11, 2), (20, 2)]


def test_nothing_has_to_give_way():
    """No members where a roster exists, and no way out is offered."""
    problem = plan("MO", days=2, pins=must("M0 ana"), rules=({"rule": "one_place"},))

    assert members(problem) == set()
    assert ways_out(problem) == ()


def test_a_conflict_is_true_as_a_condition_and_none_is_not():
    """`if find_conflict(problem)` reads as it says; a week that has a roster is no conflict."""
    rules = ({"rule": "one_place"},)

    assert find_conflict(plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=rules))
    assert not find_conflict(plan("MO", days=1, pins=must("M0 ana"), rules=rules))


def test_whom_an_area_cannot_have_is_named_beside_its_share():
    """A minority area is due its seat, and nobody offered the time of its shift."""
    areas = tuple(
        c.model_copy(update={"minority_area": c.center_id == "home"}) for c in plan("M").centers
    )
    problem = plan(
        "M",
        "ana bob",
        1,
        centers=areas,
        availability=(),
        requirements=(Requirement(shift_id="M0", target=1),),
        rules=({"rule": "area_floor", "level": "hard", "group": "minority", "value": 1},),
    )

    found = find_conflict(problem)

    assert found is not None
    assert {(m.rule, m.who, m.at) for m in found.members} == {
        ("area_floor", "", "minority"),
        ("available", "", "M0"),
    }
    (times,) = (m for m in found.members if m.rule == "available")
    assert set(times.pairs) == {("ana", "M0"), ("bob", "M0")}
    assert times.as_dict()["pairs"] == [["ana", "M0"], ["bob", "M0"]]
    assert str(times.message) == "Nobody offered the time of M0, home, Mon 07 Dec 07:00–11:00."


def test_a_place_is_written_as_a_violation_writes_it():
    """A requirement with its skill, a week, and days from one on."""
    skilled = Requirement(shift_id="M0", skill_id="portal", min_level=2, minimum=1, target=1)
    needs = plan("M", skills=SKILL, requirements=(skilled,), rules=({"rule": "minimum_coverage"},))
    most = {"rule": "max_shift_count", "value": 1}
    week = plan("M", pins=must("M0 ana", "M1 ana"), rules=({**most, "per": "week"},))
    rolling = plan("M", pins=must("M3 ana", "M4 ana"), rules=({**most, "rolling_days": 2},))

    for problem, place in (
        (needs, "M0 portal 2"),
        (week, "2026-W50"),
        (rolling, "from 2026-12-10"),
    ):
        pinned = Roster.of((p.shift_id, p.volunteer_id) for p in problem.pins)
        assert place in {v.at for v in check(problem, pinned).broken}
        assert place in {where for _, _, where in members(problem)}


@pytest.mark.parametrize(
    ("how", "english", "vietnamese"),
    [
        ("all", "works all shifts of morning: ana", "thì trực mọi ca morning: ana"),
        ("any", "also works morning: ana", "thì trực cả morning: ana"),
    ],
)
def test_who_needs_all_shifts_of_a_kind_reads_so(how: str, english: str, vietnamese: str):
    """Ana must work an afternoon, and must not work its morning."""
    kind = {"rule": "needs_too", "first": "afternoon", "then": "morning", "how": how}
    out = {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"}
    problem = plan("MA", "ana", 2, pins=(*must("A1 ana"), out), rules=(kind,))

    found = find_conflict(problem)

    assert found is not None
    (said,) = (member.message for member in found.members if member.rule == "needs_too")
    assert english in Words("en")(said)
    assert vietnamese in Words("vi")(said)
