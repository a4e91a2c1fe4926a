"""Sheets of a workbook under other names: told as faults, told as notes, or left alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from books import faults_of, places, saved, tiny_book
from openpyxl import Workbook, load_workbook
from weeks import read

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files import read_workbook
from shiftplan.present import write_template, write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.week.wishes import Pin

LANGS: tuple[Lang, Lang] = ("en", "vi")


def book_of(tmp_path: Path, lang: Lang = "vi") -> Workbook:
    """The tiny week as a program's own workbook, with a pin."""
    problem = read(tmp_path)
    pin = Pin(volunteer_id="A1", shift_id="S1", state="must")
    path = tmp_path / "own.xlsx"
    write_workbook(Problem(**{**dict(problem), "pins": (pin,)}), path, lang)
    return load_workbook(path)


def notes_of(path: Path) -> list[Fault]:
    """What reading a workbook without faults tells."""
    notes: list[Fault] = []
    read_workbook(path, on_note=notes.append)
    return notes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bảng đăng ký", "Bảng đăng kí"),
        ("Bảng đăng ký", "Bảng đăng ký (2)"),
        ("Bảng đăng ký", "Đăng ký"),
        ("Bảng đăng ký", "Tuần 50"),
        ("Nhu cầu người", "Nhu cầu"),
        ("Nhu cầu người", "NHU CAU NGUOI"),
        ("Ca đã chốt", "Ca da chot"),
        ("Ca đã chốt", "Các ca đã chốt"),
        ("Ca đã chốt", "Ca đã chốt tuần 50"),
    ],
)
def test_a_renamed_sheet_is_a_fault(tmp_path: Path, old: str, new: str) -> None:
    """Accents, capitals, the number of a copy, a word more or less: the sheet's old name is told.

    Without the fault everybody of the grid, every need or every pin would be left out.
    """
    book = book_of(tmp_path)
    book[old].title = new
    faults = faults_of(saved(book, tmp_path))

    assert places(faults) == [("missing_sheet", new, "")]
    assert str(faults[0].remedy) == f"Did you mean {old!r}? Then rename it."
    assert "[" not in fault_text(faults[0], "vi")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Availability grid", "Grid of week 50"),
        ("Requirements", "Requirement"),
        ("Pins", "Pins week 50"),
    ],
)
def test_names_in_english_are_told_too(tmp_path: Path, old: str, new: str) -> None:
    """Shorter and longer English names."""
    book = book_of(tmp_path, "en")
    book[old].title = new

    assert places(faults_of(saved(book, tmp_path))) == [("missing_sheet", new, "")]


def test_the_grid_is_missed_where_its_table_holds_only_the_example(tmp_path: Path) -> None:
    """The template's sheet of windows is there, but it says nothing."""
    book = book_of(tmp_path)
    book["Bảng đăng ký"].title = "Bảng đăng kí"

    (fault,) = faults_of(saved(book, tmp_path))

    assert fault.table == "grid"
    assert book["Đăng ký theo giờ"]["A2"].value.startswith("(ví dụ)")


def test_a_second_copy_of_a_filled_sheet_is_a_fault(tmp_path: Path) -> None:
    """Which of the two is meant, nobody can know; a copy that is hidden is meant to be hidden."""
    book = book_of(tmp_path)
    copy = book.copy_worksheet(book["Bảng đăng ký"])
    copy.title = "Bảng đăng ký (2)"
    (fault,) = faults_of(saved(book, tmp_path))
    copy.sheet_state = "hidden"
    hidden = notes_of(saved(book, tmp_path))

    assert str(fault.message).endswith("Bảng đăng ký holds the same table")
    assert str(fault.remedy) == "Maybe it is a copy; delete it, hide it, or rename it."
    assert "[" not in fault_text(fault, "vi")
    assert hidden == []


def test_a_filled_copy_beside_a_blank_sheet_is_a_fault(tmp_path: Path) -> None:
    """Somebody filled in a copy, and left the first one as it was."""
    book = book_of(tmp_path)
    copy = book.copy_worksheet(book["Ca đã chốt"])
    copy.title = "Ca đã chốt (2)"
    book["Ca đã chốt"].delete_rows(2, 5)
    (fault,) = faults_of(saved(book, tmp_path))

    assert str(fault.message).endswith("Ca đã chốt was, but has no rows")
    assert "[" not in fault_text(fault, "vi")


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("Ghi chú", [["Gọi cho An"], ["Mua bút"]]),
        ("Ghi chú ca trực", [["Thứ Hai", "đông"], ["Thứ Ba", "vắng"]]),
        ("Điện thoại", [["Mã TNV", "Số"], ["A1", "090"]]),
        ("Tuần 49", [["Mã ca", "Mã tình nguyện viên"], ["S1", "A1"]]),
        ("Các tuần", [["tuần", "số ca"], ["49", "12"]]),
        ("Kĩ năng", [["Mã kỹ năng", "Ghi chú"], ["portal", "khó"]]),
        ("Sheet1", [["Requirements", "x"], ["done", "y"]]),
        ("Shifts to talk about", [["Monday", "x"], ["Tuesday", "y"]]),
    ],
)
def test_own_sheets_are_notes(tmp_path: Path, title: str, rows: list[list[str]]) -> None:
    """Lists that coordinators keep in the workbook are not read, which is told and no fault."""
    book = book_of(tmp_path)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    (note,) = notes_of(saved(book, tmp_path))

    text, vietnamese = (fault_text(note, lang) for lang in LANGS)
    assert text.startswith(f"week.xlsx, sheet {title}: the sheet was not read. If it holds")
    assert vietnamese.startswith(f"tệp week.xlsx, trang {title}: trang này không được đọc. Nếu là")


