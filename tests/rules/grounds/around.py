"""Grounds on which the rule on dates beside days off is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.ground import GROUPS, Plan, cross
from shiftplan.testing.pictures import MONDAY


def wishes(*days: int, who: str = "ana", **fields: object) -> tuple[Fields, ...]:
    wish = {"volunteer_id": who, "state": "against", **fields}
    return tuple({**wish, "date": MONDAY + dt.timedelta(day)} for day in days)


LINES: list[Fields] = [
    {"signs": {0: "M", 1: "M", 2: "M", 3: "M", 4: "M", 5: "M", 6: "M"}, "preferences": off}
    for off in (
        wishes(1),
        wishes(0, 3, 4),
        wishes(1, 3, 6),
        (*wishes(4), *wishes(1, state="for"), *wishes(2, shifts="morning")),
    )
]
LINES += [{"signs": {0: "MA", 2: "MN"}, "days": 3, "preferences": wishes(1)}]
LINES += [{"signs": {4: "M", 5: "M", 6: "M", 7: "M"}, "days": 8, "preferences": wishes(5, 7)}]
TWO: list[Fields] = [
    {
        "signs": {0: "M", 1: "M", 2: "N", 4: "M"},
        "days": 5,
        **GROUPS,
        "preferences": (*wishes(1), *wishes(0, 3, who="bob")),
    }
]
SIDES: list[Fields] = [{"sides": sides} for sides in ("both", "before", "after", "bridge")]
WEEKEND: list[Fields] = [{"weekend": ("fri",)}, {"weekend": ("tue", "wed")}]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "beside_days_off", SIDES, LINES
    yield "beside_days_off", cross(SIDES[3:], WEEKEND), LINES[:4]
    yield "beside_days_off", cross(SIDES[::3], [{"group": "youth"}, {"shifts": "morning"}]), TWO
