"""Tables of the rules on how alike a person's work is."""

from __future__ import annotations

from tables.table import NIGHTS, Row, Table

TABLES = [
    Table(
        "min_types",
        {"value": 2},
        Row("clean: two types", "ana  N N M .", 0),
        Row("clean: one shift is of one type", "ana  . N . .", 0),
        Row(
            "just broken: nights only",
            "ana  N N . N",
            1,
            says=("ana |  | ana: 1 type of shifts, at least 2",),
        ),
        Row("two people", "ana  N N . .\nbob  M . . M", 2),
        Row("one of two", "ana  N M . .\nbob  M . . M", 1),
        signs=NIGHTS,
    ),
    Table(
        "min_types",
        {"value": 3, "per": "week"},
        # The second week is cut after its second day, and counts for nothing.
        Row("clean", "ana  E L N . . . . N N", 0),
        Row("clean: two shifts of two types", "ana  E L . . . . . N N", 0),
        Row("one type of two shifts", "ana  E . E . . . . . .", 1),
        Row("two types of four shifts", "ana  E E L L . . . . .", 1),
        Row(
            "one type of three shifts",
            "ana  . N N N . . . . .",
            2,
            says=("ana | 2026-W50 | ana, 2026-W50: 1 type of shifts, at least 3",),
        ),
        signs="ELN",
    ),
    Table(
        "min_types",
        {"value": 2, "rolling_days": 2, "group": "youth"},
        Row("clean: a date between", "ana  N . N M\nbob  N N N N", 0),
        Row("two runs", "ana  N N N M\nbob  N N N N", 2),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_gap",
        {},
        # M is from 7:00 to 11:00, O from 10:00 to 14:00, A from 13:00 to 17:00, N from 22:00 on.
        Row("clean: on two dates", "ana  M A .", 0),
        Row("clean: without a break", "ana  MOA O OA", 0),
        Row(
            "two hours at noon",
            "ana  MA . .",
            120,
            says=("ana | 2026-12-07 | ana, 2026-12-07: 120 minutes of gaps, at most 0",),
        ),
        Row("120 + 300 on a date, 480 on another", "ana  MAN . ON", 900),
        Row("two people", "ana  MA . .\nbob  . . MA", 240),
        Row("a night that ends in the morning", "ana  N M .", 0),
        signs="MOAN",
    ),
    Table(
        "max_gap",
        {"value": 120},
        Row("clean: as long as it may be", "ana  MA MA", 0),
        # 660 from 11:00 to 22:00; 120 + 300.
        Row("540 beyond, and 300", "ana  MN MAN", 840),
        signs="MAN",
    ),
    Table(
        "similar_starts",
        {"value": 60},
        # E starts at 6:00, M at 7:00, A at 13:00.
        Row("clean: an hour apart", "ana  E M E .", 0),
        Row("clean: a day starts with its first shift", "ana  MA M . M", 0),
        Row(
            "six hours apart",
            "ana  M . A .",
            300,
            says=("ana |  | ana: start times of days differ by 360 minutes, at most 60",),
        ),
        Row("seven hours", "ana  M E A M", 360),
        Row("two people, each by themselves", "ana  M M . .\nbob  . A . A", 0),
        Row("both", "ana  M A . .\nbob  . A . M", 600),
        signs="EMA",
    ),
    Table(
        "similar_starts",
        {"rolling_days": 2},
        # M starts at 7:00, O at 10:00, A at 13:00.
        Row("clean: a date between", "ana  M . A .", 0),
        Row(
            "180 each day",
            "ana  M O A .",
            360,
            says=(
                "ana | from 2026-12-07 | ana, from 2026-12-07: start times of days differ by "
                "180 minutes, at most 0",
                "ana | from 2026-12-08 | ana, from 2026-12-08: start times of days differ by "
                "180 minutes, at most 0",
            ),
        ),
        Row("the second shift of a day", "ana  OA O A O", 360),
        signs="MOA",
    ),
]
