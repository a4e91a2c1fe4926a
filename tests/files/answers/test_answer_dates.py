"""Columns of dates beside answers: days on which people can come, or on which they signed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_files import read_text_of, told
from files.weeks import refused

ONE, OTHER = "V1,Sáng,{}\n", "V2,Chiều,{}\n"
"""Two people who can come on Monday, and a cell beside that."""


@pytest.mark.parametrize(
    ("heading", "cells", "fate"),
    [
        # Dates that fit the week by chance: never taken, and said.
        ("Ngày đăng ký", ("7/12", "9/12"), "said"),
        ("Ngày đăng ký", ("2026-12-07", "2026-12-09"), "said"),
        ("Thời gian đăng ký", ("7/12/2026", "8/12/2026"), "said"),
        ("Registration date", ("7 Dec 2026", "8 Dec 2026"), "said"),
        ("When did you sign up?", ("7/12", "9/12"), "said"),
        ("Ngày", ("7/12", "9/12"), "said"),
        ("Ngày", ("T2 7/12", "Thứ Tư, 9/12"), "said"),
        ("Ngày tập huấn", ("7/12", "9/12"), "said"),
        ("Từ ngày", ("7/12", "9/12"), "said"),
        # By their heading they are something else: listed as not read, like any other column.
        ("Ngày sinh", ("7/12", "9/12"), "aside"),
        ("Ngày tháng năm sinh", ("7/12", "9/12"), "aside"),
        ("Sinh nhật", ("7/12", "9/12"), "aside"),
        ("Birthday", ("7/12", "9/12"), "aside"),
        ("Date of birth", ("7/12", "9/12"), "aside"),
        ("Ngày cấp CCCD", ("7/12", "9/12"), "aside"),
        # When the answers were given.
        ("Ngày gửi", ("7/12/2026", "9/12/2026"), "time"),
        ("Ngày nộp phiếu", ("7/12/2026", "9/12/2026"), "time"),
        ("Date submitted", ("7/12/2026", "9/12/2026"), "time"),
        # The question asks for days, or the cells do not look like one date each.
        ("Bạn đến được ngày nào?", ("8/12", "9/12"), "read"),
        ("Ngày đăng ký trực", ("8/12; 9/12", "9/12, 10/12"), "read"),
        ("Ngày đăng ký", ("T3", "T4"), "read"),
    ],
)
def test_dates_beside_answers_are_not_taken_for_answers(
    heading: str, cells: tuple[str, str], fate: str, tmp_path: Path
) -> None:
    """A birthday on 7 December does not make anybody come on 7 December."""
    rows = "".join(row.format(f'"{c}"') for row, c in zip((ONE, OTHER), cells, strict=True))

    replies = read_text_of(tmp_path, f"Họ tên,Thứ 2,{heading}\n{rows}")

    (source,) = replies.sources
    assert (told(replies) == {"V1": "7 07-11", "V2": "7 13-17"}) == (fate != "read")
    assert (heading in source.unread) == (fate in ("said", "aside"))
    notes = [note.code for note in source.notes]
    assert notes == (["answers.dates_left_aside"] if fate == "said" else [])


@pytest.mark.parametrize("heading", ["Ngày đăng ký", "Ngày tập huấn", "Registration date"])
def test_dates_alone_are_asked_about(heading: str, tmp_path: Path) -> None:
    """They may be all that people answered; a mapping file says so."""
    (fault,) = refused(read_text_of, tmp_path, f"Họ tên,{heading}\nV1,7/12\nV2,9/12\n")

    assert (fault.column, fault.message.code) == (heading, "answers.single_dates")


def test_the_day_on_which_people_signed_up_is_not_that_of_their_hours(tmp_path: Path) -> None:
    """`Sáng` beside `Ngày đăng ký` is no morning of that date."""
    found = refused(read_text_of, tmp_path, "Họ tên,Ngày đăng ký,Buổi\nV1,7/12,Sáng\n")

    assert [(fault.column, fault.message.code) for fault in found] == [
        ("Buổi", "answers.hours_apart"),
        ("Ngày đăng ký", "answers.single_dates"),
    ]
