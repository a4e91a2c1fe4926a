"""Grounds on which the rules on weekends with work in a row are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, before, cross, times, work
from grounds.rest import WEEKEND_DAYS

ROWS: list[Fields] = [{}, *(before(weekends_in_a_row=n) for n in (0, 1, 2, 4))]
FOUR: list[Fields] = [
    {"signs": {5: "M", 6: "N", 8: "M", 13: "MN", 19: "M", 27: "M"}, "days": 28, **row}
    for row in ROWS
]
FEW: list[Fields] = [{"signs": {5: "MN"}, "days": days, **row} for row in ROWS for days in (6, 13)]
CUT: list[Fields] = [
    {"signs": {0: "M", 1: "M", 6: "M", 7: "N", 13: "M"}, "days": 14, "start": start, **ROWS[2]}
    for start in (dt.date(2026, 12, 13), dt.date(2026, 12, 12))
]
TWO: list[Fields] = [
    {"signs": {5: "M", 12: "M", 20: "N"}, "days": 22, **GROUPS, **before(who, weekends_in_a_row=1)}
    for who in ("ana", "bob")
]
MET: list[Fields] = [
    {"signs": {5: "A", 6: "A", 12: "A", 20: "A", 27: "A"}, "days": 28, **work(12, 19), **row}
    for row in ROWS[:3]
]
"""Meetings of everybody on the second and the third weekend."""
NO_WEEKEND: list[Fields] = [{"signs": {0: "M", 1: "M"}, "days": 3, **row} for row in ROWS[:3]]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("max_consecutive_weekends", "min_consecutive_weekends"):
        yield kind, times([1, 2, 3, 5]), [*FOUR, *FEW, *CUT, *NO_WEEKEND]
        yield kind, times([1, 2, 3]) + times([2], days="sat"), MET
        yield kind, cross(times([1, 2]), WEEKEND_DAYS[1:]), [*FOUR[:2], *CUT]
        yield kind, cross(times([1, 2]), [{"group": "youth"}, {"group": "choir"}]), TWO
        yield kind, cross(times([1, 2]), [{"shifts": "morning"}, {"days": "sat"}]), FOUR[:3]
    yield (
        "min_consecutive_weekends",
        times([2, 5], last_run="counted"),
        [*FOUR, *FEW, *NO_WEEKEND, *MET],
    )
