"""Tiny problems that exercise each rule: grounds to stand on, times parameters, times levels.

`CASES` maps the kind of a rule to problems in which it is the only rule, hard and soft; `MIXED`
are problems with many rules at once. Every one is small enough to enumerate all of its rosters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any

from pictures import CENTERS, MONDAY, plan, shift, window
from pydantic import TypeAdapter, ValidationError

from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.horizon import Horizon
from shiftplan.rules import RULES, AnyRule

Fields = dict[str, Any]
WEIGHT = 7


def as_rules(kind: str, params: Fields) -> Iterator[Fields]:
    """The rule hard and soft, as far as its class allows."""
    for level in ("hard", 2):
        rule = {"rule": kind, "level": level, **params}
        if level != "hard" and "weight" in RULES[kind].model_fields:
            rule.setdefault("weight", WEIGHT)
        try:
            TypeAdapter(AnyRule).validate_python(rule)
        except ValidationError as error:
            if all(e["loc"][-1] == "level" for e in error.errors()):
                continue
            raise
        yield rule


def times(values: Any, **params: Any) -> list[Fields]:
    """Parameter sets that differ in `value`."""
    return [{"value": v, **params} for v in values]


def before(who: str = "ana", **fields: Any) -> Fields:
    """A ground's history of one person."""
    return {"history": ({"volunteer_id": who, **fields},)}


# ---- grounds: keyword arguments of `plan`

RUN_BORDERS: list[Fields] = [
    {},
    before(),
    before(worked_in_a_row=0),
    before(worked_in_a_row=1, off_in_a_row=0),
    before(worked_in_a_row=2, off_in_a_row=0),
    before(worked_in_a_row=5),
    before(off_in_a_row=0),
    before(off_in_a_row=1, worked_in_a_row=0),
    before(off_in_a_row=2),
    before(off_in_a_row=5),
]
TYPE_BORDERS: list[Fields] = [
    {},
    before(last_shift_type="night"),
    before(last_shift_type="night", same_type_in_a_row=1, worked_in_a_row=3),
    before(last_shift_type="night", same_type_in_a_row=2, worked_in_a_row=2),
    before(last_shift_type="night", same_type_in_a_row=4),
    before(last_shift_type="morning", same_type_in_a_row=2, worked_in_a_row=2),
    before(worked_in_a_row=2),
    before(worked_in_a_row=0),
    before(worked_in_a_row=0, off_in_a_row=3),
    before(off_in_a_row=2),
]
LINES = [{"days": 6, **b} for b in RUN_BORDERS] + [{"days": d, **RUN_BORDERS[4]} for d in (1, 2)]
LINES += [{"days": 1, **RUN_BORDERS[8]}, {"signs": {1: "M", 2: "M", 3: "MA"}, "days": 5}]
LINES += [{"signs": {0: "MA", 1: "M", 2: "A"}, "days": 4, **before(worked_in_a_row=1)}]
TYPED_LINES = [{"signs": "MN", "days": 4, **b} for b in TYPE_BORDERS]
GROUPS: Fields = {
    "people": "ana bob",
    "each": {"ana": {"group": "youth"}, "bob": {"group": "army|choir"}},
}
GROUPED_LINES = [
    {"days": 5, **GROUPS, **b}
    for b in (
        {},
        {
            "history": before("ana", worked_in_a_row=2)["history"]
            + before("bob", worked_in_a_row=1)["history"]
        },
    )
]

COUNTED: Fields = before(counted_shifts=2, counted_minutes=300, counted_weekends=1)
FEBRUARY: Fields = {
    "signs": {0: "M", 1: "M", 14: "MN", 28: "M", 29: "M"},
    "days": 30,
    "start": dt.date(2026, 1, 31),
}
PERIODS: list[Fields] = [
    {"signs": {0: "M", 1: "MN", 2: "M", 5: "A", 6: "N"}, "days": 7},
    {
        "signs": {0: "M", 1: "M", 2: "MA", 7: "M", 8: "MN", 9: "N"},
        "days": 10,
        "start": dt.date(2026, 12, 5),
    },
    FEBRUARY,
    {"signs": {0: "M", 1: "A", 6: "N"}, "days": 8, "start": dt.date(2026, 12, 28)},
    {"signs": {0: "MN", 1: "M", 2: "N"}, "days": 3, **COUNTED},
    {"signs": {0: "MN", 1: "M"}, "days": 2, **GROUPS, **COUNTED},
    {
        "signs": {0: "MN", 1: "M"},
        "days": 2,
        **GROUPS,
        **before("bob", counted_shifts=1, counted_minutes=240),
    },
]
BERLIN: Fields = {
    "signs": {0: "LN", 1: "EN", 2: "EL"},
    "start": dt.date(2026, 10, 24),
    "horizon": Horizon(start=dt.date(2026, 10, 24), days=3, zone="Europe/Berlin"),
}
"""Clocks go back in the night from the first to the second date: the night lasts nine hours."""


