"""Rosters that people write themselves: by ids or names, dates and hours."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from own_rosters import PEOPLE, ROSTER, book_of, csv_of, told
from weeks import read, refused

from shiftplan.files import read_roster
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.testing.pictures import plan
from shiftplan.week.roster import Roster

NAMED = "Ngày,Giờ bắt đầu,Trung tâm,Họ và tên\n"


@pytest.fixture
def week(tmp_path: Path) -> Problem:
    """The tiny week, with two people of one name at two centers."""
    return read(tmp_path, volunteers=PEOPLE)


@pytest.mark.parametrize(
    "text",
    [
        "shift_id,volunteer_id\nS1,A1\nS2,A2\n",
        "Trung tâm,Ngày,Ca,Họ tên\nRạch Giá,7/12/2026,Sáng,An\nHòn Đất,8/12/2026,Chiều,Bình\n",
        "Mã ca;Mã tình nguyện viên\nS1;A1\nS2;A2\n",
        "Shift id,Name\nS1,An\nS2,binh\n",
        NAMED + "2026-12-07,7h,Rạch Giá,An\n2026-12-08,13:00,hon dat,Bình\n",
        NAMED + "7/12/2026,07:00,00430,A1\nThứ 3 8/12,13h00,00431,A2\n",
        "Date,Start,End,Center,Volunteer,Phone\n2026-12-07,07:00,11:00,Rạch Giá,An,1\n"
        "2026-12-08,13:00,17:00,Hòn Đất,Bình,2\n",
    ],
)
def test_a_roster_is_told_by_ids_or_by_what_people_see(
    tmp_path: Path, week: Problem, text: str
) -> None:
    """Also as a sheet of a workbook, beside other sheets and below a title."""
    separator = ";" if ";" in text else ","
    rows = [tuple(line.split(separator)) for line in text.splitlines()]

    assert read_roster(csv_of(tmp_path, text), of=week) == ROSTER
    assert read_roster(csv_of(tmp_path, f"Lịch trực tuần 50\n{text}"), of=week) == ROSTER
    path = book_of(tmp_path, ("Lịch trực tuần 50",), (), *rows)
    book = load_workbook(path)
    book.create_sheet("Notes").append(["Call", "them"])
    book.save(path)
    assert read_roster(path, of=week) == ROSTER


def test_dates_and_times_of_a_workbook_are_read(tmp_path: Path, week: Problem) -> None:
    """As the cells hold them."""
    head = ("Date", "Start", "Center", "Name")
    day, clock = dt.date(2026, 12, 7), dt.time(7)

    path = book_of(tmp_path, head, (day, clock, "Rạch Giá", "An"))

    assert read_roster(path, of=week) == Roster.of([("S1", "A1")])


WRONG = [
    ("shift_id,volunteer\nS1,Trần Lan\n", "ambiguous_name", "volunteer", "A3 (Trần Lan, Rạch Giá)"),
    ("shift_id,volunteer\nS1,Nobody\n", "unknown_id", "volunteer", "no such volunteer"),
    ("shift_id,volunteer_id\nS1,Trần Lan\n", "ambiguous_name", "volunteer_id", "A4 (Trần Lan"),
    (NAMED + "2026-12-07,08:00,00430,A1\n", "unknown_id", "start", "on that day it has S1"),
    (NAMED + "2026-12-09,07:00,00430,A1\n", "unknown_id", "start", "has no shift on that day"),
    (NAMED + "2026-12-07,07:00,Nowhere,A1\n", "unknown_id", "center", "no such center"),
    (NAMED + "someday,07:00,00430,A1\n", "not_a_date", "date", ""),
    (NAMED + "2026-12-07,,00430,A1\n", "missing_value", "start", ""),
    (NAMED + "2026-12-07,07:00,00430,\n", "missing_value", "volunteer", ""),
    ("shift_id,volunteer_id,date\nS1,A1,2026-12-08\n", "outside_horizon", "date", "2026-12-07"),
    ("shift_id,volunteer_id,start\nS1,A1,08:00\n", "invalid_value", "start", "from 07:00 to"),
    ("shift_id,volunteer_id,end\nS1,A1,12:00\n", "invalid_value", "end", "from 07:00 to 11:00"),
    ("shift_id,volunteer_id,center\nS1,A1,Hòn Đất\n", "invalid_value", "center", "00430"),
    ("shift_id,volunteer_id,volunteer\nS1,A1,Cô Ba\n", "invalid_value", "volunteer", "A1 is An"),
    ("shift_id,note\nS1,x\n", "missing_column", "volunteer_id", ""),
]


@pytest.mark.parametrize(("text", "code", "column", "says"), WRONG)
def test_what_cannot_be_meant_is_a_fault(
    tmp_path: Path, week: Problem, text: str, code: str, column: str, says: str
) -> None:
    """At its cell, with what is known; nothing is guessed."""
    (fault,) = refused(read_roster, csv_of(tmp_path, text), of=week)

    assert (fault.code, fault.column) == (code, column)
    assert says in fault_text(fault)
    assert "[" not in fault_text(fault, "vi")


def test_namesakes_are_told_apart_by_their_home(tmp_path: Path, week: Problem) -> None:
    """In a column beside, or behind the name."""
    text = 'shift_id,volunteer,home_center\nS1,Trần Lan,Rạch Giá\nS2,"Trần Lan, Hòn Đất",\n'

    assert read_roster(csv_of(tmp_path, text), of=week) == Roster.of([("S1", "A3"), ("S2", "A4")])


def test_shifts_of_one_start_are_told_apart_by_their_end(tmp_path: Path) -> None:
    """Or refused with both."""
    shifts = "shift_id,center_id,date,start,end\n"
    shifts += "S1,00430,2026-12-07,20:00,24:00\nS2,00430,2026-12-07,20:00,06:00\n"
    week = read(tmp_path, shifts=shifts)
    head, row = "date,start,end,center,volunteer\n", "2026-12-07,20:00,{},00430,An\n"

    for end, shift in (("24:00", "S1"), ("00:00", "S1"), ("06:00", "S2")):
        path = csv_of(tmp_path, head + row.format(end))
        assert read_roster(path, of=week) == Roster.of([(shift, "A1")])
    (fault,) = refused(read_roster, csv_of(tmp_path, head + row.format("")), of=week)
    assert (fault.code, fault.sentence) == (
        "ambiguous_name",
        "more than one shift matches: S1 and S2",
    )


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (("A", "B"), "several sheets could hold the list: A, B"),
        (("A", "Roster"), ""),
        (("Danh sách phân công", "B"), ""),
    ],
)
def test_of_several_lists_the_one_with_the_name_is_read(
    tmp_path: Path, week: Problem, titles: tuple[str, str], says: str
) -> None:
    """Without it nobody knows which one counts."""
    book = Workbook()
    book.remove(book.active)
    for title in titles:
        sheet = book.create_sheet(title)
        sheet.append(["shift_id", "volunteer_id"])
        sheet.append(["S1", "A1" if title in ("Roster", "Danh sách phân công") else "A2"])
    path = tmp_path / "own.xlsx"
    book.save(path)

    if says:
        (fault,) = refused(read_roster, path, of=week)
        assert says in str(fault.message)
    else:
        assert read_roster(path, of=week) == Roster.of([("S1", "A1")])


def test_a_long_text_is_no_name(tmp_path: Path, week: Problem) -> None:
    """A hundred thousand blanks between two letters are looked at once, not once for each."""
    text = f"shift_id,volunteer\nS1,a{' ' * 100_000}b\n"

    (fault,) = refused(read_roster, csv_of(tmp_path, text), of=week)

    assert fault.code == "unknown_id"


BY_HOURS = [
    "Ngày,Giờ,Trung tâm,Họ tên\n7/12,7h-11h,Rạch Giá,An\n",
    "Ngày,Ca,Đơn vị,Họ tên\n7/12,Sáng,Rạch Giá,An\n",
    "Ngày,Từ,Đến,Điểm trực,Người trực\n7/12,7h-11h,,Rạch Giá,An\n",
    "Danh sách trực tuần 50\nNgày,Bắt đầu,Trung tâm,Họ tên\n7/12,7h,Rạch Giá,An\n",
]


@pytest.mark.parametrize("as_book", [False, True])
@pytest.mark.parametrize("text", BY_HOURS)
def test_hours_of_a_shift_may_stand_in_one_cell(
    tmp_path: Path, week: Problem, text: str, as_book: bool
) -> None:
    """With a title above the header, or the unit for the center."""
    rows = [tuple(line.split(",")) for line in text.splitlines()]
    path = book_of(tmp_path, *rows) if as_book else csv_of(tmp_path, text)

    assert told(path, week)[0] == Roster.of([("S1", "A1")])


def test_hours_of_no_shift_are_a_fault(tmp_path: Path, week: Problem) -> None:
    """At their cell; a row without a center lacks the center."""
    head = "Ngày,Giờ,Trung tâm,Họ tên\n"
    text = f"{head}7/12,8h-11h,Rạch Giá,An\n7/12,8h-5h,Rạch Giá,An\n7/12,7h-11h,,An\n"
    caught = refused(read_roster, csv_of(tmp_path, text), of=week)

    assert [(f.code, f.row, f.column) for f in caught] == [
        ("unknown_id", 2, "start"),
        ("not_a_time", 3, "start"),
        ("missing_value", 4, "center"),
    ]


@pytest.mark.parametrize("column", ["", "Trung tâm,"])
def test_the_only_center_need_not_be_told(tmp_path: Path, column: str) -> None:
    """Where all shifts are at one center, day and hours say which shift is meant."""
    problem = plan("MA", "ana bob", 2)
    blank = "," if column else ""
    text = f"Mã tình nguyện viên,{column}Ngày,Ca\nana,{blank}7/12,Sáng\nbob,{blank}8/12,13h-17h\n"

    assert told(csv_of(tmp_path, text), problem)[0] == Roster.of([("M0", "ana"), ("A1", "bob")])
