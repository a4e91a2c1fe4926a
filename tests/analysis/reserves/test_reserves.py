"""Stand-by lists: who comes first, how calls are spread, and edges."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest
from standing import PORTAL, far_from, ranked

from shiftplan.analysis import reserves
from shiftplan.errors import InputError
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.history import History
from shiftplan.week.records import Center, Skill
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster


def _contest(bob: dict[str, Any], ana: dict[str, Any], **fields: Any) -> Problem:
    return plan("M", "ana bob cleo", each={"bob": bob, "ana": ana}, **{"days": 1, **fields})


def _history(who: str, worked: int, offered: int) -> History:
    return History(volunteer_id=who, shifts_worked=worked, shifts_offered=offered)


_PREFERS = tuple(window(n, "preferred" if n == "ana" else "available") for n in ("ana", "bob"))
_UNDESIRED = tuple(window(n, "undesired" if n == "ana" else "available") for n in ("ana", "bob"))
_BOB_PREFERS = tuple(window(n, "preferred" if n == "bob" else "available") for n in ("ana", "bob"))
_PORTAL = (Requirement(shift_id="M0", skill_id="portal", minimum=1, target=2),)
_TEAM = "cleo  M"
CONTESTS = {
    "what is covered before the wish": (
        # Nobody with the skill is there: bob covers 1, ana 0, and ana would rather come.
        _contest(
            {"skills": {"portal": 1}},
            {},
            skills=PORTAL,
            requirements=_PORTAL,
            availability=_PREFERS,
        ),
        "",
        "bob ana",
    ),
    "a chance of 0.04 counts as none": (
        plan(
            "M",
            "ana bob cleo",
            1,
            each={
                "bob": {"skills": {"portal": 1}},
                "cleo": {"skills": {"portal": 1}, "show_rate": 0.96},
            },
            skills=PORTAL,
            requirements=_PORTAL,
            availability=(*_PREFERS, window("cleo")),
        ),
        _TEAM,
        "ana bob",
    ),
    "the target counts where the minimum is 0": (
        _contest(
            {"skills": {"portal": 2}},
            {"skills": {"portal": 1}},
            skills=PORTAL,
            requirements=(
                Requirement(shift_id="M0", skill_id="portal", min_level=2, minimum=0, target=1),
            ),
            availability=_PREFERS,
        ),
        "",
        "bob ana",
    ),
    "every requirement counts": (
        # Nobody is there: 1 for the head and 1 for the skill against 1 for the head alone.
        _contest(
            {"skills": {"portal": 1}},
            {},
            skills=PORTAL,
            requirements=(*_PORTAL, Requirement(shift_id="M0", minimum=1, target=1)),
            availability=_PREFERS,
        ),
        "",
        "bob ana",
    ),
    "available before undesired": (_contest({}, {}, availability=_UNDESIRED), "", "bob ana"),
    "the wish before the distance": (
        _contest({"home_center_id": "far"}, {}, availability=_BOB_PREFERS),
        "",
        "bob ana",
    ),
    "the distance before the load": (
        _contest({}, {"home_center_id": "far"}, history=(_history("bob", 9, 9),)),
        _TEAM,
        "bob ana",
    ),
    "who lives somewhere before who is mobile": (
        _contest({"home_center_id": "hill"}, {"mobile": True}, history=(_history("bob", 9, 9),)),
        _TEAM,
        "bob ana",
    ),
    "no more than 2.4 km are 0 km": (
        _contest(
            {"home_center_id": "2.4 km"},
            {},
            centers=(far_from(2.4), *plan().centers),
            history=(_history("ana", 1, 9),),
        ),
        _TEAM,
        "bob ana",
    ),
    "2.6 km are 5 km": (
        _contest(
            {"home_center_id": "2.6 km"},
            {},
            centers=(far_from(2.6), *plan().centers),
            history=(_history("ana", 1, 9),),
        ),
        _TEAM,
        "ana bob",
    ),
    "a home that is not known comes last": (
        _contest({"home_center_id": "hill"}, {"home_center_id": None}),
        _TEAM,
        "bob ana",
    ),
    "the load before the show rate": (
        # Ana worked 2 of 4 shifts, this week's one included; bob 1 of 4.
        _contest({"show_rate": 0.5}, {}, history=(_history("ana", 2, 3), _history("bob", 1, 3))),
        _TEAM,
        "bob ana",
    ),
    "this week is part of the load": (
        # Of two shifts offered ana works one.
        _contest({"show_rate": 0.5}, {}, days=2),
        "ana  . M\ncleo  M .",
        "bob ana",
    ),
    "shifts offered before are part of the load": (
        _contest({"show_rate": 0.5}, {}, history=(_history("ana", 2, 4), _history("bob", 2, 8))),
        _TEAM,
        "bob ana",
    ),
    "who offers nothing comes last": (
        _contest({"show_rate": 0.5}, {"max_shifts": 0}),
        _TEAM,
        "bob ana",
    ),
    "the show rate before the id": (_contest({}, {"show_rate": 0.9}), _TEAM, "bob ana"),
    "the id at last": (plan("M", "bob cleo ana", 1), _TEAM, "ana bob"),
}


@pytest.mark.parametrize("name", CONTESTS)
def test_people_are_ranked_key_by_key(name):
    """Each contest is won by the key it names, and would be lost by the next one."""
    problem, picture, expected = CONTESTS[name]

    found = [who for who in ranked(problem, parse(picture)) if who != "cleo"]

    assert found == expected.split()


def test_calls_are_spread():
    """Who is first on one list is second on the next one, even where they would rather come."""
    problem = plan("M", "ana bob cleo", 2, availability=(*_PREFERS, window("cleo", "undesired")))
    roster = parse("cleo  M M")

    lists = [ranked(problem, roster, shift) for shift in ("M0", "M1")]

    assert lists == [["ana", "bob"], ["bob", "ana"]]


def test_nobody_waits_for_two_shifts_at_once_while_others_are_free():
    """At home and far away at the same time: each of the two is on one list only."""
    problem = plan("Mm", "ana bob cleo dan", 1, availability=tuple(map(window, ("ana", "bob"))))

    found = reserves(problem, Roster(), per_shift=1)

    assert [(r.shift_id, r.volunteer_id) for r in found] == [("M0", "ana"), ("m0", "bob")]
    assert not any("another list" in str(r.reason) for r in found)


def test_one_list_at_a_time_goes_before_spreading_and_wishes():
    """Bob is first on Tuesday, ana on Monday; for Monday's other shift she would rather come."""
    windows = (
        window("ana", "preferred", 0, 1),
        window("ana", "available", 1, 2),
        window("bob", "available", 0, 1),
        window("bob", "preferred", 1, 2),
    )
    problem = plan({0: "Mm", 1: "A"}, "ana bob", 2, availability=windows)

    found = reserves(problem, Roster(), per_shift=1)

    # Lists are made in the order of ids: A1, M0, m0.
    assert {r.shift_id: r.volunteer_id for r in found} == {"A1": "bob", "M0": "ana", "m0": "bob"}


