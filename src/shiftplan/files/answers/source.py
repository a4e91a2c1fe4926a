"""Files of answers as tables of text, whatever program wrote them.

CSV file or workbook -> `TableText`s, with dates and times of workbooks as text.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.csv_text import records_of
from shiftplan.files.headings import folded, tables_by_title
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault, read_text
from shiftplan.files.workbook import is_workbook, need_openpyxl, raw
from shiftplan.files.workbook.fills import Fills, colours_in, colours_of

Row = tuple[int, list[str]]
"""Number of a row as spreadsheets show it, and its cells."""
_FIRST_ROWS = 50
_OFFERS = ("availability", "grid")
"""Tables of a week that hold answers."""


@dataclass(frozen=True)
class TableText:
    """A table as text: a CSV file, or a sheet of a workbook."""

    file: str
    """Name of the file."""
    sheet: str
    """Name of the sheet; empty for a CSV file."""
    rows: list[Row]
    """Rows that are not blank."""
    fills: Fills = field(default_factory=dict)
    """Colours of a sheet's cells."""

    @property
    def width(self) -> int:
        """Columns up to the last in which there is anything."""
        return max((len(cells) for _, cells in self.rows), default=0)


def padded(cells: Sequence[str], width: int) -> list[str]:
    """Cells of a row with blank ones up to a width."""
    return [*cells, *[""] * (width - len(cells))]


def tables_of(path: Path) -> list[TableText]:
    """Read all tables of a file; of a workbook with a whole week only those with answers.

    InputError: it cannot be read, or holds nothing. MissingExtraError: it is a workbook, and the
    package openpyxl is missing.
    """
    found = _of_book(path) if is_workbook(path) else [_of_text(path)]
    if not found:  # a workbook of a week whose answers are elsewhere
        raise file_fault("missing_sheet", path, Message("answers.no_answers"))
    if not any(table.rows for table in found):
        raise file_fault("empty_file", path, Message("files.file_empty"))
    return [table for table in found if table.rows]


def _of_text(path: Path) -> TableText:
    text = read_text(path)
    found = {sign: _widths(text, sign) for sign in ",;\t"}
    delimiter = max(found, key=found.__getitem__)
    sheet = Sheet(path.stem, path.name)
    rows = [(number, _cut(cells)) for number, cells in records_of(text, sheet, delimiter)]
    if sheet.faults:
        raise InputError(sheet.faults)
    return TableText(path.name, "", rows)


def _widths(text: str, delimiter: str) -> tuple[float, int]:
    """Share of the first records that are as wide as most that have fields, and how wide that is.

    A title above the header has one field, whatever the delimiter.
    """
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(record) for record in islice(reader, _FIRST_ROWS) if any(record)]
    except csv.Error:
        return 0.0, 0
    usual = Counter(width for width in widths if width > 1).most_common(1)
    return (usual[0][1] / len(widths), usual[0][0]) if usual else (0.0, 0)


def _cut(cells: list[str]) -> list[str]:
    """Cells without the blank ones at their end."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _of_book(path: Path) -> list[TableText]:
    need_openpyxl()
    with raw.opened(path) as book:
        shown = [s.title for s in book.values.worksheets if s.sheet_state == "visible"]
        known = {title: tables_by_title().get(folded(title)) for title in shown}
        if any(table not in (None, *_OFFERS) for table in known.values()):
            shown = [title for title in shown if known[title] in _OFFERS]
        colours = colours_of(book.values)
        return [_of_sheet(book, title, colours) for title in shown]


def _of_sheet(book: raw.RawBook, title: str, colours: Mapping[int, str]) -> TableText:
    rows: list[Row] = []
    fills: dict[int, dict[str, str]] = {}
    for number, row in raw.rows_of(book, title):
        cells = _cut([_text(book, cell, formula) for cell, formula in row])
        if cells:
            rows.append((number, cells))
            fills[number] = colours_in(row, colours)
    return TableText(book.path.name, title, rows, fills)


def _text(book: raw.RawBook, cell: Any, formula: Any) -> str:
    """Text of a cell; what has none is shown as its formula or error, which nothing understands."""
    text = raw.any_text(book, cell, formula)
    return raw.shown(cell, formula) if isinstance(text, Bad) else text
