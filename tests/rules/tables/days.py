"""Tables of the rules on days worked or off in a row."""

from __future__ import annotations

from families import moment

from tables.table import NIGHTS, Row, Table, before

SUNDAY = "2026-12-06"

MEETINGS = tuple(
    {"volunteer_id": "ana", "start": moment(day, 8), "end": moment(day, 9), "is_work": True}
    for day in (1, 2, 3)
)
"""On Tuesday, Wednesday and Thursday."""

TABLES = [
    Table(
        "max_consecutive_days",
        {"value": 3},
        Row("clean", "ana  M M M . M M M", 0),
        Row("just broken", "ana  M M M M . . .", 1),
        Row(
            "broken by two",
            "ana  M M M M M . .",
            2,
            says=("ana | 2026-12-07 | ana: 5 days in a row from 2026-12-07 on, at most 3",),
        ),
        Row("broken twice", "ana  M M M M . M M M M", 2),
        Row(
            "last window",
            "ana  . . . M M M M",
            1,
            says=("ana | 2026-12-10 | ana: 4 days in a row from 2026-12-10 on, at most 3",),
        ),
        Row("two people", "ana  M M M M .\nbob  . M M M M", 2),
        Row("one of two people", "ana  M . . . .\nbob  . M M M M", 1),
        Row(
            "border: 2 + 2 = 4",
            "ana  M M | M M . .",
            1,
            says=(
                "ana | 2026-12-07 | ana: 4 days in a row, 2 of them before 2026-12-07, at most 3",
            ),
        ),
        # 5 before and 2 more are 7: 4 too many, of which 2 were before the horizon.
        Row("border: already broken", "ana  M M M M M | M M . .", 2),
        Row("border: broken before only", "ana  M M M M M | . M . .", 0),
        Row("border: off", "ana  M . | M M M .", 0),
        Row("border: unknown", "ana  M M M .", 0),
        Row("border: the type alone", "ana  M M M .", 0, history=before(last_shift_type="morning")),
        Row("border: the last date alone", "ana  M M M .", 0, history=before(last_worked=SUNDAY)),
        Row("one day, third in a row", "ana  M M | M", 0),
        Row("one day, fourth in a row", "ana  M M M | M", 1),
        signs="M",
    ),
    Table(
        "max_consecutive_days",
        {"value": 2},
        # Meetings on Tuesday and Wednesday; with a third one, the meetings alone are too many.
        Row("clean", "ana  . . . . M", 0),
        Row("just broken", "ana  . . . M .", 1),
        Row("before and after", "ana  M . . M .", 2),
        Row("a shift on the same date", "ana  . N . . .", 0),
        Row("meetings alone", "ana  . . . . .", 0, occupied=MEETINGS),
        Row("one day beyond meetings", "ana  . . . . M", 1, occupied=MEETINGS),
        signs="MN",
        occupied=MEETINGS[:2],
    ),
    Table(
        "max_consecutive_days",
        {"value": 2, "shifts": "night"},
        Row("clean: a morning between", "ana  N N M N N .", 0),
        Row("just broken", "ana  . N N N . .", 1),
        Row("a day with both counts once", "ana  NM N NM . . .", 1),
        Row("border: 1 + 2 nights", "ana  N | N N . .", 1),
        Row("border: a morning before", "ana  N M | N N . .", 0),
        Row("border: a morning and a night before", "ana  M N | N N . .", 1),
        Row("border: off before", "ana  N . | N N . .", 0),
        Row("border: worked, type unknown", "ana  N . .", 0, history=before(worked_in_a_row=2)),
        Row(
            "border: nights, how many unknown",
            "ana  N N .",
            0,
            history=before(last_shift_type="night"),
        ),
        signs=NIGHTS,
    ),
    Table(
        "max_consecutive_days",
        {"value": 1, "group": "youth"},
        Row("clean: not in the group", "ana  M . M\nbob  M M M", 0),
        Row("broken", "ana  M M M\nbob  M M M", 2),
        signs="M",
        each={"ana": {"group": "youth"}, "bob": {"group": "army"}, "cho": {"group": "youth"}},
    ),
    Table(
        "min_consecutive_days",
        {"value": 3},
        Row("clean", "ana  . M M M . . .", 0),
        Row("just broken", "ana  . M M . . . .", 1),
        Row("broken by two", "ana  . . M . . . .", 2),
        Row(
            "broken twice: 2 + 1",
            "ana  . M . M M . .",
            3,
            says=(
                "ana | 2026-12-08 | ana: 1 day in a row from 2026-12-08 on, at least 3",
                "ana | 2026-12-10 | ana: 2 days in a row from 2026-12-10 on, at least 3",
            ),
        ),
        Row("reaches the last day", "ana  . . . . . M M", 0),
        Row("ends a day before the last", "ana  . . . . M M .", 1),
        Row("border: unknown", "ana  M . . . . . .", 0),
        Row("border: unknown, long enough", "ana  M M M . . . .", 0),
        Row("after an unknown border", "ana  M . M . . . .", 2),
        Row("after somebody who works to the end", "ana  . . . . . M M\nbob  . M . . . . .", 2),
        Row(
            "border: starts inside",
            "ana  . | M . . . .",
            2,
            says=("ana | 2026-12-07 | ana: 1 day in a row from 2026-12-07 on, at least 3",),
        ),
        Row("border: starts later", "ana  . | . . M M M", 0),
        Row("beside somebody who goes on", "ana  . | . M . . .\nbob  M | M M . . .", 2),
        Row("border: known to be off", "ana  M . . . .", 2, history=before(off_in_a_row=1)),
        Row(
            "border: 1 + 1 = 2",
            "ana  M | M . . . .",
            1,
            says=(
                "ana | 2026-12-07 | ana: 2 days in a row, 1 of them before 2026-12-07, at least 3",
            ),
        ),
        Row("border: 2 + 1 = 3", "ana  M M | M . . .", 0),
        Row(
            "border: ended by the first day",
            "ana  . M | . . . .",
            2,
            says=("ana | 2026-12-07 | ana: 1 day in a row, ended before 2026-12-07, at least 3",),
        ),
        Row("border: long enough before", "ana  M M M | . . . .", 0),
        Row("whole horizon", "ana  . | M M", 0),
        Row("whole horizon off after one", "ana  . M | . .", 2),
        signs="M",
    ),
    Table(
        "min_consecutive_days",
        {"value": 2},
        # Each day could be worked twice.
        Row("clean", "ana  . M MA . .", 0),
        Row("just broken", "ana  . A . . .", 1),
        Row("both shifts of a day are one day", "ana  . MA . M .", 2),
        signs="MA",
    ),
    Table(
        "min_consecutive_days",
        {"value": 2, "shifts": "night"},
        Row("clean", "ana  M N N M . .", 0),
        Row("just broken", "ana  M N M N N .", 1),
        Row("broken twice", "ana  M N M N M .", 2),
        Row("border: one night ended by a morning", "ana  N | M . .", 1),
        Row("border: one night goes on", "ana  N | N . .", 0),
        Row("border: after a morning", "ana  M | N . .", 1),
        Row("border: worked, type unknown", "ana  N M .", 0, history=before(worked_in_a_row=2)),
        Row("border: known not to work", "ana  N M .", 1, history=before(worked_in_a_row=0)),
        signs=NIGHTS,
    ),
    Table(
        "max_consecutive_days_off",
        {"value": 2},
        Row("clean", "ana  M . . M . . M", 0),
        Row(
            "just broken",
            "ana  M . . . M M M",
            1,
            says=("ana | 2026-12-08 | ana: 3 days off in a row from 2026-12-08 on, at most 2",),
        ),
        Row("broken by two", "ana  M . . . . M M", 2),
        Row("broken twice", "ana  M . . . M . . . M", 2),
        Row("last window", "ana  M M M M . . .", 1),
        Row(
            "border: 2 + 1 = 3",
            "ana  . . | . M M",
            1,
            says=(
                "ana | 2026-12-07 | "
                "ana: 3 days off in a row, 2 of them before 2026-12-07, at most 2",
            ),
        ),
        Row("border: work unknown", "ana  . . M", 1, history=before(off_in_a_row=1)),
        # 4 before and 2 more are 6: 4 too many, of which 2 were before the horizon.
        Row("border: already broken", "ana  . . . . | . . M", 2),
        Row("border: broken before only", "ana  . . . | M M M", 0),
        Row("border: worked", "ana  M | . . M", 0),
        Row("border: unknown", "ana  . . M", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_days",
        {"value": 3, "last_run": "counted"},
        Row("clean: three at the end", "ana  M . . M M M", 0),
        Row("just broken: two at the end", "ana  . M M M . M M", 1),
        Row("broken by two: the last day alone", "ana  . . M", 2),
        Row("border: 2 + 1", "ana  M M | M", 0),
        Row("border: 1 + 1", "ana  . M | M", 1),
        Row("border: off before", "ana  M . | M", 2),
        Row("border: unknown", "ana  M", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 2, "last_run": "counted"},
        Row("clean: two at the end", "ana  M M . .", 0),
        Row("just broken: the last day", "ana  M . . M .", 1),
        Row("border: 1 + 1", "ana  . | .", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 2},
        Row("clean", "ana  M . . M . . M", 0),
        Row(
            "just broken",
            "ana  M . M M M M M",
            1,
            says=("ana | 2026-12-08 | ana: 1 day off in a row from 2026-12-08 on, at least 2",),
        ),
        Row("broken twice", "ana  M . M . M M M", 2),
        Row("reaches the last day", "ana  M M M M M M .", 0),
        Row("border: unknown", "ana  . M M", 0),
        Row("border: starts inside", "ana  M | . M M", 1),
        Row("border: known to work", "ana  . M M", 1, history=before(worked_in_a_row=1)),
        Row("border: known not to be off", "ana  . M M", 1, history=before(off_in_a_row=0)),
        Row("border: 1 + 1 = 2", "ana  M . | . M M", 0),
        Row(
            "border: ended by the first day",
            "ana  M . | M M",
            1,
            says=(
                "ana | 2026-12-07 | ana: 1 day off in a row, ended before 2026-12-07, at least 2",
            ),
        ),
        Row("border: long enough before", "ana  . . | M M", 0),
        signs="M",
    ),
    Table(
        "min_consecutive_days",
        {"value": 3},
        # Meetings on Tuesday and Wednesday, so that one more worked day makes three.
        Row("clean: a shift next to them", "ana  . . . A . .", 0),
        Row("clean: meetings alone are not too short", "ana  . . . . . .", 0),
        Row("clean: a shift on the date of a meeting", "ana  . A . . . .", 0),
        Row("just broken: two of three", "ana  . . A . . .", 1, occupied=MEETINGS[:1]),
        Row("broken by two: a shift of its own", "ana  . . . . A .", 2),
        Row("history: 1 + 1, and off", "ana  M | . . . . . .", 2),
        signs="MA",
        occupied=MEETINGS[:2],
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 2},
        # Meetings on Tuesday and Thursday.
        Row("clean: off between meetings", "ana  . . . . . .", 0),
        Row("clean: who meets is not off", "ana  A . A . A A", 0),
        Row("clean: off between a day before and a meeting", "ana  M | . . . . . .", 0),
        Row("clean: a shift on the date of a meeting", "ana  . A . . . .", 0),
        Row("just broken: off between a meeting and a shift", "ana  . . . . . A", 1),
        Row("just broken: off between shifts", "ana  . . . . A . A", 1),
        signs="MA",
        occupied=(MEETINGS[0], MEETINGS[2]),
    ),
    Table(
        "max_consecutive_days_off",
        {"value": 1},
        Row("clean: who meets is not off", "ana  . . . . M", 0, occupied=MEETINGS),
        Row("just broken", "ana  . . . . .", 1, occupied=MEETINGS[:2]),
        signs="M",
    ),
    Table(
        "max_consecutive_days_off",
        {"value": 1},
        Row("clean: either shift is work", "ana  M . A", 0),
        Row("just broken", "ana  M . . A", 1),
        signs="MA",
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 2},
        Row("clean: either shift is work", "ana  M . . A", 0),
        Row("just broken", "ana  A . M A", 1),
        signs="MA",
    ),
    Table(
        "min_consecutive_days_off",
        {"value": 3},
        Row("clean", "ana  M . . . M", 0),
        Row("broken by two", "ana  M . M M M", 2),
        Row(
            "border: 1 + 1 = 2",
            "ana  M . | . M M",
            1,
            says=(
                "ana | 2026-12-07 | "
                "ana: 2 days off in a row, 1 of them before 2026-12-07, at least 3",
            ),
        ),
        signs="M",
    ),
]
