"""The rows of a sheet as openpyxl reads them, and the text of their cells.

Worksheet -> rows with anything in them, without examples -> text, or the fault of a cell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, pairwise, repeat
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.headings import is_example
from shiftplan.files.layout import Kind
from shiftplan.files.text import file_fault
from shiftplan.files.workbook.grid_head import Grid
from shiftplan.files.workbook.limits import LAST_ROW, Package, damaged
from shiftplan.files.workbook.values import text_of

_MOST_WIDE = 3_000_000
"""Cells of all rows of a sheet, blanks between and before them included."""
_SHOWN_MERGED = 20
_FIRST_ROWS = 20

Cells = list[tuple[Any, Any]]
"""Cells of a row, each with the same cell that holds its formula; None where there are none."""


@dataclass(frozen=True)
class RawBook:
    """A workbook that is open for reading."""

    path: Path
    package: Package
    values: Any
    """The openpyxl workbook with values."""
    formulas: Any
    """The same with formulas instead of their values; None when there are none."""


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Tell that a workbook is damaged where openpyxl fails, which it does in many ways.

    Nothing but openpyxl may run inside: a bug of ours is no damage.

    Raises
    ------
    InputError
        It failed, for whatever reason but a lack of memory.

    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise damaged(path) from error


def rows_of(book: RawBook, title: str) -> Iterator[tuple[int, Cells]]:
    """Yield (row number, cells) of the rows of a sheet that are not blank and no examples.

    Raises
    ------
    InputError
        The sheet is damaged, or its rows are so wide that they are not read.

    """
    worksheet = book.values[title]
    others: Iterator[Any] = repeat(None)
    if book.formulas is not None and worksheet._worksheet_path in book.package.formulas:
        others = _rows(book.path, book.formulas[title])
    rows, wide = _rows(book.path, worksheet), 0
    for number, (row, other) in enumerate(zip(rows, others, strict=False), start=1):
        wide += len(row)
        if wide > _MOST_WIDE:
            message = Message("workbook.wide_sheet", sheet=title)
            remedy = Message("workbook.far_right")
            raise file_fault("too_large", book.path, message, remedy)
        if other is None and all(cell.value is None for cell in row):
            continue
        first = row[0].value if row else None
        if isinstance(first, str) and is_example(first):
            continue
        yield number, list(zip(row, repeat(None) if other is None else other, strict=False))


def _rows(path: Path, worksheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield rows as openpyxl parses them; what who takes them raises is raised there, not here."""
    with understood(path):
        worksheet.reset_dimensions()  # they are what a file says of itself
        worksheet._get_row = _in_order(worksheet._get_row)
        yield from worksheet.iter_rows(max_row=LAST_ROW)


def _in_order(take: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    """Take the cells of a row only where none would be dropped.

    openpyxl makes a row as wide as its last cell, and keeps the last of several in one place.
    """

    def taken(row: list[dict[str, Any]], *options: Any) -> tuple[Any, ...]:
        if any(one["column"] >= other["column"] for one, other in pairwise(row)):
            raise ValueError("the cells of a row are not in order")
        return take(row, *options)

    return taken


def merged_cells(book: RawBook, title: str) -> list[str]:
    """Ranges of the first merged cells of a sheet, such as `B2:B5`."""
    refs = book.package.merged.get(book.values[title]._worksheet_path, ())
    return [ref.replace("$", "").upper() for ref in refs[:_SHOWN_MERGED]]


def merged_faults(book: RawBook, table: str, title: str) -> Iterator[Fault]:
    """Yield the faults of merged cells of a sheet."""
    for ref in merged_cells(book, title):
        message = Message("workbook.merged_rows", cells=ref)
        remedy = Message("workbook.undo_merge")
        cell = ref.partition(":")[0]
        name = book.path.name
        yield Fault(
            "merged_cells", table, message=message, remedy=remedy, file=name, sheet=title, cell=cell
        )


def text_of_cell(book: RawBook, cell: Any, formula: Any, kind: Kind) -> str | Bad:
    """Text of a cell of a column that holds `kind`, or why it has none."""
    if formula is not None and formula.data_type == "f" and cell.value is None:
        if cell.data_type == "n":
            message, remedy = Message("workbook.no_saved_value"), Message("workbook.save_again")
            return Bad("formula_without_value", message, remedy)
        return ""
    if cell.data_type == "e":
        message, remedy = Message("workbook.error_value"), Message("workbook.wrong_formula")
        return Bad("error_value", message, remedy)
    number_format = ""
    if kind in ("text", "names") and isinstance(cell.value, (int, float)):
        with understood(book.path):
            number_format = cell.number_format
    return text_of(cell.value, kind, book.values.epoch, number_format)


def shown(cell: Any, formula: Any) -> str:
    """What a cell that has no text shows: its value, or its formula."""
    value = cell.value if cell.value is not None else getattr(formula, "value", None)
    return str(getattr(value, "text", value))


def grid_of(book: RawBook, title: str) -> Grid:
    """Cells of an availability grid. Its head holds dates and times, and all else is text."""
    return [(number, texts) for number, row in rows_of(book, title) if (texts := _texts(book, row))]


def first_rows(book: RawBook, title: str) -> Grid:
    """Cells of the first rows of a sheet that is no table; none where they cannot be read."""
    try:
        rows = list(islice(rows_of(book, title), _FIRST_ROWS))
        return [(number, texts) for number, row in rows if (texts := _texts(book, row))]
    except InputError:
        return []


def _texts(book: RawBook, row: Cells) -> dict[str, str | Bad]:
    """Letters of a column -> text of its cell, or the fault of it, where there is any."""
    from openpyxl.utils import get_column_letter

    texts = {}
    for place, (cell, formula) in enumerate(row, start=1):
        kind: Kind = "text"
        if isinstance(cell.value, dt.datetime) and cell.value.year > 1900:
            kind = "date"
        elif isinstance(cell.value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
            kind = "time"
        text = text_of_cell(book, cell, formula, kind)
        if text:
            texts[get_column_letter(place)] = text
    return texts
