"""Tiny problems with many rules at once, and problems with nothing to decide."""

from __future__ import annotations

from functools import cache

from families import Fields, moment
from grounds.attendance import rated
from grounds.company import AT_MOMENTS
from grounds.given import HALF
from grounds.ground import SKILLS, before
from grounds.mentors import LEARNERS
from grounds.share import SHARES
from grounds.team import FOUR

from shiftplan.problem import Problem
from shiftplan.testing.pictures import MONDAY, plan

EVERY_RULE: list[Fields] = [
    {"rule": "coverage", "level": 1},
    {"rule": "minimum_coverage", "level": 1, "weight": 11},
    {"rule": "shortage", "level": 1, "weight": 3, "shifts": "morning"},
    {"rule": "expected_shortage", "level": 1, "weight": 7},
    {"rule": "surplus", "level": 2, "weight": 5},
    {"rule": "hold_optional", "level": 1, "weight": 34},
    {"rule": "show_up", "level": 1, "weight": 2, "value": 80},
    {"rule": "worst_center_first", "level": 1, "weight": 60, "value": 3},
    {"rule": "area_floor", "level": 1, "weight": 25, "group": "other"},
    {"rule": "skill_placement", "level": 1, "weight": 10},
    {"rule": "capacity", "level": 1, "weight": 20},
    {"rule": "available", "level": 2, "weight": 1, "value": 60},
    {"rule": "max_shifts", "level": 2, "weight": 30},
    {"rule": "max_distance"},
    {"rule": "qualified"},
    {"rule": "one_place"},
    {"rule": "one_center_per_day", "level": 2, "weight": 6},
    {"rule": "travel_time", "level": 2, "weight": 27, "value": 5},
    {"rule": "max_travel", "level": 2, "weight": 3, "value": 9, "tour": "home"},
    {"rule": "max_centers", "level": 1, "weight": 9, "value": 1},
    {"rule": "max_shift_count", "level": 2, "weight": 4, "value": 1, "per": "day"},
    {"rule": "min_shift_count", "level": 3, "weight": 2, "value": 2},
    {"rule": "max_minutes", "level": 3, "weight": 1, "value": 500},
    {"rule": "min_minutes", "level": 3, "weight": 1, "value": 480, "rolling_days": 2},
    {"rule": "min_rest", "level": 2, "weight": 8, "value": 660},
    {
        "rule": "max_consecutive_minutes",
        "level": 2,
        "weight": 1,
        "value": 470,
        "pause_minutes": 121,
    },
    {"rule": "max_minutes_within", "level": 3, "weight": 2, "value": 500, "within_hours": 30},
    {"rule": "forbidden_succession", "level": 2, "weight": 7, "first": "night", "then": "morning"},
    {"rule": "needs_too", "level": 2, "weight": 33, "first": "night", "then": "morning"},
    {"rule": "forbidden_pattern", "level": 2, "weight": 27, "pattern": "off, work"},
    {
        "rule": "required_pattern",
        "level": 3,
        "weight": 28,
        "pattern": "work",
        "followed_by": "!night",
    },
    {"rule": "min_patterns", "level": 2, "weight": 29, "pattern": "!off, off", "value": 2},
    {
        "rule": "max_patterns",
        "level": 2,
        "weight": 38,
        "pattern": "work, off",
        "value": 0,
        "rolling_days": 3,
    },
    {"rule": "rotation", "level": 2, "weight": 36, "pattern": "work, off", "first_day": MONDAY},
    {"rule": "min_types", "level": 2, "weight": 35, "value": 2},
    {"rule": "max_gap", "level": 2, "weight": 1, "value": 60},
    {"rule": "similar_starts", "level": 2, "weight": 1, "value": 120, "rolling_days": 2},
    {"rule": "max_consecutive_days", "level": 2, "weight": 12, "value": 2},
    {"rule": "min_consecutive_days", "level": 2, "weight": 13, "value": 2},
    {"rule": "max_consecutive_days_off", "level": 2, "weight": 14, "value": 1},
    {"rule": "min_consecutive_days_off", "level": 2, "weight": 15, "value": 2},
    {"rule": "max_weekends", "level": 2, "weight": 16, "value": 0, "weekend": ("mon", "tue")},
    {"rule": "complete_weekends", "level": 2, "weight": 17, "weekend": ("tue", "wed")},
    {"rule": "max_consecutive_weekends", "level": 2, "weight": 31, "value": 1, "weekend": ("tue",)},
    {"rule": "min_consecutive_weekends", "level": 2, "weight": 32, "value": 2, "weekend": ("mon",)},
    {"rule": "mentor", "level": 1, "weight": 18, "value": 0},
    {"rule": "mentored", "level": 2, "weight": 26, "value": 2},
    {"rule": "varied_mentors", "level": 2, "weight": 39},
    {"rule": "never_alone", "level": 1, "weight": 19, "skill": "portal", "value": 1},
    {"rule": "together", "level": 3, "weight": 21, "group": "youth"},
    {"rule": "apart", "level": 3, "weight": 22, "group": "army"},
    {"rule": "min_group_share", "level": 2, "weight": 34, "group": "youth", "value": 60},
    {
        "rule": "max_group_share",
        "level": 3,
        "weight": 35,
        "group": "army",
        "value": 50,
        "per": "center_day",
    },
    {"rule": "max_strain", "level": 2, "weight": 38, "value": 2, "per": "day"},
    {"rule": "balance_strain", "level": 2, "weight": 39},
    {"rule": "max_active_people", "level": 2, "weight": 36, "value": 1, "from_shifts": 2},
    {"rule": "max_shifts_spread", "level": 3, "weight": 37},
    {"rule": "max_minutes_spread", "level": 2, "weight": 1, "value": 100},
    {"rule": "fairness", "level": 2},
    {"rule": "leximin", "level": 2, "value": 4},
    {"rule": "max_min", "level": 3, "weight": 6},
    {"rule": "floor", "level": 2, "weight": 23, "shifts": "morning"},
    {"rule": "min_shifts", "level": 2, "weight": 40},
    {"rule": "balance_hours", "level": 2, "weight": 9},
    {"rule": "balance_undesired", "level": 2, "weight": 24},
    {"rule": "balance_shifts", "level": 2, "weight": 25, "shifts": "night"},
    {"rule": "balance_far", "level": 2, "weight": 26, "value": 5},
    {"rule": "wish", "level": 2},
    {"rule": "preferences", "level": 3, "weight": 2},
    {"rule": "beside_days_off", "level": 2, "weight": 34},
    {"rule": "wish_equality", "level": 3},
    {"rule": "travel", "level": 2},
    {"rule": "continuity", "level": 2, "weight": 10},
    {"rule": "full_day", "level": 2, "weight": 5},
    {"rule": "as_last_week", "level": 2, "weight": 37},
    {"rule": "stability", "level": 3, "weight": 3, "told_weight": 4},
    {"rule": "budget", "level": 3, "weight": 1, "value": 20, "per": "day"},
]
"""Each rule once, on three levels."""

