"""Grounds on which the rules on novices who learn beside mentors are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.company import AT_MOMENTS
from grounds.ground import FROM_TUESDAY, SKILLS, UNTIL_MONDAY, Plan, times
from grounds.team import FOUR
from grounds.team import TEAM as TWO_DAYS

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

LEARNERS: list[Fields] = [
    {
        **TWO_DAYS,
        "requirements": (),
        "history": ({"volunteer_id": "ana", "mentored_worked": 1},),
    },
    {
        **TWO_DAYS,
        "requirements": (),
        "each": {**TWO_DAYS["each"], "bob": {"skills": (FROM_TUESDAY,), "max_shifts": 1}},
    },
    {
        **FOUR,
        "requirements": (),
        "each": {**FOUR["each"], "dan": {"group": "army", "skills": {"khmer": 4}}},
    },
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    levels = times([2], novice_level=1, mentor_level=4) + times([2], novice_level=3)
    others = times([1], skill="khmer", mentor_level=1) + times([2], group="youth", novice_level=3)
    yield "varied_mentors", [*times([1, 2, 3]), *levels, *others], [TEAM]
    yield "varied_mentors", [*times([2], novice_level=1), *levels], [CHANGING]
    yield "mentored", times([1, 2, 5]), LEARNERS
    yield "mentored", times([2], novice_level=2, mentor_level=1), LEARNERS
    moments = times([1, 3], per="moment") + times([2], per="moment", novice_level=1)
    some: Fields = {"per": "moment", "shifts": "over|dawn|early"}
    yield "mentored", moments + times([1], group="youth|army", **some), AT_MOMENTS
