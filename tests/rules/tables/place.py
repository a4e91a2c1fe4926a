"""Tables of the rules on where people work, and how far from home."""

from __future__ import annotations

from shiftplan.testing.pictures import CENTERS
from tables.table import Row, Table, before

BOAT = {"origin": "home", "destination": "far"}

NEAR = CENTERS[3].model_copy(update={"lat": 10.009})
"""The twin of home, moved away by 1.0 km."""
EAST = CENTERS[2].model_copy(update={"lat": 10.0, "lon": 105.5})
"""Half a degree to the east of home: at 10 degrees north 0.985 x 55.60 km = 54.75 km."""
ON_THE_EQUATOR = (
    CENTERS[0].model_copy(update={"lat": 0.0, "lon": 0.0}),
    CENTERS[2].model_copy(update={"lat": 0.0, "lon": 90.0}),
)
"""Home, and hill a quarter of the way round: 6371.0088 km x pi / 2 = 10007.6 km."""

TABLES = [
    Table(
        "max_distance",
        {},
        # Far is 11.12 km from home, hill 55.60 km.
        Row("clean: home is always allowed", "ana  M .\nbob  M m", 0),
        # 11.12 km beyond are 12 begun, 7 each.
        Row("just broken", "ana  . m\nbob  . .", 1, 84),
        # 12 km, and 55.60 - 12 = 43.60 are 44.
        Row(
            "broken twice",
            "ana  . m\nbob  x .",
            2,
            84 + 308,
            says=(
                "ana | m1 | ana in m1: 11.1 km from home, at most 0 km",
                "bob | x0 | bob in x0: 55.6 km from home, at most 12 km",
            ),
        ),
        Row("another center at no distance", "ana  t t", 0),
        Row("after a shift at home", "bob  M x", 1, 308),
        Row("after somebody without a limit", "cho  x .\nbob  x .", 1, 308),
        Row(
            "just beyond",
            "bob  m .",
            1,
            says=("bob | m0 | bob in m0: 11.12 km from home, at most 11.11 km",),
            each={"bob": {"max_distance_km": 11.11}},
        ),
        Row(
            "beyond by less than is shown",
            "bob  m .",
            1,
            says=("bob | m0 | bob in m0: 11.12 km from home, at most 11.1 km",),
            each={"bob": {"max_distance_km": 11.1}},
        ),
        Row("just within", "bob  m .", 0, each={"bob": {"max_distance_km": 11.13}}),
        Row("no limit", "bob  x .", 0, each={}),
        Row("who is mobile", "ana  x .", 0, each={"ana": {"max_distance_km": 0, "mobile": True}}),
        signs="Mmxt",
        each={"ana": {"max_distance_km": 0}, "bob": {"max_distance_km": 12}},
    ),
    Table(
        "max_distance",
        {"speed_kmh": 30},
        Row("clean: 24 minutes are 12 km", "bob  m .", 0, travel=({**BOAT, "minutes": 24},)),
        Row(
            "just broken: 25 minutes are 12.5 km",
            "bob  m .",
            1,
            7,
            says=("bob | m0 | bob in m0: 12.5 km from home, at most 12 km",),
            travel=({**BOAT, "minutes": 25},),
        ),
        Row(
            "the quicker of two",
            "bob  m .",
            0,
            travel=({**BOAT, "minutes": 90}, {**BOAT, "minutes": 24, "mode": "ferry"}),
        ),
        Row("a way without a row", "bob  m x", 1, 308, travel=({**BOAT, "minutes": 24},)),
        Row("home is always allowed", "bob  M .", 0, travel=({"minutes": 90},)),
        signs="Mmx",
        each={"bob": {"max_distance_km": 12}},
    ),
    Table(
        "one_center_per_day",
        {},
        Row("clean", "ana  MA ma x", 0),
        Row("just broken", "ana  Ma . .", 1),
        Row(
            "three centers",
            "ana  Max . .",
            2,
            says=("ana | 2026-12-07 | ana works at 3 centers on 2026-12-07",),
        ),
        Row("broken twice, last day too", "ana  Ma . mx", 2),
        signs="MAmax",
    ),
    Table(
        "max_centers",
        {"value": 1},
        Row("clean", "ana  m ma .\nbob  M . .", 0),
        Row(
            "just broken",
            "ana  M . m",
            1,
            says=("ana |  | ana works at 2 centers, at most 1 allowed",),
        ),
        Row("broken by two", "ana  M m x", 2),
        signs="Mmax",
    ),
    Table(
        "continuity",
        {},
        Row("clean: nothing", "ana  . . .", 0),
        Row("clean: one center", "ana  m ma m", 0),
        Row("the last center again", "ana  m . m", 0, history=before(last_center="far")),
        Row("nothing after the last center", "ana  . . .", 0, history=before(last_center="far")),
        Row(
            "another one than the last center",
            "ana  M . M",
            1,
            says=("ana |  | ana was last at far, and works at 1 other center",),
            history=before(last_center="far"),
        ),
        Row("both, and a third one", "ana  M m x", 2, history=before(last_center="far")),
        Row("two others", "ana  m . x", 2, history=before(last_center="home")),
        Row("just broken", "ana  M M m", 1, says=("ana |  | ana works at 2 centers",)),
        Row("broken by two", "ana  M m x", 2),
        signs="Mmax",
    ),
    Table(
        "continuity",
        {"where": "home|far"},
        Row("a place that does not count", "ana  M x M", 0),
        Row("the last center counts", "ana  M x .", 1, history=before(last_center="far")),
        Row("the last center does not count", "ana  M x .", 0, history=before(last_center="hill")),
        signs="Mmax",
    ),
    Table(
        "continuity",
        {"shifts": "morning"},
        Row("the history is of all shifts", "ana  M a .", 0, history=before(last_center="far")),
        signs="Mmax",
    ),
    Table(
        "travel",
        {"speed_kmh": 30},
        Row(
            "33 minutes are 16.5 km, rounded up", "ana  m .", 17, travel=({**BOAT, "minutes": 33},)
        ),
        Row("a way without a row", "ana  m x", 1 + 56, travel=({**BOAT, "minutes": 2},)),
        Row("clean: at home", "ana  M .", 0, travel=({"minutes": 90},)),
        signs="Mmx",
    ),
    Table(
        "travel",
        {"group": "youth", "shifts": "morning"},
        Row("clean: another group, other shifts", "ana  a .\nbob  m .", 0),
        Row("11.12 km", "ana  m a\nbob  m .", 11),
        signs="ma",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "travel",
        {},
        Row("clean: at home", "ana  M M", 0),
        Row("11.12 km", "ana  m .", 11),
        Row("55.60 km are rounded up", "ana  x .", 56),
        Row("a kilometre", "ana  t .", 1, centers=(*CENTERS[:3], NEAR)),
        Row("54.75 km to the east", "ana  x .", 55, centers=(*CENTERS[:2], EAST, CENTERS[3])),
        Row(
            "a quarter of the equator",
            "ana  x .",
            10_008,
            centers=(*ON_THE_EQUATOR, *CENTERS[1::2]),
        ),
        Row(
            "every shift counts: 11 + 56 + 11",
            "ana  mx m",
            78,
            says=(
                "ana | m0 | ana travels 11 km to m0",
                "ana | x0 | ana travels 56 km to x0",
                "ana | m1 | ana travels 11 km to m1",
            ),
        ),
        Row(
            "not of mobile people",
            "ana  mx m\nbob  m .",
            11,
            each={"ana": {"mobile": True, "home_center_id": None}, "bob": {}},
        ),
        signs="Mmxt",
    ),
]
