"""Times that words in lists tell.

Text of a cell -> the times at which somebody cannot come.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator

from shiftplan.errors.message import OnDay, Span
from shiftplan.files import cells
from shiftplan.files.answers.calendar import OPEN, Calendar, DayHours, NotUnderstoodError, Within
from shiftplan.files.answers.lexicon import Token, tokens
from shiftplan.files.answers.parts import OF_DAYS, OF_HOURS
from shiftplan.files.answers.sentence import MOST_TEXT, read_meaning
from shiftplan.files.answers.windows import FreeTime, joined

Times = tuple[tuple[dt.datetime | None, dt.datetime | None], ...]
"""First minutes of times and the first after them; None for since ever, or without end."""
DAY = dt.timedelta(days=1)
_OFF = "busy|free"
"""Meanings of a word such as `off`, which says in a list of absences that somebody is away."""
_WELCOME = ("free", "state", "except", "always", "never", "rest")
"""Kinds of words that say when somebody can come, or everything but a time."""


def times_said(text: str, calendar: Calendar, within: Within = OPEN) -> Times:
    """The times of an absence that words tell; none where they tell none, or what is no absence."""
    found = words_of(text)
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
    return any(token.kind in kinds for token in words_of(text))


def words_of(text: str) -> list[Token]:
    """The words of a text, as far as it is read."""
    return tokens(text[:MOST_TEXT])
