"""Tables of the rules on how often patterns of days come in a period."""

from __future__ import annotations

from families import moment

from tables.table import Row, Table

MEETINGS = ({"volunteer_id": "ana", "start": moment(5, 8), "end": moment(5, 9), "is_work": True},)
"""On the first Saturday."""
BOTH = (
    *MEETINGS,
    {"volunteer_id": "ana", "start": moment(6, 8), "end": moment(6, 9), "is_work": True},
)

TABLES = [
    Table(
        "min_patterns",
        {"pattern": "off, off", "days": "sat"},
        Row("clean: the other weekend", "ana  . . . . . . . . . . . . . .", 0),
        Row("just missed: a meeting, and a shift", "ana  . . . . . . . . . . . . . L", 1),
        signs="L",
        occupied=MEETINGS,
    ),
    Table(
        "max_patterns",
        {"pattern": "work, work", "value": 0},
        Row("clean: meetings alone", "ana  . . . . . . . . . .", 0, occupied=BOTH),
        Row("just broken: a shift before the meeting", "ana  . . . . L . . . . .", 1),
        Row("broken twice", "ana  . . . . L . L . . .", 2),
        signs="L",
        occupied=MEETINGS,
    ),
    Table(
        "min_patterns",
        {"pattern": "night, night, night", "value": 2},
        Row("clean: four nights hold it twice", "ana  . N N N N .", 0),
        Row("clean: two blocks", "ana  N N N . N N N", 0),
        Row("just missed: one block", "ana  N N N . N N .", 1),
        Row(
            "missed altogether",
            "ana  N N . L N N .",
            2,
            says=("ana |  | ana: the pattern 'night, night, night' occurs 0 times, at least 2",),
        ),
        Row("border: one night and two before", "ana  N N | N . .", 1),
        Row("edge: cut by the end", "ana  . . . . N N", 2),
        signs="LN",
    ),
    Table(
        "min_patterns",
        {"pattern": "off, off", "days": "sat", "group": "youth"},
        Row("clean: a free weekend", "ana  L L L L L . .\nbob  . . . . . . .", 0),
        Row("just missed", "ana  . . . . . . L\nbob  . . . . . . .", 1),
        Row("missed by two", "ana  . . . . . . L\nbob  . . . . . L .\ncleo . . . . . . .", 2),
        signs="L",
        each={"ana": {"group": "youth"}, "bob": {"group": "youth"}},
    ),
    Table(
        "min_patterns",
        {"pattern": "night, night", "per": "week"},
        # The week of 2026-12-14 ends with the horizon; a pattern is of the week in which it ends.
        Row("clean", "ana  N N . . . . . N N . . . . .", 0),
        Row("clean: begun in the week before", "ana  N N . . . . N N . . . . . .", 0),
        Row(
            "missed in a week",
            "ana  N N . N N . . N . N . . . .",
            1,
            says=(
                "ana | 2026-W51 | ana, 2026-W51: the pattern 'night, night' occurs 0 times, "
                "at least 1",
            ),
        ),
        Row("missed in both", "ana  N . N . . . . N . . . . . .", 2),
        signs="N",
    ),
    Table(
        "max_patterns",
        {"pattern": "off, work, off", "value": 1},
        Row("clean: once", "ana  . N . N N . .", 0),
        Row(
            "just broken: twice",
            "ana  . N . L . N N",
            1,
            says=("ana |  | ana: the pattern 'off, work, off' occurs 2 times, at most 1",),
        ),
        Row("three times", "ana  . N . L . N .", 2),
        Row("two people", "ana  . N . L . . .\nbob  . . . N . L .", 2),
        Row("border: off before", "ana  N . | N . L . .", 1),
        Row("border: unknown before", "ana  N . L . . . .", 0),
        signs="LN",
    ),
    Table(
        "max_patterns",
        {"pattern": "night", "value": 1, "per": "week"},
        # The second week is cut after its third day, and counts as far as it goes.
        Row("clean", "ana  N . . . . . . . . N", 0),
        Row(
            "twice in the cut week",
            "ana  N . . . . . . . N N",
            1,
            says=("ana | 2026-W51 | ana, 2026-W51: the pattern 'night' occurs 2 times, at most 1",),
        ),
        Row("in both", "ana  N . N . N . . N . N", 3),
        signs="N",
    ),
]
