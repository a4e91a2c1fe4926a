"""Weeks as workbooks: round trips, names in two languages, the grid, habits of spreadsheets."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from books import faults_of, places, saved, tiny_book, with_parts
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from strategies import problems
from weeks import TINY, read, replaced

from shiftplan.errors import Fault, InputError, MissingExtraError
from shiftplan.files import read_problem, read_week, read_workbook, workbook
from shiftplan.present import write_template, write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Lang
from shiftplan.problem import Problem
from shiftplan.problem.profile import recommended_rules
from shiftplan.week.records import Availability, Volunteer

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"
tolerant = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tolerant
@given(problems())
def test_workbook_round_trip(problem: Problem) -> None:
    """A week written as a workbook and read is an equal problem, whatever the problem."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.xlsx"
        write_workbook(problem, path, "vi")

        assert read_problem(path) == problem


def test_texts_make_the_problem_of_the_csv_files(tmp_path: Path) -> None:
    """A workbook whose cells are all text, under the names of the format, is read as its CSV."""
    assert read_workbook(saved(tiny_book(), tmp_path)) == read(tmp_path)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_headings_of_both_languages_are_understood(tmp_path: Path, lang: Lang) -> None:
    """A week with headings and words of either language comes back equal."""
    problem = read(tmp_path)
    write_workbook(problem, tmp_path / "week.xlsx", lang)

    assert read_workbook(tmp_path / "week.xlsx") == problem


def test_availability_stands_in_the_grid(tmp_path: Path) -> None:
    """Windows of a few sessions become marks, and the exact table stays empty."""
    write_workbook(read(tmp_path), tmp_path / "week.xlsx", "en")
    book = load_workbook(tmp_path / "week.xlsx")

    grid = book["Availability grid"]
    assert [grid["D1"].value.date(), grid["D2"].value] == [dt.date(2026, 12, 7), dt.time(7)]
    assert [[c.value for c in row] for row in grid["A4:E5"]] == [
        ["A1", "An", None, "x", None],
        ["A2", "Bình", None, None, "+"],
    ]
    assert book["Availability"]["A2"].value.startswith("(example)")


def test_grid_and_table_say_the_same_once(tmp_path: Path) -> None:
    """A mark that repeats a row of the table is no second window; another state is told."""
    write_workbook(read(tmp_path), tmp_path / "week.xlsx", "en")
    book = load_workbook(tmp_path / "week.xlsx")
    row = ["A1", dt.date(2026, 12, 7), dt.time(7), dt.time(17), "available"]
    for place, value in enumerate(row, start=1):
        book["Availability"].cell(3, place).value = value
    same = read_workbook(saved(book, tmp_path, "same.xlsx"))
    book["Availability"].cell(3, 5).value = "undesired"
    notes: list[Fault] = []
    read_workbook(saved(book, tmp_path, "other.xlsx"), on_note=notes.append)

    assert len(same.availability) == 2
    assert places(tuple(notes)) == [("joined_windows", "Availability grid", "D4")]
    assert "(row 3)" in notes[0].sentence


def test_faults_of_a_grid_name_its_cells(tmp_path: Path) -> None:
    """A wrong mark, an unknown person and a session without a time are found at their cells."""
    write_workbook(read(tmp_path), tmp_path / "week.xlsx", "en")
    book = load_workbook(tmp_path / "week.xlsx")
    grid = book["Availability grid"]
    grid["E4"].value = "maybe"
    grid["A5"].value = "A9"
    grid["F1"].value, grid["F2"].value = dt.date(2026, 12, 9), dt.time(7)
    grid["F4"].value = "x"

    assert places(faults_of(saved(book, tmp_path))) == [
        ("missing_value", "Availability grid", "F3"),
        ("not_one_of", "Availability grid", "E4"),
        ("unknown_id", "Availability grid", "A5"),
    ]


def test_dates_and_times_may_be_numbers(tmp_path: Path) -> None:
    """Days counted since 1900, parts of a day and real dates all mean what a spreadsheet shows."""
    book = tiny_book()
    shifts = book["shifts"]
    shifts["C2"].value, shifts["D2"].value = 46363, 7 / 24
    shifts["C3"].value, shifts["E3"].value = dt.datetime(2026, 12, 8), 17 / 24
    book["availability"]["D3"].value = dt.timedelta(hours=24)
    problem = read_workbook(saved(book, tmp_path))

    assert [(s.start, s.end) for s in problem.shifts] == [
        (dt.datetime(2026, 12, 7, 7), dt.datetime(2026, 12, 7, 11)),
        (dt.datetime(2026, 12, 8, 13), dt.datetime(2026, 12, 8, 17)),
    ]
    assert problem.availability[1].end == dt.datetime(2026, 12, 9)


@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_day_of_24_hours_may_be_a_number(tmp_path: Path, epoch: dt.datetime) -> None:
    """The number 1 that is shown as a time is 24:00, from whichever year a workbook counts."""
    book = tiny_book()
    book.epoch = epoch
    end = book["availability"]["D3"]
    end.value, end.number_format = 1, "hh:mm"

    problem = read_workbook(saved(book, tmp_path))

    assert problem.availability[1].end == dt.datetime(2026, 12, 9)


