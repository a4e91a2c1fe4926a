"""Tables of the rules on strain."""

from __future__ import annotations

from shiftplan.testing.pictures import shift
from tables.table import Row, Table, before

SHIFTS = (
    shift("N", 0, strain=3),
    shift("M", 0),
    shift("N", 1, strain=3),
    shift("A", 1, strain=0),
    shift("M", 2, strain=2),
)

TABLES = [
    Table(
        "max_strain",
        {"value": 4},
        Row("clean: 3 + 1 + 0", "ana  NM A .", 0),
        Row("just broken: 3 + 2", "ana  N . M", 1, says=("ana |  | ana: strain of 5, at most 4",)),
        Row("broken by more: 3 + 1 + 3", "ana  NM N .", 3),
        Row("two people", "ana  N . M\nbob  N . M", 2),
        Row("history does not count", "ana  N . .", 0, history=before(counted_shifts=9)),
        signs={},
        shifts=SHIFTS,
    ),
    Table(
        "max_strain",
        {"value": 2, "per": "day", "shifts": "night"},
        Row("clean: other shifts", "ana  M A M", 0),
        Row(
            "just broken",
            "ana  . N M",
            1,
            says=("ana | 2026-12-08 | ana, 2026-12-08: strain of 3, at most 2",),
        ),
        Row("broken twice", "ana  NM N .", 2),
        signs={},
        shifts=SHIFTS,
    ),
    Table(
        "balance_strain",
        {"weight": 50},
        # Five times offered: 50 x 1, 3, 5 / 5 = 10, 30, 50.
        Row(
            "a night",
            "ana  N . .",
            3,
            10 + 30 + 50,
            says=("ana |  | ana: strain of 3 for 5 shifts offered, earlier weeks included",),
        ),
        Row("an ordinary shift", "ana  M . .", 1, 10),
        Row("clean: a shift without strain", "ana  . A .", 0, 0),
        Row("the fourth and fifth: 70 + 90", "ana  N . M", 5, 10 + 30 + 50 + 70 + 90),
        # 5 + 5 offered, 3 before: 50 x 7 / 10 = 35.
        Row(
            "history",
            "ana  M . .",
            1,
            35,
            history=before(shifts_offered=5, shifts_worked=1, strain_worked=3),
        ),
        signs={},
        shifts=SHIFTS,
    ),
]
