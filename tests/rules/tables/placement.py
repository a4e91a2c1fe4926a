"""Tables of the rules on hours of skills where work waits."""

from __future__ import annotations

import datetime as dt

from families import Fields, moment
from pictures import shift

from tables.table import HOLDERS, PORTAL, Row, Table

PAYING: Fields = {
    "signs": "Mm",
    "skills": (*PORTAL[:1], {"skill_id": "khmer", "kind": "language"}),
    "each": {
        **HOLDERS,
        "fay": {"skills": {"portal": 1}},
        "gia": {"skills": {"khmer": 1}},
    },
    "services": (
        {"service_id": "pay", "skill_id": "portal", "min_level": 2, "minutes_per_citizen": 30},
    ),
    "demand": (
        {
            "center_id": "home",
            "service_id": "pay",
            "arrivals": 16,
            "start": moment(0, 7),
            "end": moment(0, 11),
        },
    ),
}
PAYING_BRIEFLY: Fields = {
    "signs": {},
    "shifts": (shift("M", 0, end=moment(0, 8) + dt.timedelta(minutes=40)), shift("M", 1)),
}


TABLES = [
    Table(
        "skill_placement",
        {"weight": 10},
        # 16 citizens x 30 min are 8 hours: rnd(10 x 1, 3, 5, 7, ... / 8) = 1, 4, 6, 9, 11, 14, ...
        Row("clean", "ana  . .\neve  M M", 0, 0),
        Row(
            "half is missing",
            "ana  M M\neve  . M",
            4,
            20,
            says=(" | home | home: 4 of 8 hours with portal 2",),
        ),
        Row("the other center is no help", "ana  . .\neve  m m", 8, 20 + 11 + 14 + 16 + 19),
        Row("more than is needed", "eve  M M\ndan  M M", 0, 0),
        Row(
            "a center without a shift is not concerned",
            "eve  M M",
            0,
            0,
            demand=({**PAYING["demand"][0], "center_id": "hill"},),
        ),
        Row("level 1 is too low", "fay  M M", 8, 80),
        **PAYING,
    ),
    Table(
        "skill_placement",
        {"weight": 4, "value": 3},
        # Level 2 is not placed. A quarter of 8 hours needs Khmer: 4 x 1 / 2 and 4 x 3 / 2.
        Row("clean: another skill", "gia  M M", 0, 0),
        Row("no forecast, no work", "eve  M M", 0, 0, demand=()),
        Row("begun hours are whole: 1 h 40 min are there", "gia  M .", 1, 2, **PAYING_BRIEFLY),
        Row("nobody", "eve  M M", 2, 8, says=(" | home | home: 0 of 2 hours with khmer 1",)),
        **{**PAYING, "languages": ({"center_id": "home", "skill_id": "khmer", "share": 0.25},)},
    ),
]
