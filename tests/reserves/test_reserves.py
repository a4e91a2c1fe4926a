"""Stand-by lists: who may be on them, who comes first, and what is said of each person."""

from __future__ import annotations

from typing import Any

import pytest
from changes import changed, worse
from hypothesis import given
from hypothesis import strategies as st
from pictures import parse, plan, window
from strategies import problems, rosters

from shiftplan import Reserve, check, reserves
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.records import Center, History, Pin, Requirement, Skill
from shiftplan.problem.roster import Assignment, Change, Roster

PORTAL = (Skill(skill_id="portal", name="Cổng", max_level=4),)


def ranked(problem: Problem, roster: Roster, shift: str = "M0", per_shift: int = 9) -> list[str]:
    """The people on the list of a shift, first to last."""
    return [
        r.volunteer_id
        for r in reserves(problem, roster, per_shift=per_shift)
        if r.shift_id == shift
    ]


def far_from(km: float) -> Center:
    """A center so many km north of the center `home`; a degree of latitude is 111.195 km."""
    return Center(center_id=f"{km:g} km", lat=10 + km / 111.195, lon=105.0)


# ---- who comes first


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
    assert not any("another list" in r.reason for r in found)


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
    assert second.reason == "one more person, 11 km away, 0 of 1 shifts used, on another list" + (
        " for this time"
    )


def test_the_shift_most_at_risk_gets_its_list_first():
    """One reserve for two shifts at a time: the one whose only person comes at 0.5 is first."""
    each = {"bob": {"show_rate": 0.9}, "cleo": {"show_rate": 0.5}}
    needs = tuple(Requirement(shift_id=s, minimum=1, target=1) for s in ("M0", "m0"))
    rules = ({"rule": "one_place"},)
    problem = plan("Mm", "ana bob cleo", 1, each=each, requirements=needs, rules=rules)

    found = reserves(problem, parse("bob   M\ncleo  m"))

    assert [(r.shift_id, r.volunteer_id) for r in found] == [("M0", "ana"), ("m0", "ana")]
    assert ["another list" in r.reason for r in found] == [True, False]


# ---- who may stand by


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


def _may_stand_by(problem: Problem, roster: Roster, shift: str, who: str) -> bool:
    """What `reserves` says of eligibility, told by scores of whole rosters."""
    before = check(problem, roster)
    comes = Change(Assignment(shift, who), True)

    def found(*changes: Change) -> list[Any]:
        return worse(before, check(problem, changed(roster, changes)))

    broken = found(comes)
    if not broken or any(v.who for v in broken):
        return not broken
    ours = {(v.rule, v.where) for v in broken}
    return any(
        not ours & {(v.rule, v.where) for v in found(comes, Change(a, False))}
        for a in set(roster.assignments)
        if a.shift_id == shift
    )


@given(st.data())
def test_lists_hold_exactly_those_who_may_stand_by(data):
    """Long lists have everybody whom whole scores allow, once; a short one is empty only then."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))

    found = reserves(problem, roster, per_shift=99)

    for shift in problem.shifts:
        listed = [r for r in found if r.shift_id == shift.shift_id]
        allowed = {
            v.volunteer_id
            for v in problem.volunteers
            if v.show_rate > 0
            and (shift.shift_id, v.volunteer_id) not in roster
            and _may_stand_by(problem, roster, shift.shift_id, v.volunteer_id)
        }
        assert {r.volunteer_id for r in listed} == allowed
        assert [r.rank for r in listed] == list(range(1, len(allowed) + 1))
    places = {s.shift_id: i for i, s in enumerate(problem.shifts)}
    assert [places[r.shift_id] for r in found] == sorted(places[r.shift_id] for r in found)
    short = reserves(problem, roster, per_shift=1)
    assert [r.shift_id for r in short] == [r.shift_id for r in found if r.rank == 1]


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


# ---- edges, reasons, files


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
    "en": "counts for Cổng 3 and khmer, 11 km away, 1 of 2 shifts used, prefers this time",
    "vi": "đáp ứng Cổng 3 và khmer, cách nhà 11 km, đã xếp 1/2 ca, muốn trực giờ này",
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

    first, second, _ = reserves(problem, parse("ana  . M"), lang=lang)

    assert first == Reserve("M0", 1, "ana", REASONS[lang])
    expected = {
        "en": "one more person, 0 of 2 shifts used, would rather not come at this time",
        "vi": "thêm một người, đã xếp 0/2 ca, không muốn trực giờ này lắm",
    }
    assert second == Reserve("M0", 2, "bob", expected[lang])


def test_the_home_center_is_said():
    """Also where nobody knows where it lies."""
    problem = plan("M", "ana", 1, centers=(Center(center_id="home"),))

    (found,) = reserves(problem, Roster())

    assert found.reason == "one more person, at the home center, 0 of 1 shifts used"
