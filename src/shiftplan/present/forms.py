"""Numbers, shares, dates and lists as people of one language write them.

Values -> text, by the entries `form.*` of the catalogue; by CLDR where a language has none.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, TypeGuard

from shiftplan.errors.message import OF_KIND, is_longer_than_day, shown
from shiftplan.errors.message.catalogue import catalogue, locale_of

if TYPE_CHECKING:
    from babel import Locale

_ROUNDED = re.compile(r",?\.(\d)f")
_SHARE = re.compile(r"\.(\d)%(up)?")
_DIGITS = re.compile(r"(decimal|figure)(?:\.(\d))?")
NOTHING = "–"
"""Shown in place of a missing number."""


class Forms:
    """Forms of values in one language."""

    __slots__ = ("lang",)

    def __init__(self, lang: str) -> None:
        self.lang = lang

    @property
    def language(self) -> str:
        """The language alone, without a kind of work."""
        return self.lang.partition(OF_KIND)[0]

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with marks between thousands, rounded to some decimals: 12,345."""
        if value is None:
            return NOTHING
        return f"{value:,.{digits}f}".translate(_marks(self.lang))

    def signed(self, value: float | None) -> str:
        """A change with its sign: +1,200, −35, 0."""
        sign = "+" if value and value > 0 else "−" if value and value < 0 else ""
        return sign + self.number(None if value is None else abs(value))

    def decimal(self, value: float, digits: int = 1) -> str:
        """A number with decimals, without zeros at its end: 3.6."""
        text = f"{value:,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.translate(_marks(self.lang))

    def tenths(self, value: float) -> str:
        """A number of 0 or more with one decimal, cut off: 1,234.5."""
        return self.number(math.floor(value * 10 + 1e-9) / 10, 1)

    def figure(self, value: float, digits: int = 3) -> str:
        """A number with so many digits that count, and never fewer than it has before the point.

        With three: 0.0423, 3.61, 48.1, 1,924. Below 100 a decimal is kept in any case.
        """
        size = math.floor(math.log10(value)) if value > 0 else 0
        return self.decimal(value, max(digits - 1 - size, 1 if size < 2 else 0))

    def percent(self, share: float | None, digits: int = 1, *, up: bool = False) -> str:
        """A share as per cent, cut off (rounded up with `up`): never flattering."""
        if share is None:
            return NOTHING
        parts = share * 100 * 10**digits
        near = round(parts)
        if abs(parts - near) > 1e-9:
            near = math.ceil(parts) if up else math.floor(parts)
        text = f"{near / 10**digits:.{digits}f}".translate(_marks(self.lang))
        return (self._form("percent") or "{n}%").replace("{n}", text)

    def day(self, value: dt.date) -> str:
        """Weekday and date without the year: Mon 07 Dec."""
        pattern = self._form("day")
        if pattern is None:
            from babel.dates import format_skeleton

            return str(format_skeleton("MMMEd", value, locale=self._locale))
        months = self._form("months")
        return _put(
            pattern,
            weekday=self.weekday(value),
            dd=f"{value.day:02d}",
            mm=f"{value.month:02d}",
            month=(months or _MONTHS).split("|")[value.month - 1],
        )

    def weekday(self, value: dt.date) -> str:
        """The weekday of a date: Mon."""
        return (self._form("weekdays") or _WEEKDAYS).split("|")[value.weekday()]

    def date(self, value: dt.date) -> str:
        """A date with its year: 2026-12-07."""
        pattern = self._form("date")
        if pattern is None:
            from babel.dates import format_date

            return str(format_date(value, "medium", locale=self._locale))
        parts = {"yyyy": f"{value.year:04d}", "mm": f"{value.month:02d}", "dd": f"{value.day:02d}"}
        return _put(pattern, **parts)

    def time(self, value: dt.time | dt.datetime) -> str:
        """Hours and minutes: 07:30."""
        pattern = self._form("time")
        if pattern is None:
            from babel.dates import format_time

            clock = value.time() if isinstance(value, dt.datetime) else value
            return str(format_time(clock, "short", locale=self._locale))
        return _put(pattern, hh=f"{value.hour:02d}", mm=f"{value.minute:02d}")

    def hours(self, start: dt.datetime, end: dt.datetime) -> str:
        """Start and end: 07:30–11:30; with the day of an end more than a day later."""
        until = f"{self.day(end)} " if is_longer_than_day(start, end) else ""
        return f"{self.time(start)}–{until}{self.time(end)}"

    def moment(self, value: dt.date | dt.time | dt.timedelta, form: str = "") -> str:
        """A date, a time, both, or how long something takes, in hours and minutes."""
        if isinstance(value, dt.timedelta):
            minutes = round(value.total_seconds() / 60)
            return f"{'−' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
        if form == "iso":
            return value.isoformat()
        if isinstance(value, dt.time) or (isinstance(value, dt.datetime) and form == "time"):
            return self.time(value)
        if form == "day":
            return self.day(value)
        if form == "weekday":
            return self.weekday(value)
        if isinstance(value, dt.datetime) and form != "date":
            return f"{self.date(value)} {self.time(value)}"
        return self.date(value)

    def list(self, items: Iterable[str], kind: str = "and") -> str:
        """Items as people list them: a, b and c (`and`), a, b or c (`or`), or marks between."""
        *first, last = list(items) or [""]
        if not first:
            return last
        if kind in _BETWEEN:
            return _BETWEEN[kind].join([*first, last])
        pattern = self._form(kind)
        if pattern is None:
            from babel.lists import format_list

            items = [*first, last]
            return str(format_list(items, "or" if kind == "or" else "standard", self._locale))
        before, between, after = pattern.partition("{last}")
        return before.replace("{first}", ", ".join(first)) + last + after if between else last

    def quoted(self, text: str) -> str:
        """Text between quotation marks, as Python writes it."""
        return shown(repr(text))

    def figure_of(self, value: float | None, form: str) -> str:
        """A number in one of the forms of gaps."""
        if not is_finite(value):
            return NOTHING
        if form == ",":
            return self.number(value)
        if form == "+,":
            return self.signed(value)
        if form == "tenths":
            return self.tenths(value)
        if found := _SHARE.fullmatch(form):
            return self.percent(value, int(found[1]), up=bool(found[2]))
        if found := _ROUNDED.fullmatch(form):
            return self.number(value, int(found[1]))
        if found := _DIGITS.fullmatch(form):
            digits = {} if found[2] is None else {"digits": int(found[2])}
            said: str = getattr(self, found[1])(value, **digits)
            return said
        return str(value) if isinstance(value, int) else self.decimal(value, 6)

    @property
    def _locale(self) -> Locale:
        found = locale_of(self.lang) or locale_of("en")
        assert found is not None
        return found

    def _form(self, name: str) -> str | None:
        texts = catalogue(self.lang).get(f"form.{name}")
        if texts is None and locale_of(self.lang) is None:
            texts = catalogue("en").get(f"form.{name}")
        return None if texts is None else texts[0]


def is_finite(value: float | None) -> TypeGuard[float]:
    """Whether a number can be shown; damaged files may have whole numbers that no float holds."""
    return value is not None and abs(value) <= sys.float_info.max


def _put(pattern: str, **parts: str) -> str:
    for name, text in parts.items():
        pattern = pattern.replace(f"{{{name}}}", text)
    return pattern


_BETWEEN = {"unit": ", ", "apart": "; ", "sentences": " "}
"""Kind of a list -> what stands between its items."""
_WEEKDAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


@cache
def _marks(lang: str) -> dict[int, str]:
    """Python's marks of numbers -> those of a language."""
    locale = locale_of(lang)
    if locale is None:
        return {}
    from babel.numbers import get_decimal_symbol, get_group_symbol

    group, point = get_group_symbol(locale), get_decimal_symbol(locale)
    return str.maketrans({",": group, ".": point})
