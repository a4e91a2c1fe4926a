"""Grounds on which the rules on patterns of days are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, before, cross, work

BORDERS: list[Fields] = [
    {},
    before(last_shift_type="night"),
    before(last_shift_type="night", same_type_in_a_row=2, worked_in_a_row=3),
    before(last_shift_type="late", worked_in_a_row=2),
    before(worked_in_a_row=2),
    before(off_in_a_row=0),
    before(off_in_a_row=1, worked_in_a_row=0),
    before(off_in_a_row=3),
]
LINES: list[Fields] = [{"signs": {0: "LN", 1: "LN", 2: "N"}, "days": 3, **b} for b in BORDERS]
LINES += [{"signs": "LN", "days": 1, **border} for border in BORDERS[1:4]]
LINES += [{"signs": {0: "EN", 1: "L", 3: "NL", 4: "N"}, "days": 5}]
LINES += [{"signs": {0: "Nn", 1: "Ln"}, "days": 3}]
TWO: list[Fields] = [
    {"signs": "N", "days": 3, **GROUPS, **before("bob", off_in_a_row=2)},
    {"signs": {0: "N", 1: "N", 3: "L"}, "days": 4, **GROUPS, **before(last_shift_type="night")},
]
FAR: list[Fields] = [{"signs": "Mm", "days": 3, **before(off_in_a_row=2)}]
WEEKEND: list[Fields] = [{"signs": {3: "N", 4: "N", 5: "L", 6: "N", 7: "N"}, "days": 9}]
MET: list[Fields] = [
    {"signs": {0: "A", 1: "AN", 2: "A", 3: "AN"}, "days": 4, **work(1, 3)},
    {"signs": "A", "days": 4, **work(0, 1), **before(last_shift_type="night")},
    {"signs": "A", "days": 3, **work(2), **before(worked_in_a_row=1)},
]
"""Meetings of everybody on some days, on which shifts are possible too."""
WORK: list[Fields] = [
    {"pattern": "off, work, off"},
    {"pattern": "!off, !off"},
    {"pattern": "!night|off, any, work"},
    {"pattern": "off, off"},
    {"pattern": "night, off, !off"},
    {"pattern": "!night, off|night"},
    {"pattern": "work, off"},
]
PATTERNS: list[Fields] = [
    {"pattern": "night"},
    {"pattern": "night, off, !off"},
    {"pattern": "off, night|late, off"},
    {"pattern": "night, night, night"},
    {"pattern": "night|off, any, !night|off"},
    {"pattern": "work, any, any"},
    {"pattern": "!night, late"},
]
THEN: list[Fields] = [
    {"followed_by": "off"},
    {"followed_by": "any, !night|off"},
    {"followed_by": "night|off, work"},
]
DAYS: list[Fields] = [
    {"days": "fri"},
    {"days": "sun|mon"},
    {"days": "2026-12-10|2026-12-12"},
    {"first_day": "2026-12-10"},
    {"last_day": "2026-12-11"},
]
LIMITS: list[Fields] = [
    {"where": "far", "pattern": "morning, off"},
    {"where": "home", "pattern": "!morning, work, off"},
    {"hours": "08:00-12:00", "pattern": "off, off"},
]
GROUP: list[Fields] = [{"group": "youth"}, {"group": "choir"}]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    starts, then = PATTERNS[:3], [{"followed_by": "off, !off"}]
    kinds: dict[str, tuple[list[Fields], list[Fields]]] = {
        "forbidden_pattern": (PATTERNS, [{}]),
        "required_pattern": (PATTERNS, then),
    }
    for kind, (patterns, more) in kinds.items():
        yield kind, cross(patterns, more), LINES
        yield kind, cross(WORK, more), MET
        yield kind, cross(starts, more, GROUP), TWO
        yield kind, cross(starts, more, DAYS), WEEKEND
        yield kind, cross(LIMITS, more), FAR
    yield "required_pattern", cross(PATTERNS[1:5:3], THEN), LINES[:4]
