"""Who can take a shift: by hand, and equal to `check` of whole rosters."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from changes import changed, worse
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan.analysis.on_call import with_offers_for
from shiftplan.analysis.reserves import Reserve
from shiftplan.analysis.trades import Candidate, Suggestion, suggest
from shiftplan.errors import InputError
from shiftplan.present.answers import json_of, lines
from shiftplan.problem import Problem
from shiftplan.rules.base import Rule
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.history import Published
from shiftplan.week.roster import Assignment, Change, Roster
from shiftplan.week.wishes import Pin


def found_as(found: Suggestion, standing: str) -> list[str]:
    return [c.volunteer_id for c in found.candidates if c.standing == standing]


def of(found: Suggestion, who: str) -> Candidate:
    return next(c for c in found.candidates if c.volunteer_id == who)


# ---- by hand


def test_the_cheapest_comes_first_with_the_cost_by_rule() -> None:
    """Weight 50, one time offered: fairness costs 50 a person; ana lives 11.1 km away too."""
    rules = (
        {"rule": "fairness", "level": 2, "weight": 50},
        {"rule": "travel", "level": 2},
        {"rule": "coverage", "level": 1, "weight": 100},
    )
    needs = ({"shift_id": "M0", "minimum": 0, "target": 1},)
    each = {"ana": {"home_center_id": "far"}}
    problem = plan("M", "ana bob", 1, each=each, rules=rules, requirements=needs)

    first, second = suggest(problem, Roster(), "M0").candidates

    # The seat saves 100 x 1.5 x (1 + 0 / 1) = 150 on level 1, whose rate is 10.
    assert (first.volunteer_id, second.volunteer_id) == ("bob", "ana")
    assert first.effect is not None
    assert second.effect is not None
    assert first.effect.costs == {"fairness": 50, "coverage": -150}
    assert first.effect.levels == {1: -150, 2: 50}
    assert (first.effect.total, second.effect.total) == (-1450, -1439)


def test_among_equals_the_stand_by_list_decides() -> None:
    """All cost the same; cho is first on the list of the shift, bob second; dan's is another's."""
    lists = [Reserve("M0", 2, "bob", ""), Reserve("M0", 1, "cho", ""), Reserve("M1", 1, "dan", "")]
    problem = plan("M", "ana bob cho dan", 2)

    found = suggest(problem, Roster(), "M0", reserves=lists)

    assert [(c.volunteer_id, c.reserve) for c in found.candidates] == [
        ("cho", 1),
        ("bob", 2),
        ("ana", None),
        ("dan", None),
    ]


def test_cost_comes_before_the_stand_by_list() -> None:
    """Ana is first on the list, but would rather not come, which costs 10."""
    windows = (window("ana", "undesired"), window("bob", "preferred"))
    rules = ({"rule": "wish", "level": 2, "weight": 10},)
    problem = plan("M", "ana bob", 1, availability=windows, rules=rules)

    found = suggest(problem, Roster(), "M0", reserves=[Reserve("M0", 1, "ana", "")])

    assert [c.volunteer_id for c in found.candidates] == ["bob", "ana"]


def test_who_is_busy_could_come_on_leaving_a_shift() -> None:
    """Bob works at that time at another center, and could come instead; ana has both her days."""
    each = {"ana": {"max_shifts": 2}}
    rules = ({"rule": "one_place"}, {"rule": "max_shifts"})
    problem = plan({0: "Mm", 1: "M", 2: "M"}, "ana bob", each=each, rules=rules)

    found = suggest(problem, parse("ana  . M M\nbob  m . ."), "M0")

    assert found_as(found, "after_leaving") == ["ana", "bob"]
    assert [e.shift_id for e in of(found, "bob").exchanges] == ["m0"]
    assert [e.shift_id for e in of(found, "ana").exchanges] == ["M1", "M2"]
    assert [v.rule.rule for v in of(found, "ana").broken] == ["max_shifts"]


def test_a_full_shift_blocks_everybody_until_somebody_leaves() -> None:
    """There is room for one at the center far; cho can only come in bob's place."""
    problem = plan("m", "bob cho", 1, rules=({"rule": "capacity"},))
    roster = parse("bob  m")

    full, replaced = suggest(problem, roster, "m0"), suggest(problem, roster, "m0", leaving="bob")

    assert found_as(full, "blocked") == ["cho"]
    assert full.team == ("bob",)
    assert found_as(replaced, "possible") == ["cho"]
    assert replaced.team == ()


