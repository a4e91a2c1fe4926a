"""Small calendars, and windows as one line of text."""

from __future__ import annotations

from datetime import date, timedelta

from shiftplan.files.answers.calendar import OPEN, Calendar, DayHours, NotUnderstoodError, Within
from shiftplan.files.answers.sentence import read_sentence

MONDAY = date(2026, 12, 7)
DAYS = [MONDAY + timedelta(i) for i in range(7)]


def hours(start: float, end: float) -> DayHours:
    return DayHours(timedelta(hours=start), timedelta(hours=end))


WEEK = Calendar(DAYS, [hours(7, 11), hours(13, 17)])
SIGNS = {"available": "", "preferred": "+", "undesired": "?", "stand_by": " SB"}


def shown(text: str, calendar: Calendar = WEEK, within: Within = OPEN) -> str:
    """Windows as `7 07-11, 9 13-17?`; or, after `!`, why a text is refused."""
    try:
        found = read_sentence(text, calendar, within)
    except NotUnderstoodError as error:
        return f"!{error.said.code.removeprefix('answers.')}"
    spans = (f"{w.start.day} {w.start:%H:%M}-{w.end:%H:%M}{SIGNS[w.state]}" for w in found)
    return ", ".join(spans).replace(":00", "")


FOOD_BANK = Calendar(DAYS, [hours(8, 12), hours(10, 14), hours(12, 16), hours(16, 20)])
