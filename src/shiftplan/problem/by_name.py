"""Rows by their names, as people write them.

Names of rows -> for a text, the rows that it may mean. Case, blanks and accents make no difference,
and neither do words of kind such as `Phường` or `District` around a place's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from shiftplan.errors.message import Message
from shiftplan.problem.nearest import Nearest

MOST_TOLD = 5
"""Rows that are listed where a text may mean more."""
_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")
"""Marks of the Vietnamese tones: `Hoà` and `Hòa` are one word."""
_AFTER_POINT = re.compile(r"\.(?=[^\W\d])")
_APOSTROPHES = str.maketrans("’‘ʼ´`", "'" * 5)
_JOINING = re.compile(r"(?<=[^\W\d_])['\-‐‑–]+(?=[^\W\d_])")
"""Signs inside a name that people leave out: `O'Brien`, `Anne-Marie`."""
_LONGEST = 300
"""Letters of a text that may be a name."""


def words_of(name: str) -> list[str]:
    """Words of a name as names are compared exactly: without regard to case and places of tones."""
    plain = unicodedata.normalize("NFC", name).casefold().replace("_", " ")
    plain = plain.translate(_APOSTROPHES)
    words = _AFTER_POINT.sub(". ", plain).split()
    return words if plain.isascii() else list(map(_toned, words))


def _toned(word: str) -> str:
    """A word with the marks of its tones at its end."""
    signs = unicodedata.normalize("NFD", word)
    letters = "".join(sign for sign in signs if sign not in _TONES)
    return letters + "".join(sign for sign in signs if sign in _TONES)


def contradict(text: str, name: str) -> bool:
    """Whether a word has other accents in a text than in a name, and some in both.

    `Bế` is not `Bé`, but `Be` may be either, and so may `Dao` and `Đao` be `Đào`.
    """
    pairs = list(zip(words_of(text), words_of(name), strict=False))
    return any(
        one != other and not any(word.replace("đ", "d").isascii() for word in (one, other))
        for one, other in pairs
        if unaccented(one) == unaccented(other)
    )


def letters_of(words: Iterable[str]) -> str:
    """Words of a name without accents, blanks, and signs such as the hyphen inside it."""
    return _JOINING.sub("", unaccented("".join(words)))


def unaccented(text: str) -> str:
    """Lower-case text without accents."""
    if text.isascii():
        return text
    signs = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


class NameIndex:
    """The names of some rows, and which of the rows a text may mean.

    `kinds`: words for kinds of places, such as `xã`, which stand before or behind their names.
    """

    def __init__(self, names: Iterable[str], kinds: Iterable[str] = ()) -> None:
        self._words = [words_of(name) for name in names]
        parts = map(words_of, kinds)
        self._kinds = sorted(
            {(len(words), letters_of(words)) for words in parts if words}, reverse=True
        )

    def find(self, text: str) -> list[int]:
        """Places of the rows that a text may mean: none, one or several.

        Rows whose name is written exactly are meant before those that differ from it by accents or
        by the word of kind. Otherwise accents and words of kind decide where they fit one row only.
        """
        words = words_of(text) if len(text) <= _LONGEST else []
        exact = self._exact.get("".join(words), [])
        if exact or not words:
            return exact
        core = self._core(words)
        found = self.by_core.get(letters_of(core), [])
        if len(found) < 2:
            return found
        near = set(self._accented.get("".join(core), ()))
        if core != words:
            same = letters_of(words)
            near |= {row for row in found if letters_of(self._words[row]) == same}
        return list(near) if len(near) == 1 else found

    def core(self, text: str) -> str:
        """A name without blanks, accents and kind."""
        return letters_of(self._core(words_of(text)))

    def _core(self, words: list[str]) -> list[str]:
        """Words of a place's name without its kind; all of them where no name would be left.

        `Phường 5` is a whole name: whoever writes `5` means an id.
        """
        for n, kind in self._kinds:
            if letters_of(words[:n]) == kind and _is_name(words[n:]):
                return words[n:]
            if letters_of(words[-n:]) == kind and _is_name(words[:-n]):
                return words[:-n]
        return words

    @cached_property
    def _exact(self) -> dict[str, list[int]]:
        return self._by("".join)

    @cached_property
    def _accented(self) -> dict[str, list[int]]:
        return self._by(lambda words: "".join(self._core(words)))

    @cached_property
    def by_core(self) -> dict[str, list[int]]:
        """What `core` makes of names -> places of the rows that have them."""
        return self._by(lambda words: letters_of(self._core(words)))

    def _by(self, key: Callable[[list[str]], str]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, words in enumerate(self._words):
            if words:
                found.setdefault(key(words), []).append(row)
        return found


class NearRows:
    """Guesses at the row of a table that an unknown id stands for.

    `rows`: id -> name, empty where the row has none; `kinds`: as of `NameIndex`.
    """

    def __init__(self, rows: Mapping[str, str], kinds: Iterable[str] = ()) -> None:
        self._rows = [(key, name) for key, name in sorted(rows.items()) if name]
        self._index = NameIndex((name for _, name in self._rows), kinds)
        self._ids = Nearest(sorted(rows))
        self._names = Nearest(self._index.by_core)

    def remedy(self, wrong: str) -> str | Message:
        """What may be meant: the row of that name, a similar id, or a row of a similar name."""
        found = self._index.find(wrong)
        near = "" if found else self._ids.remedy(wrong)
        if near:
            return near
        found = found or self._index.by_core.get(self._names.guess(self._index.core(wrong)), [])
        rows = [self._rows[i] for i in found[:MOST_TOLD]]
        if len(rows) == 1:
            return Message("problem.meant_row", id=rows[0][0], name=rows[0][1])
        told = [f"{key} ({name})" for key, name in rows]
        return Message("problem.meant_one_of", rows=told) if told else ""


def _is_name(words: Sequence[str]) -> bool:
    return any(sign.isalpha() for word in words for sign in word)
