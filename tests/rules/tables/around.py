"""Tables of the rule on dates beside those that people wish to have off."""

from __future__ import annotations

import datetime as dt

from families import Fields

from shiftplan.testing.pictures import MONDAY
from tables.table import Row, Table


def against(*days: int, who: str = "ana", **fields: object) -> tuple[Fields, ...]:
    """Wishes against dates, by their numbers from Monday on."""
    wish = {"volunteer_id": who, "state": "against", **fields}
    return tuple({**wish, "date": MONDAY + dt.timedelta(day)} for day in days)


TABLES = [
    Table(
        "beside_days_off",
        {},
        Row("clean: two dates away", "ana  M . . . M M M", 0),
        Row("the wish itself is another rule's", "ana  . . M . . . .", 0),
        Row(
            "just broken: the date after it",
            "ana  . . . M . . .",
            1,
            says=("ana | M3 | ana works M3 beside a date wished off",),
        ),
        Row("broken by two: two shifts of the date before", "ana  . MA . . . . .", 2),
        Row("both dates: 1 + 2", "ana  M M . MA M . .", 3),
        Row("somebody else's wish", "ana  . . . . . . .\nbob  M M M M M M M", 0),
        signs="MA",
        preferences=against(2),
    ),
    Table(
        "beside_days_off",
        {"group": "youth", "shifts": "morning"},
        Row("clean: another group, other shifts", "ana  . . . A\nbob  . . . M", 0),
        Row("just broken", "ana  . M . A\nbob  . M . M", 1),
        signs="MA",
        each={"ana": {"group": "youth"}},
        preferences=(*against(2), *against(2, who="bob")),
    ),
    Table(
        "beside_days_off",
        {},
        # Two dates wished off are beside each other: only Monday and Thursday count.
        Row("clean", "ana  . M M . M\nbob  . . . . .", 0),
        Row("on both sides of two", "ana  M M . M .\nbob  . . . . .", 2),
        # Wishes that are no days off: for a date, against nights, and against a shift.
        Row("other wishes", "ana  . . . . .\nbob  M M M M M", 0),
        signs="MN",
        preferences=(
            *against(1, 2),
            *against(1, who="bob", state="for"),
            *against(3, who="bob", shifts="night"),
            {"volunteer_id": "bob", "shift_id": "M2", "state": "against"},
        ),
    ),
    Table(
        "beside_days_off",
        {"sides": "before"},
        Row("clean: after it", "ana  M . . M M", 0),
        Row("before it", "ana  M M . M M", 1),
        signs="M",
        preferences=against(2),
    ),
    Table(
        "beside_days_off",
        {"sides": "after"},
        Row("clean: before it", "ana  M M . . M", 0),
        Row("after it", "ana  M M . M M", 1),
        signs="M",
        preferences=against(2),
    ),
    Table(
        "beside_days_off",
        {"sides": "bridge"},
        # Wishes against Tuesday and Thursday. Monday lies after a Sunday, Wednesday between both
        # wishes, Friday before a Saturday.
        Row("clean", "ana  . M . M . M M", 0),
        Row(
            "the Monday",
            "ana  M . . . . . .",
            1,
            says=("ana | M0 | ana works M0 beside a date wished off",),
        ),
        Row("all three", "ana  M . M . M . .", 3),
        signs="M",
        preferences=against(1, 3),
    ),
    Table(
        "beside_days_off",
        {"sides": "bridge"},
        # A wish against Saturday: Friday is no bridge, as Thursday is no day off, and Sunday is
        # one of the weekend itself.
        Row("clean", "ana  M M M M M . M M", 0),
        Row("clean: in the week after", "ana  . . . . . . . . M", 0),
        signs="M",
        preferences=against(5),
    ),
]
