"""Matrices of routing services become rows of the table travel, or faults with a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import run
from files.weeks import TINY, read, write_texts

from shiftplan.errors import InputError
from shiftplan.files import read_week
from shiftplan.files.matrices import read_order, read_ways
from shiftplan.problem import Problem

ORDER = ("00430", "00431")
SECONDS = [[0, 1800.1], [2400, 0]]
OSRM = {
    "code": "Ok",
    "durations": SECONDS,
    "sources": [{"location": [105.1, 10.0], "name": ""}, {"location": [104.9, 10.2]}],
}
TIMES = [[{"time": s, "distance": 1.5, "from_index": i} for i, s in enumerate(r)] for r in SECONDS]
VALHALLA = {"sources_to_targets": TIMES, "units": "kilometers"}
CENTERS = "center_id,name,lat,lon\n00430,Rạch Giá,10.0,105.1\n00431,Hòn Đất,10.2,104.9\n"


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    return read(tmp_path, centers=CENTERS)


def written(folder: Path, content: Any) -> Path:
    """A matrix as a file; text stays as it is."""
    path = folder / "matrix.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


@pytest.mark.parametrize(
    "content",
    [
        OSRM,
        {"durations": SECONDS, "metadata": {"service": "matrix"}},
        VALHALLA,
        {"sources_to_targets": {"durations": SECONDS, "distances": SECONDS}},
    ],
    ids=["OSRM", "openrouteservice", "Valhalla", "Valhalla in short"],
)
def test_seconds_become_minutes_rounded_up(problem: Problem, tmp_path: Path, content: Any) -> None:
    """Each service writes them in its own way; the diagonal is no way."""
    ways = read_ways(written(tmp_path, content), problem, ORDER)

    assert [(w.origin, w.destination, w.minutes, w.mode) for w in ways] == [
        ("00430", "00431", 31, "road"),
        ("00431", "00430", 40, "road"),
    ]


def test_what_no_road_leads_to_has_no_row(problem: Problem, tmp_path: Path) -> None:
    """Services write null there."""
    ways = read_ways(written(tmp_path, {"durations": [[0, None], [60, None]]}), problem, ORDER)

    assert [(w.origin, w.minutes) for w in ways] == [("00431", 1)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "the file is empty"),
        ("{", "line 1 column 2"),
        ("[1]", "no matrix"),
        ({"code": "NoTable", "message": "x"}, "no matrix"),
        ({"durations": []}, "no matrix"),
        ({"durations": [[0]]}, "the matrix is 1 × 1, but the number of centers is 2"),
        ({"durations": [[0, 1], [2]]}, "row 2 of the matrix: 1; needed: 2"),
        ({"durations": [[0, 1], 7]}, "row 2 of the matrix: 0; needed: 2"),
        ({"durations": [[0, "9"], [1, 0]]}, "row 1, column 2 of the matrix"),
        ({"durations": [[0, 1], [-1, 0]]}, "row 2, column 1 of the matrix"),
        ({"durations": [[0, 864_001], [1, 0]]}, "row 1, column 2 of the matrix"),
        ('{"durations": [[0, NaN], [1, 0]]}', "row 1, column 2 of the matrix"),
        ({"sources_to_targets": [[{}, {}], [{}, {}]]}, "row 1, column 2 of the matrix"),
        (
            {**OSRM, "sources": [{"location": [105.1, 10.0]}, {"location": [105.4, 10.2]}]},
            "place 2 of the matrix lies 54.7 km from center 00431",
        ),
    ],
)
def test_what_is_no_matrix_is_told(
    problem: Problem, tmp_path: Path, content: Any, says: str
) -> None:
    """With the place in it, and never read in part."""
    with pytest.raises(InputError) as caught:
        read_ways(written(tmp_path, content), problem, ORDER)

    assert says in str(caught.value)


def test_the_order_of_places_may_be_told(problem: Problem, tmp_path: Path) -> None:
    """A file has an id on each line; others and repeated ones are faults."""
    path = tmp_path / "order.txt"
    path.write_text("00431\n\n00430\n", encoding="utf-8")
    assert read_order(path, problem) == ("00431", "00430")

    for text, code in (("00431\n99\n", "unknown_id"), ("00431\n00431\n", "duplicate_id")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_order(path, problem)
        (fault,) = caught.value.faults
        assert (fault.code, fault.row, fault.file) == (code, 2, "order.txt")


def test_the_command_keeps_other_rows_of_the_week(tmp_path: Path) -> None:
    """A second matrix takes the place of the first one; boats stay."""
    (tmp_path / "week").mkdir()
    boat = "origin,destination,minutes,mode\n00431,,150,boat\n"
    week = write_texts(tmp_path / "week", {**TINY, "centers": CENTERS, "travel": boat})
    matrix, out = written(tmp_path, {"durations": [[0, None], [60, 0]]}), week / "travel.csv"

    for _ in range(2):
        done = run("ways", str(week), str(matrix), "--out", str(out))
        assert done.exit_code == 0
        assert "1 trip of the matrix has no time" in done.stderr

    assert [(w.origin, w.minutes, w.mode) for w in read_week(week).travel] == [
        ("00431", 150, "boat"),
        ("00431", 1, "road"),
    ]
