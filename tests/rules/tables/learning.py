"""Tables of the rules on shifts beside a mentor."""

from __future__ import annotations

import datetime as dt

from shiftplan.testing.pictures import MONDAY, window
from tables.table import HOLDERS, PORTAL, Row, Table, before

UNTIL_MONDAY = {"skill_id": "portal", "level": 2, "valid_to": MONDAY}
FROM_TUESDAY = {"skill_id": "portal", "level": 2, "valid_from": MONDAY + dt.timedelta(1)}


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
            each={**HOLDERS, "ana": {"skills": (FROM_TUESDAY,)}},
        ),
        Row(
            "a novice again from Tuesday on is none",
            "ana  M M\ndan  . .",
            0,
            each={**HOLDERS, "ana": {"skills": (UNTIL_MONDAY,)}},
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