CROWD: Fields = {
    "signs": {0: "Ma", 1: "Nm", 2: "M"},
    "people": "ana bob",
    "days": 4,
    "skills": SKILLS,
    "each": {
        "ana": {
            "group": "youth",
            "skills": {"portal": 3},
            "max_shifts": 3,
            "min_shifts": 2,
            "max_distance_km": 20,
            "show_rate": 0.75,
        },
        "bob": {
            "group": "youth|army",
            "max_shifts": 2,
            "min_shifts": 1,
            "home_center_id": "far",
            "show_rate": 0.6,
        },
    },
    "requirements": (
        {"shift_id": "M0", "minimum": 1, "target": 2},
        {"shift_id": "M0", "skill_id": "portal", "min_level": 2, "target": 1},
        {"shift_id": "m1", "minimum": 1, "target": 1},
        {"shift_id": "M2", "minimum": 0, "target": 1},
    ),
    "history": (
        {
            "volunteer_id": "ana",
            "shifts_offered": 4,
            "shifts_worked": 3,
            "worked_in_a_row": 1,
            "off_in_a_row": 0,
            "last_shift_type": "night",
            "last_shift_end": moment(0, 6),
            "counted_shifts": 1,
            "counted_minutes": 240,
            "last_week": "mon 07:00 home|tue 22:00 home",
        },
        {"volunteer_id": "bob", "off_in_a_row": 1, "worked_in_a_row": 0, "counted_weekends": 1},
    ),
    "preferences": (
        {"volunteer_id": "ana", "date": MONDAY, "state": "against", "weight": 3},
        {"volunteer_id": "bob", "shift_id": "N1", "state": "for"},
    ),
    "published": (
        {"volunteer_id": "ana", "shift_id": "M0"},
        {"volunteer_id": "bob", "shift_id": "a0", "told": False},
        {"volunteer_id": "bob", "shift_id": "M2"},
    ),
}
EVERY_HARD: list[Fields] = [
    {"rule": kind, "level": "hard"}
    for kind in (
        "max_shifts",
        "max_distance",
        "one_place",
        "one_center_per_day",
        "capacity",
        "qualified",
    )
]
STEPS: list[Fields] = [
    {"rule": "available", "level": 2, "weight": 2, "value": 30},
    {"rule": "available", "level": 2, "weight": 3, "value": 240},
]
"""A price of the first half hour outside, and another one of four hours."""


def _only(kinds: str) -> list[Fields]:
    return [rule for rule in EVERY_RULE if rule["rule"] in kinds.split()]


