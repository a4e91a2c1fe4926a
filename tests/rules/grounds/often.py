"""Grounds on which the rules on how often patterns of days come are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import Plan, before, cross, times
from grounds.patterns import DAYS, FAR, GROUP, LIMITS, LINES, MET, PATTERNS, TWO, WEEKEND, WORK

PERIODS: list[Fields] = [{"per": "week"}, {"rolling_days": 2}, {"per": "day"}, {"rolling_days": 9}]
CUT: list[Fields] = [
    {"signs": {0: "N", 5: "N", 6: "NL", 7: "N", 8: "N"}, "days": 9, **border}
    for border in ({}, before(last_shift_type="night", same_type_in_a_row=2, worked_in_a_row=2))
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind, value in (("min_patterns", 2), ("max_patterns", 0)):
        more = times([value])
        yield kind, cross(PATTERNS[::2], more), LINES[::2]
        yield kind, cross(WORK[:4], times([1, value])), MET
        yield kind, cross(PATTERNS[1:3], more, GROUP), TWO
        yield kind, cross(PATTERNS[:3], more, DAYS[1:4:2]), WEEKEND
        yield kind, cross(LIMITS[1:], more), FAR
        yield kind, cross(PATTERNS[:2], times([1, 4])), LINES[:3]
        yield kind, cross(PATTERNS[::3], times([1]), PERIODS), CUT
