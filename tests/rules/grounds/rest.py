"""Grounds on which the rules on rest, successions and weekends are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields, moment

from grounds.counts import BERLIN
from grounds.ground import COUNTED, FILTERS, GROUPS, OCCUPIED, Plan, before, cross, times, work

RESTS: list[Fields] = [
    {"signs": {0: "ELN", 1: "ELN", 2: "E"}, "days": 3},
    {"signs": {0: "MOA", 1: "OEL"}, "days": 2},
    {"signs": {0: "EN", 1: "M"}, "days": 2, **before(last_shift_end=moment(-1, 22))},
    {"signs": {0: "EMN", 1: "M"}, "days": 2, **before(last_shift_end=moment(0, 6))},
    {"signs": {0: "EM", 1: "N"}, "days": 2, **GROUPS, **before(last_shift_end=moment(0, 3))},
    {
        "signs": {0: "LN", 1: "M"},
        "days": 2,
        **GROUPS,
        **before("bob", last_shift_end=moment(0, 13)),
    },
    BERLIN,
]
SUCCESSIONS: list[Fields] = [
    {"signs": "EN", "days": 4},
    {"signs": {0: "EN", 1: "L", 2: "EN", 3: "L", 4: "ELN"}, "days": 5},
    {"signs": "LN", "days": 3, **before(last_shift_type="night")},
    {"signs": "LN", "days": 3, **before(last_shift_type="late")},
    {"signs": "EN", "days": 1, **before(last_shift_type="night")},
    {
        "signs": {0: "L", 1: "EN", 2: "E"},
        "days": 3,
        **GROUPS,
        **before("bob", last_shift_type="night"),
    },
    {
        "signs": {0: "L", 1: "EN", 2: "E"},
        "days": 3,
        **GROUPS,
        **before("ana", last_shift_type="night"),
    },
]
WEEKENDS: list[Fields] = [
    {"signs": {4: "M", 5: "MN", 6: "M", 7: "M", 11: "M", 12: "N", 13: "M"}, "days": 14},
    {"signs": {0: "M", 1: "M", 6: "M", 7: "MN", 8: "M"}, "days": 9, "start": dt.date(2026, 12, 12)},
    {"signs": {0: "M", 5: "M", 6: "M", 7: "M"}, "days": 8, "start": dt.date(2026, 12, 13)},
    {
        "signs": {0: "M", 1: "M", 2: "N", 6: "M"},
        "days": 7,
        "start": dt.date(2026, 12, 13),
        **COUNTED,
    },
    {"signs": {4: "M", 5: "M", 6: "MN"}, "days": 7, **COUNTED},
    {"signs": {4: "M", 5: "M", 6: "N"}, "days": 7, **GROUPS, **before("bob", counted_weekends=1)},
    {"signs": {4: "M", 5: "M", 6: "N"}, "days": 7, **GROUPS, **COUNTED},
    {"signs": {0: "M", 1: "M"}, "days": 3},
]
MET: list[Fields] = [
    {"signs": {4: "A", 5: "A", 6: "A", 12: "A", 13: "A"}, "days": 14, **COUNTED, **work(5, 7)},
    {"signs": {4: "A", 5: "A", 6: "A"}, "days": 7, **GROUPS, **work(4)},
    {
        "signs": {4: "A", 5: "A", 6: "A"},
        "days": 7,
        "people": "ana bob",
        "occupied": ({"volunteer_id": "ana", **work(5)["occupied"][0]},),
    },
]
"""Meetings of everybody, on a Saturday or a Friday."""
WEEKEND_DAYS: list[Fields] = [
    {},
    {"weekend": ("fri", "sat", "sun")},
    {"weekend": ("sun",)},
    {"weekend": ("sun", "mon")},
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "min_rest", times([60, 120, 121, 600, 1440]), OCCUPIED
    yield "min_rest", cross(times([600]), FILTERS), OCCUPIED[:1]
    yield "min_rest", times([1, 60, 480, 481, 660, 1440]), RESTS
    yield "min_rest", cross(times([600]), FILTERS), RESTS[4:6]
    yield "min_rest", cross(times([660]), [{"shifts": "night|early"}]), RESTS[:4]
    pairs: list[Fields] = [
        {"first": "night", "then": "early"},
        {"first": "night", "then": "early|late"},
        {"first": "late|night", "then": "night"},
        {"first": "day", "then": "day"},
    ]
    yield "forbidden_succession", pairs, SUCCESSIONS
    yield (
        "forbidden_succession",
        cross(pairs[1:2], [{"group": "youth"}, {"group": "choir"}]),
        SUCCESSIONS[5:],
    )
    yield "max_weekends", times([0, 1]) + times([1], days="sat"), MET
    yield "complete_weekends", [*WEEKEND_DAYS[:2], {"group": "youth"}], MET
    yield "max_weekends", cross(times([0, 1, 2]), WEEKEND_DAYS), WEEKENDS
    yield "complete_weekends", WEEKEND_DAYS, WEEKENDS
    yield "max_weekends", cross(times([0, 1]), FILTERS), WEEKENDS[5:7]
    yield "complete_weekends", FILTERS, WEEKENDS[5:7]
    yield "max_weekends", times([0, 1], shifts="night"), WEEKENDS[:2] + WEEKENDS[3:5]
    yield "complete_weekends", [{"shifts": "morning"}], WEEKENDS[:3]
