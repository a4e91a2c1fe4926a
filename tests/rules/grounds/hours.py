"""Grounds on which the rules on hours at a stretch and within any hours are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields

from grounds.counts import BERLIN
from grounds.ground import FILTERS, GROUPS, Plan, cross, times
from shiftplan.week.horizon import Horizon

SPRING = dt.date(2026, 3, 28)
FORWARD: Fields = {
    "signs": {0: "LN", 1: "EN", 2: "EL"},
    "start": SPRING,
    "horizon": Horizon(start=SPRING, days=3, zone="Europe/Berlin"),
}
"""Clocks go forward in the night from the first to the second date: the night lasts seven hours."""
GROUNDS: list[Fields] = [
    {"signs": {0: "ELN", 1: "EL", 2: "E"}, "days": 3},
    {"signs": {0: "MOA", 1: "EMA"}, "days": 2},
    {"signs": {0: "Nn", 1: "DmO"}, "days": 2},
    BERLIN,
    FORWARD,
]
TWO: list[Fields] = [{"signs": {0: "MN", 1: "EL"}, "days": 2, **GROUPS}]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    pauses: list[Fields] = [{}, {"pause_minutes": 120}, {"pause_minutes": 121}]
    within: list[Fields] = [{}, {"within_hours": 7}, {"within_hours": 40}]
    yield "max_consecutive_minutes", cross(times([239, 840]), pauses), GROUNDS
    yield "max_consecutive_minutes", cross(times([480]), FILTERS), TWO
    yield "max_minutes_within", cross(times([240, 540]), within), GROUNDS
    yield "max_minutes_within", cross(times([480]), FILTERS), TWO
