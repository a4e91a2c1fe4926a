"""Grounds on which the rules on centers and areas are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields, in_areas

from grounds import coverage
from grounds.alternatives import TALKS, UNABLE
from grounds.coverage import APART, TIMES
from grounds.ground import SKILLS, Plan, cross, times
from grounds.optional import EXTRAS


def seats(*rows: tuple[str, int] | tuple[str, int, str, int]) -> Fields:
    """A ground's requirements as (shift, target), perhaps with skill and level."""
    keys = ("shift_id", "target", "skill_id", "min_level")
    return {"requirements": tuple(dict(zip(keys, row, strict=False)) for row in rows)}


EQUITY: list[Fields] = [
    # Two centers of the same size, and one that wants nothing.
    {
        "signs": {0: "Mmx"},
        "people": "ana bob cho",
        "days": 1,
        **in_areas({"minority_area": True}, {"remote_area": True, "groups": ("island",)}),
        **seats(("M0", 2), ("m0", 2)),
    },
    # Sizes 5, 3 and 1; more people than seats; nobody is in the area other.
    {
        "signs": {0: "Mmx"},
        "people": "ana bob cho",
        "days": 1,
        "skills": SKILLS,
        "each": {"ana": {"skills": {"portal": 2}}, "bob": {"skills": {"portal": 1}}},
        **in_areas(
            {"minority_area": True, "remote_area": True},
            {"groups": ("island", "port"), "remote_area": True},
            {"groups": ("port",), "minority_area": True},
        ),
        **seats(("M0", 2), ("M0", 3, "portal", 1), ("m0", 1), ("m0", 2, "portal", 2), ("x0", 1)),
    },
    # Home has few seats: who is more than these must not count there.
    {
        "signs": {0: "MA", 1: "m"},
        "people": "ana bob cho",
        "days": 2,
        **in_areas({"groups": ("port",)}, {"minority_area": True}),
        **seats(("M0", 1), ("A0", 2), ("m1", 3)),
    },
]


EXCLUSIVE: list[Fields] = [
    {**ground, **in_areas({"minority_area": True}, {"remote_area": True, "groups": ("port",)})}
    for ground in coverage.EXCLUSIVE
]
"""Seats of which each person fills one only, at two centers."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    kinds: list[Fields] = [{"seats": "people"}, {"seats": "skilled"}, {}]
    yield "worst_center_first", [*times([2, 12], weight=50), *kinds], [*EQUITY, *EXCLUSIVE]
    yield "worst_center_first", [{}, *kinds[:2], {"shifts": "morning"}], [TIMES, APART]
    yield "area_floor", [{"group": "minority"}, {"group": "minority", "value": 60}], [APART]
    for areas, floor in (("minority", 67), ("other", 34), ("remote", 80), ("other|port", 100)):
        yield "area_floor", [{"group": areas}, {"group": areas, "value": floor}], EQUITY
    yield "area_floor", cross([{"group": "minority"}], kinds[1:]), EXCLUSIVE
    yield "area_floor", cross([{"group": "minority"}], [{}, {"value": 60}], kinds[:2]), EQUITY[1:2]
    yield "worst_center_first", times([2, 5], weight=50), [TALKS, EXTRAS]
    floors: list[Fields] = [{"group": "far"}, {"group": "home"}, {"group": "home", "value": 60}]
    yield "area_floor", floors, [TALKS, UNABLE, EXTRAS]
