"""Grounds on which the rule on work as in the last week is tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, before, cross

WEEKS: list[Fields] = [
    {},
    before(last_week=""),
    before(last_week="mon 07:00 home"),
    before(last_week="mon 13:00 home|tue 07:00 far|wed 22:00 home"),
]
LINES: list[Fields] = [{"signs": {0: "MmA", 1: "Mm", 2: "N"}, "days": 3, **week} for week in WEEKS]
LINES += [{"signs": {0: "M", 2: "N", 7: "Ma", 9: "N"}, "days": 10, **WEEKS[3]}]
TWO: list[Fields] = [{"signs": {0: "MA", 1: "m"}, "days": 2, **GROUPS, **WEEKS[2]}]
SAME: list[Fields] = [{"same": same} for same in ("all", "time", "center", "day")]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "as_last_week", SAME, LINES
    yield "as_last_week", cross(SAME[:1], [{"group": "youth"}, {"group": "choir"}]), TWO
