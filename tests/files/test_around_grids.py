"""Grids as offices keep them: columns and rows of their own, sums, legends, signatures, merges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from shiftplan.errors import Fault
from shiftplan.files.sheet import Sheet
from shiftplan.files.workbook.grid import read_grid
from shiftplan.present.faults import fault_text
from shiftplan.problem.notes import FIRST

HEADER = ["volunteer_id", "date", "start", "end", "state"]
DAYS = [date(2026, 12, 7) + timedelta(days=i) for i in range(7)]
PLAIN = """
         |      | Ngày     | T2  | T2  | T3
         |      | Bắt đầu  | 7h  | 13h | 7h
Mã TNV   | Tên  | Kết thúc | 11h | 17h | 11h
A1       | An   |          | x   |     | x
A2       | Bình |          |     | x   |
"""
OFFERS = ["A1 07 07:00", "A1 08 07:00", "A2 07 13:00"]


@dataclass
class GridAsRead:
    """What became of a grid."""

    offers: list[str] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def said(self, lang: str) -> list[str]:
        """What is told, but for how dates and hours were read, as `cell: sentence`."""
        told = [f for f in (*self.faults, *self.notes) if f.column not in ("date", "start", "end")]
        return [fault_text(f, lang).partition(f"{f.cell}: ")[2] for f in told]


def read(
    *lines: str,
    merged: tuple[str, ...] = (),
    instead: str = PLAIN,
    by: Callable[[str], str] = str,
) -> GridAsRead:
    """Read a picture of a grid, with more rows below."""
    rows = [[cell.strip() for cell in line.split("|")] for line in instead.strip("\n").split("\n")]
    rows += [[cell.strip() for cell in line.split("|")] for line in lines]
    grid = [
        (n, {"ABCDEFGHI"[i]: text for i, text in enumerate(row) if text})
        for n, row in enumerate(rows, start=1)
    ]
    sheet = Sheet("availability", "x.xlsx", header=HEADER, days=DAYS)
    read_grid(
        sheet, Sheet("stand_by", ""), "Lưới", grid, {"A1": ["An"], "A2": ["Bình"]}, by, merged
    )
    offers = sorted(f"{by(who)} {day[-2:]} {start}" for who, day, start, *_ in sheet.rows)
    return GridAsRead(offers, list(sheet.notes.values()), sheet.faults)


def beside(*column: str) -> str:
    """The plain grid with a column at its right."""
    lines = PLAIN.strip("\n").split("\n")
    return "\n".join(f"{line} | {text}" for line, text in zip(lines, column, strict=True))


def test_the_plain_grid_is_read() -> None:
    """Nothing is told of it but how days and hours were read."""
    found = read()

    assert (found.offers, found.said("en")) == (OFFERS, [])


OWN = {
    "a remark in the first row": ("Ghi chú", "", "", "gọi trước", "x"),
    "a remark in the last row": ("", "", "Ghi chú", "gọi trước", ""),
    "a serial number": ("STT", "", "", "1", "2"),
    "a phone": ("", "SĐT", "", "0912345678", "0912345679"),
    "a second phone": ("", "SĐT 2", "", "0912345678", ""),
    "sums": ("Tổng", "", "", "1", "1"),
    "sums in words": ("Tổng số buổi", "", "", "2", "1"),
    "signs below a sum": ("Total", "", "", "x", "x"),
    "nothing below": ("Ký tên", "", "", "", ""),
}


@pytest.mark.parametrize("case", OWN)
def test_columns_of_ones_own_are_left_aside_with_one_note(case: str) -> None:
    """Their headings are neither dates nor hours, and their cells are no marks."""
    column = OWN[case]
    found = read(instead=beside(*column))

    title = next(filter(None, column))
    assert found.offers == OFFERS
    (english,), (vietnamese,) = found.said("en"), found.said("vi")
    assert english.startswith(f"columns without a date or hours are not read: {title}. ")
    assert vietnamese.startswith(f"các cột không có ngày giờ nên không được đọc: {title}. ")


FAULTY = {
    "marks without a date": (("Xe máy", "", "", "x", "x"), "G1", "Xe máy", "marked_column"),
    "a day that is none": (("T9", "", "", "x", ""), "G1", "T9", "date_form"),
    "a date with a slip": (("Thứ Ba 8-12x", "", "", "", ""), "G1", "Thứ Ba 8-12x", "date_form"),
    "hours of no day": (("", "7h", "11h", "x", ""), "G1", "", "value_needed"),
    "a slip in the hours": (("T3", "13hh", "17h", "x", ""), "G2", "13hh", "time_form"),
}


@pytest.mark.parametrize("case", FAULTY)
def test_columns_that_may_be_sessions_are_one_fault(case: str) -> None:
    """A mark counts nowhere, or a heading is nearly one: the other blank cells are not told too."""
    column, cell, value, code = FAULTY[case]
    found = read(instead=beside(*column))

    told = [
        (f.cell, f.value, getattr(f.message, "code", "").partition(".")[2]) for f in found.faults
    ]
    assert told == [(cell, value, code)]
    assert [len(found.said(lang)) for lang in ("en", "vi")] == [1, 1]


ROWS = {
    "sums": (["Tổng | | | 1 | 1 | 1"], "this row adds up marks; it is not read"),
    "sums without a word": (["| | | 12 | 0 | 9"], "this row adds up marks; it is not read"),
    "sums in words": (["Số người | | | 12 | 1 | 9"], "this row adds up marks; it is not read"),
    "a legend": (["Chú thích: | | | x | đến được"], "row 6 holds no person and is not read"),
    "a legend of nobody": (["| | | đến được | không"], "row 6 holds no person and is not read"),
    "a signature": (
        ["| | | | | An Giang, ngày 1/12", "| | | | | Người lập bảng", "| | | | | Lê Văn C"],
        "3 rows hold no person and are not read: 6, 7, 8",
    ),
    "a signature at the left": (
        ["Người lập bảng | | | | | Tổ trưởng"],
        "row 6 holds no person and is not read",
    ),
    "parts of a day": (["| | | Sáng | Chiều | Sáng"], "row 6 holds no person and is not read"),
    "the header again": (
        ["| | Ngày | T2 | T2 | T3", "Mã TNV | Tên | | 11h | 17h | 11h"],
        "2 rows hold no person and are not read: 6, 7",
    ),
}


@pytest.mark.parametrize("case", ROWS)
def test_rows_of_no_person_are_left_aside_with_one_note(case: str) -> None:
    """Nothing in them is a mark, and nothing is told of each of their cells."""
    lines, sentence = ROWS[case]
    found = read(*lines)

    assert found.offers == OFFERS
    assert found.faults == []
    (english,), (vietnamese,) = found.said("en"), found.said("vi")
    assert sentence in english
    assert "[" not in vietnamese


def test_the_name_of_a_part_of_the_team_is_no_person() -> None:
    """It may be merged over all columns; a person's merged marks are a fault."""
    part = read("Tổ 2", "A2 | Bình | | x", merged=("A6:F6",))
    marks = read("A2 | Bình | | x", merged=("D6:E6",))

    assert part.said("en") == []
    assert part.offers == sorted([*OFFERS, "A2 07 07:00"])
    assert [(f.code, f.cell) for f in marks.faults] == [("merged_cells", "D6")]


