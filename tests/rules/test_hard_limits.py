"""Other rules lean on a limit only where it is hard, and the whole model is laid out."""

from __future__ import annotations

import numpy as np
import pytest
from tables.table import HOLDERS, PORTAL

from shiftplan.case.arrays import Arrays
from shiftplan.model import Model
from shiftplan.rules import MaxShiftCount
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


@pytest.mark.parametrize(
    ("fields", "excludes"),
    [
        ({}, True),
        ({"rolling_days": 1}, True),
        ({"rolling_days": 2}, False),
        ({"level": 1}, False),
        ({"value": 0}, False),
        ({"value": 2}, False),
        ({"per": "week"}, False),
        ({"group": "youth"}, False),
        ({"shifts": "morning"}, False),
    ],
)
def test_shifts_of_a_day_exclude_each_other_only_for_everybody(fields, excludes):
    """One shift a day, hard, of whatever kind: then two of a day are never worked together."""
    rule = MaxShiftCount(**{"value": 1, "per": "day", **fields})

    classes = rule.exclusive(Arrays(plan("MA", "ana", 2)))

    assert (None if classes is None else classes.tolist()) == ([0, 0, 1, 1] if excludes else None)


@pytest.mark.parametrize(
    ("rule", "alone", "rows"),
    [
        # Ana is a novice, Dan a mentor, Eve neither.
        ({"value": 2}, True, [[1, -2, 0]]),
        ({"value": 2}, False, [[1, -2, 0], [1, -1, 0]]),
        ({"value": 1}, False, [[1, -1, 0], [1, -1, 0]]),
        ({"value": 0}, False, [[1, 0, 0]]),
        ({"value": 2, "level": 1}, False, [[1, -2, 0, -1]]),
    ],
)
def test_a_mentor_is_there_for_every_single_novice(rule, alone, rows):
    """Beside the rule itself, half a mentor is not enough for one novice of two."""
    problem = plan(
        "M", "ana dan eve", 1, skills=PORTAL, each=HOLDERS, rules=({"rule": "mentor", **rule},)
    )
    arrays = Arrays(problem)
    everybody, one = np.ones((3, 1), dtype=bool), np.arange(1)
    model = Model(arrays, everybody, one, rates=problem.rate_of, alone=alone)

    problem.rules[0].post(model)

    assert model.program().matrix.toarray().tolist() == rows
    named = [(tag.who.tolist(), tag.where.tolist(), tag.place) for tag in model.tags]
    assert named == [([-1], [0], "shift"), ([0], [0], "shift")][: len(rows)]
