"""The catalogues: a `.po` file a language, read when something is first said in it.

Language -> code -> its text, or its texts by number.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

LOCALE = Path(__file__).parent / "locale"
"""Folder of the catalogues; each file in it is a language."""
_PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's kinds of numbers, in the order in which a catalogue has the texts for them."""


def languages() -> tuple[str, ...]:
    """Languages that have a catalogue, English first."""
    return _languages(LOCALE)


@cache
def _languages(folder: Path) -> tuple[str, ...]:
    found = {path.stem for path in folder.glob("*.po")} - {"en"}
    return ("en", *sorted(found))


def catalogue(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Code -> texts in a language: one, or one for each kind of number.

    Entries without a text and those marked as fuzzy are left out. A language without a catalogue
    has none.
    """
    return _read(LOCALE / f"{lang}.po")


@cache
def _read(path: Path) -> Mapping[str, tuple[str, ...]]:
    if not path.is_file():
        return {}
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        entries = read_po(file)
    found = {}
    for entry in entries:
        code = entry.id if isinstance(entry.id, str) else entry.id[0]
        texts = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        if code and all(texts) and not entry.fuzzy:
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
