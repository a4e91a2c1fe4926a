"""Leximin by brute force: where it must find the best order of loads, and where it need not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shiftplan import solve
from shiftplan.engines.greedy import greedy
from shiftplan.engines.params import DEFAULTS
from shiftplan.problem import Problem
from shiftplan.rules.evenness import Leximin
from shiftplan.scoring.check import check
from shiftplan.scoring.moves import Moves
from shiftplan.solving.building import build
from shiftplan.testing.agreement import all_choices, all_pairs, roster_of
from shiftplan.testing.pictures import parse, plan, window
from shiftplan.week.roster import Assignment, Change, Roster

Loads = list[Fraction]
EXACT = {"weight": 1_000_000}
"""So heavy that rounding tells no two rosters apart, nor makes them equal."""


def seats(*shifts: str) -> list[dict[str, Any]]:
    return [{"shift_id": s, "minimum": 1, "target": 1} for s in shifts]


def filled(leximin: dict[str, Any], **fields: Any) -> Problem:
    """A problem whose seats are all filled, and leximin decides by whom."""
    hard = [{"rule": rule} for rule in ("one_place", "minimum_coverage", "surplus", "max_shifts")]
    return plan(**fields, rules=[*hard, {"rule": "leximin", **leximin}])


def loads(problem: Problem, roster: Roster) -> Loads:
    """Loads of all people, the highest first."""
    before = {h.volunteer_id: h for h in problem.history}
    found = []
    for volunteer in problem.volunteers:
        who = volunteer.volunteer_id
        offered = {
            (s.start, s.end)
            for s in problem.shifts
            for w in problem.availability
            if w.volunteer_id == who and w.start <= s.start and s.end <= w.end
        }
        worked = Fraction(len(roster.shifts_of.get(who, ())))
        q = Fraction(len(offered))
        if who in before:
            worked += Fraction(before[who].shifts_worked)
            q += Fraction(before[who].shifts_offered)
        found.append(worked / q)
    return sorted(found, reverse=True)


def rosters(problem: Problem) -> list[tuple[Loads, int]]:
    """Loads and cost of every roster that breaks no hard rule."""
    pairs = all_pairs(problem)
    found = []
    for chosen in all_choices(len(pairs)):
        roster = roster_of(problem, pairs, chosen)
        score = check(problem, roster)
        if score.is_feasible:
            found.append((loads(problem, roster), score.total))
    return found


def must_tell(better: Loads, worse: Loads, rule: Leximin, shifts: int) -> bool:
    """Whether theory says that the power tells two rosters apart.

    From the first load that differs on, the worse roster costs weight x b^value at least, and the
    better one as much as if all of its loads were a; prices are rounded by a half at most.
    """
    first = next(i for i, (a, b) in enumerate(zip(better, worse, strict=True)) if a != b)
    a, b = better[first], worse[first]
    gain = rule.weight * (b**rule.power - (len(better) - first) * a**rule.power)
    return gain > shifts


# Four people of whom ana offers five times, and each other one of three seats and one time more.
ONE_OR_MANY: dict[str, Any] = {
    "signs": "M",
    "people": "ana bob cho dan",
    "days": 5,
    "availability": [
        window("ana", first=0, last=5),
        *(window(who, first=day, last=day + 1) for day, who in enumerate(("bob", "cho", "dan"))),
        *(window(who, first=3, last=4) for who in ("bob", "cho", "dan")),
    ],
    "requirements": seats("M0", "M1", "M2"),
}
GROUNDS: dict[str, dict[str, Any]] = {
    "one or many": ONE_OR_MANY,
    "alike": {"people": "ana bob cho", "days": 4, "requirements": seats("M0", "M1", "M2", "M3")},
    "histories": {
        "people": "ana bob cho",
        "days": 3,
        "requirements": seats("M0", "M1", "M2"),
        "history": (
            {"volunteer_id": "ana", "shifts_offered": 3, "shifts_worked": 2},
            {"volunteer_id": "bob", "shifts_offered": 6, "shifts_worked": 1},
        ),
    },
    "different offers": {
        "people": "ana bob cho",
        "days": 4,
        "availability": [
            window("ana"),
            window("bob", first=0, last=2),
            window("cho", first=1, last=4),
        ],
        "requirements": seats("M0", "M1", "M2", "M3"),
    },
}


@pytest.mark.parametrize("name", GROUNDS)
def test_the_best_order_of_loads_is_found_where_the_power_is_large_enough(name):
    """The cheapest of all rosters has the leximin-best loads: the default power is enough here."""
    problem = filled(EXACT, **GROUNDS[name])
    every = rosters(problem)
    best = min(found for found, _ in every)
    rule = next(r for r in problem.rules if isinstance(r, Leximin))

    assert len({tuple(found) for found, _ in every}) > 2
    assert all(must_tell(best, found, rule, 12) for found, _ in every if found != best)
    cheapest = min(cost for _, cost in every)
    assert all(found == best for found, cost in every if cost == cheapest)


def test_solve_finds_the_best_order_of_loads():
    """Two shifts for ana, who offered five, and one for another: loads 0.5, 0.4, 0 and 0."""
    problem = filled(EXACT, **ONE_OR_MANY)

    result = solve(problem, time_limit=None, workers=1)

    expected = [Fraction(1, 2), Fraction(2, 5), Fraction(0), Fraction(0)]
    assert loads(problem, result.require_roster()) == expected


def test_a_small_power_need_not_find_it():
    """With squares one load of 0.6 is cheaper than 0.5 and 0.4: 0.36 to 0.41."""
    problem = filled({"value": 2}, **ONE_OR_MANY)
    every = rosters(problem)

    cheapest = min(every, key=lambda row: row[1])[0]

    assert cheapest == [Fraction(3, 5), 0, 0, 0]
    assert min(found for found, _ in every)[0] == Fraction(1, 2)


def test_low_loads_need_a_large_weight():
    """1000 x 0.25^8 = 0.02 rounds to nothing: two of eight cost as much as one and one."""
    ground = {"people": "ana bob", "days": 8, "requirements": seats("M0", "M1")}
    ground["availability"] = [window("ana", first=0, last=8), window("bob", first=0, last=8)]
    ground["each"] = {who: {"max_shifts": 8} for who in ("ana", "bob")}
    both, each = parse("ana  M M\nbob  . ."), parse("ana  M .\nbob  . M")
    usual, heavy = filled({}, **ground), filled(EXACT, **ground)

    assert check(usual, both).total == check(usual, each).total == 0
    assert check(heavy, both).total == 15 > check(heavy, each).total == 0


@given(
    weight=st.integers(0, 1_000_000),
    value=st.integers(2, 12),
    before=st.floats(0, 60) | st.floats(0, 1_000_000),
    q=st.floats(1, 60) | st.integers(1, 20).map(float),
)
def test_prices_never_fall_and_are_near_the_growth_of_the_power(weight, value, before, q):
    """The model's steps need prices in rising order; only the highest price is cut."""
    rule = Leximin(weight=weight, power=value)

    prices = [rule._price(before + i, q) for i in range(1, 8)]

    assert prices == sorted(prices)
    for i, price in enumerate(prices, 1):
        worked = Fraction(before + i)
        growth = (worked / Fraction(q)) ** value - (Fraction(before + i - 1) / Fraction(q)) ** value
        exact = min(Fraction(1_000_000), weight * growth)
        assert abs(price - exact) <= Fraction(1, 2) + exact / 10**9 + Fraction(1, 10**6)


