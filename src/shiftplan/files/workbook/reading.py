"""A planning week from a workbook: its sheets are one more source of the tables' rows.

Path -> tables -> `Sheet`s -> `Problem`, or every fault with its cell.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.files.assemble import OnNote, problem_from
from shiftplan.files.headings import GRID
from shiftplan.files.layout import TABLE_NAMES, TABLES
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault
from shiftplan.files.workbook import limits
from shiftplan.files.workbook.grid import has_people, read_grid
from shiftplan.files.workbook.package import need_openpyxl
from shiftplan.files.workbook.raw import RawBook, grid_of, merged_cells, understood
from shiftplan.files.workbook.sheets import Leftover, find_tables
from shiftplan.files.workbook.table import read_table
from shiftplan.problem import Problem

_FILLED = ("centers", "volunteers", "shifts")
"""Tables of which some must have rows."""


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
    place = Path(path)
    need_openpyxl()
    package = limits.inspect(place)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets, faults = _sheets(place, package, on_note)
    try:
        return problem_from(sheets, faults, on_note)
    except InputError as error:
        raise InputError(_distinct(error.faults)) from None


def _distinct(faults: tuple[Fault, ...]) -> Iterator[Fault]:
    """Leave out what is told of the same cell already: a mark's person stands in one cell."""
    seen = set()
    for fault in faults:
        key = (fault.code, fault.sheet, fault.cell, fault.value)
        if not fault.cell or key not in seen:
            yield fault
        seen.add(key)


def _sheets(
    path: Path, package: limits.Package, on_note: OnNote | None
) -> tuple[dict[str, Sheet], list[Fault]]:
    """Read all sheets that are tables: table -> sheet, and faults that concern none."""
    from openpyxl import load_workbook

    with path.open("rb") as file, path.open("rb") as again:
        with understood(path):
            values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            formulas = None
            if package.formulas:
                formulas = load_workbook(again, read_only=True, keep_links=False)
        return _tables(RawBook(path, package, values, formulas), on_note)


def _tables(book: RawBook, on_note: OnNote | None) -> tuple[dict[str, Sheet], list[Fault]]:
    found, faults = find_tables(book)
    sheets = {t: read_table(book, t, found[t]) for t in TABLE_NAMES if t in found}
    filled = {table for table, sheet in sheets.items() if sheet.rows or sheet.faults}
    if GRID in found:
        sheet = sheets.setdefault("availability", _blank(book.path.name, found[GRID]))
        grid = grid_of(book, found[GRID])
        filled |= {GRID} if has_people(grid) else set()
        if sheet.usable:
            merged = merged_cells(book, found[GRID])
            read_grid(sheet, found[GRID], grid, _names(sheets.get("volunteers")), merged)
    leftover = Leftover(book, found, filled)
    faults += leftover.faults()
    if on_note is not None:
        for note in leftover.notes():
            on_note(note)
    if not faults and filled.isdisjoint(_FILLED):
        message, remedy = Message("workbook.no_rows"), Message("workbook.only_examples")
        raise file_fault("empty_file", book.path, message, remedy)
    return sheets, faults


def _names(people: Sheet | None) -> dict[str, list[str]]:
    """Id of a person -> names in the table."""
    names: dict[str, list[str]] = {}
    if people is not None and people.usable:
        ids = people.column("volunteer_id") or []
        for who, name in zip(ids, people.column("name") or [], strict=False):
            names.setdefault(who, []).append(name)
    return names


def _blank(file: str, title: str) -> Sheet:
    """The table availability where only the grid is there."""
    names = [name for name in TABLES["availability"].columns if name != "end_date"]
    return Sheet("availability", file, header=names, title=title)
