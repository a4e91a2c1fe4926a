"""Headings and values in words: of any language, in CSV files as in workbooks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from books import saved, tiny_book
from weeks import TINY, faults, read, refused, replaced, told_at, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week, read_workbook
from shiftplan.files.headings import columns_named, heading, known_words, word, words_of_kinds
from shiftplan.files.layout import TABLE_NAMES, columns_of
from shiftplan.present.faults import fault_text

OFFICE = {
    "centers": "Mã đơn vị;Tên đơn vị;Vĩ độ;Kinh độ;Mức ưu tiên;Sức chứa\n"
    "00430;Rạch Giá;10,01;105,08;1,125;2\n00431;Hòn Đất;10,2;104,9;1;3\n",
    "volunteers": "Mã TNV;Họ và tên;Trung tâm;Nhóm;Kỹ năng: portal;Số ca tối đa;Tỷ lệ có mặt\n"
    "A1;An;Rạch Giá;official;3;4;0,91\nA2;Bình;Hòn Đất;student;0;;1\n",
    "availability": "Họ tên;Đơn vị;Ngày;Bắt đầu;Kết thúc;Trạng thái\n"
    "An;Rạch Giá;2026-12-07;7h;17h;có thể\nBình;;2026-12-08;13:00;17:00;muốn\n",
    "shifts": "Mã ca;Trung tâm;Ngày;start;Kết thúc\n"
    "S1;Rạch Giá;2026-12-07;07:00;11:00\nS2;00431;2026-12-08;13:00;17:00\n",
    "rules": "Quy định;Mức;Trọng số;value\ncoverage;1;100;\nmentor;bắt buộc;;2\nrate;1;7;\n",
}
OFFICE["centers"] = OFFICE["centers"].replace("Mã đơn vị", "Mã trung tâm")


def test_vietnamese_headings_and_words_are_read_in_csv(tmp_path: Path) -> None:
    """Also beside headings of the format, with names instead of ids; nothing else is different."""
    (tmp_path / "office").mkdir()
    (tmp_path / "ids").mkdir()

    problem = read_week(write_texts(tmp_path / "office", TINY | OFFICE))

    assert problem == read(tmp_path / "ids")


def written(table: str, rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("lang", range(len(known_words())))
def test_headings_of_each_language_are_those_of_workbooks(tmp_path: Path, lang: int) -> None:
    """The tiny week with all headings of a language, as files and as sheets."""
    say = known_words()[lang]
    week = {}
    for table, text in TINY.items():
        titles, *rows = csv.reader(io.StringIO(text))
        week[table] = written(table, [[heading(table, title, say) for title in titles], *rows])
    for name in ("csv", "ids"):
        (tmp_path / name).mkdir()
    expected = read(tmp_path / "ids")

    assert read_week(write_texts(tmp_path / "csv", week)) == expected
    assert read_workbook(saved(tiny_book(**week), tmp_path)) == expected


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_no_heading_names_two_columns(table: str) -> None:
    """Each column is named by its own name and by its heading in each language and kind of work."""
    for column in columns_of(table):
        for title in (column, *(heading(table, column, say) for say in words_of_kinds())):
            assert columns_named(table, [title]) == [column], title


@pytest.mark.parametrize(
    ("table", "titles", "columns"),
    [
        ("availability", "Họ tên,Ngày", "volunteer_id,date"),
        ("availability", "Họ tên,Ngày,Giờ", "volunteer_id,date,start"),
        ("shifts", "Mã ca,Thời gian,Bắt đầu,Loại ca", "shift_id,Thời gian,start,type"),
        (
            "volunteers",
            "Họ & tên,Cự ly tối đa (km),Số buổi tối đa",
            "name,max_distance_km,max_shifts",
        ),
        ("volunteers", "Xa nhất,Xa nhất (km)", "Xa nhất,max_distance_km"),
        ("volunteers", "Xa nhất,Bán kính", "Xa nhất,Bán kính"),
        ("volunteers", "Khoảng cách (km),Cự ly", "Khoảng cách (km),Cự ly"),
        ("opening", "Mở cửa,Đóng cửa", "start,end"),
        ("occupied", "TNV,Từ ngày,Đến ngày,Lý do", "volunteer_id,date,end_date,what"),
        ("availability", "Tên,Đơn vị,date", "volunteer_id,volunteer_id.home,date"),
        (
            "availability",
            "volunteer_id,Tên,Trung tâm",
            "volunteer_id,volunteer_id.name,volunteer_id.home",
        ),
        ("availability", "Mã TNV,Đơn vị", "volunteer_id,Đơn vị"),
        ("shifts", "shift_id,Đơn vị,Ngày trực", "shift_id,center_id,date"),
        ("shifts", "center_id,Đơn vị", "center_id,Đơn vị"),
        ("shifts", "Trung tâm,Tên", "center_id,Tên"),
        ("centers", "Mã trung tâm,Trung tâm", "center_id,name"),
        ("volunteers", "Họ và tên,Trung tâm,Đơn vị", "name,home_center_id,Đơn vị"),
        ("demand", "Center,Service", "center_id,service_id"),
        ("requirements", "Kỹ năng,skill_id", "skill_id.name,skill_id"),
        ("rules", "Quy định,Kỹ năng", "rule,skill"),
    ],
)
def test_titles_of_offices(table: str, titles: str, columns: str) -> None:
    """A column of names stands for the ids where these are missing, else it stands beside them."""
    assert ",".join(columns_named(table, titles.split(","))) == columns


def test_a_word_that_templates_do_not_have_is_told(tmp_path: Path) -> None:
    """`được` is the word of the template; `rảnh` is read as it."""
    notes: list[Fault] = []
    offers = TINY["availability"].replace("available", "rảnh").replace("preferred", "được")

    problem = read_week(
        write_texts(tmp_path, TINY | {"availability": offers}), on_note=notes.append
    )

    assert [w.state for w in problem.availability] == ["available", "available"]
    (note,) = [fault_text(n, "vi") for n in notes if n.code == "read_as"]
    assert note.splitlines()[0] == (
        "tệp availability.csv, dòng 2, cột state: 'rảnh': được đọc là available"
    )


def test_words_are_those_of_workbooks(tmp_path: Path) -> None:
    """Each state in each language."""
    for state in ("available", "preferred", "undesired"):
        for say in known_words():
            offers = TINY["availability"].replace(",available", f",{word(state, say).upper()}")

            assert read(tmp_path, availability=offers).availability[0].state == state


def with_names(**cells: str) -> dict[str, str]:
    pins = "volunteer_id,Họ tên,shift_id,state\n{a1},{an},S1,must\nA2,{binh},S2,must_not\n"
    return {"pins": pins.format(**{"a1": "A1", "an": "An", "binh": "Bình"} | cells)}


def test_names_beside_ids_are_compared(tmp_path: Path) -> None:
    """A name may be blank, or stand for a blank id; another one is a fault, as in the grid."""
    expected = read(tmp_path, pins="volunteer_id,shift_id,state\nA1,S1,must\nA2,S2,must_not\n").pins

    assert read(tmp_path, **with_names(an="AN", binh="")).pins == expected
    assert read(tmp_path, **with_names(a1="")).pins == expected
    (fault,) = faults(tmp_path, **with_names(binh="An"))
    assert told_at([fault]) == ["invalid_value|3|volunteer_id|A2"]
    assert str(fault.message) == "A2 is Bình in the table volunteers"


def test_a_blank_id_without_a_name_is_missing(tmp_path: Path) -> None:
    """As before."""
    (fault,) = faults(tmp_path, **with_names(a1="", an=""))

    assert told_at([fault]) == ["missing_value|2|volunteer_id"]


@pytest.mark.parametrize("title", ["Ngáy", "Bắt đâu", "Trạng tháii", "Họ tênn"])
def test_a_title_near_a_heading_is_a_fault(tmp_path: Path, title: str) -> None:
    """With what is meant, where that is known."""
    offers = TINY["availability"].replace("end,state", f"end,{title}")

    told = faults(tmp_path, availability=offers)

    assert [fault.code for fault in told] == ["unknown_column"]


@pytest.mark.parametrize("title", ["skill.Dịch vụ công", "Kỹ năng: dich vu cong", "Skill: PORTAL"])
def test_columns_of_skills_may_have_their_names(tmp_path: Path, title: str) -> None:
    """In files and in sheets; a note tells the column. An id in capitals is no id."""
    notes: list[Fault] = []
    week = TINY | replaced("volunteers", "skill.portal", title)
    expected = read(tmp_path)
    if title.endswith("PORTAL"):
        (fault,) = refused(read_week, write_texts(tmp_path, week))
        assert fault.code == "unknown_id"
        return

    assert read_week(write_texts(tmp_path, week), on_note=notes.append) == expected
    assert read_workbook(saved(tiny_book(**week), tmp_path)) == expected
    (note,) = [n for n in notes if n.code == "read_as"]
    assert (note.row, str(note.message)) == (1, "read as skill.portal")


def test_a_skill_by_name_and_by_id_is_told_twice(tmp_path: Path) -> None:
    """Which of the two levels holds is not guessed."""
    people = "volunteer_id,skill.portal,skill.Dịch vụ công\nA1,3,2\nA2,0,0\n"

    (fault,) = faults(tmp_path, volunteers=people)

    assert told_at([fault]) == ["unknown_id|1|skill.Dịch vụ công|Dịch vụ công"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_header_below_a_title_is_noted(tmp_path: Path, delimiter: str) -> None:
    """As a sheet with a title is saved as CSV; a header that lacks a column is still a fault."""
    title = f"DANH SÁCH TÌNH NGUYỆN VIÊN{delimiter}{delimiter}\nTuần 50{delimiter}{delimiter}\n"
    text = title + TINY["volunteers"].replace(",", delimiter)
    notes: list[Fault] = []

    week = read_week(write_texts(tmp_path, TINY | {"volunteers": text}), on_note=notes.append)
    (fault,) = faults(
        tmp_path, volunteers="DANH SÁCH,,\nMã TNV,Tên,Số ca tối đa\nA1,An,x\nA2,Bình,4\n"
    )

    assert [v.volunteer_id for v in week.volunteers] == ["A1", "A2"]
    (note,) = (n for n in notes if n.table == "volunteers")
    assert (note.row, note.column) == (3, "")
    assert str(note.message) == "the header is in row 3; what stands above it is not read"
    assert (fault.code, fault.row) == ("not_a_whole_number", 3)
