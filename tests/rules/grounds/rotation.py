"""Grounds on which the rule on rotations is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, cross
from grounds.patterns import MET, WORK
from shiftplan.testing.pictures import MONDAY

LINES: list[Fields] = [
    {"signs": {0: "EL", 1: "EN", 2: "L"}, "days": 4},
    {"signs": {0: "Nn", 2: "N", 4: "L"}, "days": 6},
    {"signs": {1: "N", 5: "E", 7: "N"}, "days": 9, "people": "ana bob"},
]
TWO: list[Fields] = [{"signs": {0: "N", 2: "L"}, "days": 3, **GROUPS}]
PATTERNS: list[Fields] = [
    {"pattern": "night, off"},
    {"pattern": "late|early, !late, night|off"},
    {"pattern": "2x work, any, 2x off"},
    {"pattern": "day, !night|off, any"},
]
FROM: list[Fields] = [{"first_day": MONDAY + dt.timedelta(n)} for n in (-365, 0, 2)]
LIMITS: list[Fields] = [
    {"group": "youth"},
    {"group": "choir", "last_day": MONDAY + dt.timedelta(2)},
    {"days": "tue|wed|thu"},
    {"where": "home", "pattern": "2x night, off"},
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "rotation", cross(PATTERNS, FROM), LINES
    yield "rotation", cross([*PATTERNS, *WORK[:3]], FROM[1:2]), MET
    yield "rotation", cross(PATTERNS[:3:2], FROM[1:], LIMITS), TWO
    yield "rotation", cross(FROM[:1], LIMITS[3:]), LINES[1:2]
