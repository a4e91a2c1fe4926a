"""Tables of the rules on shifts and minutes per period."""

from __future__ import annotations

import datetime as dt

from tables.table import NIGHTS, Row, Table, before

TABLES = [
    Table(
        "max_shift_count",
        {"value": 2},
        Row("clean", "ana  M . A", 0),
        Row("just broken", "ana  MA . A", 1),
        Row("broken by two", "ana  MA MA .", 2),
        Row("two people", "ana  MA A .\nbob  . MA M", 2),
        Row("history: 1 + 2 = 3", "ana  M A .", 1, history=before(counted_shifts=1)),
        Row("history: 3 + 0", "ana  . . .", 1, history=before(counted_shifts=3)),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "day"},
        Row("clean", "ana  M A M", 0, history=before(counted_shifts=5)),
        Row("just broken", "ana  MA . .", 1),
        Row("broken twice, last day too", "ana  MA . MA", 2),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "week"},
        Row("clean: Sunday ends one, Monday starts the next", "ana  . . . . . . M M .", 0),
        Row("just broken", "ana  M . . . . . M . .", 1),
        Row("a week cut by the end", "ana  . . . . . . . M M", 1),
        Row("broken twice", "ana  M . . . . . M M M", 2),
        signs="M",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "month"},
        Row("clean: 31 January and 1 February", "ana  . M M .", 0),
        Row("just broken", "ana  M M . .", 1),
        Row("broken twice", "ana  M M M M", 2),
        signs="M",
        start=dt.date(2026, 1, 30),
    ),
    Table(
        "max_shift_count",
        {"value": 2, "rolling_days": 3},
        Row("clean", "ana  M M . M M", 0),
        Row("just broken", "ana  M M M . .", 1),
        Row("last window", "ana  . . M M M", 1),
        Row("two windows", "ana  M M M M .", 2),
        Row("horizon shorter than the window", "ana  MA M", 1),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 0, "shifts": "night", "group": "youth"},
        Row("clean: others, other shifts", "ana  M M .\nbob  N N .", 0),
        Row("just broken", "ana  MN M .\nbob  N N .", 1),
        Row(
            "history does not count", "ana  N . .\nbob  . . .", 1, history=before(counted_shifts=4)
        ),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "min_shift_count",
        {"value": 2},
        Row("clean", "ana  M M .", 0),
        Row("just broken", "ana  M . .", 1),
        Row("broken by two", "ana  . . .", 2),
        Row("two people", "ana  M . .\nbob  . . .", 3),
        Row("history: 1 + 1", "ana  M . .", 0, history=before(counted_shifts=1)),
        signs="M",
    ),
    Table(
        "min_shift_count",
        {"value": 2, "per": "week"},
        Row("clean: the second week is cut", "ana  M . . . . . M . .", 0),
        Row("just broken", "ana  . . . . . . M M M", 1),
        Row("two whole weeks", "ana  . . . . . . . . . . . . . M", 3),
        Row("no whole week", "ana  . . . . . .", 0),
        signs="M",
    ),
    Table(
        "min_shift_count",
        {"value": 2, "per": "week"},
        # Saturday and Sunday, then a whole week.
        Row("clean", "ana  . . M . . . . . M", 0),
        Row("just broken: the first week is cut", "ana  M M M . . . . . .", 1),
        signs="M",
        start=dt.date(2026, 12, 12),
    ),
    Table(
        "min_shift_count",
        {"value": 1, "rolling_days": 2},
        Row("clean", "ana  . M . M .", 0),
        Row("just broken", "ana  M . . M .", 1),
        Row("last window", "ana  M . M . .", 1),
        Row("two windows", "ana  . . . M", 2),
        Row("horizon shorter than the window", "ana  .", 0),
        signs="M",
    ),
    Table(
        "max_minutes",
        {"value": 480},
        Row("clean: 240 + 240", "ana  M . M", 0),
        Row("just broken: 480 + 240", "ana  N M .", 240),
        Row("broken by more: 960 + 240", "ana  N N M", 720),
        Row("history: 300 + 240", "ana  M . .", 60, history=before(counted_minutes=300)),
        signs=NIGHTS,
    ),
    Table(
        "max_minutes",
        {"value": 480, "per": "day"},
        Row("clean", "ana  N N M", 0),
        Row("a night belongs to the date on which it starts", "ana  NM M .", 240),
        Row("last day", "ana  . . NM", 240),
        signs=NIGHTS,
    ),
    Table(
        "max_minutes",
        {"value": 400},
        # Clocks are put back in the night to 25 October 2026: 22:00 to 06:00 lasts 9 hours.
        Row("clean", "ana  . .", 0),
        Row("just broken: 540 - 400", "ana  N .", 140),
        Row("an ordinary night: 480 - 400", "ana  . N", 80),
        signs="N",
        start=dt.date(2026, 10, 24),
        horizon={"start": dt.date(2026, 10, 24), "days": 2, "zone": "Europe/Berlin"},
    ),
    Table(
        "min_minutes",
        {"value": 480},
        Row("clean", "ana  N . .", 0),
        Row("just broken", "ana  M . .", 240),
        Row("broken by all", "ana  . . .", 480),
        Row("history: 300 + 240", "ana  M . .", 0, history=before(counted_minutes=300)),
        Row("history: 100 + 240", "ana  M . .", 140, history=before(counted_minutes=100)),
        signs=NIGHTS,
    ),
]
