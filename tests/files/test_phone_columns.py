"""Columns of phones and contacts: their headings, and numbers that a spreadsheet has changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.books import saved, tiny_book
from files.more_columns import noted, with_columns
from files.weeks import faults, told_at

from shiftplan.errors import Fault
from shiftplan.files import read_workbook
from shiftplan.present import fault_text

PHONE_TITLES = (
    "phone", "Phone", "SĐT", "sđt", "Số điện thoại", "Điện thoại", "Phone number", "Di động",
    "Mobile phone",
)  # fmt: skip
CONTACT_TITLES = ("contact", "Contact", "Liên hệ", "Email", "E-mail", "Người liên hệ")


@pytest.mark.parametrize("table", ["volunteers", "centers"])
@pytest.mark.parametrize("title", [*PHONE_TITLES, *CONTACT_TITLES])
def test_headings_of_phones_and_contacts(table: str, title: str, tmp_path: Path) -> None:
    """In CSV files and workbooks alike, without a note."""
    changed = with_columns(table, f"{title},0912 345 678,+84912345678")
    problem, notes = noted(tmp_path, **changed)
    path, field = (
        saved(tiny_book(**changed), tmp_path),
        "phone" if title in PHONE_TITLES else "contact",
    )

    assert not notes
    assert [getattr(row, field) for row in getattr(problem, table)] == [
        "0912 345 678",
        "+84912345678",
    ]
    assert read_workbook(path) == problem


def test_an_email_is_of_ones_own_beside_a_contact(tmp_path: Path) -> None:
    """In one order of the columns as in the other; two other words for one column are a fault."""
    email, person = "Email,a@x.vn,", "Liên hệ,chị Lan,"
    for columns in ((email, person), (person, email)):
        changed = with_columns("volunteers", *columns)
        problem, notes = noted(tmp_path, **changed)
        assert problem.volunteers[0].contact == "chị Lan"
        assert problem.volunteers[0].extra == (("Email", "a@x.vn"),)
        assert [note.code for note in notes] == ["kept_columns"]
        assert read_workbook(saved(tiny_book(**changed), tmp_path)) == problem

    caught = faults(tmp_path, **with_columns("volunteers", "SĐT,1,", "Điện thoại,2,"))
    assert told_at(caught) == ["repeated_column|1|phone|Điện thoại"]


def test_mobile_says_who_may_be_sent_anywhere(tmp_path: Path) -> None:
    """It is never read as a phone; whoever means one is told so. Centers have no such column."""
    caught = faults(tmp_path, **with_columns("volunteers", "Mobile,0912345678,0"))
    assert told_at(caught) == ["not_a_flag|2|mobile"]
    assert "Name the column phone if it holds phone numbers" in str(caught[0])

    problem, _ = noted(tmp_path, **with_columns("centers", "Mobile,0912345678,"))
    assert problem.centers[0].extra == (("Mobile", "0912345678"),)


def test_a_phone_that_a_spreadsheet_shortened_is_told(tmp_path: Path) -> None:
    """The text stays as it is."""
    problem, notes = noted(tmp_path, **with_columns("volunteers", "SĐT,9.12E+08,8E+08"))

    assert [v.phone for v in problem.volunteers] == ["9.12E+08", "8E+08"]
    assert [(n.code, n.row, n.column, n.more) for n in notes] == [("read_as", 2, "phone", 1)]


def test_a_phone_that_is_a_number_is_kept_and_told(tmp_path: Path) -> None:
    """Its zero is lost already; nobody guesses it. A format that shows the zero keeps it."""
    book = tiny_book(**with_columns("volunteers", "SĐT,,"))
    book["volunteers"]["H2"], book["volunteers"]["H3"] = 912345678, 912345679
    notes: list[Fault] = []
    problem = read_workbook(saved(book, tmp_path), on_note=notes.append)

    assert [v.phone for v in problem.volunteers] == ["912345678", "912345679"]
    assert [(n.code, n.cell, n.value, n.more) for n in notes] == [("read_as", "H2", "", 1)]
    assert "has lost any leading zero or plus sign" in fault_text(notes[0])

    for cell in ("H2", "H3"):
        book["volunteers"][cell].number_format = "0000000000"
    assert read_workbook(saved(book, tmp_path)).volunteers[0].phone == "0912345678"
