"""Grounds on which the rule on shifts that ask for others is tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, cross

ALONE: list[Fields] = [
    {"signs": {0: "ELN", 1: "EL", 2: "N"}, "days": 3},
    {"signs": {0: "E", 1: "LN"}, "days": 2, "people": "ana bob"},
    {"signs": "EN", "days": 1},
]
TWO: list[Fields] = [{"signs": {0: "EL", 1: "N"}, "days": 2, **GROUPS}]
SETS: list[Fields] = [
    {"first": "late", "then": "early"},
    {"first": "night", "then": "day"},
    {"first": "day", "then": "day"},
    {"first": "night|late", "then": "night|early"},
]
WAYS: list[Fields] = [
    {"per": per, "how": how} for per in ("day", "horizon") for how in ("any", "all")
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "needs_too", cross(SETS, WAYS), ALONE
    yield "needs_too", cross(SETS[:3], WAYS, [{"group": "youth"}, {"group": "choir"}]), TWO
