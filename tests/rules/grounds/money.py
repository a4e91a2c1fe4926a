"""Grounds on which the rules on money are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields, moment

from grounds.ground import FILTERS, Plan, cross, times
from shiftplan.testing.pictures import MONDAY, shift

PAID: Fields = {
    "people": "ana bob",
    "each": {
        "ana": {"group": "youth", "hourly_cost": 31, "shift_cost": 7},
        "bob": {"group": "army|choir", "hourly_cost": 50},
    },
}
ALONE: Fields = {"each": {"ana": {"hourly_cost": 31, "shift_cost": 7}}}
GROUNDS: list[Fields] = [
    {"signs": {0: "MN", 1: "m"}, "days": 2, **PAID},
    {"signs": {0: "M", 5: "MA", 6: "N", 7: "m", 8: "M"}, "days": 9, **ALONE},
    {"signs": {0: "M", 1: "M", 2: "MA", 3: "N"}, "days": 4, "start": dt.date(2026, 1, 30), **ALONE},
    {"signs": {0: "MN", 1: "m"}, "days": 2, "people": "ana"},
    {"shifts": (shift("M", 0, MONDAY, end=moment(0, 11, 1)),), **ALONE},
]
"""The last pays 31 x 241 / 60 = 124.5, which is rounded up, and 7."""
PERIODS: list[Fields] = [{"per": p} for p in ("horizon", "week", "month", "day", "center")]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "budget", cross(times([0, 131, 200, 400]), PERIODS), GROUNDS
    yield "budget", cross(times([0, 150]), FILTERS, [{}, {"per": "day"}]), GROUNDS[:1]
