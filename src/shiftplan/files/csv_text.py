"""CSV text and tables that are files of their own, and what spreadsheet programs do put right.

CSV text -> `Sheet`, or models, or every fault; rows, or models -> CSV text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.beside import read_words
from shiftplan.files.cells import write
from shiftplan.files.filling import FIRST_ROWS, fill_sheet, rows_from_header
from shiftplan.files.headings import columns_named, folded, known_titles, titles_of
from shiftplan.files.layout import TABLE_NAMES, Kind, TableLayout, columns_of, needed_of
from shiftplan.files.own_columns import nearest_of
from shiftplan.files.rows import Rows
from shiftplan.files.sheet import Sheet, fold
from shiftplan.files.text import read_text
from shiftplan.week.fields import Frozen

_LIKE_FORMULA = re.compile("'*[=+@\t\r\uff1d\uff0b\uff0d\uff20-]")
_NEUTRAL = re.compile("'+[=+@\t\r\uff1d\uff0b\uff0d\uff20-]")
_NEEDS_QUOTES = re.compile('[",;\\t\r\n]')


def read_sheet(
    text: str,
    table: str,
    file: str,
    known: Iterable[str],
    needed: Sequence[str],
    *,
    others: bool = False,
) -> Sheet:
    """Read the text of a CSV file whose fields end at commas, semicolons or tabs.

    Text that `neutral` made harmless is read as it was before. `known`: columns of the table, in
    `volunteers` also all that start with `skill.`; `needed`: those it cannot do without, that of
    the ids first; `others`: whether further columns are ignored instead of being faults.
    """
    sheet = Sheet(table, file)
    names = {fold(name): name for name in known}

    def named(titles: Sequence[str]) -> int:
        return _named(table, names, titles)

    records = read_records(text, sheet, named)
    if not sheet.usable:
        return sheet
    if table in TABLE_NAMES:
        records = rows_from_header(sheet, records, lambda record: record[1])
    if records:
        titles = records[0][1]
        names |= _called(table, names, titles)
        fill_sheet(sheet, records, names, needed, others=others, nearest=nearest_of(table))
        read_words(sheet)
    else:
        sheet.give_up("empty_file", Message("files.no_header_row"))
    return sheet


def sheet_of_rows(table: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Sheet:
    """Take a table of a week that is text already; its rows are counted from 1 on."""
    sheet = Sheet(table, table)
    names = {fold(name): name for name in columns_of(table)}
    names |= _called(table, names, header)
    cells = ([cell.strip() for cell in row] for row in rows)
    records = [(0, [*header]), *enumerate(cells, start=1)]
    nearest = nearest_of(table)
    fill_sheet(sheet, records, names, needed_of(table), others=False, nearest=nearest)
    read_words(sheet)
    return sheet


def sign_between(text: str, table: str) -> str:
    """Find the delimiter in the text of a table of a week."""
    names = {fold(name): name for name in columns_of(table)}
    return delimiter_of(text, lambda titles: _named(table, names, titles))


def _named(table: str, names: Mapping[str, str], titles: Sequence[str]) -> int:
    """Count the titles that name columns."""
    others = _called(table, names, titles)
    return sum(fold(title) in names or fold(title) in others for title in titles)


def _called(table: str, names: Mapping[str, str], titles: Sequence[str]) -> dict[str, str]:
    """Map titles to columns where they are the headings that workbooks use."""
    if table in TABLE_NAMES:
        return known_titles(table, titles, columns_named(table, titles))
    by_heading, there = (
        titles_of(table, [*names.values()]),
        {names.get(fold(t)) for t in titles},
    )
    found = {fold(title): by_heading.get(folded(title), "") for title in titles}
    return {title: name for title, name in found.items() if name and name not in there}


def read_records(
    text: str, sheet: Sheet, named: Callable[[Sequence[str]], int]
) -> list[tuple[int, list[str]]]:
    """Number and cells of the rows of CSV text that are not blank; the sheet gets the faults.

    `named`: how many titles of a header name columns. The sign between the fields is the one with
    which most do.
    """
    delimiter = delimiter_of(text, named)
    sheet.decimal_comma = delimiter == ";"
    return records_of(text, sheet, delimiter)


def records_of(text: str, sheet: Sheet, delimiter: str) -> list[tuple[int, list[str]]]:
    """Number and cells of the rows of CSV text that are not blank; the sheet gets the faults."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    is_plain = "'" not in text
    lines, longest = 0, csv.field_size_limit()
    try:
        for number, record in enumerate(reader, start=1):
            cells = [cell.strip() for cell in record]
            if not is_plain:
                cells = [plain(cell) for cell in cells]
            if any(cells):
                records.append((number, cells))
            lines = reader.line_num
    except csv.Error as error:
        row = records[-1][0] + 1 if records else 1
        record_begun = islice(io.StringIO(text, newline=""), lines, reader.line_num)
        if sum(map(len, record_begun)) > longest:
            sheet.give_up("too_long", Message("files.long_field", most=longest), row=row)
        else:
            message = Message("files.broken_quotes", detail=str(error))
            remedy = Message("files.quote_missing")
            sheet.give_up("broken_quotes", message, remedy, row=row)
    return records


