"""Grounds on which the rule on novices who meet several mentors is tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import SKILLS, UNTIL_MONDAY, Plan, times

TEAM: Fields = {
    "signs": {0: "M", 1: "M", 2: "A"},
    "people": "ana bob cho",
    "days": 3,
    "skills": SKILLS,
    "each": {
        "ana": {"group": "youth", "skills": {"khmer": 1}},
        "bob": {"skills": {"portal": 3}},
        "cho": {"group": "youth|army", "skills": {"portal": 4}},
    },
}
CHANGING: Fields = {
    **TEAM,
    "signs": {0: "Mm", 1: "M"},
    "days": 2,
    "each": {**TEAM["each"], "ana": {"skills": (UNTIL_MONDAY,)}, "bob": {"skills": {"portal": 1}}},
}


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    levels = times([2], novice_level=1, mentor_level=4) + times([2], novice_level=3)
    others = times([1], skill="khmer", mentor_level=1) + times([2], group="youth", novice_level=3)
    yield "varied_mentors", [*times([1, 2, 3]), *levels, *others], [TEAM]
    yield "varied_mentors", [*times([2], novice_level=1), *levels], [CHANGING]
