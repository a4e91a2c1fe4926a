"""Dates as people write them: in any order, without a year, as the name of a day.

Texts of the date cells of a table, and the days planned -> reader of them. What could mean two
dates is refused, and both are said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from shiftplan.errors.message import Message
from shiftplan.files.cells.bad import Bad, Read
from shiftplan.files.cells.names import fold, months, weekdays

_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_MIDNIGHT = re.compile(r"(?:T|\s+)(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?AM)$", re.IGNORECASE)
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"([0-9]{4}|[0-9]{2})"
_NUMBERS = re.compile(rf"([0-9]{{1,2}}) ?([-/.]) ?([0-9]{{1,2}})(?: ?\2 ?{_YEAR})? ?\.?")
_VIETNAMESE = re.compile(
    rf"([0-9]{{1,2}})[-/, ]*(?:thang|thg) ?([0-9]{{1,2}})(?:(?:[-/, ]+| ?nam ?){_YEAR})?"
)
_DAY_ALONE = re.compile(_DAY)
_BEFORE = re.compile(r"(?:ngay|the) ")
"""Words before a day, once folded."""
_AROUND = " ,;:()-–—"
_LONGEST = 80
"""Signs of the longest text that may be a date."""
_MONTHS, _DAYS = 12, 31
"""Months of a year, and days of the longest."""
_CENTURY = 2000
"""Century of a year of two digits."""
_ORDERS = frozenset({"dmy", "mdy", "ymd"})
_DAY_FIRST, _YEAR_LAST = frozenset({"dmy"}), frozenset({"dmy", "mdy"})
_ANY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text tells of a date, in one way to take it; None for what it does not tell."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    orders: frozenset[str] = _ORDERS
    """Orders of day, month and year in which it is taken so."""
    weekdays: frozenset[int] = _ANY_DAY
    """Days of the week that are named."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One date that a text may mean."""

    day: date
    told: _Told

    @property
    def is_named(self) -> bool:
        """Whether it is on a day of the week that the text names, or the text names none."""
        return self.day.weekday() in self.told.weekdays


def date_reader(cells: Collection[str], days: Collection[date] = ()) -> Read:
    """Make the reader of the dates of one table from all of its date cells.

    `2026-12-07` needs no proof. A date that may have the day or the month first is the only one
    of `days` that it can be. Where that does not decide, the other cells of the table do: only
    one order may fit them all, or else the names of days beside the dates. A date without a year,
    or the name of a day, is the only one of `days` that it can be. All others are refused.

    Parameters
    ----------
    cells
        All texts that may hold dates.
    days
        The days planned; empty where they are unknown, or where dates may well be others.
    """
    planned = sorted(set(days))
    unclear = {text for text in map(_plain, cells) if not _YEAR_FIRST.fullmatch(text)}
    orders = _proven([_pool(_readings(text, planned), planned) for text in unclear])

    def read(cell: str) -> date | Bad:
        text = _plain(cell)
        found = _YEAR_FIRST.fullmatch(text)
        if found is not None:
            day = _date(int(found[1]), int(found[2]), int(found[3]))
            return _no_such_day(_dates_told(text, _ANY_DAY), planned) if day is None else day
        pool = _pool(_readings(text, planned), planned)
        return _chosen(pool, orders, planned) if pool else _why_not(text, planned)

    return read


def first_in(cell: str, day: date) -> Literal["day", "month"] | None:
    """What stands first in the text of a date as it was read; None where only one can."""
    found = _NUMBERS.fullmatch(_plain(cell))
    numbers = (int(found[1]), int(found[3])) if found is not None else (0, 0)
    if numbers[0] == numbers[1] or max(numbers) > _MONTHS:
        return None
    if (day.day, day.month) == numbers:
        return "day"
    return "month" if (day.month, day.day) == numbers else None


