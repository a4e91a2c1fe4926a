"""Grounds on which the rules on how many shifts a person gets are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields, moment

from grounds.counts import PERIODS
from grounds.ground import FILTERS, OCCUPIED, Plan, cross, times
from shiftplan.testing.pictures import MONDAY, shift

STATES = (
    {"volunteer_id": "ana", "start": moment(0, 6), "end": moment(1, 12), "state": "preferred"},
    {"volunteer_id": "ana", "start": moment(1, 13), "end": moment(1, 17), "state": "undesired"},
    {"volunteer_id": "ana", "start": moment(1, 17), "end": moment(2, 6), "state": "available"},
    {"volunteer_id": "bob", "start": moment(0, 7), "end": moment(0, 10), "state": "available"},
    {"volunteer_id": "bob", "start": moment(0, 10), "end": moment(0, 17), "state": "undesired"},
    {"volunteer_id": "bob", "start": moment(1, 7), "end": moment(1, 17), "state": "available"},
)


def _hours(who: str, *windows: tuple[str, float, float]) -> Iterator[Fields]:
    """Windows: state, first and last hour from Monday's midnight."""
    for state, *hours in windows:
        start, end = (moment(0, 0) + dt.timedelta(hours=hour) for hour in hours)
        yield {"volunteer_id": who, "state": state, "start": start, "end": end}


SHARES: list[Fields] = [
    {
        "signs": {0: "MA", 1: "MA", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "each": {
            "ana": {"max_shifts": 3, "min_shifts": 2},
            "bob": {"max_shifts": 4, "min_shifts": 4},
        },
        "history": (
            {"volunteer_id": "ana", "shifts_offered": 12, "shifts_worked": 9},
            {"volunteer_id": "bob", "shifts_offered": 1.5, "shifts_worked": 0.5},
        ),
    },
    {
        "signs": {0: "MmA", 1: "AN"},
        "people": "ana bob",
        "days": 2,
        "each": {"ana": {"min_shifts": 3}, "bob": {"min_shifts": 4, "max_shifts": 2}},
        "availability": STATES,
    },
    {
        "signs": {0: "MA"},
        "people": "ana bob cho",
        "days": 1,
        "each": {"ana": {"max_shifts": 0, "min_shifts": 1}, "bob": {"max_shifts": 1}},
        "history": ({"volunteer_id": "bob", "shifts_offered": 3, "shifts_worked": 4},),
    },
]
MEETING: Fields = {
    "signs": {0: "MOA", 1: "MEN"},
    "people": "ana bob",
    "days": 2,
    "each": {"ana": {"min_shifts": 2}, "bob": {"min_shifts": 3, "max_shifts": 2}},
    "availability": (
        # M touches both; O lies in both but for the gap from 12:00 to 13:00.
        *_hours("ana", ("available", 6, 9), ("undesired", 9, 12), ("preferred", 13, 17)),
        # E in three that touch, the longest first; N over midnight.
        *_hours("ana", ("preferred", 30, 37), ("available", 31, 32), ("preferred", 37, 48)),
        *_hours("ana", ("undesired", 48, 54)),
        # M in the first only, O in both, A in the second only.
        *_hours("bob", ("preferred", 7, 12), ("available", 11, 17)),
        # E but for its first half hour, M at the edge of the first.
        *_hours("bob", ("undesired", 30.5, 31), ("preferred", 31, 35), ("available", 35, 39)),
    ),
}
"""Windows that touch or overlap, of different states."""
LOADS: list[Fields] = [
    *(
        {**ground, "each": {**ground["each"], "ana": {**ground["each"]["ana"], "group": "youth"}}}
        for ground in SHARES
    ),
    {
        "signs": {0: "MA", 1: "ANn"},
        "people": "ana bob",
        "days": 2,
        "each": {"ana": {"group": "youth"}, "bob": {"home_center_id": "far", "group": "army"}},
        "availability": STATES,
        "history": (
            {
                "volunteer_id": "ana",
                "shifts_offered": 0.25,
                "shifts_worked": 7,
                "undesired_worked": 2,
                "hours_offered": 12,
                "hours_worked": 2.5,
                "named_offered": ("day:4", "morning:3", "night:5"),
                "named_worked": ("day:1", "morning:2", "night:3"),
            },
        ),
    },
    # Shifts of 4, 8, 1.5 and 1.5 hours: whole hours no longer tell how many.
    {
        "shifts": (
            shift("M", 0),
            shift("m", 0),
            shift("N", 0),
            shift("A", 0, end=dt.datetime.combine(MONDAY, dt.time(14, 30))),
            shift("A", 1, end=dt.datetime.combine(MONDAY, dt.time(14, 30)) + dt.timedelta(1)),
        ),
        "signs": {},
        "people": "ana bob",
        "days": 2,
        "each": {"ana": {"max_shifts": 2}, "bob": {"group": "youth"}},
        "history": (
            {"volunteer_id": "bob", "hours_offered": 3.5, "hours_worked": 1, "shifts_worked": 1},
        ),
    },
    # Shifts of 20 minutes: a part of an hour is one.
    {
        "shifts": tuple(shift("M", d, end=moment(d, 7, 20)) for d in range(4)),
        "signs": {},
        "people": "ana bob",
        "days": 4,
        "each": {"ana": {"max_shifts": 3}},
    },
]
"""People who offered and worked differently, with a history of it."""
COURSES: list[Fields] = [
    {
        **ground,
        "each": {"ana": {"max_shifts": most, "min_shifts": 2}, "bob": {"min_shifts": 9}},
    }
    for ground in OCCUPIED
    for most in (0, 1, 3)
]
"""People who are occupied by what counts as shifts."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("max_shifts", "min_shifts", "full_day"):
        yield kind, [{}], [*SHARES, PERIODS[4]]
        yield kind, [{}], COURSES
    yield "full_day", [{"days": "mon"}, {"shifts": "morning"}], COURSES
    yield "floor", times([1, 2, 4]) + times([2], days="tue") + times([2], shifts="day"), COURSES
    yield "floor", times([1, 2, 4]) + cross(times([2]), FILTERS[:1] + FILTERS[3:]), LOADS
