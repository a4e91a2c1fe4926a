"""Lists that people hand in: what their columns are taken for, and faults at their cells."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handing import TOLD, WEEK, Seats, attended, called, declined, refused, written

from shiftplan.errors import Fault
from shiftplan.files.turnouts import record_files
from shiftplan.present.faults import fault_text
from shiftplan.record import read_shift_answers
from shiftplan.seasons import Ledger


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("volunteer_id\nan\n", [("an", "M0", "declined"), ("an", "M1", "declined")]),
        (
            "Mã TNV,Ca trực,Trả lời\nan,,Có\n",
            [("an", "M0", "confirmed"), ("an", "M1", "confirmed")],
        ),
        (
            "volunteer_id,shift_id,answer\nan,M0,yes\nbinh,,Từ chối\nan,M1,\nzed,M0,Chưa chắc\n",
            [("an", "M0", "confirmed"), ("binh", "A1", "declined"), ("binh", "M2", "declined")],
        ),
        (
            "Họ và tên,Trung tâm,Ngày,Bắt đầu,Trả lời\nNguyễn Văn An,home,8/12/2026,7h,đồng ý\n",
            [("an", "M1", "confirmed")],
        ),
        ("Họ tên;Ngày\nTrần Bình;9/12/2026\n", [("binh", "M2", "declined")]),
        ("Họ tên,Ngày,Giờ\nTrần Bình,8/12/2026,13h-17h\n", [("binh", "A1", "declined")]),
        ("Họ tên,Đơn vị,Trả lời\nLê Lan,home,Có\n", None),
        (
            "Họ tên,Đơn vị\nTrần Bình,hill\n",
            [("binh", "A1", "declined"), ("binh", "M2", "declined")],
        ),
        ("Họ tên,Giờ\nTrần Bình,13h-17h\n", None),
        (
            "Timestamp,Full name,Will you come?\n2026-12-01,Trần Bình,Yes\n",
            [("binh", "A1", "confirmed"), ("binh", "M2", "confirmed")],
        ),
        (
            "Dấu thời gian,Họ và tên,Bạn có đến được không?\n1/12/2026,Nguyễn Văn An,Không\n",
            [("an", "M0", "declined"), ("an", "M1", "declined")],
        ),
    ],
)
def test_lists_of_answers(tmp_path: Path, text: str, expected: Seats | None):
    """By ids or names, in both languages, also as programs for forms write them."""
    file = written(tmp_path, text)

    if expected is None:
        assert refused(declined, file)
    else:
        assert declined(file) == expected


@pytest.mark.parametrize("usual", ["confirmed", "declined"])
def test_a_question_may_have_any_title(tmp_path: Path, usual: Any):
    """What people said counts; the option says nothing for those who left it blank."""
    text = (
        "Timestamp,Họ và tên,Tuần này anh chị đi được chứ?,Góp ý\n"
        '1/12,Nguyễn Văn An,"Không, tôi bận",ok\n2/12,Lê Lan (lan),Có,xin ca sáng\n'
        "3/12,Trần Bình,,mong được nghỉ T7\n"
    )
    notes: list[Fault] = []

    found = read_shift_answers(
        WEEK, written(tmp_path, text), TOLD, usual=usual, on_note=notes.append
    )

    said = [(a.volunteer_id, a.shift_id, a.answer) for a in found]
    assert said[:3] == [
        ("an", "M0", "declined"),
        ("an", "M1", "declined"),
        ("lan", "A2", "confirmed"),
    ]
    assert "binh" not in {who for who, *_ in said}
    lines = " / ".join(fault_text(note, "vi") for note in notes)
    assert "'Tuần này anh chị đi được chứ?'" in lines
    assert "Góp ý" in lines


def test_when_a_form_was_filled_in_is_no_time_of_a_shift(tmp_path: Path):
    """As programs for forms write workbooks, with the unit of a person beside the name."""
    book = openpyxl.Workbook()
    book.active.append(("ID", "Start time", "Completion time", "Email", "Name", "Đơn vị", "Đi?"))
    begun = dt.datetime(2026, 12, 1, 8, 5, 12)
    row = (1, begun, begun + dt.timedelta(minutes=2), "b@example.org", "Trần Bình", "home")
    book.active.append((*row, "Không"))
    book.save(tmp_path / "form.xlsx")

    assert declined(tmp_path / "form.xlsx") == [
        ("binh", "A1", "declined"),
        ("binh", "M2", "declined"),
    ]


def test_a_slip_of_a_column_is_a_fault(tmp_path: Path):
    """What was meant for one shift shall not be taken for all."""
    (fault,) = refused(declined, written(tmp_path, "volunteer_id,shfit_id\nan,M0\n"))

    assert (fault.code, fault.column) == ("unknown_column", "shfit_id")


def test_two_questions_are_not_guessed_apart(tmp_path: Path):
    """Both may be the answer; an option would confirm all who said no."""
    text = "volunteer_id,Đi được không,Cần xe đưa đón\nan,Không,Có\nlan,Có,Không\n"

    (fault,) = refused(declined, written(tmp_path, text))

    assert fault.code == "missing_column"
    assert "'Đi được không', 'Cần xe đưa đón'" in fault_text(fault)
    assert "answer" in fault_text(fault, "vi")


def test_what_is_no_answer_is_a_fault_of_its_cell(tmp_path: Path):
    """Also in a column that was found by what most of it holds; who reads it learns its words."""
    text = "volunteer_id,Đi?\nan,Có\nlan,Có\nbinh,tùy\n"

    (fault,) = refused(declined, written(tmp_path, text))

    assert (fault.row, fault.code, fault.value) == (4, "not_one_of", "tùy")
    assert "“xác nhận” (hoặc có, đồng ý" in fault_text(fault, "vi")
    assert "declined" not in fault_text(fault, "vi")


def test_who_has_not_answered_is_counted(tmp_path: Path):
    """In one note, whatever the option says; a list without such a column says what it says."""
    rows = 'an,Có\nbinh,\nlan,Chưa chắc\nlan:2,"để xem đã, bận quá"\n'
    notes: list[Fault] = []

    found = declined(written(tmp_path, f"volunteer_id,Trả lời\n{rows}"), notes)

    assert found == [("an", "M0", "confirmed"), ("an", "M1", "confirmed")]
    (note,) = (n for n in notes if "undecided" in str(n))
    assert (note.row, note.column) == (3, "answer")
    assert "3 answers are blank or undecided and are not recorded" in str(note)
    assert declined(written(tmp_path, "volunteer_id\nbinh\n"))


def test_a_list_may_be_a_workbook(tmp_path: Path):
    """Of calls, attendance and answers alike."""
    book = openpyxl.Workbook()
    for row in (("Tình nguyện viên", "shift_id", "Trả lời"), ("Trần Bình", "A0", "Bận")):
        book.active.append(row)
    book.save(tmp_path / "calls.xlsx")
    book.active["C1"], book.active["C2"] = "Điểm danh", "Vắng"
    book.save(tmp_path / "attendance.xlsx")

    assert called(tmp_path / "calls.xlsx") == [("binh", "A0", "cannot")]
    assert attended(tmp_path / "attendance.xlsx") == [("binh", "A0", "absent")]


def test_faults_of_a_list_are_at_their_cells(tmp_path: Path):
    """All of them at once, with the remedy where something is near."""
    file = written(
        tmp_path,
        "volunteer_id,shift_id,answer\nzed,M0,no\nan,M9,no\nan,M0,declind\n,M0,no\nan,M0,no\n",
    )

    found = [(f.row, f.column, f.code) for f in refused(declined, file)]

    assert found == [
        (2, "volunteer_id", "unknown_id"),
        (3, "shift_id", "unknown_id"),
        (4, "answer", "not_one_of"),
        (5, "volunteer_id", "missing_value"),
    ]


def test_what_is_read_otherwise_is_told(tmp_path: Path):
    """Names, all shifts of a person, a shift of somebody else, another answer before."""
    text = (
        "volunteer,shift_id,answer\nNguyễn Văn An,,no\nTrần Bình,M0,no\nbinh,A1,yes\nbinh,A1,no\n"
    )
    notes: list[Fault] = []

    declined(written(tmp_path, text), notes)

    said = " / ".join(map(str, notes))
    assert "read as an, Nguyễn Văn An" in said
    assert "read as M0, M1" in said
    assert "Trần Bình (binh) is not in the shift M0 of the published roster" in said
    assert "this contradicts what was given before about Trần Bình (binh) in the shift A1" in said


def test_rows_made_for_another_week_are_told_once(tmp_path: Path):
    """The ids count; of many such rows the first is quoted."""
    rows = "".join(f"binh,{shift},2026-12-01\n" for shift in ("A1", "M2", "M0"))
    notes: list[Fault] = []

    declined(written(tmp_path, "volunteer_id,shift_id,date\n" + rows), notes)

    (note,) = [note for note in notes if note.column == "date"]
    assert (note.row, note.more) == (2, 2)
    assert "the shift A1 is on 2026-12-08 in this week" in str(note)


def test_the_ledger_reads_names_too(tmp_path: Path):
    """Attendance by names, as by ids before; what does not fit is found at its row."""
    roster = written(tmp_path, "shift_id,volunteer_id\nM0,an\nM1,an\n", "roster.csv")
    file = written(tmp_path, "Họ tên,Điểm danh\nNguyễn Văn An,Vắng\n", "attendance.csv")

    ledger = record_files(Ledger(), WEEK, roster, file)

    (entry,) = [e for e in ledger.weeks[0].entries if e.volunteer_id == "an"]
    assert entry.absent == 2
