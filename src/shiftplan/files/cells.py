"""What a cell means: numbers, dates, times and flags, also as spreadsheet programs write them.

Text of a cell -> value, or `Bad` with the reason; values -> text. What could mean two things is
refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shiftplan.errors import FaultCode
from shiftplan.errors.message import Column, Message


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be read."""

    code: FaultCode
    message: Message
    remedy: str | Message = ""


Read = Callable[[str], object]
"""Reads one cell that is not blank: its value, or `Bad`."""
LEAVE_BLANK = Message("files.leave_blank")
"""A way out where a cell has to be blank."""
_NOT_WHOLE = Bad("not_a_whole_number", Message("files.whole_needed"))
_DIGITS = re.compile(r"[+-]?[0-9]+")
_PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_GROUPED = re.compile(
    r"([+-]?[0-9]{1,3})((?P<sign>[., \u00a0\u202f])[0-9]{3}((?P=sign)[0-9]{3})*)(.*)"
)
_LIKE_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_FRACTION = re.compile(r"([+-]?[0-9]+)[.,]([0-9]+)")
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,4})?)\s*%")
_MOST_DIGITS = 600
"""Length up to which a whole number is read; Python may be told to refuse 640 digits and more."""

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$")

_CLOCK = re.compile(
    r"([0-9]{1,2}):([0-9]{2})(?::00(?:\.0+)?)?(?:\s*(am|pm|a\.m\.|p\.m\.|sáng|sa|chiều|ch|tối))?",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"([0-9]{1,2})\s*(?:h|g|giờ)(?:\s*([0-9]{2})(?:\s*(?:p|phút))?)?(?:\s*(sáng|chiều|tối))?",
    re.IGNORECASE,
)
_HOURS = {
    "sáng": range(1, 12),
    "chiều": (*range(1, 12), *range(13, 20)),
    "tối": (*range(5, 12), *range(17, 24)),
}
"""Vietnamese part of the day -> hours that can be meant, by a clock of 12 or of 24."""
_NUMBER_OF_HOURS = re.compile(r"([0-9]{1,2})([0-9]{2})?")
_POINT = re.compile(r"([0-9]{1,2})\.(00)()")
"""A full hour with a point; groups as of the other two, the part of the day empty."""

_FLAGS = dict.fromkeys(("0", "false", "no", "không"), False)
_FLAGS |= dict.fromkeys(("1", "true", "yes", "có"), True)


def not_a_parameter(kind: str, column: str, own: Iterable[str]) -> Bad:
    """Why a cell means nothing in a row of a kind, whose columns are `own`."""
    columns = tuple(Column(name) for name in own)
    message = Message("files.no_parameter", kind=kind, column=Column(column), columns=columns)
    return Bad("not_a_parameter", message, LEAVE_BLANK)


def read_names(cell: str) -> list[str]:
    """Read names joined by bars."""
    return [name.strip() for name in cell.split("|") if name.strip()]


def read_flag(cell: str) -> bool | Bad:
    """Read 0 or 1, also false, true, no, yes, không, có."""
    flag = _FLAGS.get(unicodedata.normalize("NFC", cell).casefold())
    return Bad("not_a_flag", Message("files.flag_needed")) if flag is None else flag


def read_whole(cell: str) -> int | Bad:
    """Read a whole number, also `8.00`, `1 234` and `1,234,567`; `1,234` is refused."""
    if _DIGITS.fullmatch(cell) is not None:
        return int(cell) if len(cell) <= _MOST_DIGITS else _beyond(cell[0] == "-")
    if len(cell) > _MOST_DIGITS:
        return _NOT_WHOLE
    grouped = _ungrouped(cell)
    if grouped is not None:
        whole, rest, sign, sure, number = grouped
        zeros = re.fullmatch(r"[.,]0{1,2}", rest) is not None and rest[0] != sign
        if zeros or (sure and not rest):
            return int(whole)
        if not rest and not cell.lstrip("+-").startswith("0"):
            remedy = Message("files.whole_or_number", whole=whole, sign=sign, number=number)
            return _two_ways(whole, number, remedy)
    fraction = _FRACTION.fullmatch(cell)
    if fraction is not None and set(fraction[2]) == {"0"} and len(fraction[2]) < 3:
        return int(fraction[1])
    return _NOT_WHOLE


def decimal_reader(cells: Collection[str], decimal_comma: bool, most: float = math.inf) -> Read:
    """Make the reader of decimal numbers of one column.

    A point is the decimal point, also in `1.125`, unless the column writes commas for it. A comma
    is one when it cannot set off thousands, or when fields end at semicolons (`decimal_comma`).
    In such a file `1.250` is refused, unless the column has points that set off no thousands, such
    as `10.5`, or 1250 is more than the `most` that the column may hold, as it is of a latitude.
    """
    commas = any("," in c and "." not in c and _comma(c, decimal_comma) for c in cells)
    points = any(
        "." in c and _PLAIN.fullmatch(c) and not _LIKE_THOUSANDS.fullmatch(c) for c in cells
    )

    def read(cell: str) -> float | Bad:
        text = cell
        if _LIKE_THOUSANDS.fullmatch(cell) is not None:
            whole, number = cell.replace(".", ""), cell.replace(".", ",")
            if commas:
                message, remedy = Message("files.decimal_commas"), Message("files.without_point")
                return Bad("ambiguous_number", message, remedy)
            if decimal_comma and not points and abs(int(whole)) <= most:
                return _two_ways(whole, number, _either(whole, number))
        if _comma(cell, decimal_comma):
            text = cell.replace(",", ".")
        elif _PLAIN.fullmatch(cell) is None:
            grouped = _ungrouped(cell)
            if grouped is None or re.fullmatch(r"([.,][0-9]+)?", grouped[1]) is None:
                share = _PERCENT.fullmatch(cell)
                meant = f"{float(share[1].replace(',', '.')) / 100:.6g}" if share else ""
                way_out = Message("files.meant", text=meant) if meant else ""
                return Bad("not_a_number", Message("files.number_needed"), way_out)
            whole, rest, sign, sure, number = grouped
            if rest[:1] == sign or not (rest or sure):
                return _two_ways(whole, number, _either(whole, number))
            text = whole + rest.replace(",", ".")
        value = float(text)
        return value if math.isfinite(value) else _beyond(value < 0)

    return read


