"""Rosters that people edit: the printed workbook, sheets of their own, names instead of ids."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import pytest
from books import with_parts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from strategies import problems, rosters
from weeks import read, refused

from shiftplan.errors import Fault
from shiftplan.files import read_roster
from shiftplan.files.workbook.prints import HIDDEN
from shiftplan.present import write_roster_workbook
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.week.roster import Roster

ROSTER = Roster.of([("S1", "A1"), ("S2", "A2")])
PEOPLE = (
    "volunteer_id,name,home_center_id,group,skill.portal,max_shifts,show_rate\n"
    "A1,An,00430,official,3,4,1\nA2,Bình,00431,student,0,,1\n"
    "A3,Trần Lan,00430,student,0,,1\nA4,Trần Lan,00431,student,0,,1\n"
)


@pytest.fixture
def week(tmp_path: Path) -> Problem:
    """The tiny week, with two people of one name at two centers."""
    return read(tmp_path, volunteers=PEOPLE)


@pytest.fixture
def file(tmp_path: Path, week: Problem) -> Path:
    path = tmp_path / "roster.xlsx"
    write_roster_workbook(week, ROSTER, path)
    return path


def told(path: Path, week: Problem, **options: Any) -> tuple[Roster, list[Fault]]:
    """The roster, and the notes of reading it."""
    notes: list[Fault] = []
    return read_roster(path, of=week, on_note=notes.append, **options), notes


def csv_of(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def book_of(folder: Path, *rows: tuple[object, ...], name: str = "Sheet") -> Path:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_printed_workbook_is_read_back(tmp_path: Path, week: Problem, lang: str) -> None:
    """Exactly, with or without the week, unknown ids and repetitions included, without notes."""
    odd = Roster.of([*ROSTER.assignments, ("S1", "A1"), ("S9", "A1"), ("S1", "=gone")])
    path = tmp_path / "roster.xlsx"
    write_roster_workbook(week, odd, path, lang=lang)

    assert told(path, week) == (odd, [])
    assert read_roster(path) == odd
    empty = tmp_path / "empty.xlsx"
    write_roster_workbook(week, Roster(), empty, lang=lang)
    assert told(empty, week) == (Roster(), [])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_roster_comes_back(data: st.DataObject) -> None:
    """Whatever the week, in either language."""
    week = data.draw(problems())
    roster = data.draw(rosters(week))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write_roster_workbook(week, roster, path, lang=data.draw(st.sampled_from(["en", "vi"])))

        assert told(path, week) == (roster, [])


def test_a_person_is_exchanged_by_id_or_by_name(file: Path, week: Problem) -> None:
    """In the list: a new id without a name, or a name without an id; a row more, a row less."""
    book = load_workbook(file)
    sheet = book["Roster"]
    rows = {sheet.cell(row, 7).value: row for row in (4, 5)}
    sheet.cell(rows["S1"], 5).value, sheet.cell(rows["S1"], 8).value = "Bình", None
    sheet.cell(rows["S2"], 5).value, sheet.cell(rows["S2"], 8).value = None, "A3"
    sheet.append([None, None, None, None, "an", None, "S2", None])
    book.save(file)

    found, notes = told(file, week)

    assert found == Roster.of([("S1", "A2"), ("S2", "A3"), ("S2", "A1")])
    assert [(n.cell, n.value, str(n.message), n.more) for n in notes] == [
        ("E4", "Bình", "read as A2, Bình", 1)
    ]


def test_a_name_that_was_changed_without_its_id_is_a_fault(file: Path, week: Problem) -> None:
    """The id would count, and whoever wrote the name would not know."""
    book = load_workbook(file)
    book["Roster"]["E4"] = "Bình"
    book.save(file)

    (fault,) = refused(read_roster, file, of=week)

    assert (fault.code, fault.sheet, fault.cell) == ("invalid_value", "Roster", "E4")
    assert fault_text(fault).endswith(
        "cell E4: 'Bình': A1 is An in this week. Correct the id or the name; without a name the id "
        "counts."
    )
    assert "trong tuần này A1 là An" in fault_text(fault, "vi")
    roster, (note,) = told(file, week, lenient=True)
    assert (roster, note.cell) == (ROSTER, "E4")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_edits_of_sheets_that_only_show_the_roster_are_noticed(
    tmp_path: Path, week: Problem, lang: str
) -> None:
    """With the rows; sorting and deleting rows, widths and remarks above the head are none."""
    path = tmp_path / "roster.xlsx"
    write_roster_workbook(week, ROSTER, path, lang=lang)
    book = load_workbook(path)
    centers, people, listed = book.worksheets[0], book.worksheets[1], book.worksheets[-2]
    people["A2"] = "Đã gọi"
    for column in range(1, 12):
        one, other = people.cell(4, column), people.cell(5, column)
        one.value, other.value = other.value, one.value
    book.save(path)
    assert told(path, week) == (ROSTER, [])

    cell = next(c for row in centers["A4:J9"] for c in row if str(c.value)[:2] == "An")
    cell.value = "Bình"
    book.save(path)
    _, (note,) = told(path, week)

    assert (note.sheet, note.row) == (centers.title, cell.row)
    text = fault_text(note, lang)
    says = {"en": "was edited, but only the sheet", "vi": "nhưng chương trình chỉ đọc trang"}
    assert says[lang] in text
    assert listed.title in text


def test_a_copy_without_the_hidden_sheet_is_read_all_the_same(file: Path, week: Problem) -> None:
    """Some programs drop it; then nothing is said of edits."""
    book = load_workbook(file)
    del book[HIDDEN]
    book.worksheets[0]["C4"] = "somebody"
    book.save(file)

    assert told(file, week) == (ROSTER, [])


NAMED = "Ngày,Giờ bắt đầu,Trung tâm,Họ và tên\n"


@pytest.mark.parametrize(
    "text",
    [
        "shift_id,volunteer_id\nS1,A1\nS2,A2\n",
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


def test_ids_that_the_week_does_not_know_are_data(tmp_path: Path, week: Problem) -> None:
    """`check` finds them."""
    path = csv_of(tmp_path, "shift_id,volunteer_id\nS9,A1\nS1,V77\n")

    assert told(path, week) == (Roster.of([("S9", "A1"), ("S1", "V77")]), [])


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


def test_merged_cells_and_broken_formulas_are_told(tmp_path: Path, week: Problem) -> None:
    """Where they matter; an error beside the ids does not."""
    path = book_of(tmp_path, ("shift_id", "volunteer_id", "name"), ("S1", "A1", "#REF!"))
    book = load_workbook(path)
    book.active["C2"].data_type = "e"
    book.save(path)
    assert read_roster(path, of=week) == Roster.of([("S1", "A1")])
    book.active["B2"], book.active["B2"].data_type = "#N/A", "e"
    book.active.append(["S2", None])
    book.active.merge_cells("B2:B3")
    book.save(path)

    found = refused(read_roster, path, of=week)

    assert {(f.code, f.cell) for f in found} == {
        ("merged_cells", "B2"),
        ("error_value", "B2"),
        ("missing_value", "B3"),
    }


EDITS = st.lists(
    st.tuples(st.sampled_from(["S1", "S2", "S9"]), st.sampled_from(["A1", "A2", "A3", "V9"])),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[*HealthCheck])
@given(pairs=EDITS, by_name=st.booleans())
def test_random_edits_are_read_exactly(
    tmp_path: Path, week: Problem, file: Path, pairs: list[tuple[str, str]], by_name: bool
) -> None:
    """Rows of the list are replaced by others, told by ids or, where it can be, by names."""
    book = load_workbook(file)
    sheet = book["Roster"]
    sheet.delete_rows(4, 10)
    names = {"A1": "An", "A2": "Bình"} if by_name else {}
    for shift, who in pairs:
        is_named = who in names
        name, key = (names[who], None) if is_named else (None, who)
        sheet.append([None, None, None, None, name, None, shift, key])
    book.save(tmp_path / "edited.xlsx")

    assert read_roster(tmp_path / "edited.xlsx", of=week) == Roster.of(pairs)


def test_hostile_workbooks_are_faults_of_lists_too(
    tmp_path: Path, week: Problem, file: Path
) -> None:
    """Entities, parts that are cut off, rows out of order, and what is no workbook at all."""
    content = file.read_bytes()
    for hostile, code in (
        (content[: len(content) // 2], "not_a_workbook"),
        (b"PK\x03\x04" + b"\0" * 50, "not_a_workbook"),
        (b"", "empty_file"),
    ):
        file.write_bytes(hostile)
        assert [f.code for f in refused(read_roster, file, of=week)] == [code]
    file.write_bytes(content)
    number = load_workbook(file).sheetnames.index("Roster") + 1
    for change in (
        lambda part: part.replace(b"<sheetData>", b'<!DOCTYPE a [<!ENTITY b "c">]><sheetData>'),
        lambda part: part.replace(b'<row r="4"', b'<row r="9"'),
    ):
        file.write_bytes(content)
        with_parts(file, **{f"sheet{number}": change})
        assert [f.code for f in refused(read_roster, file, of=week)] == ["not_a_workbook"]


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
