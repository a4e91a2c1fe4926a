"""Grounds on which the rules on what is given are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields, moment

from grounds.ground import OCCUPIED, TUESDAY, Plan, times
from grounds.share import MEETING, SHARES
from grounds.team import WITHOUT_CHO
from grounds.wishes import WISHES
from shiftplan.testing.pictures import window

HALF: Fields = {
    "signs": {0: "MAN", 1: "L"},
    "people": "ana bob",
    "days": 2,
    "availability": (
        {"volunteer_id": "ana", "start": moment(0, 8), "end": moment(0, 10)},
        {"volunteer_id": "ana", "start": moment(0, 9), "end": moment(0, 10, 30)},
        {"volunteer_id": "ana", "start": moment(0, 14), "end": moment(1, 2)},
        {"volunteer_id": "bob", "start": moment(1, 15, 30), "end": moment(1, 23)},
    ),
}
"""Shifts that lie outside in part, at either end, also over midnight."""
PINNED: list[Fields] = [
    {
        "signs": {0: "MA", 1: "M"},
        "people": "ana bob",
        "days": 2,
        "pins": (
            {"volunteer_id": "ana", "shift_id": "A0", "state": "must"},
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
            {"volunteer_id": "bob", "shift_id": "M0", "state": "must"},
        ),
    },
    {
        "signs": {0: "MA"},
        "days": 1,
        "availability": (),
        "pins": ({"volunteer_id": "ana", "shift_id": "A0", "state": "must"},),
    },
]
ALWAYS: dict[str, list[Fields]] = {
    "pins": PINNED,
    "occupied": OCCUPIED,
}
"""Kind of a rule that no problem names -> the grounds to try it on."""


PUBLISHED: list[Fields] = [
    {
        "signs": {0: "M", 1: "MA", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "published": (
            {"volunteer_id": "ana", "shift_id": "M0"},
            {"volunteer_id": "ana", "shift_id": "M1", "told": False},
            {"volunteer_id": "bob", "shift_id": "M1"},
            {"volunteer_id": "bob", "shift_id": "M2", "told": False},
        ),
    },
    # Ana can no longer come on Monday, and must not on Tuesday; Bob must.
    {
        "signs": {0: "MA", 1: "M", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "availability": (window("ana", first=1), window("bob")),
        "published": (
            {"volunteer_id": "ana", "shift_id": "M0"},
            {"volunteer_id": "ana", "shift_id": "M1"},
            {"volunteer_id": "bob", "shift_id": "A0"},
        ),
        "pins": (
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
            {"volunteer_id": "bob", "shift_id": "M1", "state": "must"},
        ),
    },
    {"signs": {0: "MA", 1: "M", 2: "N"}, "days": 3},
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    stable: list[Fields] = [{"told_weight": 5}, {"told_weight": 0, "weight": 3}]
    stable += [{"first_day": TUESDAY}, {"last_day": TUESDAY, "told_weight": 2}]
    stable += [{"first_day": TUESDAY, "last_day": TUESDAY}]
    yield "stability", stable, PUBLISHED
    windows = [*OCCUPIED[:2], SHARES[1], WISHES, WITHOUT_CHO, MEETING, HALF]
    yield "available", times([0, 90, 240]), windows
