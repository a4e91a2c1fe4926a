"""The days and sessions of a week, as people name them: what words about time mean in it.

`Problem` -> `Calendar`; tokens of days and hours -> dates and `DayHours`, or why they mean nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from shiftplan.errors.message import Message
from shiftplan.files.answers.lexicon import Token
from shiftplan.files.answers.windows import FreeTime, State, joined, without
from shiftplan.files.cells import Bad, date_reader, read_span, read_time, written
from shiftplan.problem import Problem

_DAY = timedelta(days=1)
_WORKING, _WEEKEND = frozenset(range(5)), frozenset((5, 6))
_THURSDAY, _OWN_NUMBER = 3, "5"
"""Thursday as `weekday` and as Vietnamese number it."""
_THU = re.compile(r"thu\.?\s?([2-7])")
"""A weekday by its number without accents; or Thursday, and a day of the month."""
_NUMBER = re.compile(r"(?:ngày|ngay)\s([0-9]{1,2})")
_SHORT_MONTH = re.compile(r"(?<=\s)th(?=[0-9])")
"""`7 Th12`, as programs write the month in Vietnamese."""
_OF_12 = re.compile(r"[1-9][0-9]?\s?(?:h|g|giờ|:[0-5][0-9])?[0-9]{0,2}").fullmatch
"""Whether a clock time names no half of the day, such as `2h`; `02:00` is by a clock of 24."""


class NotUnderstoodError(Exception):
    """A text that means nothing, or two things; `said` says why."""

    def __init__(self, said: Message) -> None:
        super().__init__(said.code)
        self.said = said


class DayHours(NamedTuple):
    """Hours of a day, as times since its midnight; the end may be on the next date."""

    start: timedelta
    end: timedelta


class Calendar:
    """The days planned, and the different hours at which there are shifts.

    `idle`: days that nobody means who names no days, or all of them, since they have no shifts.
    """

    def __init__(
        self, days: Iterable[date], sessions: Iterable[DayHours], idle: Iterable[date] = ()
    ) -> None:
        self.days = tuple(sorted(set(days)))
        self.idle = frozenset(idle)
        self.sessions = tuple(sorted(set(sessions)))
        self._date = date_reader((), self.days)
        # As cells hold them, an end on the next date is a time of day.
        self._cells = [(s, e if e <= _DAY else e - _DAY) for s, e in self.sessions]

    @classmethod
    def of(cls, problem: Problem, *, idle: bool = False) -> Calendar:
        """The calendar of a week; `idle`: whether its days without shifts are idle ones."""
        busy = {shift.day for shift in problem.shifts} if idle else set()
        midnights = ((shift, datetime.combine(shift.day, time())) for shift in problem.shifts)
        return cls(
            problem.horizon.dates,
            {DayHours(s.start - at, s.end - at) for s, at in midnights},
            {day for day in problem.horizon.dates if busy and day not in busy},
        )

    @cached_property
    def whole(self) -> DayHours:
        """From the start of a day's first shift to the end of its last, on any day."""
        if not self.sessions:
            return DayHours(timedelta(), _DAY)
        return DayHours(self.sessions[0].start, max(hours.end for hours in self.sessions))

    def days_of(self, token: Token) -> frozenset[date]:
        """The days planned that a token names."""
        if token.kind == "date":
            return frozenset({self.date_of(token.text)})
        if token.kind == "dates":
            return self._dates_of(token)
        if token.value == "all":
            return frozenset(self.days)
        names = {"working": _WORKING, "weekend": _WEEKEND}.get(token.value)
        if names is None:
            names = frozenset(map(int, token.value.split("|")))
        self._need_one_meaning(token)
        found = frozenset(day for day in self.days if day.weekday() in names)
        if not found or (token.kind == "weekday" and {d.weekday() for d in found} != names):
            raise NotUnderstoodError(Message("answers.no_such_day", text=token.text))
        return found

    def _need_one_meaning(self, token: Token) -> None:
        """NotUnderstoodError for `Thu 3` where the third is a Thursday, which `T3` is not.

        Also for `2,4,6` without a word for days where one of these numbers is a day of the month.
        """
        if token.text[:1].isdigit():
            numbers = re.findall("[2-7]", token.text)
            if any(str(day.day) in numbers for day in self.days):
                other = " và ".join(f"ngày {number}" for number in numbers)
                facts = {"text": token.text, "one": f"T{','.join(numbers)}", "other": other}
                raise NotUnderstoodError(Message("answers.either", **facts))
        said = _THU.fullmatch(token.text.casefold())
        if said is None or said[1] == _OWN_NUMBER:
            return
        if any(day.day == int(said[1]) and day.weekday() == _THURSDAY for day in self.days):
            facts = {"text": token.text, "one": f"T{said[1]}", "other": "Thursday"}
            raise NotUnderstoodError(Message("answers.either", **facts))

    def _dates_of(self, token: Token) -> frozenset[date]:
        """The days of a list of dates or, with `>` between two, of a range."""
        if ">" not in token.value:
            return frozenset(map(self.date_of, token.value.split("|")))
        one, other = map(self.date_of, token.value.split(">"))
        return self._between(one, other, token.text)

    def _between(self, one: date, other: date, text: str) -> frozenset[date]:
        if one >= other:
            raise NotUnderstoodError(Message("answers.no_range", text=text))
        return frozenset(day for day in self.days if one <= day <= other)

    def date_of(self, text: str) -> date:
        """The day planned that the text of a date means."""
        number = _NUMBER.fullmatch(text)
        if number is not None:
            days = [day for day in self.days if day.day == int(number[1])]
            if len(days) != 1:
                raise NotUnderstoodError(Message("answers.outside", text=text))
            return days[0]
        found = self._date(_SHORT_MONTH.sub("tháng ", text))
        if isinstance(found, Bad):
            raise NotUnderstoodError(Message("answers.no_date", text=text, why=found.message))
        if not isinstance(found, date) or found not in self.days:
            raise NotUnderstoodError(Message("answers.outside", text=text))
        return found

    def days_between(self, first: Token, last: Token) -> frozenset[date]:
        """The days from one to another, both included, such as from Monday to Friday."""
        text = f"{first.text} - {last.text}"
        return self._between(self._one_day(first, text), self._one_day(last, text), text)

    def days_beside(self, word: str, token: Token) -> frozenset[date]:
        """The days on one side of a day: `from` it on, up to its `end`, `after` or `before` it."""
        day = self._one_day(token, token.text)
        found = {
            "from": [d for d in self.days if d >= day],
            "end": [d for d in self.days if d <= day],
            "after": [d for d in self.days if d > day],
            "before": [d for d in self.days if d < day],
        }[word]
        if not found:
            raise NotUnderstoodError(Message("answers.no_range", text=token.text))
        return frozenset(found)

    def _one_day(self, token: Token, text: str) -> date:
        """The only day that a token names; several are no end of a range."""
        days = self.days_of(token)
        if token.kind in ("days", "dates") or len(days) != 1:
            raise NotUnderstoodError(Message("answers.no_range", text=text))
        (day,) = days
        return day

    def hours_of(self, token: Token) -> DayHours:
        """The hours of a token: a part of the day, a whole day, or a span of clock times."""
        if token.kind == "whole":
            return self.whole
        text = token.value if token.kind == "part" else token.text
        found = read_span(text, self._cells)
        if isinstance(found, Bad):
            raise NotUnderstoodError(
                Message("answers.no_hours", text=token.text, why=found.message)
            )
        start, end = found
        return DayHours(start, end if end > start else end + _DAY)

    def session_at(self, token: Token) -> DayHours:
        """The only session that starts at a clock time."""
        at = read_time(token.text)
        found = {hours for hours in self.sessions if hours.start == at}
        if len(found) != 1:
            raise NotUnderstoodError(Message("answers.one_clock", text=token.text))
        return found.pop()

    def open_hours(self, word: Token, clock: Token) -> DayHours:
        """The hours of a day from a clock time on, or up to it."""
        at, whole = read_time(clock.text), self.whole
        text = f"{word.text} {clock.text}".strip()
        if isinstance(at, Bad):
            raise NotUnderstoodError(Message("answers.no_hours", text=text, why=at.message))
        hours = DayHours(at, whole.end) if word.kind == "from" else DayHours(whole.start, at)
        later = at + _DAY / 2
        is_after = word.value == "after"  # of work, say: nobody means before all shifts
        is_early = at < whole.start or (is_after and at == whole.start)
        is_early &= word.kind == "from" and at < _DAY / 2 and (is_after or later < whole.end)
        if is_early and _OF_12(clock.text):
            evening = later, whole.end if later < whole.end else _DAY
            one, other = written((at, whole.end)), written(evening)
            why = Message("files.two_spans", one=one, other=other)
            raise NotUnderstoodError(Message("answers.no_hours", text=text, why=why))
        if hours.start >= hours.end:
            why = Message("files.nothing_in_part")
            raise NotUnderstoodError(Message("answers.no_hours", text=text, why=why))
        return hours


