"""Stand-by lists as files: what people see."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from weeks import read

from shiftplan.errors import InputError
from shiftplan.files import write_reserves
from shiftplan.reserves import Reserve


def test_reserves_for_people(tmp_path: Path) -> None:
    """A row names center, date, time and person; text is kept as it is, unknown ids are blank."""
    problem = read(tmp_path)
    path = tmp_path / "reserves.csv"
    lists = [Reserve("S1", 1, "A1", '=1+1, "so"'), Reserve("gone", 2, "nobody", "")]

    write_reserves(problem, lists, path)

    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert list(first.items()) == [
        ("shift_id", "S1"),
        ("rank", "1"),
        ("volunteer_id", "A1"),
        ("reason", '=1+1, "so"'),
        ("center", "Rạch Giá"),
        ("date", "2026-12-07"),
        ("start", "07:00"),
        ("end", "11:00"),
        ("volunteer", "An"),
    ]
    assert list(second.values()) == ["gone", "2", "nobody", "", "", "", "", "", ""]


def test_no_reserves_are_a_header(tmp_path: Path) -> None:
    """A file without rows still tells its columns."""
    path = tmp_path / "reserves.csv"

    write_reserves(read(tmp_path), [], path)

    assert path.read_text(encoding="utf-8") == (
        "shift_id,rank,volunteer_id,reason,center,date,start,end,volunteer\n"
    )


def test_reserves_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder that is not there is a fault of the file."""
    with pytest.raises(InputError, match="cannot be written"):
        write_reserves(read(tmp_path), [], tmp_path / "nowhere" / "reserves.csv")
