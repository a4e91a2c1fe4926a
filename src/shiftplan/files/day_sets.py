"""Days on which a row counts, as people write them: weekdays and ranges of them, or dates.

Text of a cell -> `Days`, or `Bad` with the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, Read
from shiftplan.files.headings import folded
from shiftplan.files.sheet import Sheet
from shiftplan.seasons.opening.rows import Days
from shiftplan.week.fields import WEEKDAYS, Weekday

_EVERY = {"all", "daily", "every day", "mọi ngày", "hằng ngày", "hàng ngày", "cả tuần"}
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}
_ORDINALS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_BARE_ORDINALS = ("hai", "ba", "tu", "nam", "sau", "bay")
_NAMES: dict[str, Weekday] = dict(zip((*WEEKDAYS, *_ENGLISH), WEEKDAYS * 2, strict=True))
_NAMES |= {name: _NAMES[day] for name, day in _SHORT.items()}
_NAMES |= dict.fromkeys(("cn", "chủ nhật", "chu nhat"), "sun")
for _number, _day in enumerate(WEEKDAYS[:6], start=2):
    _words = [f"t{_number}", f"thứ {_number}", f"thứ{_number}", f"thứ {_ORDINALS[_number - 2]}"]
    _NAMES |= dict.fromkeys([*_words, f"thu {_BARE_ORDINALS[_number - 2]}"], _day)
"""Word -> weekday. `Thu 6` without its accent is none: it may be a Thursday or a Friday."""
_EITHER = re.compile(r"thu ?([2-7])")
_AND = re.compile(r"[|,;+&]|\s+(?:and|và)\s+")
_TO = re.compile(r"\s*(?:\.\.|[–—]|\s-\s|\s(?:to|đến)\s)\s*")
_HYPHEN = re.compile(r"\s*-\s*")
_MOST_DATES = 3_660


def days_reader(read_date: Read) -> Read:
    """Make the reader of days of one column; `read_date` reads its dates."""

    def read(cell: str) -> Days | Bad:
        text = folded(cell)
        if text in _EVERY:
            return Days()
        weekdays: list[Weekday] = []
        dates: list[dt.date] = []
        for part in filter(None, (part.strip() for part in _AND.split(text))):
            named = _weekdays(part)
            days = _dates(part, read_date) if named is None else []
            if isinstance(named, Bad):
                return named
            if isinstance(days, Bad):
                return days
            weekdays += named or []
            dates += days
        if weekdays and dates:
            return Bad("invalid_value", Message("seasons.weekdays_or_dates"))
        if not weekdays and not dates:
            return _not_days()
        return Days(weekdays=tuple(weekdays), dates=tuple(dates))

    return read


def _weekdays(text: str) -> list[Weekday] | Bad | None:
    """Weekdays that a word or a range names; None where it names none."""
    if text in _NAMES:
        return [_NAMES[text]]
    for sign in (_TO, _HYPHEN):
        ends = sign.split(text)
        if len(ends) == 2 and all(end in _NAMES for end in ends):
            first, last = (WEEKDAYS.index(_NAMES[end]) for end in ends)
            return [WEEKDAYS[i % 7] for i in range(first, last + 1 + 7 * (last < first))]
        unsure = next((found for end in ends if (found := _EITHER.fullmatch(end))), None)
        if unsure is not None:
            remedy = Message("files.write_either", one=f"T{unsure[1]}", other="Thu")
            return Bad("ambiguous_date", Message("files.thursday_or"), remedy)
    return None


def _dates(text: str, read_date: Read) -> list[dt.date] | Bad:
    """The dates that a text names: one, or both ends of a range and all between."""
    ends = [read_date(end) for end in _TO.split(text)]
    wrong = next((end for end in ends if isinstance(end, Bad)), None)
    if wrong is not None and (wrong.code != "not_a_date" or len(ends) > 1):
        return wrong
    days = [end for end in ends if isinstance(end, dt.date)]
    if not 0 < len(days) < 3:
        return _not_days()
    first, last = days[0], days[-1]
    if last < first:
        return Bad("reversed_interval", Message("files.days_reversed"))
    if (last - first).days > _MOST_DATES:
        return Bad("out_of_range", Message("files.too_many_days", most=_MOST_DATES))
    return [first + dt.timedelta(n) for n in range((last - first).days + 1)]


def _not_days() -> Bad:
    return Bad("not_a_date", Message("files.days_form"))


def date_cells(cells: Iterable[str]) -> set[str]:
    """The texts in cells of days that may be dates, which prove how dates are written."""
    parts = (part for cell in cells for piece in _AND.split(cell) for part in _TO.split(piece))
    return {part.strip() for part in parts if any(sign.isdigit() for sign in part)}


def note_dates(sheet: Sheet, name: str, column: Sequence[str], read: Mapping[str, Any]) -> None:
    """Tell how dates in a column of days were read that are not written with the year first."""
    other = {
        cell: days.dates
        for cell, days in read.items()
        if days.dates and not all(f"{end}" in cell for end in (days.dates[0], days.dates[-1]))
    }
    rows = [i for i, cell in enumerate(column) if cell in other]
    if rows:
        cell = column[rows[0]]
        first, *others = other[cell]
        said = Message("files.read_as_date", day=first)
        if others:
            said = Message("files.read_as_dates", first=first, last=others[-1], n=1 + len(others))
        sheet.note(said, column=name, value=cell, index=rows[0], times=len(rows))
