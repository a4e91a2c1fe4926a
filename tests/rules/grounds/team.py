"""Grounds on which the rules on who works with whom are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import FROM_TUESDAY, SKILLS, UNTIL_MONDAY, Plan, cross, times
from shiftplan.testing.pictures import shift, window

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
TOGETHER: Fields = {
    **TEAM,
    "each": {
        "ana": {"skills": {"khmer": 2, "portal": 2}},
        "bob": {"skills": (UNTIL_MONDAY, FROM_TUESDAY, {"skill_id": "khmer", "level": 1})},
        "cho": {"skills": {"portal": 4}},
    },
    "requirements": (
        {"shift_id": "M0", "skill_id": "khmer", "with_skills": "portal:2", "minimum": 1}
        | {"target": 2},
        {"shift_id": "m0", "skill_id": "portal", "with_skills": "khmer:2", "target": 1},
        {"shift_id": "A1", "skill_id": "khmer", "with_skills": "portal:2", "target": 1},
        {"shift_id": "A1", "skill_id": "khmer", "minimum": 1, "target": 1},
    ),
}
"""Seats for people who hold two skills; what bob holds of one changes from day to day."""
EITHER: Fields = {
    **TOGETHER,
    "requirements": (
        {"shift_id": "M0", "with_skills": "khmer:2/portal:4", "minimum": 1, "target": 2},
        {"shift_id": "M0", "with_skills": "!khmer", "target": 1},
        {"shift_id": "m0", "skill_id": "portal", "with_skills": "!portal:4|!khmer:2", "target": 1},
        {"shift_id": "A1", "with_skills": "khmer/portal|!portal:3", "minimum": 1, "target": 1},
    ),
}
"""Seats for people who hold either of two skills, and for those who do not hold some."""
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


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "qualified", [{}], [QUALIFIED]
    yield (
        "together",
        [{"group": "youth"}, {"group": "army|youth"}, {"group": "choir"}],
        [TEAM, FOUR, WITHOUT_CHO],
    )
    yield (
        "apart",
        cross(times([0, 1, 2]), [{"group": "youth"}, {"group": "army|youth"}]),
        [TEAM, FOUR],
    )
