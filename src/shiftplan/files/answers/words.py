"""Words for yes, no and in between, as people and the programs for polls write them.

Text of a cell -> how welcome a shift is then, `no`, or None where it is no such word.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from shiftplan.files.answers.lexicon import normal
from shiftplan.files.workbook.marks import state_of

Said = Literal["available", "preferred", "undesired", "no"]
_POLLS: Mapping[Said, str] = {
    "available": "yes|oui|ja|sí|si|sì|òc|ya|có",
    "undesired": "maybe|if need be|ifneedbe|under reserve|si nécessaire|si besoin|unter vorbehalt"
    "|wenn nötig|en caso de ser necesario|si es necesario|nếu cần thiết",
    "no": "no|non|nein|không|nee",
}
"""Words of Rallly, Framadate and Nextcloud Polls in the languages that they have."""
_BY_WORD: dict[str, Said] = {
    normal(word): said for said, words in _POLLS.items() for word in words.split("|")
}
_NOT_IN_FORMS = ("-", "+", "++")
"""Marks of the availability grid that mean nothing certain elsewhere."""


def said_by(text: str, own: Mapping[str, Said], *, in_grid: bool = False) -> Said | None:
    """What a word says; None where it says nothing of the kind.

    `own`: words of a mapping file, as `normal` gives them, which come first.
    """
    word = normal(text)
    if word in own:
        return own[word]
    if not in_grid and word in _NOT_IN_FORMS:
        return None
    return _BY_WORD.get(word) or state_of(text)
