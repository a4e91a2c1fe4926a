"""The text of a table as a cell stores it: a number, a date, a time, or text.

(Text, kind of its column, language) -> cell.
"""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from shiftplan.files.layout import Kind
from shiftplan.files.workbook import style
from shiftplan.files.workbook.names import VALUES, word
from shiftplan.present.texts import Lang

FORMATS = {
    "en": {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "time": "hh:mm"},
    "vi": {"date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm"},
}
"""How dates and times are shown, by language and kind."""
_FIRST_DATE = dt.date(1900, 3, 1)
"""Date from which all spreadsheet programs count days alike."""


def shown(table: str, column: str, text: str, lang: Lang) -> str:
    """A value as a cell says it."""
    return word(text, lang) if text in VALUES.get((table, column), ()) else text


def fill_cell(sheet: Worksheet, row: int, column: int, text: str, kind: Kind, lang: Lang) -> None:
    """Put the text of a table into a cell as what it is: a number, a date, a time or text."""
    cell = sheet.cell(row, column)
    value = _value(text, kind)
    if value is None:
        style.put(cell, text)
        cell.number_format = "@"
        return
    cell.value = value
    if kind in FORMATS[lang]:
        cell.number_format = FORMATS[lang][kind]
    if isinstance(value, dt.timedelta):
        cell.number_format = "[hh]:mm"


def _value(text: str, kind: Kind) -> int | float | dt.date | dt.time | dt.timedelta | None:
    """Value that a workbook stores exactly; None when it must be stored as text."""
    try:
        if kind in ("whole", "flag", "decimal"):
            number = float(text)
            if float(f"{number:.15g}") != number or abs(number) >= 1e15:
                return None
            return int(number) if number.is_integer() else number
        if kind == "date":
            day = dt.date.fromisoformat(text)
            return day if day >= _FIRST_DATE else None
        if kind == "moment":
            return dt.datetime.fromisoformat(text)
        if kind == "time":
            return dt.timedelta(days=1) if text == "24:00" else dt.time.fromisoformat(text)
    except ValueError:
        return None
    return None