def _ungrouped(cell: str) -> tuple[str, str, str, bool, str] | None:
    """A number whose thousands may be set off by a sign.

    Digits without it, what follows, the sign, whether it sets off thousands for sure, and the
    number that it is if not.
    """
    found = _GROUPED.fullmatch(cell)
    if found is None:
        return None
    sign = found["sign"]
    sure = sign not in ".," or found[2].count(sign) > 1
    whole = (found[1] + found[2]).replace(sign, "")
    return whole, found[5], sign, sure, f"{found[1]}.{found[2][1:]}"


def _two_ways(whole: str, number: str, remedy: Message) -> Bad:
    message = Message("files.two_numbers", whole=whole, number=number)
    return Bad("ambiguous_number", message, remedy)


def _either(one: str, other: str) -> Message:
    return Message("files.write_either", one=one, other=other)


def _beyond(negative: bool) -> Bad:
    """Why a number of too many digits cannot be read."""
    return Bad("out_of_range", Message("files.too_small" if negative else "files.too_large"))


def _comma(cell: str, decimal_comma: bool) -> bool:
    """Whether the only comma of a number is a decimal comma for sure."""
    fraction = _FRACTION.fullmatch(cell)
    if fraction is None or "," not in cell:
        return False
    return decimal_comma or len(fraction[2]) != 3 or fraction[1].lstrip("+-").startswith("0")


def date_reader(cells: Collection[str]) -> Read:
    """Make the reader of the dates of one file from all of its date cells.

    `2026-12-07` needs no proof. `07/12/2026` is read when some date of the file proves that the
    day, or the month, comes first; without a proof and with two different ones it is refused.
    """
    parts = [m for m in (_YEAR_LAST.fullmatch(_MIDNIGHT.sub("", c)) for c in cells) if m]
    day_first = any(int(m[1]) > 12 for m in parts)
    month_first = any(int(m[2]) > 12 for m in parts)

    def read(cell: str) -> date | Bad:
        text = _MIDNIGHT.sub("", cell)
        found = _YEAR_FIRST.fullmatch(text)
        try:
            if found is not None:
                return date(int(found[1]), int(found[2]), int(found[3]))
            found = _YEAR_LAST.fullmatch(text)
            if found is None:
                return Bad("not_a_date", Message("files.date_form"))
            first, second, year = int(found[1]), int(found[2]), int(found[3])
            if first == second:
                return date(year, first, second)
            if day_first and month_first:
                message = Message("files.day_first_and_month_first")
                return Bad("ambiguous_date", message, Message("files.one_date_form"))
            if not day_first and not month_first:
                message = Message("files.day_or_month_first")
                one, other = date(year, second, first), date(year, first, second)
                remedy = Message("files.write_either_date", one=one, other=other)
                return Bad("ambiguous_date", message, remedy)
            return date(year, second, first) if day_first else date(year, first, second)
        except ValueError:
            return Bad("not_a_date", Message("files.no_such_date_form"))

    return read


def read_time(cell: str) -> timedelta | Bad:
    """Read a time of day: 07:00, also 7:00, 07:00:00, 7:00 AM, 8h, 8g30 sáng, 8.00; 24:00 too."""
    text = unicodedata.normalize("NFC", cell)
    found = _CLOCK.fullmatch(text) or _HOUR.fullmatch(text) or _POINT.fullmatch(text)
    if found is None:
        return Bad("not_a_time", Message("files.time_form"), _time_meant(cell))
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3] or ""
    if half:
        hours = _HOURS.get(half.casefold(), range(1, 13))
        if hour not in hours:
            return Bad("not_a_time", Message("files.time_form"))
        hour = hour % 12 + (12 if half[0].casefold() in "pct" else 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        return Bad("not_a_time", Message("files.time_range"))
    return timedelta(hours=hour, minutes=minute)


def _time_meant(cell: str) -> str | Message:
    """What to write instead of a time that cannot be read; a bare number is most likely hours."""
    found = _NUMBER_OF_HOURS.fullmatch(cell)
    if found is not None and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return Message("files.meant", text=f"{int(found[1]):02d}:{found[2] or '00'}")
    return Message("files.half_past_eight") if cell[:1].isdigit() else ""


def read_start(cell: str) -> timedelta | Bad:
    """Read the time at which something starts: 24:00 is an end only."""
    passed = read_time(cell)
    if passed == timedelta(days=1):
        remedy = Message("files.meant", text="00:00")
        return Bad("not_a_time", Message("files.starts_at_the_end"), remedy)
    return passed


def read_moment(cell: str) -> datetime | Bad:
    """Read a date with a time, such as 2026-12-06 22:00."""
    day, _, clock = cell.replace("T", " ").partition(" ")
    start, passed = date_reader(())(day), read_time(clock.strip())
    if not isinstance(start, date) or not isinstance(passed, timedelta):
        return Bad("not_a_date", Message("files.moment_form"))
    return at(start, passed) or Bad("not_a_date", Message("files.no_such_date"))


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
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, (tuple, list)):
        return "|".join(value)
    return str(value)
