"""Lists of people as leaders sign them: sums, places and dates, signatures below the people."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import saved
from openpyxl import Workbook
from weeks import TINY, faults, read, replaced, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week
from shiftplan.files.sheet import is_total
from shiftplan.files.table_ends import end_of_people
from shiftplan.files.workbook.reading import book_table
from shiftplan.present.faults import fault_text

LIST = [
    ["STT", "Họ và tên", "SĐT", "Đơn vị"],
    ["1", "Trần Thanh Tùng", "0933300000", "Hòn Đất"],
    ["2", "Lâm Thị Ngọc Trâm", "", "Hòn Đất"],
]

LATER = ["Ghi chú", "sinh 2/3/2004", "nghỉ thứ 2 (đi học)"]


def written(folder: Path, *below: str) -> Path:
    """The tiny week with the list of a leader, who knows of no ids."""
    rows = [",".join(row) for row in LIST]
    offers = "name,date,start,end\nTrần Thanh Tùng,2026-12-07,07:00,17:00\n"
    changed = {"volunteers": "\n".join([*rows, *below]) + "\n", "availability": offers}
    return write_texts(folder, TINY | changed)


@pytest.mark.parametrize(
    "below",
    [
        [",Tổng cộng: 2 người,,"],
        [",Tổng cộng,,", ",,,", ",,,Bí thư Đoàn xã", ",,,Lê Văn Nhân"],
        [",,,", ',"Hòn Đất, ngày 5 tháng 12 năm 2026",,', ",Người lập biểu,,", ",Lê Văn Nhân,,"],
        ["Ghi chú: số ca tính theo tuần,,,", ",Tổng số: 2,,"],
    ],
)
def test_what_stands_below_the_people_is_nobody(tmp_path: Path, below: list[str]) -> None:
    """It is told of; the column of units stays the home of those above."""
    notes: list[Fault] = []
    week = read_week(written(tmp_path, *below), on_note=notes.append)

    assert [v.name for v in week.volunteers] == ["Trần Thanh Tùng", "Lâm Thị Ngọc Trâm"]
    assert {v.home_center_id for v in week.volunteers} == {"00431"}
    assert "không phải người, nên không được đọc" in " ".join(fault_text(n, "vi") for n in notes)


def test_a_signature_among_people_is_a_fault(tmp_path: Path) -> None:
    """Nobody could say where the people end."""
    path = written(tmp_path, ",Người lập biểu,,", ",Lê Văn Nhân,,", "3,Phạm Hoàng Khải,,Hòn Đất")
    notes = faults(tmp_path, **{p.stem: p.read_text(encoding="utf-8") for p in path.glob("*.csv")})

    assert [(f.code, f.row) for f in notes][:1] == [("invalid_value", 4)]
    assert str(notes[0].message).startswith("this row seems to be a signature")


def test_people_with_ids_may_be_called_anything(tmp_path: Path) -> None:
    """A name that is a word for a signature belongs to whoever has the id beside it."""
    week = read(tmp_path, **replaced("volunteers", "A2,", "A2,Ghi chú"))

    assert len(week.volunteers) == 2


def test_lists_of_names_alone_keep_all_their_rows() -> None:
    """A signer looks like the people there."""
    rows = [["An"], ["Bình"], ["Người lập"], ["Lê Văn Nhân"]]

    assert end_of_people(rows, None, 0) == 4
    assert (
        end_of_people([["1", *row] for row in rows[:2]] + [["", *r] for r in rows[2:]], 2, 1) == 2
    )


def test_signatures_below_a_sheet_may_be_merged(tmp_path: Path) -> None:
    """Each person needs a row of their own, but a signature does not."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tình nguyện viên"
    for row in [*LIST, [], ["", "", "Người lập biểu", ""]]:
        sheet.append([cell or None for cell in row])
    sheet.merge_cells("C5:D5")
    found = book_table(saved(book, tmp_path), "volunteers")

    assert found is not None
    assert (len(found.rows), found.faults) == (2, [])


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Tổng cộng: 3 người", True),
        ("Tổng cộng 12 tình nguyện viên", True),
        ("Total: 1,204", True),
        ("Tổng 1", False),
        ("Tổng: Văn An", False),
        ("Cộng Hòa 2", False),
    ],
)
def test_totals_may_say_of_what(text: str, *, total: bool) -> None:
    """Names and ids that begin so are none."""
    assert is_total(text) is total


def test_times_in_a_column_of_people_are_told_of(tmp_path: Path) -> None:
    """Nobody reads them, and the person would be sent there; a birthday is none."""
    lines = TINY["volunteers"].splitlines()
    people = [f"{line},{text}" for line, text in zip(lines, LATER, strict=True)]
    notes: list[Fault] = []
    read_week(
        write_texts(tmp_path, TINY | {"volunteers": "\n".join(people) + "\n"}),
        on_note=notes.append,
    )
    (note,) = (n for n in notes if n.code == "doubtful_cells")

    assert (note.row, note.column) == (3, "Ghi chú")
    assert "1 ô có thể nói khi nào đến được hoặc đến được mấy buổi" in fault_text(note, "vi")
    assert "nghỉ" not in fault_text(note)  # no remark is quoted
