"""The catalogues: a `.po` file a language, read when something is first said in it.

Language -> code -> its text, or its texts by number.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shiftplan.errors.message import added_words, catalogue_file

if TYPE_CHECKING:
    from babel import Locale

_PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's kinds of numbers, in the order in which a catalogue has the texts for them."""


def catalogue(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Code -> texts in a language: one, or one for each kind of number.

    Entries without a text and those marked as fuzzy are left out. A language without a catalogue
    has none. Rules from outside the package bring their own words.
    """
    found, own = _read(catalogue_file(lang)), added_words(lang)
    return ChainMap(found, own) if own else found


@cache
def _read(path: Any) -> dict[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        entries = read_po(file, locale=locale_of(path.name.removesuffix(".po")))
    found = {}
    for entry in entries:
        code = entry.id if isinstance(entry.id, str) else entry.id[0]
        texts = (entry.string,) if isinstance(entry.string, str) else entry.string or ()
        texts = tuple(text for text in texts if text)
        if code and texts and not entry.fuzzy:
            found[code] = texts
    return found


@cache
def locale_of(lang: str) -> Locale | None:
    """What CLDR knows of a language; None for a language it does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(lang)
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _kinds(lang: str) -> tuple[str, ...]:
    locale = locale_of(lang)
    tags = {"other"} if locale is None else {*locale.plural_form.tags, "other"}
    return tuple(kind for kind in _PLURALS if kind in tags)


def by_number(texts: tuple[str, ...], n: float, lang: str) -> str:
    """The text for a number, by the plural rule of a language."""
    if len(texts) == 1:
        return texts[0]
    locale = locale_of(lang)
    kind = "other" if locale is None else locale.plural_form(n)
    return texts[min(_kinds(lang).index(kind), len(texts) - 1)]
