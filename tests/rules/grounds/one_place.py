"""Grounds on which the rule on one place at a time is tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields, moment

from grounds.ground import Plan
from shiftplan.testing.pictures import shift

OVERLAPS: list[Fields] = [
    {"signs": {0: "MOAN", 1: "EMO"}, "days": 2},
    {"signs": {0: "Mma", 1: "xO"}, "days": 2, "people": "ana bob"},
    {
        "shifts": (
            shift("E", 0, end=moment(1, 8)),
            shift("M", 1),
            shift("A", 1),
            shift("N", 0),
            shift("O", 1),
        ),
        "days": 2,
    },
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "one_place", [{}], OVERLAPS
