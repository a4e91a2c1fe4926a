"""Tables of the rules on patterns of days."""

from __future__ import annotations

from families import moment

from tables.table import Row, Table, before

MEETINGS = tuple(
    {"volunteer_id": "ana", "start": moment(day, 8), "end": moment(day, 9), "is_work": True}
    for day in (1, 3)
)
"""On Tuesday and Thursday."""

TABLES = [
    Table(
        "forbidden_pattern",
        {"pattern": "off, work, off"},
        # The meetings are single days of work, and no shift has a part in that.
        Row("clean: meetings alone", "ana  . . . . .", 0),
        Row("clean: a late on the day of a meeting", "ana  . L . . .", 0),
        Row("clean: who meets is not off", "ana  . . L . .", 0),
        Row("just broken: a single late", "ana  . . . . . L .", 1),
        signs="ELN",
        occupied=MEETINGS,
    ),
    Table(
        "forbidden_pattern",
        {"pattern": "!off, !off"},
        Row("clean: days between", "ana  . . . . . L", 0),
        Row("just broken: a late before a meeting", "ana  L . . . . .", 1),
        Row("broken twice: one between meetings", "ana  . . L . . .", 2),
        signs="ELN",
        occupied=MEETINGS,
    ),
    Table(
        "forbidden_pattern",
        {"pattern": "work, any, work"},
        Row("clean: meetings alone", "ana  . . . . .", 0),
        Row("just broken: a late between counts too", "ana  . . L . .", 1),
        signs="ELN",
        occupied=MEETINGS,
    ),
    Table(
        "required_pattern",
        {"pattern": "night|late", "followed_by": "off"},
        Row("clean: a meeting before", "ana  . . . . L .", 0),
        Row("just broken: a meeting after", "ana  L . . . . .", 1),
        signs="ELN",
        occupied=MEETINGS,
    ),
    Table(
        "required_pattern",
        {"pattern": "off", "followed_by": "off"},
        Row("clean: meetings alone", "ana  . . . . .", 0),
        Row("just broken: a late after a day off", "ana  . . . . . L", 1),
        signs="ELN",
        occupied=MEETINGS,
    ),
    Table(
        "forbidden_pattern",
        {"pattern": "night, off, !off"},
        Row("clean: two days off, or none", "ana  N . . L N L .", 0),
        Row("clean: after another type", "ana  L . L . E .", 0),
        Row(
            "just broken",
            "ana  . N . L .",
            1,
            says=("ana | 2026-12-10 | ana: the pattern 'night, off, !off' ends on 2026-12-10",),
        ),
        Row("broken twice, the last day of one is the first of the next", "ana  N . N . E", 2),
        Row("edge: the last day", "ana  . . N . L", 1),
        Row("edge: cut by the end", "ana  . . . N .", 0),
        Row("border: a night on the day before", "ana  N | . L .", 1),
        Row("border: a night two days before is unknown", "ana  N . | L .", 0),
        Row("border: another type", "ana  L | . L .", 0),
        Row("two shifts a day", "ana  LN . EL", 1),
        Row("nothing is known", "ana  . L .", 0),
        Row(
            "history: worked, of an unknown type",
            "ana  . L .",
            0,
            history=before(worked_in_a_row=2),
        ),
        signs="ELN",
    ),
    Table(
        "forbidden_pattern",
        {"pattern": "night, off, off", "days": "fri"},
        # The horizon starts on a Monday, so the fifth day is a Friday.
        Row("clean: a night before a weekend with work", "ana  . . . . N L . . .", 0),
        Row("clean: on another day", "ana  . N . . . . . . .", 0),
        Row("just broken: a night before a free weekend", "ana  . . . . N . . . .", 1),
        Row("broken by two people", "ana  . . . . N . .\nbob  N . . . N . .", 2),
        signs="LN",
    ),
    Table(
        "forbidden_pattern",
        {"pattern": "off|late, any, work"},
        Row("clean: nights only at the start", "ana  N N N . .", 0),
        Row("just broken: after a day off", "ana  . . N . .", 1),
        Row("just broken: after a late", "ana  L N N .", 1),
        Row("broken twice: days before count too", "ana  . . | N L", 2),
        signs="LN",
    ),
    Table(
        "forbidden_pattern",
        {"pattern": "!night|late, morning", "group": "youth", "where": "home"},
        Row("clean: another group, another center", "ana  M m .\nbob  M M M", 0),
        Row("just broken: at another center is not at this one", "ana  m M .\nbob  . . .", 1),
        # The history does not say where anybody worked.
        Row("border: unknown", "ana  . | M .\nbob  . | M .", 0),
        Row("broken twice", "ana  . M M\nbob  . . .", 2),
        signs="MmN",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "required_pattern",
        {"pattern": "night", "followed_by": "night|off, off"},
        Row("clean", "ana  N . . L L", 0),
        Row(
            "just broken: a late on the next day",
            "ana  N L . . .",
            1,
            says=(
                "ana | 2026-12-08 | ana: 2026-12-08 is not as in 'night|off, off', "
                "which must follow 'night'",
            ),
        ),
        Row("just broken: a late on the day after", "ana  N . L . .", 1),
        # The first night asks for no work on the third day, where there is a night.
        Row("just broken: three nights", "ana  N N N . .", 1),
        Row("broken twice", "ana  . N L L .", 2),
        Row("edge: cut by the end", "ana  . . . . N", 0),
        Row("edge: the last day", "ana  . . . N L", 1),
        Row("border: a night before", "ana  N | L L .", 2),
        Row("border: a night two days before is unknown", "ana  N . | L .", 0),
        Row("border: two nights before", "ana  N N | . L .", 1),
        signs="LN",
    ),
    Table(
        "required_pattern",
        {"pattern": "off, work", "followed_by": "work", "group": "youth"},
        Row("clean: two days at least", "ana  . N L . .\nbob  . N . . .", 0),
        Row("just broken", "ana  . N . . .\nbob  . . . . .", 1),
        Row("broken twice", "ana  . N . L .\nbob  . . . . .", 2),
        Row("unknown before", "ana  N . . . .\nbob  . . . . .", 0),
        Row("known before", "ana  . | N .\nbob  . | N .", 1),
        signs="LN",
        each={"ana": {"group": "youth"}},
    ),
]
