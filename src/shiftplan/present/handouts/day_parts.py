"""What part of the day a shift is in, as people say it.

`Shift` -> the word for it, without a language.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import part_of
from shiftplan.files.cells.names import fold
from shiftplan.week.records import Shift

_LONG = timedelta(hours=7)
_PARTS = ("morning", "midday", "afternoon", "evening", "night")
"""Types of shifts that name a part of the day."""


def part_of_day(shift: Shift) -> str:
    """The part of the day that a shift's type names, or else the one in which most of it lies.

    Long ones last all day; short ones around noon are at midday.
    """
    kind = fold(shift.type)
    named = (p for p in _PARTS if kind in map(fold, words_for(f"type.{p}")))
    if kind and (part := next(named, "")):
        return part
    hour, noon = shift.start.hour, datetime.combine(shift.day, time(12))
    if 5 <= hour < 12 and shift.end - shift.start >= _LONG:
        return "day"
    midnight = datetime.combine(shift.day, time())
    if part := part_of((shift.start - midnight, shift.end - midnight)):
        return part
    if hour < 5 or hour >= 21:
        return "night"
    if shift.start < noon < shift.end:
        return "midday"
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