def test_a_row_of_marks_without_a_person_is_one_fault() -> None:
    """Also where one of its marks is not understood."""
    found = read("| | | x | ? | x")

    assert [(f.code, f.cell) for f in found.faults] == [("missing_value", "A6")]


MERGES = {
    "days above their sessions": (("D1:E1",), OFFERS, 1),
    "a heading of one's own": (("G1:G3",), OFFERS, 0),
    "a title left of the labels": (("A1:B2",), OFFERS, 0),
}


@pytest.mark.parametrize("case", MERGES)
def test_merges_that_hide_nothing_are_read(case: str) -> None:
    """A day over its morning and afternoon holds for both."""
    merged, offers, notes = MERGES[case]
    blank = beside("Ghi chú", "", "", "", "").replace("T2  | T2 ", "T2  |    ")
    found = read(instead=blank if notes else beside("Ghi chú", "", "", "", ""), merged=merged)

    assert (found.offers, found.faults) == (offers, [])
    assert (
        sum(getattr(n.message, "code", "") == "workbook.merged_date" for n in found.notes) == notes
    )


@pytest.mark.parametrize("ref", ["D2:E2", "D1:E2", "E3:F3", "D4:D5", "A4:A5"])
def test_merges_that_hide_values_are_faults(ref: str) -> None:
    """Hours over two sessions, and cells of people."""
    found = read(merged=(ref,))

    assert [(f.code, f.cell) for f in found.faults] == [("merged_cells", ref.partition(":")[0])]


def test_a_merge_over_dates_that_differ_is_a_fault() -> None:
    """Some programs keep what a merge covers, so that two dates could be meant."""
    found = read(merged=("E1:F1",))

    assert [(f.code, f.cell) for f in found.faults] == [("merged_cells", "E1")]


