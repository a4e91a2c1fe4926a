"""Numbers, shares, dates, and names with their ids as people write them, in both languages.

Values -> text.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from shiftplan.errors.message import languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.forms import Forms
from shiftplan.present.texts import Lang
from shiftplan.present.words import Words

Said = TypeVar("Said")


def in_both(say: Callable[[Lang], Said]) -> dict[Lang, Said]:
    """What is said in each language, by its code."""
    return {lang: say(lang) for lang in languages()}


def named(name: str, identifier: str) -> str:
    """A name with the id, such as `Trần Thị Lan (V00012)`; the id alone where there is no name."""
    return f"{name} ({identifier})" if name and name != identifier else identifier


def rule_name(rule: str, lang: Lang) -> str:
    """The id of a rule, after its meaning where the language has a name for it."""
    own = catalogue(lang).get(f"rule.{rule}", ("",))
    return named(own[0], rule)


def why(rule: str, lang: Lang) -> str:
    """Why a rule stands against something, in a few words."""
    say, code = Words(lang), f"why.{rule}"
    return say(code) if say.has(code) else rule


def number(value: int | None, lang: Lang) -> str:
    """A whole number with marks between thousands: 12,345 in English, 12.345 in Vietnamese."""
    return Forms(lang).number(value)


def percent(share: float | None, lang: Lang, *, up: bool = False) -> str:
    """A share as per cent with one decimal, cut off (rounded up with `up`): never flattering."""
    return Forms(lang).percent(share, up=up)


def day(value: date, lang: Lang) -> str:
    """A date as people write it: 2026-12-07, or 07/12/2026."""
    return Forms(lang).date(value)


def decimal(value: float, lang: Lang, digits: int = 1) -> str:
    """A number with decimals, without zeros at its end: 3.6 in English, 3,6 in Vietnamese."""
    return Forms(lang).decimal(value, digits)
