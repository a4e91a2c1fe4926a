"""Numbers, shares, dates, and names with their ids as people write them, in both languages.

Values -> text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from shiftplan.present.forms import Forms
from shiftplan.present.texts import RULES_VI, TEXTS, Lang
from shiftplan.present.words import Words

Said = TypeVar("Said")


def in_both(say: Callable[[Lang], Said]) -> dict[Lang, Said]:
    """What is said in each language, by its code."""
    return {lang: say(lang) for lang in TEXTS}


def named(name: str, identifier: str) -> str:
    """A name with the id, such as `Trần Thị Lan (V00012)`; the id alone where there is no name."""
    return f"{name} ({identifier})" if name and name != identifier else identifier


def joined(parts: Iterable[str], lang: Lang) -> str:
    """Parts as people list them: a; a and b; a, b and c."""
    *first, last = list(parts) or [""]
    return TEXTS[lang]["and"].format(", ".join(first), last) if first else last


def rule_name(rule: str, lang: Lang) -> str:
    """The id of a rule as rules.csv has it, in Vietnamese with its meaning before it."""
    return named(RULES_VI.get(rule, ""), rule) if lang == "vi" else rule


def why(rule: str, lang: Lang) -> str:
    """Why a rule stands against something, in a few words."""
    say, code = Words(lang), f"why.{rule}"
    return say(code) if say.has(code) else rule


def number(value: int | None, lang: Lang) -> str:
    """A whole number with marks between thousands: 12,345 in English, 12.345 in Vietnamese."""
    return Forms(lang).number(value)


def signed(value: int | None, lang: Lang) -> str:
    """A change with its sign: +1,200, −35, 0."""
    return Forms(lang).signed(value)


def tenths(value: float, lang: Lang) -> str:
    """A number of 0 or more with one decimal, cut off: 1,234.5, or 1.234,5 in Vietnamese."""
    return Forms(lang).tenths(value)


def percent(share: float | None, lang: Lang, *, up: bool = False) -> str:
    """A share as per cent with one decimal, cut off (rounded up with `up`): never flattering."""
    return Forms(lang).percent(share, up=up)


def day(value: date, lang: Lang) -> str:
    """A date as people write it: 2026-12-07, or 07/12/2026."""
    return Forms(lang).date(value)


def decimal(value: float, lang: Lang, digits: int = 1) -> str:
    """A number with decimals, without zeros at its end: 3.6 in English, 3,6 in Vietnamese."""
    return Forms(lang).decimal(value, digits)


def figure(value: float, lang: Lang, digits: int = 3) -> str:
    """A number with so many digits that count: see `Forms.figure`."""
    return Forms(lang).figure(value, digits)
