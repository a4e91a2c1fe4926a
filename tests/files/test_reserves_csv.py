"""Stand-by lists as files: what people see."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from weeks import read, refused

from shiftplan.analysis.reserves import Reserve
from shiftplan.errors import InputError
from shiftplan.files import read_reserves, write_reserves


def test_reserves_for_people(tmp_path: Path) -> None:
    """A row names center, date, time and person; text is neutral, unknown ids are blank."""
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
        ("reason", '\'=1+1, "so"'),
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


def test_reserves_are_read_back(tmp_path: Path) -> None:
    """What was written is read as it was, also ids that no problem knows."""
    lists = (Reserve("S1", 1, "A1", '=1+1, "so"'), Reserve("gone", 2, "nobody", ""))
    write_reserves(read(tmp_path), lists, tmp_path / "reserves.csv")

    assert read_reserves(tmp_path / "reserves.csv") == lists


def test_reasons_may_be_missing(tmp_path: Path) -> None:
    """A list made by hand needs shift, rank and person only."""
    path = tmp_path / "reserves.csv"
    path.write_text("rank;volunteer_id;shift_id\n1;A1;S1\n", encoding="utf-8")

    assert read_reserves(path) == (Reserve("S1", 1, "A1", ""),)


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("S1,0,A1", "out_of_range", "rank"),
        ("S1,first,A1", "not_a_whole_number", "rank"),
        ("S1," + "9" * 5000 + ",A1", "out_of_range", "rank"),
        ("S1,,A1", "missing_value", "rank"),
        (",1,A1", "missing_value", "shift_id"),
        ("S1,1,", "missing_value", "volunteer_id"),
    ],
)
def test_rows_that_are_no_reserves(tmp_path: Path, row: str, code: str, column: str) -> None:
    """Each is a fault with its row and column."""
    path = tmp_path / "reserves.csv"
    path.write_text(f"shift_id,rank,volunteer_id\nS1,1,A1\n{row}\n", encoding="utf-8")

    (fault,) = refused(read_reserves, path)
    assert (fault.code, fault.column, fault.row) == (code, column, 3)
