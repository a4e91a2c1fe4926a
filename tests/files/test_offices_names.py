"""What offices tried with names and headings: from the file they have to what they read of it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from books import saved, tiny_book
from openpyxl import load_workbook
from weeks import TINY, read, refused

from shiftplan.errors import Fault
from shiftplan.files import read_week, read_workbook
from shiftplan.files.gathering import gather
from shiftplan.files.headings import tables_by_title
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.present import write_workbook
from shiftplan.present.faults import fault_text

AN_GIANG = Path(__file__).parents[2] / "examples" / "data" / "an_giang"


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """A copy of the week of An Giang."""
    return shutil.copytree(AN_GIANG, tmp_path / "an_giang")


def rewritten(file: Path, rows: Iterator[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def cells_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def notes_of(week: Path) -> list[Fault]:
    notes: list[Fault] = []
    (read_week if week.is_dir() else read_workbook)(week, on_note=notes.append)
    return [note for note in notes if note.code == "read_as"]


def test_center_names_instead_of_ids_are_read(province: Path) -> None:
    """Once 85 faults, of which none said that Phường Bình Đức is 30292."""
    name_of = {row[0]: row[1] for row in cells_of(province / "centers.csv")[1:]}
    shifts = cells_of(province / "shifts.csv")
    named = ([row[0], name_of.get(row[1], row[1]), *row[2:]] for row in shifts)
    rewritten(province / "shifts.csv", named)

    (note,) = notes_of(province)

    start = "shifts.csv, row 2, column center_id: read 'Phường Bình Đức' as 30292 (Phường Bình Đức)"
    assert fault_text(note).startswith(start)
    assert fault_text(note).endswith(f"... and {len(name_of) - 5} more")
    start = "tệp shifts.csv, dòng 2, cột center_id: đã hiểu 'Phường Bình Đức' là 30292 (Phường"
    assert fault_text(note, "vi").startswith(start)
    assert read_week(province) == read_week(AN_GIANG)


def test_a_misspelt_center_is_told_its_id(province: Path) -> None:
    """The one fault names the row that is meant."""
    shifts = cells_of(province / "shifts.csv")
    shifts[1][1] = "Phường Bình Đúkc"
    rewritten(province / "shifts.csv", iter(shifts))

    (fault,) = refused(read_week, province)

    assert fault_text(fault).splitlines()[-1].strip() == "Did you mean '30292', Phường Bình Đức?"
    assert "Có thể ý là '30292' (Phường Bình Đức)." in fault_text(fault, "vi")


def test_grid_rows_with_names_and_no_ids_are_read(tmp_path: Path) -> None:
    """Once "a value is needed" for each mark."""
    write_workbook(read(tmp_path), tmp_path / "tuan.xlsx", "vi")
    book = load_workbook(tmp_path / "tuan.xlsx")
    expected = read_workbook(tmp_path / "tuan.xlsx")
    grid = book["Bảng đăng ký"]
    for row in grid.iter_rows(min_row=4, max_col=1):
        row[0].value = None
    book.save(tmp_path / "tuan.xlsx")

    (note,) = notes_of(tmp_path / "tuan.xlsx")

    assert fault_text(note, "vi").splitlines()[0] == (
        "tệp tuan.xlsx, trang Bảng đăng ký, ô B4: đã hiểu 'An' là A1 (An), 'Bình' là A2 (Bình)"
    )
    assert fault_text(note) == (
        "tuan.xlsx, sheet Bảng đăng ký, cell B4: read 'An' as A1 (An), 'Bình' as A2 (Bình)"
    )
    assert read_workbook(tmp_path / "tuan.xlsx") == expected


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_files_with_the_headings_of_a_template_are_read(
    tmp_path: Path, lang: str, delimiter: str
) -> None:
    """Each sheet of a workbook saved as CSV, as spreadsheet programs do it; once refused."""
    problem = read(tmp_path)
    write_workbook(problem, tmp_path / "week.xlsx", lang)
    book, folder = load_workbook(tmp_path / "week.xlsx"), tmp_path / "csv"
    folder.mkdir()
    for sheet in book:
        table = tables_by_title().get(sheet.title.casefold())
        if table in TABLE_NAMES:
            rows = [[c if c is not None else "" for c in r] for r in sheet.values]
            rows = [row for row in rows if not str(row[0]).startswith(("(example)", "(ví dụ)"))]
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, delimiter=delimiter).writerows(row for row in rows if any(row))
    shutil.copy(tmp_path / "availability.csv", folder)

    assert read_week(folder) == problem


def test_a_list_of_people_without_ids_is_read(tmp_path: Path) -> None:
    """An office has names, centers and phones, and offers by name."""
    people = "STT,Họ và tên,Trung tâm,SĐT\n1,An,Rạch Giá,0912 345 678\n2,Bình,Hòn Đất,\n"
    offers = "Họ và tên,Ngày,Bắt đầu,Kết thúc\nAn,7/12/2026,7h,17h\nBình,8/12/2026,13h,17h\n"

    problem = read(tmp_path, volunteers=people, availability=offers, requirements="")

    told = [(v.volunteer_id, v.name, v.home_center_id) for v in problem.volunteers]
    assert told == [("an-00430", "An", "00430"), ("binh-00431", "Bình", "00431")]
    assert [w.volunteer_id for w in problem.availability] == ["an-00430", "binh-00431"]
    assert problem.volunteers[0].phone == "0912 345 678"


def test_teams_without_ids_are_gathered(tmp_path: Path) -> None:
    """Two teams have an An each; the centers, with their ids, stand in a third file."""
    head = ["Họ tên", "Ngày", "Bắt đầu", "Kết thúc"]
    shared = {table: TINY[table] for table in ("centers", "shifts", "rules")}
    saved(tiny_book(**dict.fromkeys(TINY, "") | shared), tmp_path, "chung.xlsx")
    for name, home, day in (("a", "Rạch Giá", 7), ("b", "Hòn Đất", 8)):
        people = f"Họ tên,Trung tâm\nAn,{home}\n"
        offers = f"{','.join(head)}\nAn,2026-12-0{day},7h,17h\n"
        week = dict.fromkeys(TINY, "") | {"volunteers": people, "availability": offers}
        saved(tiny_book(**week), tmp_path, f"{name}.xlsx")

    problem = gather(tmp_path).problem

    assert problem is not None
    assert [v.volunteer_id for v in problem.volunteers] == ["an-00430", "an-00431"]
    told = [(w.volunteer_id, w.start.day) for w in problem.availability]
    assert told == [("an-00430", 7), ("an-00431", 8)]