def test_merges_without_end_take_no_time() -> None:
    """Thousands of merges over all columns that a sheet can have are looked at, but not whole."""
    merged = tuple(f"A{row}:XFD{row}" for row in range(7, 10_007))

    assert read(merged=merged).offers == OFFERS


def test_a_blank_column_between_sessions_is_nothing() -> None:
    """It parts the days for the eye."""
    lines = [line.split("|") for line in PLAIN.strip("\n").split("\n")]
    found = read(instead="\n".join("|".join([*row[:5], " ", *row[5:]]) for row in lines))

    assert (found.offers, found.said("en")) == (OFFERS, [])


def test_the_legend_of_a_sheet_says_what_its_marks_mean() -> None:
    """`V` is a tick to most, and `vắng` to some; a note tells how it was read."""
    grid = PLAIN.replace(
        "A2       | Bình |          |     | x ", "A2       | Bình |          | V   | x "
    )
    told = read("", "| x: đi được; V: vắng", instead=grid)
    unsaid = read(instead=grid)
    both = read("", "| V: vắng", "| v = có", instead=grid)

    assert (told.offers, told.faults) == (OFFERS, [])
    assert told.said("vi") == ["được đọc là “không đến được”, như ô trống: V (1)"]
    assert unsaid.offers == sorted([*OFFERS, "A2 07 07:00"])
    assert [note.code for note in unsaid.notes if not note.column] == ["read_as", "doubtful_cells"]
    assert [(fault.code, fault.value) for fault in both.faults] == [("not_one_of", "V")]


def test_remarks_that_say_when_somebody_can_come_are_told_first() -> None:
    """Nobody reads them; birthdays, phones and names are none of these."""
    remarks = ["", "", "Ghi chú", "nghỉ thứ 2 (đi học)", "chỉ sau 9h, 9/12"]
    others = ["", "", "Ghi chú", "sinh 2/3/2004, anh Sáng", "0912-345 678, không có xe, tổ 2"]
    found, none = read(instead=beside(*remarks)), read(instead=beside(*others))

    assert found.said("en")[-1] == (
        "2 remarks beside the marks may say when, or how often, somebody can come, and are not "
        "read (G4, G5). Correct the marks, or the most shifts, of these people where a remark "
        "contradicts them."
    )
    assert found.notes[-1].code in FIRST
    assert [note.code for note in none.notes if not note.column] == ["read_as"]


HOME_MADE = """
STT | Họ và tên | Thứ 2  |         | Thứ 3  |
    |           | 7h-11h | 13h-17h | 7h-11h | 13h-17h
1   | An        | x      |         | x      |
2   | Bình      |        | x       |        |
"""


def test_days_above_hours_need_no_labels() -> None:
    """As people draw grids themselves; where a day is missing above its hours, that is a fault."""
    merged = ("A1:A2", "B1:B2", "C1:D1", "E1:F1")
    found = read(instead=HOME_MADE, merged=merged, by=named)
    titled = read(instead="\nLịch tuần 7/12 - 13/12\n\n" + HOME_MADE.strip(), by=named)
    reversed_ = read(instead="\n".join(HOME_MADE.strip().split("\n")[::-1]), by=named)

    assert (found.offers, found.faults) == (OFFERS, [])
    assert [(f.code, f.cell) for f in titled.faults] == [
        ("missing_value", "D3"),
        ("missing_value", "F3"),
    ]
    assert "phía trên các dấu cần một dòng ngày (Thứ 2, 7/12)" in fault_text(
        reversed_.faults[0], "vi"
    )


def test_days_whose_order_only_the_week_tells_make_a_head() -> None:
    """`7/12/2026` may be in July too, and was passed over with its marks."""
    some = HOME_MADE.replace("Thứ 2 ", "7/12/2026").replace("Thứ 3 ", "T3 8/12")
    every = some.replace("T3 8/12", "8/12/2026")
    beside = zip(some.strip().split("\n"), ("9/12", "7h-11h", "", ""), strict=True)
    misspelt = "\n".join(f"{row} | {cell}" for row, cell in beside)
    misspelt = misspelt.replace("7/12/2026", "31/11/2026")
    merged = ("C1:D1", "E1:F1")

    for head in (some, every):
        found = read(instead=head, merged=merged, by=named)
        assert (found.offers, found.faults) == (OFFERS, [])
    refused = read(instead=misspelt, merged=merged, by=named).faults
    assert {(fault.cell, fault.value) for fault in refused} == {
        ("C1", "31/11/2026"),
        ("D1", "31/11/2026"),
    }


def named(text: str) -> str:
    """Id of a person."""
    return {"An": "A1", "Bình": "A2"}.get(text, text)
