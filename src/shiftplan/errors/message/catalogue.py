"""The catalogues: a `.po` file a language, read when something is first said in it.

Language, perhaps with a kind of work -> code -> its text, or its texts by number.

`en@food-bank` is English as a food bank speaks it. Each entry `kind.food_bank.<code>` takes the
place of `<code>`. The words of the entries `term.*` change in every other text too: where a food
bank has `kind.food_bank.term.center`, `site` and `sites`, no text says `center` or `centers`.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shiftplan.errors.message import OF_KIND, added_words, catalogue_file, languages

if TYPE_CHECKING:
    from babel import Locale

_PLURALS = ("zero", "one", "two", "few", "many", "other")
"""CLDR's kinds of numbers, in the order in which a catalogue has the texts for them."""


def catalogue(lang: str) -> Mapping[str, tuple[str, ...]]:
    """Code -> texts in a language: one, or one for each kind of number.

    Entries without a text and those marked as fuzzy are left out. A language without a catalogue
    has none. Rules from outside the package bring their own words.
    """
    language, _, kind = lang.partition(OF_KIND)
    file, own = catalogue_file(language), added_words(language)
    found: Any = _read_for(file, kind) if kind else _read(file)
    return ChainMap(found, own) if own else found


def words_for(code: str) -> tuple[str, ...]:
    """What an entry says in any language: words to be read, which bars part; English first."""
    return _words_for(code, tuple(map(catalogue_file, languages())))


@cache
def _words_for(code: str, files: tuple[Any, ...]) -> tuple[str, ...]:
    texts = (_read(file)[code][0] for file in files if code in _read(file))
    return tuple(word for text in texts for word in text.split("|") if word)


def has_kind(kind: str) -> bool:
    """Whether there are words of a kind of work."""
    return any(code.startswith(_prefix(kind)) for code in catalogue("en"))


def reworded(text: str, kind: str) -> str:
    """An English text that no catalogue holds, with the words of a kind of work."""
    return _rewording(catalogue_file("en"), kind)(text)


def _prefix(kind: str) -> str:
    return f"kind.{kind.replace('-', '_')}."


@cache
def _read_for(path: Any, kind: str) -> Mapping[str, tuple[str, ...]]:
    return _Reworded(_read(path), _prefix(kind), _rewording(path, kind))


class _Reworded(Mapping[str, tuple[str, ...]]):
    """A catalogue in the words of a kind of work; each text is made when it is first read."""

    def __init__(
        self, plain: Mapping[str, tuple[str, ...]], prefix: str, reword: Callable[[str], str]
    ) -> None:
        self._plain, self._prefix, self._reword = plain, prefix, reword
        self._made: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, code: str) -> tuple[str, ...]:
        if code not in self._made:
            own = self._plain.get(self._prefix + code)
            self._made[code] = own or tuple(map(self._reword, self._plain[code]))
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        yield from self._plain
        own = (c.removeprefix(self._prefix) for c in self._plain if c.startswith(self._prefix))
        yield from (code for code in own if code not in self._plain)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@cache
def _rewording(path: Any, kind: str) -> Callable[[str], str]:
    """Puts the words of a kind of work in the place of the usual ones, outside of gaps."""
    plain, prefix = _read(path), _prefix(kind)
    words: dict[str, str] = {}
    for code in (code for code in plain if code.startswith("term.") and prefix + code in plain):
        for usual, own in zip(plain[code], plain[prefix + code], strict=True):
            words |= {usual: own, usual.capitalize(): own.capitalize()}
    if not words:
        return str
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    pattern = re.compile(rf"\{{[^{{}}]*\}}|\b(?:{'|'.join(longest_first)})\b")
    return lambda text: pattern.sub(lambda found: words.get(found[0], found[0]), text)


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
        return Locale.parse(lang.partition(OF_KIND)[0])
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
