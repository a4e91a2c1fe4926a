"""What a week asks of people for the season's sake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import costly
from strategies import problems, rosters

from shiftplan import History, InputError, Problem, Roster, check
from shiftplan.rules import (
    AnyRule,
    Fairness,
    MaxMinutes,
    MaxShiftCount,
    MinMinutes,
    MinShiftCount,
)
from shiftplan.seasons.joined import pro_rata
from shiftplan.testing.pictures import plan


def week(rule: AnyRule, **history: float) -> Problem:
    """Ana offers the seven mornings of a week."""
    row = History(volunteer_id="ana", **history)
    return plan("M", "ana", days=7, rules=[rule], history=[row])


def cost(problem: Problem, shifts: int) -> int:
    """Cost of so many mornings of Ana's."""
    return check(problem, Roster.of((f"M{day}", "ana") for day in range(shifts))).total


@costly(0.35)
@given(problems(), st.floats(0.01, 1) | st.just(1.0))
def test_the_last_week_is_the_plain_problem(problem: Problem, part: float) -> None:
    """With no more weeks left than are planned, nothing changes."""
    assert pro_rata(problem, problem.horizon.days / 7 * part) == problem


@costly(0.35)
@given(st.data(), problems(), st.floats(1.01, 20))
def test_no_hard_rule_is_added(data: st.DataObject, problem: Problem, more: float) -> None:
    """What can be worked in the week can be worked with what is due."""
    roster = data.draw(rosters(problem))
    adjusted = pro_rata(problem, problem.horizon.days / 7 * more)

    assert Problem.model_validate_json(adjusted.to_json()) == adjusted
    before, after = check(problem, roster).hard, check(adjusted, roster).hard
    least = {"min_shift_count", "min_minutes"}
    assert all(amount <= before.get(name, 0) for name, amount in after.items())
    assert {name for name in before if before[name] != after.get(name)} <= least


def test_a_most_is_due_in_part() -> None:
    """With 9 of 12 left and three weeks like this one, 3 are free, and each further costs.

    Seven offered now and 14 later: due are 9 x 7 / 21 = 3. The fourth and fifth cost 90 each.
    """
    rule = MaxShiftCount(max_shifts=12, level=1, weight=90)
    due = pro_rata(week(rule, counted_shifts=3), 3)

    assert [cost(due, n) for n in (3, 4, 5)] == [0, 90, 180]


def test_a_unit_due_in_part_costs_the_rest() -> None:
    """With 7 left due are 7 x 7 / 21 = 2 1/3: the third costs 2/3 of 90, the fourth all of it."""
    rule = MaxShiftCount(max_shifts=7, level=1, weight=90)

    assert [cost(pro_rata(week(rule), 3), n) for n in (2, 3, 4)] == [0, 60, 150]


def test_a_hard_most_stays_beside_its_price() -> None:
    """Of a limit of 6 with 3 counted, 1 is due, the next two cost, and the fourth is forbidden."""
    due = pro_rata(week(MaxShiftCount(max_shifts=6), counted_shifts=3), 3, price=50)

    assert [cost(due, n) for n in (1, 2, 3)] == [0, 50, 100]
    assert not check(due, Roster.of((f"M{n}", "ana") for n in range(4))).is_feasible


def test_a_least_is_asked_for_in_part() -> None:
    """Of 12 with 3 counted 3 are due now: one shift lacks two, and three are enough.

    As it is, the week would be charged 12 - 3 - 1 = 8 for one shift, 720.
    """
    plain = week(MinShiftCount(min_shifts=12, level=1, weight=90), counted_shifts=3)

    assert cost(plain, 1) == 720
    assert [cost(pro_rata(plain, 3), n) for n in (1, 3)] == [180, 0]


@pytest.mark.parametrize(
    ("rule", "costs"),
    [
        (MaxMinutes(max_minutes=2160, level=1), [0, 240]),
        (MinMinutes(min_minutes=2160, level=1), [0, 0]),
        (MinMinutes(min_minutes=2880, level=1), [240, 0]),
    ],
)
def test_minutes_are_counted_as_minutes(rule: AnyRule, costs: list[int]) -> None:
    """Mornings have 240 minutes: of 2,160 less none counted a third, 720, is three mornings."""
    due = pro_rata(week(rule), 3)

    assert [cost(due, n) for n in (3, 4)] == costs


def test_minutes_and_groups_that_were_there_count() -> None:
    """Of 2,160 minutes 720 are counted, and shifts are not: 1,440 / 3 are two mornings.

    A group that happens to have the name of a due part stays a group of its own: Bob's 720 / 3
    make one morning.
    """
    rows = [
        History(volunteer_id="ana", counted_minutes=720, counted_shifts=9),
        History(volunteer_id="bob", counted_minutes=1440),
    ]
    rule = MaxMinutes(max_minutes=2160, level=1)
    names = {"group": ("due 0", "due 1")}
    problem = plan("M", "ana bob", rules=[rule], history=rows, each={"ana": names, "bob": names})
    due = pro_rata(problem, 3)

    assert [cost(due, n) for n in (2, 3)] == [0, 240]
    bob = [check(due, Roster.of((f"M{d}", "bob") for d in range(n))).total for n in (1, 2)]
    assert bob == [0, 240]


def test_whoever_offers_less_later_is_asked_now() -> None:
    """Offers of 1 in each of 7 weeks before make 14 / 8 a week: due are 10 x 7 / (7 + 3.5).

    That is 6 2/3: the seventh morning costs a third of 90.
    """
    rule = MaxShiftCount(max_shifts=10, level=1, weight=90)
    due = pro_rata(week(rule, weeks=7, shifts_offered=7), 3)

    assert [cost(due, n) for n in (6, 7)] == [0, 30]


def test_whoever_offers_nothing_now_owes_nothing_now() -> None:
    """Without a window nothing is due of a least."""
    bare = week(MinShiftCount(min_shifts=12, level=1, weight=90))

    assert cost(pro_rata(bare.model_copy(update={"availability": ()}), 3), 0) == 0


@pytest.mark.parametrize(
    "rule",
    [
        MaxShiftCount(max_shifts=2, level=1, per="week"),
        MaxShiftCount(max_shifts=2, level=1, rolling_days=5),
        MinShiftCount(min_shifts=2, level=1, shifts=("morning",)),
    ],
)
def test_limits_of_other_times_and_of_types_stay(rule: AnyRule) -> None:
    """Only what history counts is shared out over the season."""
    assert pro_rata(week(rule), 3).rules == (rule,)


@pytest.mark.parametrize(
    ("weeks", "price"), [(0, 1), (float("nan"), 1), (float("inf"), 1), (3, -1)]
)
def test_options_out_of_range_are_refused(weeks: float, price: int) -> None:
    """Weeks left are a number above 0, and a price is not negative."""
    with pytest.raises(InputError, match="must be"):
        pro_rata(week(Fairness()), weeks, price=price)
