"""One table of a workbook.

Rows of a sheet -> `Sheet`, as a CSV file gives it, with the cell of everything in it.
"""

from __future__ import annotations

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.headings import column_named, folded, is_example, values_by_word
from shiftplan.files.layout import Kind, columns_of, needed_of
from shiftplan.files.sheet import SKILL, Sheet, fill_sheet
from shiftplan.files.workbook.raw import Cells, RawBook, merged_faults, rows_of, shown, text_of_cell
from shiftplan.files.workbook.values import lost_zeros

Row = tuple[int, Cells]
_FIRST_ROWS = 5
"""Rows in which a header is looked for that stands below a title."""


def read_table(book: RawBook, table: str, title: str) -> Sheet:
    """Read the sheet of a table; faults are kept in it."""
    sheet = Sheet(table, book.path.name, title=title)
    rows = list(rows_of(book, title))
    header = _header_below(book, table, rows)
    if header is not None:
        message = Message("workbook.header_below", row=header, first=rows[0][0])
        remedy = Message("workbook.delete_above")
        sheet.give_up("missing_column", message, remedy, row=rows[0][0])
        return sheet
    sheet.faults += merged_faults(book, table, title)
    titles = _titles(book, rows)
    if not titles:
        sheet.give_up("empty_file", Message("workbook.no_header_row"))
        return sheet
    return _Table(book, sheet, titles).read(rows)


def _header_below(book: RawBook, table: str, rows: list[Row]) -> int | None:
    """Number of the row with the header, where there is none of it in the first one."""
    known = {*columns_of(table)}
    if not known.isdisjoint(_names(book, table, rows[:1])):
        return None
    needed = needed_of(table)
    below = (row for row in rows[1:_FIRST_ROWS] if {*needed} <= _names(book, table, [row]))
    return next((number for number, _ in below), None)


def _names(book: RawBook, table: str, rows: list[Row]) -> set[str]:
    return {column_named(table, title) for title in _titles(book, rows)}


def _titles(book: RawBook, rows: list[Row]) -> list[str]:
    """Texts of the first row, without blanks at its end."""
    texts = [text_of_cell(book, *pair, "text") for _, row in rows[:1] for pair in row]
    titles = [text if isinstance(text, str) else "" for text in texts]
    while titles and not titles[-1]:
        titles.pop()
    return titles


class _Table:
    """A table while it is read."""

    def __init__(self, book: RawBook, sheet: Sheet, titles: list[str]) -> None:
        from openpyxl.utils import get_column_letter

        self.book, self.sheet, self.letter = book, sheet, get_column_letter
        self.names = [column_named(sheet.table, title) if title else "" for title in titles]
        for place, (name, title) in enumerate(zip(self.names, titles, strict=True), start=1):
            sheet.letters.setdefault(name, get_column_letter(place))
            sheet.letters.setdefault(title, get_column_letter(place))
        self.columns = columns_of(sheet.table)
        self.kinds: list[Kind] = [
            "whole" if name.startswith(SKILL) else self.columns.get(name, "text")
            for name in self.names
        ]
        self.words = [values_by_word(sheet.table, name) for name in self.names]
        self.unread: dict[int, list[tuple[str, Bad]]] = {}
        """Row number -> columns of cells that have no text, with their faults."""

    def read(self, rows: list[Row]) -> Sheet:
        """Take all rows into the sheet; the first is the header."""
        records = [(rows[0][0], self.names)]
        for number, row in rows[1:]:
            if self._is_example(row):
                continue
            record = self._record(number, row)
            if any(record):
                records.append((number, record))
        sheet = self.sheet
        names, needed = {n.casefold(): n for n in self.columns}, needed_of(sheet.table)
        fill_sheet(sheet, records, names, needed, others=False)
        for index, number in enumerate(sheet.lines):
            sheet.unread += [(index, *bad) for bad in self.unread.get(number, ())]
        self._lost_zeros(dict(rows))
        return sheet

    def _is_example(self, row: Cells) -> bool:
        """Whether the mark of examples stands in the format's first column, wherever that is."""
        first = next(iter(self.columns))
        place = self.names.index(first) if first in self.names else len(row)
        value = row[place][0].value if place < len(row) else None
        return isinstance(value, str) and is_example(value)

    def _record(self, number: int, row: Cells) -> list[str]:
        """Texts of a row, one for each column of the header."""
        record = [""] * len(self.names)
        for place, (cell, formula) in enumerate(row):
            name = self.names[place] if place < len(self.names) else ""
            kind = self.kinds[place] if name else "text"
            text = text_of_cell(self.book, cell, formula, kind)
            if isinstance(text, Bad):
                self.unread.setdefault(number, []).append((name, text))
                text = shown(cell, formula)
            if name:
                words = self.words[place]
                record[place] = words.get(folded(text), text) if words else text
            elif text:
                self._unnamed(number, self.letter(place + 1), text)
        return record

    def _unnamed(self, row: int, letters: str, value: str) -> None:
        column = f"column {letters}"
        self.sheet.letters.setdefault(column, letters)
        message = Message("files.unnamed_column", column=letters)
        self.sheet.fault("unnamed_column", message, row=row, column=column, value=value)

    def _lost_zeros(self, rows: dict[int, Cells]) -> None:
        """Add the faults of ids that are numbers where others begin with 0."""
        sheet = self.sheet
        for name in sheet.header:
            column = sheet.column(name) or []
            others = next((c for c in column if c[:1] == "0" and len(c) > 1 and c.isdigit()), None)
            if not name.endswith("_id") or others is None:
                continue
            place = self.names.index(name)
            for index, text in enumerate(column):
                cells = rows[sheet.lines[index]][place : place + 1]
                bad = lost_zeros(text, others)
                if bad is not None and cells and isinstance(cells[0][0].value, (int, float)):
                    sheet.unread.append((index, name, bad))
