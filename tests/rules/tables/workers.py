"""Tables of the rules about those who work."""

from __future__ import annotations

from tables.table import NIGHTS, Row, Table

TABLES = [
    Table(
        "max_active_people",
        {"value": 0},
        Row("clean: nobody", "ana  . . .\nbob  . . .", 0),
        Row(
            "one, however much",
            "ana  M M M\nbob  . . .",
            1,
            says=(" |  | 1 person at work, at most 0",),
        ),
        Row("two share the work", "ana  M . M\nbob  . M .", 2),
        signs="M",
    ),
    Table(
        "max_active_people",
        {"value": 1, "group": "youth"},
        Row("clean: one, and one of others", "ana  M M\ncho  M M\nbob  . .", 0),
        Row(
            "just broken",
            "ana  M .\nbob  . M\ncho  M .",
            1,
            says=(" |  | 2 people at work, at most 1",),
        ),
        Row("broken by two", "ana  M .\nbob  . M\ndan  M .", 2),
        signs="M",
        each={who: {"group": "youth"} for who in ("ana", "bob", "dan")},
    ),
    Table(
        "max_active_people",
        {"value": 0, "from_shifts": 2, "shifts": "night"},
        Row("clean: a night, and other shifts", "ana  N M .\nbob  M M M", 0),
        Row(
            "just broken: two nights",
            "ana  N . N\nbob  N M .",
            1,
            says=(" |  | 1 person with 2 shifts or more, at most 0",),
        ),
        Row("two people, three nights each", "ana  N N N\nbob  N N N", 2),
        signs=NIGHTS,
    ),
    Table(
        "max_shifts_spread",
        {"value": 1},
        Row("clean: nobody", "ana  . . .\nbob  . . .", 0),
        Row("clean: one alone", "ana  M M M\nbob  . . .", 0),
        Row("clean: two and one", "ana  M M .\nbob  . . M\ncho  . . .", 0),
        Row(
            "just broken: three and one",
            "ana  M M M\nbob  . . M\ncho  . . .",
            1,
            says=(" |  | those who work get 1 to 3 shifts: more than 1 apart",),
        ),
        Row("broken by two: four and one", "ana  MA MA .\nbob  M . .", 2),
        Row("those in between do not matter", "ana  MA MA .\nbob  M . .\ncho  M M .", 2),
        signs="MA",
    ),
    Table(
        "max_shifts_spread",
        {"value": 0, "group": "youth", "shifts": "morning"},
        Row("clean: another group, other shifts", "ana  M A\nbob  M M\ncho  M .", 0),
        Row("just broken", "ana  M M\nbob  . .\ncho  M A", 1),
        signs="MA",
        each={who: {"group": "youth"} for who in ("ana", "cho")},
    ),
    Table(
        "max_minutes_spread",
        {"value": 60},
        Row("clean: 480 each", "ana  N .\nbob  M M\ncho  . .", 0),
        Row(
            "just broken: 480 and 240",
            "ana  N .\nbob  M .",
            180,
            says=(" |  | those who work get 240 to 480 minutes: more than 60 apart",),
        ),
        Row("broken by more: 960 and 240", "ana  N N\nbob  M .\ncho  MN .", 660),
        signs=NIGHTS,
    ),
    Table(
        "max_minutes_spread",
        {"value": 0, "days": "mon"},
        Row("clean: other days", "ana  M .\nbob  M N", 0),
        Row("just broken", "ana  N .\nbob  M N", 240),
        signs=NIGHTS,
    ),
]
