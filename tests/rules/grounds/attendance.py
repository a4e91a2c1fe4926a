"""Grounds on which the rules on people who may stay away are tried."""

from __future__ import annotations

from collections.abc import Iterator

from families import Fields

from grounds.alternatives import TALKS
from grounds.coverage import EXCLUSIVE, TIMES
from grounds.ground import Plan, times
from grounds.optional import EXTRAS
from grounds.team import FOUR, TEAM


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
    rated(EXCLUSIVE[0], ana=0.9, bob=0.8, cho=0.7),
]


def plans() -> Iterator[Plan]:
    """Kind of a rule, its parameter sets, the grounds to try them on."""
    yield "show_up", times([50, 90]), MAY_STAY_AWAY
    yield "show_up", [{}, {"shifts": "morning"}], [rated(TIMES, ana=0.9, bob=0.72, cho=0.66)]
    yield "show_up", [{"value": 99, "weight": 3}, {"shifts": "afternoon"}], MAY_STAY_AWAY[:2]
    yield "show_up", times([60]), [TALKS, EXTRAS]
