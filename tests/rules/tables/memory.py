"""Tables of what rules on shares and wishes remember of earlier weeks."""

from __future__ import annotations

from shiftplan.testing.pictures import window
from tables.table import NIGHTS, Row, Table, before

NIGHTS_BEFORE = before(named_offered="night:6", named_worked="night:1")
FAR_BEFORE = before(shifts_offered=12, shifts_worked=5, far_worked=3)
ONLY_FAR = before(shifts_offered=5, shifts_worked=5, far_worked=5)
WISHES_BEFORE = before(wishes=4, wishes_refused=2)

TABLES = [
    Table(
        "balance_far",
        {"weight": 50, "value": 11},
        # Four offered now and 12 before; the fourth and the fifth far one cost 50 x 7 / 16 = 21.9
        # and 50 x 9 / 16 = 28.1.
        Row("clean: at home", "ana  M M . .", 0, history=FAR_BEFORE),
        Row("a fourth", "ana  m . . .", 1, 22, history=FAR_BEFORE),
        Row(
            "a fourth and a fifth",
            "ana  m . . m",
            2,
            22 + 28,
            history=FAR_BEFORE,
            says=("ana |  | ana: 5 over 11 km from home for 16 shifts offered",),
        ),
        # Of four offered: 12.5.
        Row("somebody else's history", "bob  m . . .\nana  . . . .", 1, 13, history=FAR_BEFORE),
        signs="Mm",
    ),
    Table(
        "balance_far",
        {"weight": 50, "value": 11, "days": "mon|tue"},
        # Two offered on these days, and nothing is remembered: 50 x 1 / 2 and 50 x 3 / 2.
        Row("clean: another day", "ana  M . m .", 0),
        Row("the first", "ana  m . m .", 1, 25),
        Row("both", "ana  m m . .", 2, 25 + 75),
        signs="Mm",
        history=FAR_BEFORE,
    ),
    Table(
        "balance_far",
        {"weight": 1_000_000, "value": 11},
        # 1,000,000 x 11 / 6 is more than a price may be.
        Row("a price that is as high as prices are", "ana  m", 1, 1_000_000),
        signs="m",
        history=ONLY_FAR,
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night"},
        # Two nights offered now and 6 before; the second and the third cost 50 x 3 / 8 = 18.75 and
        # 50 x 5 / 8 = 31.25.
        Row("clean: mornings", "ana  M M", 0),
        Row("a second night", "ana  M N", 1, 19),
        Row("a second and a third", "ana  N N", 2, 19 + 31),
        signs=NIGHTS,
        history=NIGHTS_BEFORE,
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night|late"},
        # Four offered now, and 3 nights and 3 late ones before; two late ones were worked. The next
        # cost 50 x 5 / 10 and 50 x 7 / 10.
        Row("the names of both are added", "ana  N L", 2, 25 + 35),
        signs="NL",
        history=before(named_offered="night:3|late:3|early:9", named_worked="late:2|early:4"),
    ),
    Table(
        "balance_shifts",
        {"weight": 50, "shifts": "night", "hours": "20:00-23:00"},
        # Where hours are named, nothing is remembered: of two offered 25.
        Row("hours", "ana  N M", 1, 25),
        signs=NIGHTS,
        history=NIGHTS_BEFORE,
    ),
    Table(
        "wish_equality",
        {"weight": 100},
        # Two wishes now and four before, of which two were refused: the next two refused cost
        # 100 x 5 / 36 = 13.9 and 100 x 7 / 36 = 19.4.
        Row("clean", "ana  . . M\nbob  . . .", 0),
        Row("a third", "ana  M . .\nbob  . . .", 1, 14),
        Row("a third and a fourth", "ana  M M .\nbob  . . .", 2, 14 + 19),
        # One of two, without a history.
        Row("somebody without a history", "ana  . . .\nbob  . M .", 1, 25),
        signs="M",
        availability=(
            window("ana", "undesired", 0, 2),
            window("ana", first=2, last=4),
            window("bob", "undesired", 0, 2),
        ),
        history=WISHES_BEFORE,
    ),
    Table(
        "wish_equality",
        {"weight": 100, "days": "mon"},
        # One wish is about Monday, and nothing is remembered.
        Row("clean: a wish about Tuesday", "ana  . M", 0),
        Row("the wish about Monday", "ana  M M", 1, 100),
        signs="M",
        availability=(window("ana", "undesired", 0, 2),),
        history=WISHES_BEFORE,
    ),
]
