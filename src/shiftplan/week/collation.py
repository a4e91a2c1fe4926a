"""Vietnamese order of words: letters first, then tones, then capitals.

Text -> key to sort by. Đ comes after D, ă and â after a, ê after e, ô and ơ after o, ư after u; of
equal letters the tones come in the order level, huyền, hỏi, ngã, sắc, nặng, as the Unicode
collation for Vietnamese (and `Intl.Collator('vi')` of a browser) has it. Other scripts keep the
order of their code points.
"""

from __future__ import annotations

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: place for place, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining marks of the tones; none is the level tone, 0."""

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...], str]


def collation_key(text: str) -> Key:
    """Key that sorts text as a Vietnamese dictionary does.

    Parameters
    ----------
    text
        Any text, in composed or decomposed form: both get the same place.

    Returns
    -------
    tuple
        Letters, then tones, then capitals, then the text itself, which makes the order total.
    """
    text = unicodedata.normalize("NFC", text)
    letters, tones, capitals = [], [], []
    for sign in text:
        marks = unicodedata.normalize("NFD", sign.lower())
        bare = "".join(mark for mark in marks if mark not in _TONES)
        letters.append(_letter(unicodedata.normalize("NFC", bare)))
        tones.append(next((_TONES[mark] for mark in marks if mark in _TONES), 0))
        capitals.append(sign != sign.lower())
    return tuple(letters), tuple(tones), tuple(capitals), text


def person_key(name: str) -> tuple[Key, Key]:
    """Key that sorts Vietnamese names of people: by given name, the last word, then the others."""
    name = unicodedata.normalize("NFC", name.strip())
    *before, given = name.split() or [""]
    return collation_key(given), collation_key(" ".join(before))


def _letter(letter: str) -> tuple[int, int]:
    """Place of a letter: blanks and signs, digits, Vietnamese letters, all other scripts."""
    if letter in _PLACE:
        return 2, _PLACE[letter]
    code = ord(letter[0]) if letter else 0
    if letter.isdigit():
        return 1, code
    bare = unicodedata.normalize("NFD", letter)[:1]
    if bare in _PLACE:  # a letter of another language with Latin letters, such as ü
        return 2, _PLACE[bare]
    return (3 if letter.isalpha() else 0), code
