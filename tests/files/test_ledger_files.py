"""Ledgers and attendance as files: damaged, newer, edited by hand, and written half."""

from __future__ import annotations

import csv
import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weeks import refused

from shiftplan import History, InputError
from shiftplan.errors import Fault
from shiftplan.files import read_attendance, read_ledger, whole, write_history, write_ledger
from shiftplan.files.ledgers import LEDGER
from shiftplan.files.turnouts import record_files
from shiftplan.seasons import Ledger, Turnout
from shiftplan.seasons.ledger import Entry, WorkedWeek
from shiftplan.testing.pictures import MONDAY, parse, plan

STRANGE = ("=1+1", "@SUM(A1)", "Rạch Giá, An", 'a "quoted" one', "two\nlines", "|", "0x", "-1")


def ledger() -> Ledger:
    """Two weeks of two people with strange names, and a level-up."""
    book = Ledger()
    for week, picture in enumerate(("ana M M . . . . .\n=1 M . . . . . .", "ana . . M . . . .")):
        names = {"ana": {"name": STRANGE[2]}, "=1": {"name": STRANGE[0]}}
        start = MONDAY + dt.timedelta(7 * week)
        book = book.record(plan("M", "ana =1", each=names, start=start), parse(picture))
    return book.confirm("=1", "portal", 1, MONDAY)


def faults(path: Path) -> list[Fault]:
    with pytest.raises(InputError) as error:
        read_ledger(path)
    assert all(fault.file == path.name for fault in error.value.faults)
    return list(error.value.faults)


def codes(path: Path) -> list[str]:
    return [fault.code for fault in faults(path)]


def damaged(tmp_path: Path, old: str, new: str) -> Path:
    """The JSON file with one place changed."""
    text = ledger().to_json()
    assert old in text
    path = tmp_path / "ledger.json"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", STRANGE)
def test_names_survive_both_files(name: str, tmp_path: Path) -> None:
    """Text is kept as it is, as in every file of the library."""
    entry = Entry(volunteer_id="v", name=name, shifts_offered=0.1 + 0.2)
    book = Ledger(weeks=(WorkedWeek(start=MONDAY, entries=(entry,)),))

    for file in (tmp_path / "ledger.json", tmp_path / "ledger.csv"):
        write_ledger(book, file)
        assert read_ledger(file) == book


def test_json_has_a_line_for_each_entry(tmp_path: Path) -> None:
    """So that people can compare two versions, and defaults take no room."""
    write_ledger(ledger(), tmp_path / "ledger.json")

    lines = (tmp_path / "ledger.json").read_text(encoding="utf-8").splitlines()

    assert sum('"volunteer_id": "' in x or '"volunteer_id":"' in x for x in lines) == 5
    assert not any("absent" in line for line in lines)
    assert json.loads("".join(lines))["schema_version"] == 1


def test_csv_is_a_plain_table(tmp_path: Path) -> None:
    """One row for each week and person; an id like a formula has an apostrophe before it."""
    write_ledger(ledger(), tmp_path / "ledger.csv")

    with (tmp_path / "ledger.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert list(rows[0]) == list(LEDGER.columns)
    found = [(r["week"], r["volunteer_id"], r["shifts_worked"], r["hours_worked"]) for r in rows]
    assert found == [
        ("2026-12-07", "'=1", "1", "4"),
        ("2026-12-07", "ana", "2", "8"),
        ("2026-12-14", "'=1", "0", "0"),
        ("2026-12-14", "ana", "1", "4"),
    ]


def test_columns_of_the_table_are_fields() -> None:
    """None is missing but lessons, which no cell can hold."""
    assert set(LEDGER.columns) == {"week", "days", *Entry.model_fields} - {"lessons"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"schema_version": 1', '"schema_version": 2', "not_one_of"),
        ('"shifts_worked":2.0', '"shifts_worked":9.0', "invalid_value"),
        ('"shifts_worked":2.0', '"shifts_worked":-2.0', "out_of_range"),
        ('"shifts_worked":2.0', '"shifts_worked":"many"', "not_a_number"),
        ('"shifts_worked":2.0', '"worked":2.0', "unknown_column"),
        ('"shifts_worked":2.0', '"shifts_worked":2.0,"shifts_worked":1.0', "repeated_key"),
        ('"volunteer_id":"ana"', '"volunteer_id":"=1"', "duplicate_id"),
        ('"2026-12-14"', '"2026-12-13"', "week_recorded"),
        ('"2026-12-14"', '"14/12/2026"', "not_a_date"),
        ('"days": 7', '"days": 8', "week_recorded"),
    ],
)
def test_a_file_edited_by_hand(old: str, new: str, code: str, tmp_path: Path) -> None:
    """What cannot be is told, not counted."""
    assert code in codes(damaged(tmp_path, old, new))


