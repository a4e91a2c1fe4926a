"""Dates with times in a log of a million rows: every different date and time is read once.

Texts of cells -> codes of their dates and minutes of the day; codes -> dates, once all are known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from shiftplan.errors.message import Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.week.horizon import Horizon

UNREADABLE, BLANK = -1.0, -2.0
"""Minutes of cells that hold no time, and of blank ones."""
NO_DATE = -1
"""Code of the date of a cell that has only a time."""
LAST_MINUTE = 24 * 60 - 1
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?")
_SECONDS = re.compile(r"([0-9]{1,2}:[0-9]{2}):([0-9]{2})(?:[.,][0-9]+)?(?=\s|$)")
_ZONED = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r" ?(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
"""A moment and its time zone."""
_SHORT = 12
"""Letters of a time up to which it is kept; those with parts of seconds are all different."""
_WORDS = 3
"""Words that a time may have, such as `8g30 sáng` or `7:11:05 AM`."""
_LONGEST = 80
MOST_DATES = 20_000
"""Different texts that are read as dates."""
_NO_DATE = Bad("not_a_date", Message("files.date_form"))


class Texts(dict[str, int]):
    """Different texts, and a code for each: 0, 1 and so on in the order in which they came."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code

    def codes(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """The codes of texts, shape (texts,)."""
        return np.fromiter(map(self.__getitem__, texts), dtype=np.int32, count=len(texts))


class _Clocks(dict[str, float]):
    """Text of a time -> minutes since midnight; negative where it is none."""

    def __missing__(self, text: str) -> float:
        found = _minutes(text)
        if len(text) <= _SHORT:
            self[text] = found
        return found


def _minutes(text: str) -> float:
    """Minutes since midnight of a time as text, seconds as a fraction; negative if it is no time.

    Seconds count to the thousandth. 24:00 is the last minute of the day.
    """
    text = text.strip(" ,")
    plain = _CLOCK.fullmatch(text)
    if plain is not None:
        hour, minute, second = int(plain[1]), int(plain[2]), int(plain[3] or 0)
        part = int((plain[4] or "0")[:3].ljust(3, "0")) / 1000
        if hour < 24 and minute < 60 and second < 60:
            return hour * 60 + minute + (second + part) / 60
        return LAST_MINUTE if (hour, minute, second) == (24, 0, 0) else UNREADABLE
    if len(text) > _LONGEST:
        return UNREADABLE
    told = _SECONDS.match(text)
    second = int(told[2]) if told is not None else 0
    passed = cells.read_time(text if told is None else told[1] + text[told.end() :])
    if isinstance(passed, Bad) or second > 59:
        return UNREADABLE
    assert isinstance(passed, dt.timedelta)
    return min(passed / dt.timedelta(minutes=1) + second / 60, LAST_MINUTE + 0.5)


class Moments:
    """The dates and times of one file.

    `horizon`: has the time zone, for times that name one.
    """

    def __init__(self, horizon: Horizon) -> None:
        self.dates = Texts()
        """Texts of dates."""
        self._clocks = _Clocks()
        self._local = horizon.local
        self._split = lru_cache(maxsize=1 << 16)(self._slowly)

    def taken(self, texts: Iterable[str]) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Codes of the dates of cells, and minutes of the day."""
        codes: list[int] = []
        minutes: list[float] = []
        dates, clocks = self.dates, self._clocks
        for text in texts:
            if text[10:11] in ("T", " "):
                minute = clocks[text[11:]]
                if minute >= 0:
                    codes.append(dates[text[:10]])
                    minutes.append(minute)
                    continue
            day, minute = self._split(text)
            codes.append(NO_DATE if day is None else dates[day])
            minutes.append(minute)
        return np.array(codes, dtype=np.int32), np.array(minutes, dtype=np.float64)

    def _slowly(self, text: str) -> tuple[str | None, float]:
        """Text of the date of a cell, None where it has none, and minute of the day."""
        text = text.strip()
        if not text:
            return None, BLANK
        if len(text) > _LONGEST:
            return None, UNREADABLE
        if told := _ZONED.fullmatch(text):
            return self._zoned(told[1], told[2] if told[2][0] in "+-" else "Z")
        if (minute := self._clocks[text]) >= 0:
            return None, minute
        words = re.sub("(?<=[0-9])T(?=[0-9])", " ", text).split()
        for n in range(min(len(words) - 1, _WORDS), 0, -1):
            for day, clock in ((words[:-n], words[-n:]), (words[n:], words[:n])):
                if (minute := self._clocks[" ".join(clock)]) >= 0:
                    return " ".join(day).strip(" ,"), minute
        return None, UNREADABLE

    def _zoned(self, text: str, zone: str) -> tuple[str | None, float]:
        """The same of a moment in a zone, such as 2026-03-02T00:11:05 and Z."""
        try:
            moment = self._local(dt.datetime.fromisoformat(text + zone))
        except (ValueError, OverflowError):
            return None, UNREADABLE
        second = moment.second + moment.microsecond // 1000 / 1000
        return moment.date().isoformat(), moment.hour * 60 + moment.minute + second / 60

    def days(self) -> tuple[NDArray[np.int64], dict[int, Bad]]:
        """Number of the date of each code, 1 for 1 January of the year 1; 0 where it is none.

        Also why there is none, by code.
        """
        read = cells.date_reader(set(islice(self.dates, MOST_DATES)))
        found = np.zeros(len(self.dates) + 1, dtype=np.int64)  # the last for `NO_DATE`
        wrong: dict[int, Bad] = {}
        for text, code in self.dates.items():
            day = read(text) if code < MOST_DATES else _NO_DATE
            if isinstance(day, dt.date):
                found[code] = day.toordinal()
            elif isinstance(day, Bad):
                wrong[code] = day
        return found, wrong