# ---- the lowest load


def lowest(**fields: Any) -> Problem:
    return plan(
        "M", "ana bob cho", 4, rules=[{"rule": "max_min", "level": 1, "weight": 10}], **fields
    )


def test_a_move_is_judged_against_the_lowest_load_of_all():
    """What a move does to the lowest load depends on people who are not moved."""
    problem = lowest()
    moves = Moves(problem, parse("ana  M M . .\nbob  M . . .\ncho  . . . ."))

    def total(*changes: tuple[str, str, bool]) -> int:
        return moves.effect(*(Change(Assignment(s, v), more) for s, v, more in changes)).total

    # The lowest load rises from 0 to 1 of 4: steps 5 to 25.
    assert total(("M0", "cho", True)) == -50
    assert total(("M1", "bob", True)) == 0
    assert total(("M0", "cho", True), ("M0", "bob", False)) == 0
    assert total(("M0", "cho", True), ("M1", "bob", True), ("M1", "cho", True)) == -100


def test_the_greedy_start_lowers_a_shared_column_for_all_or_not_at_all():
    """A step is reached when the last person reaches it: the rows hold in the greedy start."""
    problem = lowest(requirements=seats("M0", "M1"))
    program = build(problem).program()

    values = greedy(program, DEFAULTS)

    assert values is not None
    assert (program.matrix @ values <= program.row_upper + 1e-6).all()


BIG = {"shifts_worked": 1e6, "undesired_worked": 1e6, "hours_worked": 1e6}


@pytest.mark.parametrize("rule", ["fairness", "balance_hours", "balance_undesired"])
@pytest.mark.parametrize("offered", [0, 1e-320])
def test_no_price_is_above_the_highest(rule, offered):
    """Who offers next to nothing and worked much before: prices stay finite and exact."""
    problem = plan(
        "M",
        "ana bob",
        2,
        each={"bob": {"max_shifts": 0}},
        availability=[window(who, "undesired") for who in ("ana", "bob")],
        history=[{"volunteer_id": v, "shifts_offered": offered, **BIG} for v in ("ana", "bob")],
        rules=[{"rule": rule, "level": 1, "weight": 10**6}, {"rule": "coverage", "level": 2}],
        requirements=seats("M0", "M1"),
        order="strict",
    )
    everything = check(problem, parse("ana  M M\nbob  M M"))

    assert 0 < everything.levels[1] <= 4 * 24 * 10**6
    assert solve(problem, time_limit=None, workers=1).levels[1].cost == 0


@pytest.mark.parametrize("rule", ["floor", "mentored"])
def test_the_largest_numbers_are_taken(rule):
    """More shifts are due than can be counted, or were had than can be counted."""
    problem = plan(
        "M",
        "ana bob",
        2,
        skills=[{"skill_id": "portal", "max_level": 3}],
        history=[{"volunteer_id": "ana", "mentored_worked": 10**9}],
        rules=[{"rule": rule, "level": 1, "value": 10**9}],
    )

    result = solve(problem, time_limit=None, workers=1)

    best = {"floor": 0, "mentored": 80}[rule]
    assert result.total.cost == best


def test_two_rules_about_the_lowest_load_are_kept_apart():
    """Ana works one of four, which lacks 30 to 50%; Bob and Cho none, which lacks 5 to 30%."""
    each = {"ana": {"group": "one"}, "bob": {"group": "other"}, "cho": {"group": "other"}}
    rules = [
        {"rule": "max_min", "value": 50, "group": "one"},
        {"rule": "max_min", "value": 30, "group": "other"},
    ]
    problem = plan("M", "ana bob cho", 4, each=each, rules=rules)
    roster = parse("ana  M . . .\nbob  . . . .\ncho  . . . .")
    moves = Moves(problem, roster)
    bobs, chos = (Change(Assignment("M1", who), True) for who in ("bob", "cho"))

    assert check(problem, roster).levels == {2: 1000 * (5 + 6)}
    assert moves.effect(bobs).total == 0
    assert moves.effect(bobs, chos).total == -5000
