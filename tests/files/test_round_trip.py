"""What is written is read back exactly."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import problems, rosters

from shiftplan.files import (
    read_problem,
    read_roster,
    read_week,
    write_problem,
    write_roster,
    write_week,
)
from shiftplan.problem import Problem

SHARED = Path(__file__).parents[3] / "shared" / "data" / "weeks"

tolerant = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tolerant
@given(problems())
def test_week_round_trip(problem: Problem) -> None:
    """A week written and read is an equal problem, whatever the problem."""
    with tempfile.TemporaryDirectory() as folder:
        write_week(problem, folder)

        assert read_week(folder) == problem


@settings(tolerant, max_examples=10)
@given(problems(), problems())
def test_week_replaces_another_week(first: Problem, second: Problem) -> None:
    """Nothing of a week that stood in the folder before shines through."""
    with tempfile.TemporaryDirectory() as folder:
        write_week(first, folder)
        write_week(second, folder)

        assert read_week(folder) == second


@tolerant
@given(problems())
def test_json_round_trip(problem: Problem) -> None:
    """A problem written and read as JSON is an equal problem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        write_problem(problem, path)

        assert read_problem(path) == problem


@tolerant
@given(st.data())
def test_roster_round_trip(data: st.DataObject) -> None:
    """A roster written and read, as CSV or JSON, is an equal roster."""
    problem = data.draw(problems())
    roster = data.draw(rosters(problem))
    with tempfile.TemporaryDirectory() as folder:
        for name in ("roster.csv", "roster.json"):
            path = Path(folder) / name
            write_roster(problem, roster, path)

            assert read_roster(path) == roster


@pytest.mark.shared
def test_province_round_trip(tmp_path: Path) -> None:
    """The week of a whole province is read, written and read again as the same problem."""
    problem = read_problem(SHARED / "an_giang")
    write_problem(problem, tmp_path / "week")

    assert read_problem(tmp_path / "week") == problem
    assert len(problem.volunteers) == 1353
    assert len(problem.demand) > 20_000
    assert problem.horizon.days == 7
