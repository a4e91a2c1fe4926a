"""Why a seat is empty: everybody has one reason, and each reason is true by whole scores."""

from __future__ import annotations

import json
from typing import Any

import pytest
from changes import changed, worse
from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan import Fault, InputError, explain_seat
from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.explain import emptiest
from shiftplan.analysis.on_call import with_offers_for
from shiftplan.analysis.seats import SeatReasons, lacking, seat_reasons
from shiftplan.case.case import Case
from shiftplan.present.answers import json_of, lines
from shiftplan.problem import Problem
from shiftplan.problem.known_ids import read_seat
from shiftplan.rules import Shortage
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Change, Roster

NEED = (Requirement(shift_id="M0", minimum=1, target=2),)
COVERAGE = {"rule": "coverage", "level": 1}


def kinds(found: SeatReasons) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {p.volunteer_id: (p.kind, p.rules) for p in found.people}


# ---- by hand


def test_each_person_has_the_reason_that_keeps_them():
    """One works there, one did not offer the time, one is elsewhere then, one may work no more."""
    problem = plan(
        "Mm",
        "ana bob cleo dan",
        2,
        each={"dan": {"max_shifts": 1}},
        availability=tuple(window(n) for n in ("ana", "cleo", "dan")),
        requirements=NEED,
        rules=({"rule": "one_place"}, {"rule": "max_shifts"}, COVERAGE),
    )
    roster = parse("ana  M .\ncleo  m .\ndan  . M")

    found = explain_seat(problem, roster, "M0")

    assert (found.filled, found.empty) == (1, 1)
    assert kinds(found) == {
        "ana": ("in_it", ()),
        "bob": ("forbidden", ("available",)),
        "cleo": ("broken", ("one_place",)),
        "dan": ("broken", ("max_shifts",)),
    }
    by_name = {p.volunteer_id: p for p in found.people}
    assert by_name["cleo"].instead == Assignment("m0", "cleo")
    assert by_name["dan"].instead == Assignment("M1", "dan")


def test_leaving_an_emptier_shift_is_priced():
    """Bob at far fills its only seat: minimum 1, weight 100, priority 1: 400 there.

    The second seat at home costs 100 x 1.5 x 1 x 1 = 150 while it is empty.
    """
    needs = (*NEED, Requirement(shift_id="m0", minimum=1, target=1))
    problem = plan("Mm", "ana bob", 1, requirements=needs, rules=({"rule": "one_place"}, COVERAGE))

    found = explain_seat(problem, parse("ana  M\nbob  m"), "M0")

    (bob,) = (p for p in found.people if p.volunteer_id == "bob")
    assert bob.instead == Assignment("m0", "bob")
    assert bob.effect is not None
    assert bob.effect.total == 400 - 150


def test_a_seat_that_costs_less_than_it_takes():
    """A full day costs 900 more than the seat is worth; without that rule Ana would be welcome."""
    rules = (COVERAGE, {"rule": "full_day", "level": 1, "weight": 1050})
    needs = (Requirement(shift_id="M0", target=1),)
    problem = plan("MA", days=1, requirements=needs, rules=rules)

    (dear,) = explain_seat(problem, parse("ana  A"), "M0").people
    (welcome,) = explain_seat(problem, Roster(), "M0").people

    assert (dear.kind, welcome.kind) == ("too_dear", "free")
    assert dear.effect is not None
    assert dear.effect.total == 1050 - 150


def test_a_full_room_names_who_would_have_to_go():
    """Room for one at far: Bob could come in the place of Ana."""
    needs = (Requirement(shift_id="m0", target=2),)
    problem = plan("m", "ana bob", 1, requirements=needs, rules=({"rule": "capacity"}, COVERAGE))

    bob = explain_seat(problem, parse("ana  m"), "m0").people[0]

    assert (bob.volunteer_id, bob.rules) == ("bob", ("capacity",))
    assert bob.instead == Assignment("m0", "ana")


def test_an_exchange_that_would_do_is_told_once():
    """Bob may work no more and is elsewhere at that time: leaving far would mend both."""
    rules = ({"rule": "one_place"}, {"rule": "max_shifts"}, COVERAGE)
    bob = {"bob": {"max_shifts": 1}}
    problem = plan("Mm", "ana bob", 1, each=bob, requirements=NEED, rules=rules)

    found = explain_seat(problem, parse("ana  M\nbob  m"), "M0")

    assert kinds(found)["bob"] == ("broken", ("one_place", "max_shifts"))
    assert " ".join(lines(found, "en")).count("cheapest: ") == 1


