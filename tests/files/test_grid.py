"""The availability grid: people beside their names, windows that overlap, merged heads, dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from books import faults_of, places, saved
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from weeks import faults, read, replaced

from shiftplan.errors import Fault
from shiftplan.files import read_problem, read_week, read_workbook, write_problem
from shiftplan.files.workbook.reading import book_sheets
from shiftplan.present import write_template, write_workbook
from shiftplan.present.faults import fault_text

GRID = "Availability grid"
Change = Callable[[Worksheet], object]


def told(reader: Callable[..., object], path: Path) -> list[Fault]:
    """Notes that a reader tells."""
    notes: list[Fault] = []
    reader(path, on_note=notes.append)
    return notes


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    """The tiny week: A1 comes on Monday (D), A2 on Tuesday afternoon (E)."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    return load_workbook(tmp_path / "own.xlsx")


def test_swapped_names_are_faults(book: Workbook, tmp_path: Path) -> None:
    """Who sorts the names alone would give people each other's windows."""
    book[GRID]["B4"], book[GRID]["B5"] = "Bình", "An"
    found = faults_of(saved(book, tmp_path))

    assert places(found) == [("invalid_value", GRID, "B4"), ("invalid_value", GRID, "B5")]
    assert (found[0].value, str(found[0].message)) == ("Bình", "A1 is An in the table volunteers")
    assert "[" not in fault_text(found[0], "vi")


def test_names_are_compared_as_people_write_them(book: Workbook, tmp_path: Path) -> None:
    """Accents, capitals and blanks make no difference, and neither does a name left out."""
    book[GRID]["B4"], book[GRID]["B5"] = None, " BINH "

    assert len(read_workbook(saved(book, tmp_path)).availability) == 2


def test_windows_that_overlap_are_told_at_their_cells(book: Workbook, tmp_path: Path) -> None:
    """Two sessions that overlap are one window of all who come in both; the first is told."""
    grid = book[GRID]
    grid["F1"], grid["F2"], grid["F3"] = dt.date(2026, 12, 7), dt.time(11), dt.time(18)
    grid["D5"] = grid["F4"] = grid["F5"] = "x"
    found = [n for n in told(read_workbook, saved(book, tmp_path)) if n.code == "joined_windows"]

    assert [(*places((note,)), note.more) for note in found] == [
        (("joined_windows", GRID, "F4"), 1)
    ]
    assert found[0].sentence.endswith(f"(sheet {GRID}, cell D4)")


def test_an_end_before_the_start_is_told_where_it_makes_windows_overlap(
    book: Workbook, tmp_path: Path
) -> None:
    """11:00 to 07:00 reaches over midnight into the next session: the two may be swapped."""
    grid = book[GRID]
    grid["F1"], grid["F2"], grid["F3"] = dt.date(2026, 12, 7), dt.time(18), dt.time(13)
    grid["F4"], grid["G4"] = "x", "x"
    grid["G1"], grid["G2"], grid["G3"] = dt.date(2026, 12, 8), dt.time(7), dt.time(11)
    found = faults_of(saved(book, tmp_path))

    assert places(found) == [("overlapping_windows", GRID, "G4")]
    assert str(found[0].remedy) == "Maybe start and end are swapped."


@pytest.mark.parametrize(
    ("ref", "cell"), [("D1:E2", "D1"), ("E2:F3", "E2"), ("D4:D5", "D4"), ("A4:A5", "A4")]
)
def test_merged_cells_of_a_grid_are_a_fault(
    book: Workbook, tmp_path: Path, ref: str, cell: str
) -> None:
    """A date over two sessions, or a mark over two people; blanks of the merge are not told too."""
    book[GRID].merge_cells(ref)
    found = [f for f in faults_of(saved(book, tmp_path)) if f.code != "missing_value"]

    assert places(found)[0] == ("merged_cells", GRID, cell)
    assert f"the cells {ref} are merged" in str(found[0].message)
    assert "[" not in fault_text(found[0], "vi")


def test_a_date_merged_over_its_sessions_holds_for_all(book: Workbook, tmp_path: Path) -> None:
    """As offices lay out a week: the day above its morning and afternoon, told in one note."""
    grid = book[GRID]
    grid["F2"], grid["F3"], grid["F4"] = dt.time(13), dt.time(17), "x"
    grid["E1"], grid["E2"], grid["E3"] = None, dt.time(7), dt.time(11)
    grid["D1"], grid["G1"], grid["G2"], grid["G3"] = dt.date(2026, 12, 8), "T2", "7h", "11h"
    grid.merge_cells("D1:F1")
    notes = told(read_workbook, saved(book, tmp_path))
    week = read_workbook(saved(book, tmp_path))

    assert [(w.volunteer_id, w.start.day, w.start.hour) for w in week.availability] == [
        ("A1", 8, 7),
        ("A1", 8, 13),
        ("A2", 8, 7),
    ]
    (note,) = (n for n in notes if n.cell == "D1")
    assert note.sentence == "the date is merged over D1:F1 and holds for each of these columns"


