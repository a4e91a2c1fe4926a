"""Grounds on which the rules about those who work are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import FILTERS, GROUPS, Plan, cross, times

THREE: list[Fields] = [
    {"signs": {0: "M", 1: "N"}, "days": 2, "people": "ana bob cho"},
    {"signs": {0: "MN", 1: "MO"}, "days": 2, "people": "ana bob"},
]
TWO: list[Fields] = [{"signs": {0: "MN", 1: "MN"}, "days": 2, **GROUPS}]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    least: list[Fields] = [{}, {"from_shifts": 2}]
    yield "max_active_people", cross(times([0, 1]), least), THREE
    yield "max_active_people", cross(times([0]), FILTERS), TWO
    yield "max_shifts_spread", times([0, 1, 2]), THREE
    yield "max_shifts_spread", cross(times([0]), FILTERS), TWO
    yield "max_minutes_spread", times([0, 239, 240]), THREE
    yield "max_minutes_spread", cross(times([60]), FILTERS), TWO
