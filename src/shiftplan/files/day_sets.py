"""Days on which a row counts, as people write them: weekdays and ranges of them, or dates.

Text of a cell -> `Days`, or `Bad` with the reason; records of rows -> the same with times of day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, Read
from shiftplan.files.cells.dates import first_in
from shiftplan.files.cells.names import EVERY_DAY, fold, weekdays
from shiftplan.files.headings import folded
from shiftplan.files.sheet import Sheet
from shiftplan.week.days import Days
from shiftplan.week.fields import WEEKDAYS, Weekday

_EITHER = re.compile(r"thu ?([2-7])")
_SHORT = re.compile(r"(?:thứ|th|t) ?[2-7]"), re.compile(r"[2-7]")
"""Ends of a range of weekdays such as T2-6, whose last one is T6."""
_AND = re.compile(r"[|,;+&]|\s+(?:and|và)\s+")
_TO = re.compile(r"\s*(?:\.\.|[–—]|\s-\s|\s(?:to|đến)\s)\s*")
_HYPHEN = re.compile(r"\s*-\s*")
_MOST_DATES = 3_660
_NOT_DAYS = Bad("not_a_date", Message("files.days_form"))


def days_reader(read_date: Read) -> Read:
    """Make the reader of days of one column; `read_date` reads its dates."""

    def read(cell: str) -> Days | Bad:
        text = folded(cell)
        if text in ("all", *EVERY_DAY):
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
            return _NOT_DAYS
        return Days(weekdays=tuple(weekdays), dates=tuple(dates))

    return read


def weekdays_in(names: Sequence[str]) -> list[str]:
    """Weekdays such as `sat` in place of the words for them, and of ranges; other texts stay."""
    found = ((name, _weekdays(folded(name))) for name in names)
    return [day for name, days in found for day in (days if isinstance(days, list) else [name])]


def _weekdays(text: str) -> list[Weekday] | Bad | None:
    """Weekdays that a word or a range names; None where it names none."""
    for ends in ([text], _TO.split(text), _HYPHEN.split(text)):
        unsure = next((found for end in ends if (found := _EITHER.fullmatch(end))), None)
        if unsure is not None:
            remedy = Message("files.write_either", one=f"T{unsure[1]}", other="Thu")
            return Bad("ambiguous_date", Message("files.thursday_or", number=unsure[1]), remedy)
        if len(ends) == 2 and all(map(re.Pattern.fullmatch, _SHORT, ends)):
            ends = [ends[0], f"t{ends[1]}"]
        named = [sorted(weekdays(end).get(fold(end), ())) for end in ends]
        if len(ends) < 3 and all(len(days) == 1 for days in named):
            (first,), (last,) = named[0], named[-1]
            return [WEEKDAYS[i % 7] for i in range(first, last + 1 + 7 * (last < first))]
    return None


def _dates(text: str, read_date: Read) -> list[dt.date] | Bad:
    """The dates that a text names: one, or both ends of a range and all between."""
    ends = [read_date(end) for end in _TO.split(text)]
    wrong = next((end for end in ends if isinstance(end, Bad)), None)
    if wrong is not None and (wrong.code != "not_a_date" or len(ends) > 1):
        return wrong
    days = [end for end in ends if isinstance(end, dt.date)]
    if not 0 < len(days) < 3:
        return _NOT_DAYS
    first, last = days[0], days[-1]
    if last < first:
        return Bad("reversed_interval", Message("files.days_reversed"))
    if (last - first).days > _MOST_DATES:
        return Bad("out_of_range", Message("files.too_many_days", most=_MOST_DATES))
    return [first + dt.timedelta(n) for n in range((last - first).days + 1)]


def date_cells(cells: Iterable[str]) -> set[str]:
    """The texts in cells of days that may be dates, which prove how dates are written."""
    parts = (part for cell in cells for piece in _AND.split(cell) for part in _TO.split(piece))
    return {part.strip() for part in parts if any(sign.isdigit() for sign in part)}


def note_days(sheet: Sheet, name: str, column: Sequence[str], read: Mapping[str, Days]) -> None:
    """Tell how dates in a column of days were read that are not written with the year first."""
    dated = {cell: days.dates for cell, days in read.items() if days.dates}
    ends = {cell: (f"{days[0]}", f"{days[-1]}") for cell, days in dated.items()}
    other = {c: days for c, days in dated.items() if not all(end in c for end in ends[c])}
    note_dates(sheet, name, column, other)


def note_dates(
    sheet: Sheet, name: str, column: Sequence[str], other: Mapping[str, Sequence[dt.date]]
) -> None:
    """Tell how some cells of a column were read, by the first that may be read in two ways, if any.

    It says whether the day or the month stands first, and how many cells there are.
    """
    rows = [i for i, cell in enumerate(column) if cell in other]
    orders = {cell: first_in(_TO.split(cell)[0], days[0]) for cell, days in other.items()}
    if rows:
        index = next((i for i in rows if orders[column[i]]), rows[0])
        first, *others = other[column[index]]
        said = Message("files.read_as_date", day=first)
        if others:
            said = Message("files.read_as_dates", first=first, last=others[-1], n=1 + len(others))
        elif len(found := {order for order in orders.values() if order}) == 1:
            said = Message(f"files.read_{found.pop()}_first", day=first)
        sheet.note(said, column=name, value=column[index], index=index, times=len(rows))


def _set_times(records: Iterable[dict[str, Any]]) -> None:
    """Turn what has passed since midnight into times of day; 24:00 is midnight.

    A start from 0:00 to 24:00 is one at any time: as times of day they would be the same, which is
    a fixed start, so the latest is the last minute of the day.
    """
    midnight = dt.timedelta(days=1)
    for record in records:
        if record.get("earliest") == dt.timedelta() and record.get("latest") == midnight:
            record["latest"] -= dt.timedelta(minutes=1)
        for name in ("start", "end", "earliest", "latest"):
            if name in record:
                record[name] = (dt.datetime.min + record[name] % dt.timedelta(days=1)).time()


def set_days(records: Iterable[dict[str, Any]]) -> None:
    """The same for rows of days, in which midnight is what a blank cell means; and their words."""
    for record in records:
        for name in ("start", "end", "first_departure", "last_departure"):
            passed = record.pop(name, None)
            if passed is not None and passed < dt.timedelta(days=1):
                record[name] = (dt.datetime.min + passed).time()
        if "weekdays" in record:
            record["weekdays"] = weekdays_in(record["weekdays"])
        if "like" in record:
            like, *others = weekdays_in([record["like"]])
            record["like"] = record["like"] if others else like


PREPARE = {"opening": _set_times, "officials": _set_times, "shift_types": _set_times}
PREPARE |= {"days": set_days, "travel": set_days}
"""Table -> what changes its records before they become rows."""
