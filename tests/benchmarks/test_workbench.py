"""Waits of the workbench are measured where a coordinator waits."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from browsing import needs_browser

from benchmarks import workbench
from shiftplan import open_week, read_problem, solve, write_week

COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"


def test_percentiles_are_those_of_all_waits() -> None:
    """The median and the tail, in whole milliseconds."""
    row = workbench.row("a wait", [float(n) for n in range(1, 202)], "100 ms")

    assert row == ("a wait", "201", "101 ms", "191 ms", "199 ms", "100 ms")


@needs_browser
@pytest.mark.slow
def test_each_wait_is_measured(tmp_path: Path) -> None:
    """Pages are loaded, names dragged, and questions asked; each has its row."""
    problem = read_problem(COMMUNE)
    write_week(problem, tmp_path / "week")
    live = open_week(tmp_path / "week")
    live.draft(solve(problem, workers=1).require_roster())

    table = workbench.measured(live, tmp_path / "week", 6, random.Random(0))

    assert [row[0] for row in table.rows] == [
        "first paint, nothing cached",
        "all shifts drawn",
        "price after a drop",
        "candidates for a seat",
        "places for a person",
    ]
    live.refresh()
    assert any(entry.body.kind == "drafted" and entry.body.moves for entry in live.entries)