def test_the_barred_are_told_by_rule() -> None:
    """Ana did not offer the time, bob is pinned out, cho lives too far away and offered nothing."""
    windows = (window("ana", last=0), window("bob"), window("dan"))
    problem = plan(
        "M",
        "ana bob cho dan",
        1,
        each={"cho": {"home_center_id": "hill", "max_distance_km": 5}},
        availability=windows,
        rules=({"rule": "max_distance"},),
        pins=(Pin(volunteer_id="bob", shift_id="M0", state="must_not"),),
    )

    found = suggest(problem, Roster(), "M0")

    assert found_as(found, "possible") == ["dan"]
    assert found.barred == {
        "available": ("ana", "cho"),
        "max_distance": ("cho",),
        "pins": ("bob",),
    }


def test_who_is_barred_elsewhere_too_may_move() -> None:
    """Ana works a morning that she did not offer; another one instead is no new breach."""
    problem = plan("M", "ana", 2, availability=())

    found = suggest(problem, parse("ana  M ."), "M1")

    assert found_as(found, "after_leaving") == ["ana"]


def test_a_frozen_roster_bars_everybody_else() -> None:
    """Ana is published for the second morning only: nobody may come on the first."""
    rules = ({"rule": "stability", "level": "hard"},)
    published = (Published(volunteer_id="ana", shift_id="M1"),)
    problem = plan("M", "ana bob", 2, rules=rules, published=published)

    found = suggest(problem, parse("ana  . M"), "M0")

    assert found_as(found, "barred") == ["ana", "bob"]
    assert found.barred == {"stability": ("ana", "bob")}


def test_sentences_name_people_and_shifts_in_both_languages() -> None:
    """Cost, reason, shift to leave and place on the list, with the names that people know."""
    each = {"ana": {"name": "Ana"}, "bob": {"name": "Bob", "max_shifts": 1}}
    rules = ({"rule": "max_shifts"}, {"rule": "fairness", "level": 1, "weight": 2})
    problem = plan("M", "ana bob", 2, each=each, rules=rules)
    roster = parse("bob  . M")

    found = suggest(problem, roster, "M0", reserves=[Reserve("M0", 1, "ana", "")])

    assert lines(found, "en")[0] == (
        "Ana (ana) can take the shift: the total cost rises by 1. Number 1 on the stand-by list."
    )
    assert lines(found, "en")[1] == (
        "Bob (bob) cannot take the shift: has as many shifts as they may work. Possible if "
        "Bob (bob) leaves M1, home, Tue 08 Dec 07:00–11:00: the total cost stays the same."
    )
    assert lines(found, "vi")[1] == (
        "Bob (bob) không nhận ca này được: đã đủ số ca tối đa. Được nếu "
        "Bob (bob) nhường M1, home, thứ Ba 08/12 07:00–11:00: tổng điểm phạt không đổi."
    )


def test_json_has_everybody_once() -> None:
    """Candidates in detail by rank, the barred by rule, with sentences in both languages."""
    each = {"bob": {"max_shifts": 0}}
    windows = (window("ana"), window("bob"))
    rules = ({"rule": "max_shifts"}, {"rule": "fairness", "level": 1})
    problem = plan("M", "ana bob cho", 1, each=each, availability=windows, rules=rules)

    content = json_of(suggest(problem, Roster(), "M0"))

    ana, bob = content["candidates"]
    assert (ana["volunteer_id"], ana["rank"], ana["possible"]) == ("ana", 1, True)
    assert ana["total"] == ana["levels"]["1"] == sum(ana["costs"].values()) > 0
    assert (bob["possible"], bob["standing"], bob["total"]) == (False, "blocked", None)
    (broken,) = bob["broken"]
    assert (broken["rule"], broken["who"], broken["where"]) == ("max_shifts", "bob", "")
    assert set(broken["sentence"]) == set(bob["sentence"]) == {"en", "vi"}
    (barred,) = content["barred"]
    assert (barred["rule"], barred["people"], barred["volunteer_ids"]) == ("available", 1, ["cho"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"shift_id": "M00"}, "'M00': no such shift(.|\n)*Did you mean 'M0'"),
        ({"leaving": "anna"}, "'anna': no such volunteer(.|\n)*Did you mean 'ana'"),
        ({"leaving": "bob"}, "bob does not work M0"),
    ],
)
def test_unknown_ids_are_refused(options: dict[str, Any], message: str) -> None:
    """A shift or person that is not there, or a person who is not in the shift."""
    problem = plan("M", "ana bob", 1)

    with pytest.raises(InputError, match=message):
        suggest(problem, parse("ana  M"), **{"shift_id": "M0", **options})


