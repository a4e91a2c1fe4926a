"""Partners and chains: by hand, and equal to trying everything."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters
from trading import Judge, all_steps, changes_of, draw_case, hard_rules

from shiftplan.analysis.candidates import Candidates
from shiftplan.analysis.trades import Trades, Ways, chains, partners
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.testing.pictures import MONDAY, parse, plan, window
from shiftplan.week.roster import Roster

HARD = sorted(hard_rules())


def steps_of(offers: Trades) -> list[tuple[tuple[str, str, str], ...]]:
    return [tuple((h.shift_id, h.giver, h.taker) for h in t.handovers) for t in offers.trades]


# ---- by hand


def test_a_shift_can_be_given_away_or_traded() -> None:
    """Bob, free on Monday, can take ana's Monday, or trade his Tuesday for it; cho works then."""
    problem = plan("M", "ana bob cho", 2, rules=({"rule": "one_place"},))
    roster = parse("ana  M .\nbob  . M\ncho  M .")

    found = partners(problem, roster, "M0", "ana")

    assert steps_of(found) == [
        (("M0", "ana", "bob"),),
        (("M0", "ana", "bob"), ("M1", "bob", "ana")),
    ]
    assert [trade.kind for trade in found.trades] == ["give", "swap"]


def test_the_cheapest_trade_comes_first() -> None:
    """Bob has a wish against Monday, at a price of 5, so that cho is asked before him."""
    wish = {"volunteer_id": "bob", "shift_id": "M0", "state": "against", "weight": 5}
    rules = ({"rule": "preferences", "level": 1},)
    problem = plan("M", "ana bob cho", 1, rules=rules, preferences=(wish,))

    found = partners(problem, parse("ana  M"), "M0", "ana")

    assert [(t.handovers[0].taker, t.effect.total) for t in found.trades] == [
        ("cho", 0),
        ("bob", 5),
    ]


def test_only_the_cheapest_are_kept() -> None:
    """Two of three people who could take the shift, and how many they were."""
    problem = plan("M", "ana bob cho dan", 1)

    found = partners(problem, parse("ana  M"), "M0", "ana", most=2)

    assert found.found == 3
    assert [t.handovers[0].taker for t in found.trades] == ["bob", "cho"]


@pytest.mark.parametrize("find", [partners, chains])
@pytest.mark.parametrize("most", [-1, 1.5])
def test_a_list_cannot_be_shorter_than_nothing(find: Callable[..., Trades], most: Any) -> None:
    """A length below 0 would leave the dearest out."""
    with pytest.raises(InputError, match=r"most must be (a whole number, )?0 or more"):
        find(plan("M", "ana bob", 1), parse("ana  M"), "M0", "ana", most=most)


def test_a_chain_of_three_where_no_two_can_trade() -> None:
    """Each has one shift and one day to which they can go: ana Tuesday, bob Monday, cho Wednesday.

    Ana leaves Monday. Bob can take it for his Wednesday, which only cho can take for Tuesday,
    which only ana can take.
    """
    days = {"ana": (0, 2), "bob": (0, 1), "cho": (1, 3)}
    windows = [window(who, first=a, last=b) for who, (a, b) in days.items()]
    windows.append(window("bob", first=2, last=3))
    limit = {"rule": "max_shift_count", "value": 1, "per": "horizon"}
    problem = plan("M", "ana bob cho", 3, availability=tuple(windows), rules=(limit,))
    roster = parse("ana  M . .\nbob  . . M\ncho  . M .")

    assert partners(problem, roster, "M0", "ana").found == 0
    assert steps_of(chains(problem, roster, "M0", "ana")) == [
        (("M0", "ana", "bob"), ("M2", "bob", "cho"), ("M1", "cho", "ana"))
    ]