def test_ids_that_lost_their_zeros_are_faults(tmp_path: Path) -> None:
    """The number 431 is not the id 00431; a format that shows its zeros gives them back."""
    book = tiny_book()
    book["centers"]["A3"].value = 431
    lost = faults_of(saved(book, tmp_path, "lost.xlsx"))
    book["centers"]["A3"].number_format = "00000"
    kept = read_workbook(saved(book, tmp_path, "kept.xlsx"))

    assert ("ambiguous_number", "centers", "A3") in places(lost)
    assert "00431" in str(lost[0].remedy)
    assert [c.center_id for c in kept.centers] == ["00430", "00431"]


def test_what_a_spreadsheet_made_of_text_is_a_fault(tmp_path: Path) -> None:
    """An id that became a date, a number of too many digits, an error, a formula without value."""
    book = tiny_book()
    book["volunteers"]["A2"].value = dt.datetime(2026, 7, 12)
    book["shifts"]["A2"].value = 12345678901234567
    book["centers"]["C2"].value = "#N/A"
    book["centers"]["C2"].data_type = "e"
    book["centers"]["D3"].value = "=D2+1"

    found = places(faults_of(saved(book, tmp_path)))
    assert ("error_value", "centers", "C2") in found
    assert ("formula_without_value", "centers", "D3") in found
    assert ("changed_by_spreadsheet", "volunteers", "A2") in found
    assert ("changed_by_spreadsheet", "shifts", "A2") in found


def test_values_of_formulas_count(tmp_path: Path) -> None:
    """A formula is read with the value that was saved with it."""
    book = tiny_book()
    book["centers"]["F2"].value = "=1+1"
    path = saved(book, tmp_path)
    saved_as = rb"<f>1+1</f><v>2</v>"
    with_parts(path, sheet1=lambda xml: re.sub(rb"<f>1\+1</f><v ?(/>|></v>)", saved_as, xml))

    assert read_workbook(path).centers[0].capacity == 2


def test_merged_cells_are_a_fault(tmp_path: Path) -> None:
    """Cells merged over several rows leave blanks that nobody sees."""
    book = tiny_book()
    book["shifts"].merge_cells("B2:B3")

    assert ("merged_cells", "shifts", "B2") in places(faults_of(saved(book, tmp_path)))


def test_all_faults_come_at_once_in_one_line_each(tmp_path: Path) -> None:
    """Faults of several sheets are told together, each with file, sheet and cell, in one line."""
    book = tiny_book(**replaced("shifts", "00431", "00439"), **replaced("availability", "A2", "A7"))
    texts = [str(fault) for fault in faults_of(saved(book, tmp_path))]

    assert all("\n" not in text for text in texts)
    assert any(text.startswith("week.xlsx, sheet shifts, cell B3: '00439'") for text in texts)
    assert any(text.startswith("week.xlsx, sheet availability, cell A3: 'A7'") for text in texts)


def test_missing_and_misspelt_sheets_are_named(tmp_path: Path) -> None:
    """A needed sheet that is not there is named; one with nearly its name is suggested."""
    book = tiny_book(shifts="")
    book["centers"].title = "Centres"
    faults = faults_of(saved(book, tmp_path))

    assert [f.table for f in faults if f.code == "missing_sheet"] == ["centers", "shifts"]
    assert "'Centres'" in str(faults[0].remedy)


def test_values_beside_the_table_are_faults(tmp_path: Path) -> None:
    """A note in a column without a heading is told with its cell."""
    book = tiny_book()
    book["shifts"]["H3"].value = "closed?"

    assert places(faults_of(saved(book, tmp_path))) == [("unnamed_column", "shifts", "H3")]


@pytest.mark.parametrize("blank_rows", [0, 1])
def test_a_title_above_the_header_is_noted(tmp_path: Path, blank_rows: int) -> None:
    """The table is read from its header on; faults and notes have the rows of the sheet."""
    book = tiny_book()
    before = read_workbook(saved(book, tmp_path))
    people = book["volunteers"]
    people.insert_rows(1, 1 + blank_rows)
    people["A1"].value, people["C1"].value = "Volunteers of An Giang", "2026"
    people.merge_cells("A1:B1")
    notes: list[Fault] = []

    assert read_workbook(saved(book, tmp_path), on_note=notes.append) == before
    (note,) = (n for n in notes if n.sheet == "volunteers")
    assert (note.code, note.row) == ("read_as", 2 + blank_rows)
    assert f"the header is in row {2 + blank_rows};" in str(note.message)
    assert "[" not in fault_text(note, "vi")
    people.cell(3 + blank_rows, 3).value = "nowhere"
    (fault,) = faults_of(saved(book, tmp_path))
    assert (fault.code, fault.cell) == ("unknown_id", f"C{3 + blank_rows}")


