"""Grounds on which the rules on shifts and minutes per period are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.ground import (
    COUNTED,
    FILTERS,
    GROUPS,
    OCCUPIED,
    PERIOD_KINDS,
    Plan,
    before,
    cross,
    times,
)
from shiftplan.week.horizon import Horizon

FEBRUARY: Fields = {
    "signs": {0: "M", 1: "M", 14: "MN", 28: "M", 29: "M"},
    "days": 30,
    "start": dt.date(2026, 1, 31),
}
PERIODS: list[Fields] = [
    {"signs": {0: "M", 1: "MN", 2: "M", 5: "A", 6: "N"}, "days": 7},
    {
        "signs": {0: "M", 1: "M", 2: "MA", 7: "M", 8: "MN", 9: "N"},
        "days": 10,
        "start": dt.date(2026, 12, 5),
    },
    FEBRUARY,
    {"signs": {0: "M", 1: "A", 6: "N"}, "days": 8, "start": dt.date(2026, 12, 28)},
    {"signs": {0: "MN", 1: "M", 2: "N"}, "days": 3, **COUNTED},
    {"signs": {0: "MN", 1: "M"}, "days": 2, **GROUPS, **COUNTED},
    {
        "signs": {0: "MN", 1: "M"},
        "days": 2,
        **GROUPS,
        **before("bob", counted_shifts=1, counted_minutes=240),
    },
]
BERLIN: Fields = {
    "signs": {0: "LN", 1: "EN", 2: "EL"},
    "start": dt.date(2026, 10, 24),
    "horizon": Horizon(start=dt.date(2026, 10, 24), days=3, zone="Europe/Berlin"),
}
"""Clocks go back in the night from the first to the second date: the night lasts nine hours."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("max_shift_count", "min_shift_count"):
        yield kind, cross(times([1, 2]), PERIOD_KINDS), OCCUPIED
    for kind in ("max_minutes", "min_minutes"):
        yield kind, cross(times([100, 480]), PERIOD_KINDS), OCCUPIED
        yield kind, times([300], days="tue") + times([300], shifts="morning"), OCCUPIED
    for kind in ("max_shift_count", "min_shift_count"):
        yield kind, cross(times([0, 1, 2, 3]), PERIOD_KINDS), PERIODS[:5]
        yield kind, cross(times([1, 3]), FILTERS, [{}, {"per": "day"}]), PERIODS[4:]
    for kind in ("max_minutes", "min_minutes"):
        yield kind, cross(times([0, 300, 720]), PERIOD_KINDS), PERIODS[:5]
        yield kind, cross(times([480]), FILTERS, [{}, {"per": "day"}]), PERIODS[4:]
        yield kind, times([720, 1000], rolling_days=2), [BERLIN]
