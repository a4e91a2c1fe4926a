"""Ways to plan for a spread are compared on the same uncertain forecast."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import EVEN, come, office, shift

from benchmarks import spread


def test_the_mean_is_raised_to_as_many_people():
    """Three are for the mean; five are reached by a forecast that is higher."""
    problem = spread.with_demand(office(EVEN), 1.0, 0.5)

    assert spread.raised_mean(problem, 5) == {"A7": 5}
    assert spread.raised_mean(problem, 3) == {"A7": 3}


def test_fewer_centers_have_their_own_people_only():
    """Shifts, forecast and people of the second center are gone."""
    people = [{"volunteer_id": f"at {c}", "home_center_id": c} for c in ("A", "B")]
    demand = [come(7, 11, 4), come(7, 11, 4, center_id="B")]
    problem = office(
        demand,
        centers=[{"center_id": "A"}, {"center_id": "B"}],
        shifts=[shift(7, 11), shift(7, 11, "B")],
        volunteers=people,
    )

    found = spread.first_centers(problem, 1)

    assert [v.volunteer_id for v in found.volunteers] == ["at A"]
    assert {r.center_id for r in (*found.centers, *found.shifts, *found.demand)} == {"A"}


def test_the_command_writes_both_tables(
    tmp_path: Path, even_week: Path, capsys: pytest.CaptureFixture
):
    """Each way to plan has a row in them."""
    options = ["--time-limit", "120", "--workers", "1", "--runs", "4"]
    spread.main([str(even_week), "--out", str(tmp_path / "out"), *options])

    text = (tmp_path / "out" / "spread.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out.split() == text.split()
    assert text.count("| over the distribution") == 2
    assert text.count("| chance of each seat") == 1
