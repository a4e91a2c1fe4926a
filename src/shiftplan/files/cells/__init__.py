"""What a cell means: numbers, dates, times and flags, as people and spreadsheets write them.

Text of a cell -> value, or `Bad` with the reason; values -> text. What could mean two things is
refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from shiftplan.errors.message import Column, Message
from shiftplan.files.cells.bad import Bad, Read
from shiftplan.files.cells.clocks import clock, read_start, read_time
from shiftplan.files.cells.dates import date_reader
from shiftplan.files.cells.numbers import decimal_reader, read_whole
from shiftplan.files.cells.spans import Session, part_of, read_hours, read_span, written

__all__ = [
    "LEAVE_BLANK",
    "Bad",
    "Read",
    "Session",
    "at",
    "clock",
    "date_reader",
    "decimal_reader",
    "not_a_parameter",
    "part_of",
    "read_flag",
    "read_hours",
    "read_moment",
    "read_names",
    "read_span",
    "read_start",
    "read_time",
    "read_whole",
    "write",
    "written",
]

LEAVE_BLANK = Message("files.leave_blank")
"""A way out where a cell has to be blank."""
_JOINED = re.compile("(?<=[0-9])T(?=[0-9])")
"""What joins a date and a time in ISO 8601."""
_FLAGS = dict.fromkeys(("0", "false", "no", "không"), False)
_FLAGS |= dict.fromkeys(("1", "true", "yes", "có", *"x×✓✔☑✅"), True)


def not_a_parameter(kind: str | Message, column: str, own: Iterable[str]) -> Bad:
    """Why a cell means nothing in a row of a kind, whose columns are `own`."""
    columns = tuple(Column(name) for name in own)
    message = Message("files.no_parameter", kind=kind, column=Column(column), columns=columns)
    return Bad("not_a_parameter", message, LEAVE_BLANK)


def read_names(cell: str) -> list[str]:
    """Read names joined by bars."""
    return [name.strip() for name in cell.split("|") if name.strip()]


def read_flag(cell: str) -> bool | Bad:
    """Read 0 or 1, also false, true, no, yes, không, có, and a tick or x for 1."""
    flag = _FLAGS.get(unicodedata.normalize("NFC", cell).casefold())
    return Bad("not_a_flag", Message("files.flag_needed")) if flag is None else flag


def read_moment(cell: str, days: Collection[date] = ()) -> datetime | Bad:
    """Read a date with a time, such as 2026-12-06 22:00, also as 18h CN 6/12.

    `days`: those that may be meant where the date lacks its year, as `date_reader` takes them.
    """
    words = _JOINED.sub(" ", cell).split()
    read_day = date_reader((), days)
    for place in range(1, len(words)):
        first, last = (" ".join(part) for part in (words[:place], words[place:]))
        for said, hour in ((first, last), (last, first)):
            day, passed = read_day(said.strip(" ,")), read_time(hour.strip(" ,"))
            if isinstance(day, date) and isinstance(passed, timedelta):
                return at(day, passed) or Bad("not_a_date", Message("files.no_such_date"))
    return Bad("not_a_date", Message("files.moment_form"))


def at(day: date, passed: timedelta) -> datetime | None:
    """Moment on a date; None when it lies beyond the last year there is."""
    try:
        return datetime.combine(day, time()) + passed
    except OverflowError:
        return None


def write(value: object) -> str:
    """Write a value so that its reader gives it back exactly; None is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, time):
        return value.isoformat().removesuffix(":00")
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, (tuple, list)):
        return "|".join(map(str, value))
    return str(value)
