"""What a cell of a workbook holds, as the text that the readers of tables understand.

Value of a cell, what its column holds -> text, or `Bad`; text -> the text a workbook stores.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, read_whole
from shiftplan.files.layout import Kind

_CODE = re.compile("_x([0-9A-Fa-f]{4})_")
_LOOKS_CODED = re.compile("x(?=[0-9A-Fa-f]{4}_)")
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SHORT = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_FIRST_DAY = dt.datetime(1899, 12, 31)
"""The day before day 1 of spreadsheets; durations of 24 hours and more are shown from it."""
_GAP = dt.datetime(1900, 3, 1)
_BEFORE_GAP = dt.datetime(1899, 12, 30)
"""From March 1900 on days are shown from a day earlier: spreadsheets know 29 February 1900."""
_YEAR_OF_NUMBERS = 1907
"""Year before which a date in a column of times is a number such as 730 or 1330 that was typed."""
_SERIALS = 25_569, 109_575
"""Numbers of the days 1970-01-01 to 2200-01-01."""
_MOST_DIGITS = 10**15
_AS_TEXT = Message("workbook.format_as_text")


def stored(text: str) -> str:
    """Text as a workbook stores it: what XML cannot hold is written as a code."""
    coded = _LOOKS_CODED.sub("_x0078_", text)
    return _UNSAFE.sub(lambda m: f"_x{ord(m[0]):04X}_", coded)


def _shown(text: str) -> str:
    def sign(found: re.Match[str]) -> str:
        number = int(found[1], 16)
        return found[0] if 0xD800 <= number < 0xE000 else chr(number)

    return _CODE.sub(sign, text) if "_x" in text else text


def text_of(value: Any, kind: Kind, epoch: dt.datetime, number_format: str = "") -> str | Bad:
    """Text of a cell.

    Parameters
    ----------
    value
        As openpyxl reads it: None, text, number, flag, date, time or duration.
    kind
        What the column holds.
    epoch
        Day 0 of the workbook's numbers of days.
    number_format
        How the cell shows a number; `00000` shows an id with its zeros.

    """
    if value is None:
        return ""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", _shown(value)).strip()
    if isinstance(value, bool):
        return str(value).upper() if kind in ("text", "names") else str(int(value))
    if isinstance(value, (int, float)):
        return _number(value, kind, epoch, number_format)
    if kind in ("text", "names"):
        message = Message("workbook.date_for_text")
        return Bad("changed_by_spreadsheet", message, _AS_TEXT)
    if isinstance(value, dt.datetime):
        return _moment(value, kind)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return _clock(dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    return _clock(value) if isinstance(value, dt.timedelta) else str(value)


def _moment(value: dt.datetime, kind: Kind) -> str:
    value = (value + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    if kind == "time" and value.year < _YEAR_OF_NUMBERS:
        return _clock(value - (_FIRST_DAY if value < _GAP else _BEFORE_GAP))
    if value.time() == dt.time() and kind != "moment":
        return value.date().isoformat()
    return value.isoformat(sep=" ", timespec="auto" if value.second else "minutes")


def _clock(passed: dt.timedelta) -> str:
    days = passed / dt.timedelta(days=1)
    if days > 1:  # no time of day, but a number such as 7 that is shown as a time
        return f"{days:.10g}"
    seconds = round(passed.total_seconds())
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return text + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _number(value: float, kind: Kind, epoch: dt.datetime, number_format: str) -> str | Bad:
    whole = isinstance(value, int) or value.is_integer()
    if kind == "date" and whole and _SERIALS[0] <= value <= _SERIALS[1]:
        return (epoch + dt.timedelta(days=int(value))).date().isoformat()
    if kind == "moment" and _SERIALS[0] <= value <= _SERIALS[1]:
        return _moment(epoch + dt.timedelta(days=value), kind)
    if kind == "time" and 0 < value < 1:
        return _clock(dt.timedelta(days=value))
    text = str(int(value)) if whole else repr(value)
    if kind in ("text", "names"):
        if whole and abs(value) >= _MOST_DIGITS:
            message = Message("workbook.lost_digits")
            return Bad("changed_by_spreadsheet", message, _AS_TEXT)
        zeros = number_format.strip('"')
        return text.zfill(len(zeros)) if whole and set(zeros) == {"0"} else text
    # A number needs no guess about its point: a zero more tells the readers that it is one.
    return text + "0" if _SHORT.fullmatch(text) is not None else text


def lost_zeros(text: str, others: str) -> Bad | None:
    """The fault of a number among ids that begin with 0, such as `others`; None if it is none."""
    if len(text) >= len(others) or isinstance(read_whole(text), Bad):
        return None
    message = Message("workbook.number_among_ids", example=others)
    remedy = Message("workbook.meant_as_text", text=text.zfill(len(others)))
    return Bad("ambiguous_number", message, remedy)
