"""What the views share: titles, rows of cells, and fills that black and white keep apart.

Worksheet, text -> cells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.files.workbook import style
from shiftplan.present.texts import TEXTS, Lang

HEAD = 3
"""Row of the headings of every view."""
BELOW = PatternFill("lightUp", fgColor="B5523B", bgColor="FFE1D6")
"""Fewer people than needed: strokes, and pale red where there are colours."""
LACKING = PatternFill("gray0625", fgColor="8A6D1F", bgColor="FFF6DC")
"""Fewer people than wanted: fine dots, and pale yellow."""
CLOSED = PatternFill("solid", fgColor="F2F2F2")
NEW = Border(left=style.THIN, right=style.THIN, bottom=style.THIN, top=Side("medium", style.DARK))
"""Where another center begins."""
SHARP = Font(name=style.FONT, bold=True, color="7A1F0C")
_FIGURE = Alignment(horizontal="center", vertical="top")


def title(sheet: Worksheet, key: str, legend: str, lang: Lang) -> None:
    """Name a sheet, and write its title and what its signs mean above the table."""
    sheet.title = TEXTS[lang][key]
    sheet.sheet_view.showGridLines = False
    style.dress(style.put(sheet.cell(1, 1), TEXTS[lang][key]), font=style.TITLE)
    sheet.row_dimensions[1].height = 24
    style.dress(style.put(sheet.cell(2, 1), legend), font=style.NOTE)


def put_row(sheet: Worksheet, row: int, values: Sequence[str | float | dt.date]) -> list[Any]:
    """Write a row of texts, numbers and dates in boxes; texts never become formulas."""
    written = []
    for column, value in enumerate(values, start=1):
        cell: Any = sheet.cell(row, column)
        if isinstance(value, str):
            if value:
                style.put(cell, value)
            style.dress(cell, alignment=style.WRAP)
        else:
            cell.value = value
            style.dress(cell, alignment=_FIGURE)
        written.append(style.dress(cell, font=style.PLAIN, border=style.BOX))
    return written


def finish(sheet: Worksheet, last: int, columns: int, freeze: str, lang: Lang) -> None:
    """Freeze, filter and set up for print a view whose last row is `last`."""
    sheet.freeze_panes = f"{freeze}{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(columns)}{max(last, HEAD)}"
    footer = TEXTS[lang]["view page"]
    style.for_print(sheet, rows=last, columns=columns, repeat=f"{HEAD}:{HEAD}", footer=footer)


def height(texts: Sequence[str], width: float) -> float:
    """Height of a row, in points, whose texts wrap in columns of so many letters."""
    lines = 1
    for text in texts:
        lines = max(lines, sum(max(1, -(-len(part) // int(width))) for part in text.split("\n")))
    return min(400.0, 15.0 * lines + 3)
