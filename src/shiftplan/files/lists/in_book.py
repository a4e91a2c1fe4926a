"""A list as one of the sheets of a workbook, which may hold others beside it.

Path, `ListForm` -> `Sheet`, every fault at its cell; or the fault of a workbook without the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from shiftplan.errors.message import Column, Message, Table
from shiftplan.files.cells import Bad
from shiftplan.files.filling import FIRST_ROWS, header_place
from shiftplan.files.headings import folded, known_words, sheet_title
from shiftplan.files.lists.form import ListForm, Records
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault
from shiftplan.files.workbook import need_openpyxl, raw
from shiftplan.files.workbook.merges import merged_faults
from shiftplan.files.workbook.prints import edited_rows
from shiftplan.files.workbook.raw import Cells, RawBook, text_of
from shiftplan.files.workbook.telling import first_of

_Rows = list[tuple[int, Cells]]


def read_book(path: Path, form: ListForm, is_value: Callable[[str], bool]) -> Sheet:
    """Read the sheet of a workbook that holds a list; its faults are kept in it.

    InputError: it is no workbook, or has no such sheet, or several. MissingExtraError: the package
    openpyxl is missing.
    """
    need_openpyxl()
    with raw.opened(path) as book:
        return _Book(book, form).read(is_value)


def read_sheets(path: Path, form: ListForm) -> list[Sheet]:
    """Read all sheets of a workbook that hold a list, such as one a month.

    Where sheets are named after the list, only those. Each keeps its faults.

    InputError: it is no workbook, or has no such sheet. MissingExtraError: openpyxl is missing.
    """
    need_openpyxl()
    with raw.opened(path) as book:
        return _Book(book, form).read_all()


class _Book:
    def __init__(self, book: RawBook, form: ListForm) -> None:
        self.book, self.form = book, form
        shown = [s.title for s in book.values.worksheets if s.sheet_state == "visible"]
        self.starts: dict[str, _Rows] = {
            title: list(islice(raw.rows_of(book, title), FIRST_ROWS)) for title in shown
        }
        """Name of a visible sheet -> the first of its rows that are not blank."""

    def read(self, is_value: Callable[[str], bool]) -> Sheet:
        found = self._found()
        titles = list(found)
        if len(titles) == 1:
            sheet = self._sheet(titles[0], found[titles[0]])
            self._note_edits(sheet)
            return sheet
        filled = [title for title, rows in self.starts.items() if rows]
        if not titles and len(filled) == 1:
            first = raw.titles_of(self.book, self.starts[filled[0]][0][1])
            if self.form.is_alone(first, is_value):
                return self._sheet(filled[0], None)
        raise self._refused(titles)

    def read_all(self) -> list[Sheet]:
        found = self._found()
        if not found:
            raise self._refused([])
        return [self._sheet(title, place) for title, place in found.items()]

    def _found(self) -> dict[str, int]:
        """Sheets that hold the list, those named after it if any are; the place of each header."""
        found = self._headers(self.form.fits)
        found = found or self._headers(partial(self.form.fits, loosely=True))
        own = {folded(sheet_title(self.form.table, say)) for say in known_words()}
        named = {title: place for title, place in found.items() if folded(title) in own}
        return named or found

    def _headers(self, fits: Callable[[Sequence[str]], bool]) -> dict[str, int]:
        """Name of a sheet -> place of the row that is the header of the list."""
        found: dict[str, int] = {}
        for title, rows in self.starts.items():
            titles_of = (raw.titles_of(self.book, row) for _, row in rows)
            if (place := header_place(titles_of, fits)) is not None:
                found[title] = place
        return found

    def _note_edits(self, sheet: Sheet) -> None:
        """Tell which sheets were edited that only show the list."""
        for title, rows in edited_rows(self.book).items():
            facts = {"n": len(rows), "rows": first_of(map(str, rows)), "list": sheet.title}
            note = self.book.fault(
                "missing_sheet",
                sheet.table,
                Message("workbook.view_edited", **facts),
                Message("workbook.edit_the_list", list=sheet.title),
                title=title,
                row=rows[0],
            )
            sheet.notes["views", title] = note

    def _refused(self, titles: Sequence[str]) -> Exception:
        path, table = self.book.path, Table(self.form.table)
        if titles:
            message = Message("workbook.several_lists", sheets=tuple(titles))
            remedy = Message("workbook.keep_one_list", name=sheet_title(table.name, str))
            return file_fault("missing_sheet", path, message, remedy)
        columns = tuple(
            Message("files.any_of", columns=tuple(map(Column, group))) for group in self.form.needed
        )
        message = Message("workbook.no_list", columns=columns)
        beside = path.with_suffix(".csv")
        is_printed = beside.exists() and self.form.table == "roster"
        remedy = Message("files.meant", text=beside) if is_printed else Message("files.no_header")
        return file_fault("missing_sheet", path, message, remedy)

    def _sheet(self, title: str, header: int | None) -> Sheet:
        """Take the rows from a header on; without one, all are of the only column."""
        from openpyxl.utils import get_column_letter

        sheet = Sheet(self.form.table, self.book.path.name, title=title)
        rows = list(raw.rows_of(self.book, title))[header or 0 :]
        first = rows[0][0]
        span = range(first, rows[-1][0] + 1)
        sheet.faults += merged_faults(self.book, sheet.table, title, span)
        if header is None:
            place = next(i for i, text in enumerate(raw.titles_of(self.book, rows[0][1])) if text)
            titles = [""] * place + [self.form.alone]
        else:
            titles, rows = raw.titles_of(self.book, rows[0][1]), rows[1:]
        names = self.form.columns_named(titles)
        for place, name in enumerate(names, start=1):
            sheet.letters.setdefault(name, get_column_letter(place))
        unread: dict[int, list[tuple[str, Bad]]] = {}
        records: Records = [(first, titles)]
        for number, row in rows:
            record = [""] * len(names)
            for place, (name, pair) in enumerate(zip(names, row, strict=False)):
                text = text_of(self.book, *pair, self.form.columns.get(name, "text"))
                if isinstance(text, str):
                    record[place] = text
                    continue
                record[place] = raw.shown_text(self.book, *pair)
                if name in self.form.columns:
                    unread.setdefault(number, []).append((name, text))
            if any(record):
                records.append((number, record))
        self.form.fill(sheet, records)
        for index, number in enumerate(sheet.lines):
            sheet.unread += [(index, *bad) for bad in unread.get(number, ())]
        return sheet