@pytest.mark.parametrize(
    ("typed", "number_format", "value", "meant"),
    [
        (7, "General", "7", "07:00"),
        (7, "hh:mm", "7", "07:00"),
        (13, "[hh]:mm", "13", "13:00"),
        (730, "hh:mm", "730", "07:30"),
        (1330, "hh:mm", "1330", "13:30"),
    ],
)
@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_number_where_a_time_is_needed(
    tmp_path: Path, typed: int, number_format: str, value: str, meant: str, epoch: dt.datetime
) -> None:
    """The number is told as it was typed, whatever time it is shown as."""
    book = tiny_book()
    book.epoch = epoch
    cell = book["shifts"]["D2"]
    cell.value, cell.number_format = typed, number_format
    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.cell, fault.value) == ("not_a_time", "D2", value)
    assert str(fault.remedy) == f"Did you mean {meant}?"


def test_headings_may_be_moved_and_blank_rows_left(tmp_path: Path) -> None:
    """Columns in another order and blank rows and columns change nothing."""
    book = tiny_book()
    book["shifts"].insert_rows(3, 4)
    book["shifts"].move_range("A1:A7", cols=8)

    assert read_workbook(saved(book, tmp_path)) == read(tmp_path)


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_template_is_filled_in(tmp_path: Path, lang: Lang) -> None:
    """A template that nobody filled in says so; with rows it is a week with recommended rules."""
    path = tmp_path / "week.xlsx"
    write_template(path, dt.date(2026, 12, 7), lang)
    blank = faults_of(path)
    book = load_workbook(path)
    centers, people, grid, shifts = (book.worksheets[i] for i in (2, 4, 5, 7))
    for place, value in enumerate(["00430", "Rạch Giá", "xã", 10.01, 105.08], start=1):
        centers.cell(3, place).value = value
    people["A3"].value, people["C3"].value = "A1", "00430"
    grid["A5"].value, grid["E5"].value = "A1", "-"
    row = ["S1", "00430", dt.date(2026, 12, 7), dt.time(13), dt.time(17)]
    for place, cell_value in enumerate(row, start=1):
        shifts.cell(3, place).value = cell_value
    problem = read_workbook(saved(book, tmp_path))

    assert [f.code for f in blank] == ["empty_file"]
    assert problem.rules == Problem(**{**dict(problem), "rules": recommended_rules()}).rules
    assert problem.volunteers == (Volunteer(volunteer_id="A1", home_center_id="00430"),)
    (window,) = problem.availability
    assert window == Availability(
        volunteer_id="A1",
        start=dt.datetime(2026, 12, 7, 13),
        end=dt.datetime(2026, 12, 7, 17),
        state="undesired",
    )


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_an_example_stays_one_where_columns_are_moved(tmp_path: Path, lang: Lang) -> None:
    """The mark goes with its column; the person of the example must not become a real one."""
    write_template(tmp_path / "blank.xlsx", dt.date(2026, 12, 7), lang)
    book = load_workbook(tmp_path / "blank.xlsx")
    for sheet in (book.worksheets[2], book.worksheets[4]):
        first, second = sheet["A2"].value, sheet["B2"].value
        sheet["A1"], sheet["B1"] = sheet["B1"].value, sheet["A1"].value
        sheet["A2"], sheet["B2"] = second, unicodedata.normalize("NFD", first)

    assert [f.code for f in faults_of(saved(book, tmp_path))] == ["empty_file"]


def test_ids_that_look_like_examples_are_refused(tmp_path: Path) -> None:
    """Nothing is written that reading would leave out."""
    problem = read(tmp_path)
    odd = (*problem.volunteers, Volunteer(volunteer_id="(ví dụ) An"))

    with pytest.raises(InputError, match="read as an example"):
        write_workbook(problem.model_copy(update={"volunteers": odd}), tmp_path / "week.xlsx")


def test_texts_never_become_formulas(tmp_path: Path) -> None:
    """Names that start like a formula are stored as text, and come back."""
    week = TINY["centers"].replace("Rạch Giá", "=HYPERLINK(1)")
    write_workbook(read(tmp_path, centers=week), tmp_path / "week.xlsx")
    cell = load_workbook(tmp_path / "week.xlsx")["Centers"]["B2"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert read_workbook(tmp_path / "week.xlsx").centers[0].name == "=HYPERLINK(1)"


def test_a_province_is_the_same_problem(tmp_path: Path) -> None:
    """The week of a whole province comes back from a workbook as an equal problem."""
    problem = read_week(AN_GIANG)
    small = problem.model_copy(update={"demand": problem.demand[:200]})
    write_workbook(small, tmp_path / "week.xlsx", "vi")

    assert read_workbook(tmp_path / "week.xlsx") == small


def test_without_the_package_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without openpyxl the error says what to install, as for every other package."""
    path = saved(tiny_book(), tmp_path)
    monkeypatch.setattr(workbook, "find_spec", lambda name: None)

    with pytest.raises(MissingExtraError, match=r"openpyxl.*\n.*PLACE\[excel\]"):
        read_workbook(path)