def test_only_those_who_hold_the_skill_count():
    """The requirement of the skill is explained where it is named, else that of heads."""
    needs = (*NEED, Requirement(shift_id="M0", skill_id="portal", min_level=2, target=1))
    problem = plan(
        "M",
        "ana bob",
        1,
        skills=({"skill_id": "portal", "max_level": 3},),
        each={"bob": {"skills": {"portal": 2}}},
        requirements=needs,
        rules=(COVERAGE,),
    )

    assert set(kinds(explain_seat(problem, Roster(), "M0", "portal"))) == {"bob"}
    assert set(kinds(explain_seat(problem, Roster(), "M0"))) == {"ana", "bob"}


def test_seats_of_one_skill_are_told_apart_by_level_and_further_skills():
    """Khmer alone, with the portal, without it, Khmer 2, and either are requirements of a shift."""
    skills = [{"skill_id": name, "max_level": 3} for name in ("khmer", "portal")]
    held = {"ana": {"khmer": 1}, "bob": {"khmer": 1, "portal": 2}, "cam": {"khmer": 2}}
    needs = [
        {"shift_id": "M0", "skill_id": "khmer", "target": 3},
        {"shift_id": "M0", "skill_id": "khmer", "with_skills": "portal:2", "target": 1},
        {"shift_id": "M0", "skill_id": "khmer", "min_level": 2, "target": 1},
        {"shift_id": "M0", "with_skills": "khmer:2/portal:2", "target": 1},
        {"shift_id": "M0", "skill_id": "khmer", "with_skills": "!portal", "target": 1},
        {"shift_id": "M0", "target": 2},
    ]
    problem = plan(
        "M",
        "ana bob cam",
        1,
        skills=skills,
        each={who: {"skills": levels} for who, levels in held.items()},
        requirements=[Requirement.model_validate(need) for need in needs],
        rules=(COVERAGE,),
    )

    def counted(**seat: Any) -> set[str]:
        return set(kinds(explain_seat(problem, Roster(), "M0", **seat)))

    assert counted(skill_id="khmer", with_skills=()) == {"ana", "bob", "cam"}
    assert counted(skill_id="khmer", with_skills=["portal:2"]) == {"bob"}
    assert counted(skill_id="portal", min_level=2, with_skills=["khmer"]) == {"bob"}
    assert counted(skill_id="khmer", min_level=2) == {"cam"}
    assert counted(with_skills=["portal:2/khmer:2"]) == {"bob", "cam"}
    assert counted(skill_id="khmer", with_skills=["!portal"]) == {"ana", "cam"}
    assert counted() == {"ana", "bob", "cam"}
    with pytest.raises(InputError):
        counted(skill_id="khmer", with_skills=["portal:3"])


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("M0", ("M0", None, None, None)),
        ("M0:khmer", ("M0", "khmer", None, None)),
        ("M0:khmer:2", ("M0", "khmer", 2, ())),
        ("M0:khmer|portal:2", ("M0", "khmer", 1, ("portal:2",))),
        ("M0:cham", ("M0", "cham", None, None)),
        ("M0:khmer:2/portal", ("M0", None, None, ("khmer:2/portal",))),
        ("M0:!portal:2|khmer", ("M0", "khmer", 1, ("!portal:2",))),
        ("M0:khmer/", ("M0", "khmer/", None, None)),
    ],
)
def test_a_text_names_the_skills_of_a_seat(text: str, seat: tuple[Any, ...]):
    """A skill alone leaves its level and further skills open."""
    skills = [{"skill_id": name, "max_level": 3} for name in ("khmer", "portal")]

    assert read_seat(plan("M", "ana", 1, skills=skills), text) == (*seat, "any")


def test_unknown_shifts_and_skills_are_named():
    """A wrong shift, a skill that the shift does not ask for, a shift that needs nobody."""
    problem = plan("M", days=2, requirements=NEED)

    def faults(*asked: str) -> list[Fault]:
        with pytest.raises(InputError) as caught:
            explain_seat(problem, Roster(), *asked)
        return list(caught.value.faults)

    assert [f.column for f in faults("M9")] == ["shift_id"]
    assert [f.table for f in faults("M0", "portal")] == ["requirements"]
    assert [f.table for f in faults("M1")] == ["requirements"]