def test_a_newer_ledger_says_so(tmp_path: Path) -> None:
    """The remedy tells why this version cannot read it."""
    (fault,) = faults(damaged(tmp_path, '"schema_version": 1', '"schema_version": 2'))

    assert "newer version" in str(fault.remedy)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_file_cut_short_is_never_read(data: st.DataObject) -> None:
    """JSON that ends early is a fault wherever it ends."""
    content = ledger().to_json().encode()
    end = data.draw(st.integers(0, len(content) - 1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.json"
        path.write_bytes(content[:end])

        assert codes(path)[0] in ("empty_file", "broken_json", "wrong_encoding")


def test_a_table_cut_short_in_its_figures_is_not_read(tmp_path: Path) -> None:
    """The name stands last, so that a row that ends within a figure has too few fields."""
    write_ledger(ledger(), tmp_path / "ledger.csv")
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8")
    cut = text[: text.rindex(" 11:00")]
    (tmp_path / "ledger.csv").write_text(cut, encoding="utf-8")

    assert codes(tmp_path / "ledger.csv") == ["too_few_fields"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("2026-12-07,7,ana,3,2", "duplicate_row"),
        ("2026-12-09,7,ana,3,2", "week_recorded"),
        ("2026-12-14,7,ana,2,3", "invalid_value"),
        ("2026-12-14,7,ana,two,1", "not_a_number"),
        ("2026-12-14,7,,2,1", "missing_value"),
        (",7,ana,2,1", "missing_value"),
        ("2026-12-14,0,ana,2,1", "out_of_range"),
        ("9999-12-31,7,ana,2,1", "out_of_range"),
    ],
)
def test_a_table_edited_by_hand(row: str, code: str, tmp_path: Path) -> None:
    """The second row is wrong."""
    path = tmp_path / "ledger.csv"
    head = "week,days,volunteer_id,shifts_offered,shifts_worked\n2026-12-07,7,ana,3,2\n"
    path.write_text(head + row + "\n", encoding="utf-8")

    (fault,) = faults(path)

    assert fault.code == code
    assert fault.row in (3, None)


def test_a_ledger_has_one_of_two_endings(tmp_path: Path) -> None:
    """Nothing is written under another name."""
    with pytest.raises(InputError, match="written as"):
        write_ledger(ledger(), tmp_path / "ledger.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["write_bytes", "replace"])
def test_an_interrupted_write_leaves_the_old_ledger(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or a lost place: the file is the old one, whole, and nothing lies beside it."""
    path = tmp_path / "ledger.json"
    write_ledger(ledger(), path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path if step == "write_bytes" else whole.os, step, fail)
    with pytest.raises(InputError, match="No space left"):
        write_ledger(Ledger(), path)
    monkeypatch.undo()

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_history_is_a_table_of_the_week(tmp_path: Path) -> None:
    """Hours and mentored shifts stand in it when there are any."""
    rows = [History(volunteer_id="ana", shifts_offered=2.5, hours_worked=8, mentored_worked=1)]

    write_history(rows, tmp_path / "history.csv")

    with (tmp_path / "history.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    found = (row["shifts_offered"], row["hours_worked"], row["mentored_worked"])
    assert found == ("2.5", "8", "1")


# ---- attendance


def attendance(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "attendance.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_attendance_may_be_the_roster_with_a_column_more(tmp_path: Path) -> None:
    """Other columns are ignored, and a blank state means came."""
    text = "shift_id;volunteer_id;center;state\nM0;ana;Rạch Giá;\nM1;ana;;excused\n"

    found = read_attendance(attendance(tmp_path, text))

    assert found == (
        Turnout(shift_id="M0", volunteer_id="ana", state="came"),
        Turnout(shift_id="M1", volunteer_id="ana", state="excused"),
    )


def test_states_of_attendance_may_be_vietnamese(tmp_path: Path) -> None:
    """Or capitalised, whichever way their accents are stored."""
    words = ("Có mặt", "có phép", "VẮNG", "vắng không phép", "tr\u01b0\u0323c thay", "Excused")
    words += ("ốm", "Nghỉ bệnh", "vắng (ốm)", "sick", "bỏ ca")
    rows = "".join(f"M{i},ana,{word}\n" for i, word in enumerate(words))

    found = read_attendance(attendance(tmp_path, "shift_id,volunteer_id,state\n" + rows))

    states = ["came", "excused", "absent", "absent", "called", *["excused"] * 5, "absent"]
    assert [turnout.state for turnout in found] == states


def test_faults_of_attendance_name_row_and_column(tmp_path: Path) -> None:
    """All at once, with a remedy where one is near."""
    text = "shift_id,volunteer_id,state\nM0,ana,exused\n,ana,came\nM1,,came\n"

    error = refused(read_attendance, attendance(tmp_path, text))

    found = [(f.code, f.row, f.column) for f in error]
    assert found == [
        ("not_one_of", 2, "state"),
        ("missing_value", 3, "shift_id"),
        ("missing_value", 4, "volunteer_id"),
    ]
    assert str(error[0].remedy) == "Did you mean 'excused'?"


def test_what_does_not_fit_is_found_in_the_files(tmp_path: Path) -> None:
    """Rows of both files are named, as a spreadsheet shows them."""
    (tmp_path / "roster.csv").write_text("shift_id,volunteer_id\nM0,ana\n", encoding="utf-8")
    text = "shift_id,volunteer_id,state\n\nM0,ana,called\nM0,Ana,absent\n"
    error = refused(
        record_files, Ledger(), plan("M"), tmp_path / "roster.csv", attendance(tmp_path, text)
    )

    found = {(f.code, f.file, f.row) for f in error}
    assert found == {
        ("contradicting_attendance", "attendance.csv", 3),
        ("unknown_id", "attendance.csv", 4),
    }
