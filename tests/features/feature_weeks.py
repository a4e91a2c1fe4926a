"""The tiny weeks, by the names that docs/features.md gives them."""

from __future__ import annotations

import datetime as dt

from tiny_weeks import MONDAY, Tiny, holds, need, shifts_with, strained, window

import shiftplan as sp
from shiftplan import rules
from shiftplan.week import Occupied

AID = {"skill_id": "aid", "min_level": 1}
GROUP = ({"group": ("minor",)}, {})
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


def _wish(who: str, day: int, state: str, **fields: object) -> sp.Preference:
    date = MONDAY + dt.timedelta(day)
    return sp.Preference(volunteer_id=who, date=date, state=state, **fields)


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
    # Hard rules
    "no-overlap": Tiny(rules.OnePlace(), "a0/8-12 a0/10-14", "a a"),
    "rest": Tiny(rules.MinRest(min_rest_minutes=660), "a0/14-22 a1/6-14", "a a"),
    "successions": Tiny(
        rules.ForbiddenSuccession(first=("night",), then=("early",)),
        "a0/22-6:night a1/8-12:early",
        "a a",
    ),
    "patterns": Tiny(rules.ForbiddenPattern(pattern="work, off, work"), "a0/8-12 a2/8-12", "a a"),
    "days-in-a-row": Tiny(rules.MaxConsecutiveDays(max_days=2), "a0/8-12 a1/8-12 a2/8-12", "a a a"),
    "least-days-in-a-row": Tiny(
        rules.MinConsecutiveDays(min_days=2), "a1/8-12 a2/8-12 a3/8-12 a4/8-12", "a b a b"
    ),
    "days-off": Tiny(rules.MinConsecutiveDaysOff(min_days=2), "a1/8-12 a3/8-12", "a a"),
    "hours-per-week": Tiny(rules.MaxMinutes(max_minutes=480, per="week"), "a0/8-16 a2/8-16", "a a"),
    "rolling-window": Tiny(
        rules.MaxShiftCount(max_shifts=1, rolling_days=3), "a0/8-12 a2/8-12", "a a"
    ),
    "hours-within": Tiny(rules.MaxMinutesWithin(max_minutes=480), "a0/14-22 a1/8-12", "a a"),
    "hours-at-a-stretch": Tiny(
        rules.MaxConsecutiveMinutes(max_minutes=360, pause_minutes=30), "a0/8-12 b0/12-16", "a a"
    ),
    "weekends": Tiny(rules.CompleteWeekends(), "a5/8-12 a6/8-12", "a b"),
    "free-weekends": Tiny(rules.MaxWeekends(max_weekends=1), "a5/8-12 a12/8-12", "a a"),
    "together": Tiny(
        rules.Together(group=("car",)),
        "a0/8-12",
        "ac",
        ({"group": ("car",)}, {"group": ("car",)}, {}),
        seats=2,
    ),
    "few-people": Tiny(rules.MaxActivePeople(), "a0/8-12 a1/8-12", "a b"),
    "alike-at-work": Tiny(
        rules.MaxShiftsSpread(), "a0/8-12 a1/8-12 a2/8-12 a3/8-12", "a a a b", ({}, {}, {})
    ),
    "hours-alike": Tiny(rules.MaxMinutesSpread(), "a0/8-12 a1/8-12 a2/8-16", "a b a"),
    "group-share": Tiny(
        rules.MinGroupShare(group=("car",), min_percent=33),
        "a0/8-12",
        "ab",
        ({}, {}, {"group": ("car",)}),
        seats=2,
    ),
    "apart": Tiny(
        rules.Apart(group=("car",)),
        "a0/8-12",
        "ab",
        ({"group": ("car",)}, {"group": ("car",)}, {}),
        seats=2,
    ),
    "never-alone": Tiny(rules.NeverAlone(skill="aid"), "a0/8-12", "ab", ({}, {}, holds()), seats=2),
    "mentors": Tiny(
        rules.Mentor(skill="aid", novices_per_mentor=1),
        "a0/8-12",
        "ab",
        ({}, {}, holds(3)),
        seats=2,
    ),
    "barred": Tiny(
        rules.MaxShiftCount(max_shifts=0, group=("minor",), shifts=("night",)),
        "a0/22-6:night",
        "a",
        GROUP,
    ),
    "soft-instead-of-hard": Tiny(
        rules.MinRest(min_rest_minutes=660, level=2, weight=5), "a0/14-22 a1/6-14", "a a"
    ),
    # Soft rules
    "requests": Tiny(
        rules.Preferences(), "a0/8-12", "a", tables={"preferences": (_wish("ana", 0, "against"),)}
    ),
    "preferred-person": Tiny(
        rules.Preferences(),
        "a0/8-12",
        "a",
        tables={"preferences": (_wish("ben", 0, "for", weight=3),)},
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
        tables={"preferences": (_wish("ana", 0, "against"), _wish("ben", 0, "against"))},
    ),
    "continuity": Tiny(rules.Continuity(weight=10), "a0/8-12 b1/8-12 a2/8-12 b3/8-12", "a a b b"),
    "beside-days-off": Tiny(
        rules.BesideDaysOff(),
        "a0/8-12",
        "a",
        tables={"preferences": (_wish("ana", 1, "against"),)},
    ),
    "bridge-days": Tiny(
        rules.BesideDaysOff(sides="bridge"),
        "a3/8-12 a4/8-12",
        "b a",
        tables={"preferences": (_wish("ana", 3, "against"), _wish("ben", 5, "against"))},
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
    # Fairness
    "balance-shifts": Tiny(rules.Fairness(), "a0/8-12 a1/8-12", "a a"),
    "balance-hours": Tiny(rules.BalanceHours(), "a0/8-18 a1/8-12 a2/8-14", "a a b"),
    "history": Tiny(
        rules.Fairness(),
        "a0/8-12",
        "a",
        tables={
            "history": (
                sp.History(volunteer_id="ana", weeks=4, shifts_offered=10, shifts_worked=8),
                sp.History(volunteer_id="ben", weeks=4, shifts_offered=10, shifts_worked=2),
            )
        },
    ),
    "balance-nights": Tiny(
        rules.BalanceShifts(shifts=("night",)), "a0/22-6:night a3/22-6:night", "a a"
    ),
    "strain-shared": Tiny(
        rules.BalanceStrain(),
        "a0/8-12 a1/8-12 a2/8-12 a3/8-12",
        "a a b b",
        tables=strained("a0/8-12 a1/8-12 a2/8-12 a3/8-12", 5, 5, 1, 1),
    ),
    "strain-limited": Tiny(
        rules.MaxStrain(max_strain=6),
        "a0/8-12 a1/8-12",
        "a a",
        tables=strained("a0/8-12 a1/8-12", 5, 2),
    ),
    "lowest-load": Tiny(rules.MaxMin(up_to_percent=50), "a0/8-12 a1/8-12", "a a"),
    "highest-load": Tiny(rules.Leximin(), "a0/8-12 a1/8-12", "a a"),
    "wishes-alike": Tiny(
        rules.WishEquality(),
        "a0/8-12 a1/8-12",
        "a a",
        tables={
            "preferences": tuple(
                _wish(who, day, "against") for who in ("ana", "ben") for day in (0, 1)
            )
        },
    ),
    "time-offered": Tiny(
        rules.Fairness(),
        "a0/8-12 a1/8-12 a2/8-12",
        "b a a",
        tables={
            "availability": (
                window("ana", 0, 8, 12),
                window("ana", 1, 8, 12),
                *(window("ben", day, 8, 12) for day in (0, 1, 2)),
                window("ana", 2, 8, 12),
            ),
            "history": (
                sp.History(volunteer_id="ana", weeks=4, shifts_offered=4, shifts_worked=3),
                sp.History(volunteer_id="ben", weeks=4, shifts_offered=12, shifts_worked=3),
            ),
        },
    ),
    "worst-center": Tiny(
        rules.WorstCenterFirst(weight=1000, power=2), "a0/8-12 b0/8-12", "ab .", seats=2
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