def test_a_mentor_who_comes_makes_a_trade_possible() -> None:
    """Cho, a mentor, takes over from ana beside the novice bob: then bob has had his mentor."""
    skills = ({"skill_id": "portal", "max_level": 3},)
    each = {"ana": {"skills": {"portal": 3}}, "cho": {"skills": {"portal": 3}}}
    rule = {"rule": "mentored", "level": "hard", "value": 1}
    problem = plan("M", "ana bob cho dan", 1, skills=skills, each=each, rules=(rule,))

    found = partners(problem, parse("ana  M\nbob  M"), "M0", "ana")

    assert [t.handovers[0].taker for t in found.trades] == ["cho"]


def test_a_chain_may_bring_a_mentor_to_another_shift_of_the_giver() -> None:
    """Ana, who is due one shift with a mentor, leaves dan's for one where she is alone.

    By herself she would lose her mentor; but in the chain cho, a mentor until Tuesday, comes to
    her Tuesday.
    """
    skills = ({"skill_id": "portal", "max_level": 3},)
    tuesday = {"skill_id": "portal", "level": 3, "valid_to": MONDAY + dt.timedelta(1)}
    each: dict[str, Any] = {"cho": {"skills": (tuesday,)}, "dan": {"skills": {"portal": 3}}}
    each["bob"] = {"skills": {"portal": 1}}
    rule = {"rule": "mentored", "level": "hard", "value": 1}
    problem = plan("M", "ana bob cho dan", 3, skills=skills, each=each, rules=(rule,))
    roster = parse("ana  M M .\nbob  . M .\ncho  . . M\ndan  M . .")

    found = chains(problem, roster, "M0", "ana")

    assert steps_of(found) == [(("M0", "ana", "bob"), ("M1", "bob", "cho"), ("M2", "cho", "ana"))]


@pytest.mark.parametrize(
    ("order", "first"), [("total", ["bob", "cho"]), ("strict", ["cho", "bob"])]
)
def test_levels_decide_in_the_strict_order(order: str, first: list[str]) -> None:
    """Bob costs 1 on level 1, at rate 10; cho, who would rather not come, 99 on level 2."""
    wish = {"volunteer_id": "bob", "shift_id": "M0", "state": "against"}
    states = {"ana": "preferred", "bob": "preferred", "cho": "undesired"}
    problem = plan(
        "M",
        "ana bob cho",
        1,
        preferences=(wish,),
        availability=tuple(window(who, state) for who, state in states.items()),
        rules=({"rule": "preferences", "level": 1}, {"rule": "wish", "level": 2, "weight": 99}),
        order=order,
    )

    found = partners(problem, parse("ana  M"), "M0", "ana")

    assert [t.handovers[0].taker for t in found.trades] == first
    assert sorted(t.effect.total for t in found.trades) == [10, 99]


@pytest.mark.parametrize("search", [partners, chains])
def test_who_does_not_work_the_shift_has_nothing_to_trade(search) -> None:
    """The message tells what the person works."""
    problem = plan("M", "ana bob", 2)

    with pytest.raises(InputError, match=r"ana does not work M0(.|\n)*ana works M1"):
        search(problem, parse("ana  . M"), "M0", "ana")


# ---- equal to trying everything


def brute_force(
    problem: Problem, roster: Roster, who: str, shift: str, *people: int
) -> set[tuple[tuple[str, str, str], ...]]:
    """Everything that can be tried and is legal."""
    judge = Judge(problem, roster)
    tried = (s for n in people for s in all_steps(problem, roster, who, shift, n))
    return {steps for steps in tried if judge.is_legal(steps)}


def assert_all_found(problem: Problem, roster: Roster, who: str, shift: str) -> tuple[int, int]:
    """Compare partners and chains with everything that can be tried; how many there are."""
    pairs = partners(problem, roster, shift, who, most=None)
    rings = chains(problem, roster, shift, who, most=None)
    assert sorted(steps_of(pairs)) == sorted(brute_force(problem, roster, who, shift, 1, 2))
    assert sorted(steps_of(rings)) == sorted(brute_force(problem, roster, who, shift, 3))
    return pairs.found, rings.found


