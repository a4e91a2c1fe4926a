"""Grounds on which the rule on people where citizens need their skills is tried."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from families import Fields, moment

from grounds.ground import FROM_TUESDAY, UNTIL_MONDAY, Plan, times
from shiftplan.testing.pictures import shift


def at(day: int, hours: float = 4, **fields: Any) -> Fields:
    """The ground's shifts from 07:00 on a day number, `M` at home and `m` far away."""
    end = moment(day, 7) + dt.timedelta(hours=hours)
    return {"shifts": (shift("M", day, end=end, **fields), shift("m", day, end=end, **fields))}


WORK: list[Fields] = [
    # 10 citizens x 30 min and 4 x 15 min at home, 6 x 30 min far away; 30% and 50% speak Khmer.
    {
        "signs": {0: "MA", 1: "Mm"},
        "people": "ana bob",
        "days": 2,
        "skills": (
            {"skill_id": "portal", "max_level": 4},
            {"skill_id": "khmer", "kind": "language"},
        ),
        "each": {
            "ana": {"skills": (UNTIL_MONDAY, FROM_TUESDAY, {"skill_id": "khmer"})},
            "bob": {"skills": {"portal": 2}},
        },
        "services": (
            {"service_id": "pay", "skill_id": "portal", "min_level": 2, "minutes_per_citizen": 30},
            {"service_id": "sign", "skill_id": "portal", "minutes_per_citizen": 15},
            {"service_id": "ask", "minutes_per_citizen": 6.5},
        ),
        "demand": tuple(
            {
                "center_id": center,
                "service_id": service,
                "arrivals": arrivals,
                "start": moment(day, 7),
                "end": moment(day, 11),
            }
            for center, service, arrivals, day in (
                ("home", "pay", 6, 0),
                ("home", "pay", 4, 1),
                ("home", "sign", 4, 0),
                ("home", "ask", 7, 0),
                ("far", "pay", 6, 1),
                ("hill", "pay", 9, 0),
            )
        ),
        "languages": (
            {"center_id": "home", "skill_id": "khmer", "share": 0.3},
            {"center_id": "far", "skill_id": "khmer", "share": 0.5},
            {"center_id": "hill", "skill_id": "khmer", "share": 0.5},
        ),
    },
]
# Shifts of 50 minutes: hours that are begun. Khmer is a service's skill and a language.
WORK.append(
    {
        **WORK[0],
        "signs": {},
        **at(0, 5 / 6),
        "services": (
            {"service_id": "pay", "skill_id": "khmer", "minutes_per_citizen": 30},
            *WORK[0]["services"][1:],
        ),
    }
)


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "skill_placement", [{"weight": 10}, *times([1, 3])], WORK
