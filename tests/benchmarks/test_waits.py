"""Ways to staff are what their names say, and rosters are compared on the same citizens."""

from __future__ import annotations

from pathlib import Path

import pytest
from offices import EVEN, come, office

from benchmarks import waits
from benchmarks.ways_to_staff import HEADS, plain_averages

PEAK = [come(7, 8, 0.5), come(8, 9, 30), come(9, 10, 0.5), come(10, 11, 0.5)]
"""Nearly all come from eight to nine."""


def heads(demand) -> dict[str, int]:
    """Way -> people in the only shift."""
    return {way: make(office(demand))["A7"] for way, make in HEADS.items()}


def test_all_ways_agree_on_even_hours():
    """Two people busy need three in every way: 84% wait at most ten minutes."""
    assert set(heads(EVEN).values()) == {3}


def test_a_peak_tells_the_ways_apart():
    """The busiest hour alone asks for most, the mean rate for far fewer."""
    found = heads(PEAK)

    assert found["busiest hour"] > found["shiftplan"] > found["mean rate of the shift"]
    assert found["busiest hour"] > found["mean of the hours"]


def test_plain_averages_by_hand():
    """12 x 10 min and 3 x 20 min an hour: 2 + 1 people busy; 1.5 times as many are 5 heads."""
    services = {
        "file": {"minutes_per_citizen": 10},
        "seal": {"minutes_per_citizen": 20, "skill_id": "portal", "min_level": 2},
    }
    demand = [*EVEN, *(come(hour, hour + 1, 3, "seal") for hour in range(7, 11))]

    found = plain_averages(office(demand, services, people={"ana": {"portal": 2}}), 1.5)

    rows = [(r.skill_id, r.min_level, r.minimum, r.target) for r in found.requirements]
    assert rows == [(None, None, 3, 5), ("portal", 2, 1, 1)]


def test_the_command_writes_tables_and_a_picture(
    tmp_path: Path, even_week: Path, capsys: pytest.CaptureFixture
):
    """Both tables and the picture are there, with both rosters in each group of citizens."""
    options = ["--time-limit", "120", "--workers", "1", "--runs", "4"]
    waits.main([str(even_week), "--out", str(tmp_path / "out"), *options])

    text = (tmp_path / "out" / "waits.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out.strip() == text.strip()
    assert text.count("| average workload |") == text.count("| shiftplan        |") == 3
    assert (tmp_path / "out" / "waits.png").stat().st_size > 1000
