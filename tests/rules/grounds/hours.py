"""Grounds on which the rules on hours at a stretch and within any hours are tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from families import Fields, moment

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


def _beside(*hours: tuple[float, float]) -> Fields:
    """Other work of everybody, from and to these hours of the horizon."""
    hour = dt.timedelta(hours=1)
    times = ((moment(0, 0) + a * hour, moment(0, 0) + b * hour) for a, b in hours)
    return {"occupied": tuple({"start": a, "end": b, "is_work": True} for a, b in times)}


MET: list[Fields] = [
    {"signs": {0: "MA", 1: "MA"}, "days": 2, **_beside((11, 12), (17.5, 23))},
    {"signs": {0: "MAN", 1: "M"}, "days": 2, **_beside((-3, 7), (11, 12.5), (12, 13), (24, 48))},
    {"signs": {0: "MON", 1: "A"}, "days": 2, **_beside((16, 20), (31, 37), (41, 50))},
    # A night's work before the Tuesday, of the Monday.
    {"signs": {1: "MA"}, "days": 2, **_beside((20, 31))},
    # More than a day, a row within another one, and two with an hour before and between them.
    {
        "signs": {0: "MA", 2: "MA"},
        "days": 3,
        **_beside((17, 42), (59, 61), (59.5, 60), (66, 68), (68.5, 71)),
    },
    {
        "signs": {0: "MN", 1: "A"},
        "days": 2,
        **GROUPS,
        "occupied": (
            {"group": "youth", "start": moment(0, 11), "end": moment(0, 20), "is_work": True},
            {"group": "bob", "start": moment(1, 6), "end": moment(1, 13), "is_work": True},
            {"group": "ana", "start": moment(1, 17), "end": moment(1, 20)},
        ),
    },
]
"""Other work right after shifts, before them, and between them."""
TWO: list[Fields] = [{"signs": {0: "MN", 1: "EL"}, "days": 2, **GROUPS}]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    pauses: list[Fields] = [{}, {"pause_minutes": 120}, {"pause_minutes": 121}]
    within: list[Fields] = [{}, {"within_hours": 7}, {"within_hours": 40}]
    yield "max_consecutive_minutes", cross(times([239, 840]), pauses), GROUNDS
    yield "max_consecutive_minutes", cross(times([239, 540]), pauses), MET
    yield "max_consecutive_minutes", times([300], days="tue") + times([300], group="bob"), MET
    yield "max_consecutive_minutes", times([480], shifts="morning|night"), MET
    yield "max_minutes_within", cross(times([239, 540]), within), MET
    yield "max_minutes_within", times([300], days="tue") + times([300], group="bob"), MET
    yield "max_minutes_within", times([480], shifts="morning|night"), MET
    yield "max_consecutive_minutes", cross(times([480]), FILTERS), TWO
    yield "max_minutes_within", cross(times([240, 540]), within), GROUNDS
    yield "max_minutes_within", cross(times([480]), FILTERS), TWO
