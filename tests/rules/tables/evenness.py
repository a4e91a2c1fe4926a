"""Tables of the rules on even loads."""

from __future__ import annotations

from families import Fields, moment

from shiftplan.testing.pictures import window
from tables.table import Row, Table, before

AWAY: Fields = {
    "volunteer_id": "ana",
    "start": moment(0, 9),
    "end": moment(0, 12),
    "counted_shifts": 1,
}
AGAIN: Fields = {"volunteer_id": "ana", "start": moment(1, 7), "end": moment(1, 8)}

TABLES = [
    Table(
        "fairness",
        {"weight": 50},
        # q = 12 + 4 = 16, w = 9: rnd(50 x 19 / 16) = 59, rnd(50 x 21 / 16) = 66.
        Row("clean: nothing costs nothing", "ana  . . . .", 0),
        Row(
            "first shift",
            "ana  . . M .",
            1,
            59,
            says=("ana |  | ana: 10 of 16 shifts offered, earlier weeks included",),
        ),
        Row("second shift", "ana  M . . M", 2, 125),
        signs="M",
        history=before(shifts_offered=12, shifts_worked=9),
    ),
    Table(
        "fairness",
        {"weight": 50},
        # Two of four shift times are left, and a course counts as one worked and one offered:
        # q = 3, w = 1: rnd(50 x 3 / 3) = 50 and rnd(50 x 5 / 3) = 83.
        Row("clean", "ana  . . . .", 0),
        Row("one shift beside a course", "ana  . . M .", 1, 50),
        Row("two shifts beside a course", "ana  . . M M", 2, 133),
        # Leave is neither worked nor offered: q = 2, rnd(50 x 1 / 2) = 25.
        Row("leave", "ana  . . M .", 1, 25, occupied=({**AWAY, "counted_shifts": 0}, AGAIN)),
        signs="M",
        occupied=(AWAY, AGAIN),
    ),
    Table(
        "fairness",
        {"weight": 50},
        # q = 4 shift times, the same at two centers: 50 x 1 / 4 = 12.5, rounded half up: 13;
        # 50 x 3 / 4 = 37.5: 38; 50 x 5 / 4 = 62.5: 63.
        Row("clean", "ana  . . . .", 0),
        Row("no history", "ana  m . . .", 1, 13),
        Row("after somebody without a shift", "ana  . . . .\nbob  m . . .", 1, 13),
        Row(
            "after somebody who offered nothing",
            "ana  m . . .\nbob  m . . .",
            1,
            13,
            each={"ana": {"max_shifts": 0}},
        ),
        Row("three shifts", "ana  m M . M", 3, 114),
        # q = min(2, 4): 50 x 1 / 2 = 25 and 50 x 3 / 2 = 75.
        Row("offer cut by max_shifts", "ana  M M . .", 2, 100, each={"ana": {"max_shifts": 2}}),
        # q = 1 day in the windows: 50 x 1 / 1.
        Row(
            "offer cut by windows",
            "ana  M . . .",
            1,
            50,
            availability=(window("ana", first=0, last=1),),
        ),
        # q = 1 shift time, which two windows contain together.
        Row(
            "offer of windows that touch",
            "ana  M . . .",
            1,
            50,
            availability=(
                {"volunteer_id": "ana", "start": moment(0, 6), "end": moment(0, 9)},
                {"volunteer_id": "ana", "start": moment(0, 9), "end": moment(0, 11)},
            ),
        ),
        signs="Mm",
    ),
    Table(
        "fairness",
        {"weight": 50, "group": "youth"},
        Row("another group", "ana  . . . .\nbob  M M . .", 0),
        Row("the group", "ana  M . . .\nbob  M M . .", 1, 13),
        signs="M",
        each={"ana": {"group": "youth"}, "bob": {"group": "army"}},
    ),
    Table(
        "leximin",
        {"weight": 10_000},
        # q = 4: 10000 x 0.25^8 = 0.15, x (0.5^8 - 0.25^8) = 38.9, then 962.1 and 8998.9.
        Row("clean", "ana  . . . .", 0),
        Row("the first shift costs nothing yet", "ana  . . . M", 1, 0),
        Row("second shift", "ana  M . . M", 2, 39),
        Row("after somebody without a shift", "ana  . . . .\nbob  M . . M", 2, 39),
        Row("all four", "ana  M M M M", 4, 10_000),
        # q = 16, w = 9: 10000 x (0.625^8 - 0.5625^8) = 132.6, x (0.6875^8 - 0.625^8) = 266.3.
        Row(
            "history",
            "ana  M . M .",
            2,
            399,
            history=before(shifts_offered=12, shifts_worked=9),
            says=("ana |  | ana: 11 of 16 shifts offered, earlier weeks included",),
        ),
        # q = 1, w = 3: 4^8 - 3^8 = 58975.
        Row(
            "no price is higher",
            "ana  M . . .",
            1,
            1_000_000,
            availability=(window("ana", first=0, last=1),),
            history=before(shifts_worked=3),
        ),
        Row("nothing offered", "ana  M . . .", 0, each={"ana": {"max_shifts": 0}}),
        signs="M",
    ),
    Table(
        "leximin",
        {"weight": 100, "value": 2, "group": "youth"},
        # 100 x 1 / 16 = 6.25 and 100 x 3 / 16 = 18.75.
        Row("another group", "ana  . . . .\nbob  M M . .", 0),
        Row("squares", "ana  M M . .\nbob  M M . .", 2, 25),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_min",
        {},
        Row("clean: 2 of 4 each", "ana  M M . .\nbob  . . M M", 0),
        # 1 of 4 reaches 5, 10, 15, 20 and 25%.
        Row(
            "the lowest counts",
            "ana  M M . .\nbob  M . . .",
            5,
            says=(" |  | less than 30% of what they offered: bob",),
        ),
        Row(
            "both at the lowest",
            "ana  M . . .\nbob  . . . M",
            5,
            says=(" |  | less than 30% of what they offered: ana, bob",),
        ),
        Row("no shift at all", "ana  M M M .\nbob  . . . .", 10),
        Row(
            "three are named",
            "ana  . . . .\nbob  M M . .\ncho  . . . .\ndan  . . . .",
            10,
            says=(" |  | less than 5% of what they offered: ana, cho, dan",),
        ),
        Row(
            "more than three are counted",
            "ana  . . . .\nbob  . . . .\ncho  . . . .\ndan  . . . .",
            10,
            says=(" |  | less than 5% of what they offered: ana, bob, cho and 1 more",),
        ),
        signs="M",
    ),
    Table(
        "max_min",
        {},
        # q = 20, w = 8.
        Row("clean: 10 of 20", "ana  M M . .", 0),
        Row("just broken: 9 of 20 is 45%", "ana  . . M .", 1),
        Row("broken by two: 40%", "ana  . . . .", 2),
        Row(
            "199 of 400 are below 50%",
            "ana  M . . .",
            1,
            history=before(shifts_offered=396, shifts_worked=198),
        ),
        # 1 of 20 is all that is offered now.
        Row(
            "all that is offered",
            "ana  M . . .",
            0,
            availability=(window("ana", first=0, last=1),),
            history=before(shifts_offered=19),
        ),
        Row(
            "all that is offered, beside somebody who offers more",
            "ana  M . . .\nbob  M M . .",
            0,
            availability=(window("ana", first=0, last=1), window("bob")),
            history=before(shifts_offered=19),
        ),
        # Three tenths of one: 35 to 50% are missing.
        Row(
            "one is offered",
            "ana  . . . .",
            4,
            availability=(window("ana", first=0, last=1),),
            history=before(shifts_worked=0.3),
        ),
        Row("nothing is offered", "ana  . . . .", 0, availability=()),
        signs="M",
        history=before(shifts_offered=16, shifts_worked=8),
    ),
    Table(
        "max_min",
        {"value": 62, "group": "youth"},
        Row("clean: another group", "ana  M M M .\nbob  . . . .", 0),
        Row("50%: 55 and 60 are missing", "ana  M M . .\nbob  . . . .", 2),
        signs="M",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "max_min",
        {"value": 64},
        # The last step is 60%; of five shifts three are 60%, two 40%.
        Row("clean: there is no step of 65%", "ana  M M M . .", 0),
        Row("45 to 60 are missing", "ana  M M . . .", 4),
        signs="M",
    ),
]
