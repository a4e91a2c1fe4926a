"""Tables of the rules on how many shifts a person gets."""

from __future__ import annotations

from families import moment

from shiftplan.testing.pictures import window
from tables.table import NIGHTS, Row, Table

COURSE = {
    "volunteer_id": "ana",
    "start": moment(1, 7),
    "end": moment(1, 11),
    "counted_shifts": 1,
}
"""On Tuesday morning; it counts as a shift."""
LATER = {**COURSE, "start": moment(1, 18), "end": moment(1, 20)}

TABLES = [
    Table(
        "max_shifts",
        {},
        Row("clean: the course and a shift", "ana  M . .", 0),
        Row(
            "just broken: two shifts are three",
            "ana  MA . .",
            1,
            says=("ana |  | ana works 3 shifts, at most 2 allowed",),
        ),
        Row("the course alone", "ana  . . .", 0, each={"ana": {"max_shifts": 0}}),
        Row("a shift beside it", "ana  M . .", 1, each={"ana": {"max_shifts": 0}}),
        signs="MA",
        occupied=(COURSE,),
        each={"ana": {"max_shifts": 2}},
    ),
    Table(
        "min_shifts",
        {},
        Row("clean: the course is one of two", "ana  . . M", 0),
        Row("just broken", "ana  . . .", 1),
        signs="MA",
        occupied=(COURSE,),
        each={"ana": {"min_shifts": 2}},
    ),
    Table(
        "floor",
        {"value": 2},
        Row("clean: the course is one of two", "ana  . . M\nbob  MA . .", 0),
        Row("just broken", "ana  . . .\nbob  MA . .", 1),
        Row("nobody else's course counts", "ana  . . .\nbob  M . .", 2),
        signs="MA",
        occupied=(COURSE,),
    ),
    Table(
        "full_day",
        {},
        Row("clean: on another date", "ana  A . A", 0),
        Row("clean: the course alone", "ana  . . .", 0),
        Row("just broken: beside the course", "ana  . A .", 1),
        Row("two courses on a date, and no shift", "ana  M . .", 0, occupied=(COURSE, LATER)),
        signs="MA",
        occupied=(COURSE,),
    ),
    Table(
        "max_shifts",
        {},
        Row("clean", "ana  MA .\nbob  MA MA", 0),
        Row(
            "just broken",
            "ana  MA M\nbob  . .",
            1,
            says=("ana |  | ana works 3 shifts, at most 2 allowed",),
        ),
        Row("broken by two", "ana  MA MA\nbob  . .", 2),
        signs="MA",
        each={"ana": {"max_shifts": 2}},
    ),
    Table(
        "floor",
        {"value": 2},
        Row("clean", "ana  M M .\nbob  M . M", 0),
        Row("just broken", "ana  M M .\nbob  . . M", 1),
        Row(
            "broken twice: 2 + 1",
            "ana  . . .\nbob  . . M",
            3,
            says=(
                "ana |  | ana gets 0 shifts, should get at least 2",
                "bob |  | bob gets 1 shift, should get at least 2",
            ),
        ),
        Row(
            "not more than offered",
            "ana  . . .",
            1,
            availability=(window("ana", first=0, last=1),),
        ),
        Row("nothing offered", "ana  . . .", 0, availability=()),
        signs="M",
    ),
    Table(
        "floor",
        {"shifts": "night", "group": "youth"},
        Row("clean: another group", "ana  N .\nbob  . .", 0),
        Row("another type", "ana  M M\nbob  . .", 1),
        Row(
            "who offered none of the type",
            "ana  . .\nbob  . .",
            0,
            availability=({"volunteer_id": "ana", "start": moment(0, 7), "end": moment(0, 11)},),
        ),
        signs=NIGHTS,
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "floor",
        {"shifts": "night"},
        Row("clean", "ana  N .\nbob  M N", 0),
        Row("shifts of another type do not count", "ana  M M\nbob  . .", 2),
        signs=NIGHTS,
    ),
    Table(
        "min_shifts",
        {},
        Row("clean", "ana  M M .", 0),
        Row(
            "just broken",
            "ana  . . M",
            1,
            says=("ana |  | ana gets 1 shift, would like at least 2",),
        ),
        Row("broken by two", "ana  . . .", 2),
        Row(
            "after somebody who asked for none",
            "ana  . . .\nbob  . . .",
            1,
            each={"bob": {"min_shifts": 1}},
        ),
        Row(
            "more than offered is not due",
            "ana  . . .",
            1,
            availability=(window("ana", first=0, last=1),),
        ),
        Row(
            "more than max_shifts is not due",
            "ana  . . .",
            1,
            each={"ana": {"min_shifts": 2, "max_shifts": 1}},
        ),
        signs="M",
        each={"ana": {"min_shifts": 2}},
    ),
    Table(
        "full_day",
        {},
        Row("clean", "ana  M A N", 0),
        Row("just broken", "ana  MA . .", 1),
        Row("three shifts are one date", "ana  MAN . .", 1),
        Row(
            "broken twice, last day too",
            "ana  MA . AN",
            2,
            says=(
                "ana | 2026-12-07 | ana works 2 shifts on 2026-12-07",
                "ana | 2026-12-09 | ana works 2 shifts on 2026-12-09",
            ),
        ),
        signs="MAN",
    ),
]