def test_a_merged_title_above_a_grid_is_fine(book: Workbook, tmp_path: Path) -> None:
    """Nothing of the grid is lost."""
    before = read_workbook(tmp_path / "own.xlsx")
    grid = book[GRID]
    grid.insert_rows(1)
    grid["A1"] = "Week 50"
    grid.merge_cells("A1:E1")

    assert read_workbook(saved(book, tmp_path)) == before


@pytest.mark.parametrize("cell", ["F4", "C5", "AA4"])
def test_a_mark_in_a_column_without_a_session_is_a_fault(
    book: Workbook, tmp_path: Path, cell: str
) -> None:
    """Right of the sessions, or in the column of the labels: nobody would be asked to come."""
    book[GRID][cell] = "X"
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.sheet, fault.cell) == ("unnamed_column", GRID, cell)
    assert (fault.value, str(fault.remedy)[:7]) == ("X", "Move it")
    assert "[" not in fault_text(fault, "vi")


def test_notes_beside_a_grid_are_left_alone(book: Workbook, tmp_path: Path) -> None:
    """A count, a phone number, and a column of people's own with its heading."""
    before = read_workbook(tmp_path / "own.xlsx")
    grid = book[GRID]
    grid.insert_cols(3)
    grid["C3"], grid["C4"], grid["G4"], grid["G5"] = "Car", "x", 3, "call again"

    assert read_workbook(saved(book, tmp_path)) == before


def test_the_example_of_a_grid_is_known_by_its_id(book: Workbook, tmp_path: Path) -> None:
    """Also where another column was moved to the left of the ids."""
    before = read_workbook(tmp_path / "own.xlsx")
    grid = book[GRID]
    grid.insert_cols(1)
    grid["A3"], grid["A6"], grid["B6"], grid["E6"] = "Unit", "3", "(ví dụ) V00430", "x"

    assert read_workbook(saved(book, tmp_path)) == before


def test_a_grid_of_last_week_is_one_fault(book: Workbook, tmp_path: Path) -> None:
    """All windows lie outside the horizon: nobody could be planned, and that looked proven."""
    for cell in ("D1", "E1"):
        book[GRID][cell].value -= dt.timedelta(7)
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.cell) == ("outside_horizon", "D1")
    said = "all windows (2) lie outside the planned days, 2026-12-07 to 2026-12-13"
    assert said in str(fault.message)
    assert "[" not in fault_text(fault, "vi")


def test_windows_of_another_week_are_a_fault_in_all_forms(tmp_path: Path) -> None:
    """Tables and JSON too; one window that is inside makes it no fault."""
    text = "volunteer_id,date,start,end\nA1,2026-11-30,07:00,17:00\nA2,2026-12-06,13:00,24:00\n"
    (fault,) = faults(tmp_path, availability=text)
    problem = read(tmp_path)
    write_problem(problem, tmp_path / "week.json")
    moved = (tmp_path / "week.json").read_text(encoding="utf-8")
    for day in ("07T07:00", "07T17:00", "08T13:00", "08T17:00"):
        start = moved.index('"availability"')
        moved = moved[:start] + moved[start:].replace(f"2026-12-{day}", f"2027-12-{day}", 1)
    (tmp_path / "week.json").write_text(moved, encoding="utf-8")

    assert (fault.code, fault.where) == (
        "outside_horizon",
        "availability.csv, row 2, column date",
    )
    with pytest.raises(Exception, match="all windows"):
        read_problem(tmp_path / "week.json")


def test_a_window_that_is_lost_is_a_note(tmp_path: Path) -> None:
    """One date of 2027 among those of 2026 is told with its row; edges of the horizon are fine."""
    read(tmp_path, **replaced("availability", "A2,2026-12-08", "A2,2027-12-08"))
    first, *notes = told(read_week, tmp_path)
    early = "A2,2026-12-06,22:00,06:00"
    read(tmp_path, **replaced("availability", "A2,2026-12-08,13:00,17:00", early))
    none = told(read_week, tmp_path)

    assert [note.where for note in notes] == ["availability.csv, row 3, column date"]
    assert "A2 has a window outside the planned days, 2026-12-07 to" in str(notes[0].message)
    assert "[" not in fault_text(notes[0], "vi")
    assert (first.code, first.row) == ("cannot_come", 3)  # A2 is free on no other day
    assert [note.code for note in none] == ["cannot_come"]