def test_who_is_alone_waits_for_two_shifts_at_once():
    """Better than an empty list, and it is said."""
    problem = plan("Mm", "ana", 1)

    first, second = reserves(problem, Roster())

    assert (first.shift_id, second.shift_id) == ("M0", "m0")
    assert str(
        second.reason
    ) == "one more person, 11 km away, 0 of 1 shifts used, on another list" + (" for this time")


def test_the_shift_most_at_risk_gets_its_list_first():
    """One reserve for two shifts at a time: the one whose only person comes at 0.5 is first."""
    each = {"bob": {"show_rate": 0.9}, "cleo": {"show_rate": 0.5}}
    needs = tuple(Requirement(shift_id=s, minimum=1, target=1) for s in ("M0", "m0"))
    rules = ({"rule": "one_place"},)
    problem = plan("Mm", "ana bob cleo", 1, each=each, requirements=needs, rules=rules)

    found = reserves(problem, parse("bob   M\ncleo  m"))

    assert [(r.shift_id, r.volunteer_id) for r in found] == [("M0", "ana"), ("m0", "ana")]
    assert ["another list" in str(r.reason) for r in found] == [True, False]


def test_nothing_gives_no_lists():
    """No people, no shifts, or lists of length 0."""
    assert reserves(plan({}, ""), Roster()) == ()
    assert reserves(plan("M", "", 1), Roster()) == ()
    assert reserves(plan({}, "ana"), Roster()) == ()
    assert reserves(plan("M", "ana", 1), Roster(), per_shift=0) == ()


