"""Why not this person, and why that one: equal to brute force on tiny problems."""

from __future__ import annotations

import threading
from functools import partial
from itertools import product

import pytest
from conflicts import must, tight
from hypothesis import assume, given
from hypothesis import strategies as st
from pace import costly

from shiftplan import InputError, explain_why_here, explain_why_not
from shiftplan.present.answers import json_of, lines
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Assignment, Roster

COVERAGE = {"rule": "coverage", "level": 1}
TRAVEL = {"rule": "travel", "level": 2, "weight": 1}
FAR = {"ana": {}, "bob": {"home_center_id": "far"}}


def town(**fields: object) -> Problem:
    """One seat at home; Ana lives there, Bob 11 km away."""
    needs = (Requirement(shift_id="M0", target=1),)
    rules = (COVERAGE, TRAVEL, {"rule": "surplus"})
    given = {"requirements": needs, "rules": rules, "each": FAR, **fields}
    return plan("M", "ana bob", 1, **given)


why_not = partial(explain_why_not, time_limit=120)
why_here = partial(explain_why_here, time_limit=120)
"""Time for a proof, also on a machine that does other things."""


# ---- by hand


def test_somebody_else_would_have_to_leave_and_travel_costs():
    """Bob instead of Ana: 11 km more, and the team takes only one."""
    answer = why_not(town(), parse("ana  M"), "M0", "bob")

    assert answer.verdict == "possible"
    assert answer.total == 11
    assert answer.costs == {"travel": 11}
    assert {(c.assignment.volunteer_id, c.added) for c in answer.changes} == {
        ("ana", False),
        ("bob", True),
    }
    assert answer.proven


def test_who_is_far_from_the_answer_may_have_to_leave():
    """Only one of the alternatives is held; Bob works the other one, where Ana is not asked."""
    needs = tuple(Requirement(shift_id=s, minimum=1, target=1) for s in ("M0", "A0"))
    week = plan("MA", "ana bob", 1, requirements=needs, rules=(COVERAGE,))
    shifts = tuple(s.model_copy(update={"alternative": "talk"}) for s in week.shifts)
    noon = week.shifts[0].end
    mornings = window("bob").model_copy(update={"end": noon})
    windows = (mornings, window("ana"))
    week = week.model_copy(update={"shifts": shifts, "availability": windows})

    answer = why_not(week, parse("bob  M"), "A0", "ana")

    assert answer.verdict == "possible"
    assert {(c.assignment.volunteer_id, c.added) for c in answer.changes} == {
        ("ana", True),
        ("bob", False),
    }


def test_the_row_of_a_rule_that_forbids_is_named():
    """Of two rows about distance one concerns Ana only, who is near; Bob lives 11 km away."""
    each = {
        "ana": {"group": ("drivers",)},
        "bob": {"home_center_id": "far", "max_distance_km": 5},
    }
    rules = (COVERAGE, {"rule": "max_distance", "group": ["drivers"]}, {"rule": "max_distance"})

    (row,) = why_not(town(rules=rules, each=each), parse("ana  M"), "M0", "bob").because

    assert (row.rule, row.message.code) == ("max_distance", "conflict.max_distance")


def test_why_here_is_what_it_costs_without():
    """Without Ana, Bob comes for 11; without Bob at all, the seat stays empty for 150 x rate 10."""
    alone = town(availability=(window("ana"),))

    assert why_here(town(), parse("ana  M"), "M0", "ana").total == 11
    assert why_here(alone, parse("ana  M"), "M0", "ana").total == 1500


def test_a_roster_that_is_not_the_best_is_said_to_be_so():
    """Bob works where Ana lives: it is cheaper without him."""
    answer = why_here(town(), parse("bob  M"), "M0", "bob")

    assert answer.total == -11
    assert "not the best" in " ".join(lines(answer, "en"))


