"""Who is absent and what else is different: as workbooks, by names, in any language."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import product
from pathlib import Path

import pytest
from openpyxl import Workbook
from weeks import read, refused

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files import read_changes
from shiftplan.files.answers.calendar import Calendar
from shiftplan.files.headings import bare, known_words
from shiftplan.files.lists.changes import KINDS
from shiftplan.files.lists.times import times_said
from shiftplan.present.faults import fault_text
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, Cancellation, Closing, Need, Offer, Update
from shiftplan.testing.pictures import plan
from shiftplan.week.records import Availability, Shift
from shiftplan.week.wishes import Pin, Preference

PEOPLE = (
    "volunteer_id,name,home_center_id,group,skill.portal,max_shifts,show_rate\n"
    "A1,An,00430,official,3,4,1\nA2,Nguyễn Văn Bình,00431,student,0,,1\n"
    "A3,Trần Lan,00430,student,0,,1\nA4,Trần Lan,00431,student,0,,1\n"
)


@pytest.fixture
def week(tmp_path: Path) -> Problem:
    """The tiny week, with two people of one name at two centers."""
    return read(tmp_path, volunteers=PEOPLE)


def csv_of(folder: Path, text: str) -> Path:
    path = folder / "absent.csv"
    path.write_text(text, encoding="utf-8")
    return path


def book_of(folder: Path, *rows: tuple[object, ...], title: str = "Sheet1") -> Path:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    path = folder / "absent.xlsx"
    book.save(path)
    return path


def day(date: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2026, 12, date, hour)


ABSENT = [
    ("volunteer_id\nA1\n", [("A1", None, None)]),
    ("name\nAn\nnguyen van binh\n", [("A1", None, None), ("A2", None, None)]),
    ("Họ và tên;Ngày\nAn;7/12/2026\n", [("A1", day(7), day(8))]),
    (
        "Tên,Ngày,Từ,Đến\nAn,2026-12-07,8h,10h30\n",
        [("A1", day(7, 8), dt.datetime(2026, 12, 7, 10, 30))],
    ),
    ("Name,Home center\nTrần Lan,Hòn Đất\n", [("A4", None, None)]),
    (
        "Mã tình nguyện viên,Tên,Ghi chú\nA1,An,ốm\n,Nguyễn Văn Bình,\n",
        [("A1", None, None), ("A2", None, None)],
    ),
    ("volunteer_id\nNguyễn Văn Bình\n", [("A2", None, None)]),
    ("An\nNguyễn Văn Bình\n", [("A1", None, None), ("A2", None, None)]),
    ("A1\nA2\n", [("A1", None, None), ("A2", None, None)]),
    ('"Trần Lan, Rạch Giá"\n', [("A3", None, None)]),
    (
        "STT,Họ và tên,Đơn vị,SĐT,Lý do,Ghi chú\n1,Trần Lan,Hòn Đất,0901234567,ốm,x\n",
        [("A4", None, None)],
    ),
    ("Họ tên,Từ ngày,Đến ngày\nAn,7/12,9/12\n", [("A1", day(7), day(10))]),
    ("Họ tên,Từ,Đến\nAn,7/12,8/12\n", [("A1", day(7), day(9))]),
    ("Name,Until date\nAn,2026-12-08\n", [("A1", None, day(9))]),
    (
        "Họ tên,Từ ngày,Đến ngày,Buổi\nAn,7/12,8/12,Sáng\n",
        [("A1", day(7, 7), day(7, 11)), ("A1", day(8, 7), day(8, 11))],
    ),
    ("Họ tên,Ngày,Giờ\nAn,7/12,8h-9h\n", [("A1", day(7, 8), day(7, 9))]),
    ("Họ tên,Ngày,Ca\nAn,7/12,cả ngày\n", [("A1", day(7, 7), day(7, 17))]),
    ("Họ tên,Ngày,Từ\nAn,7/12,8h-9h\n", [("A1", day(7, 8), day(7, 9))]),
    ("Họ tên,Ngày,Thời gian\nAn,7/12,Sáng\n", [("A1", day(7, 7), day(7, 11))]),
    ("Họ tên,Thời gian nghỉ\nAn,sáng thứ 2\n", [("A1", day(7, 7), day(7, 11))]),
    (
        "Họ tên,Thời gian nghỉ\nAn,sáng T2 và sáng T4\n",
        [("A1", day(7, 7), day(7, 11)), ("A1", day(9, 7), day(9, 11))],
    ),
    ("Họ tên,Buổi\nAn,chiều T3\n", [("A1", day(8, 13), day(8, 17))]),
    ("Họ tên,Ngày nghỉ\nAn,T2-T4\n", [("A1", day(7), day(10))]),
    ("Name,Dates\nAn,Off Mon to Wed\n", [("A1", day(7), day(10))]),
    ('Họ tên,Ngày\nAn,"7/12, 9/12"\n', [("A1", day(7), day(8)), ("A1", day(9), day(10))]),
    ("Họ tên,Ngày\nAn,bận T4\n", [("A1", day(9), day(10))]),
    ("Họ tên,Ngày,Lý do\nAn,cả tuần,ốm từ T2\n", [("A1", day(7), day(14))]),
    *(
        (
            f'Họ tên,Ngày,Buổi\nAn,"{days}",Chiều\n',
            [("A1", day(9, 13), day(9, 17)), ("A1", day(10, 13), day(10, 17))],
        )
        for days in ("9/12-10/12", "T4-T5", "9/12, 10/12", "9/12 đến 10/12", "9-10/12")
    ),
    ("Họ tên,Ngày,Giờ\nAn,T2-T3,\n", [("A1", day(7), day(9))]),
    ("Họ tên,Mã ca,Trung tâm\nAn,S2,Hòn Đất\n", [("A1", day(8, 13), day(8, 17))]),
]


@pytest.mark.parametrize("as_book", [False, True])
@pytest.mark.parametrize(("text", "expected"), ABSENT)
def test_absences_are_read_as_people_list_them(
    tmp_path: Path, week: Problem, text: str, expected: list[tuple[object, ...]], as_book: bool
) -> None:
    """By id, by name, without a header; as CSV or as a workbook."""
    path = csv_of(tmp_path, text)
    if as_book:
        mark = ";" if ";" in text else ","
        path = book_of(tmp_path, *map(tuple, csv.reader(text.splitlines(), delimiter=mark)))

    found = read_changes(week, path)

    assert [(a.volunteer_id, a.start, a.end) for a in found if isinstance(a, Absence)] == expected


def test_what_was_read_as_an_id_is_noted(tmp_path: Path, week: Problem) -> None:
    """Once a column, with the count."""
    notes: list[Fault] = []
    read_changes(
        week,
        csv_of(tmp_path, "name\nAn\nBình\n".replace("Bình", "Nguyễn Văn Bình")),
        on_note=notes.append,
    )

    assert [(n.code, n.column, n.value, n.more) for n in notes] == [("read_as", "name", "An", 1)]
    assert "được đọc là A1 (An)" in fault_text(notes[0], "vi")


def test_columns_of_their_own_are_listed(tmp_path: Path, week: Problem) -> None:
    """Their texts, phones among them, are not."""
    text = "STT,Tên,SĐT,Lý do,Ghi chú\n1,An,0901234567,ốm,xin nghỉ\n"
    notes: list[Fault] = []
    read_changes(week, csv_of(tmp_path, text), on_note=notes.append)

    own = [note for note in notes if note.code == "kept_columns"]
    assert "không dùng ở đây: Lý do, STT, SĐT, Ghi chú" in fault_text(own[0], "vi")
    assert "not used here: Lý do, STT, SĐT, Ghi chú" in str(own[0])
    assert not any("0901234567" in str(note) for note in notes)


PARTS = {"": (0, 24), "Sáng": (7, 11), "Chiều": (13, 17), "cả ngày": (7, 17), "10h-14h": (10, 14)}


def test_an_absence_bars_from_the_shifts_it_meets(tmp_path: Path, week: Problem) -> None:
    """Each of them, and no other: counted shift by shift."""
    offers = [
        Availability(volunteer_id="A1", start=day(date, 0), end=day(date + 1, 0))
        for date in range(7, 13)
    ]
    shifts = [
        Shift(shift_id=f"{d}-{h}", center_id="00430", start=day(d, h), end=day(d, h + 4))
        for d in range(7, 12)
        for h in (7, 13)
    ]
    tables = {"availability": tuple(offers), "shifts": tuple(shifts), "requirements": ()}
    problem = Problem.model_validate({**dict(week), "demand": (), **tables})
    spans = [(first, last) for first in range(7, 11) for last in range(first, 11)]
    for (first, last), (hours, (low, high)) in product(spans, PARTS.items()):
        text = f"Họ tên,Từ ngày,Đến ngày,Buổi\nAn,{first}/12,{last}/12,{hours}\n"

        after = problem.with_changes(*read_changes(problem, csv_of(tmp_path, text)))

        assert {pin.shift_id for pin in after.pins} == {
            shift.shift_id
            for shift in shifts
            if first <= shift.start.day <= last and shift.start.hour < high and low < shift.end.hour
        }


def test_days_may_be_cells_of_dates(tmp_path: Path, week: Problem) -> None:
    """Also below headings that elsewhere mean hours, and in columns that are not read."""
    eight, nine = dt.date(2026, 12, 8), dt.date(2026, 12, 9)
    path = book_of(tmp_path, ("Tên", "Từ", "Đến", "Ngày báo"), ("An", eight, nine, eight))

    assert read_changes(week, path) == (Absence(volunteer_id="A1", start=day(8), end=day(10)),)

    path = book_of(tmp_path, ("Tên", "Ngày về"), ("An", nine))
    (fault,) = refused(read_changes, week, path)
    assert (fault.code, fault.cell) == ("invalid_value", "B2")


WRONG = [
    ("name\nTrần Lan\n", "ambiguous_name", "name", "A3 (Trần Lan, Rạch Giá)"),
    ("name\nNobody\n", "unknown_id", "name", "no such volunteer"),
    ("volunteer_id,name\nA1,Trần Lan\n", "invalid_value", "name", "A1 is An in this week"),
    ("volunteer_id,name\nA1,Nguyễn Văn Bình\n", "invalid_value", "name", "A1 is An in this week"),
    ("volunteer_id,name\n,\nA1,\n,x\n", "unknown_id", "name", ""),
    ("name,date\n,2026-12-07\n", "missing_value", "volunteer_id", "a value is required"),
    ("who\nAn\n", "missing_column", "volunteer_id", ""),
    ("Tên,Ngay\nAn,7/12\n", "unknown_column", "Ngay", ""),
    ("Tên,Lý do\nAn,đi họp sáng T2\n", "invalid_value", "note", "absent all week"),
    ("Tên,Tình hình\nAn,nghỉ 7/12\n", "invalid_value", "Tình hình", "absent all week"),
    ("Tên,Ngày,Lúc nào\nAn,7/12,sáng\n", "invalid_value", "Lúc nào", "does not say how"),
    ("Tên,Từ ngày,Đến ngày\nAn,7/12,\n", "missing_value", "last_day", "or from then on?"),
    ("Tên,Từ ngày,Đến ngày\nAn,9/12,8/12\n", "reversed_interval", "last_day", ""),
    ("Tên,Ngày,Từ ngày\nAn,9/12,9/12\n", "invalid_value", "date", "also gives the time"),
    ("Tên,Từ ngày,Đến ngày,Từ,Đến\nAn,7/12,8/12,7h,9h\n", "invalid_value", "start", "each day?"),
    ("Tên,Ngày,Giờ,Từ\nAn,7/12,7h-9h,7h\n", "invalid_value", "hours", "also gives the time"),
    ("Tên,Ngày,Giờ\nAn,,7h-9h\n", "missing_value", "hours", "needs its date"),
    ("Tên,Ngày,Giờ\nAn,7/12,7h\n", "not_a_time", "hours", ""),
    ("Tên,Ngày\nAn,rảnh T2\n", "not_a_date", "date", ""),
    ("Tên,Ngày\nAn,trừ T2\n", "not_a_date", "date", ""),
    ("Tên,Ngày,Buổi\nAn,sáng T2,chiều\n", "invalid_value", "hours", "also gives the time"),
    ("Tên,Ngày,Từ,Đến\nAn,T2-T3,7h,9h\n", "invalid_value", "start", "each day?"),
    ("Tên,Ngày,Từ ngày\nAn,T2-T3,7/12\n", "invalid_value", "first_day", "also gives the time"),
    ("Tên,Ngày,Buổi\nAn,8/12/2025,sáng\n", "outside_horizon", "date", "Did you mean 2026-12-08?"),
    ("Tên,Mã ca\nAn,S9\n", "unknown_id", "shift_id", "no such shift"),
    ("Tên,Mã ca,Ngày\nAn,S1,8/12\n", "invalid_value", "shift_id", "2026-12-07"),
    ("Tên,Mã ca,Ngày,Giờ\nAn,S1,7/12,8h-9h\n", "invalid_value", "shift_id", "07:00"),
]


@pytest.mark.parametrize(("text", "code", "column", "says"), WRONG)
def test_names_that_fit_nobody_or_several_are_faults(
    tmp_path: Path, week: Problem, text: str, code: str, column: str, says: str
) -> None:
    """With the candidates, or the name that the week has for an id."""
    path = csv_of(tmp_path, text)
    first, *others = refused(read_changes, week, path)

    assert (first.code, first.column) == (code, column)
    assert not others  # no echoes
    assert says in fault_text(first)
    assert "[" not in fault_text(first, "vi")


def test_changes_are_told_by_names_in_a_workbook(tmp_path: Path, week: Problem) -> None:
    """With the headings of a language, dates and times as cells hold them, and shifts by place."""
    head = ("change", "Tên", "Mã tình nguyện viên", "Mã trung tâm", "Mã ca", "Ngày", "Giờ bắt đầu")
    head += ("Giờ kết thúc", "Mã kỹ năng", "Tối thiểu", "Chỉ tiêu", "Trạng thái")
    eight, late = dt.date(2026, 12, 8), dt.time(13)
    path = book_of(
        tmp_path,
        head,
        ("closed", None, None, "Hòn Đất", None, eight, None, None, None, None, None, None),
        ("cancelled", None, None, "Hòn Đất", None, eight, late, None, None, None, None, None),
        ("requirement", None, None, "Rạch Giá", None, "2026-12-07", "7h", None, "portal", 1, 2),
        ("pin", None, "An", None, "S1", None, None, None, None, None, None, "must_not"),
        ("available", None, "An", None, None, "2026-12-09", "7h", "11h", None, None, None, None),
    )  # fmt: skip

    found = read_changes(week, None, path)

    assert found[0] == Closing(center_id="00431", start=day(8), end=day(9))
    assert found[1] == Cancellation(shift_id="S2")
    assert found[2] == Need(shift_id="S1", skill_id="portal", minimum=1, target=2)
    assert found[3] == Update(row=Pin(volunteer_id="A1", shift_id="S1", state="must_not"))
    assert isinstance(found[4], Offer)
    assert found[4].window.volunteer_id == "A1"


def test_a_workbook_without_a_list_is_one_fault(tmp_path: Path, week: Problem) -> None:
    """With the columns that are looked for."""
    (fault,) = refused(read_changes, week, book_of(tmp_path, ("a", "b"), (1, 2)))

    assert fault.code == "missing_sheet"
    assert "no visible sheet has the columns volunteer_id or name" in str(fault.message)
    assert "không trang nào" in fault_text(fault, "vi")


def test_an_absence_that_meets_no_shift_is_told(week: Problem, tmp_path: Path) -> None:
    """Five in the afternoon is 17:00: an absence before dawn would change nothing, unnoticed."""
    notes: list[Fault] = []
    path = csv_of(tmp_path, "name,date,start,end\nAn,2026-12-07,1:00,5:00\n")

    read_changes(week, path, on_note=notes.append)

    said = "no shift lies between 2026-12-07 01:00 and 2026-12-07 05:00"
    assert any(said in str(note) for note in notes)


WORDED = (
    "Thay đổi,Họ tên,Trung tâm,Mã ca,Ngày,Giờ bắt đầu,Trạng thái,Lý do,STT\n"
    "vắng,An,,,7/12,,,ốm từ T2,1\n"
    "Huỷ,,Hòn Đất,,8/12,13h,,,2\n"
    "dong cua,,Rạch Giá,,9/12,,,,3\n"
    "chốt ca,A1,,S1,,,không trực,,4\n"
    "nguyện vọng,Nguyễn Văn Bình,,S2,,,muốn,,5\n"
)


@pytest.mark.parametrize("as_book", [False, True])
def test_kinds_of_changes_may_be_words(tmp_path: Path, week: Problem, as_book: bool) -> None:
    """Those of the templates as they are, others with a note; people and places by name."""
    path = csv_of(tmp_path, WORDED)
    if as_book:
        path = book_of(tmp_path, *map(tuple, csv.reader(WORDED.splitlines())))
    notes: list[Fault] = []

    found = read_changes(week, None, path, on_note=notes.append)

    assert found == (
        Absence(volunteer_id="A1", start=day(7), end=day(8)),
        Cancellation(shift_id="S2"),
        Closing(center_id="00430", start=day(9), end=day(10)),
        Update(row=Pin(volunteer_id="A1", shift_id="S1", state="must_not")),
        Update(row=Preference(volunteer_id="A2", shift_id="S2", state="for")),
    )
    told = [fault_text(note, "vi") for note in notes]
    assert any("'Huỷ': được đọc là hủy ca" in one for one in told)
    assert any("không dùng ở đây: STT" in one for one in told)


def test_a_word_means_one_kind_of_change() -> None:
    """In all languages together, without accents."""
    kinds: dict[str, set[str]] = {}
    for say in known_words():
        for kind, end in product(KINDS, ("", ".also")):
            for text in say(Message(f"change.{kind}{end}")).split("|"):
                kinds.setdefault(bare(text), set()).add(kind)

    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}


def test_what_repair_tells_is_no_list_of_changes(tmp_path: Path, week: Problem) -> None:
    """Its changes.csv says whose shifts changed."""
    text = "volunteer_id,shift_id,change,reason\nA1,S1,removed,absent\n"
    (fault,) = refused(read_changes, week, None, csv_of(tmp_path, text))

    assert "the changed week holds these changes already" in str(fault)


@pytest.mark.parametrize("signs", ["M", "ELN", "DN"])
@pytest.mark.parametrize(
    ("text", "last"), [("9/12", 9), ("9/12 - 12/12", 12), ("9/12 and 10/12", 10)]
)
def test_days_are_all_read_where_nights_end_when_days_begin(
    signs: str, text: str, last: int
) -> None:
    """Also where shifts of two dates overlap: whoever is away for days is away for each."""
    calendar = Calendar.of(plan(signs, "ana", 14))

    assert times_said(text, calendar) == ((day(9), day(last + 1)),)
