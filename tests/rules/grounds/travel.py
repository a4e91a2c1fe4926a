"""Grounds on which the rules on ways between shifts are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.counts import BERLIN
from grounds.ground import GROUPS, Plan, cross, times
from shiftplan.testing.pictures import CENTERS

ISLANDS = {"centers": tuple(c.model_copy(update={"groups": ("isle",)}) for c in CENTERS)}
BOAT: Fields = {"origin": "home", "destination": "far", "minutes": 90}
ROWS: list[tuple[Fields, ...]] = [
    (BOAT,),
    ({**BOAT, "minutes": 121}, {"origin": "far", "destination": "home", "minutes": 0}),
    ({**BOAT, "minutes": 240}, {**BOAT, "minutes": 120, "mode": "boat"}),
    ({"destination": "hill", "minutes": 300}, {"origin": "far", "minutes": 30}),
    ({"origin": "isle", "destination": "isle", "minutes": 200}, {"origin": "hill", "minutes": 1}),
    ({"minutes": 121}, {"destination": "isle", "minutes": 120}),
    ({**BOAT, "first_departure": "11:30", "last_departure": "11:30"},),
    ({**BOAT, "first_departure": "11:31", "last_departure": "12:00"},),
    ({**BOAT, "last_departure": "10:59"}, {"origin": "hill", "minutes": 60}),
    ({"minutes": 1300, "last_departure": "11:00"},),
    ({**BOAT, "days": {"weekdays": ("tue",)}},),
    ({"minutes": 60, "days": {"dates": (dt.date(2026, 12, 7),)}, "first_departure": "12:00"},),
]
"""Rows of the table travel."""
WAYS: list[Fields] = [
    {"signs": {0: "MAax", 1: "Mma"}, "days": 2},
    {"signs": {0: "Ma", 1: "mAx", 2: "M"}, "days": 3},
    {"signs": {0: "mOxA", 1: "tD"}, "days": 2},
    {"signs": {0: "EmaA", 1: "xt"}, "days": 2},
]
TOLD: list[Fields] = [{**ground, **ISLANDS, "travel": rows} for rows in ROWS for ground in WAYS[:2]]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield (
        "travel_time",
        [{}, *times([5, 6, 27, 28, 100])],
        [*WAYS, {**BERLIN, "signs": {0: "Ln", 1: "EN"}}],
    )
    # 11.12 km in an hour: at 11 km/h it takes 60.7 minutes.
    yield "travel_time", times([11, 12]), [{"signs": {0: "N", 1: "mM"}, "days": 2}]
    yield "travel_time", times([1, 30]), TOLD
    limits = cross(times([0, 40]), [{}, {"tour": "home"}])
    homes: list[Fields] = [
        {"signs": {0: "Ma", 1: "mx"}, "days": 2, "each": {"ana": {"home_center_id": "far"}}},
        {"signs": {0: "Mmx"}, "days": 1, "each": {"ana": {"home_center_id": None}}},
    ]
    yield "max_travel", [{**limit, "speed_kmh": 27} for limit in limits], [*WAYS, *homes]
    yield "max_travel", times([60], tour="home"), TOLD[::2]
    own = {"signs": {0: "Mx", 1: "m"}, "days": 2, **GROUPS}
    groups: list[Fields] = [{"group": "youth"}, {"group": "youth|choir"}]
    for kind in ("travel_time", "max_travel"):
        yield kind, cross(times([20]), groups), [own]
