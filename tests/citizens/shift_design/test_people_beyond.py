"""Whose hours are too many: of heads beyond all targets, and of nobody whom a skill needs."""

from __future__ import annotations

import pytest
from hours import kind, need, shown, week

from shiftplan.citizens import design

FOUR = kind("08:00", "08:00", 240)


def beyond(*rows):
    """Hours of people beyond what is needed, if everybody comes from eight to twelve."""
    found = design(week(rows, [FOUR]), workers=1)
    return found.score.parts["missing"], found.score.parts["beyond"] // 20


HEADS = need("1 08:00", "1 12:00", 1)
A = need("1 08:00", "1 12:00", 2, skill_id="a")
B = need("1 08:00", "1 12:00", 1, skill_id="b")
NOBODY = need("1 08:00", "1 10:00", 0)
LATE_A = need("1 10:00", "1 12:00", 3, skill_id="a")


@pytest.mark.parametrize(
    ("rows", "hours"),
    [
        ([HEADS], 0),
        ([A], 0),
        ([A, B], 0),  # three people
        ([HEADS, A], 0),  # two
        ([HEADS, B], 0),
        ([HEADS, LATE_A], 4),  # three, of whom two come too early
        ([NOBODY, LATE_A], 6),
    ],
)
def test_nobody_is_too_many_whom_a_skill_needs(rows, hours):
    assert beyond(*rows) == (0, hours)


def test_holders_of_each_skill_are_too_many_where_few_heads_are_asked_for():
    """One head and two skills: whoever asks for one head hopes for somebody who holds both."""
    assert beyond(HEADS, need("1 08:00", "1 12:00", 1, skill_id="a"), B) == (0, 4)


def test_each_person_beyond_costs_more_up_to_the_tenth():
    """Twelve are needed in the first hour alone: 20, 25, ... 65, and 65 twice for the last two."""
    rows = [need("1 08:00", "1 09:00", 12), need("1 09:00", "1 10:00", 0)]
    two = kind("08:00", "08:00", 120)
    prices = {"surplus_rise": 5, "short_rise": 0, "time_price": 0, "short_price": 1000}

    found = design(week(rows, [two], prices), workers=1)

    assert shown(found) == ["c 1 08:00-10:00 12"]
    assert found.cost == sum(range(20, 70, 5)) + 2 * 65