def test_what_forbids_a_pair_is_named():
    """All rules that forbid the pair stand in the answer, each by itself a reason."""
    problem = town(
        availability=(window("ana"),),
        each={**FAR, "bob": {"home_center_id": "far", "max_distance_km": 3}},
        rules=(COVERAGE, {"rule": "max_distance"}),
    )

    answer = why_not(problem, parse("ana  M"), "M0", "bob")

    assert answer.verdict == "impossible"
    assert {m.rule for m in answer.because} == {"available", "max_distance"}
    assert answer.each_alone
    assert answer.as_dict()["each_alone"]
    assert lines(answer, "en")[1] == "Each of these rules it out by itself:"
    assert "did not offer" in lines(answer, "en")[2]
    assert "không đăng ký" in lines(answer, "vi")[2]


def test_a_pin_is_named_beside_the_rules_that_forbid_as_much():
    """Bob did not offer the time and is pinned not to come: either is enough, both are named."""
    problem = town(availability=(window("ana"),), pins=must("-M0 bob"))

    answer = why_not(problem, parse("ana  M"), "M0", "bob")

    assert {m.rule for m in answer.because} == {"available", "pins"}
    assert answer.each_alone


def test_what_stands_against_it_only_together_is_said_to_do_so():
    """A pin of Ana's and the rule of one place: neither alone, and neither can be left out."""
    problem = plan("MO", days=1, pins=must("M0 ana"), rules=({"rule": "one_place"},))

    answer = why_not(problem, parse("ana  M"), "O0", "ana")

    assert not answer.each_alone
    assert answer.minimal
    assert lines(answer, "en")[1] == "These rule it out only together:"
    assert answer.verdict == "impossible"
    assert {(m.rule, m.at) for m in answer.because} == {
        ("pins", "M0"),
        ("one_place", "2026-12-07"),
    }


@pytest.mark.parametrize(("ask", "roster"), [(why_not, "bob  ."), (why_here, "bob  M")])
def test_a_contradiction_elsewhere_is_not_laid_on_who_is_asked_about(ask, roster):
    """Two pins of Ana cannot both hold: no roster exists, whatever Bob does."""
    problem = plan(
        "MO", "ana bob", 1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},)
    )

    answer = ask(problem, parse(roster), "M0", "bob")

    assert (answer.verdict, answer.because) == ("no_roster", ())
    assert {(m.rule, m.who) for m in answer.conflict} == {("pins", "ana"), ("one_place", "ana")}
    assert len(answer.as_dict()["conflict"]) == 3
    assert "no roster at all" in lines(answer, "en")[0]
    assert "không lập được lịch trực nào" in lines(answer, "vi")[0]
    assert len(lines(answer, "en")) == 2 + 3
    assert json_of(answer)["sentences"] == {"en": lines(answer, "en"), "vi": lines(answer, "vi")}
    assert {"en", "vi"} == set(answer.as_dict()["conflict"][0]["sentence"])


def test_a_pin_that_the_week_has_already_is_its_own_contradiction():
    """The week pins Ana to two places; asked about one of them, nothing new is asked for."""
    problem = plan("MO", days=1, pins=must("M0 ana", "O0 ana"), rules=({"rule": "one_place"},))

    assert why_not(problem, parse("ana  M"), "O0", "ana").verdict == "no_roster"


def test_pins_answer_at_once():
    """Who must, or must not, is so because of the pin."""
    problem = town(pins=must("M0 ana", "-M0 bob"))

    here = why_here(problem, parse("ana  M"), "M0", "ana")
    not_here = why_not(problem, parse("ana  M"), "M0", "bob")

    assert [str(m.message) for m in here.because] == [
        "A pin says that ana works M0, home, Mon 07 Dec 07:00–11:00."
    ]
    assert [m.rule for m in not_here.because] == ["pins"]