def test_what_lacks_most_is_explained_first():
    """Below the minimum comes before more seats below the target; full ones are left out."""
    needs = (
        Requirement(shift_id="M0", target=3),
        Requirement(shift_id="M1", minimum=1, target=1),
        Requirement(shift_id="M2", target=1),
    )
    problem = plan("M", "ana bob", 3, requirements=needs)

    found = emptiest(problem, parse("ana  . . M"))

    assert [f.requirement.shift_id for f in found] == ["M1", "M0"]
    assert len(emptiest(problem, Roster(), 1)) == 1
    with pytest.raises(InputError, match="most must be a whole number, 0 or more"):
        emptiest(problem, Roster(), -1)


@pytest.mark.parametrize(("lang", "says"), [("en", "It is full"), ("vi", "Đã đủ người")])
def test_a_full_seat_is_called_full(lang, says):
    """Three are there for two seats: nobody is said to be too dear."""
    problem = plan("M", "ana bob cleo dan", 1, requirements=NEED)

    found = explain_seat(problem, parse("ana  M\nbob  M\ncleo M"), "M0")

    assert (found.filled, found.empty) == (3, 0)
    _, *rest = lines(found, lang)
    assert len(rest) == 1
    assert says in rest[0]


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "This shift is not held, so nobody is missing."),
        ("vi", "Ca này không mở nên không thiếu ai."),
    ],
)
def test_nobody_is_missing_in_a_shift_that_is_not_held(lang, says):
    """An optional one without people has no empty seat; with one of two people it has one."""
    problem = plan("M", "ana bob", 1, requirements=NEED, rules=(COVERAGE,))
    shifts = tuple(s.model_copy(update={"optional": True}) for s in problem.shifts)
    problem = problem.model_copy(update={"shifts": shifts})

    found = explain_seat(problem, Roster(), "M0")
    held = explain_seat(problem, parse("ana  M"), "M0")

    assert (found.asks, found.empty, held.asks, held.empty) == (False, 0, True, 1)
    assert json_of(found)["asks"] is False
    assert lines(found, lang)[1:] == [says]


@pytest.mark.parametrize(
    ("lang", "head", "counts", "says"),
    [
        (
            "en",
            "M0, home, Mon 07 Dec 07:00–11:00: 0 of 2 people",
            "2 people have the skills",
            "1: not available then",
        ),
        (
            "vi",
            "M0, home, thứ Hai 07/12 07:00–11:00: có 0/2",
            "Đã xét 2 người",
            "1 người: không đăng ký giờ này",
        ),
    ],
)
def test_a_paragraph_counts_everybody(lang, head, counts, says):
    """The first line tells the seats, the paragraph the number of people for each reason."""
    problem = plan("M", "ana bob", 1, availability=(window("ana"),), requirements=NEED)

    found = explain_seat(problem, Roster(), "M0")
    first, paragraph = lines(found, lang)

    assert json_of(found)["sentences"][lang] == [first, paragraph]
    assert first.startswith(head)
    assert says in paragraph
    assert paragraph.startswith(counts)


def test_the_parts_of_a_cost_add_up_to_it():
    """Level 1 counts ten times: an empty far seat of 400 is 4,000, and 22 km less are -22."""
    needs = (Requirement(shift_id="M0", target=1), Requirement(shift_id="m0", target=1, minimum=1))
    rules = ({"rule": "one_place"}, COVERAGE, {"rule": "travel", "level": 2, "weight": 2})
    problem = plan("Mm", "ana", 1, requirements=needs, rules=rules)

    _, paragraph = lines(explain_seat(problem, parse("ana  m"), "M0"))

    # Seat at home: weight 100 x priority 1.5 = 150; at far 100 x 4. Total 4,000 - 1,500 - 22.
    assert "(costs 2,478: coverage +2,500, travel −22)" in paragraph


def test_in_the_strict_order_a_seat_is_worth_any_distance():
    """A seat of level 1 against 22 km of level 2, 90 each: dear in the total, won by levels."""
    coverage = {"rule": "coverage", "level": 1, "weight": 1}
    rules = (coverage, {"rule": "travel", "level": 2, "weight": 90})
    needs = (Requirement(shift_id="m0", target=1),)
    fields = {"requirements": needs, "rules": rules}

    def kind(order: str) -> str:
        problem = plan("m", "ana", 1, order=order, **fields)
        return explain_seat(problem, Roster(), "m0").people[0].kind

    assert kind("strict") == "free"
    assert kind("total") == "too_dear"


# ---- by whole scores


@st.composite
def cases(draw: st.DrawFn) -> tuple[Problem, Roster, Requirement]:
    problem = draw(problems())
    assume(problem.requirements)
    return problem, draw(rosters(problem)), draw(st.sampled_from(problem.requirements))


