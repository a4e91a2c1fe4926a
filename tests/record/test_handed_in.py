"""What people hand in: lists and texts as they are typed, who and which shift they mean."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from handing import WEEK, Seats, absent, at, attended, called, declined, refused, written
from hypothesis import example, given
from hypothesis import strategies as st

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.lists.seat_forms import ATTENDANCE, CALLS, SeatForm, answers_by
from shiftplan.present.faults import fault_text
from shiftplan.present.words import said_in
from shiftplan.record import read_shift_answers


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("an", None, None),
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


@pytest.mark.parametrize("form", [ATTENDANCE, CALLS, answers_by("declined")])
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_words_that_faults_offer_are_read(form: SeatForm, lang: str):
    """For every state, in the language of who reads the fault."""
    told = said_in(Message(f"files.one_of_{form.table}"), lang).partition(";")[0]
    words = re.split(r",| or | hay |[()“”]", re.sub(r"must be|phải là", "", told))
    offered = {w.strip().removeprefix("or ").removeprefix("hoặc ") for w in words} - {""}

    assert {form.state_of(word) for word in offered} == {*form.states}


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