def test_frozen_days_bar_whoever_was_not_published_there() -> None:
    """Monday is frozen: only Bob, who was published to come, may come back; Tuesday is open."""
    published = tuple(
        Published(volunteer_id=who, shift_id=shift)
        for who, shift in (("ana", "M0"), ("bob", "M0"), ("dan", "M1"))
    )
    rules = ({"rule": "stability", "level": "hard", "last_day": MONDAY},)
    problem = plan("M", "ana bob cho dan", 2, rules=rules, published=published)
    roster = parse("ana  M .\nbob  . .\ncho  . .\ndan  . M")

    found = {c.volunteer_id: c.standing for c in suggest(problem, roster, "M0").candidates}

    assert found == {"bob": "possible", "cho": "barred", "dan": "barred"}
    assert len(suggest(problem, roster, "M1").possible) == 3


# ---- equal to `check`


@st.composite
def questions(draw: st.DrawFn) -> tuple[Problem, Roster, str, str | None]:
    """A problem, a roster, a shift, and perhaps somebody in it who leaves."""
    problem = draw(problems().filter(lambda p: p.volunteers and p.shifts))
    roster = draw(rosters(problem))
    shift = draw(st.sampled_from([s.shift_id for s in problem.shifts]))
    team = roster.people_in.get(shift, ())
    return problem, roster, shift, draw(st.sampled_from([None, *team]))


def key(violation: Any) -> tuple[Rule, str, str, int]:
    return violation.rule, violation.who, violation.at, violation.amount


@costly(0.35)
@given(questions())
def test_a_suggestion_is_what_check_says_of_whole_rosters(case) -> None:
    """Nobody is missing; costs and breaches are the differences of the two whole rosters, as if
    those who stand by had offered the hours.
    """
    problem, roster, shift, leaving = case

    found = suggest(problem, roster, shift, leaving=leaving)
    problem = with_offers_for(problem, problem.shift_by_id[shift])

    people = [c.volunteer_id for c in found.candidates]
    gone = [] if leaving is None else [leaving]
    assert sorted([*people, *found.team, *gone]) == sorted(
        v.volunteer_id for v in problem.volunteers
    )
    away = [Change(Assignment(shift, who), False) for who in gone]
    before = check(problem, roster)
    for candidate in found.candidates:
        who = candidate.volunteer_id
        changes = [Change(Assignment(shift, who), True), *away]
        after = check(problem, changed(roster, changes))
        breaches = Counter(map(key, worse(before, after)))
        assert candidate.is_possible == (not breaches)
        told = Counter(map(key, candidate.broken))
        if candidate.standing == "barred":
            assert told
            assert told <= breaches
        else:
            assert told == breaches
        if candidate.effect is not None:
            assert_difference(candidate.effect, before, after)
        legal = {}
        for other in roster.shifts_of.get(who, ()):
            left = [*changes, Change(Assignment(other, who), False)]
            later = check(problem, changed(roster, left))
            if not candidate.is_possible and not worse(before, later):
                legal[other] = later
        assert {e.shift_id for e in candidate.exchanges} == set(legal)
        for exchange in candidate.exchanges:
            assert_difference(exchange.effect, before, legal[exchange.shift_id])


def assert_difference(effect: Any, before: Any, after: Any) -> None:
    rules = {*before.parts, *after.parts}
    costs = {r: after.parts.get(r, 0) - before.parts.get(r, 0) for r in rules}
    assert dict(effect.costs) == {r: cost for r, cost in costs.items() if cost}
    assert dict(effect.levels) == {k: after.levels[k] - before.levels[k] for k in after.levels}
    assert effect.total == after.total - before.total


@costly(0.35)
@given(questions())
def test_ranks_follow_costs(case) -> None:
    """The possible come first by cost, then those who can leave a shift for it by cost."""
    problem, roster, shift, leaving = case
    found = suggest(problem, roster, shift, leaving=leaving)

    def cost(effect: Any) -> tuple[int, ...]:
        return tuple(effect.levels.values()) if problem.order == "strict" else (effect.total,)

    keys = [
        (0, cost(c.effect))
        if c.effect is not None
        else (1, min(cost(e.effect) for e in c.exchanges))
        if c.exchanges
        else (2, ())
        for c in found.candidates
    ]
    assert keys == sorted(keys)
