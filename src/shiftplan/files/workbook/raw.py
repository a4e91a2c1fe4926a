"""The rows of a sheet as openpyxl reads them, and the text of their cells.

Worksheet -> rows with anything in them, without examples -> text that the readers of tables
understand, or the fault of a cell; text -> the text a workbook stores.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, repeat
from pathlib import Path
from typing import Any

from shiftplan.errors import Fault, FaultCode
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.headings import is_example
from shiftplan.files.layout import Kind
from shiftplan.files.text import file_fault
from shiftplan.files.workbook.limits import LAST_ROW, Package, damaged, inspect

_MOST_WIDE = 3_000_000
"""Cells of all rows of a sheet, blanks between and before them included."""
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_CODED = re.compile("x(?=[0-9A-Fa-f]{4}_)")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SHORT = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_FIRST_DAY = dt.datetime(1899, 12, 31)
"""The day before day 1 of spreadsheets; durations of 24 hours and more are shown from it."""
_GAP = dt.datetime(1900, 3, 1)
_BEFORE_GAP = dt.datetime(1899, 12, 30)
"""From March 1900 on days are shown from a day earlier: spreadsheets know 29 February 1900."""
_MOST_TYPED = dt.timedelta(2500)
"""Time up to which a date in a column of times is a number such as 730 or 1330 that was typed."""
_SERIALS = 25_569, 109_575
"""Numbers of the days 1970-01-01 to 2200-01-01."""
_MOST_DIGITS = 10**15
_AS_TEXT = Message("workbook.format_as_text")

Cells = list[tuple[Any, Any]]
"""Cells of a row, each with the same cell that holds its formula; None where there are none."""


@dataclass(frozen=True)
class RawBook:
    """A workbook that is open for reading."""

    path: Path
    package: Package
    values: Any
    """The openpyxl workbook with values."""
    formulas: Any
    """The same with formulas instead of their values; None when there are none."""

    def fault(
        self,
        code: FaultCode,
        table: str,
        message: Message,
        remedy: str | Message = "",
        *,
        title: str = "",
        row: int | None = None,
        cell: str = "",
    ) -> Fault:
        """Make the fault of a sheet, or of one that is not there."""
        place: dict[str, Any] = {"file": self.path.name, "row": row, "sheet": title, "cell": cell}
        return Fault(code, table, message=message, remedy=remedy, **place)


@contextmanager
def understood(path: Path) -> Iterator[None]:
    """Tell that a workbook is damaged where openpyxl fails, which it does in many ways.

    Nothing but openpyxl may run inside: a bug of ours is no damage.

    InputError: it failed, for whatever reason but a lack of memory.
    """
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        raise damaged(path) from error


@contextmanager
def opened(path: Path) -> Iterator[RawBook]:
    """Open a workbook for reading, with its formulas where it has any, and without warnings.

    InputError: it is no workbook, is damaged, or holds more than is read.
    """
    from openpyxl import load_workbook

    package, formulas = inspect(path), None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with path.open("rb") as file, path.open("rb") as again:
            with understood(path):
                values = load_workbook(file, read_only=True, data_only=True, keep_links=False)
                if package.formulas:
                    formulas = load_workbook(again, read_only=True, keep_links=False)
            yield RawBook(path, package, values, formulas)


def rows_of(book: RawBook, title: str, *, examples: bool = False) -> Iterator[tuple[int, Cells]]:
    """Yield (row number, cells) of the rows of a sheet that are not blank, `examples` or not.

    InputError: the sheet is damaged, or its rows are so wide that they are not read.
    """
    worksheet = book.values[title]
    others: Iterator[Any] = repeat(None)
    if book.formulas is not None and worksheet._worksheet_path in book.package.formulas:
        others = _rows(book.path, book.formulas[title])
    rows, wide = _rows(book.path, worksheet), 0
    for number, (row, other) in enumerate(zip(rows, others, strict=False), start=1):
        wide += len(row)
        if wide > _MOST_WIDE:
            message = Message("workbook.wide_sheet", sheet=title)
            remedy = Message("workbook.far_right")
            raise file_fault("too_large", book.path, message, remedy)
        if other is None and all(cell.value is None for cell in row):
            continue
        first = row[0].value if row else None
        if examples or not (isinstance(first, str) and is_example(first)):
            yield number, list(zip(row, repeat(None) if other is None else other, strict=False))


def _rows(path: Path, worksheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield rows as openpyxl parses them; what who takes them raises is raised there, not here."""
    with understood(path):
        worksheet.reset_dimensions()  # they are what a file says of itself
        worksheet._get_row = _in_order(worksheet._get_row)
        yield from worksheet.iter_rows(max_row=LAST_ROW)


def _in_order(take: Callable[..., tuple[Any, ...]]) -> Callable[..., tuple[Any, ...]]:
    """Take the cells of a row only where none would be dropped.

    openpyxl makes a row as wide as its last cell, and keeps the last of several in one place.
    """

    def taken(row: list[dict[str, Any]], *options: Any) -> tuple[Any, ...]:
        if any(one["column"] >= other["column"] for one, other in pairwise(row)):
            raise ValueError("the cells of a row are not in order")
        return take(row, *options)

    return taken


def titles_of(book: RawBook, row: Cells) -> list[str]:
    """Texts of a row that may be a header, without blanks at its end."""
    texts = [text_of(book, *pair, "text") for pair in row]
    titles = [text if isinstance(text, str) else "" for text in texts]
    while titles and not titles[-1]:
        titles.pop()
    return titles