def explained(problem: Problem, roster: Roster, need: Requirement) -> SeatReasons:
    """Why seats of a requirement are empty, also where it counts several shifts."""
    if need.shift_id is None:
        return seat_reasons(Candidates(problem, roster), need)
    return explain_seat(problem, roster, need.shift_id, need.skill_id)


@costly(0.35)
@given(cases())
def test_nobody_is_missing(case):
    """Exactly those whom the requirement counts stand in the reasons, each at all of their own."""
    problem, roster, need = case

    found = explained(problem, roster, need)

    one = found.requirement.model_copy(update={"minimum": 0, "target": 1})
    fields = {name: getattr(problem, name) for name in type(problem).model_fields}
    data = fields | {"requirements": (one,), "rules": (Shortage(level=1),), "rates": ()}
    lone = Problem(**data)
    counted = {
        v.volunteer_id
        for v in problem.volunteers
        for shift in problem.shifts_counted(found.requirement)
        if not check(lone, Roster.of([(shift.shift_id, v.volunteer_id)])).priced
    }
    assert counted == {p.volunteer_id for p in found.people}
    standing = [p.volunteer_id for group in found.groups.values() for p in group]
    assert sorted(standing) == sorted(p.volunteer_id for p in found.people for _ in p.rules or "-")
    assert len({p.volunteer_id for p in found.people}) == len(found.people)
    content = json.loads(json.dumps(found.as_dict()))
    assert sum(reason["people"] for reason in content["reasons"]) == len(standing)
    assert content["qualified"] == len(found.people)


@costly(0.35)
@given(cases())
def test_each_reason_is_true(case):
    """Breaches, costs and exchanges are those of `check` on the whole rosters, as if those who
    stand by had offered the hours.
    """
    week, roster, need = case

    for person in explained(week, roster, need).people:
        problem = with_offers_for(week, week.shift_by_id[person.shift_id])
        before = check(problem, roster)
        comes = Change(Assignment(person.shift_id, person.volunteer_id), True)
        if person.kind == "in_it":
            assert comes.assignment in roster
            continue
        assert comes.assignment not in roster
        after = check(problem, changed(roster, [comes]))
        broken = {v.rule.rule for v in worse(before, after)}
        in_week = worse(check(week, roster), check(week, changed(roster, [comes])))
        is_called = "available" in {v.rule.rule for v in in_week} - broken
        if person.kind == "forbidden":
            assert set(person.rules) <= broken
        elif person.kind == "broken":
            assert set(person.rules) == broken
            if is_called:
                assert (person.instead, person.effect) == (None, None)
                continue
            _is_cheapest(problem, roster, comes, person.instead, person.effect)
        else:
            assert not broken
            assert person.effect is not None
            assert person.effect.total == after.total - before.total
            levels = [after.levels[k] - before.levels[k] for k in problem.levels]
            won = levels if problem.order == "strict" else [after.total - before.total]
            assert person.kind == "on_call" or not is_called
            if person.kind != "on_call":
                assert (won < [0] * len(won)) == (person.kind == "free")


def _is_cheapest(problem, roster, comes, instead, effect):
    """No exchange with one assignment of the person, or of the team, is allowed and cheaper."""
    before = check(problem, roster)
    shift, who = comes.assignment
    of_team = any(not v.who for v in worse(before, check(problem, changed(roster, [comes]))))
    possible = {}
    for other in roster.assignments:
        if other.volunteer_id == who or (of_team and other.shift_id == shift):
            after = check(problem, changed(roster, [comes, Change(other, False)]))
            if not worse(before, after):
                levels = [after.levels[k] - before.levels[k] for k in problem.levels]
                total = [after.total - before.total]
                possible[other] = levels if problem.order == "strict" else total
    assert (instead is None) == (not possible)
    if instead is not None:
        assert possible[instead] == min(possible.values())
        assert problem.order == "strict" or [effect.total] == possible[instead]


def test_what_is_below_its_minimum_stands_first_and_full_ones_are_left_out():
    """Ana works M0. Empty up to target (below minimum): M0 0 (0), M1 3 (0), M2 1 (1), M3 1 (0)."""
    needs = (
        Requirement(shift_id="M0", minimum=1, target=1),
        Requirement(shift_id="M1", minimum=0, target=3),
        Requirement(shift_id="M2", minimum=1, target=1),
        Requirement(shift_id="M3", minimum=0, target=1),
    )
    case = Case(plan("M", days=4, requirements=needs), parse("ana  M . . ."))

    assert [need.shift_id for need in lacking(case)] == ["M2", "M1", "M3"]
