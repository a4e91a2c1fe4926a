"""How a workbook looks: cells, colours that stay apart in black and white, widths, print.

Text of a table, what its column holds, words -> cell; worksheets -> the same, dressed.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from shiftplan.errors.message import Message
from shiftplan.files.headings import VALUES, Say, word
from shiftplan.files.layout import Kind
from shiftplan.files.workbook.raw import stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Calibri"
DARK, MIDDLE, PALE = "1F4E5F", "5B8A9A", "E4EEF1"
"""Colours of tabs, headings and bands; in black and white: dark, middle and nearly white."""
GREY = "6B6B6B"
THIN = Side(style="thin", color="B7C3C8")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
HEADING = Font(name=FONT, bold=True, color="FFFFFF")
PLAIN = Font(name=FONT)
BOLD = Font(name=FONT, bold=True)
NOTE = Font(name=FONT, italic=True, color=GREY)
TITLE = Font(name=FONT, bold=True, size=16, color=DARK)
DARK_FILL = PatternFill("solid", fgColor=DARK)
MIDDLE_FILL = PatternFill("solid", fgColor=MIDDLE)
PALE_FILL = PatternFill("solid", fgColor=PALE)
FAULT_FILL = PatternFill("gray125", fgColor="9C2B1B", bgColor="FFD9CC")
WRAP = Alignment(wrap_text=True, vertical="top")
CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
MIDDLE_LEFT = Alignment(vertical="center", wrap_text=True)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def put(cell: Any, text: str, **styles: object) -> Any:
    """Put text into a cell as text, also when it looks like a formula or a number."""
    cell.value = stored(text)
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return dress(cell, **styles) if styles else cell


_DRESSED: WeakKeyDictionary[Any, dict[Any, tuple[Any, Any]]] = WeakKeyDictionary()
"""Workbook -> the style that cells had, and the styles given -> the style made, and those given."""


def dress(cell: Any, **styles: object) -> Any:
    """Give a cell a font, fill, border, alignment or number format.

    The same styles for many cells are made once: openpyxl compares each with all of the workbook,
    field by field, which takes most of the time of writing a large one.
    """
    known = _DRESSED.setdefault(cell.parent.parent, {})
    key = (bytes(cell._style or ()), *styles, *map(id, styles.values()))
    if key in known:
        cell._style = copy(known[key][0])
        return cell
    for name, style in styles.items():
        setattr(cell, name, style)
    known[key] = copy(cell._style), styles  # as long as they are kept, their ids are theirs
    return cell


def head(sheet: Worksheet, row: int, titles: Iterable[str], needed: Iterable[bool] = ()) -> None:
    """Write a row of headings; those of needed columns are darker."""
    dark = list(needed)
    for column, title in enumerate(titles, start=1):
        is_dark = dark[column - 1] if column <= len(dark) else True
        fill = DARK_FILL if is_dark else MIDDLE_FILL
        cell = sheet.cell(row, column)
        put(cell, title, font=HEADING, fill=fill, alignment=CENTER, border=BOX)
    sheet.row_dimensions[row].height = 32


def widths(sheet: Worksheet, sizes: Iterable[float]) -> None:
    """Set the widths of the columns, in letters."""
    for column, size in enumerate(sizes, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = size


def for_print(
    sheet: Worksheet,
    *,
    rows: int,
    columns: int,
    repeat: str = "1:1",
    footer: str = "{page} / {pages}",
) -> None:
    """Print on A4 across, as wide as a page, with the headings on each page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = repeat
    sheet.print_area = f"A1:{get_column_letter(max(1, columns))}{max(1, rows)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    sheet.page_margins.footer = 0.3
    footers: Any = sheet.oddFooter
    footers.left.text = "&A"
    footers.right.text = footer.format(page="&P", pages="&N")


_DATED = ("date", "moment", "time")
_FIRST_DATE = dt.date(1900, 3, 1)
"""Date from which all spreadsheet programs count days alike."""


def format_of(kind: Kind, say: Say) -> str | None:
    """How cells of a kind show dates and times in a language; None for what is neither."""
    return say(Message(f"workbook.form_of_{kind}")) if kind in _DATED else None


def shown(table: str, column: str, text: str, say: Say) -> str:
    """A value as a cell says it."""
    return word(text, say) if text in VALUES.get((table, column), ()) else text


def fill_cell(sheet: Worksheet, row: int, column: int, text: str, kind: Kind, say: Say) -> None:
    """Put the text of a table into a cell as what it is: a number, a date, a time or text."""
    cell = sheet.cell(row, column)
    value = _value(text, kind)
    if value is None:
        put(cell, text)
        cell.number_format = "@"
        return
    cell.value = value
    if isinstance(value, dt.timedelta):
        cell.number_format = "[hh]:mm"
    elif number_format := format_of(kind, say):
        cell.number_format = number_format


def _value(text: str, kind: Kind) -> int | float | dt.date | dt.time | dt.timedelta | None:
    """Value that a workbook stores exactly; None when it must be stored as text."""
    with suppress(ValueError):
        if kind in ("whole", "flag", "decimal"):
            number = float(text)
            if float(f"{number:.15g}") == number and abs(number) < 1e15:
                return int(number) if number.is_integer() else number
        elif kind == "date" and (day := dt.date.fromisoformat(text)) >= _FIRST_DATE:
            return day
        elif kind == "moment":
            return dt.datetime.fromisoformat(text)
        elif kind == "time":
            return dt.timedelta(days=1) if text == "24:00" else dt.time.fromisoformat(text)
    return None
