"""Grounds on which alternative shifts are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.ground import Plan
from shiftplan.testing.pictures import shift

TALKS: Fields = {
    "shifts": (
        shift("A", 0, alternative="talk"),
        shift("m", 0, alternative="talk"),
        shift("M", 0, alternative="talk"),
        shift("N", 0, alternative="other"),
    ),
    "people": "ana bob",
    "days": 1,
    "skills": ({"skill_id": "portal", "max_level": 4},),
    "each": {"ana": {"skills": {"portal": 2}, "show_rate": 0.8}, "bob": {"show_rate": 0.5}},
    "requirements": (
        {"shift_id": "A0", "minimum": 1, "target": 2, "needed_percent": (90, 60, 20)},
        {"shift_id": "A0", "skill_id": "portal", "minimum": 1, "target": 1},
        {"shift_id": "M0", "minimum": 1, "target": 1},
        {"shift_id": "m0", "target": 2},
        {"shift_id": "N0", "minimum": 1, "target": 1},
    ),
}
"""M and m start together, so that M is the first; A comes first in the table, N stands alone."""
UNABLE: Fields = {
    **TALKS,
    "pins": tuple(
        {"volunteer_id": who, "shift_id": "m0", "state": "must_not"} for who in ("ana", "bob")
    ),
}
"""Nobody may come to one of them."""
ALWAYS: dict[str, list[Fields]] = {"one_alternative": [TALKS, UNABLE]}
"""Kind of a rule that no problem names -> the grounds to try it on."""


def plans() -> Iterator[Plan]:
    """No problem names the rule."""
    return iter(())
