"""Tables of the rules on what is given."""

from __future__ import annotations

import datetime as dt

from families import moment

from shiftplan.testing.pictures import MONDAY, window
from tables.table import Row, Table

TABLES = [
    Table(
        "available",
        {},
        Row("clean", "ana  M . .", 0, 0),
        Row(
            "just broken", "ana  M M .", 1, 0, says=("ana | M1 | ana did not offer the time of M1",)
        ),
        Row("broken twice", "ana  . M M", 2, 0),
        Row("a night reaches beyond the window", "ana  N . .", 1, 0),
        Row("no window", "bob  M . .\nana  M . .", 1, 0),
        Row(
            "exactly the window",
            "ana  M . .",
            0,
            0,
            availability=({"volunteer_id": "ana", "start": moment(0, 7), "end": moment(0, 11)},),
        ),
        Row(
            "two windows that touch are two",
            "ana  E . .",
            1,
            0,
            availability=(
                {"volunteer_id": "ana", "start": moment(0, 6), "end": moment(0, 10)},
                {"volunteer_id": "ana", "start": moment(0, 10), "end": moment(0, 15)},
            ),
        ),
        signs="MNE",
        availability=(window("ana", first=0, last=1),),
    ),
    Table(
        "pins",
        {},
        Row("clean", "ana  M .\nbob  . M", 0, 0),
        Row("just broken: must", "ana  . .\nbob  . .", 1, 0),
        Row("just broken: must not", "ana  M M\nbob  . .", 1, 0),
        Row(
            "broken twice",
            "ana  . M\nbob  M .",
            2,
            0,
            says=(
                "ana | M0 | ana is pinned to work M0",
                "ana | M1 | ana is pinned not to work M1",
            ),
        ),
        signs="M",
        pins=(
            {"volunteer_id": "ana", "shift_id": "M0", "state": "must"},
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
        ),
    ),
]


TUESDAY = MONDAY + dt.timedelta(1)
PUBLISHED = (
    {"volunteer_id": "ana", "shift_id": "M0"},
    {"volunteer_id": "ana", "shift_id": "M1", "told": False},
    {"volunteer_id": "bob", "shift_id": "M1"},
)


TABLES += [
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
