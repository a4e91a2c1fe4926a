"""The merged cells of a workbook's sheet.

Sheet -> ranges of merged cells, their faults where each row needs its own values, and the cells
that they cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from shiftplan.errors import Fault
from shiftplan.errors.message import Message
from shiftplan.files.workbook.raw import RawBook

_SHOWN = 20
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_MOST_COVERED = 100_000
"""Cells that are known to be covered by merges; blank ones beyond have faults of their own."""


def merged_cells(book: RawBook, title: str) -> list[str]:
    """Ranges of merged cells of a sheet, such as `B2:B5`."""
    refs = book.package.merged.get(book.values[title]._worksheet_path, ())
    return [ref.replace("$", "").upper() for ref in refs]


def merged_faults(book: RawBook, table: str, title: str, rows: range) -> Iterator[Fault]:
    """Yield the faults of merged cells in the rows of a table, from its header to its last row.

    A title above may be merged, and signatures below.
    """
    remedy = Message("workbook.undo_merge")
    for ref in merged_cells(book, title)[:_SHOWN]:
        cell, _, last = ref.partition(":")
        start, end = (int("0" + "".join(filter(str.isdigit, text))) for text in (cell, last))
        if end >= rows.start and start < rows.stop:
            message = Message("workbook.merged_rows", cells=ref)
            yield book.fault(
                "merged_cells", table, message, remedy, title=title, row=start, cell=cell
            )


def corners(ref: str) -> tuple[int, int, int, int] | None:
    """First column and row of a range of cells, then the last; None where it is no range."""
    from openpyxl.utils import column_index_from_string

    found = _RANGE.fullmatch(ref.replace("$", "").upper())
    if found is None:
        return None
    left, right = map(column_index_from_string, (found[1], found[3]))
    return left, int(found[2]), right, int(found[4])


def covered_cells(book: RawBook, title: str, last: int) -> Iterator[tuple[int, str]]:
    """Yield row number, up to `last`, and letters of the cells that merges of a sheet cover.

    The first cell of each merge holds its value and is left out.
    """
    from openpyxl.utils import get_column_letter

    refs = book.package.merged.get(book.values[title]._worksheet_path, ())
    cells = 0
    for left, top, right, bottom in filter(None, map(corners, refs)):
        rows, columns = range(top, min(bottom, last) + 1), range(left, right + 1)
        cells += len(rows) * len(columns)
        if cells > _MOST_COVERED:
            return
        for row, column in product(rows, columns):
            if (row, column) != (top, left):
                yield row, get_column_letter(column)
