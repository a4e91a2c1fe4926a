"""Tables of the rule on work as in the last week."""

from __future__ import annotations

from tables.table import Row, Table, before

# M starts at 7:00 and A at 13:00 at home, m at 7:00 far away.
KNOWN = before(last_week="mon 07:00 home|wed 13:00 home")

TABLES = [
    Table(
        "as_last_week",
        {},
        Row("clean: as in the last week", "ana  M . A . . . .", 0),
        Row("clean: less than in the last week", "ana  . . A . . . .", 0),
        Row(
            "just broken: another weekday",
            "ana  M M A . . . .",
            1,
            says=("ana | M1 | ana works M1, unlike last week",),
        ),
        Row("another time and another place", "ana  Am . A . . . .", 2),
        Row("the second week", "ana  M . A . . . . M M A", 1),
        Row("nothing is known of somebody", "ana  . . . . . . .\nbob  M A m . . . .", 0),
        signs="MAm",
        history=KNOWN,
    ),
    Table(
        "as_last_week",
        {"same": "time"},
        Row("clean: at another place", "ana  m . .", 0),
        Row("another time", "ana  A . .", 1),
        Row("the time of another weekday", "ana  . M A", 1),
        signs="MAm",
        history=KNOWN,
    ),
    Table(
        "as_last_week",
        {"same": "center"},
        Row("clean: at another time", "ana  A . M", 0),
        Row("another place, and another weekday", "ana  m M .", 2),
        signs="MAm",
        history=KNOWN,
    ),
    Table(
        "as_last_week",
        {"same": "day"},
        Row("clean: anything on these weekdays", "ana  MAm . m", 0),
        Row("another weekday", "ana  M A .", 1),
        signs="MAm",
        history=KNOWN,
    ),
]
