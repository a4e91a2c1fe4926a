"""Remarks beside answers: those that may say when somebody can come are pointed at."""

from __future__ import annotations

from pathlib import Path

import answer_files as files
import pytest
from answer_files import read_text_of, told

from shiftplan.files.answers.mapping import ColumnMap


@pytest.mark.parametrize(
    ("remark", "is_told"),
    [
        ("trừ sáng thứ 2", True),
        ("T2 em về sớm nhé chị", True),
        ("bận cả tuần sau 10h", True),
        ("Chỉ trực buổi chiều", True),
        ("Chỉ làm buổi chiều", True),
        ("Nghỉ từ 10/12", True),
        ("nghỉ đến hết tháng 12", True),
        ("tuần sau bận", True),
        ("1 buổi/tuần", True),
        ("mỗi tuần 2 ca", True),
        ("tối đa 2 ca", True),
        ("chỉ được nửa buổi", True),
        ("về sớm", True),
        ("only 1 shift a week", True),
        ("sinh 12/3/1999", False),
        ("Phạm Thị Sáng", False),
        ("ca trưởng", False),
        ("2 con nhỏ", False),
        ("nghỉ hưu", False),
        ("không", False),
        ("không có xe", False),
        ("gọi trước", False),
        ("", False),
    ],
)
def test_remarks_about_time_are_told(remark: str, is_told: bool, tmp_path: Path) -> None:
    """The column is left aside, as most of its cells mean nothing; its first remark is quoted."""
    text = f"Họ tên,Thứ 2 7/12,Ghi chú\nV1,Sáng,{remark}\nV2,Sáng,cần xe đón\nV6,Sáng,mới\n"

    (source,) = read_text_of(tmp_path, text).sources

    quoted = (
        "Column 'Ghi chú' is not read, but 1 cell may say when, or how often, people can come: "
        f"'{remark}'."
    )
    assert any(quoted in str(note) for note in source.notes) == is_told
    assert "Ghi chú" in source.unread


@pytest.mark.parametrize(
    ("heading", "windows"),
    [
        ("Could you do Monday 12/7?", "7 07-17"),
        ("Are you around on Monday 7/12 (7am-11am)?", "7 07-11"),
        ("Will you be able to help on Monday morning?", "7 07-11"),
        ("Which sessions suit you on Monday?", "7 07-17"),
    ],
)
def test_whole_questions_that_name_a_day_are_read(
    heading: str, windows: str, tmp_path: Path
) -> None:
    """Yes and no below them say when people can come."""
    replies = read_text_of(tmp_path, f"Name,{heading}\nV1,Yes\nV2,No\n")

    assert told(replies) == {"V1": windows, "V2": ""}
    assert replies.is_clear


@pytest.mark.parametrize(
    "heading",
    [
        "Do you need a lift on Monday 7/12?",
        "Thứ 2 em có cần xe đón?",
        "Comments about Monday",
        "Any news for 8 Dec?",
    ],
)
def test_other_columns_of_a_day_are_asked_about(heading: str, tmp_path: Path) -> None:
    """Nothing below a planned day is lost in silence, but where a mapping says what it is."""
    text = f"Name,Wed 9/12,{heading}\nV1,Yes,Yes\nV2,Yes,\n"

    replies = read_text_of(tmp_path, text)

    (source,) = replies.sources
    (question,) = source.questions
    assert f"Column '{heading}', 1 cell, is not read" in str(question)
    assert told(replies) == {"V1": "9 07-17", "V2": "9 07-17"}
    assert not replies.is_clear
    known = ColumnMap({heading: "aside"})
    assert read_text_of(tmp_path, text, mapping=known).is_clear


@pytest.mark.parametrize("heading", ["Need a lift on 14 Dec?", "Monday", "Do you drive?"])
def test_columns_of_no_planned_day_or_without_cells_are_not(heading: str, tmp_path: Path) -> None:
    """Blank columns, and those that name nothing of the week."""
    cell = "" if heading == "Monday" else "Yes"

    replies = read_text_of(tmp_path, f"Name,Wed 9/12,{heading}\nV1,Yes,{cell}\n")

    assert replies.is_clear


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (
            files.WHEN2MEET,
            ["Mon 07:00-08:00; Tue 07:00-09:00", "Mon 08:00-09:00; Tue 07:00-09:00"],
        ),
        (
            "Day;Time;V1;V2\nMon;07:00;0;1\nMon;07:30;0;1\n",
            ["Mon 07:00-07:30: 0", "Mon 07:00-08:00"],
        ),
        (
            files.RALLLY_2,
            [
                "Mon 7 Dec 07:00 AM - 11:00 AM: Yes; Mon 7 Dec 01:00 PM - 05:00 PM: If need be",
                "Mon 7 Dec 01:00 PM - 05:00 PM: Yes",
            ],
        ),
    ],
)
def test_answers_to_polls_are_shown_without_what_is_declined(
    rows: str, shown: list[str], tmp_path: Path
) -> None:
    """Slots that touch as one; somebody who declines everything has one of the declined shown."""
    assert [reply.text for reply in read_text_of(tmp_path, rows).replies] == shown
