"""Tables of the rules on the share of a group."""

from __future__ import annotations

from tables.table import Row, Table

YOUTH = {"ana": {"group": "youth"}, "bob": {"group": "youth"}}

TABLES = [
    Table(
        "min_group_share",
        {"value": 33, "group": "youth"},
        Row("clean: one of three, 0.99", "ana  M .\ncho  M .\ndan  M .", 0),
        Row("clean: nobody at all", "ana  . .\ncho  . .", 0),
        # 1.32 of four: two.
        Row(
            "just broken: one of four",
            "ana  M .\ncho  M .\ndan  M .\neve  M .",
            1,
            says=(" | M0 | M0: youth has 1 of 4 assignments, at least 33%",),
        ),
        Row("one alone who is none of them", "ana  . .\ncho  . M", 1),
        Row("both days", "ana  . .\ncho  M M\ndan  M M", 2),
        Row("broken by two: none of four", "cho  M\ndan  M\neve  M\nfay  M\nana  .", 2),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "min_group_share",
        {"value": 50, "group": "youth", "per": "center_day"},
        Row("clean: two shifts of a center", "ana  M .\ncho  A .", 0),
        # Afternoon at far, alone; two of home.
        Row(
            "each center by itself",
            "ana  M .\ncho  Aa .",
            1,
            says=(" | far 2026-12-07 | far 2026-12-07: youth has 0 of 1 assignment, at least 50%",),
        ),
        Row("each date by itself", "ana  M .\ncho  . MA", 1),
        Row("broken by two", "ana  M .\ncho  MA MA\ndan  A M", 1 + 2),
        signs="MAa",
        each=YOUTH,
    ),
    Table(
        "min_group_share",
        {"value": 50, "group": "youth", "per": "horizon"},
        Row("clean: two of four", "ana  M .\nbob  . M\ncho  M M", 0),
        Row(
            "just broken: one of three",
            "ana  M .\ncho  M M",
            1,
            says=(" |  | youth has 1 of 3 assignments, at least 50%",),
        ),
        Row("broken by two", "ana  . .\ncho  M M\ndan  M .", 2),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "max_group_share",
        {"value": 50, "group": "youth"},
        Row("clean: two of four", "ana  M .\nbob  M .\ncho  M .\ndan  M .", 0),
        # 1.5 of three: one.
        Row(
            "just broken: two of three",
            "ana  M .\nbob  M .\ncho  M .",
            1,
            says=(" | M0 | M0: youth has 2 of 3 assignments, at most 50%",),
        ),
        Row("two alone", "ana  M .\nbob  . M", 2),
        signs="M",
        each=YOUTH,
    ),
    Table(
        "max_group_share",
        {"value": 25, "group": "youth", "per": "horizon", "days": "mon"},
        Row("clean: other days", "ana  . M\ncho  M .", 0),
        Row(
            "just broken",
            "ana  M .\ncho  M M",
            1,
            says=(" |  | youth has 1 of 2 assignments, at most 25%",),
        ),
        Row("broken by two", "ana  MA .\ncho  . M", 2),
        signs="MA",
        each=YOUTH,
    ),
    Table(
        "max_group_share",
        {"value": 0, "group": "ana", "per": "center_day"},
        Row("clean", "ana  . .\ncho  M M", 0),
        Row(
            "just broken",
            "ana  M .\ncho  M M",
            1,
            says=(" | home 2026-12-07 | home 2026-12-07: ana has 1 of 2 assignments, at most 0%",),
        ),
        signs="M",
    ),
]
