"""What other rules lean on: limits that are hard, in a model that is laid out whole."""

from __future__ import annotations

import numpy as np
import pytest
from tables.table import HOLDERS, PORTAL

from shiftplan.case.arrays import Arrays
from shiftplan.model import Model
from shiftplan.rules import MaxShiftCount, OnePlace
from shiftplan.rules.registry import exclusive_classes
from shiftplan.testing.pictures import plan

LIMITS = {
    # Three people and two mornings; Ana works one at most, home has room for two.
    "max_shifts": {"each": {"ana": {"max_shifts": 1}}},
    "capacity": {},
}


def _most(kind: str, level: str | int, *, alone: bool) -> tuple[int, int]:
    """Most shifts of Ana, and most people on Monday morning, after a rule is posted."""
    rule = {"rule": kind, "level": level}
    problem = plan("M", "ana bob cho", 2, rules=(rule,), **LIMITS[kind])
    arrays = Arrays(problem)
    everything = np.ones((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
    model = Model(arrays, everything, np.arange(arrays.num_shifts), alone=alone)
    problem.rules[0].post(model)
    return int(model.most_shifts[0]), int(model.most_people[0])


@pytest.mark.parametrize(
    ("kind", "lowered"), [("max_shifts", (1, 3)), ("capacity", (2, 2))], ids=list(LIMITS)
)
def test_only_hard_limits_lower_what_can_be(kind, lowered):
    """A soft limit may be passed, and one that stands alone may be taken away."""
    assert _most(kind, "hard", alone=False) == lowered
    assert _most(kind, "hard", alone=True) == (2, 3)
    assert _most(kind, 2, alone=False) == (2, 3)


# ---- shifts of which nobody works two

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
        ((MaxShiftCount(max_shifts=1, per="day", rolling_days=1),), DAYS),
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
        {"value": 0},
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


# ---- rows that a hard rule adds


@pytest.mark.parametrize(
    ("rule", "alone", "rows"),
    [
        # Ana is a novice, Dan a mentor, Eve neither.
        ({"value": 2}, True, [[1, -2, 0]]),
        ({"value": 2}, False, [[1, -2, 0, 0], [0, -1, 0, 1], [1, 0, 0, -1]]),
        ({"value": 1}, False, [[1, -1, 0, 0], [0, -1, 0, 1], [1, 0, 0, -1]]),
        ({"value": 0}, False, [[1, 0, 0]]),
        ({"value": 2, "level": 1}, False, [[1, -2, 0, -1]]),
    ],
)
def test_a_mentor_is_there_for_every_single_novice(rule, alone, rows):
    """Beside the rule itself, half a mentor is not enough for one novice of two.

    The last column of such rows says whether there is a mentor.
    """
    problem = plan(
        "M", "ana dan eve", 1, skills=PORTAL, each=HOLDERS, rules=({"rule": "mentor", **rule},)
    )
    arrays = Arrays(problem)
    everybody, one = np.ones((3, 1), dtype=bool), np.arange(1)
    model = Model(arrays, everybody, one, rates=problem.rate_of, alone=alone)

    problem.rules[0].post(model)

    assert model.program().matrix.toarray().tolist() == rows
    named = [(tag.who.tolist(), tag.where.tolist(), tag.place) for tag in model.tags if tag.rule]
    assert named == [([-1], [0], "shift"), ([0], [0], "shift")][: 1 + len(rows) // 3]
