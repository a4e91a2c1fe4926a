"""Tables of the rules on shifts and minutes per period."""

from __future__ import annotations

import datetime as dt

from families import Fields, moment

from tables.table import NIGHTS, Row, Table, before

TUE = "2026-12-08"

COURSE: tuple[Fields, ...] = (
    {
        "volunteer_id": "ana",
        "start": moment(0, 0),
        "end": moment(2, 0),
        "counted_minutes": 180,
        "counted_shifts": 1,
    },
)
LONG = ({**COURSE[0], "counted_minutes": 300},)

TABLES = [
    Table(
        "max_shift_count",
        {"value": 2},
        Row("clean", "ana  M . A", 0),
        Row("just broken", "ana  MA . A", 1, says=("ana |  | ana: 3 shifts, at most 2",)),
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
        Row(
            "broken twice, last day too",
            "ana  MA . MA",
            2,
            says=(
                "ana | 2026-12-07 | ana, 2026-12-07: 2 shifts, at most 1",
                "ana | 2026-12-09 | ana, 2026-12-09: 2 shifts, at most 1",
            ),
        ),
        signs="MA",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "week"},
        Row("clean: Sunday ends one, Monday starts the next", "ana  . . . . . . M M .", 0),
        Row("clean: one each", "ana  M . . . . . . M .\nbob  M . . . . . . M .", 0),
        Row(
            "just broken",
            "ana  M . . . . . M . .",
            1,
            says=("ana | 2026-W50 | ana, 2026-W50: 2 shifts, at most 1",),
        ),
        Row("a week cut by the end", "ana  . . . . . . . M M", 1),
        Row("broken twice", "ana  M . . . . . M M M", 2),
        signs="M",
    ),
    Table(
        "max_shift_count",
        {"value": 1, "per": "month"},
        Row("clean: 31 January and 1 February", "ana  . M M .", 0),
        Row("just broken", "ana  M M . .", 1),
        Row(
            "broken twice",
            "ana  M M M M",
            2,
            says=(
                "ana | 2026-01 | ana, 2026-01: 2 shifts, at most 1",
                "ana | 2026-02 | ana, 2026-02: 2 shifts, at most 1",
            ),
        ),
        signs="M",
        start=dt.date(2026, 1, 30),
    ),
    Table(
        "max_shift_count",
        {"value": 2, "rolling_days": 3},
        Row("clean", "ana  M M . M M", 0),
        Row("history does not count", "ana  M M . M M", 0, history=before(counted_shifts=5)),
        Row("just broken", "ana  M M M . .", 1),
        Row("last window", "ana  . . M M M", 1),
        Row(
            "two windows",
            "ana  M M M M .",
            2,
            says=(
                "ana | from 2026-12-07 | ana, from 2026-12-07: 3 shifts, at most 2",
                "ana | from 2026-12-08 | ana, from 2026-12-08: 3 shifts, at most 2",
            ),
        ),
        Row(
            "horizon shorter than the window",
            "ana  MA M",
            1,
            says=("ana | from 2026-12-07 | ana, from 2026-12-07: 3 shifts, at most 2",),
        ),
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
        Row("just broken", "ana  M . .", 1, says=("ana |  | ana: 1 shift, at least 2",)),
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
        Row(
            "two whole weeks",
            "ana  . . . . . . . . . . . . . M",
            3,
            says=(
                "ana | 2026-W50 | ana, 2026-W50: 0 shifts, at least 2",
                "ana | 2026-W51 | ana, 2026-W51: 1 shift, at least 2",
            ),
        ),
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
        Row("horizon as long as the window", "ana  . .", 1),
        signs="M",
    ),
    Table(
        "min_shift_count",
        {"value": 1, "per": "day"},
        Row("clean", "ana  M M", 0),
        Row(
            "just broken", "ana  M .", 1, says=(f"ana | {TUE} | ana, {TUE}: 0 shifts, at least 1",)
        ),
        Row("broken twice", "ana  . .", 2),
        signs="M",
    ),
    Table(
        "min_shift_count",
        {"value": 2, "per": "month"},
        # The last two days of January, February, the first three days of March.
        Row("clean", "ana  . . M " + ". " * 26 + "M . . .", 0),
        Row("months that are cut do not count", "ana  M M M " + ". " * 26 + ". M M M", 1),
        Row("broken by two", "ana  M M " + ". " * 28 + "M M M", 2),
        signs="M",
        start=dt.date(2026, 1, 30),
    ),
    Table(
        "min_shift_count",
        {"value": 1, "per": "month"},
        # February and no day more, before, or after.
        Row("clean", "ana  M" + " ." * 27, 0),
        Row("a month that is the horizon", "ana  ." + " ." * 27, 1),
        Row("two months", "ana  ." + " ." * 58, 2),
        Row("a month but its last day", "ana  ." + " ." * 26, 0),
        signs="M",
        start=dt.date(2026, 2, 1),
    ),
    Table(
        "min_shift_count",
        {"value": 1, "per": "month"},
        # From the second of February on.
        Row("a month but its first day", "ana  ." + " ." * 26, 0),
        Row("and a whole one", "ana  ." + " ." * 57, 1),
        signs="M",
        start=dt.date(2026, 2, 2),
    ),
    Table(
        "max_minutes",
        {"value": 480},
        Row("clean: 240 + 240", "ana  M . M", 0),
        Row(
            "just broken: 480 + 240",
            "ana  N M .",
            240,
            says=("ana |  | ana: 720 minutes, at most 480",),
        ),
        Row("broken by more: 960 + 240", "ana  N N M", 720),
        Row("history: 300 + 240", "ana  M . .", 60, history=before(counted_minutes=300)),
        signs=NIGHTS,
    ),
    Table(
        "max_minutes",
        {"value": 480},
        # A course on Monday and Tuesday counts as 180 minutes on each: 360 are given.
        Row("clean: 360", "ana  . . .", 0),
        Row("just broken: 360 + 240", "ana  . . M", 120),
        Row("broken by more", "ana  . . N", 360),
        Row("it alone is more: only shifts are too many", "ana  . . M", 240, occupied=LONG),
        Row("it alone is more, and no shift", "ana  . . .", 0, occupied=LONG),
        signs=NIGHTS,
        occupied=COURSE,
    ),
    Table(
        "max_shift_count",
        {"value": 2, "rolling_days": 2},
        # A course on Monday and Tuesday counts as a shift on each.
        Row("clean", "ana  . . N", 0),
        Row("just broken: 1 + 2", "ana  . . MN", 1),
        signs=NIGHTS,
        occupied=COURSE,
    ),
    Table(
        "min_minutes",
        {"value": 480},
        Row("clean: 360 + 240", "ana  . . M", 0),
        Row("just broken: 360", "ana  . . .", 120),
        signs=NIGHTS,
        occupied=COURSE,
    ),
    Table(
        "max_minutes",
        {"value": 480, "per": "day"},
        Row("clean", "ana  N N M", 0),
        Row("a night belongs to the date on which it starts", "ana  NM M .", 240),
        Row(
            "last day",
            "ana  . . NM",
            240,
            says=("ana | 2026-12-09 | ana, 2026-12-09: 720 minutes, at most 480",),
        ),
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
        Row("just broken", "ana  M . .", 240, says=("ana |  | ana: 240 minutes, at least 480",)),
        Row("broken by all", "ana  . . .", 480),
        Row("history: 300 + 240", "ana  M . .", 0, history=before(counted_minutes=300)),
        Row("history: 100 + 240", "ana  M . .", 140, history=before(counted_minutes=100)),
        signs=NIGHTS,
    ),
]
