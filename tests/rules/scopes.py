"""Each rule limited to some people, shifts and days, on one ground where each limit matters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

import mixtures
from families import Fields, in_areas, moment
from grounds.ground import SKILLS

from shiftplan.problem import Problem
from shiftplan.rules import RULES
from shiftplan.testing import alone, levels_of
from shiftplan.testing.pictures import MONDAY, shift, window

SCOPE = ("group", "shifts", "where", "hours", "days", "first_day", "last_day")
LIMITS: dict[str, tuple[object, ...]] = {
    "group": ("youth", "portal:2", "home:far"),
    "shifts": ("night",),
    "where": ("far", "other"),
    "hours": ("12:00-07:00", "07:00-22:00"),
    "days": ("mon|tue", "2026-12-08"),
    "first_day": (MONDAY + dt.timedelta(1),),
    "last_day": (MONDAY + dt.timedelta(1),),
}
"""Field of a rule -> what it is limited to, alone."""
NAMES: dict[str, tuple[object, ...]] = {
    "group": (
        *(
            "group:army",
            "ana",
            "person:bob",
            "group:far",
            "bob",
            "group:bob",
            "home:far",
            "skill:khmer",
            "home",
        ),
        *("portal:2", "army|portal:0", "bob"),
    ),
    "shifts": ("night", "morning|night", "day"),
    "where": ("minority", "remote", "other", "xã", "river", "far|home"),
    "hours": ("22:00-08:00",),
}
"""All kinds of names, which need not be tried of every rule."""
TOGETHER: tuple[Fields, ...] = (
    {"shifts": "morning", "where": "home|far", "days": "mon|wed", "last_day": MONDAY},
    {"group": "youth", "hours": "06:00-12:00", "first_day": MONDAY + dt.timedelta(1)},
    {"group": "home:home|khmer", "where": "remote", "days": "tue|wed"},
)
"""Limits that hold together."""
NARROW = {
    "mentor": {"mentor_level": 2, "value": 0},
    "varied_mentors": {"mentor_level": 2, "value": 2},
    "mentored": {"mentor_level": 2, "value": 3},
    "balance_far": {"value": 1},
    "travel_time": {"value": 1},
    "max_travel": {"value": 0, "tour": "home"},
    "skill_placement": {"value": 1},
    "min_minutes": {"value": 480, "rolling_days": None},
    "max_minutes": {"value": 240},
    "budget": {"value": 0},
    "max_consecutive_minutes": {"value": 230},
    "max_minutes_within": {"value": 230},
    "max_shift_count": {"value": 0, "per": "horizon"},
    "max_consecutive_days": {"value": 1},
    "max_consecutive_days_off": {"value": 0},
    "floor": {"value": 3, "shifts": ""},
    "shortage": {"shifts": ""},
    "together": {"group": "youth|khmer"},
    "apart": {"group": "youth|home:far"},
    "max_strain": {"value": 0, "per": "horizon"},
    "max_active_people": {"value": 0, "from_shifts": 1},
    "min_group_share": {"group": "army", "per": "horizon"},
    "max_group_share": {"per": "horizon"},
    "max_consecutive_weekends": {"weekend": ("mon",), "value": 1},
    "min_consecutive_weekends": {"weekend": ("tue",), "value": 2},
    "needs_too": {"first": "night|morning", "then": "afternoon"},
    "forbidden_succession": {"first": "night|morning", "then": "morning|afternoon"},
}
"""Kind -> parameters with which a few shifts are too many, or too few."""
_SHIFTS = (
    shift("N", 0, strain=3),
    shift("m", 0),
    shift("M", 1, skill_id="portal", min_level=1),
    shift("x", 2, tags=("day",), skill_id="khmer"),
)
_NEEDS = (("N0", None), ("m0", None), ("M1", "portal"), ("x2", None))
GROUND: Fields = {
    **in_areas(
        {"type": "xã"}, {"minority_area": True}, {"remote_area": True, "groups": ("river",)}
    ),
    "signs": {},
    "shifts": _SHIFTS,
    "people": "ana bob",
    "days": 3,
    "skills": SKILLS,
    "each": {
        "ana": {
            "group": "youth|far|bob",
            "skills": ({"skill_id": "portal", "level": 2, "valid_to": MONDAY},),
            "max_shifts": 2,
            "min_shifts": 4,
            "max_distance_km": 5,
            "show_rate": 0.75,
            "shift_cost": 5,
        },
        "bob": {
            "hourly_cost": 2,
            "group": "youth|army",
            "home_center_id": "far",
            "skills": {"khmer": 1},
            "max_shifts": 1,
            "min_shifts": 2,
            "max_distance_km": 5,
            "show_rate": 0.6,
        },
    },
    "availability": (
        window("ana", "undesired", -2, 1),
        window("ana", "available", 1, 9),
        window("bob", "available", -2, 1),
        window("bob", "undesired", 1, 9),
    ),
    "services": (
        {"service_id": "kiosk", "skill_id": "portal", "min_level": 1, "minutes_per_citizen": 30},
    ),
    "demand": tuple(
        {
            "center_id": center,
            "service_id": "kiosk",
            "arrivals": 12,
            "start": moment(0, 7),
            "end": moment(0, 11),
        }
        for center in ("home", "far")
    ),
    "requirements": tuple(
        {"shift_id": name, "skill_id": skill, "minimum": 1, "target": 2 - (name == "m0")}
        | ({"min_level": 1} if skill else {})
        for name, skill in _NEEDS
    ),
    "preferences": (
        {"volunteer_id": "ana", "date": MONDAY, "state": "against", "weight": 3},
        {"volunteer_id": "bob", "shift_id": "x2", "state": "for"},
        {"volunteer_id": "bob", "shift_id": "M1", "state": "against"},
    ),
    "published": (
        {"volunteer_id": "ana", "shift_id": "N0"},
        {"volunteer_id": "bob", "shift_id": "M1", "told": False},
        {"volunteer_id": "bob", "shift_id": "m0"},
    ),
    "history": (
        {
            "volunteer_id": "ana",
            "shifts_offered": 4,
            "shifts_worked": 3,
            "undesired_worked": 1,
            "named_offered": "night:3|morning:4",
            "named_worked": "night:2",
            "far_worked": 2,
            "last_center": "far",
            "strain_worked": 4,
            "wishes": 3,
            "wishes_refused": 1,
            "hours_offered": 30,
            "hours_worked": 8,
            "worked_in_a_row": 1,
            "off_in_a_row": 0,
            "last_shift_type": "night",
            "same_type_in_a_row": 1,
            "last_shift_end": moment(0, 6),
            "counted_shifts": 1,
            "counted_minutes": 240,
            "counted_weekends": 1,
            "weekends_in_a_row": 1,
            "last_week": "wed 07:00 home",
            "mentored_worked": 1,
        },
        {"volunteer_id": "bob", "off_in_a_row": 1, "worked_in_a_row": 0},
    ),
}
"""Two people and four shifts of three centers in three days."""


OWN: dict[str, Fields] = {
    "hold_optional": {"shifts": tuple(s.model_copy(update={"optional": True}) for s in _SHIFTS)}
}
"""Kind of a rule -> what is different on its ground."""


def scope_of(kind: str) -> tuple[str, ...]:
    """Fields that limit a kind of rule and need not be given."""
    fields = RULES[kind].model_fields
    return tuple(name for name in SCOPE if name in fields and not fields[name].is_required())


def usual(kind: str) -> Fields:
    """Parameters of a kind of rule without limits."""
    own = next((rule for rule in mixtures.EVERY_RULE if rule["rule"] == kind), None)
    assert own is not None, f"EVERY_RULE of tests/rules/mixtures.py lacks {kind}"
    return {**own, **NARROW.get(kind, {})}


@cache
def limited(kind: str) -> list[Problem]:
    """Problems with one rule, limited by each of its fields alone, and by some together."""
    names = scope_of(kind)
    alike: list[Fields] = [{name: value} for name in names for value in LIMITS[name]]
    alike += [{n: v for n, v in some.items() if n in names} for some in TOGETHER]
    return _problems(kind, filter(None, alike))


@cache
def named() -> list[Problem]:
    """Problems with a rule that is limited by names of all kinds."""
    alike = [{name: value} for name, values in NAMES.items() for value in values]
    kinds = ("max_shift_count", "wish_equality")
    return [*_problems(kinds[0], alike), *limited(kinds[0]), *limited(kinds[1])]


def _problems(kind: str, alike: Iterable[Fields]) -> list[Problem]:
    """Problems with a rule that is limited so, hard and soft in turn."""
    own = {name: value for name, value in usual(kind).items() if name not in ("level", "weight")}
    levels = list(levels_of(kind, own))
    params = enumerate(alike)
    ground = {**GROUND, **OWN.get(kind, {})}
    return [alone({**levels[i % len(levels)], **given}, **ground) for i, given in params]
