"""Rows of a log, some thousands at a time: a year of them does not have to be in memory as text.

Path -> `LogTable` with the columns that its header names, and its rows as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice, product
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Column, Message
from shiftplan.files.csv_text import delimiter_of
from shiftplan.files.filling import FIRST_ROWS, header_place
from shiftplan.files.lists.form import ListForm
from shiftplan.files.lists.in_book import read_sheets
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault, text_parts
from shiftplan.files.workbook import is_workbook

_AT_ONCE = 20_000
"""Rows that are taken together."""
_LETTERS = 1 << 20
"""Letters of a text that are cut into lines together."""
_HEAD = 100_000
"""Letters at the start of a text in which the header is looked for."""
Rows = tuple[list[int], list[list[str]]]
"""Row numbers, as a spreadsheet shows them, and the cells of these rows."""


@dataclass
class LogTable:
    """A log as text."""

    form: ListForm
    """What it holds."""
    sheet: Sheet
    """The place of its cells in faults; its own rows are removed as they are read."""
    place: dict[str, int]
    """Column -> where it stands in a row."""
    titles: list[str]
    """The header, as it is written."""
    line: int | None
    """Its row number; None in a workbook."""
    rows: Iterator[Rows]
    """Its rows that are not blank; iterating raises InputError at broken quotes."""


def open_log(path: Path, forms: Sequence[ListForm]) -> list[LogTable]:
    """Open a log as the first of some forms that fits its header.

    A workbook may have several sheets of that form, such as one a month or one a center.

    InputError: the file cannot be read, or its header fits none. MissingExtraError: it is a
    workbook, and the package openpyxl is missing.
    """
    return _book_logs(path, forms) if is_workbook(path) else [_text_log(path, forms)]


def _text_log(path: Path, forms: Sequence[ListForm]) -> LogTable:
    parts = text_parts(path)
    head = next(parts)

    def named(titles: Sequence[str]) -> int:
        return max(sum(map(bool, map(form.column_named, titles))) for form in forms)

    delimiter = delimiter_of(head[:_HEAD], named)
    records = _records(chain([head], parts), delimiter, path)
    first = list(islice(records, FIRST_ROWS))
    if not first:
        raise file_fault("empty_file", path, Message("files.no_header_row"))
    for form, loosely in [*product(forms, (False,)), *product(reversed(forms), (True,))]:
        heads = ([cell.strip() for cell in record] for _, record in first)
        if (place := header_place(heads, partial(form.fits, loosely=loosely))) is None:
            continue
        titles = [title.strip() for title in first[place][1]]
        columns = form.columns_named(titles)
        sheet = Sheet(form.table, path.name)
        sheet.decimal_comma = delimiter == ";"
        sheet.call(columns, titles)
        rows = _chunks(first[place + 1 :], records)
        return LogTable(form, sheet, _places(form, columns), titles, first[place][0], rows)
    number, cells = first[0]
    titles = [cell.strip() for cell in cells]
    form = max(forms, key=lambda form: len({*map(form.column_named, titles)} - {""}))
    table = LogTable(form, Sheet(form.table, path.name), {}, titles, number, iter(()))
    names = form.columns_named(titles)
    lacking = (group[0] for group in form.needed if set(group).isdisjoint(names))
    raise missing_column(table, next(lacking, form.needed[0][0]))


def missing_column(table: LogTable, column: str) -> InputError:
    """Make the error of a log without a column."""
    form = table.form
    facts = {"column": (Column(column, form.table),), "header": tuple(table.titles[:30])}
    message = Message("files.missing_column", **facts)
    fault = Fault("missing_column", form.table, column, message=message)
    return InputError([table.sheet.placed(fault, table.line)])


def _book_logs(path: Path, forms: Sequence[ListForm]) -> list[LogTable]:
    refused: InputError | None = None
    for form in forms:
        try:
            sheets = read_sheets(path, form)
        except InputError as error:
            if any(fault.code != "missing_sheet" for fault in error.faults):
                raise
            refused = refused or error
            continue
        if faults := [fault for sheet in sheets for fault in sheet.faults]:
            raise InputError(faults)
        return [_sheet_log(form, sheet) for sheet in sheets]
    assert refused is not None
    raise refused


def _sheet_log(form: ListForm, sheet: Sheet) -> LogTable:
    lines, rows = sheet.lines, sheet.rows
    sheet.lines, sheet.rows = [], []
    parts = (
        (lines[i : i + _AT_ONCE], rows[i : i + _AT_ONCE]) for i in range(0, len(rows), _AT_ONCE)
    )
    return LogTable(form, sheet, _places(form, sheet.header), sheet.header, None, parts)


def _places(form: ListForm, columns: Sequence[str]) -> dict[str, int]:
    return {name: columns.index(name) for name in form.columns if name in columns}


def _records(parts: Iterable[str], delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of rows that are not empty."""
    lines = (line for part in parts for line in _lines(part))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if record and any(record):
                yield number, record
    except csv.Error as error:
        longest = csv.field_size_limit()
        if f"({longest})" in str(error):
            message = Message("files.long_field", most=longest)
            raise file_fault("too_long", path, message, row=number + 1) from None
        message = Message("files.broken_quotes", detail=str(error))
        remedy = Message("files.quote_missing")
        raise file_fault("broken_quotes", path, message, remedy, row=number + 1) from None


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text as a file would, without a second copy of all of it."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _LETTERS) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _chunks(
    first: Sequence[tuple[int, list[str]]], rest: Iterator[tuple[int, list[str]]]
) -> Iterator[Rows]:
    part = [*first, *islice(rest, _AT_ONCE)]
    while part:
        yield [number for number, _ in part], [record for _, record in part]
        part = list(islice(rest, _AT_ONCE))
