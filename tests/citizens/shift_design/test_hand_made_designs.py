"""Designs whose best shifts can be worked out by hand: who is needed, who is there, what it costs.

Each hour is a sign: `2 2 1` are two people for two hours and one for a third.
"""

from __future__ import annotations

import pytest
from hours import CHEAP, FREE, HOUR, asked, best, kind, need, shown, there


def test_two_times_cover_a_staircase():
    """Of four-hour shifts two begin at eight and one at ten; each time costs 200."""
    found = best(asked("2 2 3 3 1 1"), kind("08:00", "10:00", 4 * HOUR))

    assert shown(found) == ["c 1 08:00-12:00 2", "c 1 10:00-14:00 1"]
    assert (there(found, last=14), found.cost) == ("2 2 3 3 1 1", 400)


@pytest.mark.parametrize(
    ("prices", "cost"),
    [
        ({"time_price": 39}, 39 + 3 * 20),
        ({"time_price": 41}, 100),
        ({"time_price": 0, "surplus_price": 33}, 3 * 33),
        ({"time_price": 0, "surplus_price": 34}, 100),
        ({"time_price": 0, "short_price": 59}, 59),
        ({"time_price": 0, "hour_price": 9}, 3 * 20 + 4 * 9),
        ({"time_price": 0, "hour_price": 11}, 100),
        ({"time_price": 39, "new_time_price": 2}, 100),
    ],
)
def test_one_hour_is_worth_a_shift_of_four_while_that_costs_less(prices, cost):
    """Somebody missing in it costs 100; who comes is there for three hours beyond it."""
    found = best(asked("0 1 0 0"), kind("08:00", "08:00", 4 * HOUR), prices=FREE | prices)

    assert found.cost == cost


def test_people_below_the_minimum_cost_more():
    """Three are missing for an hour, at 100, 125 and 150; the last one at four times its price."""
    rows = [need("1 08:00", "1 09:00", 3, 1)]

    found = best(rows, kind("09:00", "09:00", HOUR), prices={})

    assert found.cost == 100 + 125 + 4 * 150


def test_a_center_of_priority_costs_more():
    rows = [need("1 08:00", "1 09:00", 1)]
    centers = [{"center_id": "c", "priority": 2.5}]

    assert best(rows, kind("09:00", "09:00", HOUR), centers=centers).cost == 250


def test_each_type_has_its_own_price():
    """The long shift costs 70 for each person, the two short ones 20 and another time."""
    long = kind("08:00", "08:00", 4 * HOUR, price=70)
    short = kind("08:00", "10:00", 2 * HOUR, step=2 * HOUR, price=20)

    one = best(asked("1 1 1 1"), long, short)
    two = best(asked("2 2 2 2"), long, short, prices=FREE | {"time_price": 50})

    assert (shown(one), one.cost) == (["c 1 08:00-12:00 1"], 270)
    assert (shown(two), two.cost) == (["c 1 08:00-10:00 2", "c 1 10:00-12:00 2"], 180)


def test_the_rows_meant_most_closely_hold():
    everywhere = kind("08:00", "08:00", 4 * HOUR)
    here = kind("08:00", "08:00", 2 * HOUR, where="c")

    assert shown(best(asked("1 1 1 1"), everywhere, here, prices=CHEAP)) == ["c 1 08:00-10:00 1"]


def test_rows_hold_on_their_days():
    rows = [*asked("1 1"), *asked("1 1", day=2)]
    monday = kind("08:00", "08:00", 2 * HOUR, days={"weekdays": ["mon"]})

    assert shown(best(rows, monday, prices=CHEAP, days=2)) == ["c 1 08:00-10:00 1"]


def test_of_rows_that_allow_the_same_the_first_counts():
    """The second is cheaper, and of another type."""
    first = kind("08:00", "08:00", 2 * HOUR, price=10, type="x")
    second = kind("08:00", "08:00", 2 * HOUR, type="y")

    found = best(asked("1 1"), first, second, prices=CHEAP)

    assert (found.shifts[0].kind.type, found.cost) == ("x", 20)


def test_a_shift_has_no_more_people_than_are_needed_at_some_moment():
    """Three would be too many for both hours, though being there costs nothing."""
    prices = FREE | {"surplus_price": 0, "time_price": 0}

    found = best(asked("2 1"), kind("08:00", "08:00", 2 * HOUR), prices=prices)

    assert shown(found) == ["c 1 08:00-10:00 2"]
