"""Files named nearly like a table, and tables that are links: told, never ignored or followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from books import faults_of, saved, tiny_book
from weeks import TINY, refused, write_texts

from shiftplan.errors import Fault
from shiftplan.files import read_week
from shiftplan.present.faults import fault_text

PINS = "volunteer_id,shift_id,state\nA1,S1,must\n"
SECRET = "root:x:0:0\n"


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("pins (2).csv", "pins"),
        ("pins.csv.txt", "pins"),
        ("Pins.CSV", "pins"),
        ("pins - Copy.csv", "pins"),
        ("pins - Bản sao.csv", "pins"),
        ("Copy of pins.csv", "pins"),
        ("pin.csv", "pins"),
        ("historie.csv", "history"),
        ("prefrences.csv", "preferences"),
        ("Các tuần trước.csv", "history"),
    ],
)
def test_a_file_named_nearly_like_a_missing_table_is_a_fault(
    name: str, table: str, tmp_path: Path
) -> None:
    """The file and the table that is probably meant are named."""
    write_texts(tmp_path, TINY)
    (tmp_path / name).write_text(PINS)

    (fault,) = refused(read_week, tmp_path)

    assert (fault.code, fault.file) == ("missing_file", f"{table}.csv")
    assert str(fault.remedy) == f"Did you mean {name!r}? Then rename it."
    assert "[" not in fault_text(fault, "vi")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_table_as_a_workbook_is_to_be_saved_as_text(ending: str, tmp_path: Path) -> None:
    """To rename it would help nobody."""
    write_texts(tmp_path, TINY)
    (tmp_path / f"pins.{ending}").write_bytes(b"PK")

    (fault,) = refused(read_week, tmp_path)

    assert (
        str(fault.remedy)
        == f"Did you mean 'pins.{ending}'? Then save it as 'pins.csv', as CSV UTF-8."
    )
    assert "hãy lưu thành" in fault_text(fault, "vi")


def test_a_copy_beside_its_table_is_a_note(tmp_path: Path) -> None:
    """It is told that it was not read; other files are nobody's business."""
    own = ["roster.csv", "absent.csv", "week.xlsx", "points.csv", "notes.txt", "~pins.csv", "rules"]
    write_texts(tmp_path, TINY | {"pins": PINS})
    for name in ["pins (2).csv", "Rules.txt", *own]:
        (tmp_path / name).write_text(PINS)
    notes: list[Fault] = []

    read_week(tmp_path, on_note=notes.append)

    assert [(n.code, n.table, n.file) for n in notes] == [
        ("missing_file", "pins", "pins (2).csv"),
        ("missing_file", "rules", "Rules.txt"),
    ]
    assert str(notes[0].message) == "the file was not read; the table pins is pins.csv"
    assert "tệp không được đọc; bảng pins là pins.csv" in fault_text(notes[0], "vi")


@pytest.mark.parametrize("title", ["Historie", "pins (2)", "Pins - Copy", "Prefrences"])
def test_a_sheet_named_nearly_like_a_missing_table_is_a_fault(title: str, tmp_path: Path) -> None:
    """Sheets are judged as files are."""
    book = tiny_book()
    sheet = book.create_sheet(title)
    for row in PINS.splitlines():
        sheet.append(row.split(","))

    (fault,) = faults_of(saved(book, tmp_path))

    assert (fault.code, fault.sheet) == ("missing_sheet", title)


@pytest.mark.parametrize("table", ["pins", "centers"])
def test_a_table_that_is_a_link_out_of_its_folder_is_not_read(table: str, tmp_path: Path) -> None:
    """Nothing of the file it leads to is quoted, in neither language."""
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "week").mkdir()
    write_texts(tmp_path / "week", TINY)
    (tmp_path / "week" / f"{table}.csv").unlink(missing_ok=True)
    (tmp_path / "week" / f"{table}.csv").symlink_to("../secret")

    found = refused(read_week, tmp_path / "week")

    assert [(f.code, f.file) for f in found] == [("unreadable_file", f"{table}.csv")]
    for lang in ("en", "vi"):
        assert "root" not in fault_text(found[0], lang)
        assert "[" not in fault_text(found[0], lang)


def test_links_in_the_folder_and_to_the_folder_are_followed(tmp_path: Path) -> None:
    """They lead to nothing that whoever filled the folder could not have put there."""
    (tmp_path / "2026-12-07").mkdir()
    write_texts(tmp_path / "2026-12-07", TINY)
    (tmp_path / "2026-12-07" / "centers.csv").rename(tmp_path / "2026-12-07" / "mine.csv")
    (tmp_path / "2026-12-07" / "centers.csv").symlink_to("mine.csv")
    (tmp_path / "now").symlink_to("2026-12-07")

    assert read_week(tmp_path / "now").centers
