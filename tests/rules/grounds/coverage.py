"""Grounds on which the rules on seats filled, empty and too many are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields, in_areas, moment

from grounds.alternatives import TALKS, UNABLE
from grounds.ground import FROM_TUESDAY, SKILLS, UNTIL_MONDAY, Plan, at_days, at_times
from grounds.optional import EXTRAS
from grounds.team import EITHER, FOUR, TEAM, TOGETHER, WITHOUT_CHO
from shiftplan.testing.pictures import shift

UNSURE: Fields = {
    **TEAM,
    "requirements": (
        {"shift_id": "M0", "minimum": 1, "target": 2, "needed_percent": (100, 61, 7)},
        {"shift_id": "M0", "skill_id": "portal", "min_level": 3, "target": 1},
        {"shift_id": "m0", "target": 0, "needed_percent": (33, 33)},
        {"shift_id": "A1", "minimum": 2, "target": 3, "needed_percent": (100, 100)},
        {"shift_id": "A1", "skill_id": "portal", "target": 1, "needed_percent": (99, 50, 50, 0)},
    ),
}
"""Requirements of which it is not certain how many people are needed."""
EXCLUSIVE: list[Fields] = [
    {
        **TEAM,
        "requirements": tuple(
            {"exclusive": True, **need}
            for need in (
                {"shift_id": "M0", "minimum": 1, "target": 2, "needed_percent": (100, 61, 7)},
                {"shift_id": "M0", "skill_id": "portal", "min_level": 3, "minimum": 1, "target": 1},
                {"shift_id": "M0", "skill_id": "khmer", "target": 2, "needed_percent": (90, 80)},
                {"shift_id": "m0", "skill_id": "khmer", "minimum": 1, "target": 2},
                {"shift_id": "m0", "skill_id": "portal", "target": 1, "exclusive": False},
                {"shift_id": "A1", "skill_id": "portal", "target": 1, "needed_percent": (30,)},
                {"shift_id": "A1", "minimum": 2, "target": 2},
            )
        ),
    },
    {
        **FOUR,
        "requirements": tuple(
            {"shift_id": f"{sign}0", "exclusive": True, **need}
            for sign, needs in (
                ("M", ({"minimum": 1, "target": 3}, {"with_skills": "portal:3", "target": 1})),
                ("x", ({"with_skills": "portal:4/khmer", "minimum": 1, "target": 1},)),
                ("x", ({"skill_id": "portal", "with_skills": "!portal:4", "target": 2},)),
            )
            for need in needs
        ),
    },
    {**TALKS, "requirements": tuple({**need, "exclusive": True} for need in TALKS["requirements"])},
    {
        "signs": {0: "Mm"},
        "people": "ana bob cho dan",
        "days": 1,
        "skills": SKILLS,
        "each": {name: {"skills": {"khmer": 1}} for name in ("ana", "bob")},
        "requirements": tuple(
            {"shift_id": shift_id, "exclusive": True, "target": 1, **need}
            for shift_id in ("m0", "M0")
            for need in (
                {"skill_id": "khmer", "needed_percent": (90,)},
                {"minimum": 1, "needed_percent": (50,)},
            )
        ),
    },
]
"""Seats of which each person fills one only, beside one that counts everybody."""
TIMES: Fields = {
    "shifts": (shift("M", 0), shift("O", 0), shift("M", 1)),
    "people": "ana bob cho",
    "days": 2,
    "skills": SKILLS,
    "each": {
        "ana": {"group": "youth", "skills": {"khmer": 1}},
        "bob": {"skills": (UNTIL_MONDAY, FROM_TUESDAY)},
        "cho": {"skills": {"portal": 3, "khmer": 1}},
    },
    "requirements": (
        at_times(moment(0, 10), moment(0, 11), minimum=2, target=3),  # M0 and O0
        at_times(moment(0, 10), moment(0, 11), skill_id="portal", min_level=3, target=2),
        at_times(moment(0, 10), moment(0, 11), shifts="over", target=1),
        at_times(moment(0, 7), moment(0, 10), minimum=1, target=1),
        at_times(moment(1, 11), moment(1, 12), target=1),  # no shift
        at_days(0, 1, shifts="morning", minimum=1, target=4),  # M0 and M1
        at_days(0, 1, shifts="morning", skill_id="portal", min_level=2, target=2),
        at_days(1, None, target=2),  # M1
        at_days(None, 0, shifts="over|night", target=1),  # O0
        {"shift_id": "O0", "minimum": 1, "target": 2},
    ),
}
"""Requirements that count several shifts of home, some at once, some one after the other."""
APART: Fields = {
    "shifts": (shift("M", 0), shift("O", 0), shift("m", 0), shift("A", 1)),
    "people": "ana bob",
    "days": 2,
    **in_areas({"minority_area": True}, {}),
    "requirements": (
        at_times(moment(0, 10), moment(0, 11), minimum=1, target=2),
        at_times(moment(0, 7), moment(0, 11), center_id="far", target=2),
        at_days(0, 1, center_id="home", minimum=1, target=3),
    ),
}
"""The same of two centers."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    for kind in ("coverage", "minimum_coverage", "shortage", "surplus"):
        grounds = [TEAM, FOUR, WITHOUT_CHO, TOGETHER, EITHER, TALKS, UNABLE, EXTRAS, *EXCLUSIVE]
        yield kind, [{}], grounds
    some = [TEAM, WITHOUT_CHO, EITHER, TALKS]
    yield "surplus", [{"seats": "all"}, {"seats": "skilled"}], some
    for kind in ("coverage", "minimum_coverage", "shortage", "surplus", "expected_shortage"):
        yield kind, [{}], [TIMES, APART]
        yield kind, [{"shifts": "morning"}, {"last_day": "2026-12-07"}], [TIMES]
        yield kind, [{"shifts": "night"}, {"where": "far"}], [APART]
    yield "coverage", [{"weight": 33}, {"weight": 0}], [TEAM]
    for kind in ("minimum_coverage", "shortage", "surplus"):
        yield kind, [{"shifts": "morning"}, {"shifts": "afternoon|night"}], [TEAM]
    grounds = [TEAM, UNSURE, FOUR, TALKS, EXTRAS, *EXCLUSIVE]
    yield "expected_shortage", [{}, {"weight": 33}, {"shifts": "afternoon|night"}], grounds
