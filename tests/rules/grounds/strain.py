"""Grounds on which the rules on strain are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import FILTERS, GROUPS, OCCUPIED, Plan, before, cross, times
from shiftplan.testing.pictures import shift

_SHIFTS = (shift("N", 0, strain=3), shift("M", 0), shift("N", 1, strain=4), shift("A", 1, strain=0))
GROUNDS: list[Fields] = [
    {"signs": {}, "days": 2, "people": "ana bob", "shifts": _SHIFTS},
    {
        "signs": {},
        "days": 2,
        "shifts": _SHIFTS,
        **GROUPS,
        **before(shifts_offered=4, shifts_worked=3, strain_worked=5, counted_shifts=2),
    },
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    per: list[Fields] = [{"per": "horizon"}, {"per": "day"}, {"rolling_days": 2}]
    yield "max_strain", cross(times([0, 3, 5]), per), GROUNDS[:1]
    yield "max_strain", cross(times([2]), FILTERS), GROUNDS[1:]
    yield "max_strain", cross(times([1]), per), OCCUPIED[2:]
    yield "balance_strain", [{}, {"weight": 9}, {"weight": 1_000_000}], GROUNDS
    yield "balance_strain", FILTERS, GROUNDS[1:]
