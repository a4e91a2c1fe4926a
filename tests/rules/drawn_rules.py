"""Rules drawn at random for the agreement of check and model, with all their parameters."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from shiftplan.rules import RULES, Rule
from shiftplan.rules.base import Priced
from shiftplan.rules.scope import Scoped
from shiftplan.testing import levels_of
from shiftplan.testing.pictures import MONDAY


def _rule_options() -> dict[str, dict[str, st.SearchStrategy]]:
    """Kind -> parameters that a generated problem may give the rule."""
    small, names = (
        st.integers(1, 3),
        st.sampled_from(["", "night", "morning", "day|night", "night|morning"]),
    )
    value = {"value": small}
    maximum = {"value": st.integers(0, 3)}
    group = {"group": st.sampled_from(["", "youth", "army", "army|youth"])}
    some = {"group": st.sampled_from(["youth", "army", "army|youth"])}
    percent = {"value": st.sampled_from([1, 33, 50, 99])}
    beside = st.sampled_from(["shift", "moment"])
    shares_of = st.sampled_from(["shift", "center_day", "horizon"])
    shifts = {"shifts": names}
    kinds = st.sampled_from(["all", "people", "skilled"])
    per = {
        "per": st.sampled_from(["horizon", "week", "month", "day"]),
        "rolling_days": st.none() | st.integers(1, 4),
    }
    minutes = {"value": st.sampled_from([0, 240, 480, 500, 960])}
    weekend = {
        "weekend": st.sampled_from(
            [("sat", "sun"), ("mon", "tue"), ("tue",), ("mon", "tue", "wed"), ("sun", "mon")]
        )
    }
    words = st.sampled_from(["off", "work", "any", "night", "!night", "morning|off", "!day|off"])
    patterns = st.lists(words, min_size=1, max_size=4).map(", ".join)
    last = {"last_run": st.sampled_from(["open", "counted"])}
    speed = {"speed_kmh": st.none() | st.sampled_from([6, 30])}
    return {
        "max_shift_count": {**maximum, **group, **shifts, **per},
        "min_shift_count": {**value, **group, **shifts, **per},
        "max_minutes": {**minutes, **group, **shifts, **per},
        "min_minutes": {**minutes, **group, **shifts, **per},
        "max_consecutive_days": {**maximum, **group, **shifts},
        "min_consecutive_days": {**value, **group, **shifts, **last},
        "max_consecutive_days_off": {**maximum, **group},
        "min_consecutive_days_off": {**value, **group, **last},
        "min_rest": {"value": st.sampled_from([1, 60, 540, 661, 1500]), **group, **shifts},
        "max_consecutive_minutes": {
            "value": st.sampled_from([240, 480, 500, 960]),
            "pause_minutes": st.sampled_from([1, 60, 121, 500]),
            **group,
            **shifts,
        },
        "max_minutes_within": {
            "value": st.sampled_from([240, 480, 500, 960]),
            "within_hours": st.sampled_from([1, 12, 24, 50]),
            **group,
            **shifts,
        },
        "forbidden_succession": {"first": names.filter(bool), "then": names.filter(bool), **group},
        "rotation": {
            "pattern": patterns,
            "first_day": st.integers(-9, 2).map(date_of),
            **group,
        },
        "min_types": {**value, **group, **shifts, **per},
        "max_gap": {"value": st.sampled_from([0, 60, 400]), **group, **shifts},
        "similar_starts": {"value": st.sampled_from([0, 60, 400]), **group, **shifts, **per},
        "needs_too": {
            "first": names.filter(bool),
            "then": names.filter(bool),
            "per": st.sampled_from(["day", "horizon"]),
            "how": st.sampled_from(["any", "all"]),
            **group,
        },
        "forbidden_pattern": {"pattern": patterns, **group},
        "required_pattern": {"pattern": patterns, "followed_by": patterns, **group},
        "min_patterns": {"pattern": patterns, **value, **group, **per},
        "max_patterns": {"pattern": patterns, **maximum, **group, **per},
        "max_weekends": {**maximum, **group, **shifts, **weekend},
        "max_consecutive_weekends": {**value, **group, **shifts, **weekend},
        "min_consecutive_weekends": {**value, **last, **group, **shifts, **weekend},
        "complete_weekends": {**group, **shifts, **weekend},
        "minimum_coverage": shifts,
        "shortage": shifts,
        "surplus": shifts,
        "expected_shortage": shifts,
        "hold_optional": shifts,
        "show_up": {"value": st.sampled_from([1, 50, 80, 90, 99]), **shifts},
        "worst_center_first": {"value": st.integers(2, 12), "seats": kinds},
        "area_floor": {
            "group": st.sampled_from(["minority", "remote", "other", "other|minority", "far"]),
            "value": st.none() | st.integers(0, 100),
            "seats": kinds,
        },
        "skill_placement": value,
        "mentored": {
            **value,
            "novice_level": st.integers(0, 2),
            "mentor_level": small,
            "per": beside,
        },
        "varied_mentors": {**value, "novice_level": st.integers(0, 2), "mentor_level": small},
        "max_centers": maximum,
        "travel_time": {"value": st.sampled_from([1, 6, 27, 30]), **group},
        "max_travel": {
            "value": st.sampled_from([0, 25, 99]),
            "tour": st.sampled_from(["between", "home"]),
            **group,
        },
        "max_distance": speed,
        "travel": speed,
        "mentor": {
            **maximum,
            "novice_level": st.integers(0, 2),
            "mentor_level": small,
            "per": beside,
        },
        "never_alone": {**value, "skill": st.just("portal"), "min_level": small, "per": beside},
        "together": some,
        "apart": {**maximum, **some},
        "min_group_share": {**percent, "per": shares_of, **some},
        "max_group_share": {**percent, "per": shares_of, **some},
        "max_strain": {**maximum, **group, **shifts, **per},
        "balance_strain": {"weight": st.sampled_from([9, 50]), **group},
        "max_active_people": {**maximum, "from_shifts": small, **group, **shifts},
        "max_shifts_spread": {**maximum, **group, **shifts},
        "max_minutes_spread": {**minutes, **group, **shifts},
        "coverage": {"weight": st.sampled_from([1, 33, 100])},
        "fairness": {"weight": st.sampled_from([1, 50]), **group},
        "leximin": {
            "weight": st.sampled_from([100, 10_000, 1_000_000]),
            "value": st.integers(2, 12),
            **group,
        },
        "max_min": {"value": st.integers(5, 100), **group},
        "floor": {**value, **group, **shifts},
        "balance_hours": {"weight": st.sampled_from([1, 50]), **group, **shifts},
        "balance_undesired": {"weight": st.sampled_from([9, 50]), **group},
        "balance_shifts": {
            "weight": st.sampled_from([9, 50]),
            "shifts": names.filter(bool),
            **group,
        },
        "balance_far": {"value": st.sampled_from([0, 5, 50]), **group},
        "wish_equality": {"weight": st.sampled_from([30, 100]), **group},
        "beside_days_off": {
            "sides": st.sampled_from(["both", "before", "after", "bridge"]),
            **group,
            **shifts,
            **weekend,
        },
        "as_last_week": {
            "same": st.sampled_from(["all", "time", "center", "day"]),
            **group,
            **shifts,
        },
        "wish": {"weight": st.sampled_from([2, 3, 13])},
        "available": {"value": st.sampled_from([0, 60, 240, 600])},
        "budget": {
            "value": st.sampled_from([0, 100, 245]),
            "per": st.sampled_from(["horizon", "week", "month", "day", "center"]),
            **group,
            **shifts,
        },
        "stability": {
            "told_weight": st.sampled_from([0, 5]),
            "first_day": st.none() | st.integers(-1, 2).map(date_of),
            "last_day": st.none() | st.integers(2, 6).map(date_of),
        },
    }


def date_of(number: int) -> dt.date:
    return MONDAY + dt.timedelta(number)


NAMED = _rule_options()
OPTIONS = {kind: st.fixed_dictionaries(NAMED.get(kind, {})) for kind in RULES}
_COMMON = {*Rule.model_fields, *Priced.model_fields, *Scoped.model_fields, "rule"}
WITH_PARAMETERS = {kind for kind, cls in RULES.items() if cls.model_fields.keys() - _COMMON}
"""Kinds with parameters of their own."""


_LIMITS = {
    "group": ["youth", "ana|army", "portal:2", "khmer", "home:far", "group:youth|person:bob"],
    "shifts": ["night", "morning", "day|night"],
    "where": ["far", "home|hill", "minority", "other"],
    "hours": ["12:00-07:00", "22:00-08:00", "07:00-14:00"],
    "days": ["mon|tue", "sat|sun", "2026-12-08|2026-12-10"],
    "first_day": [date_of(1)],
    "last_day": [date_of(1), date_of(4)],
}


@st.composite
def rules(draw, kind):
    """A rule of a kind, hard or on one of three levels, perhaps limited."""
    params = draw(OPTIONS[kind])
    for name in sorted(draw(st.sets(st.sampled_from(sorted(_LIMITS)), max_size=3))):
        field = RULES[kind].model_fields.get(name)
        is_free = field is not None and not field.is_required() and name not in params
        if is_free and draw(st.booleans()):
            params[name] = draw(st.sampled_from(_LIMITS[name]))
    params = {k: v for k, v in params.items() if v != ""}
    levels = [r["level"] for r in levels_of(kind, params)]
    level = draw(st.sampled_from(levels))
    rule = {"rule": kind, **params, "level": level}
    if level != "hard":
        rule["level"] = draw(st.integers(1, 3))
        if "weight" not in params:
            rule["weight"] = draw(st.sampled_from([0, 1, 7, 40]))
    return rule
