"""Grounds on which the rules on shifts beside a mentor are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import FROM_TUESDAY, Plan, times
from grounds.team import FOUR, TEAM

LEARNERS: list[Fields] = [
    {
        **TEAM,
        "requirements": (),
        "history": ({"volunteer_id": "ana", "mentored_worked": 1},),
    },
    {
        **TEAM,
        "requirements": (),
        "each": {**TEAM["each"], "bob": {"skills": (FROM_TUESDAY,), "max_shifts": 1}},
    },
    {
        **FOUR,
        "requirements": (),
        "each": {**FOUR["each"], "dan": {"group": "army", "skills": {"khmer": 4}}},
    },
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "mentored", times([1, 2, 5]), LEARNERS
    yield "mentored", times([2], novice_level=2, mentor_level=1), LEARNERS
