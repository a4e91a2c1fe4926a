"""Which rows of a roster's workbook were edited though they only show the roster.

Worksheets as written -> a hidden sheet with a short digest of each row; a workbook that is read ->
the rows that none of these digests is of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shiftplan.files.workbook import raw

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

HIDDEN = "shiftplan.prints"
"""Name of the hidden sheet."""
_LENGTH = 16


def add_prints(book: Workbook, sheets: Iterable[Worksheet], first: int) -> None:
    """Add a hidden sheet that tells what the rows of some sheets say, from that of the heads on."""
    hidden = book.create_sheet(HIDDEN)
    hidden.sheet_state = "veryHidden"
    for sheet in sheets:
        for row in sheet.iter_rows(min_row=first):
            if told := _print([cell.value for cell in row]):
                hidden.append([sheet.title, told])


def edited_rows(book: raw.RawBook) -> dict[str, list[int]]:
    """Name of a sheet that only shows the roster -> numbers of its rows that were edited.

    Rows that were moved or deleted are none; a workbook from elsewhere has none at all.
    """
    if HIDDEN not in book.values.sheetnames:
        return {}
    prints: dict[str, set[str]] = {}
    for _, row in raw.rows_of(book, HIDDEN):
        title, told, *_ = (*(str(cell.value) for cell, _ in row), "", "")
        prints.setdefault(title, set()).add(told)
    titles = [s.title for s in book.values.worksheets if s.title in prints]
    found = {title: _edited(book, title, prints[title]) for title in titles}
    return {title: rows for title, rows in found.items() if rows}


def _edited(book: raw.RawBook, title: str, prints: set[str]) -> list[int]:
    """Numbers of the rows of a sheet that say something else than it was written with."""
    rows = [
        (number, told)
        for number, row in raw.rows_of(book, title)
        if (told := _print([cell.value for cell, _ in row]))
    ]
    start = next((i for i, (_, told) in enumerate(rows) if told in prints), len(rows))
    return [number for number, told in rows[start:] if told not in prints]


def _print(values: Sequence[object]) -> str:
    """Digest of the texts of a row; empty where it has none."""
    texts = [" ".join(raw.decoded(value).split()) for value in values if isinstance(value, str)]
    if not any(texts):
        return ""
    return hashlib.sha256("\x1f".join(filter(None, texts)).encode()).hexdigest()[:_LENGTH]
