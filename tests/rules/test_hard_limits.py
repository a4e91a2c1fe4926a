"""Other rules lean on a limit only where it is hard, and the whole model is laid out."""

from __future__ import annotations

import numpy as np
import pytest
from pictures import plan

from shiftplan.model import Model
from shiftplan.rules.arrays import Arrays

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
