"""Faults of opening hours and what they make, in the words of a Vietnamese file or workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from files.books import saved
from files.weeks import TINY, refused
from openpyxl import Workbook

from shiftplan.errors import Fault
from shiftplan.files import read_problem
from shiftplan.files.headings import heading, sheet_title
from shiftplan.present.faults import fault_text
from shiftplan.present.words import Words

VI = Words("vi")
WEEK = {name: TINY[name] for name in ("centers", "skills", "volunteers", "availability", "rules")}
WEEK |= {
    "opening": "where,days,start,end,session\n,T2-T7,7h,11h,am\n00431,T3,13h,17h,pm\n",
    "needs": "where,days,shifts,skill_id,min_level,minimum,target\n,,,,,1,2\n,,pm,portal,2,0,1\n",
    "days": "date,weekdays,state,where,group,start,end,like\n,CN,nghỉ,,,,,\n",
}


def rows_of(table: str, text: str) -> list[list[str]]:
    """Rows of a table with Vietnamese headings; those that none knows stay."""
    header, *rows = csv.reader(io.StringIO(text))
    return [[heading(table, name, VI) for name in header], *rows]


def folder(place: Path, week: dict[str, str]) -> Path:
    for table, text in week.items():
        with (place / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows_of(table, text))
    return place


def workbook(place: Path, week: dict[str, str]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for table, text in week.items():
        sheet = book.create_sheet(sheet_title(table, VI))
        for row in rows_of(table, text):
            sheet.append([cell or None for cell in row])
    return saved(book, place)


def said(fault: Fault) -> str:
    """A fault in Vietnamese without its file, or sheet."""
    return " ".join(fault_text(fault, "vi").split(": ", 1)[1].split())


CASES = [
    ("opening", ",T2-T7,", "Hon Dad,T2,", "có thể ý là '00431' (Hòn Đất)"),
    ("needs", ",,,,,1,2", "Hon Dad,,,,,1,2", "có thể ý là '00431' (Hòn Đất)"),
    ("days", "nghỉ,,,,,", "nghỉ,Hon Dad,,,,", "có thể ý là '00431' (Hòn Đất)"),
    ("opening", "T2-T7", "Thu 6", "có thể là thứ 6, cũng có thể là Thursday (thứ Năm)"),
    ("opening", ",am", "," + "x" * 51, "không được dài quá 50 ký tự"),
    ("needs", "portal,2", ",2", "phải có kỹ năng ở cột “Mã kỹ năng”"),
    ("days", "nghỉ,,,,,", "nghỉ,,,7h,,",
     "“Giờ bắt đầu”, “Giờ kết thúc” và “Theo thứ” chỉ dùng cho dòng ghi 'mở'"),
    ("days", "nghỉ,,,,,", "nghỉ,00430,student,,,", "ghi 'nghỉ' và để trống “Nơi áp dụng”"),
    ("days", "nghỉ", "mãi", "phải là 'mở' hoặc 'nghỉ'"),
    ("opening", "days,start,end,", "days,x1,end,", "các cột của bảng là “Nơi áp dụng”, “Các ngày”"),
    ("centers", "capacity", "phone,SĐT", "'SĐT': cùng nghĩa với cột “Số điện thoại”"),
]  # fmt: skip


@pytest.mark.parametrize("written", [folder, workbook])
@pytest.mark.parametrize(("table", "old", "new", "words"), CASES)
def test_faults_have_the_words_that_people_see(
    tmp_path: Path,
    written: Callable[[Path, dict[str, str]], Path],
    table: str,
    old: str,
    new: str,
    words: str,
) -> None:
    """Headings and values of the file, and no name that the format alone has."""
    assert old in WEEK[table]
    text = WEEK[table].replace(old, new, 1)
    if table == "centers":
        text = text.replace(",2\n", ",1,2\n").replace(",3\n", ",1,3\n")
    faults = refused(read_problem, written(tmp_path, WEEK | {table: text}))
    told = " ".join(said(fault) for fault in faults if fault.table == table)

    assert words.casefold() in told.casefold()
    for name in ("where", "state", "closed", "open", "start", "end", "phone", "skill_id"):
        assert f" {name}" not in told.replace("'", " ")


@pytest.mark.parametrize("written", [folder, workbook])
@pytest.mark.parametrize(
    ("old", "new"),
    [("00431,Hòn", "00430,Hòn"), ("00431,Hòn", ",Hòn")],  # pasted twice, missing
)
def test_a_wrong_id_of_a_center_has_no_echo(
    tmp_path: Path, written: Callable[[Path, dict[str, str]], Path], old: str, new: str
) -> None:
    """One fault a cause: neither made shifts nor people's homes repeat it."""
    centers = WEEK["centers"].replace(old, new)
    opening = WEEK["opening"].replace("00431", "00430")
    faults = refused(
        read_problem, written(tmp_path, WEEK | {"centers": centers, "opening": opening})
    )

    assert next(fault.table for fault in faults) == "centers"
    assert "opening" not in [fault.table for fault in faults]


def test_needs_may_be_headed_as_offices_do(tmp_path: Path) -> None:
    """A session instead of types of shifts, and the least people in full."""
    week = folder(tmp_path, WEEK)
    needs = "Nơi áp dụng,Các ngày,Buổi,Số người tối thiểu,Chỉ tiêu\n,,,1,2\n00431,T3,pm,2,3\n"
    (week / "needs.csv").write_text(needs, encoding="utf-8")

    found = read_problem(week).requirements

    assert {(r.minimum, r.target) for r in found if r.shift_id == "00431-1208-pm"} == {(2, 3)}
    assert {(r.minimum, r.target) for r in found if r.shift_id != "00431-1208-pm"} == {(1, 2)}
