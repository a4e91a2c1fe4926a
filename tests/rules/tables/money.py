"""Tables of the rules on money."""

from __future__ import annotations

from tables.table import Row, Table

PAID = {"ana": {"hourly_cost": 60, "shift_cost": 5}, "bob": {"hourly_cost": 30}}
"""A morning or afternoon of four hours pays ana 60 x 4 + 5 = 245, and bob 30 x 4 = 120."""

TABLES = [
    Table(
        "budget",
        {"value": 365},
        Row("clean: 245 + 120 is the whole budget", "ana  M .\nbob  . M", 0, each=PAID),
        Row(
            "bob once more: 245 + 2 x 120 = 485",
            "ana  M .\nbob  M M",
            120,
            says=(" |  | paid: 485, at most 365",),
            each=PAID,
        ),
        Row("nobody is paid", "ana  M M\nbob  M M", 0),
        signs="M",
        people="ana bob",
    ),
    Table(
        "budget",
        {"value": 245, "per": "day"},
        Row("clean: 245 on a date", "ana  M M\nbob  . .", 0, each=PAID),
        Row(
            "two dates: 365 - 245 on each",
            "ana  M M\nbob  M M",
            240,
            says=(
                " | 2026-12-07 | 2026-12-07: paid 365, at most 245",
                " | 2026-12-08 | 2026-12-08: paid 365, at most 245",
            ),
            each=PAID,
        ),
        signs="M",
        people="ana bob",
    ),
    Table(
        "budget",
        {"value": 250, "per": "week"},
        Row(
            "clean: Sunday ends one week, Monday starts the next",
            "ana  . . . . . . M M",
            0,
            each=PAID,
        ),
        Row(
            "Saturday and Sunday: 490 - 250",
            "ana  . . . . . M M .",
            240,
            says=(" | 2026-W50 | 2026-W50: paid 490, at most 250",),
            each=PAID,
        ),
        signs="M",
    ),
    Table(
        "budget",
        {"value": 130, "per": "center"},
        Row("clean: 120 at each", "bob  M m", 0, each=PAID),
        Row(
            "245 at one, 240 at the other",
            "ana  M .\nbob  m m",
            115 + 110,
            says=(
                " | home | home: paid 245, at most 130",
                " | far | far: paid 240, at most 130",
            ),
            each=PAID,
        ),
        signs="Mm",
        people="ana bob",
    ),
    Table(
        "budget",
        {"value": 0},
        Row("all money is priced: 245 + 120", "ana  M\nbob  M", 365, each=PAID),
        Row(
            "7 x 240 / 60 = 28 and half an hour's rounding up",
            "ana  M",
            28,
            each={"ana": {"hourly_cost": 7}},
        ),
        signs="M",
        people="ana bob",
    ),
    Table(
        "budget",
        {"value": 100, "group": "youth", "shifts": "night"},
        Row("clean: mornings and others are not counted", "ana  M\nbob  N", 0, each=PAID),
        signs="MN",
        people="ana bob",
    ),
]
