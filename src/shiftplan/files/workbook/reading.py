"""A planning week from a workbook: its sheets are one more source of the tables' rows.

Path -> `Sheet`s as of CSV files, with the cells of all they hold -> `Problem`, or every fault.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.beside import read_words
from shiftplan.files.cells import Bad, read_whole
from shiftplan.files.filling import fill_sheet, rows_from_header
from shiftplan.files.headings import (
    GRID,
    columns_named,
    example_finder,
    is_beside,
    is_own,
    kind_in,
)
from shiftplan.files.layout import REQUIRED, TABLE_NAMES, TABLES, columns_of, needed_of
from shiftplan.files.made_ids import give_ids
from shiftplan.files.making import is_blank
from shiftplan.files.own_columns import nearest_of
from shiftplan.files.planned import tell_days
from shiftplan.files.shared import (
    above,
    is_named_by_date,
    lacking,
    note_shared,
    read_shared,
    shared_tables,
)
from shiftplan.files.sheet import Sheet
from shiftplan.files.sheet_references import References
from shiftplan.files.text import file_fault
from shiftplan.files.workbook import need_openpyxl, raw
from shiftplan.files.workbook.grid import people, read_grid
from shiftplan.files.workbook.heads import grid_of
from shiftplan.files.workbook.merges import covered_cells, merged_cells, merged_faults
from shiftplan.files.workbook.raw import Cells, RawBook, text_of
from shiftplan.files.workbook.sheets import Leftover, find_tables
from shiftplan.problem import Problem

_FILLED = ("centers", "volunteers", "shifts")
"""Tables of which some must have rows."""
_NONE: Mapping[str, Sheet] = {}


def read_workbook(path: str | os.PathLike[str], *, on_note: OnNote | None = None) -> Problem:
    """Read a planning week from a workbook (.xlsx, or .xlsm without its macros).

    Sheets and columns may have the names of the format, or those of the templates in English or
    Vietnamese; other sheets are not read, and neither are rows whose first cell, or id, starts
    with the mark of examples. Formulas count with the values that were saved with them.

    Parameters
    ----------
    path
        The file.
    on_note
        Called with what is no fault but worth a look, such as a sheet that was not read.

    Raises
    ------
    InputError
        With every fault, each at its cell; or the one fault of a file that is no workbook. A sheet
        that seems to be a table under another name is a fault.
    MissingExtraError
        The package openpyxl is missing.
    """
    sheets, faults = book_sheets(Path(path), on_note)
    try:
        return problem_from(sheets, faults, on_note)
    except InputError as error:
        raise InputError(distinct(error.faults)) from None


def distinct(faults: Iterable[Fault]) -> Iterator[Fault]:
    """Leave out what is told of the same cell already: a mark's person stands in one cell."""
    seen = set()
    for fault in faults:
        key = (fault.code, fault.file, fault.sheet, fault.cell, fault.value)
        if not fault.cell or key not in seen:
            yield fault
        seen.add(key)


def book_sheets(
    path: Path,
    on_note: OnNote | None = None,
    *,
    whole: bool = True,
    anew: bool = False,
    beside: Mapping[str, Sheet] = _NONE,
) -> tuple[dict[str, Sheet], list[Fault]]:
    """Read all sheets of a workbook that are tables: table -> sheet, and faults that concern none.

    `whole`: whether it must hold all tables of a week; the workbook of a team need not. Tables of
    which a whole week has no rows may be shared: see `shared_tables`, and `lacking` for `anew`.
    `beside`: tables of other files that tell the days planned, where the workbook has none.

    InputError: the file is no workbook, or has no rows. MissingExtraError: openpyxl is missing.
    """
    need_openpyxl()
    with raw.opened(path) as book:
        return _tables(book, on_note, beside, whole=whole, anew=anew)


def book_table(path: Path, table: str) -> Sheet | None:
    """Read the sheet of one table of a workbook; None where it has none.

    InputError: the file is no workbook. MissingExtraError: the package openpyxl is missing.
    """
    need_openpyxl()
    with raw.opened(path) as book:
        title = find_tables(book)[0].get(table)
        return None if title is None else _read_table(book, table, title)


