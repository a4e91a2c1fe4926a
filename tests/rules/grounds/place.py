"""Grounds on which the rules on where people work, and how far from home are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import Plan, before, times

PLACES: list[Fields] = [
    {"signs": {0: "MAax", 1: "Mmax"}, "days": 2},
    {
        "signs": {0: "Ma", 1: "Ax", 2: "m"},
        "days": 3,
        "people": "ana bob",
        "each": {"bob": {"home_center_id": "far"}},
    },
]
FAR: Fields = {
    "signs": {0: "Mmxt"},
    "people": "ana bob cho",
    "days": 1,
    "each": {
        "ana": {"max_distance_km": 0},
        "bob": {"max_distance_km": 12, "home_center_id": "far"},
        "cho": {"max_distance_km": 44.5, "home_center_id": "far"},
    },
}
SENT: list[Fields] = [
    {**FAR, "each": {**FAR["each"], "ana": {"max_distance_km": 0, "mobile": True}}},
    {
        **FAR,
        "people": "ana bob",
        "each": {
            "ana": {"home_center_id": None, "mobile": True},
            "bob": {"max_distance_km": 12, "home_center_id": "far", "mobile": False},
        },
    },
]


DRIVEN: list[Fields] = [
    {**FAR, "travel": ({"origin": "home", "destination": "far", "minutes": minutes},)}
    for minutes in (0, 23, 24, 25)
]
DRIVEN += [
    {**ground, "travel": ({"minutes": 89}, {"destination": "hill", "minutes": 41})}
    for ground in (FAR, *SENT)
]
"""Ways from home of which rows tell; 24 minutes at 30 km/h are 12 km."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "max_distance", [{}], [FAR, *SENT]
    yield "travel", [{}, {"weight": 1}], [FAR, *PLACES, *SENT]
    for kind in ("max_distance", "travel"):
        yield kind, [{"speed_kmh": 30}, {"speed_kmh": 7}], DRIVEN
    for kind in ("one_center_per_day", "continuity"):
        yield kind, [{}], PLACES
    yield "max_centers", times([0, 1, 2]), PLACES
    remembered: list[Fields] = [
        {**PLACES[0], **before(last_center="far")},
        {**PLACES[1], **before("bob", last_center="hill")},
    ]
    limits: list[Fields] = [{}, {"where": "home|far"}, {"shifts": "morning"}, {"group": "ana"}]
    yield "continuity", limits, remembered
