"""Tables of the rules on changes of a published roster."""

from __future__ import annotations

import datetime as dt

from shiftplan.testing.pictures import MONDAY
from tables.table import Row, Table

TUESDAY = MONDAY + dt.timedelta(1)
PUBLISHED = (
    {"volunteer_id": "ana", "shift_id": "M0"},
    {"volunteer_id": "ana", "shift_id": "M1", "told": False},
    {"volunteer_id": "bob", "shift_id": "M1"},
)


TABLES = [
    Table(
        "stability",
        {"weight": 7, "told_weight": 5},
        # Ana was told of Monday's morning and not of Tuesday's, Bob of Tuesday's.
        Row("clean", "ana  M M .\nbob  . M .", 0),
        Row("called in", "ana  M M M\nbob  . M .", 1, 7),
        Row("sent home, told", "ana  . M .\nbob  . M .", 1, 7 + 5),
        Row("sent home, not told", "ana  M . .\nbob  . M .", 1, 7),
        Row(
            "from one shift to another",
            "ana  A M .\nbob  . M .",
            2,
            7 + 5 + 7,
            says=(
                "ana | A0 | ana is new in A0",
                "ana | M0 | ana was published to work M0",
            ),
        ),
        Row("who takes over", "ana  . M .\nbob  M M .", 2, 7 + 5 + 7),
        Row("nothing is left", "ana  . . .\nbob  . . .", 3, 3 * 7 + 2 * 5),
        signs="MA",
        published=PUBLISHED,
    ),
    Table(
        "stability",
        {"weight": 7, "told_weight": 5, "first_day": TUESDAY, "last_day": TUESDAY},
        Row("clean", "ana  M M .\nbob  . M .", 0),
        Row("other days change", "ana  A M M\nbob  M M A", 0),
        Row("that day", "ana  A A M\nbob  . . M", 3, 7 + 7 + 7 + 5),
        signs="MA",
        published=PUBLISHED,
    ),
    Table(
        "stability",
        {},
        Row("nothing was published", "ana  M M .", 0),
    ),
]
