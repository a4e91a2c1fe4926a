"""Tables of rules that are limited to some people, some shifts or some days."""

from __future__ import annotations

import datetime as dt

from shiftplan.testing.pictures import MONDAY
from tables.table import NIGHTS, PORTAL, Row, Table, needs

TUESDAY = MONDAY + dt.timedelta(1)
YOUTH = {who: {"group": "youth"} for who in ("ana", "bob", "cho")}

TABLES = [
    # ---- people
    Table(
        "max_shift_count",
        {"value": 0, "group": "portal:2"},
        Row("clean: who holds less", "ana  . .\nbob  M M", 0),
        Row("just broken", "ana  M .\nbob  M M", 1),
        Row("broken twice", "ana  M M\nbob  M M", 2),
        signs="M",
        skills=PORTAL,
        each={"ana": {"skills": {"portal": 2}}, "bob": {"skills": {"portal": 1}}},
    ),
    Table(
        "full_day",
        {"group": "home:far"},
        Row("clean: who lives elsewhere", "ana  M A\nbob  MA MA", 0),
        Row("just broken", "ana  MA .\nbob  MA .", 1),
        Row("broken twice", "ana  MA MA\nbob  . .", 2),
        signs="MA",
        each={"ana": {"home_center_id": "far"}},
    ),
    Table(
        "continuity",
        {"group": "person:bob"},
        Row("clean: somebody else", "ana  M m x\nbob  M M .", 0),
        Row("just broken", "ana  M m x\nbob  M m .", 1),
        Row("broken twice", "ana  . . .\nbob  M m x", 2),
        signs="Mmx",
    ),
    # ---- shifts
    Table(
        "shortage",
        {"hours": "12:00-18:00"},
        # M starts at 7:00, A at 13:00.
        Row("clean: a morning is empty", "ana  A A\nbob  A .", 0),
        Row("just broken", "ana  A A\nbob  M .", 1),
        Row("broken twice", "ana  A .\nbob  M .", 2),
        signs="MA",
        requirements=needs(("M0", None, 0, 2), ("A0", None, 0, 2), ("A1", None, 0, 1)),
    ),
    Table(
        "max_shift_count",
        {"value": 0, "where": "far"},
        Row("clean: at home", "ana  M M", 0),
        Row("just broken", "ana  M m", 1),
        Row("broken twice", "ana  m m", 2),
        signs="Mm",
    ),
    Table(
        "max_weekends",
        {"value": 0, "shifts": "night"},
        # Days 5, 6, 12 and 13 are those of weekends.
        Row("clean: mornings", "ana  . . . . N M M . . . . . . .", 0),
        Row("just broken", "ana  . . . . . N . . . . . . M .", 1),
        Row("broken twice", "ana  . . . . . N N . . . . . . N", 2),
        signs=NIGHTS,
    ),
    # ---- days
    Table(
        "max_minutes",
        {"value": 240, "days": "mon|tue"},
        # M and A have 240 minutes each.
        Row("clean: Wednesday", "ana  M . MA", 0),
        Row("just broken", "ana  M M M", 240),
        Row("broken further", "ana  MA MA .", 720),
        signs="MA",
    ),
    Table(
        "apart",
        {"group": "youth", "value": 1, "first_day": TUESDAY},
        Row("clean: Monday", "ana  M .\nbob  M .\ncho  M M", 0),
        Row("just broken", "ana  M M\nbob  M M\ncho  . .", 1),
        Row("broken twice", "ana  M M\nbob  M M\ncho  M M", 2),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "coverage",
        {"weight": 100, "last_day": MONDAY},
        # Home has the priority 1.5: 100 x 1.5 x 4 x 1.5 for the first of two seats, then 150.
        Row("clean: Tuesday is empty", "ana  M .\nbob  M .", 0),
        Row("just broken", "ana  M .\nbob  . .", 1, 150),
        Row("broken twice", "ana  . .\nbob  . M", 2, 150 + 900),
        signs="M",
        requirements=needs(("M0", None, 1, 2), ("M1", None, 1, 3)),
    ),
]
