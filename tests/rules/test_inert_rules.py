"""A rule that names only what a week lacks holds for nothing, never for everybody."""

from __future__ import annotations

import pytest
from families import Fields, moment
from scopes import usual

from shiftplan.rules import RULES
from shiftplan.testing import alone, levels_of
from shiftplan.testing.agreement import all_choices, all_pairs, checked, compare

COLUMNS = ("group", "shifts", "first", "then", "skill")
GROUND: Fields = {
    "signs": {0: "MN", 1: "M"},
    "people": "ana bob",
    "days": 2,
    "skills": ({"skill_id": "khmer", "kind": "language"},),
    "each": {
        "ana": {"group": "youth", "skills": {"khmer": 1}, "show_rate": 0.5, "shift_cost": 9},
        "bob": {"group": "youth", "home_center_id": "far"},
    },
    "requirements": (
        {"shift_id": "M0", "minimum": 1, "target": 2},
        {"shift_id": "N0", "skill_id": "khmer", "target": 1},
    ),
    "history": (
        {
            "volunteer_id": "ana",
            "shifts_offered": 3,
            "shifts_worked": 2,
            "worked_in_a_row": 1,
            "same_type_in_a_row": 1,
            "last_shift_type": "night",
            "last_shift_end": moment(0, 6),
            "counted_shifts": 1,
            "counted_minutes": 240,
        },
    ),
}


@pytest.mark.parametrize(
    ("kind", "column"),
    [(kind, c) for kind, rule in RULES.items() for c in COLUMNS if c in rule.model_fields],
)
def test_it_costs_and_forbids_nothing(kind, column):
    """With a name that nobody, no shift and no skill has, every roster is judged as without it."""
    own = {name: value for name, value in usual(kind).items() if name not in ("rule", "level")}
    without = alone(**GROUND)
    pairs = all_pairs(without)
    choices = all_choices(len(pairs))
    free = checked(without, pairs, choices)
    assert free.feasible.any()

    for rule in levels_of(kind, {**own, column: "elsewhere"}):
        problem = alone(rule, **GROUND)
        compare(problem)

        said = checked(problem, pairs, choices)
        assert (said.feasible == free.feasible).all()
        assert not said.costs[said.feasible].any()
        assert problem.levels == ((2,) if rule["level"] == 2 else ())
