"""Answers in grids: of forms, workbooks and CSV files, with sums, remarks and marks."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from answer_files import book_of, fates, read_text_of, told, week
from files.weeks import refused

from shiftplan.files import read_answers


def test_a_grid_of_choices_may_have_sessions_as_rows(tmp_path: Path) -> None:
    """`Thứ 2 [Sáng]` says both; its cells are words for yes, no and in between."""
    text = "Timestamp,Họ tên,Thứ 2 [Sáng],Thứ 2 [Chiều]\n12/1/2026 8:00:00,V1,Có,Nếu cần\n"

    assert told(read_text_of(tmp_path, text)) == {"V1": "7 07-11, 7 13-17?"}


def test_a_grid_alone_in_a_workbook_is_understood(tmp_path: Path) -> None:
    """The template's grid from a team leader; a row without marks is no answer."""
    rows = [
        ("volunteer_id", "name", "date", date(2026, 12, 7), date(2026, 12, 7), date(2026, 12, 8)),
        (None, None, "start", time(7), time(13), "07:00"),
        (None, None, "end", time(11), time(17), "11:00"),
        ("V3", "Lê Hoàng Anh", None, "x", None, "+"),
        ("V4", "Phạm Thu Hà", None, None, "-", "✓"),
        ("V5", "Danh Sóc Kha", None, None, None, None),
    ]

    replies = read_text_of(tmp_path, book_of(rows, "Availability grid"), "team.xlsx")

    assert replies.sources[0].program == "grid"
    assert told(replies) == {"V3": "7 07-11, 8 07-11+", "V4": "7 13-17?, 8 07-11"}
    assert replies.silent == ("V1", "V2", "V5")


def test_a_grid_is_understood_as_csv_too(tmp_path: Path) -> None:
    """The sheet saved as CSV, with names instead of ids."""
    text = (
        "Tên,Ngày,T2 7/12,T2 7/12\n,Giờ bắt đầu,7h,13h\n,Giờ kết thúc,11h,17h\n"
        "Lê Hoàng Anh,,x,\nPhạm Thu Hà,,,v\n"
    )

    assert told(read_text_of(tmp_path, text)) == {"V3": "7 07-11", "V4": "7 13-17"}


def test_a_grid_may_have_columns_of_ones_own_but_no_stray_marks(tmp_path: Path) -> None:
    """A phone number beside the name is none; an x right of the last session is asked about."""
    rows = [
        ["STT", "volunteer_id", "name", "Tổ", "date", "2026-12-07"],
        [None, None, None, None, "start", "07:00"],
        [None, None, None, None, "end", "11:00"],
        [1, "V3", "Lê Hoàng Anh", "tổ 1", None, "x", None],
    ]

    assert told(read_text_of(tmp_path, book_of(rows), "team.xlsx")) == {"V3": "7 07-11"}
    rows[3][6] = "x"
    (fault,) = refused(read_text_of, tmp_path, book_of(rows), "team.xlsx")
    assert fault.message.code == "files.unnamed_column"


def test_sums_and_remarks_around_a_grid_are_no_answers(tmp_path: Path) -> None:
    """Right of the sessions, and below the people."""
    text = (
        "Tên,Ngày,T2 7/12,Ghi chú\n,Giờ bắt đầu,7h,\n,Giờ kết thúc,11h,\n"
        "Lê Hoàng Anh,,x,gọi trước\nTổng,,1,\n"
    )
    replies = read_text_of(tmp_path, text)

    assert told(replies) == {"V3": "7 07-11"}
    assert [reply.fate for reply in replies.replies] == ["understood"]
    assert dict(replies.sources[0].unread) == {"Ghi chú": 1}


def test_ticks_beside_crosses_are_asked_about(tmp_path: Path) -> None:
    """One person has both, another only crosses, as the template says."""
    text = "Tên,Thứ 2 7h-11h,Thứ 3 7h-11h\nV1,✓,x\nV2,x,x\n"

    replies = read_text_of(tmp_path, text)

    assert told(replies) == {"V2": "7 07-11, 8 07-11"}
    assert fates(replies) == ["unclear V1 answers.ticks_and_crosses"]


@pytest.mark.parametrize("mark", [None, "x"])
def test_colours_instead_of_marks_are_asked_about(mark: str | None, tmp_path: Path) -> None:
    """A grid of colours alone is refused; beside marks they are noted, and never read."""
    from openpyxl import Workbook
    from openpyxl.styles import PatternFill

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["volunteer_id", "date", "2026-12-07", "2026-12-08"],
        [None, "start", "07:00", "07:00"],
        [None, "end", "11:00", "11:00"],
        ["V1", None, None, mark],
        ["V2", None, None, None],
    ):
        sheet.append(row)
    sheet["C4"].fill = PatternFill("solid", fgColor="FF00FF00")
    path = tmp_path / "team.xlsx"
    book.save(path)

    if mark is None:
        (fault,) = refused(read_answers, week(), path)
        assert (fault.code, fault.cell) == ("colored_cells", "C4")
        return
    replies = read_answers(week(), path)
    assert told(replies) == {"V1": "8 07-11"}
    assert [note.code for note in replies.sources[0].notes] == ["workbook.colors_without_marks"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Họ tên,Ngày nghỉ\nV1,T2\n", "answers.denies"),
        ("Họ tên,Ngày không đến được\nV1,T2\n", "answers.denies"),
        ("Họ tên,T2,T3,Giờ đến\nV1,x,,7h-9h\n", "answers.hours_apart"),
        ("Họ tên,Ngày,Buổi 1,Buổi 2\nV1,T2,Sáng,Chiều\n", "answers.hours_apart"),
        ("Họ tên,,T2\nV1,x,x\n", "files.unnamed_column"),
    ],
)
def test_columns_that_would_be_misread_are_refused(text: str, code: str, tmp_path: Path) -> None:
    """Left aside, they would turn a no into a yes, or a morning into a day."""
    found = refused(read_text_of, tmp_path, text)

    assert {fault.message.code for fault in found} == {code}