def delimiter_of(text: str, named: Callable[[Sequence[str]], int]) -> str:
    """Find the sign between the fields: the one that makes most columns of the header known."""

    def known(delimiter: str) -> int:
        try:
            lines = io.StringIO(text, newline="")
            found = (r for r in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, r)))
            return next(filter(None, map(named, islice(found, FIRST_ROWS))), 0)
        except csv.Error:
            pass
        return 0

    return max((",", ";", "\t"), key=known)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Make CSV text: commas, a newline after each row, quotes where they are needed."""
    return "".join(",".join(map(quoted, row)) + "\n" for row in (header, *rows))


def quoted(cell: str) -> str:
    """Quote a cell where CSV requires it."""
    # csv.writer leaves a lone carriage return bare, which would end the row for every reader.
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: with an apostrophe where it would."""
    return "'" + text if _LIKE_FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text[:1] == "'" and _NEUTRAL.match(text) else text


def table_text(
    header: Sequence[str], rows: Iterable[Sequence[str]], kinds: Mapping[str, Kind]
) -> str:
    """Make CSV text whose texts are harmless; numbers stay, also those that begin with `-`.

    `kinds`: column -> what it holds; columns that are not there hold no text, but their names are
    harmless too.
    """
    texts = [kinds.get(name) in ("text", "names") for name in header]
    made = ([neutral(c) if t else c for c, t in zip(row, texts, strict=True)] for row in rows)
    return to_csv([*map(neutral, header)], made)


@dataclass
class TableRows:
    """The rows of a table that became models, and the faults of the others."""

    sheet: Sheet
    """The table as text, with its faults."""
    models: list[Any]
    """Those without a fault."""
    kept: list[int]
    """The row of each model, from 0."""

    def good(self) -> tuple[Any, ...]:
        """The models; InputError with every fault of the table, in order of its rows."""
        if self.sheet.faults:
            raise InputError(sorted(self.sheet.faults, key=lambda fault: fault.row or 0))
        return tuple(self.models)


@dataclass(frozen=True, kw_only=True)
class CsvTable(TableLayout):
    """A table that is a file of its own."""

    name: str
    """Its name in faults."""
    also: tuple[str, ...] = ()
    """Columns that must be there, but may be blank."""
    others: bool = False
    """Whether columns that are not known are ignored instead of being faults."""

    def read(
        self, path: Path, prepare: Callable[[dict[str, Any]], None] = lambda record: None
    ) -> TableRows:
        """Read a file; `prepare` changes the values of a row before they become a model.

        InputError: the file is no such table. Faults of rows are kept in what is returned.
        """
        must = (*self.needed, *self.also)
        text, others = read_text(path), self.others
        sheet = read_sheet(text, self.name, path.name, self.columns, must, others=others)
        return self.rows_of(sheet, prepare)

    def rows_of(self, sheet: Sheet, prepare: Callable[[dict[str, Any]], None]) -> TableRows:
        """Read a sheet as `read` does a file."""
        if not sheet.usable:
            raise InputError(sheet.faults)
        rows = Rows(sheet)
        rows.read(self.columns, self.needed)
        records = rows.records()
        for record in records:
            prepare(record)
        return TableRows(sheet, *rows.models(self.model, records))

    def text(self, models: Iterable[Frozen]) -> str:
        """The table as CSV text; nothing in it is taken for a formula."""
        header = list(self.columns)
        rows = ([write(getattr(row, name)) for name in header] for row in models)
        return table_text(header, rows, self.columns)