class Within(NamedTuple):
    """What a column says already of all its cells; None for what it leaves open."""

    days: frozenset[date] | None = None
    hours: tuple[DayHours, ...] | None = None


OPEN = Within()


def windows_within(calendar: Calendar, within: Within, state: State) -> tuple[FreeTime, ...]:
    """The windows of days and hours; all days of the week, and whole days, where none are named."""
    days = within.days if within.days is not None else frozenset(calendar.days)
    hours = within.hours if within.hours is not None else (calendar.whole,)
    midnights = [datetime.combine(day, time()) for day in sorted(days)]
    return tuple(FreeTime(at + start, at + end, state) for at in midnights for start, end in hours)


class Meaning(NamedTuple):
    """What a text says: when somebody can come, and what it takes away from other answers."""

    given: tuple[FreeTime, ...] = ()
    taken: tuple[FreeTime, ...] = ()
    is_assumed: bool = False
    """Whether it only says when somebody cannot come, so that all other times are assumed."""
    idle: frozenset[date] = frozenset()
    """Days without shifts of which it speaks only in naming all days, and which are left out."""


def without_idle(
    windows: Iterable[FreeTime], calendar: Calendar
) -> tuple[list[FreeTime], frozenset[date]]:
    """Windows on days with shifts, and the days left out; all windows if those are none."""
    given = list(windows)
    left = [window for window in given if window.start.date() not in calendar.idle]
    out = {window.start.date() for window in given} & calendar.idle
    return (left, frozenset(out)) if left else (given, frozenset())


def alone(meaning: Meaning, calendar: Calendar, within: Within = OPEN) -> Meaning:
    """A meaning where nothing else is said: if it only takes away, it gives all other times."""
    if not meaning.taken:
        return meaning
    given = without(windows_within(calendar, within, "available"), meaning.taken)
    idle = frozenset[date]()
    if within.days is None:
        given, idle = without_idle(given, calendar)
    return Meaning(joined(given), is_assumed=meaning.is_assumed, idle=idle)