def _plain(cell: str) -> str:
    return _MIDNIGHT.sub("", unicodedata.normalize("NFC", cell).strip())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readings(text: str, planned: list[date]) -> list[_Reading]:
    """All dates that a text may mean."""
    found = []
    for told in _all_told(text):
        if told.year is not None:
            days: Iterable[date | None] = [_date(told.year, told.month or 0, told.day or 0)]
        elif told.month is not None:
            years = dict.fromkeys(day.year for day in planned)
            dates = (_date(year, told.month, told.day or 0) for year in years)
            days = (day for day in dates if day in planned)
        elif told.day is not None:
            days = (day for day in planned if day.day == told.day)
        else:
            days = (day for day in planned if day.weekday() in told.weekdays)
        found += [_Reading(day, told) for day in days if day is not None]
    return found


def _pool(readings: list[_Reading], planned: Collection[date]) -> list[_Reading]:
    """The readings on days planned; all where none is."""
    return [r for r in readings if r.day in planned] or readings


def _proven(pools: Iterable[list[_Reading]]) -> frozenset[str]:
    """Orders in which every text can be read, if need be by the names of days; perhaps none."""
    pools = [pool for pool in pools if pool]
    proven = _ORDERS.intersection(*map(_orders_of, pools))
    if len(proven) < 2:
        return proven
    named = ([r for r in pool if r.is_named] for pool in pools)
    return proven.intersection(*map(_orders_of, filter(None, named)))


def _orders_of(pool: Iterable[_Reading]) -> frozenset[str]:
    return frozenset().union(*(r.told.orders for r in pool))


def _chosen(pool: list[_Reading], orders: frozenset[str], planned: list[date]) -> date | Bad:
    """The only date that a text can mean, or why that is unclear."""
    in_order = [r for r in pool if r.told.orders & orders]
    for part in (pool, in_order):
        if len({r.day for r in part}) == 1:
            if not orders and len(_orders_of(part)) == 1 and part[0].day not in planned:
                break
            return part[0].day if any(r.is_named for r in part) else _contradiction(part, planned)
    named = {r.day for r in in_order if r.is_named}
    if len(named) == 1:
        return named.pop()
    if planned and pool[0].day not in planned and len(days := _in_other_years(pool, planned)) == 1:
        message = Message("files.other_year", first=planned[0], last=planned[-1])
        return Bad("outside_horizon", message, Message("files.meant_date", day=days[0]))
    if not orders:
        message = Message("files.day_first_and_month_first")
        return Bad("ambiguous_date", message, Message("files.one_date_form"))
    one, other, *_ = days = list(dict.fromkeys(r.day for r in in_order or pool))
    message = Message("files.day_or_month_first")
    if len({r.told.orders for r in pool}) == 1:
        message = Message("files.several_days", days=tuple(days[:3]), n=len(days))
    return Bad("ambiguous_date", message, Message("files.write_either_date", one=one, other=other))


def _in_other_years(pool: list[_Reading], planned: list[date]) -> list[date]:
    """The planned days that readings are but for their year."""
    same = {(reading.day.month, reading.day.day) for reading in pool}
    return [day for day in planned if (day.month, day.day) in same]


def _contradiction(part: list[_Reading], planned: list[date]) -> Bad:
    """Why a date and the name of a day beside it cannot both be right."""
    day = part[0].day
    names = frozenset().union(*(r.told.weekdays for r in part))
    later = 1 if day.year < date.max.year else -1
    near = (day + timedelta(later * i) for i in range(1, 7))
    other = next(d for d in (*planned, *near) if d.weekday() in names)
    message = Message("files.other_weekday", day=day, other=other)
    return Bad("not_a_date", message, Message("files.write_either_date", one=day, other=other))


def _why_not(text: str, planned: list[date]) -> Bad:
    """Why a text can be no date at all."""
    told = _all_told(text)
    if not told:
        return Bad("not_a_date", Message("files.date_form"))
    if not any(t.year is None and _is_a_day(t) for t in told):
        return _no_such_day(told, planned)
    if not planned:
        remedy = Message("files.one_date_form")
        return Bad("ambiguous_date", Message("files.year_needed"), remedy)
    first, last = planned[0], planned[-1]
    return Bad("outside_horizon", Message("files.no_planned_day", first=first, last=last))


