"""Names in the order in which Vietnamese readers look for them.

Text -> a key for `sorted`.

The letters are a ă â b c d đ e ê ... o ô ơ ... u ư ...; of words with the same letters the tones
decide: none, huyền, hỏi, ngã, sắc, nặng. Word by word, as in a telephone book; numbers by size.
"""

from __future__ import annotations

import re
import unicodedata

_PART = re.compile(r"[0-9]+|[^0-9\s]+")
_SHAPES = {"\u0306": 1, "\u0302": 2, "\u031b": 3}
"""Breve, circumflex and horn: they make another letter, which comes after the plain one."""
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc and nặng."""
_STROKE = {"đ": "d"}


def collation_key(text: str) -> tuple[object, ...]:
    """The key by which names are sorted; the same for composed and decomposed letters.

    Only texts that are the same to a reader have equal keys: where letters and tones agree, small
    letters come before capitals.

    >>> sorted(["Đỗ An", "Dương Bình", "Dũng", "Dung"], key=collation_key)
    ['Dung', 'Dũng', 'Dương Bình', 'Đỗ An']
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    parts = tuple(_number(p) if p[0] in "0123456789" else _word(p) for p in _PART.findall(plain))
    exact = unicodedata.normalize("NFC", text)
    return parts, exact.swapcase(), exact


def _number(digits: str) -> tuple[object, ...]:
    """A number, before all words."""
    value = digits.lstrip("0")
    return 0, len(value), value


def _word(word: str) -> tuple[object, ...]:
    """A word: its letters, then its tones."""
    letters: list[tuple[str, int]] = []
    tones: list[int] = []
    for sign in word:
        if letters and sign in _TONES:
            tones[-1] = _TONES[sign]
        elif letters and sign in _SHAPES:
            letters[-1] = letters[-1][0], _SHAPES[sign]
        else:
            letters.append((_STROKE.get(sign, sign), 1 if sign in _STROKE else 0))
            tones.append(0)
    return 1, tuple(letters), tuple(tones)
