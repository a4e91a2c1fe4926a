"""What grounds are made of: keyword arguments of `plan`, and sets of parameters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from families import Fields, moment

from shiftplan.testing.pictures import MONDAY

Plan = tuple[str, list[Fields], list[Fields]]
"""Kind of a rule, its parameter sets, the grounds to try them on."""


def times(values: Any, **params: Any) -> list[Fields]:
    """Parameter sets that differ in `value`."""
    return [{"value": v, **params} for v in values]


def at_times(start: dt.datetime, end: dt.datetime, **fields: Any) -> Fields:
    """A requirement of people who are at a center at a time, home if none is named."""
    return {"center_id": "home", "start": start, "end": end, **fields}


def at_days(first: int | None, last: int | None, **fields: Any) -> Fields:
    """A requirement of assignments from a day number to another."""
    days = {
        name: MONDAY + dt.timedelta(day)
        for name, day in (("first_day", first), ("last_day", last))
        if day is not None
    }
    return {"center_id": "home", **days, **fields}


def before(who: str = "ana", **fields: Any) -> Fields:
    """A ground's history of one person."""
    return {"history": ({"volunteer_id": who, **fields},)}


GROUPS: Fields = {
    "people": "ana bob",
    "each": {"ana": {"group": "youth"}, "bob": {"group": "army|choir"}},
}

COUNTED: Fields = before(counted_shifts=2, counted_minutes=300, counted_weekends=1)


SKILLS = (
    {"skill_id": "portal", "max_level": 4},
    {"skill_id": "khmer", "max_level": 4, "kind": "language"},
)
UNTIL_MONDAY = {"skill_id": "portal", "level": 3, "valid_to": MONDAY}
FROM_TUESDAY = {"skill_id": "portal", "level": 1, "valid_from": MONDAY + dt.timedelta(1)}
TUESDAY = MONDAY + dt.timedelta(1)
PERIOD_KINDS: list[Fields] = [{"per": p} for p in ("horizon", "week", "month", "day")]
PERIOD_KINDS += [{"rolling_days": n} for n in (1, 2, 3, 40)]
FILTERS: list[Fields] = [
    {"group": "youth"},
    {"group": "choir"},
    {"group": "youth|choir"},
    {"shifts": "night"},
    {"group": "youth", "shifts": "morning"},
]


def cross(*options: list[Fields]) -> list[Fields]:
    sets: list[Fields] = [{}]
    for more in options:
        sets = [{**a, **b} for a in sets for b in more]
    return sets


ATTENDED: Fields = {"counted_minutes": 120, "counted_shifts": 1, "is_work": True}
OCCUPIED: list[Fields] = [
    # A meeting right after Monday's morning, and all of Tuesday and Wednesday off, for some.
    {
        "signs": {0: "MA", 1: "M", 2: "A", 3: "M"},
        "people": "ana bob",
        "days": 4,
        "each": {"bob": {"group": ("youth",)}},
        "occupied": (
            {"volunteer_id": "ana", "start": moment(0, 11), "end": moment(0, 12), **ATTENDED},
            {"group": "youth", "start": moment(1, 0), "end": moment(3, 0), "counted_minutes": 200},
        ),
    },
    # What ends as a shift starts, two rows on one date, and one that reaches beyond both ends.
    {
        "signs": {0: "M", 1: "MA", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "history": ({"volunteer_id": "ana", "shifts_worked": 1, "shifts_offered": 3},),
        "occupied": (
            {"start": moment(1, 11), "end": moment(1, 13), **ATTENDED},
            {"group": "bob", "start": moment(1, 4), "end": moment(1, 7), **ATTENDED},
            {"group": "ana", "start": moment(-1, 5), "end": moment(0, 3), **ATTENDED},
            {"group": "ana", "start": moment(2, 18), "end": moment(4, 3), **ATTENDED},
        ),
    },
    # Nights: the course ends on the date after that of its start.
    {
        "signs": {0: "N", 1: "MN", 2: "A", 3: "M"},
        "days": 4,
        "history": ({"volunteer_id": "ana", "worked_in_a_row": 1},),
        "occupied": (
            {"volunteer_id": "ana", "start": moment(0, 14), "end": moment(1, 2), **ATTENDED},
            {"volunteer_id": "ana", "start": moment(2, 8), "end": moment(2, 13), **ATTENDED},
        ),
    },
]
"""People who are occupied by something else than shifts, some of which counts."""


def work(*days: int) -> Fields:
    """Meetings of everybody on some days, by their numbers, before an afternoon."""
    rows = ({"start": moment(d, 8), "end": moment(d, 9), "is_work": True} for d in days)
    return {"occupied": tuple(rows)}
