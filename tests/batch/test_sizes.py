"""How large a week is: what its share of a budget goes by."""

from __future__ import annotations

from pathlib import Path

import pytest
from batches import FIRST, tiny

from shiftplan.batch.timing import BatchLimits, Timekeeper, source_bytes, week_size
from shiftplan.files import write_problem, write_week


def test_pairs_are_windows_times_centers_in_reach(tmp_path: Path) -> None:
    """Three people with three mornings each, two centers: one of the people reaches only home."""
    centers = [
        {"center_id": "A", "lat": 10.0, "lon": 105.0},
        {"center_id": "B", "lat": 10.0, "lon": 105.1},  # 11 km away
    ]
    people = [
        {"volunteer_id": "V0", "home_center_id": "A", "max_distance_km": 10},
        {"volunteer_id": "V1", "home_center_id": "A", "max_distance_km": 12},
        {"volunteer_id": "V2", "home_center_id": "B"},
    ]
    write_week(tiny(FIRST, centers=centers, volunteers=people), tmp_path)

    # 3 mornings x (1 + 2 + 2 centers)
    assert week_size(tmp_path) == 15


def test_people_without_a_home_reach_all(tmp_path: Path) -> None:
    """Nobody knows how far it is: three people, three mornings, one center without coordinates."""
    write_week(tiny(FIRST), tmp_path)

    assert week_size(tmp_path) == 9


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("centers", "center_id,lat,lon\nA,north,105\n"),
        ("availability", "who\nV0\n"),
        ("volunteers", "volunteer_id\n"),
        ("volunteers", None),
        ("centers", "center_id\n\xff"),
    ],
)
def test_what_cannot_be_counted_goes_by_bytes(tmp_path: Path, table: str, text: str | None) -> None:
    """Broken tables are told by whoever reads the week; here they only have a size."""
    write_week(tiny(FIRST), tmp_path)
    file = tmp_path / f"{table}.csv"
    file.unlink() if text is None else file.write_text(text, encoding="latin-1")

    assert week_size(tmp_path) == source_bytes(tmp_path) / 25


def test_a_week_in_one_file_goes_by_bytes(tmp_path: Path) -> None:
    """To look into it would take as long as to read it."""
    write_problem(tiny(FIRST), tmp_path / "week.json")

    assert week_size(tmp_path / "week.json") == (tmp_path / "week.json").stat().st_size / 25


def test_a_size_is_found_out_once(tmp_path: Path) -> None:
    """A share of what is left is computed for each job; the tables are read for the first only."""
    write_week(tiny(FIRST), tmp_path)
    size = Timekeeper(BatchLimits(budget=60.0))._size

    before = size(tmp_path)
    (tmp_path / "volunteers.csv").unlink()

    assert size(tmp_path) == before == 9
