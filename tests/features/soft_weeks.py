"""Tiny weeks of soft rules, and of plans that are made again."""

from __future__ import annotations

import datetime as dt

from tiny_weeks import GROUP, MONDAY, Tiny, holds, need, shifts_with, wish

import shiftplan as sp
from shiftplan import rules

WEEKS = {
    # Soft rules
    "requests": Tiny(
        rules.Preferences(), "a0/8-12", "a", tables={"preferences": (wish("ana", 0, "against"),)}
    ),
    "preferred-person": Tiny(
        rules.Preferences(),
        "a0/8-12",
        "a",
        tables={"preferences": (wish("ben", 0, "for", weight=3),)},
    ),
    "last-center": Tiny(
        rules.Continuity(weight=10),
        "a0/8-12 b0/8-12",
        "b a",
        tables={
            "history": (
                sp.History(volunteer_id="ana", last_center="a"),
                sp.History(volunteer_id="ben", last_center="b"),
            )
        },
    ),
    "whose-wishes": Tiny(
        rules.Preferences(),
        "a0/8-12",
        "b",
        ({}, {"wish_percent": 300}),
        tables={"preferences": (wish("ana", 0, "against"), wish("ben", 0, "against"))},
    ),
    "continuity": Tiny(rules.Continuity(weight=10), "a0/8-12 b1/8-12 a2/8-12 b3/8-12", "a a b b"),
    "beside-days-off": Tiny(
        rules.BesideDaysOff(),
        "a0/8-12",
        "a",
        tables={"preferences": (wish("ana", 1, "against"),)},
    ),
    "bridge-days": Tiny(
        rules.BesideDaysOff(sides="bridge"),
        "a3/8-12 a4/8-12",
        "b a",
        tables={"preferences": (wish("ana", 3, "against"), wish("ben", 5, "against"))},
    ),
    "several-types": Tiny(
        rules.MinTypes(min_types=2),
        "a0/8-12:day a1/22-6:night a2/8-12:day a3/22-6:night",
        "a b a b",
    ),
    "equal-starts": Tiny(
        rules.SimilarStarts(max_difference_minutes=60),
        "a0/8-12 a0/14-18 a1/8-12 a1/14-18",
        "a b b a",
    ),
    "few-gaps": Tiny(rules.MaxGap(), "a0/8-10 a0/10-12 a0/14-16 a0/16-18", "a b a b"),
    "rotation": Tiny(
        rules.Rotation(group=("minor",), first_day=MONDAY, pattern="3x any, work, off, 2x any"),
        "a3/8-12 a4/8-12 a10/8-12 a11/8-12",
        "b a b a",
        GROUP,
    ),
    "varied-mentors": Tiny(
        rules.VariedMentors(skill="aid"),
        "a0/8-12 a1/8-12",
        "ab ab",
        ({}, holds(3), holds(3)),
        seats=2,
    ),
    "as-last-week": Tiny(
        rules.AsLastWeek(),
        "a0/8-12 b0/8-12",
        "b a",
        tables={
            "history": (
                sp.History(volunteer_id="ana", last_week="mon 08:00 a"),
                sp.History(volunteer_id="ben", last_week="mon 08:00 b"),
            )
        },
    ),
    "single-days-of-work": Tiny(
        rules.MaxPatterns(pattern="off, work, off", max_times=0),
        "a1/8-12 a2/8-12 a4/8-12 a5/8-12",
        "a b a b",
    ),
    "graded": Tiny(rules.MaxShiftCount(max_shifts=1, level=2, weight=7), "a0/8-12 a1/8-12", "a a"),
    "budget": Tiny(
        rules.Budget(max_cost=40), "a0/8-12", "a", ({"hourly_cost": 20}, {"hourly_cost": 10})
    ),
    "optional-shifts": Tiny(
        rules.OptionalMinimum(),
        "a0/8-12 a1/8-12",
        "a b",
        tables={
            "shifts": (*shifts_with("a0/8-12"), *shifts_with("a1/8-12", optional=True)),
            "requirements": (need("a0/8-12"), need("a1/8-12", minimum=2, target=2)),
        },
    ),
    "alternatives": Tiny(
        rules.OneAlternative(),
        "a0/8-12 a1/8-12",
        "a b",
        tables={"shifts": shifts_with("a0/8-12 a1/8-12", alternative="talk")},
    ),
    # Replanning
    "pins": Tiny(
        rules.Pins(),
        "a0/8-12",
        "a",
        tables={"pins": (sp.Pin(volunteer_id="ana", shift_id="a0/8-12", state="must_not"),)},
    ),
    "few-changes": Tiny(
        rules.Stability(),
        "a0/8-12",
        "a",
        tables={"published": (sp.Published(volunteer_id="ben", shift_id="a0/8-12"),)},
    ),
    "border": Tiny(
        rules.MaxConsecutiveDays(max_days=2),
        "a0/8-12",
        "a",
        tables={
            "history": (
                sp.History(
                    volunteer_id="ana", last_worked=MONDAY - dt.timedelta(1), worked_in_a_row=2
                ),
            )
        },
    ),
}
