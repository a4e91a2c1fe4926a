"""Grounds on which the rules on who is beside whom are tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from families import Fields, moment

from grounds.ground import FROM_TUESDAY, SKILLS, UNTIL_MONDAY, Plan, times
from grounds.team import FOUR, TEAM
from shiftplan.testing.pictures import shift
from shiftplan.week.records import Shift


def lasting(sign: str, first: int, last: int, **fields: Any) -> Shift:
    """The shift of a sign on Monday, from one hour to another."""
    times = {"start": moment(0, first), "end": moment(0, last)}
    return shift(sign, 0).model_copy(update={**times, **fields})


BESIDE: Fields = {
    "shifts": (
        lasting("E", 7, 15),
        shift("M", 0),  # 7 to 11
        lasting("A", 11, 15),
    ),
    "people": "ana bob cho",
    "days": 1,
    "skills": SKILLS,
    "each": {
        "ana": {"group": "youth", "skills": {"khmer": 1}},
        "bob": {"group": "youth|army", "skills": {"portal": 1}},
        "cho": {"group": "army", "skills": {"portal": 3, "khmer": 1}},
    },
}
"""A long shift, and two within it of which one begins as the other ends."""
OVER_MIDNIGHT: Fields = {
    "shifts": (
        shift("N", 0),  # 22 to 6
        shift("D", 1),  # 4 to 8
        shift("D", 1, shift_id="B1", end=moment(1, 5)),  # 4 to 5
    ),
    "people": "bob cho dan",
    "days": 2,
    "skills": SKILLS,
    "each": {
        "bob": {"group": "youth|army", "skills": (UNTIL_MONDAY, FROM_TUESDAY)},
        "cho": {"group": "army", "skills": ({**FROM_TUESDAY, "level": 4},)},
        "dan": {"group": "youth", "skills": {"khmer": 2}},
    },
}
"""Shifts of two dates at once; the levels of two people change at midnight."""
GAP: Fields = {
    **BESIDE,
    "shifts": (
        shift("E", 0),  # 6 to 14
        lasting("O", 5, 9),
        lasting("O", 10, 15, shift_id="later"),
        shift("m", 0),  # 7 to 11 at far
    ),
    "people": "ana cho",
}
"""Two shifts that leave an hour of a third one between them, and one of another center."""
AT_MOMENTS = [BESIDE, OVER_MIDNIGHT, GAP]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
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
    some: Fields = {"per": "moment", "shifts": "over|dawn|early"}
    yield (
        "mentor",
        times([0, 1, 2], per="moment")
        + times([1], per="moment", novice_level=3)
        + times([1], per="moment", novice_level=1, group="youth")
        + times([1], skill="khmer", mentor_level=1, **some),
        AT_MOMENTS,
    )
    yield (
        "never_alone",
        times([1, 2], skill="portal", min_level=3, per="moment")
        + times([1], skill="portal", group="youth", per="moment")
        + times([1], skill="khmer", **some),
        AT_MOMENTS,
    )
