"""Tiny weeks of fairness."""

from __future__ import annotations

from tiny_weeks import Tiny, strained, window, wish

import shiftplan as sp
from shiftplan import rules

WEEKS = {
    "balance-shifts": Tiny(rules.Fairness(), "a0/8-12 a1/8-12", "a a"),
    "balance-hours": Tiny(rules.BalanceHours(), "a0/8-18 a1/8-12 a2/8-14", "a a b"),
    "history": Tiny(
        rules.Fairness(),
        "a0/8-12",
        "a",
        tables={
            "history": (
                sp.History(volunteer_id="ana", weeks=4, shifts_offered=10, shifts_worked=8),
                sp.History(volunteer_id="ben", weeks=4, shifts_offered=10, shifts_worked=2),
            )
        },
    ),
    "balance-nights": Tiny(
        rules.BalanceShifts(shifts=("night",)), "a0/22-6:night a3/22-6:night", "a a"
    ),
    "strain-shared": Tiny(
        rules.BalanceStrain(),
        "a0/8-12 a1/8-12 a2/8-12 a3/8-12",
        "a a b b",
        tables=strained("a0/8-12 a1/8-12 a2/8-12 a3/8-12", 5, 5, 1, 1),
    ),
    "strain-limited": Tiny(
        rules.MaxStrain(max_strain=6),
        "a0/8-12 a1/8-12",
        "a a",
        tables=strained("a0/8-12 a1/8-12", 5, 2),
    ),
    "lowest-load": Tiny(rules.MaxMin(up_to_percent=50), "a0/8-12 a1/8-12", "a a"),
    "highest-load": Tiny(rules.Leximin(), "a0/8-12 a1/8-12", "a a"),
    "wishes-alike": Tiny(
        rules.WishEquality(),
        "a0/8-12 a1/8-12",
        "a a",
        tables={
            "preferences": tuple(
                wish(who, day, "against") for who in ("ana", "ben") for day in (0, 1)
            )
        },
    ),
    "time-offered": Tiny(
        rules.Fairness(),
        "a0/8-12 a1/8-12 a2/8-12",
        "b a a",
        tables={
            "availability": (
                window("ana", 0, 8, 12),
                window("ana", 1, 8, 12),
                *(window("ben", day, 8, 12) for day in (0, 1, 2)),
                window("ana", 2, 8, 12),
            ),
            "history": (
                sp.History(volunteer_id="ana", weeks=4, shifts_offered=4, shifts_worked=3),
                sp.History(volunteer_id="ben", weeks=4, shifts_offered=12, shifts_worked=3),
            ),
        },
    ),
    "worst-center": Tiny(
        rules.WorstCenterFirst(weight=1000, power=2), "a0/8-12 b0/8-12", "ab .", seats=2
    ),
}
