"""People answer while somebody drags: everything is taken, and the waits are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.answering import measure, quantiles
from shiftplan import open_week, solve

WEEK = Path(__file__).parents[2] / "examples" / "data" / "commune"


def test_quantiles_are_those_of_the_order() -> None:
    """Of 1 to 100 ms: 51, 96 and 100 are the first that half, 95% and 99% are below."""
    assert quantiles([n / 1000 for n in range(100, 0, -1)]) == "51 / 96 / 100 ms of 100"
    assert quantiles([0.5]) == "500 / 500 / 500 ms of 1"


@pytest.mark.slow
def test_a_commune_answers_while_somebody_drags(tmp_path: Path) -> None:
    """Nothing is refused, moves and answers are made, and the week itself stays as it was."""
    week = shutil.copytree(WEEK, tmp_path / "week")
    live = open_week(week)
    live.draft(solve(live.files, workers=1, seed=0).require_roster())
    before = len(live.entries)
    waits = measure(week, 3, alone=1)
    assert waits.refused == []
    assert min(len(waits.quiet), len(waits.moves), len(waits.answers)) >= 2
    assert len(open_week(week).entries) == before