def test_blank_sheets_and_those_of_the_program_are_not_told(tmp_path: Path) -> None:
    """Nothing is lost with a blank sheet, a renamed one without rows, help and marked faults."""
    book = book_of(tmp_path)
    book.create_sheet("Sheet1")
    book.create_sheet("Lỗi").append(["Vị trí"])
    book["Nguyện vọng"].title = "Nguyện vọng (2)"

    assert [note.sheet for note in notes_of(saved(book, tmp_path))] == ["Nguyện vọng (2)"]


def test_an_old_grid_beside_a_filled_table_is_a_note(tmp_path: Path) -> None:
    """Windows stand in their table; last week's grid is kept under a name of its own."""
    book = tiny_book()
    for sheet in load_workbook(_grid_only(tmp_path)):
        old = book.create_sheet("Tuần 49")
        for row in sheet.iter_rows(values_only=True):
            old.append(row)

    assert [note.sheet for note in notes_of(saved(book, tmp_path))] == ["Tuần 49"]


def _grid_only(tmp_path: Path) -> Path:
    path = tmp_path / "grid.xlsx"
    write_workbook(read(tmp_path), path, "vi")
    book = load_workbook(path)
    for sheet in book.worksheets:
        if sheet.title != "Bảng đăng ký":
            book.remove(sheet)
    return saved(book, tmp_path, "grid.xlsx")


def test_a_missing_sheet_is_looked_for_in_all_its_names(tmp_path: Path) -> None:
    """Shifts that are needed are named with the sheet that seems to hold them, once."""
    book = book_of(tmp_path)
    book["Ca trực"].title = "Ca trực tuần 50"
    found = [f for f in faults_of(saved(book, tmp_path)) if f.code == "missing_sheet"]

    assert [(f.table, str(f.remedy)) for f in found] == [
        ("shifts", "Did you mean 'Ca trực tuần 50'? Then rename it 'Ca trực'.")
    ]


def test_a_grid_without_its_name_is_to_be_named_as_a_grid(tmp_path: Path) -> None:
    """As the table of availability, whose layout is another, all its rows would be faults."""
    write_workbook(read(tmp_path), tmp_path / "made.xlsx", "vi")
    book = load_workbook(tmp_path / "made.xlsx")
    book["Bảng đăng ký"].title = "Đăng ký"
    for sheet in [s for s in book.worksheets if s.title == "Đăng ký theo giờ"]:
        book.remove(sheet)
    (fault,) = faults_of(saved(book, tmp_path))

    assert isinstance(fault.message, Message)
    assert isinstance(fault.remedy, Message)
    assert {"Bảng đăng ký", "Đăng ký theo giờ"} <= {*fault.message.params["names"]}
    assert dict(fault.remedy.params) == {"name": "Đăng ký", "to": "Bảng đăng ký"}

    book["Đăng ký"].title = "Bảng đăng ký"
    assert read_workbook(saved(book, tmp_path)) == read(tmp_path)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_templates_leave_no_sheet_unread(tmp_path: Path, lang: Lang) -> None:
    """All sheets of a template are known."""
    path = tmp_path / "week.xlsx"
    write_template(path, dt.date(2026, 12, 7), lang)
    book = load_workbook(path)

    assert [f.code for f in faults_of(saved(book, tmp_path))] == ["empty_file"]


def test_contradicting_pins_are_told_as_they_are_written(tmp_path: Path) -> None:
    """The word of the cell, not the format's; and where the other row stands."""
    book = book_of(tmp_path)
    sheet = book["Ca đã chốt"]
    sheet.append(["A1", "S1", "không trực"])
    (fault,) = faults_of(saved(book, tmp_path))
    text = fault_text(fault, "vi")

    assert (fault.code, fault.value) == ("contradicting_pins", "không trực")
    assert "đã được chốt là phải trực (dòng 2)" in text


def test_a_repeated_column_is_told_at_the_second(tmp_path: Path) -> None:
    """Also where it is spelled as the format spells it, and the first has a heading in words."""
    write_template(tmp_path / "made.xlsx", dt.date(2026, 12, 7), "vi", example=True)
    book = load_workbook(tmp_path / "made.xlsx")
    sheet = book["Quy định"]
    last = sheet.cell(1, sheet.max_column + 1)
    last.value = "group"
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.cell) == ("repeated_column", last.coordinate)


def test_the_first_date_may_be_called_a_start(tmp_path: Path) -> None:
    """It is the word that the other sheets have for such a column."""
    write_template(tmp_path / "made.xlsx", dt.date(2026, 12, 7), "vi", example=True)
    book = load_workbook(tmp_path / "made.xlsx")
    book["Tuần"]["B1"] = "Ngày bắt đầu"

    assert read_workbook(saved(book, tmp_path)).horizon.start == dt.date(2026, 12, 7)