@pytest.mark.parametrize("ask", [explain_why_not, explain_why_here])
@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"time_limit": 0.0}, ["time_limit"]),
        ({"time_limit": float("nan")}, ["time_limit"]),
        ({"stay": -1, "seed": -1}, ["stay", "seed"]),
        ({"stay": 1.5}, ["stay"]),
        ({"seed": 2**31}, ["seed"]),
    ],
)
def test_options_out_of_range_are_refused(ask, options, named):
    """Each is a fault that names the option, also where no search would be needed."""
    with pytest.raises(InputError) as caught:
        ask(town(), parse("ana  M"), "M0", "ana", **options)

    assert sorted(f.column for f in caught.value.faults) == sorted(named)


def test_an_answer_that_is_cancelled_is_not_known():
    """Nothing is searched any more, neither a roster nor what stands against one."""
    cancel = threading.Event()
    cancel.set()
    problem = plan("MO", days=1, pins=must("M0 ana"), rules=({"rule": "one_place"},))

    answer = why_not(problem, parse("ana  M"), "O0", "ana", cancel=cancel)

    assert answer.verdict == "not_known"


def test_without_a_limit_an_answer_is_searched_to_its_end():
    """None is no limit, as at every door."""
    answer = explain_why_not(town(), parse("ana  M"), "M0", "bob", time_limit=None)

    assert (answer.total, answer.proven) == (11, True)


def test_what_is_so_already_needs_no_answer():
    """Who works a shift is not missing there."""
    assert why_not(town(), parse("ana  M"), "M0", "ana").verdict == "so_already"
    assert why_here(town(), parse("ana  M"), "M0", "bob").verdict == "so_already"


def test_unknown_ids_are_named():
    """Both ids are looked at."""
    with pytest.raises(InputError) as caught:
        why_not(town(), Roster(), "M1", "bo")

    assert [f.value for f in caught.value.faults] == ["M1", "bo"]


# ---- by brute force

SOFT = (
    {"rule": "coverage", "level": 1},
    {"rule": "travel", "level": 2, "weight": 2},
    {"rule": "fairness", "level": 2, "weight": 20},
)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Problem, list[Roster], Roster, str, str]:
    """A problem with hard and soft rules, its rosters that hold, one of them, and a pair."""
    problem = draw(tight())
    few = problem.model_copy(update={"pins": problem.pins[:1]})
    problem = few.model_copy(update={"rules": (*few.rules[:2], *plan("M", rules=SOFT).rules)})
    shifts = [s.shift_id for s in problem.shifts]
    people = [v.volunteer_id for v in problem.volunteers]
    pairs = list(product(shifts, people))
    every = [
        Roster.of(pair for i, pair in enumerate(pairs) if number >> i & 1)
        for number in range(2 ** len(pairs))
    ]
    held = [r for r in every if check(problem, r).is_feasible]
    assume(held)
    shift, who = draw(st.sampled_from(pairs))
    return problem, held, draw(st.sampled_from(held)), who, shift


@costly(0.5)
@given(questions(), st.sampled_from([0, 1, 10]))
def test_the_cost_is_that_of_the_best_roster_which_does_so(question, stay):
    """Among all rosters in which only the freed people move; none at all where it is impossible."""
    problem, held, roster, who, shift = question
    here = Assignment(shift, who) in roster
    ask = why_here if here else why_not

    answer = ask(problem, roster, shift, who, stay=stay)

    def price(other: Roster) -> int:
        changes = len(list(roster.changes_to(other)))
        return check(problem, other).total + stay * changes

    wanted = [r for r in held if (Assignment(shift, who) in r) != here]
    if answer.verdict == "impossible":
        assert wanted == []
        return
    assert answer.verdict == "possible"
    assert answer.proven
    near = [
        r
        for r in wanted
        if all(c.assignment.volunteer_id in answer.freed for c in roster.changes_to(r))
    ]
    found = answer.total + stay * len(answer.changes) + check(problem, roster).total
    assert found == min(map(price, near))
    if answer.freed >= {v.volunteer_id for v in problem.volunteers}:
        assert found == min(map(price, wanted))
