"""A tiny week, rosters of it, and a folder to write to."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import make_problem
from told_weeks import FULL

from shiftplan import Problem, Roster, write_roster, write_week


@pytest.fixture
def tiny() -> Problem:
    """Two people, one center, one day: four seats, all of which can be filled."""
    return make_problem(2, 1, 1)


@pytest.fixture(autouse=True)
def _before_the_week(saturday: None) -> None:
    """Commands run two days before the first week of examples, whenever tests do."""


@pytest.fixture
def week(tiny: Problem, tmp_path: Path) -> Path:
    folder = tmp_path / "week"
    write_week(tiny, folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def good(tiny: Problem, tmp_path: Path) -> Path:
    """v0 alone in the morning: three of four seats are empty, no hard rule is broken."""
    file = tmp_path / "good.csv"
    write_roster(tiny, Roster.of([(tiny.shifts[0].shift_id, "v0")]), file)
    return file


@pytest.fixture
def bad(tiny: Problem, tmp_path: Path) -> Path:
    """Somebody unknown in three shifts that do not exist."""
    file = tmp_path / "bad.csv"
    write_roster(tiny, Roster.of([(f"x{i}", "nobody") for i in range(3)]), file)
    return file


@pytest.fixture
def stale(out: Path) -> Path:
    """Files of an earlier run."""
    out.mkdir()
    (out / "roster.csv").write_text("shift_id,volunteer_id\noutworn,outworn\n", encoding="utf-8")
    (out / "reserves.csv").write_text(
        "shift_id,rank,volunteer_id\noutworn,1,outworn\n", encoding="utf-8"
    )
    (out / "result.json").write_text("{}", encoding="utf-8")
    (out / "report.html").write_text("outworn", encoding="utf-8")
    return out


@pytest.fixture
def full(tiny: Problem, tmp_path: Path) -> Path:
    """The roster of `told_weeks` that fills every seat, as a file."""
    write_roster(tiny, FULL, tmp_path / "full.csv")
    return tmp_path / "full.csv"
