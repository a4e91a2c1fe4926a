"""The short figures of a week are measured of what they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import short
from benchmarks.regions import cut
from shiftplan import Roster, read_problem, solve
from shiftplan.citizens import staff
from shiftplan.files import write_week
from shiftplan.files.workbook import limits

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"


def test_each_task_is_done_and_has_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row a task, done as often as told; files say how large they are; a bomb is refused."""
    monkeypatch.setattr(short, "_BOMB_BYTES", limits.MOST_UNPACKED + 2_000_000)
    problem = cut(read_problem(AN_GIANG), 1)
    roster = solve(problem, time_limit=None, work_limit=5, workers=1).require_roster()
    write_week(problem, tmp_path / "week")

    listed = short.tasks(tmp_path / "week", problem, roster, tmp_path)
    table = short.measured(listed, 2)

    assert [row[1] for row in table.rows] == ["2"] * len(listed) + [""]
    sized = {row[0]: row[-1] for row in table.rows if row[-1]}
    files = {"roster.xlsx": "the roster as a workbook", "report.html": "report"}
    for file, name in files.items():
        assert sized[name] == f"{(tmp_path / file).stat().st_size / 1000:,.0f} kB"
    requirements = len(staff(problem).requirements)
    assert sized["requirements from the forecast"] == f"{requirements} requirements"
    assert requirements > 0


def test_a_week_without_a_forecast_has_none_of_its_tasks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can be staffed or simulated."""
    monkeypatch.setattr(short, "_BOMB_BYTES", 1)
    problem = cut(read_problem(AN_GIANG), 1)
    silent = problem.model_copy(update={"demand": ()})

    without = [task.name for task in short.tasks(AN_GIANG, silent, Roster(), tmp_path)]

    every = [task.name for task in short.tasks(AN_GIANG, problem, Roster(), tmp_path)]
    assert set(every) - set(without) == {"requirements from the forecast", "simulate 200 weeks"}
