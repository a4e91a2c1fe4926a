"""Tables of the rules on who works with whom."""

from __future__ import annotations

import datetime as dt

from families import Fields

from shiftplan.testing.pictures import MONDAY, shift, window
from tables.table import HOLDERS, PORTAL, Row, Table, before

FROM_TUESDAY = {
    "dan": {"skills": ({"skill_id": "portal", "level": 3, "valid_from": MONDAY + dt.timedelta(1)},)}
}


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
        "mentor",
        {"value": 2},
        Row("clean: two novices, one mentor", "ana  M\nbob  M\ndan  M", 0),
        Row(
            "just broken",
            "ana  M\nbob  M\ncho  M\ndan  M",
            1,
            says=(" | M0 | M0: 3 novices with 1 mentor",),
        ),
        Row("no mentor", "ana  M\nbob  M\ncho  .\ndan  .", 2),
        Row("two shifts: 1 + 1", "ana  M\nbob  A\ncho  .\ndan  .", 2),
        Row("level 2 is neither", "ana  .\neve  M", 0),
        Row("level 2 is no mentor", "ana  M\neve  M", 1),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 0, "novice_level": 3, "mentor_level": 3},
        # With no novice allowed for a mentor, dan at level 3 still counts as a novice.
        Row("levels that overlap: novice and mentor", "dan  M", 1),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 1, "novice_level": 3, "mentor_level": 3},
        Row("levels that overlap: a mentor to themselves", "dan  M", 0),
        Row("levels that overlap: and to one novice less", "ana  M\ndan  M", 1),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentor",
        {"value": 1},
        Row("a mentor from Tuesday on, until then a novice", "ana  M M\ndan  M M", 2),
        signs="M",
        skills=PORTAL,
        each=FROM_TUESDAY,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "min_level": 3},
        Row("skilled from Tuesday on", "ana  M M\ndan  M M", 1),
        signs="M",
        skills=PORTAL,
        each=FROM_TUESDAY,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "min_level": 3, "value": 1},
        Row("clean", "ana  M\nbob  M\ndan  M", 0),
        Row("clean: nobody, or only skilled", "ana  .\ndan  A", 0),
        Row("just broken", "ana  M\nbob  M\ndan  A", 1),
        Row("broken twice", "ana  M\neve  A\ndan  .", 2),
        signs="MA",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "never_alone",
        {"skill": "portal", "value": 2},
        Row("clean", "ana  M\neve  M\ndan  M", 0),
        Row(
            "one of two",
            "ana  M\neve  .\ndan  M",
            1,
            says=(" | M0 | M0: novices with 1 of 2 skilled people",),
        ),
        Row("clean: no novice there", "ana  .\neve  .\ndan  M", 0),
        Row("none of two", "ana  M\neve  .\ndan  .", 2),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
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


ABLE_UNTIL_MONDAY = {"skill_id": "portal", "level": 2, "valid_to": MONDAY}
ABLE_FROM_TUESDAY = {"skill_id": "portal", "level": 2, "valid_from": MONDAY + dt.timedelta(1)}


TABLES += [
    Table(
        "mentored",
        {"value": 2},
        Row("clean", "ana  M M\ndan  M M", 0),
        Row("just broken", "ana  M M\ndan  . M", 1),
        Row("level 2 is no mentor and no novice", "ana  M M\neve  M M", 2),
        Row(
            "two novices: 1 + 2",
            "ana  M M\nbob  . .\ndan  M .",
            3,
            says=(
                "ana |  | ana has 1 shift with a mentor, 2 due",
                "bob |  | bob has 0 shifts with a mentor, 2 due",
            ),
        ),
        Row("history", "ana  M M\ndan  . .", 1, history=before(mentored_worked=1)),
        Row("after a mentor", "dan  . .\nana  M M", 2),
        Row(
            "after somebody who had enough",
            "ana  M M\nbob  . .\ndan  . .",
            2,
            history=before(mentored_worked=2),
        ),
        Row("history: enough", "ana  M M\ndan  . .", 0, history=before(mentored_worked=3)),
        Row(
            "more than offered is not due",
            "ana  M .\ndan  . .",
            1,
            availability=(window("ana", first=0, last=1), window("dan")),
        ),
        Row(
            "no novice since Tuesday",
            "ana  M M\ndan  . M",
            2,
            each={**HOLDERS, "ana": {"skills": (ABLE_FROM_TUESDAY,)}},
        ),
        Row(
            "a novice again from Tuesday on is none",
            "ana  M M\ndan  . .",
            0,
            each={**HOLDERS, "ana": {"skills": (ABLE_UNTIL_MONDAY,)}},
        ),
        signs="M",
        skills=PORTAL,
        each=HOLDERS,
    ),
    Table(
        "mentored",
        {"value": 1, "novice_level": 3, "mentor_level": 3},
        # Who is at level 3 is a novice, and so no mentor.
        Row("clean: level 4", "ana  M .\nfay  M .", 0),
        Row("novices alone", "ana  M .\ndan  M .", 2),
        Row("one of them", "ana  M .\ndan  . M\nfay  M .", 1),
        signs="M",
        skills=PORTAL,
        each={**HOLDERS, "fay": {"skills": {"portal": 4}}},
    ),
]
