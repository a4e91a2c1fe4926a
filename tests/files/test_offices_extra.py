"""Weeks as offices have them: phones, remarks and birthdays between the columns of people.

From the file of the office to what people are told, in both languages, and to where the phone is
needed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from commands import run
from files.books import saved, tiny_book
from files.weeks import TINY, write_texts

from shiftplan.errors import Fault, InputError
from shiftplan.files import read_problem
from shiftplan.present import fault_text, write_template

PEOPLE = """\
STT,volunteer_id,name,SĐT,home_center_id,group,Ngày sinh,skill.portal,max_shifts,show_rate,Ghi chú
1,A1,An,0912 345 678,00430,official,04/05/1999,3,4,0.91,trưởng nhóm
2,A2,Bình,+84987654321,00431,student,1/2/2003,0,,1,
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """The tiny week, with the list of people as the office keeps it."""
    return write_texts(tmp_path, TINY | {"volunteers": PEOPLE})


def read_with_notes(path: Path) -> tuple[list[dict[str, str]], list[Fault]]:
    """Phone and columns of people's own of each person, and the notes."""
    notes: list[Fault] = []
    problem = read_problem(path, on_note=notes.append)
    return [{"phone": v.phone, **dict(v.extra)} for v in problem.volunteers], notes


def test_a_list_with_phones_and_birthdays_is_read(office: Path) -> None:
    """Nothing is lost; one note says what was kept. The phone keeps zero and plus sign."""
    people, notes = read_with_notes(office)

    assert people == [
        {"phone": "0912 345 678", "STT": "1", "Ngày sinh": "04/05/1999", "Ghi chú": "trưởng nhóm"},
        {"phone": "+84987654321", "STT": "2", "Ngày sinh": "1/2/2003"},
    ]
    (note,) = notes
    assert fault_text(note) == (
        "volunteers.csv, row 1: kept as columns of your own, which planning does not use: "
        "STT, Ngày sinh, Ghi chú"
    )
    assert fault_text(note, "vi").splitlines() == [
        "tệp volunteers.csv, dòng 1: giữ làm cột riêng, không ảnh hưởng đến việc xếp ca: "
        "STT, Ngày sinh, Ghi chú",
        "    Nếu đây là cột riêng của bạn thì không cần làm gì; nếu không, hãy dùng đúng tên cột.",
    ]


def test_the_phone_stands_where_somebody_is_called(office: Path, tmp_path: Path) -> None:
    """From the list of the office to the message of the center."""
    out = tmp_path / "out"

    run("plan", office, "--out", tmp_path / "draft", "--time-limit", 20)
    told = run("publish", office, "--out", out)

    assert told.exit_code == 0, told.output
    (file,) = (out / "messages").glob("*center-00430*.txt")
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[-1] == "To reach An: 0912 345 678"
    assert "04/05/1999" not in text


def test_the_same_as_a_workbook(tmp_path: Path) -> None:
    """With a birthday that is a date, a serial number and a phone that has lost its zero."""
    book = tiny_book(volunteers=PEOPLE)
    sheet = book["volunteers"]
    sheet["A2"], sheet["D2"], sheet["G2"] = 1, 912345678, dt.date(1999, 5, 4)

    people, notes = read_with_notes(saved(book, tmp_path))

    assert people[0] == {
        "phone": "912345678", "STT": "1", "Ngày sinh": "1999-05-04", "Ghi chú": "trưởng nhóm",
    }  # fmt: skip
    assert people[1]["phone"] == "+84987654321"
    kept, phone = sorted(notes, key=lambda note: note.code)
    assert (kept.code, phone.code, phone.cell) == ("kept_columns", "read_as", "D2")
    assert "has lost any leading zero or plus sign" in fault_text(phone)
    assert "đã mất số 0 hay dấu + ở đầu" in fault_text(phone, "vi")


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_template_with_more_columns_is_read(lang: str, tmp_path: Path) -> None:
    """The blank workbook has columns for phones; whoever adds one of their own keeps it."""
    write_template(tmp_path / "week.xlsx", dt.date(2026, 12, 7), lang)
    book = openpyxl.load_workbook(tmp_path / "week.xlsx")
    sheet = book["Volunteers" if lang == "en" else "Tình nguyện viên"]
    titles = [cell.value for cell in sheet[1]]
    assert ("Phone" if lang == "en" else "Số điện thoại") in titles
    assert ("Contact" if lang == "en" else "Liên hệ") in titles
    place = len(titles) + 1
    sheet.cell(1, place, "Facebook")
    sheet.cell(3, 1, "V1")
    sheet.cell(3, titles.index("Mobile" if lang == "en" else "Cơ động") + 1, 1)
    sheet.cell(3, place, "fb.com/an")
    book.save(tmp_path / "week.xlsx")

    notes: list[Fault] = []
    problem = read_problem(tmp_path / "week.xlsx", on_note=notes.append)

    assert problem.volunteers[0].extra == (("Facebook", "fb.com/an"),)
    assert "Facebook" in str([fault_text(n, lang) for n in notes if n.code == "kept_columns"])


def test_a_slip_among_ones_own_columns_is_asked_about(office: Path) -> None:
    """`max_shift` is no remark: it is shown with the column it may be."""
    text = PEOPLE.replace("max_shifts", "max_shift")
    write_texts(office, {"volunteers": text})

    with pytest.raises(InputError) as caught:
        read_problem(office)

    (fault,) = caught.value.faults
    assert fault_text(fault).splitlines()[-1].strip() == "Did you mean 'max_shifts'?"
    assert "max_shifts" in fault_text(fault, "vi").splitlines()[-1]