def any_text(book: RawBook, cell: Any, formula: Any) -> str | Bad:
    """Text of a cell that may hold anything, or why it has none."""
    kind: Kind = "text"
    if isinstance(cell.value, dt.datetime) and cell.value.year > 1900:
        kind = "date"  # with the time, where it has one
    elif isinstance(cell.value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        kind = "time"
    return text_of(book, cell, formula, kind)


def text_of(book: RawBook, cell: Any, formula: Any, kind: Kind) -> str | Bad:
    """Text of a cell of a column that holds `kind`, or why it has none.

    Values are as openpyxl reads them: None, text, number, flag, date, time or duration.
    """
    value = cell.value
    if formula is not None and formula.data_type == "f" and value is None:
        if cell.data_type == "n":
            message, remedy = Message("workbook.no_saved_value"), Message("workbook.save_again")
            return Bad("formula_without_value", message, remedy)
        return ""
    if cell.data_type == "e":
        message, remedy = Message("workbook.error_value"), Message("workbook.wrong_formula")
        return Bad("error_value", message, remedy)
    if value is None:
        return ""
    if isinstance(value, str):
        return decoded(value).strip()
    is_text = kind in ("text", "names")
    if isinstance(value, bool):
        return str(value).upper() if is_text else str(int(value))
    if isinstance(value, (int, float)):
        return _number(book, cell, kind)
    if is_text:
        return Bad("changed_by_spreadsheet", Message("workbook.date_for_text"), _AS_TEXT)
    if isinstance(value, dt.datetime):
        return _moment(book, cell, kind)
    if isinstance(value, dt.time):
        return _clock(dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    if isinstance(value, dt.timedelta):
        return _clock(value)
    return str(value)


def decoded(value: str) -> str:
    """Text that a workbook stores, without codes and with composed accents."""
    return unicodedata.normalize("NFC", _CODE.sub(_sign, value))


def _sign(code: re.Match[str]) -> str:
    number = int(code[1], 16)
    return code[0] if 0xD800 <= number < 0xE000 else chr(number)


def _moment(book: RawBook, cell: Any, kind: Kind) -> str:
    value, epoch = _whole_second(cell.value), book.values.epoch
    if epoch == _BEFORE_GAP and value < _GAP:
        epoch = _FIRST_DAY
    if kind == "time" and value - epoch < _MOST_TYPED:
        return _clock(value - epoch)
    if value.time() == dt.time() and (kind != "moment" or _is_shown_as_day(book, cell)):
        return value.date().isoformat()
    return _written(value)


def _whole_second(value: dt.datetime) -> dt.datetime:
    return (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)


def _is_shown_as_day(book: RawBook, cell: Any) -> bool:
    from openpyxl.styles.numbers import is_datetime

    with understood(book.path):
        return bool(is_datetime(cell.number_format.lower()) == "date")


def _written(value: dt.datetime) -> str:
    return value.isoformat(sep=" ", timespec="auto" if value.second else "minutes")


def _clock(passed: dt.timedelta) -> str:
    days = passed / dt.timedelta(days=1)
    if days > 1:  # no time of day, but a number such as 7 that is shown as a time
        return f"{days:.10g}"
    seconds = round(passed.total_seconds())
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return text + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _number(book: RawBook, cell: Any, kind: Kind) -> str | Bad:
    value, epoch = cell.value, book.values.epoch  # day 0 of the workbook's numbers of days
    whole = isinstance(value, int) or value.is_integer()
    if kind == "date" and whole and _SERIALS[0] <= value <= _SERIALS[1]:
        return str((epoch + dt.timedelta(days=int(value))).date())
    if kind == "moment" and _SERIALS[0] <= value <= _SERIALS[1]:
        return _written(_whole_second(epoch + dt.timedelta(days=value)))
    if kind == "time" and 0 < value < 1:
        return _clock(dt.timedelta(days=value))
    if kind == "date" and not whole:  # 7.1 may have been typed as 7.10
        return Bad("not_a_date", Message("files.date_form"))
    text = str(int(value)) if whole else repr(value)
    if kind not in ("text", "names"):
        # A number needs no guess about its point: a zero more tells the readers that it is one.
        return text + "0" if _SHORT.fullmatch(text) is not None else text
    if whole and abs(value) >= _MOST_DIGITS:
        return Bad("changed_by_spreadsheet", Message("workbook.lost_digits"), _AS_TEXT)
    with understood(book.path):
        number_format = cell.number_format
    zeros = number_format.strip('"')  # `00000` shows an id with its zeros
    return text.zfill(len(zeros)) if whole and set(zeros) == {"0"} else text


def shown_text(book: RawBook, cell: Any, formula: Any) -> str:
    """Text of a cell of a column of people's own, which may hold anything, errors too."""
    is_time = isinstance(cell.value, (dt.date, dt.time, dt.timedelta))
    text = text_of(book, cell, formula, "date" if is_time else "text")
    return shown(cell, formula).strip() if isinstance(text, Bad) else text


def shown(cell: Any, formula: Any) -> str:
    """What a cell that has no text shows: its value, or its formula."""
    value = cell.value if cell.value is not None else getattr(formula, "value", None)
    return str(getattr(value, "text", value))


def stored(text: str) -> str:
    """Text as a workbook stores it: what XML cannot hold is written as a code."""
    coded = _LOOKS_CODED.sub("_x0078_", text)
    return _UNSAFE.sub(lambda m: f"_x{ord(m[0]):04X}_", coded)