def moment(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """Wall-clock time on a day number."""
    return dt.datetime.combine(MONDAY, dt.time(hour, minute)) + dt.timedelta(day)


RESTS: list[Fields] = [
    {"signs": {0: "ELN", 1: "ELN", 2: "E"}, "days": 3},
    {"signs": {0: "MOA", 1: "OEL"}, "days": 2},
    {"signs": {0: "EN", 1: "M"}, "days": 2, **before(last_shift_end=moment(-1, 22))},
    {"signs": {0: "EMN", 1: "M"}, "days": 2, **before(last_shift_end=moment(0, 6))},
    {"signs": {0: "EM", 1: "N"}, "days": 2, **GROUPS, **before(last_shift_end=moment(0, 3))},
    {
        "signs": {0: "LN", 1: "M"},
        "days": 2,
        **GROUPS,
        **before("bob", last_shift_end=moment(0, 13)),
    },
    BERLIN,
]
SUCCESSIONS: list[Fields] = [
    {"signs": "EN", "days": 4},
    {"signs": {0: "EN", 1: "L", 2: "EN", 3: "L", 4: "ELN"}, "days": 5},
    {"signs": "LN", "days": 3, **before(last_shift_type="night")},
    {"signs": "LN", "days": 3, **before(last_shift_type="late")},
    {"signs": "EN", "days": 1, **before(last_shift_type="night")},
    {
        "signs": {0: "L", 1: "EN", 2: "E"},
        "days": 3,
        **GROUPS,
        **before("bob", last_shift_type="night"),
    },
    {
        "signs": {0: "L", 1: "EN", 2: "E"},
        "days": 3,
        **GROUPS,
        **before("ana", last_shift_type="night"),
    },
]
WEEKENDS: list[Fields] = [
    {"signs": {4: "M", 5: "MN", 6: "M", 7: "M", 11: "M", 12: "N", 13: "M"}, "days": 14},
    {"signs": {0: "M", 1: "M", 6: "M", 7: "MN", 8: "M"}, "days": 9, "start": dt.date(2026, 12, 12)},
    {"signs": {0: "M", 5: "M", 6: "M", 7: "M"}, "days": 8, "start": dt.date(2026, 12, 13)},
    {
        "signs": {0: "M", 1: "M", 2: "N", 6: "M"},
        "days": 7,
        "start": dt.date(2026, 12, 13),
        **COUNTED,
    },
    {"signs": {4: "M", 5: "M", 6: "MN"}, "days": 7, **COUNTED},
    {"signs": {4: "M", 5: "M", 6: "N"}, "days": 7, **GROUPS, **before("bob", counted_weekends=1)},
    {"signs": {4: "M", 5: "M", 6: "N"}, "days": 7, **GROUPS, **COUNTED},
    {"signs": {0: "M", 1: "M"}, "days": 3},
]
WEEKEND_DAYS: list[Fields] = [
    {},
    {"weekend": ("fri", "sat", "sun")},
    {"weekend": ("sun",)},
    {"weekend": ("sun", "mon")},
]

SKILLS = (
    {"skill_id": "portal", "max_level": 4},
    {"skill_id": "khmer", "max_level": 4, "kind": "language"},
)
UNTIL_MONDAY = {"skill_id": "portal", "level": 3, "valid_to": MONDAY}
FROM_TUESDAY = {"skill_id": "portal", "level": 1, "valid_from": MONDAY + dt.timedelta(1)}
TEAM: Fields = {
    "signs": {0: "Mm", 1: "A"},
    "people": "ana bob cho",
    "days": 2,
    "skills": SKILLS,
    "each": {
        "ana": {"group": "youth", "skills": {"khmer": 1}},
        "bob": {"group": "youth|army", "skills": (UNTIL_MONDAY, FROM_TUESDAY)},
        "cho": {"group": "army", "skills": {"portal": 3, "khmer": 1}},
    },
    "requirements": (
        {"shift_id": "M0", "minimum": 1, "target": 3},
        {"shift_id": "M0", "skill_id": "portal", "min_level": 3, "minimum": 1, "target": 2},
        {"shift_id": "m0", "minimum": 0, "target": 1},
        {"shift_id": "m0", "skill_id": "khmer", "minimum": 2, "target": 2},
        {"shift_id": "A1", "minimum": 2, "target": 2},
        {"shift_id": "A1", "skill_id": "portal", "minimum": 1, "target": 1},
        {"shift_id": "A1", "skill_id": "portal", "min_level": 2, "target": 0},
    ),
}
FOUR: Fields = {
    "signs": {0: "Mx"},
    "people": "ana bob cho dan",
    "days": 1,
    "skills": SKILLS,
    "each": {
        "ana": {"skills": {"portal": 1}, "group": "youth"},
        "bob": {"skills": {"portal": 3}, "group": "youth"},
        "cho": {"skills": {"portal": 4}, "group": "youth|army"},
        "dan": {"group": "army"},
    },
    "requirements": tuple(
        {"shift_id": f"{s}0", "minimum": m, "target": t} for s, m, t in (("M", 1, 4), ("x", 2, 3))
    ),
}


def rated(ground: Fields, **rates: float) -> Fields:
    """A ground whose people come with these show rates."""
    each = {name: {**ground["each"].get(name, {}), "show_rate": r} for name, r in rates.items()}
    return {**ground, "each": {**ground["each"], **each}}


THREE_AND_TWO: Fields = {
    **FOUR,
    "requirements": (
        {"shift_id": "M0", "minimum": 3, "target": 4},
        {"shift_id": "x0", "skill_id": "portal", "minimum": 2, "target": 2},
    ),
}
MAY_STAY_AWAY: list[Fields] = [
    rated(TEAM, ana=0.9, bob=0.72, cho=1.0),
    rated(FOUR, ana=0.8, bob=0.9, cho=0.5, dan=0.0),
    rated(THREE_AND_TWO, ana=0.97, bob=0.9, cho=0.8, dan=0.66),
    rated(THREE_AND_TWO, ana=0.8, bob=0.8, cho=0.8, dan=0.8),
]
WITHOUT_CHO: Fields = {**TEAM, "availability": (window("ana"), window("bob"))}
QUALIFIED: Fields = {
    **TEAM,
    "signs": {},
    "shifts": (
        shift("M", 0, skill_id="portal", min_level=3),
        shift("A", 0, skill_id="khmer"),
        shift("M", 1, skill_id="portal", min_level=1),
        shift("A", 1),
    ),
    "requirements": (),
    "each": {**TEAM["each"], "ana": {"skills": {"portal": 2, "khmer": 1}, "group": "army"}},
}
PLACES: list[Fields] = [
    {"signs": {0: "MAax", 1: "Mmax"}, "days": 2},
    {
        "signs": {0: "Ma", 1: "Ax", 2: "m"},
        "days": 3,
        "people": "ana bob",
        "each": {"bob": {"home_center_id": "far"}},
    },
]
FAR: Fields = {
    "signs": {0: "Mmxt"},
    "people": "ana bob cho",
    "days": 1,
    "each": {
        "ana": {"max_distance_km": 0},
        "bob": {"max_distance_km": 12, "home_center_id": "far"},
        "cho": {"max_distance_km": 44.5, "home_center_id": "far"},
    },
}
OVERLAPS: list[Fields] = [
    {"signs": {0: "MOAN", 1: "EMO"}, "days": 2},
    {"signs": {0: "Mma", 1: "xO"}, "days": 2, "people": "ana bob"},
    {
        "shifts": (
            shift("E", 0, end=moment(1, 8)),
            shift("M", 1),
            shift("A", 1),
            shift("N", 0),
            shift("O", 1),
        ),
        "days": 2,
    },
]
STATES = (
    {"volunteer_id": "ana", "start": moment(0, 6), "end": moment(1, 12), "state": "preferred"},
    {"volunteer_id": "ana", "start": moment(1, 13), "end": moment(1, 17), "state": "undesired"},
    {"volunteer_id": "ana", "start": moment(1, 17), "end": moment(2, 6), "state": "available"},
    {"volunteer_id": "bob", "start": moment(0, 7), "end": moment(0, 10), "state": "available"},
    {"volunteer_id": "bob", "start": moment(0, 10), "end": moment(0, 17), "state": "undesired"},
    {"volunteer_id": "bob", "start": moment(1, 7), "end": moment(1, 17), "state": "available"},
)
SHARES: list[Fields] = [
    {
        "signs": {0: "MA", 1: "MA", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "each": {
            "ana": {"max_shifts": 3, "min_shifts": 2},
            "bob": {"max_shifts": 4, "min_shifts": 4},
        },
        "history": (
            {"volunteer_id": "ana", "shifts_offered": 12, "shifts_worked": 9},
            {"volunteer_id": "bob", "shifts_offered": 1.5, "shifts_worked": 0.5},
        ),
    },
    {
        "signs": {0: "MmA", 1: "AN"},
        "people": "ana bob",
        "days": 2,
        "each": {"ana": {"min_shifts": 3}, "bob": {"min_shifts": 4, "max_shifts": 2}},
        "availability": STATES,
    },
    {
        "signs": {0: "MA"},
        "people": "ana bob cho",
        "days": 1,
        "each": {"ana": {"max_shifts": 0, "min_shifts": 1}, "bob": {"max_shifts": 1}},
        "history": ({"volunteer_id": "bob", "shifts_offered": 3, "shifts_worked": 4},),
    },
]
WISHES: Fields = {
    "signs": {0: "MA", 1: "MN", 2: "E"},
    "people": "ana bob",
    "days": 3,
    "availability": (window("ana"), window("bob", first=0, last=1)),
    "preferences": (
        {"volunteer_id": "ana", "shift_id": "M0", "state": "for", "weight": 3},
        {"volunteer_id": "ana", "shift_id": "A0", "state": "against"},
        {"volunteer_id": "ana", "date": MONDAY, "state": "for", "weight": 2},
        {
            "volunteer_id": "ana",
            "date": MONDAY + dt.timedelta(1),
            "shifts": "night",
            "state": "for",
        },
        {"volunteer_id": "ana", "date": MONDAY + dt.timedelta(1), "state": "against", "weight": 5},
        {"volunteer_id": "bob", "date": MONDAY, "state": "against"},
        {"volunteer_id": "bob", "shift_id": "M1", "state": "for"},
        {
            "volunteer_id": "bob",
            "date": MONDAY + dt.timedelta(2),
            "shifts": "day",
            "state": "against",
        },
    ),
}
LOADS: list[Fields] = [
    *(
        {**ground, "each": {**ground["each"], "ana": {**ground["each"]["ana"], "group": "youth"}}}
        for ground in SHARES
    ),
    {
        "signs": {0: "MA", 1: "ANn"},
        "people": "ana bob",
        "days": 2,
        "each": {"ana": {"group": "youth"}, "bob": {"home_center_id": "far", "group": "army"}},
        "availability": STATES,
        "history": (
            {
                "volunteer_id": "ana",
                "shifts_offered": 0.25,
                "shifts_worked": 7,
                "undesired_worked": 2,
                "hours_offered": 12,
                "hours_worked": 2.5,
            },
        ),
    },
    # Shifts of 4, 8, 1.5 and 1.5 hours: whole hours no longer tell how many.
    {
        "shifts": (
            shift("M", 0),
            shift("m", 0),
            shift("N", 0),
            shift("A", 0, end=dt.datetime.combine(MONDAY, dt.time(14, 30))),
            shift("A", 1, end=dt.datetime.combine(MONDAY, dt.time(14, 30)) + dt.timedelta(1)),
        ),
        "signs": {},
        "people": "ana bob",
        "days": 2,
        "each": {"ana": {"max_shifts": 2}, "bob": {"group": "youth"}},
        "history": (
            {"volunteer_id": "bob", "hours_offered": 3.5, "hours_worked": 1, "shifts_worked": 1},
        ),
    },
    # Shifts of 20 minutes: a part of an hour is one.
    {
        "shifts": tuple(shift("M", d, end=moment(d, 7, 20)) for d in range(4)),
        "signs": {},
        "people": "ana bob",
        "days": 4,
        "each": {"ana": {"max_shifts": 3}},
    },
]
"""People who offered and worked differently, with a history of it."""
MANY_WISHES: list[Fields] = [
    {
        **WISHES,
        "signs": {0: "MmA", 1: "MN"},
        "days": 3,
        "each": {"bob": {"group": "youth"}},
        "availability": (window("ana", "undesired"), window("bob", "undesired", 0, 1)),
    },
    {
        "signs": {0: "Mm", 1: "MAa"},
        "people": "ana bob",
        "days": 2,
        "each": {"bob": {"group": "youth", "max_shifts": 1}},
        "availability": STATES,
        "preferences": (
            {"volunteer_id": "bob", "date": MONDAY, "state": "for"},
            {"volunteer_id": "bob", "shift_id": "A1", "state": "against", "weight": 9},
        ),
    },
]


def at(day: int, hours: float = 4, **fields: Any) -> Fields:
    """The ground's shifts from 07:00 on a day number, `M` at home and `m` far away."""
    end = moment(day, 7) + dt.timedelta(hours=hours)
    return {"shifts": (shift("M", day, end=end, **fields), shift("m", day, end=end, **fields))}


def in_areas(home: Fields, far: Fields, hill: Fields | None = None) -> Fields:
    """A ground's centers, with these fields of three of them."""
    own = {"home": home, "far": far, "hill": hill or {}}
    return {"centers": tuple(c.model_copy(update=own.get(c.center_id, {})) for c in CENTERS)}


def seats(*rows: tuple[str, int] | tuple[str, int, str, int]) -> Fields:
    """A ground's requirements as (shift, target), perhaps with skill and level."""
    keys = ("shift_id", "target", "skill_id", "min_level")
    return {"requirements": tuple(dict(zip(keys, row, strict=False)) for row in rows)}


EQUITY: list[Fields] = [
    # Two centers of the same size, and one that wants nothing.
    {
        "signs": {0: "Mmx"},
        "people": "ana bob cho",
        "days": 1,
        **in_areas({"minority_area": True}, {"remote_area": True, "groups": ("island",)}),
        **seats(("M0", 2), ("m0", 2)),
    },
    # Sizes 5, 3 and 1; more people than seats; nobody is in the area other.
    {
        "signs": {0: "Mmx"},
        "people": "ana bob cho",
        "days": 1,
        "skills": SKILLS,
        "each": {"ana": {"skills": {"portal": 2}}, "bob": {"skills": {"portal": 1}}},
        **in_areas(
            {"minority_area": True, "remote_area": True},
            {"groups": ("island", "port"), "remote_area": True},
            {"groups": ("port",), "minority_area": True},
        ),
        **seats(("M0", 2), ("M0", 3, "portal", 1), ("m0", 1), ("m0", 2, "portal", 2), ("x0", 1)),
    },
    # Home has few seats: who is more than these must not count there.
    {
        "signs": {0: "MA", 1: "m"},
        "people": "ana bob cho",
        "days": 2,
        **in_areas({"groups": ("port",)}, {"minority_area": True}),
        **seats(("M0", 1), ("A0", 2), ("m1", 3)),
    },
]
WORK: list[Fields] = [
    # 10 citizens x 30 min and 4 x 15 min at home, 6 x 30 min far away; 30 % and 50 % speak Khmer.
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
                ("far", "pay", 60, 2),
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
LEARNERS: list[Fields] = [
    {
        **TEAM,
        "requirements": (),
        "history": ({"volunteer_id": "ana", "mentored_worked": 1},),
    },
    {
        **TEAM,
        "requirements": (),
        "each": {**TEAM["each"], "bob": {"skills": (FROM_TUESDAY,), "max_shifts": 1}},
    },
    {
        **FOUR,
        "requirements": (),
        "each": {**FOUR["each"], "dan": {"group": "army", "skills": {"khmer": 4}}},
    },
]
SENT: list[Fields] = [
    {**FAR, "each": {**FAR["each"], "ana": {"max_distance_km": 0, "mobile": True}}},
    {
        **FAR,
        "people": "ana bob",
        "each": {
            "ana": {"home_center_id": None, "mobile": True},
            "bob": {"max_distance_km": 12, "home_center_id": "far", "mobile": False},
        },
    },
]
PINNED: list[Fields] = [
    {
        "signs": {0: "MA", 1: "M"},
        "people": "ana bob",
        "days": 2,
        "pins": (
            {"volunteer_id": "ana", "shift_id": "A0", "state": "must"},
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
            {"volunteer_id": "bob", "shift_id": "M0", "state": "must"},
        ),
    },
    {
        "signs": {0: "MA"},
        "days": 1,
        "availability": (window("ana", first=1),),
        "pins": ({"volunteer_id": "ana", "shift_id": "A0", "state": "must"},),
    },
]
PUBLISHED: list[Fields] = [
    {
        "signs": {0: "M", 1: "MA", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "published": (
            {"volunteer_id": "ana", "shift_id": "M0"},
            {"volunteer_id": "ana", "shift_id": "M1", "told": False},
            {"volunteer_id": "bob", "shift_id": "M1"},
            {"volunteer_id": "bob", "shift_id": "M2", "told": False},
        ),
    },
    # Ana can no longer come on Monday, and must not on Tuesday; Bob must.
    {
        "signs": {0: "MA", 1: "M", 2: "M"},
        "people": "ana bob",
        "days": 3,
        "availability": (window("ana", first=1), window("bob")),
        "published": (
            {"volunteer_id": "ana", "shift_id": "M0"},
            {"volunteer_id": "ana", "shift_id": "M1"},
            {"volunteer_id": "bob", "shift_id": "A0"},
        ),
        "pins": (
            {"volunteer_id": "ana", "shift_id": "M1", "state": "must_not"},
            {"volunteer_id": "bob", "shift_id": "M1", "state": "must"},
        ),
    },
    {"signs": {0: "MA", 1: "M", 2: "N"}, "days": 3},
]
TUESDAY = MONDAY + dt.timedelta(1)

RUNS = (
    "max_consecutive_days",
    "min_consecutive_days",
    "max_consecutive_days_off",
    "min_consecutive_days_off",
)
PERIOD_KINDS: list[Fields] = [{"per": p} for p in ("horizon", "week", "month", "day")]
PERIOD_KINDS += [{"rolling_days": n} for n in (1, 2, 3, 40)]
FILTERS: list[Fields] = [
    {"group": "youth"},
    {"group": "choir"},
    {"group": "youth|choir"},
    {"shifts": "night"},
    {"group": "youth", "shifts": "morning"},
]


def _cross(*options: list[Fields]) -> list[Fields]:
    sets: list[Fields] = [{}]
    for more in options:
        sets = [{**a, **b} for a in sets for b in more]
    return sets


def _plans() -> Iterator[tuple[str, list[Fields], list[Fields]]]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in RUNS:
        least = [0] if kind.startswith("max") else []
        yield kind, times([*least, 1, 2, 3, 7]), LINES
        yield kind, times([2], group="youth") + times([1, 2], group="choir"), GROUPED_LINES
    for kind in RUNS[:2]:
        yield kind, times([1, 2, 3], shifts="night"), TYPED_LINES
        yield kind, times([2], shifts="morning|night"), TYPED_LINES[:3]
        yield (
            kind,
            times([2], shifts="day"),
            [{"signs": {0: "EM", 1: "LM", 2: "E", 3: "N"}, "days": 4}],
        )
    for kind in ("max_shift_count", "min_shift_count"):
        yield kind, _cross(times([0, 1, 2, 3]), PERIOD_KINDS), PERIODS[:5]
        yield kind, _cross(times([1, 3]), FILTERS, [{}, {"per": "day"}]), PERIODS[4:]
    for kind in ("max_minutes", "min_minutes"):
        yield kind, _cross(times([0, 300, 720]), PERIOD_KINDS), PERIODS[:5]
        yield kind, _cross(times([480]), FILTERS, [{}, {"per": "day"}]), PERIODS[4:]
        yield kind, times([720, 1000], rolling_days=2), [BERLIN]
    yield "min_rest", times([1, 60, 480, 481, 660, 1440]), RESTS
    yield "min_rest", _cross(times([600]), FILTERS), RESTS[4:6]
    yield "min_rest", _cross(times([660]), [{"shifts": "night|early"}]), RESTS[:4]
    pairs: list[Fields] = [
        {"first": "night", "then": "early"},
        {"first": "night", "then": "early|late"},
        {"first": "late|night", "then": "night"},
        {"first": "day", "then": "day"},
    ]
    yield "forbidden_succession", pairs, SUCCESSIONS
    yield (
        "forbidden_succession",
        _cross(pairs[1:2], [{"group": "youth"}, {"group": "choir"}]),
        SUCCESSIONS[5:],
    )
    yield "max_weekends", _cross(times([0, 1, 2]), WEEKEND_DAYS), WEEKENDS
    yield "complete_weekends", WEEKEND_DAYS, WEEKENDS
    yield "max_weekends", _cross(times([0, 1]), FILTERS), WEEKENDS[5:7]
    yield "complete_weekends", FILTERS, WEEKENDS[5:7]
    yield "max_weekends", times([0, 1], shifts="night"), WEEKENDS[:2] + WEEKENDS[3:5]
    yield "complete_weekends", [{"shifts": "morning"}], WEEKENDS[:3]
    for kind in ("coverage", "minimum_coverage", "shortage", "surplus", "capacity"):
        yield kind, [{}], [TEAM, FOUR, WITHOUT_CHO]
    yield "coverage", [{"weight": 33}, {"weight": 0}], [TEAM]
    for kind in ("minimum_coverage", "shortage", "surplus"):
        yield kind, [{"shifts": "morning"}, {"shifts": "afternoon|night"}], [TEAM]
    yield "show_up", times([50, 90]), MAY_STAY_AWAY
    yield "show_up", [{"value": 99, "weight": 3}, {"shifts": "afternoon"}], MAY_STAY_AWAY[:2]
    yield "qualified", [{}], [QUALIFIED]
    yield "mentor", times([0, 1, 2]), [TEAM, FOUR]
    yield (
        "mentor",
        times([1], skill="khmer", mentor_level=1) + times([1], novice_level=1, mentor_level=4),
        [TEAM, FOUR],
    )
    yield (
        "never_alone",
        [*times([1, 2], skill="portal", min_level=3), {"skill": "khmer"}],
        [TEAM, FOUR],
    )
    yield (
        "together",
        [{"group": "youth"}, {"group": "army|youth"}, {"group": "choir"}],
        [TEAM, FOUR, WITHOUT_CHO],
    )
    yield (
        "apart",
        _cross(times([0, 1, 2]), [{"group": "youth"}, {"group": "army|youth"}]),
        [TEAM, FOUR],
    )
    kinds = [{"seats": "people"}, {"seats": "skilled"}, {}]
    yield "worst_center_first", [*times([2, 12], weight=50), *kinds], EQUITY
    for areas, floor in (("minority", 67), ("other", 34), ("remote", 80), ("other|port", 100)):
        yield "area_floor", [{"group": areas}, {"group": areas, "value": floor}], EQUITY
    yield "area_floor", _cross([{"group": "minority"}], [{}, {"value": 60}], kinds[:2]), EQUITY[1:2]
    yield "skill_placement", [{"weight": 10}, *times([1, 3])], WORK
    yield "mentored", times([1, 2, 5]), LEARNERS
    yield "mentored", times([2], novice_level=2, mentor_level=1), LEARNERS
    yield "max_distance", [{}], [FAR, *SENT]
    yield "travel", [{}, {"weight": 1}], [FAR, *PLACES, *SENT]
    yield "one_place", [{}], OVERLAPS
    for kind in ("one_center_per_day", "continuity"):
        yield kind, [{}], PLACES
    yield "max_centers", times([0, 1, 2]), PLACES
    for kind in ("max_shifts", "min_shifts", "full_day"):
        yield kind, [{}], [*SHARES, PERIODS[4]]
    yield "fairness", [{}, {"weight": 50}], SHARES
    yield "wish", [{"weight": w} for w in (0, 7, 10, 13)], SHARES[:2]
    yield "preferences", [{}], [WISHES, PERIODS[4]]
    shares: list[Fields] = [{}, {"weight": 50}, {"group": "youth"}]
    for kind in ("fairness", "balance_hours", "balance_undesired"):
        yield kind, shares, LOADS
    yield "leximin", [{"weight": 10000}, *times([2, 3, 12], weight=800)], LOADS
    yield "leximin", times([5], weight=1_000_000, group="youth"), LOADS
    yield "max_min", times([5, 50, 62, 100]) + times([100], group="youth"), LOADS
    yield "floor", times([1, 2, 4]) + _cross(times([2]), FILTERS[:1] + FILTERS[3:]), LOADS
    yield "balance_hours", [{"shifts": "night", "weight": 30}, {"shifts": "morning|night"}], LOADS
    yield "balance_shifts", [{"shifts": "morning"}, {"shifts": "night|day", "weight": 9}], LOADS
    yield "balance_shifts", [{"shifts": "morning", "group": "youth"}], LOADS
    far = times([0, 11, 12, 60]) + times([9], group="youth")
    yield "balance_far", far, [*LOADS, *PLACES, *SENT]
    yield "wish_equality", [{"weight": 100}, {"weight": 33, "group": "youth"}], MANY_WISHES
    yield "wish_equality", [{"weight": 100}], [WISHES, SHARES[1], PERIODS[4]]
    stable: list[Fields] = [{"told_weight": 5}, {"told_weight": 0, "weight": 3}]
    stable += [{"first_day": TUESDAY}, {"last_day": TUESDAY, "told_weight": 2}]
    stable += [{"first_day": TUESDAY, "last_day": TUESDAY}]
    yield "stability", stable, PUBLISHED


@cache
def cases() -> dict[str, list[Problem]]:
    """Kind -> problems in which it is the only rule; `pins` and `available` have some too."""
    found: dict[str, list[Problem]] = {
        "pins": [plan(**ground) for ground in PINNED],
        "available": [plan(**SHARES[1]), plan(**WISHES), plan(**WITHOUT_CHO)],
    }
    for kind, params, grounds in _plans():
        for ground in grounds:
            for rule in (r for p in params for r in as_rules(kind, p)):
                try:
                    found.setdefault(kind, []).append(plan(**ground, rules=(rule,)))
                except InputError as error:
                    # A ground without the group or shift type that the parameters name.
                    if {f.code for f in error.faults} - {"unknown_name", "unknown_id"}:
                        raise
    return found


EVERY_RULE: list[Fields] = [
    {"rule": "coverage", "level": 1},
    {"rule": "minimum_coverage", "level": 1, "weight": 11},
    {"rule": "shortage", "level": 1, "weight": 3, "shifts": "morning"},
    {"rule": "surplus", "level": 2, "weight": 5},
    {"rule": "show_up", "level": 1, "weight": 2, "value": 80},
    {"rule": "worst_center_first", "level": 1, "weight": 60, "value": 3},
    {"rule": "area_floor", "level": 1, "weight": 25, "group": "other"},
    {"rule": "skill_placement", "level": 1, "weight": 10},
    {"rule": "capacity", "level": 1, "weight": 20},
    {"rule": "max_shifts", "level": 2, "weight": 30},
    {"rule": "max_distance"},
    {"rule": "qualified"},
    {"rule": "one_place"},
    {"rule": "one_center_per_day", "level": 2, "weight": 6},
    {"rule": "max_centers", "level": 1, "weight": 9, "value": 1},
    {"rule": "max_shift_count", "level": 2, "weight": 4, "value": 1, "per": "day"},
    {"rule": "min_shift_count", "level": 3, "weight": 2, "value": 2},
    {"rule": "max_minutes", "level": 3, "weight": 1, "value": 500},
    {"rule": "min_minutes", "level": 3, "weight": 1, "value": 480, "rolling_days": 2},
    {"rule": "min_rest", "level": 2, "weight": 8, "value": 660},
    {"rule": "forbidden_succession", "level": 2, "weight": 7, "first": "night", "then": "morning"},
    {"rule": "max_consecutive_days", "level": 2, "weight": 12, "value": 2},
    {"rule": "min_consecutive_days", "level": 2, "weight": 13, "value": 2},
    {"rule": "max_consecutive_days_off", "level": 2, "weight": 14, "value": 1},
    {"rule": "min_consecutive_days_off", "level": 2, "weight": 15, "value": 2},
    {"rule": "max_weekends", "level": 2, "weight": 16, "value": 0, "weekend": ("mon", "tue")},
    {"rule": "complete_weekends", "level": 2, "weight": 17, "weekend": ("tue", "wed")},
    {"rule": "mentor", "level": 1, "weight": 18, "value": 0},
    {"rule": "mentored", "level": 2, "weight": 26, "value": 2},
    {"rule": "never_alone", "level": 1, "weight": 19, "skill": "portal", "value": 1},
    {"rule": "together", "level": 3, "weight": 21, "group": "youth"},
    {"rule": "apart", "level": 3, "weight": 22, "group": "army"},
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
    {"rule": "wish_equality", "level": 3},
    {"rule": "travel", "level": 2},
    {"rule": "continuity", "level": 2, "weight": 10},
    {"rule": "full_day", "level": 2, "weight": 5},
    {"rule": "stability", "level": 3, "weight": 3, "told_weight": 4},
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
        "one_center_per_day"
    )
    days = _only(
        "max_consecutive_days min_consecutive_days max_consecutive_days_off min_rest full_day "
        "min_consecutive_days_off forbidden_succession max_weekends complete_weekends"
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
