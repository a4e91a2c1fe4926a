"""What people hand in: lists and texts as they are typed, who and which shift they mean."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files import read_attendance, read_changes
from shiftplan.files.lists.seat_forms import ATTENDANCE, CALLS, SeatForm, answers_by
from shiftplan.files.turnouts import record_files
from shiftplan.present.faults import fault_text
from shiftplan.present.words import said_in
from shiftplan.problem import Problem
from shiftplan.record import read_calls, read_shift_answers
from shiftplan.seasons import Ledger
from shiftplan.testing.pictures import parse, plan

PEOPLE = {"an": "Nguyễn Văn An", "binh": "Trần Bình", "lan": "Lê Lan", "lan:2": "Lê Lan"}
TOLD = parse("an  M M .\nbinh  . A M\nlan  . . A")
"""M are mornings of 7 to 11 h, A afternoons of 13 to 17 h; day 0 is Monday, 7 December 2026."""
Seats = list[tuple[str, str, str]]


def _week() -> Problem:
    problem = plan("MA", " ".join(PEOPLE), 3)
    people = (v.model_copy(update={"name": PEOPLE[v.volunteer_id]}) for v in problem.volunteers)
    return problem.model_copy(update={"volunteers": tuple(people)})


WEEK = _week()


def declined(given: Any, notes: list[Fault] | None = None) -> Seats:
    keep = None if notes is None else notes.append
    found = read_shift_answers(WEEK, given, TOLD, usual="declined", on_note=keep)
    return [(a.volunteer_id, a.shift_id, a.answer) for a in found]


def called(given: Any) -> Seats:
    return [(c.volunteer_id, c.shift_id, c.answer) for c in read_calls(WEEK, given)]


def attended(given: Any) -> Seats:
    found = read_attendance(given, of=WEEK, roster=TOLD)
    return [(t.volunteer_id, t.shift_id, t.state) for t in found]


def absent(given: Any) -> list[tuple[Any, ...]]:
    return [tuple(value for _, value in change) for change in read_changes(WEEK, given)]


def at(day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(2026, 12, 7 + day, hour)


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def refused(call: Any, given: Any) -> list[Fault]:
    with pytest.raises(InputError) as caught:
        call(given)
    return list(caught.value.faults)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("an", None, None),
        ("an:", None, None),
        ("Nguyễn Văn An", None, None),
        ("nguyen van an: A1", at(1, 13), at(1, 17)),
        ("an: T3", at(1), at(2)),
        ("an:08/12", at(1), at(2)),
        ("an: 2026-12-08 07:00-11:00", at(1, 7), at(1, 11)),
        ("an： sáng thứ 3", at(1, 7), at(1, 11)),
        ("Nguyễn Văn An: T2-T3", at(0), at(2)),
    ],
)
def test_an_absence_is_typed(text: str, start: dt.datetime | None, end: dt.datetime | None):
    """A person, and behind the colon a shift, a day or hours, as lists have them."""
    assert absent(text) == [("an", start, end)]


def test_files_and_texts_are_read_together(tmp_path: Path):
    """A text that names a file is the file; the same text twice is one."""
    file = written(tmp_path, "name\nTrần Bình\n")

    found = absent([str(file), "an: T3", "an: T3"])

    assert found == [("binh", None, None), ("an", at(1), at(2))]


def test_ids_may_hold_colons():
    """All of a text that names somebody is the person, else the longest part before a colon."""
    assert absent("lan:2") == [("lan:2", None, None)]
    assert absent("lan:2: M0") == [("lan:2", at(0, 7), at(0, 11))]
    assert called("lan:2: M0: có") == [("lan:2", "M0", "comes")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an", [("an", "M0", "declined"), ("an", "M1", "declined")]),
        ("Trần Bình: M2", [("binh", "M2", "declined")]),
        ("binh: thứ 3", [("binh", "A1", "declined")]),
        ("binh: 2026-12-09", [("binh", "M2", "declined")]),
        ("lan: M0", [("lan", "M0", "declined")]),
    ],
)
def test_an_answer_is_typed(text: str, expected: Seats):
    """Without a shift it is about all that the person was told, or those of a day."""
    assert declined(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lan: M0: comes", [("lan", "M0", "comes")]),
        ("Lê Lan (lan): M0: không nghe máy", [("lan", "M0", "not_reached")]),
        ("binh:A0:No", [("binh", "A0", "cannot")]),
    ],
)
def test_a_call_is_typed(text: str, expected: Seats):
    """Reserves have no shift yet, so that each call names it."""
    assert called(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an", [("an", "M0", "came"), ("an", "M1", "came")]),
        ("an: vắng", [("an", "M0", "absent"), ("an", "M1", "absent")]),
        ("an: thứ 2: Có phép", [("an", "M0", "excused")]),
        ("lan: M0: trực thay", [("lan", "M0", "called")]),
    ],
)
def test_attendance_is_typed(text: str, expected: Seats):
    """People came unless a state says otherwise."""
    assert attended(text) == expected


@pytest.mark.parametrize(
    ("call", "text", "code", "english"),
    [
        (absent, "", "missing_value", "a value is required here"),
        (absent, "Zed", "unknown_id", "no such volunteer"),
        (absent, "Lê Lan", "ambiguous_name", "lan (Lê Lan"),
        (absent, "an: soon", "not_a_date", "must be a shift of the week or a time"),
        (absent, "an: 2027-01-01", "outside_horizon", "2026-12-07 to 2026-12-09"),
        (declined, "an: yes", "not_a_date", "must be a shift of the week or a time"),
        (declined, "lan:2", "missing_value", "Lê Lan (lan:2) has no shift in the published roster"),
        (declined, "an: T4", "missing_value", "has no shift at that time in the published roster"),
        (called, "an: M0", "missing_value", "must be comes (or yes, ok), cannot (or no)"),
        (called, "an: comes", "missing_value", "a value is required here"),
        (called, "an: M0: maybe", "not_one_of", "must be comes (or yes, ok), cannot (or no)"),
        (called, "an: M9: comes", "unknown_id", "the week has no such shift"),
        (attended, "an: T9: absent", "not_a_date", "must be a shift of the week or a time"),
    ],
)
def test_faults_of_texts_name_the_option(call: Any, text: str, code: str, english: str):
    """The option stands in the place of a file, and the text is quoted; both languages differ."""
    (fault,) = refused(call, text)

    assert (fault.code, fault.value, fault.file, fault.row) == (
        code,
        text,
        f"--{call.__name__}",
        None,
    )
    assert english in fault_text(fault)
    assert fault_text(fault, "vi") != fault_text(fault)


def test_a_list_that_is_not_there_is_no_text():
    """What ends as files do is the name of one."""
    (fault,) = refused(declined, "answers.xlsx")

    assert (fault.code, fault.file) == ("missing_file", "answers.xlsx")


def test_nobody_knows_whose_shifts_are_meant_before_a_roster_is_told():
    """A shift has to be named then."""
    with pytest.raises(InputError, match="no roster is published"):
        read_shift_answers(WEEK, "an", None, usual="confirmed")
    (found,) = read_shift_answers(WEEK, "an: M0", None, usual="confirmed")

    assert (found.shift_id, found.answer) == ("M0", "confirmed")


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


@pytest.mark.parametrize("form", [ATTENDANCE, CALLS, answers_by("declined")])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_words_that_faults_offer_are_read(form: SeatForm, lang: str):
    """For every state, in the language of who reads the fault."""
    told = said_in(Message(f"files.one_of_{form.table}"), lang).partition(";")[0]
    words = re.split(r",| or | hay |[()“”]", re.sub(r"must be|phải là", "", told))
    offered = {w.strip().removeprefix("or ").removeprefix("hoặc ") for w in words} - {""}

    assert {form.state_of(word) for word in offered} == {*form.states}


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


_READ = (absent, declined, called, attended)
_WORDS = st.sampled_from(
    ["an", "Lê Lan", "lan:2", "M0", "A1", "T3", "sáng", ":", "：", " ", "vắng"]
)


@given(st.sampled_from(_READ), st.lists(_WORDS | st.text(max_size=5), max_size=6).map("".join))
@example(absent, "an: " + "T3 " * 500)
@example(declined, "=cmd|' /C calc'!A0")
@example(called, "an: M0: \x00")
@example(attended, "../../etc/passwd")
@example(absent, "an:" * 300)
def test_any_text_is_read_or_refused(call: Any, text: str):
    """Nothing else happens, and what is refused is told on short lines."""
    try:
        found = call(text)
    except InputError as error:
        for fault in error.faults:
            lines = fault_text(fault, "vi")
            assert len(lines) < 5_000
            assert lines.replace("\n", "").isprintable()
    else:
        assert found