@pytest.mark.parametrize("kind", HARD)
def test_no_legal_trade_is_missed_under_any_hard_rule(kind: str) -> None:
    """Each rule that may be hard by itself, all others soft: exactly the legal trades are found."""
    chance = random.Random(kind)
    counts = []
    for _ in range(6):
        problem, roster = draw_case(chance, (kind,))
        shift, who = chance.choice(roster.assignments)
        counts.append(assert_all_found(problem, roster, who, shift))

    assert any(trades for trades, _ in counts)
    assert any(rings for _, rings in counts)


@costly(0.5)
@given(st.lists(st.sampled_from(HARD), min_size=2, max_size=5, unique=True), st.randoms())
def test_no_legal_trade_is_missed_under_many_hard_rules(kinds, chance) -> None:
    """Some hard rules at once."""
    problem, roster = draw_case(chance, tuple(kinds))
    shift, who = chance.choice(roster.assignments)

    assert_all_found(problem, roster, who, shift)


@st.composite
def worked(draw: st.DrawFn) -> tuple[Problem, Roster, str, str]:
    """Any problem, a roster that is not empty, and one of its assignments."""
    problem = draw(problems().filter(lambda p: p.volunteers and p.shifts))
    roster = draw(rosters(problem).filter(len))
    shift, who = draw(st.sampled_from(roster.assignments))
    return problem, roster, who, shift


@costly(0.35)
@given(worked())
def test_no_legal_trade_is_missed_in_any_problem(case) -> None:
    """Problems with anything in them: pins, history, changes of clocks, rules of all kinds."""
    assert_all_found(*case)


@costly(0.35)
@given(worked())
def test_trades_do_what_they_say(case) -> None:
    """After a trade `check` tells the costs it promised; the order is that of the costs."""
    problem, roster, who, shift = case
    before = check(problem, roster)
    found = [search(problem, roster, shift, who) for search in (partners, chains)]

    for offers in found:
        totals = [trade.effect.total for trade in offers.trades]
        assert problem.order == "strict" or totals == sorted(totals)
        for trade, steps in zip(offers.trades, steps_of(offers), strict=True):
            assert list(trade.changes) == changes_of(steps)
            after = check(problem, apply(roster, steps))
            assert trade.effect.total == after.total - before.total
            assert trade.effect.levels == {
                k: after.levels[k] - before.levels[k] for k in after.levels
            }


def apply(roster: Roster, steps) -> Roster:
    left = set(roster.assignments)
    for shift, giver, taker in steps:
        left = (left - {(shift, giver)}) | {(shift, taker)}
    return Roster.of(left)


@pytest.mark.parametrize("kind", HARD)
def test_rules_that_do_not_look_at_others_do_not(kind: str) -> None:
    """What a rule finds about a person stays when all other people stop working."""
    chance = random.Random(kind)
    for _ in range(20):
        problem, roster = draw_case(chance, (kind,))
        _, who = chance.choice(roster.assignments)
        alone = Roster.of(pair for pair in roster.assignments if pair.volunteer_id == who)
        whole, part = (
            [(v.at, v.amount) for v in check(problem, r).broken if v.who == who]
            for r in (roster, alone)
        )
        (rule,) = (r for r in problem.rules if r.rule == kind and r.hard)
        assert whole == part or rule.sees != "part"


def test_pairs_are_closed_only_where_nothing_mends() -> None:
    """Cho works a center too far away; leaving it for another one too far is no new breach."""
    each = {who: {"max_distance_km": 0} for who in ("ana", "cho")}
    problem = plan("Max", "ana cho", 1, each=each, rules=({"rule": "max_distance"},))
    ways = Ways(Candidates(problem, parse("ana  M\ncho  a")))

    assert ways.may_move("cho", "a0", "x0")
    assert not ways.may_move("ana", "M0", "x0")
