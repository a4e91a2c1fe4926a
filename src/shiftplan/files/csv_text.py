"""CSV text, and what spreadsheet programs do to it put right.

CSV text -> `Sheet`; rows -> CSV text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from shiftplan.errors.message import Message
from shiftplan.files.headings import column_named
from shiftplan.files.layout import TABLE_NAMES, Kind
from shiftplan.files.sheet import Sheet, fill_sheet, fold

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

    Text that `neutral` made harmless is read as it was before.

    Parameters
    ----------
    text
        The whole file.
    table, file
        Names for faults.
    known
        Columns of the table; in `volunteers` also all that start with `skill.`.
    needed
        Columns it cannot do without, that of the ids first.
    others
        Whether columns that are not known are ignored instead of being faults.

    """
    sheet = Sheet(table, file)
    names = {fold(name): name for name in known}
    delimiter = _delimiter(text, table, names)
    sheet.decimal_comma = delimiter == ";"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    lines, longest = 0, csv.field_size_limit()
    try:
        for number, record in enumerate(reader, start=1):
            cells = [plain(cell.strip()) for cell in record]
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
        return sheet
    if not records:
        sheet.give_up("empty_file", Message("files.no_header_row"))
        return sheet
    meant = {title: _column(table, title, names) for title in records[0][1]}
    fill_sheet(sheet, records, names, needed, others=others, meant=meant)
    return sheet


def _column(table: str, title: str, names: Mapping[str, str]) -> str:
    """Column that a title names or, as workbooks call columns, means; empty where none is known."""
    if fold(title) in names or table not in TABLE_NAMES:
        return names.get(fold(title), "")
    column = column_named(table, title)
    return column if column != title else ""


def _delimiter(text: str, table: str, names: Mapping[str, str]) -> str:
    """Find the sign between the fields: the one that makes most columns of the header known."""

    def known(delimiter: str) -> int:
        try:
            lines = io.StringIO(text, newline="")
            for record in csv.reader(lines, delimiter=delimiter):
                if any(cell.strip() for cell in record):
                    return sum(_column(table, cell, names) != "" for cell in record)
        except csv.Error:
            pass
        return 0

    return max((",", ";", "\t"), key=known)


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Make CSV text: commas, a newline after each row, quotes where they are needed."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in (header, *rows))


def _quoted(cell: str) -> str:
    # csv.writer leaves a lone carriage return bare, which would end the row for every reader.
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula: with an apostrophe where it would."""
    return "'" + text if _LIKE_FORMULA.match(text) else text


def plain(text: str) -> str:
    """The text that `neutral` was given."""
    return text[1:] if text[:1] == "'" and _NEUTRAL.match(text) else text


def neutral_columns(
    header: Sequence[str], rows: Iterable[Sequence[str]], kinds: Mapping[str, Kind]
) -> Iterator[list[str]]:
    """Yield rows with their texts made harmless; numbers stay, also those that begin with `-`.

    `kinds`: column -> what it holds; columns that are not there hold no text.
    """
    texts = [kinds.get(name) in ("text", "names") for name in header]
    for row in rows:
        yield [neutral(c) if is_text else c for c, is_text in zip(row, texts, strict=True)]
