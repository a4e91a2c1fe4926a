"""Tables of the rule on shifts that ask for others."""

from __future__ import annotations

from tables.table import Row, Table

TABLES = [
    Table(
        "needs_too",
        {"first": "late", "then": "early"},
        Row("clean: both, or the early alone", "ana  EL E .", 0),
        Row(
            "just broken: an early on another date",
            "ana  E L .",
            1,
            says=("ana | 2026-12-08 | ana works late on 2026-12-08 without early",),
        ),
        Row("broken twice, by two people", "ana  L . EL\nbob  . E L", 2),
        Row("on the last date", "ana  . . L", 1),
        signs="EL",
    ),
    Table(
        "needs_too",
        {"first": "late", "then": "early|night", "per": "horizon"},
        Row("clean: one is enough for two", "ana  L L E", 0),
        Row(
            "just broken",
            "ana  L L .",
            1,
            says=("ana |  | ana works late, but nowhere early or night",),
        ),
        Row("broken by two people", "ana  L . .\nbob  . L .\ncleo N L .", 2),
        signs="ELN",
    ),
    Table(
        "needs_too",
        {"first": "day", "then": "day", "per": "horizon", "how": "all", "group": "youth"},
        Row("clean: all or none", "ana  E . L\nbob  . . .", 0),
        Row("clean: another group", "ana  . . .\nbob  . . L", 0),
        Row(
            "just broken",
            "ana  . . L\nbob  . . .",
            1,
            says=("ana | E0 | ana works day but not E0",),
        ),
        Row("broken twice", "ana  E . .\ncho  . . L", 2),
        signs={0: "E", 1: "N", 2: "L"},
        each={"ana": {"group": "youth"}, "cho": {"group": "youth"}},
    ),
    Table(
        "needs_too",
        {"first": "night", "then": "day", "how": "all"},
        Row("clean: both of the date", "ana  ELN .", 0),
        Row("just broken", "ana  EN .", 1),
        Row("broken by two", "ana  N .", 2),
        Row("a date without others", "ana  EL N", 0),
        signs={0: "ELN", 1: "N"},
    ),
]
