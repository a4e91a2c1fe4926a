"""One sheet of a roster's workbook: title, headings, rows, and fills that black and white keep
apart.

Worksheet, texts and numbers -> cells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.files.workbook import style
from shiftplan.present.words import Words

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


class View:
    """A sheet that is filled row by row.

    Parameters
    ----------
    sheet
        The empty sheet.
    say
        Words of the language.
    title
        Code of its name.
    heads
        Headings; those with a dot are codes.
    legend
        What its signs mean.
    """

    def __init__(
        self, sheet: Worksheet, say: Words, title: str, heads: Sequence[str], legend: str = ""
    ) -> None:
        self.sheet, self._say, self._columns = sheet, say, len(heads)
        self.row = HEAD
        """The last row written."""
        sheet.title = say(title)
        sheet.sheet_view.showGridLines = False
        style.dress(style.put(sheet.cell(1, 1), say(title)), font=style.TITLE)
        sheet.row_dimensions[1].height = 24
        style.dress(style.put(sheet.cell(2, 1), legend), font=style.NOTE)
        style.head(sheet, HEAD, [say(head) if say.has(head) else head for head in heads])

    def add(self, values: Sequence[str | float | dt.date]) -> list[Any]:
        """Write a row of texts, numbers and dates in boxes; texts never become formulas."""
        self.row += 1
        written = []
        for column, value in enumerate(values, start=1):
            cell: Any = self.sheet.cell(self.row, column)
            if isinstance(value, str):
                if value:
                    style.put(cell, value)
                style.dress(cell, alignment=style.WRAP)
            else:
                cell.value = value
                style.dress(cell, alignment=_FIGURE)
            written.append(style.dress(cell, font=style.PLAIN, border=style.BOX))
        return written

    def fit(self, texts: Sequence[str], width: int) -> None:
        """Make the last row as high as its texts, which wrap in columns of so many letters."""
        lines = 1
        for text in texts:
            lines = max(lines, sum(max(1, -(-len(part) // width)) for part in text.split("\n")))
        self.sheet.row_dimensions[self.row].height = min(400.0, 15.0 * lines + 3)

    def finish(self, freeze: str, widths: Sequence[float], nothing: Sequence[str] = ()) -> None:
        """Freeze, filter and set up for print; without any row, write one that says so."""
        if self.row == HEAD and nothing:
            self.add([self._say(code) if code else "" for code in nothing])
        style.widths(self.sheet, widths)
        self.sheet.freeze_panes = f"{freeze}{HEAD + 1}"
        self.sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(self._columns)}{self.row}"
        style.for_print(
            self.sheet,
            rows=self.row,
            columns=self._columns,
            repeat=f"{HEAD}:{HEAD}",
            footer=self._say("view.page"),
        )