def test_a_lost_window_of_a_grid_is_told_at_its_date(book: Workbook, tmp_path: Path) -> None:
    """The date stands in the head."""
    book[GRID]["E1"].value = dt.date(2027, 12, 8)
    notes = told(read_problem, saved(book, tmp_path))

    places = [(note.code, note.sheet, note.cell) for note in notes]
    assert places == [("cannot_come", GRID, "E1"), ("outside_horizon", GRID, "E1")]


def test_a_lost_window_of_json_is_a_note(tmp_path: Path) -> None:
    """The file and the entry are told."""
    read(tmp_path, **replaced("availability", "A2,2026-12-08", "A2,2027-12-08"))
    write_problem(read_week(tmp_path), tmp_path / "week.json")
    notes = told(read_problem, tmp_path / "week.json")

    assert [note.where for note in notes] == ["week.json, availability[1].start"] * 2


def test_marks_beside_words_or_under_a_heading_are_remarks(book: Workbook, tmp_path: Path) -> None:
    """A legend, a column with a heading in a row above the head, and a row of nobody."""
    before = read_workbook(tmp_path / "own.xlsx")
    grid = book[GRID]
    grid["H4"], grid["I4"], grid["H5"], grid["I5"] = "x", "đến được", "+", "rất muốn"
    grid.insert_rows(1)
    grid["K1"], grid["K5"] = "Đã gọi điện", "x"
    grid["G12"] = "x"

    assert read_workbook(saved(book, tmp_path)) == before


def test_hidden_rows_and_columns_are_read_and_told(book: Workbook, tmp_path: Path) -> None:
    """Whoever filters a sheet, or hides a day that is over, still has it in the week."""
    before = read_workbook(tmp_path / "own.xlsx")
    grid = book[GRID]
    grid.column_dimensions["E"].hidden = grid.column_dimensions["K"].hidden = True
    grid.row_dimensions[5].hidden = grid.row_dimensions[9].hidden = True
    path = saved(book, tmp_path)

    (note,) = told(read_workbook, path)

    assert read_workbook(path) == before
    assert note.sheet == GRID
    assert note.sentence == "2 rows and columns are hidden, but read: 5, E"
    assert "2 dòng và cột bị ẩn nhưng vẫn được đọc: 5, E" in fault_text(note, "vi")


def test_comments_of_people_are_told_of(book: Workbook, tmp_path: Path) -> None:
    """They may say when somebody can come; those of the template are no one's."""
    for cell in ("D4", "E5"):
        book[GRID][cell].comment = Comment("chỉ đến 10h", "Lan")
    path = saved(book, tmp_path)

    (note,) = told(read_workbook, path)

    assert (note.sheet, note.cell) == (GRID, "D4")
    assert note.sentence == "the comments of 2 cells are not read: D4, E5"
    assert "ghi chú của 2 ô không được đọc: D4, E5" in fault_text(note, "vi")


def test_cells_that_are_struck_through_are_told_of(book: Workbook, tmp_path: Path) -> None:
    """They are read, though whoever struck them through may have meant that they are over."""
    for cell in (book[GRID]["D4"], book["Volunteers"]["B3"]):
        cell.font = Font(strike=True)
    notes = told(read_workbook, saved(book, tmp_path))

    assert {(n.code, n.sheet, n.cell) for n in notes} == {
        ("doubtful_cells", GRID, "D4"),
        ("doubtful_cells", "Volunteers", "B3"),
    }
    assert "cell D4: cell D4 is struck through, but is read" in fault_text(notes[-1])
    assert "1 ô bị gạch ngang nhưng vẫn được đọc" in fault_text(notes[-1], "vi")


def test_a_name_typed_over_that_of_an_example_is_told_of(tmp_path: Path) -> None:
    """Its id still says that it is one, and a person would be lost."""
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7), "vi")
    book = load_workbook(tmp_path / "blank.xlsx")
    book["Tình nguyện viên"]["B2"] = "Lê Thị Hoa"
    notes: list[Fault] = []
    book_sheets(saved(book, tmp_path), notes.append, whole=False)

    assert [(n.code, n.sheet, n.cell) for n in notes] == [
        ("doubtful_cells", "Tình nguyện viên", "B2")
    ]
    assert "bị bỏ qua vì vẫn là dòng ví dụ dù đã đổi tên: B2. Hãy ghi đè" in fault_text(
        notes[0], "vi"
    )
