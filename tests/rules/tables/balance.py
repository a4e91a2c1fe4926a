"""Tables of the rules on balances of hours and unpopular shifts."""

from __future__ import annotations

import datetime as dt

from families import moment

from shiftplan.testing.pictures import shift, window
from tables.table import NIGHTS, THREE_STATES, Row, Table, before

TABLES = [
    Table(
        "balance_hours",
        {"weight": 50},
        # Q = 8: 50 x 1 / 8 = 6.25, 18.75, 31.25, 43.75; then 56.25, 68.75, 81.25, 93.75.
        Row("clean", "ana  . .", 0),
        Row("four hours: 6 + 19 + 31 + 44", "ana  . M", 4, 100),
        Row("eight hours: + 56 + 69 + 81 + 94", "ana  M M", 8, 400),
        Row("after somebody without a shift", "ana  . .\nbob  . M", 4, 100),
        # Q = 16, h = 4: 50 x 9 / 16 = 28.1, 34.4, 40.6, 46.9.
        Row(
            "history",
            "ana  M .",
            4,
            150,
            history=before(hours_offered=8, hours_worked=4),
            says=("ana |  | ana: 8 of 16 hours offered",),
        ),
        Row("nothing offered", "ana  M .", 0, each={"ana": {"max_shifts": 0}}),
        signs="M",
    ),
    Table(
        "balance_hours",
        {"weight": 50},
        # Q = 12: 4.2, 12.5, 20.8, 29.2. With one shift at most, the longest: Q = 8.
        Row("different lengths: 4 + 13 + 21 + 29", "ana  M", 4, 67),
        Row("the longest times are offered", "ana  M", 4, 100, each={"ana": {"max_shifts": 1}}),
        signs=NIGHTS,
    ),
    Table(
        "balance_hours",
        {"weight": 50, "shifts": "night", "group": "youth"},
        # Q = 16: 3.1, 9.4, 15.6, 21.9, 28.1, 34.4, 40.6, 46.9.
        Row("clean: another type, another group", "ana  M M\nbob  N N", 0),
        Row("history does not count", "ana  NM .\nbob  . .", 8, 200),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
        history=before(hours_offered=8, hours_worked=4),
    ),
    Table(
        "balance_hours",
        {"weight": 50},
        # Q = 3: 50 x 1 / 3 = 16.7, 50, 83.3; one shift of 90 minutes is two hours, two are three.
        Row(
            "a part of an hour is one: 17 + 50",
            "ana  M .",
            2,
            67,
            says=("ana |  | ana: 2 of 3 hours offered",),
        ),
        Row("parts add up: + 83", "ana  M M", 3, 150),
        shifts=tuple(shift("M", d, end=moment(d, 8) + dt.timedelta(minutes=30)) for d in range(2)),
    ),
    Table(
        "balance_hours",
        {"weight": 64},
        # Q = 64: 64 x 1 / 64 = 1, 3, 5 and so on.
        Row("eight nights are 64 hours: 1 + 3 + ... + 127", "ana" + " N" * 8, 64, 64**2),
        signs="N",
    ),
    Table(
        "balance_hours",
        {"weight": 61},
        # Q = 61 / 60: 61 x 60 / 61 = 60 and three times as much.
        Row("61 minutes are two hours begun: 60 + 180", "ana  M", 2, 240),
        signs={},
        shifts=(shift("M", 0, end=moment(0, 8) + dt.timedelta(minutes=1)),),
    ),
    Table(
        "balance_hours",
        {"weight": 50},
        Row("the only hour offered", "ana  M", 1, 50),
        signs={},
        shifts=(shift("M", 0, end=moment(0, 8)),),
    ),
    Table(
        "balance_undesired",
        {"weight": 50},
        # q = 4: 12.5 and 37.5.
        Row("clean: other times", "ana  M M . .", 0),
        Row("first", "ana  M . M .", 1, 13),
        Row("second: 13 + 38", "ana  . . M M", 2, 51),
        Row(
            "after somebody without such a shift",
            "ana  M . . .\nbob  M . . .",
            1,
            13,
            availability=(*THREE_STATES, window("bob", "undesired", 0, 4)),
        ),
        # q = 16, u = 2: 50 x 5 / 16 = 15.6.
        Row(
            "history",
            "ana  . . . M",
            1,
            16,
            history=before(shifts_offered=12, shifts_worked=9, undesired_worked=2),
            says=("ana |  | ana: 3 at undesired times for 16 shifts offered",),
        ),
        Row("nothing offered", "ana  . . M .", 0, each={"ana": {"max_shifts": 0}}),
        Row("one offered", "ana  . . M .", 1, 50, each={"ana": {"max_shifts": 1}}),
        signs="M",
        availability=THREE_STATES,
    ),
    Table(
        "balance_undesired",
        {"weight": 50, "group": "youth"},
        # q = 4: 12.5.
        Row("another group", "ana  M . . .\nbob  M . . .", 0),
        Row("the group", "ana  . . M .\nbob  M . . .", 1, 13),
        signs="M",
        availability=(*THREE_STATES, window("bob", "undesired", 0, 4)),
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night"},
        # Four offered: 12.5 and 37.5; two: 25.
        Row("clean: another type", "ana  M M . .", 0),
        Row("first", "ana  NM . . .", 1, 13),
        Row("after somebody without such a shift", "ana  M . . .\nbob  N . . .", 1, 13),
        Row(
            "second: 13 + 38",
            "ana  N M . N",
            2,
            51,
            says=("ana |  | ana: 2 of 4 shifts offered (night)",),
        ),
        Row("history does not count", "ana  N . . .", 1, 13, history=before(shifts_offered=4)),
        # 50 x (2 x 3 - 1) / (4 + 4) = 31.25 and 50 x 7 / 8 = 43.75.
        Row(
            "nights before: 31 + 44",
            "ana  N . . N",
            2,
            75,
            history=before(named_offered="morning:9|night:4", named_worked="night:2"),
            says=("ana |  | ana: 4 of 8 shifts offered (night)",),
        ),
        Row("not more than max_shifts", "ana  N . . .", 1, 25, each={"ana": {"max_shifts": 2}}),
        Row("one offered", "ana  N . . .", 1, 50, each={"ana": {"max_shifts": 1}}),
        Row("nothing offered", "ana  N . . .", 0, each={"ana": {"max_shifts": 0}}),
        signs=NIGHTS,
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night", "group": "youth"},
        Row("another group", "ana  M .\nbob  N .", 0),
        # Two offered.
        Row("the group", "ana  N .\nbob  N .", 1, 25),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night|morning"},
        # Four offered: 12.5 and 37.5.
        Row(
            "two types",
            "ana  N M",
            2,
            51,
            says=("ana |  | ana: 2 of 4 shifts offered (morning or night)",),
        ),
        signs=NIGHTS,
    ),
    Table(
        "balance_far",
        {"weight": 50, "value": 11},
        # It is 11.1 km. q = 4: 12.5 and 37.5.
        Row("clean: at home", "ana  M M . .", 0),
        Row("first", "ana  m . M .", 1, 13),
        Row("after somebody who stays at home", "ana  M . . .\nbob  m . . .", 1, 13),
        Row(
            "after somebody mobile",
            "ana  m . . .\nbob  m . . .",
            1,
            13,
            each={"ana": {"mobile": True}},
        ),
        Row("second: 13 + 38", "ana  m . . m", 2, 51),
        Row("one offered", "ana  m . . .", 1, 50, each={"ana": {"max_shifts": 1}}),
        # q = 16: 50 x 1 / 16 = 3.1.
        Row(
            "history",
            "ana  m . . .",
            1,
            3,
            history=before(shifts_offered=12, shifts_worked=9),
            says=("ana |  | ana: 1 over 11 km from home for 16 shifts offered",),
        ),
        Row("who lives there", "ana  m . . .", 0, each={"ana": {"home_center_id": "far"}}),
        Row("who is mobile", "ana  m . . .", 0, each={"ana": {"mobile": True}}),
        Row("nothing offered", "ana  m . . .", 0, each={"ana": {"max_shifts": 0}}),
        signs="Mm",
    ),
    Table(
        "balance_far",
        {"weight": 50, "value": 12},
        Row("clean: near enough", "ana  m m . .", 0),
        signs="Mm",
    ),
    Table(
        "balance_far",
        {"weight": 50, "value": 0, "group": "youth"},
        # Home is not farther than 0 km. q = 4: 12.5.
        Row("another group, and who stays at home", "ana  M M . .\nbob  m . . .", 0),
        Row("the group", "ana  m . . .\nbob  m . . .", 1, 13),
        signs="Mm",
        each={"ana": {"group": "youth"}},
    ),
]
