"""Tables of the rule on rotations."""

from __future__ import annotations

import datetime as dt

from families import moment

from shiftplan.testing.pictures import MONDAY
from tables.table import Row, Table

TABLES = [
    Table(
        "rotation",
        {"pattern": "early, late, off", "first_day": MONDAY},
        Row("clean", "ana  E L . E L . E", 0),
        Row(
            "just broken: an early in place of a late",
            "ana  E E . E L . E",
            1,
            says=("ana | 2026-12-08 | ana: by the rotation, 2026-12-08 should be 'late'",),
        ),
        Row("a late beside an early", "ana  EL L . E L . E", 0),
        Row("shifted by a day", "ana  . E L . E L .", 7),
        Row("one of two people", "ana  E L . E L . E\nbob  E L L E L . .", 2),
        signs="EL",
    ),
    Table(
        "rotation",
        # From 2026-11-30 on the Monday has the pattern's second day, the Tuesday its third.
        {"pattern": "night, !night|off, any", "first_day": MONDAY - dt.timedelta(7)},
        Row("clean", "ana  E . N E . N E", 0),
        Row("broken by an off, a night and another off", "ana  . . . N N N E", 3),
        signs="EN",
    ),
    Table(
        "rotation",
        {"pattern": "work, off", "first_day": MONDAY},
        # Meetings on Monday and Tuesday: work where there should be, and no shift where not.
        Row("clean", "ana  . . L .", 0),
        Row("just broken: a late beside a meeting on a day off", "ana  . L L .", 1),
        Row("just broken: none on another day of work", "ana  . . . .", 1),
        signs="EL",
        occupied=tuple(
            {"start": moment(day, 8), "end": moment(day, 9), "is_work": True} for day in (0, 1)
        ),
    ),
    Table(
        "rotation",
        {"pattern": "2x work, 5x off", "first_day": MONDAY + dt.timedelta(2), "group": "youth"},
        # The pattern starts on Wednesday.
        Row("clean", "ana  E . E E . . .\nbob  . . . . . . .", 0),
        Row("one too few, two too many", "ana  E . E . E N .\nbob  . . . . . . .", 3),
        signs="EN",
        each={"ana": {"group": "youth"}},
    ),
    Table(
        "rotation",
        {"pattern": "early", "first_day": MONDAY, "days": "tue|thu"},
        Row("clean: other days are free", "ana  . E L E .", 0),
        Row("two of five", "ana  . L . . .", 2),
        signs="EL",
    ),
]
