"""Grounds on which the rules on the share of a group are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import Plan, cross, times

GROUPS = {"ana": {"group": "youth"}, "bob": {"group": "army|youth"}}
TEAMS: list[Fields] = [
    {"signs": {0: "M", 1: "Mm"}, "days": 2, "people": "ana bob cho", "each": GROUPS},
    {"signs": {0: "MA", 1: "m"}, "days": 2, "people": "ana bob cho", "each": GROUPS},
]
OF: list[Fields] = [{"per": per} for per in ("shift", "center_day", "horizon")]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    army, youth = {"group": "army"}, {"group": "youth"}
    yield "min_group_share", cross(times([33, 60, 100]), [army], OF), TEAMS
    yield "max_group_share", cross(times([0, 34, 50]), [youth], OF), TEAMS
    yield "min_group_share", cross(times([50]), [{"group": "army|home:home"}, youth], OF), TEAMS[:1]