def _tables(
    book: RawBook,
    on_note: OnNote | None,
    beside: Mapping[str, Sheet],
    *,
    whole: bool,
    anew: bool,
) -> tuple[dict[str, Sheet], list[Fault]]:
    found, faults = find_tables(book)
    sheets = {t: _read_table(book, t, found[t]) for t in TABLE_NAMES if t in found}
    filled = {table for table, sheet in sheets.items() if not is_blank(sheet)}
    shared = lacking(shared_tables(book.path), filled, anew=anew) if whole else {}
    sheets |= {table: read_shared(table, shared[table]) for table in shared}
    note_shared(sheets, shared)
    there = shared.keys() | ({"shifts"} if "opening" in shared else set())
    required = [table for table in REQUIRED if table not in there] if whole else []
    if whole:  # people of a team get ids where all centers are known
        give_ids(sheets)
    if GRID in found:
        fills: dict[int, dict[str, str]] = {}
        title, grid = found[GRID], grid_of(book, found[GRID], fills=fills)
        blank = {
            table: Sheet(
                table,
                book.path.name,
                header=[name for name in TABLES[table].columns if name != "end_date"],
                title=title,
            )
            for table in ("availability", "stand_by")
        }
        sheets.setdefault("availability", blank["availability"])
        stand_by = sheets.get("stand_by", blank["stand_by"])
        _add_columns(stand_by, blank["stand_by"].header)
        filled |= {GRID} if any(people(grid)) else set()
        if sheets["availability"].usable and stand_by.usable:
            names = _names(sheets.get("volunteers", Sheet("volunteers", "")))
            id_of = partial(References(sheets).id_of, "volunteers")
            merged = merged_cells(book, title)
            tell_days({**beside, **sheets})
            of_grid = sheets["availability"], stand_by
            read_grid(*of_grid, title, grid, names, id_of, merged, fills)
            if stand_by.rows:
                sheets["stand_by"] = stand_by
    leftover = Leftover(book, found, filled)
    faults += (_with_hint(fault, book.path) for fault in leftover.faults(required))
    if on_note is not None:
        for note in leftover.notes():
            on_note(note)
    if whole and not faults and filled.isdisjoint(_FILLED):
        message, remedy = Message("workbook.no_rows"), Message("workbook.only_examples")
        raise file_fault("empty_file", book.path, message, remedy)
    return sheets, faults


def _add_columns(sheet: Sheet, columns: Collection[str]) -> None:
    """Add columns that a sheet lacks, blank."""
    for column in columns:
        if column not in sheet.header:
            sheet.header.append(column)
            for row in sheet.rows:
                row.append("")


def _with_hint(fault: Fault, path: Path) -> Fault:
    """The fault of a missing sheet whose table lies above, where the week has no date."""
    if fault.remedy or fault.sheet or is_named_by_date(path) or fault.table not in above(path):
        return fault
    label = above(path)[fault.table].label
    return replace(fault, remedy=Message("files.name_by_date", file=label))


def _names(sheet: Sheet) -> dict[str, list[str]]:
    """Id of a person -> names in the table; none where it is not there or not usable."""
    names: dict[str, list[str]] = {}
    ids, named = sheet.column("volunteer_id"), sheet.column("name")
    for who, name in zip(ids or (), named or (), strict=False) if sheet.usable else ():
        names.setdefault(who, []).append(name)
    return names


def _read_table(book: RawBook, table: str, title: str) -> Sheet:
    """Read the sheet of a table; faults are kept in it."""
    sheet = Sheet(table, book.path.name, title=title)
    rows = list(raw.rows_of(book, title))
    rows = rows_from_header(sheet, rows, lambda row: raw.titles_of(book, row[1]))
    if titles := raw.titles_of(book, rows[0][1]) if rows else []:
        _Table(book, sheet, titles).read(rows)
        names = {letters: name for name, letters in sheet.letters.items() if name in sheet.header}
        covered = covered_cells(book, title, sheet.lines[-1] if sheet.lines else 0)
        sheet.covered = {(row, names[letters]) for row, letters in covered if letters in names}
        last = sheet.lines[-1] if sheet.lines else rows[-1][0]
        sheet.faults += merged_faults(book, table, title, range(rows[0][0], last + 1))
    else:
        sheet.give_up("empty_file", Message("workbook.no_header_row"))
    return sheet