@cache
def mixed() -> list[Problem]:
    """Problems with many rules at once: levels, rates, hard limits that others rely on."""
    kinds = {r["rule"] for r in EVERY_HARD}
    limits = [*EVERY_HARD, *(r for r in EVERY_RULE if r["rule"] not in kinds)]
    one_a_day = {"rule": "max_shift_count", "value": 1, "per": "day"}
    must = {"volunteer_id": "ana", "shift_id": "M2", "state": "must"}
    team = _only(
        "coverage minimum_coverage surplus show_up mentor never_alone together apart fairness"
    )
    shares = _only(
        "fairness leximin max_min floor min_shifts balance_hours wish travel continuity full_day "
        "one_center_per_day max_active_people max_shifts_spread"
    )
    days = _only(
        "max_consecutive_days min_consecutive_days max_consecutive_days_off min_rest full_day "
        "min_consecutive_days_off forbidden_succession max_weekends complete_weekends "
        "forbidden_pattern min_patterns"
    )
    # Rules that rely on what a hard limit forbids to everybody, beside limits that do not.
    reliant = [*days[:5], *_only("full_day fairness continuity one_center_per_day together")]
    crowded = {**CROWD, "signs": {0: "MAa", 1: "Nm"}, "requirements": (), "preferences": ()}
    crowded["published"] = CROWD["published"][:2]
    crowded["each"] = {**CROWD["each"], "ana": {"group": "youth"}, "bob": {"group": "army"}}
    crowded["skills"], crowded["history"] = (), ()
    almost = [
        {"group": "youth"},
        {"shifts": "morning"},
        {"value": 2},
        {"rolling_days": 2},
        {"level": 1},
        {"per": "week"},
    ]
    return [
        *(plan(**crowded, rules=[{**one_a_day, **more}, *reliant]) for more in almost),
        plan(**crowded, rules=[{"rule": "one_place"}, *reliant]),
        plan(**CROWD, rules=EVERY_RULE),
        plan(**CROWD, rules=limits, rates=({"level": 1, "rate": 3}, {"level": 3, "rate": 0})),
        plan(**CROWD, rules=[one_a_day, *(r for r in limits if r["rule"] != one_a_day["rule"])]),
        plan(**CROWD, rules=[{**one_a_day, "rolling_days": 1}, *EVERY_RULE], pins=(must,)),
        plan(**rated(FOUR, ana=0.8, cho=0.7), rules=[*team, *EVERY_HARD]),
        plan(**SHARES[1], rules=[{"rule": "max_shifts"}, {"rule": "one_place"}, *shares]),
        *(
            plan(signs="ELN", days=3, rules=[{"rule": "one_place"}, *hours])
            for hours in (
                _only("max_consecutive_minutes max_minutes_within"),
                [{"rule": "max_consecutive_minutes", "value": 960}],
                [{"rule": "max_minutes_within", "value": 720}],
            )
        ),
        plan(**HALF, rules=STEPS),
        plan(signs="MN", days=5, **before(worked_in_a_row=1), rules=days),
        # A hard rule on mentors makes every shift of these novices a mentored one, or does not.
        *(
            plan(**ground, rules=[{"rule": "mentor", "value": 1, **other}, learning])
            for learning in ({"rule": "mentored", "value": 2, "novice_level": 1},)
            for other in (
                {"novice_level": 2},
                {"novice_level": 0},
                {"novice_level": 2, "mentor_level": 1},
                {"novice_level": 2, "skill": "khmer", "mentor_level": 4},
                {"novice_level": 2, "level": 1},
            )
            for ground in LEARNERS[1:]
        ),
        # The same at moments, where nobody can be in two shifts at once.
        *(
            plan(**ground, rules=[{**mentor, "per": per}, {**mentored, "per": other}, *beside])
            for ground in AT_MOMENTS[:2]
            for mentor in ({"rule": "mentor", "value": 1},)
            for mentored in ({"rule": "mentored", "value": 2},)
            for beside in ([{**rule, "per": "moment"} for rule in _only("never_alone")],)
            for per in ("shift", "moment")
            for other in ("shift", "moment")
        ),
    ]


def without_pairs() -> list[Problem]:
    """Problems at the edge: nobody can come, nobody is there, nothing is to be done."""
    nobody = {**CROWD, "people": "", "history": (), "preferences": (), "published": ()}
    unnamed = [r for r in EVERY_RULE if "group" not in r]
    anything = [r for r in unnamed if "shifts" not in r and "then" not in r]
    idle = {**CROWD, "signs": {}, "requirements": (), "preferences": (), "history": ()}
    idle["published"] = ()
    return [
        plan(**{**CROWD, "availability": ()}, rules=EVERY_RULE),
        plan(**nobody, rules=unnamed),
        plan(**idle, rules=anything),
        plan(**{**idle, "people": ""}, rules=anything),
        plan(**CROWD),
    ]