def test_a_length_below_0_is_refused():
    """It is a fault of the option, with its value."""
    with pytest.raises(InputError) as caught:
        reserves(plan("M", "ana", 1), Roster(), per_shift=-1)

    (fault,) = caught.value.faults
    assert (fault.code, fault.column, fault.value) == ("out_of_range", "per_shift", "-1")


REASONS = {
    "en": "can fill seats for Cổng 3 and khmer, 11 km away, 1 of 2 shifts used, prefers this time",
    "vi": "thay được vị trí cần Cổng 3 và khmer, cách nhà 11 km, đã xếp 1/2 ca, muốn trực giờ này",
}


@pytest.mark.parametrize("lang", REASONS)
def test_a_reason_says_what_counts(lang):
    """Skills at the highest level asked for, the way, the shifts used, and the wish."""
    skills = (*PORTAL, Skill(skill_id="khmer", kind="language", max_level=2))
    needs = tuple(
        Requirement(shift_id="M0", skill_id=skill, min_level=level, target=1)
        for skill, level in (("portal", 2), ("portal", 3), ("khmer", 1))
    )
    each = {
        "ana": {"home_center_id": "far", "skills": {"portal": 3, "khmer": 1}},
        "bob": {"home_center_id": None},
    }
    windows = (window("ana", "preferred"), window("bob", "undesired"))
    problem = plan(
        "M", "ana bob", 2, skills=skills, requirements=needs, each=each, availability=windows
    )

    first, second, _ = reserves(problem, parse("ana  . M"))

    say = Words(lang)
    assert (first.volunteer_id, say(first.reason)) == ("ana", REASONS[lang])
    expected = {
        "en": "one more person, 0 of 2 shifts used, would rather not come at this time",
        "vi": "thêm một người, đã xếp 0/2 ca, không muốn trực giờ này lắm",
    }
    assert (second.rank, second.volunteer_id, say(second.reason)) == (2, "bob", expected[lang])


def test_a_reason_says_how_much_was_not_offered():
    """Bob offers all but the last hour of mornings; rules allow that hour, at a price."""
    until_ten = window("bob").model_copy(update={"end": datetime.combine(MONDAY, time(10))})
    rules = [{"rule": "available", "level": 2, "weight": 1, "max_minutes": 60}]
    problem = plan("M", "ana bob", 1, availability=[until_ten], rules=rules)

    (found,) = reserves(problem, Roster())

    parts = "one more person", "at the home center", "0 of 0 shifts used"
    assert str(found.reason) == ", ".join([*parts, "60 minutes outside the time offered"])
    assert "60 phút ngoài giờ đã đăng ký" in Words("vi")(found.reason)


def test_the_home_center_is_said():
    """Also where nobody knows where it lies."""
    problem = plan("M", "ana", 1, centers=(Center(center_id="home"),))

    (found,) = reserves(problem, Roster())

    assert str(found.reason) == "one more person, at the home center, 0 of 1 shifts used"


def test_who_sits_on_one_exclusive_seat_fills_no_other() -> None:
    """Cleo, who could have either, has the first: dan, for the second, comes before bob."""
    skills = (*PORTAL, Skill(skill_id="khmer", max_level=4))
    needs = tuple(
        Requirement(shift_id="M0", skill_id=s.skill_id, minimum=1, target=1, exclusive=True)
        for s in skills
    )
    held = {"cleo": ("portal", "khmer"), "bob": ("portal",), "dan": ("khmer",)}
    each = {who: {"skills": dict.fromkeys(of, 1)} for who, of in held.items()}
    problem = plan("M", "bob cleo dan", 1, skills=skills, requirements=needs, each=each)

    assert ranked(problem, parse("cleo  M")) == ["dan", "bob"]


@pytest.mark.parametrize(
    ("group", "level", "is_out"), [("", "hard", True), ("students", "hard", False), ("", 2, False)]
)
def test_only_a_hard_limit_of_ones_own_keeps_away(group, level, is_out):
    """Who has worked max_shifts may still come where no hard rule limits them."""
    rules = [{"rule": "max_shifts", "group": group, "level": level}, {"rule": "one_place"}]
    each = {"ana": {"group": "students"}, "bob": {"max_shifts": 1}}
    problem = plan("M", "ana bob", 2, each=each, rules=rules)

    found = ranked(problem, parse("ana M .\nbob . M"))

    assert ("bob" not in found) == is_out
