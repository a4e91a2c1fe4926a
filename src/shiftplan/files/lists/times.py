"""Times that words in lists tell, and remarks that tell one where none is read.

Text of a cell -> the times at which somebody cannot come.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from shiftplan.errors.message import Column, Message, OnDay, Span
from shiftplan.files import cells
from shiftplan.files.answers.calendar import OPEN, Calendar, DayHours, NotUnderstoodError, Within
from shiftplan.files.answers.lexicon import Token, tokens
from shiftplan.files.answers.parts import OF_DAYS, OF_HOURS
from shiftplan.files.answers.sentence import MOST_TEXT, read_meaning
from shiftplan.files.answers.windows import FreeTime, joined
from shiftplan.files.cells import Bad
from shiftplan.files.rows import Rows

Times = tuple[tuple[dt.datetime | None, dt.datetime | None], ...]
"""First minutes of times and the first after them; None for since ever, or without end."""
DAY = dt.timedelta(days=1)
_CERTAIN = ("weekday", "span", "clock")
"""Kinds of words that tell a time among any others."""
_OFF = "busy|free"
"""Meanings of a word such as `off`, which says in a list of absences that somebody is away."""
_WELCOME = ("free", "state", "except", "always", "never", "rest")
"""Kinds of words that say when somebody can come, or everything but a time."""


def times_said(text: str, calendar: Calendar, within: Within = OPEN) -> Times:
    """The times of an absence that words tell; none where they tell none, or what is no absence."""
    found = _tokens(text)
    kinds = [token.kind for token in found]
    for word in (t.text for t in found if t.kind == "unclear" and t.value == _OFF):
        text = re.sub(rf"\b{re.escape(word)}\b", " ", text, flags=re.IGNORECASE)
    if not set(kinds).isdisjoint(_WELCOME) or kinds.count("not") > 1:
        return ()
    try:
        meaning = read_meaning(text, calendar, within, takes=True)
    except NotUnderstoodError:
        return ()
    if meaning.given and "not" in kinds:
        return ()
    windows = meaning.taken or meaning.given
    if names_hours(text):
        return tuple((w.start, w.end) for w in joined(windows))
    hours = within.hours or (calendar.whole,)
    return _whole({day for window in windows for day in _dates_in(window, calendar, hours)})


def _dates_in(
    window: FreeTime, calendar: Calendar, hours: Collection[DayHours]
) -> Iterator[dt.date]:
    """Yield the date on which a window starts, and each with hours meant that lie inside it.

    Where nights end when days begin, dates that follow each other are one window.
    """
    yield window.start.date()
    for day in calendar.days:
        midnight = dt.datetime.combine(day, dt.time())
        if any(window.start <= midnight + a and midnight + b <= window.end for a, b in hours):
            yield day


def names_days(text: str) -> bool:
    """Whether words name days."""
    return _names(text, OF_DAYS)


def names_hours(text: str) -> bool:
    """Whether words name hours of a day."""
    return _names(text, OF_HOURS[:-2])


def days_of(times: Times) -> list[dt.date]:
    """The days of times that are whole days."""
    known = [(start, end) for start, end in times if start is not None and end is not None]
    return [(start + n * DAY).date() for start, end in known for n in range((end - start).days)]


def told_as(times: Times) -> tuple[OnDay | Span, ...]:
    """Times as messages tell them: whole days each by its date."""
    places: list[OnDay | Span] = []
    for start, end in times:
        assert start is not None
        assert end is not None
        is_whole = start.time() == end.time() == dt.time()
        days = ((start + n * DAY).date() for n in range((end - start).days))
        places += map(OnDay, days) if is_whole else [Span(start, end)]
    return tuple(places)


def moment(day: dt.date, passed: dt.timedelta) -> dt.datetime:
    """Moment on a date. OverflowError: it lies beyond the last year there is."""
    found = cells.at(day, passed)
    if found is None:
        raise OverflowError
    return found


def _whole(days: Collection[dt.date]) -> Times:
    """Whole days, those that follow each other as one time."""
    found: list[tuple[dt.datetime, dt.datetime]] = []
    for day in sorted(days):
        start, end = moment(day, dt.timedelta()), moment(day, DAY)
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return tuple(found)


def _names(text: str, kinds: Collection[str]) -> bool:
    return any(token.kind in kinds for token in _tokens(text))


def _tokens(text: str) -> list[Token]:
    """The words of a text, as far as it is read."""
    return tokens(text[:MOST_TEXT])


def _tells_time(text: str, calendar: Calendar) -> bool:
    """Whether a text names a weekday, a planned day or hours, or consists of such words."""
    found = _tokens(text)
    is_certain = any(
        t.kind in _CERTAIN or (t.kind in ("date", "dates") and _is_day(t, calendar)) for t in found
    )
    return is_certain or _is_of_hours(text, calendar)


def _is_of_hours(text: str, calendar: Calendar) -> bool:
    """Whether a text consists of words for hours or weekdays, and perhaps days."""
    if not _names(text, (*OF_HOURS, "weekday")):
        return False
    try:
        meaning = read_meaning(text, calendar)
    except NotUnderstoodError:
        return False
    return bool(meaning.given or meaning.taken)


def _is_day(token: Token, calendar: Calendar) -> bool:
    try:
        return bool(calendar.days_of(token))
    except NotUnderstoodError:
        return False


def refuse_remark(rows: Rows, index: int, calendar: Calendar, *, is_told: bool) -> None:
    """Add the fault of a row if a column tells a time that is not read as one.

    `is_told`: whether another column tells one; remarks may then say what they like, but hours and
    weekdays in a column of people's own are most likely meant too.
    """
    sheet = rows.sheet
    tells = _is_of_hours if is_told else _tells_time
    for column in sheet.own if is_told else (*sheet.own, "note"):
        if tells(sheet.cell(index, column) or "", calendar):
            message = Message("files.time_unread" if is_told else "files.remark_of_time")
            remedy = Message("files.time_into_column", column=Column("date"))
            rows.fault(index, column, Bad("invalid_value", message, remedy))
            return
