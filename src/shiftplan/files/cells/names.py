"""Names of days, months and parts of the day in every language that has a catalogue.

Languages -> folded name -> what it means. CLDR knows the names; further short forms stand here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import locale_of
from shiftplan.problem.by_name import unaccented

_WIDTHS = ("wide", "abbreviated", "short")
"""CLDR's lengths of names, without those of a single letter."""
_MORE_WEEKDAYS = {"chua nhat": 6, "tues": 1, "weds": 2, "thur": 3, "thurs": 3} | {
    f"{word}{blank}{number}": number - 2
    for word in ("thu", "th", "t")
    for blank in ("", " ")
    for number in range(2, 8)
}
"""Names of days, Monday 0, that CLDR does not know; Vietnamese counts from Monday, the second."""
_MORE_MONTHS = {"sept": 9}
_THURSDAY_TOO = {
    f"thu{blank}{number}": frozenset({number - 2, 3})
    for blank in ("", " ")
    for number in range(2, 8)
}
"""What `Thu 2` may mean, which is Monday only with its accent."""
ALL_DAY = ("cả ngày", "nguyên ngày", "all day", "the whole day", "whole day", "full day")
"""Words for all hours of a day."""
EVERY_DAY = (
    *("cả tuần", "mọi ngày", "mỗi ngày", "hàng ngày", "hằng ngày", "tất cả các ngày", "all week"),
    *("the whole week", "whole week", "every day", "everyday", "daily", "all days", "any day"),
)
"""Words for all days of a week."""
_PARTS = ("am", "pm", "morning", "afternoon", "evening", "night")


def fold(text: str) -> str:
    """Text as names are compared: capitals, accents, kinds of blanks and abbreviating points."""
    plain = unaccented(text.casefold())
    return re.sub(r"\s+", " ", re.sub(r"(?<=[^\W\d_])\.", " ", plain)).strip()


def weekdays(text: str) -> Mapping[str, frozenset[int]]:
    """Folded name of a day of the week -> the days, Monday 0, that it means in some language.

    `text`: where the name stands. With their accents, `Thứ` and `Tư` are not `Thu` and `Tu`.
    """
    plain = text.casefold()
    return _weekdays(languages(), "ứ" in plain, "ư" in plain)


@cache
def _weekdays(langs: tuple[str, ...], no_thu: bool, no_tu: bool) -> Mapping[str, frozenset[int]]:
    names = dict(_collected([*_named(langs, "days"), *_MORE_WEEKDAYS.items()]))
    if no_thu:
        names.pop("thu", None)
    else:
        names |= _THURSDAY_TOO
    if no_tu:
        names.pop("tu", None)
    return MappingProxyType(names)


def months() -> Mapping[str, frozenset[int]]:
    """Folded name of a month -> the months, January 1, that it means in some language.

    Names that hold the number of the month, as in Vietnamese, are left out.
    """
    return _months(languages())


@cache
def _months(langs: tuple[str, ...]) -> Mapping[str, frozenset[int]]:
    found = [*_named(langs, "months"), *_MORE_MONTHS.items()]
    return _collected((name, n) for name, n in found if not re.search(r"[0-9]", name))


def _named(langs: tuple[str, ...], things: str) -> Iterator[tuple[str, int]]:
    for lang in langs:
        for forms in getattr(locale_of(lang), things, {}).values():
            for width in _WIDTHS:
                for number, name in forms.get(width, {}).items():
                    yield fold(name), number


def parts_of_day() -> Mapping[str, str]:
    """Folded word for a part of the day, such as `sang` -> `morning`, or another of CLDR's parts.

    Parts that a language divides, as German the morning, are left out.
    """
    return _parts_of_day(languages())


@cache
def _parts_of_day(langs: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, set[str]] = {"a m": {"am"}, "p m": {"pm"}}  # `a.m.`, `p.m.`
    for lang in langs:
        for forms in getattr(locale_of(lang), "day_periods", {}).values():
            for width in _WIDTHS:
                for key, name in forms.get(width, {}).items():
                    part = key.rstrip("1")
                    if part in _PARTS and f"{part}2" not in forms[width]:
                        found.setdefault(fold(name), set()).add(part)
    return MappingProxyType({name: min(parts) for name, parts in found.items() if len(parts) == 1})


def _collected(pairs: Iterable[tuple[str, int]]) -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for name, number in pairs:
        found.setdefault(name, set()).add(number)
    return MappingProxyType({name: frozenset(numbers) for name, numbers in found.items()})