def _no_such_day(told: Iterable[_Told], planned: list[date]) -> Bad:
    """The fault of a date that is none: its month has no such day, or there is no such month."""
    message = Message("files.no_such_date_form")
    for one in told:
        year = one.year or (planned[0].year if planned else None)
        if year and one.month and one.day and one.month <= _MONTHS and one.day <= _DAYS:
            facts = {"year": str(year), "month": f"{one.month:02d}", "day": one.day}
            message = Message("files.month_without_day", **facts)
    return Bad("not_a_date", message)


def _is_a_day(told: _Told) -> bool:
    """Whether there is such a day in some year."""
    leap_year, long_month = 2000, 1
    day = 1 if told.day is None else told.day
    return _date(leap_year, told.month or long_month, day) is not None


@lru_cache(maxsize=4096)
def _all_told(text: str) -> tuple[_Told, ...]:
    """What a text tells, in every way to take it."""
    if len(text) > _LONGEST:
        return ()
    folded = fold(text).strip(_AROUND)
    found = list(_dates_told(folded, _ANY_DAY))
    names = weekdays(text)
    for cut in range(1, len(folded) + 1):
        start, end = folded[:cut], folded[cut:]
        if start in names and not end[:1].isalnum():
            rest = _BEFORE.sub("", end.strip(_AROUND), count=1)
            alone = _DAY_ALONE.fullmatch(rest)
            if not rest:
                found.append(_Told(weekdays=names[start]))
            elif alone is not None:
                found.append(_Told(day=int(alone[1]), weekdays=names[start]))
            found += _dates_told(rest, names[start])
        if end in names and not start[-1].isalnum():
            found += _dates_told(start.strip(_AROUND), names[end])
    return tuple(dict.fromkeys(found))


def _dates_told(text: str, named: frozenset[int]) -> Iterator[_Told]:
    """Yield what a text without a name of a day tells of a date."""
    text = _BEFORE.sub("", text, count=1)
    if found := _YEAR_FIRST.fullmatch(text):
        yield _Told(int(found[1]), int(found[2]), int(found[3]), weekdays=named)
    if found := _NUMBERS.fullmatch(text):
        yield from _numbers_told(found[1], found[3], found[4], named)
    if found := _VIETNAMESE.fullmatch(text):
        yield from _month_told(found[1], int(found[2]), found[3], named)
    day_first, month_first = _by_name(tuple(months()))
    if found := day_first.fullmatch(text):
        for month in months()[found[2]]:
            yield from _month_told(found[1], month, found[3], named)
    if found := month_first.fullmatch(text):
        for month in months()[found[1]]:
            yield from _month_told(found[2], month, found[3], named)


@cache
def _by_name(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Forms of dates with the name of a month: the day first, and the month first."""
    month = f"({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
    day_first = re.compile(rf"{_DAY}[-/. ]*(?:of )?{month}[-/., ]*{_YEAR}?")
    return day_first, re.compile(rf"{month}[-/. ]*{_DAY}(?:[-/, ]+([0-9]{{4}}))?")


def _month_told(day: str, month: int, year: str | None, named: frozenset[int]) -> Iterator[_Told]:
    """Yield what a date with the name of its month tells; a year of two digits may stand first."""
    if year is None or len(year) > 2 or len(day) == 1:
        yield _Told(_full(year), month, int(day), weekdays=named)
    else:
        yield _Told(_full(year), month, int(day), _YEAR_LAST, named)
        yield _Told(_full(day), month, int(year), _ORDERS - _YEAR_LAST, named)


def _numbers_told(one: str, two: str, three: str | None, named: frozenset[int]) -> Iterator[_Told]:
    """Yield what a date of two or three numbers tells in each order of them."""
    year = _full(three)
    yield _Told(year, int(two), int(one), _DAY_FIRST, named)
    month_first = _ORDERS if three is None else _YEAR_LAST
    yield _Told(year, int(one), int(two), month_first - _DAY_FIRST, named)
    if three is not None and len(three) == len(one) == 2:
        yield _Told(_full(one), int(two), int(three), _ORDERS - _YEAR_LAST, named)


def _full(year: str | None) -> int | None:
    return None if year is None else int(year) + (_CENTURY if len(year) == 2 else 0)
