"""Tables of the rules on ways between shifts, and on a date."""

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
    Table(
        "max_travel",
        {"value": 30, "speed_kmh": 27},
        Row("clean: 25 minutes to far", "ana  Ma . .", 0),
        Row("clean: nothing", "ana  . . .", 0),
        Row(
            "just broken: 124 minutes to hill",
            "ana  Mx . .",
            94,
            says=("ana | 2026-12-07 | ana: 124 minutes of travel on 2026-12-07, at most 30",),
        ),
        Row("from far to home and back", "ana  mOa . .", 20),
        Row("each date by itself", "ana  Ma ma mA", 0),
        Row("not from one date to the next", "ana  M x M", 0),
        Row("twice, on the last day too", "ana  Mx . mx", 94 + 69),
        signs="MAmaxO",
    ),
    Table(
        "max_travel",
        {"value": 0, "tour": "home", "speed_kmh": 27},
        Row("clean: at home", "ana  MA .", 0),
        Row("there and back", "ana  m .", 50),
        Row("home, far, hill, home", "ana  mx .", 25 + 99 + 124),
        Row("begun at home", "ana  MA M\nbob  Mx .", 248),
        Row("no home", "ana  mx m", 99, each={"ana": {"home_center_id": None}}),
        signs="MAmx",
    ),
    Table(
        "max_travel",
        {"value": 0, "speed_kmh": 60},
        Row("as the crow flies", "ana  Ma .", 12),
        Row("as a row says", "ana  Ma .", 90, travel=({**BOAT, "minutes": 90},)),
        Row("without waiting", "ana  Ma .", 45, travel=({**BOAT, **ONCE, "minutes": 45},)),
        Row(
            "the quickest row, though it does not leave",
            "ana  mA .",
            40,
            travel=(
                {**BOAT, "minutes": 90},
                {**BOAT, "minutes": 40, "days": {"weekdays": ("sun",)}},
            ),
        ),
        signs="MmaA",
    ),
]
