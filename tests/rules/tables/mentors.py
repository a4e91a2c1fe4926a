"""Tables of the rules on novices who learn beside mentors."""

from __future__ import annotations

import datetime as dt

from shiftplan.testing.pictures import MONDAY, window
from tables.company import CHAIN
from tables.table import HOLDERS, PORTAL, Row, Table, before

TEAM = {
    "dan": {"skills": {"portal": 3}},
    "eve": {"skills": {"portal": 2}},
    "fay": {"skills": {"portal": 4}},
}
"""Two mentors, and Eve who is neither; anybody else is a novice."""
ABLE_UNTIL_MONDAY = {"skill_id": "portal", "level": 2, "valid_to": MONDAY}
ABLE_FROM_TUESDAY = {"skill_id": "portal", "level": 2, "valid_from": MONDAY + dt.timedelta(1)}

TABLES = [
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
                "ana |  | ana has 1 shift with a mentor, should have 2",
                "bob |  | bob has 0 shifts with a mentor, should have 2",
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
    Table(
        "mentored",
        {"value": 2, "per": "moment"},
        # E is 7-15, M 7-11, A 11-15, O 12-15.
        Row("clean: a mentor in a longer shift", "ana  MA\ndan  E", 0),
        Row("clean: the long shift, one mentor after the other", "ana  EM\ndan  MA", 0),
        Row(
            "just broken: for an hour of the long shift there is none",
            "ana  EM\ndan  MO",
            1,
            says=("ana |  | ana has 1 shift with a mentor, should have 2",),
        ),
        Row("the mentor comes as the novice goes", "ana  M\ndan  A", 2),
        Row("a mentor leaves before", "ana  E\ndan  M", 2),
        Row("history", "ana  M\ndan  E", 0, history=before(mentored_worked=1)),
        shifts=CHAIN,
        skills=PORTAL,
        each=HOLDERS,
        signs={},
        days=1,
    ),
    Table(
        "mentored",
        {"value": 1, "per": "moment", "shifts": "over"},
        # Only O counts, which is 12-15; the mentor may be in any shift.
        Row("clean: a mentor of another shift", "ana  O\ndan  A", 0),
        Row("just broken: another shift does not count", "ana  M\ndan  M", 1),
        shifts=CHAIN,
        skills=PORTAL,
        each=HOLDERS,
        signs={},
        days=1,
    ),
    Table(
        "mentored",
        {"value": 1, "per": "moment"},
        Row("clean: of two centers, the own one", "ana  M\ndan  M", 0),
        Row("just broken: a mentor of another center", "ana  M\ndan  m", 1),
        signs="Mm",
        days=1,
        skills=PORTAL,
        each=HOLDERS,
        availability=(window("ana"), window("dan")),
    ),
    Table(
        "varied_mentors",
        {},
        Row("clean: two mentors", "ana  M M M\ndan  M . M\nfay  . M .", 0),
        Row("clean: both in one shift", "ana  M M .\ndan  M . .\nfay  M . .", 0),
        Row("clean: one shift, one mentor", "ana  M . .\ndan  M M M\nfay  . . M", 0),
        Row(
            "just broken: the same mentor each time",
            "ana  M M M\ndan  M M M\nfay  . . .",
            1,
            says=("ana |  | ana works with 1 mentor, should work with 2",),
        ),
        Row("one who is no mentor", "ana  M M .\neve  M M .\nfay  . M .", 1),
        Row("no mentor at all", "ana  M . M\neve  . M M\nfay  . M .", 2),
        Row("two novices", "ana  M M .\nbob  . M M\ndan  M M .\nfay  . . M", 1),
        signs="M",
        skills=PORTAL,
        each=TEAM,
    ),
    Table(
        "varied_mentors",
        {"value": 3, "novice_level": 2, "group": "youth"},
        # Eve is a novice too, but of another group.
        Row("clean", "ana  M M .\neve  . . M\ndan  M . .\nfay  . M M", 0),
        Row("two of three", "ana  M M M\neve  . . .\ndan  M . .\nfay  . M M", 1),
        Row("none of three", "ana  M M M\neve  M M M\ndan  . . .\nfay  . . .", 3),
        signs="M",
        skills=PORTAL,
        each={**TEAM, "ana": {"group": "youth"}},
    ),
]
