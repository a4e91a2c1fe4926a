"""The table of messages as people give it back: which of them were sent."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from shiftplan import Center, InputError, Problem, Roster
from shiftplan.errors import Fault
from shiftplan.files import read_sent
from shiftplan.files.lists.sent import is_tick, ticks_in
from shiftplan.present import write_handouts
from shiftplan.testing.pictures import plan
from shiftplan.week.owner import Owner

ANA, BOB, HOME = Owner("volunteer", "ana"), Owner("volunteer", "bob"), Owner("center", "home")
ROSTER = Roster.of([("M0", "ana"), ("M0", "bob")])


def week(**fields: Any) -> Problem:
    each = {"ana": {"name": "Đặng Thị An"}, "bob": {"name": "Bùi Văn Ba"}, "7": {"name": "Bảy"}}
    centers = (Center(center_id="home", name="Xã Định Hòa"), Center(center_id="7", name="Ấp Bảy"))
    return plan("M", "ana bob 7", each=each, centers=centers, **fields)


def read(tmp_path: Path, text: str, name: str = "messages.csv") -> tuple[Owner, ...]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_sent(tmp_path / name, week())


def faults(tmp_path: Path, text: str) -> list[Fault]:
    with pytest.raises(InputError) as error:
        read(tmp_path, text)
    return list(error.value.faults)


def ticked(folder: Path, marks: dict[str, Any]) -> Path:
    """Write values into the cells `sent` of the workbook, by id."""
    path = folder / "messages" / "messages.xlsx"
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    ids, sent = (
        next(i for i, head in enumerate(heads) if head in known)
        for known in (("Id", "Mã"), ("Sent", "Đã gửi"))
    )
    for row in sheet.iter_rows(min_row=4):
        if row[ids].value in marks:
            row[sent].value = marks[row[ids].value]
    book.save(path)
    return path


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_ticks_of_the_written_tables_come_back(tmp_path: Path, lang: str) -> None:
    """From the workbook and from the CSV file, in both languages."""
    write_handouts(week(), ROSTER, tmp_path, lang=lang)
    table = tmp_path / "messages" / "messages.csv"

    assert read_sent(table, week()) == ()
    assert read_sent(tmp_path / "messages" / "messages.xlsx", week()) == ()
    book = ticked(tmp_path, {"ana": "✓", "home": dt.datetime(2026, 12, 5, 18, 30)})
    assert read_sent(book, week()) == (ANA, HOME)
    rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines(keepends=True)))
    with table.open("w", encoding="utf-8", newline="") as file:
        marks = ["sent", *(["rồi"] * (len(rows) - 1))]
        both = zip(rows, marks, strict=True)
        csv.writer(file).writerows([*row[:-2], mark, row[-1]] for row, mark in both)
    assert set(read_sent(table, week())) == {ANA, BOB, Owner("volunteer", "7"), HOME}


def test_the_words_of_a_kind_of_work_are_known(tmp_path: Path) -> None:
    """A food bank calls its centers sites."""
    problem = week()
    horizon = problem.horizon.model_copy(update={"kind": "food-bank"})
    problem = problem.model_copy(update={"horizon": horizon})
    write_handouts(problem, ROSTER, tmp_path)
    path = ticked(tmp_path, {"home": "x"})

    kinds = {row[8].value for row in load_workbook(path).worksheets[0].iter_rows(min_row=4)}
    assert kinds == {"volunteer", "site"}
    assert read_sent(path, problem) == (HOME,)


WORDS = "có|yes|ok|rồi|Rồi.|đã gửi|da gui|ĐÃ GỬI|gửi rồi|xong|sent|Done!|sent 6 Dec|rồi 5/12"
WORDS += "|đã gửi qua Zalo"
TIMES = "06/12|6/12/2026|2026-12-06|2026-12-06 18:30|18:30|18h|7h30 5/12|2026-12-06T18:30:00"


@pytest.mark.parametrize("mark", [*"xX✓✔v1", "true", "TRUE", *WORDS.split("|"), *TIMES.split("|")])
def test_marks_that_say_sent(mark: str) -> None:
    """Signs of a grid, words, and when it was."""
    assert is_tick(mark) is True


@pytest.mark.parametrize("mark", ["", "0", "no", "không", "ko", "chưa", "chưa gửi", "Not yet", "☐"])
def test_marks_that_say_not_sent(mark: str) -> None:
    """A word for no is none."""
    assert is_tick(mark) is False


@pytest.mark.parametrize(
    "mark",
    ["?", "-", "❌", "2 times", "sentinel", "rồng", "xong chưa", "rồi sẽ gửi", "done?", "=1+1"],
)
def test_marks_that_may_mean_either_are_faults(tmp_path: Path, mark: str) -> None:
    """Nobody is taken for told by accident; the cell is named."""
    assert is_tick(mark) is None
    (fault,) = faults(tmp_path, f"id,sent\nana,x\nbob,{mark}\n")
    assert (fault.code, fault.row, fault.column, fault.value) == ("not_one_of", 3, "sent", mark)


def test_headings_and_kinds_may_be_vietnamese(tmp_path: Path) -> None:
    """The kind tells a person from a center with the same id."""
    text = "Mã,Gửi cho,Đã gửi\n7,Trung tâm,rồi\n7,tình nguyện viên,v\nana,,x\nbob,,\n"

    found = read(tmp_path, text)

    assert found == (Owner("center", "7"), Owner("volunteer", "7"), ANA)


def test_names_do_where_only_one_has_them(tmp_path: Path) -> None:
    """And what was read is told."""
    notes: list[Fault] = []
    (tmp_path / "m.csv").write_text("name,sent\nDang Thi An,x\nXã Định Hòa,x\nana,x\n")

    assert read_sent(tmp_path / "m.csv", week(), on_note=notes.append) == (ANA, HOME)
    assert [note.value for note in notes] == ["Dang Thi An"]
    assert notes[0].more == 1


@pytest.mark.parametrize(
    ("text", "code", "row", "column"),
    [
        ("id,sent\nana,x\neva,x\n", "unknown_id", 3, "id"),
        ("id,kind,sent\nana,center,x\n", "unknown_id", 2, "id"),
        ("id,kind,sent\nana,dog,x\n", "not_one_of", 2, "kind"),
        ("id,sent\n7,x\n", "ambiguous_name", 2, "id"),
        ("id,kind,sent\n7,,x\n", "ambiguous_name", 2, "kind"),
        ("id,name,sent\n,,x\n", "missing_value", 2, "id"),
        ("name,sent,phone\n,x,1\n", "missing_value", 2, "name"),
        ("id,sent,week\nana,x,2026-12-07\nbob,x,2026-11-30\n", "outside_horizon", 3, "week"),
        (
            "id,sent,week\nana,,30/11/2026\nbob,x,7/12/2026\nana,x,31/12/26\n",
            "outside_horizon",
            4,
            "week",
        ),
        ("id,sent,week\nana,x,last one\n", "not_a_date", 2, "week"),
        ("id,name\nana,x\n", "missing_column", 1, "sent"),
        ("sent,text\nx,hello\n", "missing_column", 1, "id"),
        ("", "empty_file", None, ""),
    ],
)
def test_faults_stand_at_their_cells(
    tmp_path: Path, text: str, code: str, row: int | None, column: str
) -> None:
    """Unknown ids, kinds and columns; the file is named too."""
    (fault,) = faults(tmp_path, text)

    assert (fault.code, fault.row, fault.column) == (code, row, column)
    assert fault.file == "messages.csv"


def test_rows_without_a_tick_are_not_looked_at(tmp_path: Path) -> None:
    """Whoever is not in the week any more was not sent anything."""
    assert read(tmp_path, "id,kind,sent\neva,dog,\nana,,x\nana,,x\n") == (ANA,)


def test_faults_of_a_workbook_stand_at_their_cells(tmp_path: Path) -> None:
    """A formula without a value, and an id that a spreadsheet took for a date."""
    book = Workbook()
    sheet: Any = book.active
    rows = [["Id", "Sent"], ["ana", "=1/0"], [dt.date(2026, 12, 7), "x"], ["bob", True]]
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "m.xlsx")

    with pytest.raises(InputError) as error:
        read_sent(tmp_path / "m.xlsx", week())

    assert [(f.cell, f.code) for f in error.value.faults] == [
        ("B2", "formula_without_value"),
        ("A3", "unknown_id"),
    ]


@given(st.text(max_size=30))
@example("rồi\u0300")
@example("\ufe0f")
def test_any_mark_is_yes_no_or_unclear(mark: str) -> None:
    """Nothing else happens."""
    assert is_tick(mark) in (True, False, None)


def test_a_table_of_another_week_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """Unknown marks are no ticks; a file that is no table is a fault."""
    path = tmp_path / "messages.csv"
    path.write_text("id,kind,message,sent\neva,volunteer,Hi,x\nbob,volunteer,Hi,?\n")
    assert ticks_in(path) == {Owner("volunteer", "eva"): ("x", "Hi"), BOB: ("", "Hi")}
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError):
        ticks_in(path)
