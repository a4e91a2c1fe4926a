"""Faults of files with headings of their own name columns as these files do."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from files.weeks import faults, read, refused
from openpyxl import Workbook

from shiftplan.files import read_attendance, read_changes, read_roster
from shiftplan.present.faults import fault_text

TABLES = [
    (
        "volunteers",
        "Mã TNV,Họ tên,Trung tâm,Số ca tối đa\nA1,An,00430,x\nA2,Bình,00431,\n",
        "dòng 2, cột “Số ca tối đa”: 'x': phải là số nguyên",
    ),
    (
        "volunteers",
        "Mã TNV,Họ tên,SĐT,Điện thoại\nA1,An,1,2\nA2,Bình,,\n",
        "dòng 1, cột “SĐT”: 'Điện thoại': cùng nghĩa với cột “SĐT”",
    ),
    (
        "centers",
        "Mã trung tâm,Tên trung tâm,Vĩ độ,Kinh độ\n00430,Rạch Giá,100,5\n00431,Hòn Đất,10,5\n",
        "dòng 2, cột “Vĩ độ”: '100': phải từ 90 trở xuống",
    ),
    (
        "availability",
        "Họ tên,Ngày trực,Từ,Đến\nAn,2026-12-07,7h,25h\n",
        "dòng 2, cột “Đến”: '25h': giờ phải từ 00:00 đến 24:00",
    ),
    (
        "availability",
        "Họ tên,Ngày trực,Từ,Đến\nAnh,2026-12-07,7h,9h\n",
        "dòng 2, cột “Họ tên”: 'Anh': không có tình nguyện viên này trong bảng volunteers",
    ),
    (
        "shifts",
        "Mã ca,Trung tâm,Từ,Đến\nS1,Rạch Giá,7h,11h\n",
        "thiếu cột “Ngày”; dòng tiêu đề có Mã ca, Trung tâm, Từ, Đến",
    ),
    (
        "requirements",
        "Mã ca,Tối thiểu,Chỉ tiêu\nS1,3,2\n",
        "dòng 2, cột “Tối thiểu”: '3': mức tối thiểu không được vượt chỉ tiêu, 2",
    ),
    (
        "requirements",
        "Mã ca,Chỉ tiêuu\nS1,2\n",
        "không có cột này; các cột của bảng là “Mã ca”, “Mã kỹ năng”, “Bậc thấp nhất”",
    ),
]


@pytest.mark.parametrize(("table", "text", "says"), TABLES)
def test_tables_of_a_week(tmp_path: Path, table: str, text: str, says: str) -> None:
    """Columns that the file lacks have their headings in the language of the reader."""
    told = [fault_text(fault, "vi") for fault in faults(tmp_path, **{table: text})]

    assert any(f"tệp {table}.csv" in one and says in one for one in told), told


LISTS = [
    ("absent", "Ngày,Lý do\n7/12,ốm\n", "các cột “Mã tình nguyện viên” hoặc “Tên”"),
    ("absent", "Họ tên,Ngay\nAn,7/12\n", "Có thể ý là “Ngày”"),
    ("absent", "Họ tên,Từ ngày,Đến ngày\nAn,9/12,7/12\n", "cột “Đến ngày”: '7/12': ngày cuối"),
    ("absent", "Họ tên,Lý do\nAn,họp sáng T2\n", "Hãy ghi thời gian vào cột “Ngày”"),
    ("roster", "Trung tâm,Ngày,Từ,Người trực\nRạch Giá,7/12,8h,An\n", "cột “Từ”: '8h'"),
    ("roster", "Trung tâm,Ngày,Từ,Người trực\nRạch Giá,7/12,7h,\n", "cột “Người trực”: ô này"),
    ("roster", "Trung tâm,Ngày\nRạch Giá,7/12\n", "“Mã ca” hoặc “Giờ bắt đầu”"),
    ("changes", "Loại thay đổi,Mã ca,Ngày\ncancelled,S1,\nmoved,S1,8/12\n", "cột “Giờ bắt đầu”"),
]


@pytest.mark.parametrize("as_book", [False, True])
@pytest.mark.parametrize(("kind", "text", "says"), LISTS)
def test_lists(tmp_path: Path, kind: str, text: str, says: str, as_book: bool) -> None:
    """As CSV and as a workbook, whose faults have cells."""
    problem, path = read(tmp_path), tmp_path / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    if as_book:
        book, path = Workbook(), tmp_path / f"{kind}.xlsx"
        for row in csv.reader(text.splitlines()):
            book.active.append(row)
        book.save(path)
    readers = {
        "absent": lambda: read_changes(problem, path),
        "changes": lambda: read_changes(problem, None, path),
        "roster": lambda: read_roster(path, of=problem),
    }
    told = " ".join(fault_text(fault, "vi") for fault in refused(readers[kind]))

    assert (says.rpartition("”: ")[2] if as_book else says.removeprefix("các ")) in told
    assert not {"volunteer_id", "shift_id", "home_center", "date"} & set(told.split())


def test_tables_beside_a_week(tmp_path: Path) -> None:
    """Attendance with the headings of the template; words that mean no state are told."""
    path = tmp_path / "attendance.csv"
    path.write_text("Mã ca,Mã TNV,Trạng thái,Ghi chú\nS1,A1,vắng,x\n", encoding="utf-8")
    assert [turnout.state for turnout in read_attendance(path)] == ["absent"]

    path.write_text("Mã ca,Mã TNV,Trạng thái\nS1,A1,hm\n", encoding="utf-8")
    (fault,) = refused(read_attendance, path)
    assert "dòng 2, cột “Trạng thái”: 'hm': phải là" in fault_text(fault, "vi")
