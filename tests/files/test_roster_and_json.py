"""Rosters and JSON: what people see, what is ignored, and what is refused."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from weeks import read, refused

from shiftplan.analysis.reserves import Reserve
from shiftplan.errors import InputError
from shiftplan.files import (
    read_problem,
    read_reserves,
    read_roster,
    read_tables,
    write_problem,
    write_reserves,
    write_roster,
)
from shiftplan.present.faults import fault_text
from shiftplan.week.roster import Roster


def test_roster_for_people(tmp_path: Path) -> None:
    """A roster file names date, time, places, people and their skills."""
    problem = read(tmp_path)
    path = tmp_path / "roster.csv"
    write_roster(problem, Roster.of([("S1", "A1"), ("S1", "gone")]), path)

    with path.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)

    assert first == {
        "shift_id": "S1",
        "volunteer_id": "A1",
        "date": "2026-12-07",
        "start": "07:00",
        "end": "11:00",
        "center_id": "00430",
        "center": "Rạch Giá",
        "volunteer": "An",
        "home_center": "Rạch Giá",
        "skills": "Dịch vụ công 3",
    }
    assert (second["volunteer_id"], second["volunteer"], second["center"]) == (
        "gone",
        "",
        "Rạch Giá",
    )


def test_a_roster_with_other_dates_is_of_another_week(tmp_path: Path) -> None:
    """Weeks made one from the other have the same ids; dates in another form say nothing."""
    problem, path = read(tmp_path), tmp_path / "roster.csv"
    write_roster(problem, Roster.of([("S1", "A1")]), path)
    right = path.read_text(encoding="utf-8")

    assert read_roster(path, of=problem) == read_roster(path)
    path.write_text(right.replace("2026-12-07", "07/12/2026"), encoding="utf-8")
    assert len(read_roster(path, of=problem)) == 1
    path.write_text(right.replace("2026-12-07", "2026-12-14"), encoding="utf-8")
    assert len(read_roster(path)) == 1
    (fault,) = refused(read_roster, path, of=problem)
    assert (fault.row, fault.column, fault.value) == (2, "date", "2026-12-14")
    assert "[" not in fault_text(fault, "vi")


def test_roster_from_a_spreadsheet(tmp_path: Path) -> None:
    """Other columns, their order, separators and blanks do not matter; repetitions are kept."""
    path = tmp_path / "r.csv"
    path.write_text(
        "\ufeffNote;Volunteer_ID;shift_id\r\nx; A1 ;S1\r\n;A1;S1\r\n;;\r\n", encoding="utf-8"
    )

    assert read_roster(path) == Roster.of([("S1", "A1"), ("S1", "A1")])


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (
            "shift_id,volunteer_id\nS1,\n,A1\n",
            [("missing_value", 2, "volunteer_id"), ("missing_value", 3, "shift_id")],
        ),
        ("shift_id,who\nS1,A1\n", [("missing_column", 1, "volunteer_id")]),
        ("S1,A1\n", [("missing_column", 1, "shift_id"), ("missing_column", 1, "volunteer_id")]),
        ("", [("empty_file", None, "")]),
    ],
)
def test_roster_faults(
    content: str, faults: list[tuple[str, int | None, str]], tmp_path: Path
) -> None:
    """A roster that cannot be read says where."""
    path = tmp_path / "roster.csv"
    path.write_text(content)

    caught = refused(read_roster, path)

    assert [(f.code, f.row, f.column) for f in caught] == faults


@pytest.mark.parametrize("name", ["=1+1", "+A", "-1", "@x", "'=1", "''-2", "'quoted", "x=1"])
def test_text_like_a_formula_is_neutral_and_comes_back(tmp_path: Path, name: str) -> None:
    """No cell of a roster or stand-by list begins like a formula; its ids are read as they were."""
    roster, path = Roster.of([("S1", name)]), tmp_path / "roster.csv"
    calls = (Reserve(name, 1, name, name),)
    problem = read(tmp_path)
    write_roster(problem, roster, path)
    write_reserves(problem, calls, tmp_path / "reserves.csv")

    assert read_roster(path) == roster
    assert read_reserves(tmp_path / "reserves.csv") == calls
    for file in (path, tmp_path / "reserves.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            assert all(cell[:1] not in "=+-@" for row in csv.reader(text) for cell in row if cell)


@pytest.mark.parametrize("name", ["it.xlsx", "it.XLS", "it.ods", "it.xlsm"])
def test_no_roster_is_written_into_what_is_no_such_file(tmp_path: Path, name: str) -> None:
    """A workbook that is text could not be opened by anybody."""
    (fault,) = refused(write_roster, read(tmp_path), Roster(), tmp_path / name)

    assert (fault.code, fault.value) == ("not_one_of", Path(name).suffix)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["it.csv", "it.xls", "it.ods", "it.xlsm"])
def test_no_week_is_a_folder_with_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    """It would be read as that file."""
    (fault,) = refused(write_problem, read(tmp_path), tmp_path / name)

    assert (fault.code, fault.value) == ("not_one_of", Path(name).suffix)
    assert not (tmp_path / name).exists()


def test_roster_that_would_not_come_back(tmp_path: Path) -> None:
    """An id that a file cannot hold exactly is refused instead of being changed."""
    caught = refused(
        write_roster, read(tmp_path), Roster.of([(" S1", ""), ("S1", "A1")]), tmp_path / "r.csv"
    )

    assert [(f.code, f.column) for f in caught] == [
        ("invalid_value", "shift_id"),
        ("invalid_value", "volunteer_id"),
    ]


def problem_json(folder: Path) -> tuple[Path, dict[str, object]]:
    """The tiny week as a JSON file, and what is in it."""
    path = folder / "problem.json"
    write_problem(read(folder), path)
    return path, json.loads(path.read_text(encoding="utf-8"))


def test_json_faults(tmp_path: Path) -> None:
    """All faults of a JSON file come at once, each at its table, entry and field."""
    path, data = problem_json(tmp_path)
    data["centers"][0]["priority"] = 0
    data["centers"][1]["colour"] = "red"
    data["rules"][1]["level"] = "sometimes"
    data["rules"][0]["rule"] = "coverag"
    data["shifts"][0]["start"] = "soon"
    data["availability"][0]["state"] = "prefered"
    data["horizon"]["days"] = 0
    del data["volunteers"][1]["volunteer_id"]
    path.write_text(json.dumps(data))

    with pytest.raises(InputError) as caught:
        read_problem(path)

    found = [(f.code, f.table, f.index, f.column) for f in caught.value.faults]
    assert sorted(found, key=str) == sorted(
        [
            ("out_of_range", "horizon", None, "days"),
            ("out_of_range", "centers", 0, "priority"),
            ("unknown_column", "centers", 1, "colour"),
            ("missing_value", "volunteers", 1, "volunteer_id"),
            ("not_one_of", "availability", 0, "state"),
            ("not_a_date", "shifts", 0, "start"),
            ("unknown_rule", "rules", 0, ""),
            ("not_one_of", "rules", 1, "level"),
        ],
        key=str,
    )
    assert {f.file for f in caught.value.faults} == {"problem.json"}
    assert "problem.json, centers[0].priority: '0': must be more than 0" in str(caught.value)
    remedies = [
        str(f.remedy) for f in caught.value.faults if f.code in {"not_one_of", "unknown_rule"}
    ]
    assert "Did you mean 'preferred'?" in remedies
    assert "Did you mean 'coverage'?" in remedies


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (3.5, "text of the form"),
        (1765000000, "text of the form"),
        ("1765000000", "text of the form"),
        ("2026-12-07T07:00Z", "without an offset"),
        ("2026-12-07T07:00+07:00", "without an offset"),
    ],
)
def test_what_is_no_moment_is_told_by_what_it_is(moment: object, said: str, tmp_path: Path) -> None:
    """A number has no offset to leave out."""
    path, problem = problem_json(tmp_path)
    problem["shifts"][0]["start"] = moment
    path.write_text(json.dumps(problem), encoding="utf-8")

    with pytest.raises(InputError, match=said):
        read_problem(path)


def test_tables_are_read_as_text_and_as_lists_and_dicts(tmp_path: Path) -> None:
    """What `to_json` writes comes back, from text, bytes or the lists and dicts in it."""
    problem = read(tmp_path)
    text = problem.to_json()

    assert read_tables(text) == read_tables(text.encode()) == problem
    assert read_tables("\ufeff" + text) == read_tables(bytearray(text.encode("utf-16"))) == problem
    assert read_tables(memoryview(text.encode("utf-8-sig"))) == problem
    assert read_tables(json.loads(text)) == problem


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ("", "the file is empty"),
        (b" \n", "the file is empty"),
        ("{", "EOF while parsing"),
        (b"PK\x03\x04", "the file is not text"),
        ('{"status": 1, "problem_digest": 2}', "this is a result, not a planning week"),
        ({"centers": [{"center_id": "c", "capacity": 10**5000}]}, "centers[0].capacity"),
        ("[1]", "must be an object with fields"),
        (b"\xff\xfa", "not in UTF-8"),
        ({"centres": []}, "centres: unknown field"),
        ({"centers": [{"center_id": ""}]}, "centers[0].center_id"),
    ],
)
def test_tables_that_are_no_week(tables: str | bytes | dict[str, object], says: str) -> None:
    """Whatever it is, the faults are told, and none begins with an empty place."""
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        read_tables(tables)

    for fault in caught.value.faults:
        assert not str(fault).startswith(":")
        assert not fault_text(fault, "vi").startswith(":")


def test_tables_whose_rows_do_not_fit(tmp_path: Path) -> None:
    """All faults of rows that do not fit together come at once; of a key that stands twice too."""
    _, data = problem_json(tmp_path)
    data["shifts"][0]["center_id"] = "nowhere"
    data["pins"] = [{"volunteer_id": "nobody", "shift_id": "S1", "state": "must"}]
    text = json.dumps(data)

    for tables in (data, text):
        caught = refused(read_tables, tables)
        assert {(f.table, f.value) for f in caught} == {
            ("shifts", "nowhere"),
            ("pins", "nobody"),
        }
    fitting = json.dumps(json.loads(read(tmp_path).to_json()))
    with pytest.raises(InputError, match="'rates': a JSON object has this key twice"):
        read_tables(fitting[:-1] + ', "rates": []}')


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            {"rule": "coverage", "level": "hard"},
            "coverage only costs: its level must be a whole number of at least 1",
        ),
        ({"rule": "one_place", "level": 2}, "one_place must be hard or off"),
        (
            {"rule": "mentor", "level": 0, "value": 2},
            "must be hard or a whole number of at least 1",
        ),
    ],
)
def test_json_levels(rule: dict[str, object], sentence: str, tmp_path: Path) -> None:
    """What a level may be is told of the rule that has it, as for tables."""
    path, data = problem_json(tmp_path)
    data["rules"] = [rule]
    path.write_text(json.dumps(data))

    caught = refused(read_problem, path)

    found = [(f.code, f.table, f.index, f.column, str(f.message)) for f in caught]
    assert found == [("not_one_of", "rules", 0, "level", sentence)]


def test_json_between_tables(tmp_path: Path) -> None:
    """Faults between tables of a JSON file are said, too."""
    path, data = problem_json(tmp_path)
    data["shifts"][0]["center_id"] = "430"
    path.write_text(json.dumps(data))

    (fault,) = refused(read_problem, path)
    assert (fault.code, fault.where) == ("unknown_id", "problem.json, shifts[0].center_id")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda t: t[:-9], "broken_json"),
        (lambda t: "", "empty_file"),
        (lambda t: t.replace('"name":', '"name": "x", "name":', 1), "repeated_key"),
        (lambda t: t.replace('"schema_version": 1', '"schema_version": 2'), "not_one_of"),
        (lambda t: t.replace("10.01", "NaN"), "not_a_number"),
    ],
)
def test_json_that_is_refused(change: object, code: str, tmp_path: Path) -> None:
    """JSON that is cut off, says a thing twice, is of a newer form or holds no number."""
    path, _ = problem_json(tmp_path)
    assert callable(change)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    caught = refused(read_problem, path)

    assert [f.code for f in caught] == [code]


def test_import_is_light() -> None:
    """Reading files needs no solver and no data-frame library."""
    heavy = ("pandas", "scipy", "ortools", "highspy", "openpyxl")
    program = f"import sys, shiftplan.files; print([m for m in {heavy} if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"
