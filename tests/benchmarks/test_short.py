"""The short figures of a week are measured of what they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import short
from shiftplan import read_problem, solve
from shiftplan.files.workbook import limits

COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"


def test_each_task_is_done_and_has_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row a task, done as often as told; files say how large they are; a bomb is refused."""
    monkeypatch.setattr(short, "_BOMB_BYTES", limits.MOST_UNPACKED + 2_000_000)
    problem = read_problem(COMMUNE)
    roster = solve(problem, time_limit=None, work_limit=5, workers=1).require_roster()

    listed = short.tasks(COMMUNE, problem, roster, tmp_path)
    table = short.measured(listed, 2)

    assert [row[1] for row in table.rows] == ["2"] * len(listed) + [""]
    sized = {row[0]: row[-1] for row in table.rows if row[-1]}
    files = {"roster.xlsx": "the roster as a workbook", "report.html": "report"}
    for file, name in files.items():
        assert sized[name] == f"{(tmp_path / file).stat().st_size / 1000:,.0f} kB"
    assert "simulate 200 weeks" not in [task.name for task in listed]
