"""Somebody drags while the workbench searches and answers: each wait is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.meanwhile import measure
from shiftplan import open_week, solve

WEEK = Path(__file__).parents[2] / "examples" / "data" / "commune"


@pytest.mark.slow
def test_moves_go_on_during_searches_and_questions(tmp_path: Path) -> None:
    """Nothing is refused, and all that was to be measured is."""
    week = shutil.copytree(WEEK, tmp_path / "week")
    live = open_week(week)
    live.draft(solve(live.files, workers=1, seed=0).require_roster())

    found = dict(measure(week, 2))

    assert len(found["alone"]) >= 2
    assert len(found["search (improve) begins"]) >= 2
    assert {name.partition(",")[0] for name in found} == {
        "alone",
        *(f"search ({k}) {s}" for k in ("improve", "anew") for s in ("begins", "runs", "ends")),
        *(f"question ({about})" for about in ("seat", "why_here", "help", "what_if")),
    }
