"""Grounds on which the rules on how alike a person's work is are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, cross, times

KINDS: list[Fields] = [
    {"signs": {0: "MN", 1: "MN", 2: "N", 3: "L"}, "days": 4},
    {"signs": {0: "Mm", 1: "MN", 2: "n"}, "days": 3},
    {"signs": {0: "N", 1: "N", 7: "N", 8: "N", 9: "L"}, "days": 14},
]
TWO: list[Fields] = [{"signs": {0: "N", 1: "N"}, "days": 2, **GROUPS}]
FEW: list[Fields] = [{"people": "ana bob", "signs": {0: "N", 1: "N", 2: "M"}, "days": 3}]
GAPS: list[Fields] = [
    {"signs": {0: "MOAN", 1: "DMxN"}, "days": 2},
    {"signs": {0: "MmaN", 1: "AD"}, "days": 2},
]
TWO_GAPS: list[Fields] = [{"signs": {0: "MA", 1: "D"}, "days": 2, **GROUPS}]
NESTED: list[Fields] = [{"signs": "EMA", "days": 1, "people": "ana bob"}]
STARTS: list[Fields] = [
    {"signs": {0: "MA", 1: "O", 2: "N", 4: "A"}, "days": 5},
    {"signs": {0: "MEa", 1: "A", 2: "DO"}, "days": 3},
    {"signs": {5: "M", 6: "O", 7: "E", 8: "OA"}, "days": 9},
]
TWO_STARTS: list[Fields] = [{"signs": {0: "M", 1: "O"}, "days": 2, **GROUPS}]
PERIODS: list[Fields] = [{}, {"per": "week"}, {"rolling_days": 2}, {"rolling_days": 3}]
SOME: list[Fields] = [{"group": "youth"}, {"group": "choir", "per": "week"}]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "min_types", cross(times([1, 2, 3]), PERIODS), KINDS
    yield "min_types", cross(times([2]), SOME), TWO
    yield "min_types", times([2, 4]), FEW
    yield "max_gap", [{}, *times([120, 300])], GAPS
    yield "max_gap", cross(times([60]), [SOME[0], {"shifts": "afternoon|dawn"}]), TWO_GAPS
    yield "max_gap", [{}], NESTED
    yield "similar_starts", cross(times([0, 200]), PERIODS[:3]), STARTS
    yield "similar_starts", cross(times([60]), SOME), TWO_STARTS
