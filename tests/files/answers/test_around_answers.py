"""What stands around the answers of a list: sums, legends and signatures, and colors for marks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from answer_files import fates, read_text_of, told, week
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from shiftplan.errors import InputError

_HEAD = "STT,Họ và tên,Thứ 2 (7/12) Sáng,Thứ 2 (7/12) Chiều\n"
_LIST = f"{_HEAD}1,Nguyễn Thị Lan,x,\n2,Trần Văn Minh,,x\n"
_READ = {"V1": "7 07-11", "V2": "7 13-17"}


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        (",Tổng cộng,1,1\n", "4"),
        (",,12,13\n", "4"),
        (
            "\n,Người lập bảng,,Bí thư\n,(ký tên)\n\n,Nguyễn Thị Lan,,Lê Tám\n",
            "5, 6, 8",
        ),
        (",,,TM. BCH ĐOÀN XÃ\n,,,BÍ THƯ\n,,,Trần Văn Minh\n", "4, 5, 6"),
        (",Xác nhận của lãnh đạo\n,Trần Văn Minh\n", "4, 5"),
        (',"Rạch Giá, ngày 5 tháng 12 năm 2026"\n,Người lập\n,Nguyễn Thị Lan\n', "4, 5, 6"),
        (",Tổng,1,1\n,Ghi chú: x là đi được\n", "4, 5"),
    ],
)
def test_signatures_and_sums_are_no_answers(below: str, rows: str, tmp_path: Path) -> None:
    """Not even where the leader who signs is a volunteer of the list."""
    found = read_text_of(tmp_path, _LIST + below)

    assert told(found) == _READ
    assert fates(found) == []
    notes = "; ".join(map(str, found.sources[0].notes))
    assert f"of sums, legends or signatures: {rows}" in notes


@pytest.mark.parametrize(
    ("below", "fate"),
    [
        (",Ghi chú\n3,Lê Hoàng Anh,x,\n", "stranger Ghi chú answers.no_such_volunteer"),
        ("3,Lê Hoàng Anh,đi đâu đó,\n", "unclear V3 answers.of_cell"),
        ("3,Lê Hoàng Anh,Xác nhận,\n", "unclear V3 answers.of_cell"),
        ("3,Nguyễn Xác Nhận,,\n", "stranger Nguyễn Xác Nhận answers.no_such_volunteer"),
    ],
)
def test_answers_are_not_taken_for_signatures(below: str, fate: str, tmp_path: Path) -> None:
    """What is not understood is asked about, unless it begins like a remark and nothing follows."""
    found = read_text_of(tmp_path, _LIST + below)

    assert [each.split()[0] for each in fates(found)] == [fate.split()[0]]


def test_what_a_form_sent_is_no_signature(tmp_path: Path) -> None:
    """Whose answer is not understood is asked, though nothing but an address tells who it is."""
    mails = {f"V{i}": f"v{i}@x.vn" for i in range(1, 4)}
    people = [
        one.model_copy(update={"contact": mails.get(one.volunteer_id, "")})
        for one in week().volunteers
    ]
    text = (
        "Timestamp,Email address,When are you free?\n"
        "2026-12-01 08:00,v1@x.vn,T2\n"
        '2026-12-01 09:00,v2@x.vn,"em đi họp 9/12, còn lại xem sau"\n'
        "2026-12-01 10:00,v3@x.vn,em xem lại rồi báo nhé\n"
    )

    problem = week().model_copy(update={"volunteers": tuple(people)})

    found = read_text_of(tmp_path, text, problem=problem)

    assert [fate.split()[0] for fate in fates(found)] == ["unclear", "unclear"]


def _painted(cells: Sequence[str], marks: Sequence[str] = ()) -> bytes:
    """The list without marks, but for some, and with green cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["BCH ĐOÀN XÃ"])
    sheet.append(["Họ và tên", "Thứ 2 7/12", "", "Thứ 3 8/12", ""])
    sheet.append(["", "Sáng", "Chiều", "Sáng", "Chiều"])
    for name in ("Nguyễn Thị Lan", "Trần Văn Minh", "Lê Hoàng Anh"):
        sheet.append([name])
    sheet.append(["Người lập bảng", "", "", "Bí thư"])
    for cell in cells:
        sheet[cell].fill = PatternFill("solid", fgColor="92D050")
    for cell in marks:
        sheet[cell] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_list_of_colors_is_refused(tmp_path: Path) -> None:
    """As a grid of colors is: nobody's answer is called blank."""
    with pytest.raises(InputError) as refused:
        read_text_of(tmp_path, _painted(["B4", "D4", "C5", "E6"]), "list.xlsx")

    (fault,) = refused.value.faults
    assert (fault.code, fault.cell) == ("colored_cells", "B4")


def test_colors_beside_marks_are_told(tmp_path: Path) -> None:
    """The answers that are marked count."""
    book = _painted(["B4", "D4", "C5"], ["B4", "D6"])

    found = read_text_of(tmp_path, book, "list.xlsx")

    assert told(found) == {"V1": "7 07-11", "V3": "8 07-11"}
    assert any("D4, C5" in str(note) for note in found.sources[0].notes)
