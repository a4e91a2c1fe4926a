"""Tables of the rules on ways between shifts."""

from __future__ import annotations

from tables.table import Row, Table

BOAT = {"origin": "home", "destination": "far", "mode": "boat"}
ONCE = {"first_departure": "12:00", "last_departure": "12:00"}

TABLES = [
    Table(
        "travel_time",
        {"value": 27},
        # Two hours from M to a or x. Far is 11.12 km away, 25 minutes; hill 55.60 km, 124 minutes.
        Row("clean: near enough", "ana  Ma . .", 0),
        Row("clean: the same center", "ana  MA ma .", 0),
        Row("clean: the next day", "ana  M x M", 0),
        Row(
            "just broken",
            "ana  Mx . .",
            1,
            says=("ana | x0 | ana has 120 minutes from M0 to x0, but needs 124",),
        ),
        Row("twice, on the last day too", "ana  Mx . Mx\nbob  M x .", 2),
        Row("44.48 km from far, 99 minutes", "ana  mx . .", 0),
        Row("at no distance", "ana  Mt . .", 0),
        Row(
            "at the same time",
            "ana  Mm . .",
            1,
            says=("ana | m0 | ana has 0 minutes from M0 to m0, but needs 25",),
        ),
        # O begins before m ends, and x before O ends; from m to x there would be time.
        Row("only shifts in a row", "ana  mOx . .", 2),
        signs="MAmaxtO",
    ),
    Table(
        "travel_time",
        {"value": 28},
        Row("clean: 55.60 km in 120 minutes", "ana  Mx .", 0),
        signs="Mx",
    ),
    Table(
        "travel_time",
        {},
        Row("a boat of two hours", "ana  Ma .", 0, travel=({**BOAT, "minutes": 120},)),
        Row("a slower boat", "ana  Ma .", 1, travel=({**BOAT, "minutes": 121},)),
        Row("the same way back", "ana  mA .", 1, travel=({**BOAT, "minutes": 121},)),
        Row(
            "another way back",
            "ana  mA .",
            0,
            travel=(
                {**BOAT, "minutes": 121},
                {"origin": "far", "destination": "home", "minutes": 60},
            ),
        ),
        Row(
            "the quicker of two",
            "ana  Ma .",
            0,
            travel=({**BOAT, "minutes": 121}, {**BOAT, "minutes": 60, "mode": "ferry"}),
        ),
        Row(
            "the row that is meant most closely",
            "ana  Ma .",
            1,
            travel=({**BOAT, "minutes": 121}, {"origin": "home", "minutes": 60}),
        ),
        Row(
            "in time with the boat at noon",
            "ana  Ma .",
            0,
            travel=({**BOAT, **ONCE, "minutes": 60},),
        ),
        Row(
            "too late with the boat at noon",
            "ana  Ma .",
            1,
            says=("ana | a0 | ana has 120 minutes from M0 to a0, but needs 121",),
            travel=({**BOAT, **ONCE, "minutes": 61},),
        ),
        Row(
            "the boat has left",
            "ana  Ma .",
            1,
            says=("ana | a0 | nothing leaves after M0 that could bring ana to a0",),
            travel=({**BOAT, "minutes": 1, "last_departure": "10:59"},),
        ),
        Row(
            "no boat on Monday",
            "ana  Ma Ma",
            1,
            travel=({**BOAT, "minutes": 60, "days": {"weekdays": ("tue",)}},),
        ),
        Row(
            "the boat of the next day",
            "ana  M a",
            0,
            travel=({**BOAT, "minutes": 60, "days": {"weekdays": ("tue",)}},),
        ),
        signs="MmaA",
    ),
    Table(
        "travel_time",
        {"value": 27, "group": "youth"},
        Row("clean: another group", "ana  M .\nbob  Mx .", 0),
        Row("broken", "ana  Mx .\nbob  Mx .", 1),
        signs="Mx",
        each={"ana": {"group": "youth"}},
    ),
]
