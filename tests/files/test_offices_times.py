"""What offices write for dates, hours and coordinates, from their file to what they are told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from books import faults_of, places, saved, tiny_book
from openpyxl import Workbook, load_workbook
from weeks import TINY, faults, read, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week, read_workbook
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.scoring import check
from shiftplan.week import Roster

GRID = "Availability grid"
WEEK = "start,days\n2026-12-07,14\n"
SHIFTS = "shift_id,center_id,date,start,end\n"
AVAILABILITY = "volunteer_id,date,start,end\n"


def told(folder: Path, **changed: str) -> tuple[Problem, list[str]]:
    """The tiny week with some tables changed, and how its cells were read, in English."""
    notes: list[Fault] = []
    week = {k: v for k, v in (TINY | changed).items() if v}
    problem = read_week(write_texts(folder, week), on_note=notes.append)
    lines = [fault_text(note, "en").splitlines()[0] for note in notes if note.code == "read_as"]
    return problem, lines


def spans(problem: Problem) -> list[str]:
    """Windows, such as `A1 12-07 07:00-11:00`."""
    return [f"{w.volunteer_id} {w.start:%m-%d %H:%M}-{w.end:%H:%M}" for w in problem.availability]


def as_text(table: str) -> str:
    """A table of the tiny week with its dates as Vietnamese offices type them."""
    return TINY[table].replace("2026-12-07", "07/12/2026").replace("2026-12-08", "08/12/2026")


def test_text_dates_beside_a_real_date_of_the_week(tmp_path: Path) -> None:
    """The sheet Week holds a real date; it decides what the texts of all other sheets are."""
    changed = {table: as_text(table) for table in ("availability", "shifts", "demand")}
    book = tiny_book(**changed, horizon="start,days\n2026-12-07,7\n")
    book["horizon"]["A2"] = dt.date(2026, 12, 7)
    notes: list[Fault] = []

    week = read_workbook(saved(book, tmp_path), on_note=notes.append)

    assert week.model_copy(update={"horizon": None}) == read(tmp_path).model_copy(
        update={"horizon": None}
    )
    assert [(n.sheet, n.cell, n.more) for n in notes if n.code == "read_as"] == [
        ("availability", "B2", 1),
        ("shifts", "C2", 1),
        ("demand", "B2", 0),
    ]
    assert fault_text(notes[0], "en") == (
        "week.xlsx, sheet availability, cell B2: '07/12/2026': read as 2026-12-07, with the day "
        "first; 1 more like this"
    )
    assert "được đọc là 07/12/2026 (ngày trước, tháng sau)" in fault_text(notes[0], "vi")


def test_dates_of_shifts_tell_the_week_where_no_table_does(tmp_path: Path) -> None:
    """One shift on the 13th proves the order of the shifts; their weeks decide the others."""
    shifts = as_text("shifts") + "S3,00430,13/12/2026,07:00,11:00\n"
    week, _ = told(tmp_path, shifts=shifts, availability=AVAILABILITY + "A1,7/12,07:00,17:00\n")

    assert (week.horizon.start, week.horizon.days) == (dt.date(2026, 12, 7), 7)
    assert spans(week) == ["A1 12-07 07:00-17:00"]


def test_the_start_of_the_week_may_be_told_by_the_shifts(tmp_path: Path) -> None:
    """A week of 7 days that holds the shifts of 7 and 8 December does not start in July."""
    week, notes = told(tmp_path, horizon="start,days\n07/12/2026,7\n")

    assert week.horizon.start == dt.date(2026, 12, 7)
    assert notes == [
        "horizon.csv, row 2, column start: '07/12/2026': read as 2026-12-07, with the day first"
    ]


@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        (
            "13/12/2026,08/12/2026,9/12/2026",
            "row 3, column date: '08/12/2026': read as 2026-12-08, with the day first",
        ),
        (
            "12/13/2026,12/8/2026,12/9/2026",
            "row 3, column date: '12/8/2026': read as 2026-12-08, with the month first",
        ),
        (
            "13/12/2026,12/12/2026,14/12/2026",
            "row 2, column date: '13/12/2026': read as 2026-12-13",
        ),
    ],
)
def test_the_note_on_dates_shows_one_that_may_be_read_in_two_ways(
    dates: str, shown: str, tmp_path: Path
) -> None:
    """Not the first, which can be nothing else; and it says what stands first."""
    rows = "".join(f"S{i},00430,{day},07:00,11:00\n" for i, day in enumerate(dates.split(",")))

    _, notes = told(tmp_path, shifts=SHIFTS + rows, horizon=WEEK, requirements="")

    assert f"shifts.csv, {shown}; 2 more like this" in notes


def test_the_note_on_a_number_writes_decimals_as_its_language_does(tmp_path: Path) -> None:
    """A note on a comma that could also separate thousands."""
    notes: list[Fault] = []
    centers = TINY["centers"].replace("10.01", '"10,386"')
    read_week(write_texts(tmp_path, TINY | {"centers": centers}), on_note=notes.append)
    (note,) = (note for note in notes if note.column == "lat")

    assert fault_text(note, "vi").endswith("được đọc là 10,386 (dấu phẩy là dấu thập phân)")
    assert fault_text(note, "en").endswith("read as 10.386; the comma is a decimal sign")


def test_dates_that_nothing_decides_are_one_fault_a_column(tmp_path: Path) -> None:
    """Every date of every table is unclear: each column says so once, and how often."""
    rows = "".join(f"S{i},00430,0{i % 5 + 1}/12/2026,07:00,11:00\n" for i in range(3, 1022))
    changed = {table: as_text(table) for table in ("availability", "demand")}
    found = faults(tmp_path, shifts=SHIFTS + rows, requirements="", **changed)

    assert [(f.code, f.table, f.row, f.more) for f in found] == [
        ("ambiguous_date", "availability", 2, 1),
        ("ambiguous_date", "shifts", 2, 1018),
        ("ambiguous_date", "demand", 2, 0),
    ]
    assert "nothing in the file shows whether the day or the month" in fault_text(found[1], "en")
    assert "ngày hay tháng đứng trước" in fault_text(found[1], "vi")


def test_days_and_hours_as_people_write_them(tmp_path: Path) -> None:
    """Names of days, hours in one cell and words for parts of the day, without a column `end`."""
    rows = "A1,Thứ 2 7/12,7h-11h\nA2,T3,Chiều\nA1,CN 13/12,cả ngày\nA2,Mon 7 Dec,7h30–11h\n"
    week, notes = told(tmp_path, availability="volunteer_id,date,start\n" + rows)

    assert spans(week) == [
        "A1 12-07 07:00-11:00",
        "A2 12-08 13:00-17:00",
        "A1 12-13 07:00-17:00",
        "A2 12-07 07:30-11:00",
    ]
    assert notes == [
        "availability.csv, row 2, column start: '7h-11h': read as 07:00 to 11:00; 3 more like this",
        "availability.csv, row 2, column date: 'Thứ 2 7/12': read as 2026-12-07; 3 more like this",
    ]


@pytest.mark.parametrize(
    ("row", "column", "english", "vietnamese"),
    [
        (
            "A1,2026-12-07,Ghi chú,11:00",
            "start",
            "it is not a time; times are written 07:00",
            "đây không phải là giờ; giờ ghi như 07:00",
        ),
        (
            "A1,2026-12-07,7h-11h,12:00",
            "start",
            "this is a span of hours, but one time is needed",
            "đây là một khoảng giờ, nhưng ô này cần một giờ",
        ),
        (
            "A1,2026-12-07,Tối,",
            "start",
            "no shift is in this part of the day",
            "không có ca nào trong buổi này",
        ),
        (
            "A1,2026-12-07,7-11,",
            "start",
            "Did you mean 07:00-11:00?",
            "Có thể ý là 07:00-11:00.",
        ),
        ("A1,2026-12-07,07:00,", "end", "a value is required here", "phải có giá trị"),
        (
            "A1,T3 7/12,07:00,11:00",
            "date",
            "the date is Mon 07 Dec, but the weekday beside it is that of Tue 08 Dec",
            "ngày ghi là thứ Hai 07/12, còn thứ ghi kèm lại ứng với thứ Ba 08/12",
        ),
    ],
)
def test_what_cannot_be_read_says_why(
    tmp_path: Path, row: str, column: str, english: str, vietnamese: str
) -> None:
    """One fault for a row, with the reason that is meant."""
    (fault,) = faults(tmp_path, availability=f"{AVAILABILITY}{row}\n")

    assert (fault.row, fault.column) == (2, column)
    assert english in fault_text(fault, "en")
    assert vietnamese in fault_text(fault, "vi")


def test_decimal_commas_of_coordinates_and_shares(tmp_path: Path) -> None:
    """10386 is no latitude and 1000 no share; 2,125 arrivals may be 2125: refused."""
    centers = 'center_id,name,lat,lon\n00430,A,"10,386","105,435"\n00431,B,"-1,386","5,001"\n'
    people = 'volunteer_id,skill.portal,show_rate\nA1,3,"1,000"\nA2,0,"0,91"\n'
    week, notes = told(tmp_path, centers=centers, volunteers=people)
    demand = TINY["demand"].replace("2.5", '"2,125"')

    assert [(c.lat, c.lon) for c in week.centers] == [(10.386, 105.435), (-1.386, 5.001)]
    assert [v.show_rate for v in week.volunteers] == [1, 0.91]
    assert notes[0] == (
        "centers.csv, row 2, column lat: '10,386': read as 10.386; the comma is a decimal sign; "
        "1 more like this"
    )
    assert [f.code for f in faults(tmp_path, demand=demand)] == ["ambiguous_number"]


@pytest.fixture
def grid_book(tmp_path: Path) -> Workbook:
    """The tiny week: A1 comes on Monday (D), A2 on Tuesday afternoon (E)."""
    write_workbook(read(tmp_path), tmp_path / "own.xlsx", "en")
    return load_workbook(tmp_path / "own.xlsx")


def test_headings_of_a_grid(grid_book: Workbook, tmp_path: Path) -> None:
    """Names of days and parts of the day as headings mean what columns of a table mean."""
    grid = grid_book[GRID]
    grid["D1"], grid["D2"], grid["D3"] = "Thứ 2 7/12", "7h-11h", None
    grid["E1"], grid["E2"], grid["E3"] = "T3", "Chiều", "Chiều"
    notes: list[Fault] = []

    week = read_workbook(saved(grid_book, tmp_path), on_note=notes.append)

    assert spans(week) == ["A1 12-07 07:00-11:00", "A2 12-08 13:00-17:00"]
    assert [(n.sheet, n.cell, str(n.message), n.more) for n in notes] == [
        (GRID, "D2", "read as 07:00 to 11:00", 1),
        (GRID, "D1", "read as 2026-12-07", 1),
    ]


def test_a_grid_whose_head_has_no_row_for_ends(grid_book: Workbook, tmp_path: Path) -> None:
    """Hours in one cell need no row below for their ends; a time alone does."""
    grid = grid_book[GRID]
    grid["C3"] = grid["D3"] = grid["E3"] = None
    grid["D2"], grid["E2"] = "Sáng", "13:00-17:00"
    week = read_workbook(saved(grid_book, tmp_path))
    grid["D2"] = "07:00"
    found = faults_of(saved(grid_book, tmp_path))

    assert spans(week) == ["A1 12-07 07:00-11:00", "A2 12-08 13:00-17:00"]
    assert places(found) == [("not_a_time", GRID, "D2")]
    assert found[0].value == "07:00"


def test_a_heading_that_cannot_be_read(grid_book: Workbook, tmp_path: Path) -> None:
    """A fault for each heading, at its cell, and none for the marks below."""
    grid = grid_book[GRID]
    grid["D1"], grid["E2"], grid["E3"] = "Thứ 3 7/12", "Tối", None

    found = faults_of(saved(grid_book, tmp_path))

    assert places(found) == [("not_a_date", GRID, "D1"), ("not_a_time", GRID, "E2")]


def joined(folder: Path, rows: str, shifts: str) -> tuple[Problem, list[Fault]]:
    """The tiny week with windows and shifts, and the notes on windows that are joined."""
    notes: list[Fault] = []
    changed = {"availability": f"{AVAILABILITY[:-1]},state\n{rows}", "shifts": SHIFTS + shifts}
    week = TINY | changed | {"requirements": "shift_id,target\nS1,1\n", "demand": ""}
    texts = {name: text for name, text in week.items() if text}
    problem = read_week(write_texts(folder, texts), on_note=notes.append)
    return problem, [note for note in notes if note.code == "joined_windows"]


def test_marks_of_two_sessions_cover_a_shift_between_them(tmp_path: Path) -> None:
    """Who can come 08-12 and 12-16 can work a shift 10-14, and does not lose it unheard."""
    rows = "A1,2026-12-07,08:00,12:00,\nA1,2026-12-07,12:00,16:00,\n"
    week, notes = joined(tmp_path, rows, "S1,00430,2026-12-07,10:00,14:00\n")
    roster = Roster.of([("S1", "A1")])

    assert check(week, roster).is_feasible
    assert [fault_text(note, "en") for note in notes] == [
        "availability.csv, row 3, column start: '12:00': windows of A1 touch and count as one, "
        "from 2026-12-07 08:00 to 2026-12-07 16:00 (row 2)"
    ]
    assert "nối liền nhau, được tính là một khung từ" in fault_text(notes[0], "vi")


def test_windows_that_overlap_are_joined_with_a_note(tmp_path: Path) -> None:
    """08-12 beside 10-14 is 08-14; of different states the less welcome counts."""
    rows = (
        "A1,2026-12-07,08:00,12:00,\nA1,2026-12-07,10:00,14:00,\n"
        "A2,2026-12-07,08:00,12:00,preferred\nA2,2026-12-07,10:00,14:00,undesired\n"
        "A2,2026-12-08,08:00,12:00,undesired\nA2,2026-12-08,12:00,14:00,available\n"
    )
    shifts = "S1,00430,2026-12-07,08:00,14:00\nS2,00430,2026-12-07,08:00,10:00\n"
    week, notes = joined(tmp_path, rows, shifts)
    state = week.offers.state
    first, second = week.volunteers

    assert [state(first, s) for s in week.shifts] == ["available"] * 2
    assert [state(second, s) for s in week.shifts] == ["undesired", "preferred"]
    assert [(note.row, str(note.message)) for note in notes] == [
        (
            5,
            "windows of A2 overlap and count as one, but one is preferred, the other undesired; a "
            "shift that lies in both, even in part, counts as the less wanted",
        ),
        (
            3,
            "windows of A1 overlap and count as one, from 2026-12-07 08:00 to 2026-12-07 14:00",
        ),
        (
            7,
            "windows of A2 touch and count as one, but one is undesired, the other available; a "
            "shift that lies in both counts as the less wanted",
        ),
    ]


@pytest.fixture
def vietnamese_book(tmp_path: Path) -> Workbook:
    """A week of 60 shifts and 29 people in the Vietnamese template."""
    people = "".join(f"V{i:03},Người {i},00430,0\n" for i in range(2, 31))
    rows = [f"S{i},00430,2026-12-{7 + i % 7:02},07:00,11:00\n" for i in range(1, 61)]
    windows = "".join(f"V{i:03},2026-12-07,07:00,17:00\n" for i in range(2, 31))
    week = {
        "volunteers": "volunteer_id,name,home_center_id,skill.portal\n" + people,
        "shifts": SHIFTS + "".join(rows),
        "availability": AVAILABILITY + windows,
        "requirements": "shift_id,target\n" + "".join(f"S{i},1\n" for i in range(1, 61)),
    }
    write_workbook(read(tmp_path, **week, demand=""), tmp_path / "own.xlsx", "vi")
    return load_workbook(tmp_path / "own.xlsx")


def test_merged_cells_are_one_fault_each_in_the_order_of_the_sheet(
    vietnamese_book: Workbook, tmp_path: Path
) -> None:
    """What a merge covers has no fault of its own, and neither has what names its ids."""
    for ref in ("B36:B40", "B47:B50", "B3:B6", "A10:A12"):
        vietnamese_book["Ca trực"].merge_cells(ref)
    found = faults_of(saved(vietnamese_book, tmp_path))

    assert places(found) == [
        ("merged_cells", "Ca trực", cell) for cell in ("B3", "A10", "B36", "B47")
    ]
    assert fault_text(found[0], "vi") == (
        "tệp week.xlsx, trang Ca trực, ô B3: các ô B3:B6 bị gộp; mỗi dòng cần giá trị riêng. "
        "Hãy bỏ gộp và điền vào từng ô."
    )


def test_faults_of_a_row_are_told_from_left_to_right(
    vietnamese_book: Workbook, tmp_path: Path
) -> None:
    """Of a sheet first the rows, then the columns."""
    shifts = vietnamese_book["Ca trực"]
    shifts["D36"] = shifts["D3"] = shifts["C3"] = "Ghi chú"
    shifts["B36"] = None
    found = faults_of(saved(vietnamese_book, tmp_path))

    assert [fault.cell for fault in found] == ["C3", "D3", "B36", "D36"]


def test_a_person_of_another_number_is_not_suggested(
    vietnamese_book: Workbook, tmp_path: Path
) -> None:
    """Nobody means V030, or V010, by V001."""
    vietnamese_book["Bảng đăng ký"]["A6"] = "V001"
    (fault,) = faults_of(saved(vietnamese_book, tmp_path))

    assert "V030" not in fault_text(fault, "en")
    assert "V010" not in fault_text(fault, "vi")
    assert "trong trang Tình nguyện viên" in fault_text(fault, "vi")


def test_messages_use_the_words_of_the_sheets(vietnamese_book: Workbook, tmp_path: Path) -> None:
    """A sheet without rows, and one that is not there, are told by their titles."""
    needs = vietnamese_book["Nhu cầu người"]
    needs.delete_rows(2, needs.max_row)
    notes: list[Fault] = []
    read_workbook(saved(vietnamese_book, tmp_path), on_note=notes.append)
    del vietnamese_book["Nhu cầu người"]
    read_workbook(saved(vietnamese_book, tmp_path), on_note=notes.append)

    told = [fault_text(note, "vi") for note in notes if note.table == "requirements"]
    assert told[0] == (
        "tệp week.xlsx, trang Nhu cầu người: trang Nhu cầu người trống nên không ca nào cần người"
    )
    assert told[1].startswith("tệp week.xlsx, bảng Nhu cầu người: trang Nhu cầu người trống")
    assert not any("requirements" in text for text in told)
