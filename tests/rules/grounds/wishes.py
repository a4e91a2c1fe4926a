"""Grounds on which the rules on wishes are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.counts import PERIODS
from grounds.ground import Plan
from grounds.share import MEETING, SHARES, STATES
from shiftplan.testing.pictures import MONDAY, window

WISHES: Fields = {
    "signs": {0: "MA", 1: "MN", 2: "E"},
    "people": "ana bob",
    "days": 3,
    "each": {"ana": {"wish_percent": 130}, "bob": {"wish_percent": 40}},
    "availability": (window("ana"), window("bob", first=0, last=1)),
    "preferences": (
        {"volunteer_id": "ana", "shift_id": "M0", "state": "for", "weight": 3},
        {"volunteer_id": "ana", "shift_id": "A0", "state": "against"},
        {"volunteer_id": "ana", "date": MONDAY, "state": "for", "weight": 2},
        {
            "volunteer_id": "ana",
            "date": MONDAY + dt.timedelta(1),
            "shifts": "night",
            "state": "for",
        },
        {"volunteer_id": "ana", "date": MONDAY + dt.timedelta(1), "state": "against", "weight": 5},
        {"volunteer_id": "bob", "date": MONDAY, "state": "against"},
        {"volunteer_id": "bob", "shift_id": "M1", "state": "for"},
        {
            "volunteer_id": "bob",
            "date": MONDAY + dt.timedelta(2),
            "shifts": "day",
            "state": "against",
        },
    ),
}
MANY_WISHES: list[Fields] = [
    {
        **WISHES,
        "signs": {0: "MmA", 1: "MN"},
        "days": 3,
        "each": {"ana": {"wish_percent": 0}, "bob": {"group": "youth", "wish_percent": 250}},
        "availability": (window("ana", "undesired"), window("bob", "undesired", 0, 1)),
    },
    {
        "signs": {0: "Mm", 1: "MAa"},
        "people": "ana bob",
        "days": 2,
        "each": {
            "ana": {"wish_percent": 35},
            "bob": {"group": "youth", "max_shifts": 1, "wish_percent": 150},
        },
        "availability": STATES,
        "preferences": (
            {"volunteer_id": "bob", "date": MONDAY, "state": "for"},
            {"volunteer_id": "bob", "shift_id": "A1", "state": "against", "weight": 9},
        ),
    },
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "wish", [{"weight": w} for w in (0, 7, 10, 13)], [*SHARES[:2], MEETING, MANY_WISHES[1]]
    yield "preferences", [{}], [WISHES, PERIODS[4]]
    yield "wish_equality", [{"weight": 100}, {"weight": 33, "group": "youth"}], MANY_WISHES
    yield "wish_equality", [{"weight": 100}], [WISHES, SHARES[1], PERIODS[4], MEETING]
