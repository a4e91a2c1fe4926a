"""Tables of the rules on who works with whom."""

from __future__ import annotations

import datetime as dt

from families import Fields

from shiftplan.testing.pictures import MONDAY, shift
from tables.table import HOLDERS, PORTAL, Row, Table


def expired(days: int) -> dict[str, Fields]:
    """Ana, who held the skill until so many days before Monday."""
    until = MONDAY - dt.timedelta(days)
    return {"ana": {"skills": ({"skill_id": "portal", "valid_to": until},)}}


YOUTH = {name: {"group": "youth"} for name in ("ana", "bob", "cho")}


TABLES = [
    Table(
        "qualified",
        {},
        Row("clean", "dan  M A\nana  . A", 0),
        Row("just broken", "eve  M .", 1),
        Row(
            "broken twice",
            "eve  M .\nana  M A",
            2,
            7 + 21,  # eve lacks one level, ana three
            says=(
                "ana | M0 | ana in M0 does not hold portal 3",
                "eve | M0 | eve in M0 does not hold portal 3",
            ),
        ),
        signs={},
        shifts=(shift("M", 0, skill_id="portal", min_level=3), shift("A", 1)),
        skills=PORTAL,
        each=HOLDERS,
        days=2,
    ),
    Table(
        "qualified",
        {},
        Row("clean: the last day on which it counts", "ana  M . .", 0),
        Row("just broken: the day after", "ana  M M .", 1),
        Row("broken twice", "ana  . M M", 2),
        Row("long expired", "ana  M . M", 2, each=expired(3)),
        Row("expired the day before", "ana  M . .", 1, each=expired(1)),
        Row(
            "who holds another skill too",
            "ana  M . M",
            0,
            each={"ana": {"skills": {"khmer": 1, "portal": 1}}},
        ),
        signs={},
        shifts=tuple(shift("M", d, skill_id="portal") for d in range(3)),
        skills=PORTAL,
        each={"ana": {"skills": ({"skill_id": "portal", "valid_to": MONDAY},)}},
        days=3,
    ),
    Table(
        "together",
        {"group": "youth"},
        Row("clean: all or none", "ana  M .\nbob  M .\ncho  M .\ndan  . M", 0),
        Row(
            "just broken: one is missing",
            "ana  M .\nbob  M .\ncho  . .",
            1,
            says=(" | M0 | M0: 2 of 3 of group youth",),
        ),
        Row("two are missing", "ana  M .\nbob  . .\ncho  . .", 2),
        Row("broken twice, last shift too: 1 + 2", "ana  M .\nbob  M M\ncho  . .", 3),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "apart",
        {"group": "youth"},
        Row("clean", "ana  M .\nbob  . M\ncho  . .\ndan  M M", 0),
        Row(
            "just broken",
            "ana  M .\nbob  M .\ncho  . .",
            1,
            says=(" | M0 | M0: 2 of group youth, at most 1",),
        ),
        Row("three in one shift", "ana  M .\nbob  M .\ncho  M .", 2),
        Row("broken twice", "ana  M M\nbob  M M\ncho  . .", 2),
        signs="M",
        each=YOUTH,
    ),
]
