"""Rows of a rule say whom and where they concern: conflicts and explanations read nothing else.

A few people, two or three days from Monday, 2026-12-07, and one rule; the names of its rows were
worked out by hand from the sentence of the rule, "who where" each. Rows that hold anyway are left
out, so each case is one in which every row named can be broken.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from families import moment
from grounds.ground import at_days, at_times
from listed import wrong_in
from tables.table import HOLDERS, PORTAL, before, needs

from shiftplan.case.arrays import Arrays
from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.rules.registry import RULES, forbidden_pairs
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.conflict.members import Members
from shiftplan.testing.pictures import plan, shift

YOUTH = {"ana": {"group": "youth"}, "bob": {"group": "youth"}}
MON, TUE, WED = "2026-12-07", "2026-12-08", "2026-12-09"
TEAM = {"people": "ana dan", "skills": PORTAL, "each": HOLDERS}
"""Ana is a novice, Dan a mentor."""
PAYMENT = {"service_id": "pay", "skill_id": "portal", "min_level": 2}
AT_MIDNIGHT = {"start": moment(1, 0), "end": moment(1, 4)}
SATURDAY = dt.date(2026, 12, 12)

CASES = [
    (
        "pins",
        None,
        {"pins": ({"volunteer_id": "bob", "shift_id": "M1", "state": "must"},)},
        ["bob M1"],
    ),
    ("max_shift_count", {"value": 1}, {}, ["ana ", "bob "]),
    (
        "max_shift_count",
        {"value": 1, "per": "day", "group": "youth"},
        {"signs": "MA", "each": {"bob": {"group": "youth"}}},
        [f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "max_shift_count",
        {"value": 1, "rolling_days": 2},
        {"people": "ana", "days": 3},
        [f"ana from {MON}", f"ana from {TUE}"],
    ),
    (
        "max_minutes",
        {"value": 240, "per": "week"},
        {"people": "ana", "days": 4, "start": SATURDAY},
        ["ana 2026-W50", "ana 2026-W51"],
    ),
    ("min_shift_count", {"value": 1}, {}, ["ana ", "bob "]),
    ("min_minutes", {"value": 480}, {}, ["ana ", "bob "]),
    # on Monday and Thursday, one day off cannot lie between two shifts
    (
        "min_consecutive_days_off",
        {"value": 2},
        {"people": "ana", "days": 4},
        [f"ana {TUE}", f"ana {WED}"],
    ),
    # 55.6 km in the two hours from 11:00 to 13:00
    ("travel_time", {"speed_kmh": 20}, {"signs": "Mx", "people": "ana"}, ["ana x0", "ana x1"]),
    (
        "area_floor",
        {"group": "far", "min_share": 1},
        {"signs": "Mm", "requirements": needs(("M0", None, 0, 1), ("m0", None, 0, 1))},
        [" far"],
    ),
    (
        "skill_placement",
        {},
        {
            "people": "eve",
            "skills": PORTAL,
            "each": HOLDERS,
            "services": ({**PAYMENT, "minutes_per_citizen": 30},),
            "demand": (
                {
                    "center_id": "home",
                    "service_id": "pay",
                    "arrivals": 8,
                    "start": moment(0, 7),
                    "end": moment(0, 11),
                },
            ),
        },
        [" home"],
    ),
    ("budget", {"value": 9}, {"each": {"ana": {"shift_cost": 10}}}, [" "]),
    (
        "budget",
        {"value": 9, "per": "center"},
        {"signs": "Mm", "each": {"ana": {"shift_cost": 10}}},
        [" far", " home"],
    ),
    (
        "budget",
        {"value": 9, "per": "day"},
        {"each": {"ana": {"shift_cost": 10}}},
        [f" {MON}", f" {TUE}"],
    ),
    (
        "one_alternative",
        None,
        {"shifts": tuple(shift(sign, 0, alternative="talk") for sign in "AM")},
        [" M0"],
    ),
    (
        "optional_minimum",
        None,
        {"shifts": (shift("M", 0, optional=True),), "requirements": needs(("M0", None, 2, 2))},
        [" M0"],
    ),
    ("minimum_coverage", {}, {"requirements": needs(("M1", None, 1, 2))}, [" M1"]),
    (
        "minimum_coverage",
        {},
        {
            "requirements": (
                at_times(moment(0, 7), moment(0, 9), step=60, minimum=1, target=1),
                at_days(None, 1, shifts="morning", minimum=1, target=1),
            )
        },
        [
            " home ..2026-12-08 morning",
            " home 2026-12-07 07:00-08:00",
            " home 2026-12-07 08:00-09:00",
        ],
    ),
    ("shortage", {}, {"requirements": needs(("M1", None, 1, 2))}, [" M1"]),
    ("surplus", {}, {"requirements": needs(("M1", None, 0, 1))}, [" M1"]),
    ("capacity", {}, {"signs": "Mm"}, [" m0", " m1"]),
    ("coverage", {}, {"requirements": needs(("M1", None, 1, 2))}, [" M1"]),
    ("show_up", {}, {"requirements": needs(("M1", None, 1, 2))}, [" M1"]),
    (
        "max_consecutive_days",
        {"value": 1},
        {"days": 3},
        [f"ana {MON}", f"ana {TUE}", f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "max_consecutive_days_off",
        {"value": 1, "group": "youth"},
        {"days": 3, "each": {"bob": {"group": "youth"}}},
        [f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "min_consecutive_days",
        {"value": 2},
        {"days": 3},
        [f"ana {TUE}", f"bob {TUE}"],
    ),
    # A short run is named by its first day; Ana is known not to have worked on Sunday.
    (
        "min_consecutive_days",
        {"value": 2, "level": 2},
        {"days": 3, "history": before(worked_in_a_row=0)},
        [f"ana {MON}", f"ana {TUE}", f"bob {TUE}"],
    ),
    (
        "max_consecutive_minutes",
        {"value": 480},
        {"signs": "EL", "people": "ana"},
        ["ana L0", "ana L1"],
    ),
    (
        "max_minutes_within",
        {"value": 480},
        {"signs": {0: "EN", 1: "L"}, "people": "ana"},
        ["ana E0", "ana N0"],
    ),
    (
        "min_rest",
        {"value": 660},
        {"signs": "EL", "history": before(last_shift_end=moment(0, 0))},
        ["ana E0", "ana E1", "ana L0", "ana L1", "bob E1", "bob L0", "bob L1"],
    ),
    (
        "forbidden_succession",
        {"first": "late", "then": "early"},
        {"signs": "EL", "days": 3, "history": before(last_shift_type="late")},
        [f"ana {MON}", f"ana {TUE}", f"ana {WED}", f"bob {TUE}", f"bob {WED}"],
    ),
    (
        "rotation",
        {"pattern": "late, any, early", "first_day": dt.date(2026, 12, 7)},
        {"signs": "EL", "days": 4, "people": "ana"},
        [f"ana {MON}", f"ana {WED}", "ana 2026-12-10"],
    ),
    (
        "min_types",
        {"value": 2, "rolling_days": 2},
        {"signs": "EL", "days": 3, "people": "ana"},
        [f"ana from {MON}", f"ana from {TUE}"],
    ),
    ("max_gap", {}, {"signs": {0: "EL", 1: "MA"}}, [f"ana {TUE}", f"bob {TUE}"]),
    (
        "similar_starts",
        {"value": 60, "per": "week"},
        {"signs": "EL", "people": "ana"},
        ["ana 2026-W50"],
    ),
    (
        "needs_too",
        {"first": "late", "then": "early"},
        {"signs": {0: "EL", 1: "L"}},
        [f"ana {MON}", f"ana {TUE}", f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "needs_too",
        {"first": "late", "then": "early", "per": "horizon"},
        {"signs": {0: "EL", 1: "L"}},
        ["ana ", "bob "],
    ),
    (
        "needs_too",
        {"first": "late", "then": "early", "how": "all"},
        {"signs": {0: "EL", 1: "L"}, "people": "ana"},
        ["ana E0"],
    ),
    # A pattern is named by its last day; Ana is known to have worked a late on Sunday.
    (
        "forbidden_pattern",
        {"pattern": "late, early"},
        {"signs": "EL", "days": 3, "history": before(last_shift_type="late")},
        [f"ana {MON}", f"ana {TUE}", f"ana {WED}", f"bob {TUE}", f"bob {WED}"],
    ),
    (
        "required_pattern",
        {"pattern": "late", "followed_by": "off, off"},
        {"signs": "EL", "days": 3, "people": "ana"},
        [f"ana {TUE}", f"ana {WED}", f"ana {WED}"],
    ),
    ("varied_mentors", {}, TEAM, ["ana "]),
    ("min_patterns", {"pattern": "work, off"}, {}, ["ana ", "bob "]),
    (
        "max_patterns",
        {"pattern": "off, work", "value": 0, "rolling_days": 2},
        {"days": 3, "people": "ana", "history": before(off_in_a_row=1)},
        [f"ana from {MON}", f"ana from {TUE}"],
    ),
    ("max_weekends", {"value": 0}, {"days": 7}, ["ana ", "bob "]),
    (
        "complete_weekends",
        {},
        {"days": 7},
        ["ana 2026-12-12", "ana 2026-12-12", "bob 2026-12-12", "bob 2026-12-12"],
    ),
    # Weekends are named by their first day; Ana is known to have worked one, and Bob not.
    (
        "max_consecutive_weekends",
        {"value": 1, "weekend": ("mon",)},
        {"days": 8, "history": before(weekends_in_a_row=1)},
        [f"ana {MON}", "ana 2026-12-14", "bob 2026-12-14"],
    ),
    (
        "min_consecutive_weekends",
        {"value": 2, "weekend": ("mon",)},
        {"days": 8, "history": before(weekends_in_a_row=0)},
        [f"ana {MON}"],
    ),
    (
        "one_place",
        {},
        {"signs": "MO"},
        [f"ana {MON}", f"ana {TUE}", f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "one_place",
        {},
        {
            "signs": {},
            "shifts": tuple(shift(s, 1).model_copy(update=AT_MIDNIGHT) for s in "Mm"),
        },
        [f"ana {TUE}", f"bob {TUE}"],
    ),
    (
        "one_center_per_day",
        {},
        {"signs": "Mm"},
        [f"ana {MON}", f"ana {TUE}", f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "max_travel",
        {"value": 30},
        {"signs": "Mx"},
        [f"ana {MON}", f"ana {TUE}", f"bob {MON}", f"bob {TUE}"],
    ),
    ("max_centers", {"value": 1}, {"signs": "Mm"}, ["ana ", "bob "]),
    ("continuity", {}, {"signs": "Mm"}, ["ana ", "bob "]),
    ("mentored", {"value": 1}, TEAM, ["ana "]),
    ("mentor", {"value": 1}, TEAM, [" M0", " M1"]),
    ("never_alone", {"skill": "portal"}, TEAM, [" M0", " M1"]),
    (
        "never_alone",
        {"skill": "portal", "per": "moment"},
        {**TEAM, "signs": {0: "Mm", 1: "N"}},
        [
            f" far {MON} 07:00-11:00",
            f" home {MON} 07:00-11:00",
            f" home {TUE} 22:00-06:00",
        ],
    ),
    (
        "mentor",
        {"value": 1, "per": "moment"},
        {**TEAM, "signs": {0: "MO", 1: ""}},
        [f" home {MON} {time}" for time in ("07:00-10:00", "10:00-11:00", "11:00-14:00")],
    ),
    (
        "mentor",
        {"value": 1, "per": "moment", "shifts": "over"},
        {**TEAM, "signs": {0: "MO", 1: "M"}},
        [f" home {MON} {time}" for time in ("10:00-11:00", "11:00-14:00")],
    ),
    ("mentored", {"value": 1, "per": "moment"}, TEAM, ["ana "]),
    ("together", {"group": "youth"}, {"each": YOUTH}, [" M0", " M1"]),
    ("apart", {"group": "youth"}, {"each": YOUTH}, [" M0", " M1"]),
    ("max_strain", {"value": 0, "per": "day"}, {"people": "ana"}, [f"ana {MON}", f"ana {TUE}"]),
    ("max_active_people", {"value": 1}, {}, [" "]),
    ("max_shifts_spread", {}, {}, [" "]),
    ("max_minutes_spread", {}, {}, [" "]),
    ("min_group_share", {"group": "bob", "value": 60}, {}, [" M0", " M1"]),
    ("max_group_share", {"group": "bob", "value": 9, "per": "horizon"}, {}, [" "]),
    (
        "max_group_share",
        {"group": "bob", "value": 9, "per": "center_day"},
        {"signs": {0: "M", 1: "m"}},
        [f" far {TUE}", f" home {MON}"],
    ),
    ("max_shifts", {}, {"each": {"bob": {"max_shifts": 1}}}, ["bob "]),
    ("min_shifts", {}, {"each": {"bob": {"min_shifts": 1}}}, ["bob "]),
    ("floor", {}, {}, ["ana ", "bob "]),
    ("max_min", {}, {"each": {"bob": {"max_shifts": 0}}}, ["ana "]),
    (
        "full_day",
        {},
        {"signs": "MA"},
        [f"ana {MON}", f"ana {TUE}", f"bob {MON}", f"bob {TUE}"],
    ),
    (
        "stability",
        {},
        {"published": ({"volunteer_id": "bob", "shift_id": "M1"},)},
        ["bob M1"],
    ),
    (
        "as_last_week",
        {},
        {"history": before(last_week="mon 07:00 home")},
        ["ana M1"],
    ),
    (
        "beside_days_off",
        {},
        {
            "days": 3,
            "preferences": ({"volunteer_id": "bob", "date": moment(1, 0), "state": "against"},),
        },
        ["bob M0", "bob M2"],
    ),
    (
        "preferences",
        {},
        {"preferences": ({"volunteer_id": "bob", "shift_id": "M1", "state": "for"},)},
        ["bob M1"],
    ),
    ("fairness", {}, {}, ["ana ", "bob "]),
    ("fairness", {}, {"each": {"ana": {"max_shifts": 0}}}, ["bob "]),
]
SOFT = {"coverage", "continuity", "fairness"}
"""Rules that are never hard."""
FORBIDDING = {"max_distance", "available", "qualified", "wish"}
"""Rules that forbid shifts to people where they are hard, so that no row is needed."""


def _named(problem: Problem, kind: str) -> list[str]:
    """Whom and where the rows of a kind of rule concern, in order of their names."""
    arrays = Arrays(problem)
    rules = problem.active_rules
    possible = ~forbidden_pairs([r for r in rules if r.rule != "stability"], arrays)
    model = Model(arrays, possible, np.arange(arrays.num_shifts), alone=True)
    for rule in rules:
        if rule.rule == kind:
            rule.post(model)
    names = []
    for tag in model.tags:
        for v, w in zip(tag.who, tag.where, strict=True) if tag.rule is not None else ():
            member = Member(rules.index(tag.rule), int(v), int(w), tag.place if w >= 0 else "")
            said = Members(problem).member(member)
            names.append(f"{said.who} {said.at}")
    return sorted(names)


@pytest.mark.parametrize(
    ("kind", "params", "ground", "names"), CASES, ids=[f"{c[0]} {c[1]}" for c in CASES]
)
def test_rows_say_whom_and_where(kind, params, ground, names):
    """The rows of a rule name the people and places that they concern, as `check` writes them."""
    fields = {"signs": "M", "people": "ana bob", "days": 2, **ground}
    level = {} if kind in SOFT else {"level": "hard"}
    rules = () if params is None else ({"rule": kind, **level, **params},)

    assert _named(plan(**fields, rules=rules), kind) == names


def test_every_rule_that_may_be_hard_has_a_case():
    """A rule that somebody adds has a case here too."""
    hard = {kind for kind in RULES if "hard" in str(RULES[kind].model_fields["level"].annotation)}
    cases = {kind for kind, *_ in CASES}

    file = "CASES of tests/rules/test_row_names.py"
    assert not (said := wrong_in(file, cases | FORBIDDING, hard | cases)), said
    assert not cases & FORBIDDING
