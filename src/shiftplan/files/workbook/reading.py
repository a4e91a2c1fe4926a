"""A planning week from a workbook: its sheets are one more source of the tables' rows.

Path -> tables -> `Sheet`s -> `Problem`, or every fault with its cell.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from shiftplan.errors import Fault, InputError
from shiftplan.files.assemble import problem_from
from shiftplan.files.layout import REQUIRED, TABLE_NAMES, TABLES
from shiftplan.files.sheet import Sheet
from shiftplan.files.text import file_fault
from shiftplan.files.workbook import limits
from shiftplan.files.workbook.grid import read_grid
from shiftplan.files.workbook.names import (
    GRID,
    folded,
    sheet_title,
    tables_by_title,
)
from shiftplan.files.workbook.package import need_openpyxl
from shiftplan.files.workbook.raw import Book, grid_of, understood
from shiftplan.files.workbook.table import read_table
from shiftplan.problem import Problem
from shiftplan.texts import TEXTS

_FILLED = ("centers", "volunteers", "shifts")
"""Tables of which some must have rows."""


def read_workbook(path: str | os.PathLike[str]) -> Problem:
    """Read a planning week from a workbook (.xlsx, or .xlsm without its macros).

    Sheets and columns may have the names of the format, or those of the templates in English or
    Vietnamese; other sheets are ignored, and so are rows whose first cell starts with the mark of
    examples. Formulas count with the values that were saved with them.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        With every fault, each at its cell; or the one fault of a file that is no workbook.
    MissingExtraError
        The package openpyxl is missing.

    """
    place = Path(path)
    need_openpyxl()
    package = limits.inspect(place)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheets, faults = _sheets(place, package)
    try:
        return problem_from(sheets, faults)
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


def _sheets(path: Path, package: limits.Package) -> tuple[dict[str, Sheet], list[Fault]]:
    """Read all sheets that are tables: table -> sheet, and faults that concern none."""
    from openpyxl import load_workbook

    with path.open("rb") as file, path.open("rb") as again:
        with understood(path):
            values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            formulas = None
            if package.formulas:
                formulas = load_workbook(again, read_only=True, keep_links=False)
        return _tables(Book(path, package, values, formulas))


def _tables(book: Book) -> tuple[dict[str, Sheet], list[Fault]]:
    found: dict[str, str] = {}
    faults: list[Fault] = []
    name = book.path.name
    for title in (worksheet.title for worksheet in book.values.worksheets):
        table = tables_by_title().get(folded(title))
        if table is not None and table in found:
            message = f"the sheet {found[table]} holds the same table"
            faults.append(Fault("duplicate_row", table, message=message, file=name, sheet=title))
        elif table is not None:
            found[table] = title
    faults += _missing(name, set(found), book.values.sheetnames)
    sheets = {t: read_table(book, t, found[t]) for t in TABLE_NAMES if t in found}
    if GRID in found:
        sheet = sheets.setdefault("availability", _blank(name, found[GRID]))
        if sheet.usable:
            read_grid(sheet, found[GRID], grid_of(book, found[GRID]))
    filled = [sheets[table] for table in _FILLED if table in sheets]
    if not faults and not any(sheet.rows or sheet.faults for sheet in filled):
        message = "the sheets of centers, volunteers and shifts hold no rows yet"
        remedy = "Maybe only the examples were filled in; they are never read."
        raise file_fault("empty_file", book.path, message, remedy)
    return sheets, faults


def _blank(file: str, title: str) -> Sheet:
    """The table availability where only the grid is there."""
    names = [name for name in TABLES["availability"].columns if name != "end_date"]
    return Sheet("availability", file, header=names, title=title)


def _missing(file: str, found: set[str], titles: list[str]) -> Iterator[Fault]:
    """Yield the faults of sheets that are not there, though they must be or nearly are."""
    others = {folded(t): t for t in titles if folded(t) not in tables_by_title()}
    for table in TABLE_NAMES:
        if table in found or (table == "availability" and GRID in found):
            continue
        names = list(dict.fromkeys([table, *(sheet_title(table, lang) for lang in TEXTS)]))
        near = (get_close_matches(folded(n), others, n=1, cutoff=0.85) for n in names)
        best = next((matches[0] for matches in near if matches), None)
        if best is None and table not in REQUIRED:
            continue
        message = f"there is no sheet of this table; it may be called {', '.join(names)}"
        remedy = f"Maybe {others[best]!r} is meant; rename it." if best else ""
        yield Fault("missing_sheet", table, message=message, remedy=remedy, file=file)
