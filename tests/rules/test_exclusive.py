"""Shifts of which nobody works two, as rules that concern everybody tell."""

from __future__ import annotations

import pytest

from shiftplan.case.arrays import Arrays
from shiftplan.rules import MaxShiftCount
from shiftplan.rules.place import OnePlace
from shiftplan.rules.registry import exclusive_classes
from shiftplan.testing.pictures import plan

# Two centers in the morning and one in the afternoon, on two days.
ARRAYS = Arrays(plan("MmA", days=2))
TIMES, DAYS, EACH = ["M0 m0", "A0", "M1 m1", "A1"], ["M0 m0 A0", "M1 m1 A1"], "M0 m0 A0 M1 m1 A1"
ONE_A_DAY = MaxShiftCount(max_shifts=1, per="day")


def classes(*rules) -> list[str]:
    """Names of the shifts of each class."""
    number = exclusive_classes(rules, ARRAYS).tolist()
    names = [s.shift_id for s in ARRAYS.week.shifts]
    return [
        " ".join(name for name, own in zip(names, number, strict=True) if own == one)
        for one in dict.fromkeys(number)
    ]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ((), EACH.split()),
        ((OnePlace(),), TIMES),
        ((ONE_A_DAY,), DAYS),
        ((OnePlace(), ONE_A_DAY), DAYS),
        ((ONE_A_DAY, OnePlace()), DAYS),
    ],
)
def test_the_rule_that_allows_the_fewest_decides(rules, found):
    """One of each time, or one of each day; without such a rule each shift stands alone."""
    assert classes(*rules) == found


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 2},
        {"per": "week"},
        {"level": 1},
        {"group": "youth"},
        {"shifts": "morning"},
        {"per": "horizon"},
        {"rolling_days": 2},
    ],
)
def test_other_limits_are_not_used(fields):
    """More than one, of other periods, or not of everybody, not of all shifts, not hard."""
    asked = {"value": 1, "per": "day", "level": "hard"} | fields

    assert classes(MaxShiftCount(**asked)) == EACH.split()
