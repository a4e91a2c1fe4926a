"""Grounds on which optional shifts are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.alternatives import TALKS
from grounds.ground import Plan
from shiftplan.testing.pictures import shift

EXTRAS: Fields = {
    **TALKS,
    "shifts": (
        shift("A", 0, optional=True),
        shift("m", 0, alternative="talk"),
        shift("M", 0, alternative="talk", optional=True),
        shift("N", 0, alternative="other", optional=True),
    ),
    "requirements": (
        {"shift_id": "A0", "minimum": 2, "target": 2, "needed_percent": (90, 60, 20)},
        {"shift_id": "A0", "skill_id": "portal", "minimum": 1, "target": 1},
        {"shift_id": "M0", "minimum": 1, "target": 1},
        {"shift_id": "m0", "target": 2},
        {"shift_id": "N0", "target": 1},
    ),
}
"""Alone, the earliest of its alternatives, and the only one of a name."""
ALWAYS: dict[str, list[Fields]] = {"optional_minimum": [EXTRAS, TALKS]}
"""Kind of a rule that no problem names -> the grounds to try it on."""


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    params: list[Fields] = [{}, {"weight": 7}, {"shifts": "morning"}]
    yield "hold_optional", params, [EXTRAS, TALKS]