class _Table:
    def __init__(self, book: RawBook, sheet: Sheet, titles: list[str]) -> None:
        from openpyxl.utils import get_column_letter

        self.book, self.sheet, self.letter = book, sheet, get_column_letter
        self.titles, self.names = titles, columns_named(sheet.table, titles)
        for place, (name, title) in enumerate(zip(self.names, titles, strict=True), start=1):
            sheet.letters.setdefault(name, get_column_letter(place))
            sheet.letters.setdefault(title, get_column_letter(place))
        sheet.call(self.names, titles)
        self.columns, self.is_example = columns_of(sheet.table), example_finder()
        self.kinds = [kind_in(sheet.table, name) for name in self.names]
        self.own = [is_own(sheet.table, name) for name in self.names]
        self.unread: dict[int, list[tuple[str, Bad]]] = {}
        """Row number -> columns of cells that have no text, with their faults."""

    def read(self, rows: list[tuple[int, Cells]]) -> None:
        """Take all rows into the sheet; the first is the header."""
        records = [(rows[0][0], self.names)]
        for number, row in rows[1:]:
            if not self._is_example(row) and any(record := self._record(number, row)):
                records.append((number, record))
        sheet = self.sheet
        names, needed = {n.casefold(): n for n in self.columns}, needed_of(sheet.table)
        names |= {name.casefold(): name for name in self.names if is_beside(name)}
        nearest = nearest_of(sheet.table)
        fill_sheet(sheet, records, names, needed, others=False, nearest=nearest, shown=self.titles)
        read_words(sheet)
        for index, number in enumerate(sheet.lines):
            sheet.unread += [(index, *bad) for bad in self.unread.get(number, ())]
        self._find_lost_zeros(dict(rows))
        self._note_numbers(dict(rows))

    def _is_example(self, row: Cells) -> bool:
        """Whether the mark of examples stands in the format's first column, wherever that is."""
        first = next(iter(self.columns))
        place = self.names.index(first) if first in self.names else len(row)
        value = _value_at(row, place)
        return isinstance(value, str) and self.is_example(value.strip())

    def _record(self, number: int, row: Cells) -> list[str]:
        """Texts of a row, one for each column of the header."""
        record = [""] * len(self.names)
        for place, (cell, formula) in enumerate(row):
            name = self.names[place] if place < len(self.names) else ""
            if name and self.own[place]:
                record[place] = raw.shown_text(self.book, cell, formula)
                continue
            text = text_of(self.book, cell, formula, self.kinds[place] if name else "text")
            if isinstance(text, Bad):
                self.unread.setdefault(number, []).append((name, text))
                text = raw.shown(cell, formula)
            if name:
                record[place] = "" if self.is_example(text) else text
            elif text:
                letters = self.letter(place + 1)
                column = f"column {letters}"
                self.sheet.letters.setdefault(column, letters)
                message = Message("files.unnamed_column", column=letters)
                self.sheet.fault("unnamed_column", message, row=number, column=column)
        return record

    def _find_lost_zeros(self, rows: dict[int, Cells]) -> None:
        """Add the faults of ids that are numbers where others begin with 0."""
        sheet = self.sheet
        for name in sheet.header:
            column = sheet.column(name) or []
            others = next((c for c in column if c[:1] == "0" and len(c) > 1 and c.isdigit()), None)
            if not name.endswith("_id") or others is None:
                continue
            place = self.names.index(name)
            for index, text in enumerate(column):
                value = _value_at(rows[sheet.lines[index]], place)
                is_number = isinstance(value, (int, float))
                if is_number and len(text) < len(others) and isinstance(read_whole(text), int):
                    message = Message("workbook.number_among_ids", example=others)
                    remedy = Message("workbook.meant_as_text", text=text.zfill(len(others)))
                    sheet.unread.append((index, name, Bad("ambiguous_number", message, remedy)))

    def _note_numbers(self, rows: dict[int, Cells]) -> None:
        """Tell which phones are numbers, which lose a zero or a plus sign before their digits."""
        sheet = self.sheet
        place = self.names.index("phone") if "phone" in sheet.header else 0
        found = [
            index
            for index, text in enumerate(sheet.column("phone") or ())
            if text[:1] != "0"
            and isinstance(_value_at(rows[sheet.lines[index]], place), (int, float))
        ]
        if found:
            message = Message("workbook.phone_as_number")
            sheet.note(message, column="phone", value="", index=found[0], times=len(found))


def _value_at(row: Cells, place: int) -> object:
    return row[place][0].value if place < len(row) else None
