"""Weeks whose cells are mended, and what a workbook holds before and after."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from shiftplan.files.mending import CellText, mend_cells, rows_of_table
from shiftplan.files.mending.cell_places import CellPlace

COMMUNE = Path(__file__).parents[2] / "examples" / "data" / "commune"


def parts(file: Path) -> dict[str, bytes]:
    """Name -> bytes of the parts of a workbook, in their order."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def book_of(folder: Path, fill: Any = lambda book: None) -> Path:
    """A workbook with a sheet of three rows, changed by `fill`."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Shifts"
    for row in (("Id", "Day", "Start"), ("a", dt.date(2026, 12, 7), dt.time(7)), ("b", None, 3)):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True)
    sheet["B3"].number_format = "yyyy-mm-dd"
    sheet["A3"].comment = Comment("mine", "lan")
    book.create_sheet("my own notes")["C9"] = "keep"
    fill(book)
    file = folder / "w.xlsx"
    book.save(file)
    return file


def mend_cell(week: Path, place: CellPlace, text: str, was: str) -> None:
    """Put a text into one cell."""
    mend_cells(week, place.title, [CellText(place.row, place.column, was, text)])


def mended(file: Path, row: int, column: int, text: str) -> Any:
    """The sheet after a cell was given a text."""
    was = rows_of_table(file, "Shifts").get(row, ())
    shown = was[column - 1] if column <= len(was) else ""
    mend_cell(file, CellPlace("Shifts", row, column), text, shown)
    return load_workbook(file)["Shifts"]
