"""Tiny weeks of what a week can say, and of what it demands."""

from __future__ import annotations

import datetime as dt

from tiny_weeks import GROUP, MONDAY, Tiny, holds, need, window

import shiftplan as sp
from shiftplan import rules
from shiftplan.week import Occupied

AID = {"skill_id": "aid", "min_level": 1}
HARD_MINIMUM = rules.MinimumCoverage()
THREE = ({}, {}, {})
NINE = dt.datetime.combine(MONDAY, dt.time(9))


def _skilled(**fields: object) -> dict[str, object]:
    """One shift that needs a person with the skill."""
    return {"requirements": (need("a0/8-12"), need("a0/8-12", **(AID | fields)))}


def _at_center(first: int, last: int, **fields: object) -> sp.Requirement:
    """A person at center a at some hours of the first date, unless said otherwise."""
    start, end = (dt.datetime.combine(MONDAY, dt.time(hour)) for hour in (first, last))
    return sp.Requirement(center_id="a", start=start, end=end, **({"target": 1} | fields))


WEEKS = {
    # Input
    "skills": Tiny(HARD_MINIMUM, "a0/8-12", "a", ({}, holds()), tables=_skilled(minimum=1)),
    "skill-levels": Tiny(
        HARD_MINIMUM,
        "a0/8-12",
        "a",
        (holds(1), holds(2)),
        tables=_skilled(min_level=2, minimum=1),
    ),
    "skill-dates": Tiny(
        HARD_MINIMUM,
        "a0/8-12",
        "a",
        (holds(valid_to=MONDAY - dt.timedelta(1)), holds(valid_from=MONDAY)),
        tables=_skilled(minimum=1),
    ),
    "skills-preferred": Tiny(
        rules.Shortage(weight=10), "a0/8-12", "a", ({}, holds()), tables=_skilled()
    ),
    "skill-mix": Tiny(
        HARD_MINIMUM,
        "a0/8-12",
        "ab",
        ({}, {}, holds(), holds()),
        seats=2,
        tables={
            "requirements": (need("a0/8-12", target=3), need("a0/8-12", **AID, minimum=2, target=2))
        },
    ),
    "either-skill": Tiny(
        HARD_MINIMUM,
        "a0/8-12",
        "a",
        ({}, holds(2), {"skills": ({"skill_id": "sign", "level": 1},)}),
        tables={
            "skills": (sp.Skill(skill_id="aid", max_level=3), sp.Skill(skill_id="sign")),
            "requirements": (need("a0/8-12", with_skills="aid/sign|!aid:2", minimum=1),),
        },
    ),
    "exclusive-seats": Tiny(
        HARD_MINIMUM,
        "a0/8-12",
        "b",
        ({}, holds()),
        tables={
            "requirements": (
                need("a0/8-12", minimum=1, exclusive=True),
                need("a0/8-12", **AID, minimum=1, exclusive=True),
            )
        },
    ),
    "demand-curve": Tiny(
        HARD_MINIMUM,
        "a0/8-12 a0/10-14 a0/12-16",
        "ab . .",
        tables={
            "requirements": (
                _at_center(8, 10, minimum=1),
                _at_center(10, 14, step=120, target=2),
                _at_center(14, 16, minimum=1),
            )
        },
    ),
    "demand-on-a-set": Tiny(
        rules.MinimumCoverage(level=1, weight=1000),
        "a0/22-6:night a1/22-6:night a2/22-6:night",
        "a . .",
        tables={
            "requirements": (sp.Requirement(center_id="a", shifts=("night",), minimum=2, target=2),)
        },
    ),
    "everybody-qualified": Tiny(
        rules.Qualified(),
        "a0/8-12",
        "a",
        ({}, holds()),
        tables={
            "shifts": (
                sp.Shift(
                    shift_id="a0/8-12",
                    center_id="a",
                    start=dt.datetime(2026, 12, 7, 8),
                    end=dt.datetime(2026, 12, 7, 12),
                    skill_id="aid",
                ),
            )
        },
    ),
    "away": Tiny(
        rules.Available(), "a0/8-12", "a", tables={"availability": (window("ben", 0, 8, 12),)}
    ),
    "at-a-meeting": Tiny(
        rules.NotOccupied(),
        "a0/8-12",
        "a",
        tables={
            "occupied": (Occupied(group=("ana",), start=NINE, end=NINE + dt.timedelta(hours=1)),)
        },
    ),
    "undesired-times": Tiny(
        rules.Wish(),
        "a0/8-12",
        "a",
        tables={
            "availability": (
                window("ana", 0, 8, 12, "undesired"),
                window("ben", 0, 8, 12, "preferred"),
            )
        },
    ),
    "time-spans": Tiny(
        rules.Available(),
        "a0/8-14",
        "a",
        tables={"availability": (window("ana", 0, 8, 12), window("ben", 0, 8, 14))},
    ),
    "one-center-a-day": Tiny(rules.OneCenterPerDay(), "a0/8-12 b0/13-17", "a a"),
    "distance": Tiny(
        rules.MaxDistance(),
        "c0/8-12 a0/8-12",
        "a b",
        (
            {"home_center_id": "a", "max_distance_km": 5},
            {"home_center_id": "c", "max_distance_km": 90},
        ),
    ),
    "travel": Tiny(
        rules.Travel(),
        "a0/8-12 b0/8-12",
        "b a",
        ({"home_center_id": "a"}, {"home_center_id": "b"}),
    ),
    "way-in-time": Tiny(rules.TravelTime(), "a0/8-12 c0/13-14", "a a"),
    "tour": Tiny(rules.MaxTravel(max_minutes=60), "a0/8-12 c0/14-18", "a a"),
    "sites-per-person": Tiny(
        rules.MaxCenters(max_centers=1), "a0/8-12 b1/8-12 a2/8-12 b3/8-12", "a a b b"
    ),
    "area-attributes": Tiny(
        rules.AreaFloor(group=("minority",), min_share=1.0),
        "a0/8-12 b0/8-12",
        "a .",
        ({},),
    ),
    "contracts": Tiny(rules.MaxShiftCount(max_shifts=0, group=("minor",)), "a0/8-12", "a", GROUP),
    "any-filter": Tiny(
        rules.FullDay(level="hard", where=("b",), group=("minor",)),
        "b0/8-12 b0/13-17",
        "a a",
        GROUP,
    ),
    "valid-from": Tiny(
        rules.MaxShiftCount(max_shifts=0, group=("minor",), first_day=MONDAY + dt.timedelta(1)),
        "a0/8-12 a1/8-12",
        "b a",
        GROUP,
    ),
    "mandatory-shifts": Tiny(
        rules.MinimumCoverage(shifts=("must",)),
        "a0/8-12:may b0/8-12:must",
        "a .",
        ({},),
        tables={"requirements": tuple(need(s, minimum=1) for s in ("a0/8-12", "b0/8-12"))},
    ),
    # Demand
    "two-levels-of-demand": Tiny(
        HARD_MINIMUM,
        "a0/8-12 b0/8-12",
        "ab .",
        tables={
            "requirements": (
                need("a0/8-12", minimum=1, target=2),
                need("b0/8-12", minimum=1, target=2),
            )
        },
    ),
    "surplus": Tiny(rules.Surplus(), "a0/8-12", "ab"),
    "room": Tiny(
        rules.Capacity(),
        "a0/8-12 a0/10-14",
        "ab c",
        THREE,
        tables={
            "centers": (sp.Center(center_id="a", capacity=2),),
            "requirements": (need("a0/8-12"), need("a0/10-14")),
        },
    ),
    "show-rates": Tiny(
        rules.ShowUp(weight=1),
        "a0/8-12",
        "a",
        ({"show_rate": 0.7}, {"show_rate": 0.95}),
        tables={"requirements": (need("a0/8-12", minimum=1),)},
    ),
}
