"""What grounds are made of: keyword arguments of `plan`, and sets of parameters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from families import Fields

from shiftplan.testing.pictures import MONDAY

Plan = tuple[str, list[Fields], list[Fields]]
"""Kind of a rule, its parameter sets, the grounds to try them on."""


def times(values: Any, **params: Any) -> list[Fields]:
    """Parameter sets that differ in `value`."""
    return [{"value": v, **params} for v in values]


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
