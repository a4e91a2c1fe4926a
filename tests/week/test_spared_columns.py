"""Columns that came later: a week that does not use them is written as before."""

from __future__ import annotations

import json

from shiftplan.testing.pictures import plan

FIRST = "shift_id skill_id min_level with_skills minimum target needed_percent reason"
DIGEST = "83960d1a1a8949eef20786f5fd4d8a6ab638adeb8b4e50ffedf4af22af6732ee"
"""Of the same week before requirements could be exclusive or count several shifts."""


def test_requirements_are_written_without_columns_that_came_later() -> None:
    """A week that does not use them keeps its JSON, and so the digest that plans name."""
    week = plan("M", "ana", 1, requirements=[{"shift_id": "M0", "target": 1}])

    (told,) = json.loads(week.model_dump_json())["requirements"]

    assert " ".join(told) == FIRST
    assert week.digest == DIGEST
