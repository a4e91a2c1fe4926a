"""Tables of the rule on people where citizens need their skills."""

from __future__ import annotations

import datetime as dt

from families import Fields, moment

from shiftplan.testing.pictures import shift
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


def paid_on(day: int) -> tuple[Fields, ...]:
    """The forecast of `PAYING` on another day."""
    return ({**PAYING["demand"][0], "start": moment(day, 7), "end": moment(day, 11)},)


PAYING_BRIEFLY: Fields = {
    "signs": {},
    "shifts": (shift("M", 0, end=moment(0, 8) + dt.timedelta(minutes=40)), shift("M", 1)),
}

TALKING: Fields = {
    "signs": "M",
    "skills": PAYING["skills"],
    "each": PAYING["each"],
    "services": (
        {"service_id": "ask", "minutes_per_citizen": 30},
        {"service_id": "talk", "skill_id": "khmer", "min_level": 1, "minutes_per_citizen": 30},
    ),
}


def asked(ask: int, talk: int) -> tuple[Fields, ...]:
    """Citizens of both services of `TALKING`, half an hour each, on Monday morning at home."""
    row = PAYING["demand"][0]
    return tuple(
        {**row, "service_id": name, "arrivals": count}
        for name, count in (("ask", ask), ("talk", talk))
    )


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
    Table(
        "skill_placement",
        {"weight": 10},
        # Eight hours for the portal cost 80 in all, two for Khmer 10 x 1 / 2 and 10 x 3 / 2.
        Row("clean", "eve  M M\ngia  M .", 0, 0),
        Row("one of two skills", "eve  M M", 2, 20),
        Row("neither", "ana  M M", 10, 100),
        **{**PAYING, "languages": ({"center_id": "home", "skill_id": "khmer", "share": 0.25},)},
    ),
    Table(
        "skill_placement",
        {"weight": 64},
        # 128 citizens x 30 min are 64 hours: 64 x 1 / 64 = 1, 3, 5 and so on.
        Row("nobody for 64 hours: 1 + 3 + ... + 127", "ana  M", 64, 64**2),
        **{**PAYING, "demand": ({**PAYING["demand"][0], "arrivals": 128},)},
    ),
    Table(
        "skill_placement",
        {"weight": 4, "value": 1},
        # A quarter of all work needs Khmer, and who comes to talk needs it too.
        # 4 x 1, 3, 5 and 7 over 4, where it is four hours.
        Row(
            "a service asks for more than the share: 4 of 5 hours",
            "ana  M",
            4,
            16,
            demand=asked(2, 8),
            says=(" | home | home: 0 of 4 hours with khmer 1",),
        ),
        Row(
            "the share is more than a service asks for: 4 of 16",
            "ana  M",
            4,
            16,
            demand=asked(28, 4),
        ),
        Row("clean", "gia  M", 0, demand=asked(28, 4)),
        **{**TALKING, "languages": ({"center_id": "home", "skill_id": "khmer", "share": 0.25},)},
    ),
]
