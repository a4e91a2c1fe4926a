"""How near the name of a sheet, file or column is to the one that the format knows.

Two names -> a number from 0 to 1.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from shiftplan.files.headings import bare, sheet_title, words_of_kinds

SAME, MISSPELT, PART = 1.0, 0.8, 0.5
"""How near two names are: equal but for accents and the mark of a copy; like a misspelling, or
nearer; one a part of the other."""
_SHORT = 0.85
"""How like short names must be to be misspellings: few letters are soon the same."""
_COPY = re.compile(r"(?:\s*\([0-9]+\)|\s*-\s*(?:copy|ban sao)|\s+copy)+\Z|\Acopy of\s+")
"""What programs put behind or before the name of a sheet or file that they copy."""
_SHORTEST, _LONG, _LONGEST = 4, 7, 100
"""Letters of a name that may be the start of a longer one, of one that is not short, and of a title
that are compared."""


def nearness(title: str, table: str) -> float:
    """How near the name of a sheet or file is to one of a table's names; 0 where it is not."""
    names = {table, *(sheet_title(table, say) for say in words_of_kinds())}
    return max(likeness(title, name) for name in names)


def likeness(title: str, name: str) -> float:
    """How near the name of a sheet or file is to another name; 0 where it is not."""
    one, other = _COPY.sub("", bare(title[:_LONGEST])), bare(name)
    if one == other:
        return SAME
    like = SequenceMatcher(None, one, other).ratio()
    if like >= (MISSPELT if len(other) >= _LONG else _SHORT) and not one.startswith(other):
        return like
    is_part = f" {one} " in f" {other} " or f" {other} " in f" {one} "
    is_start = min(len(one), len(other)) >= _SHORTEST and (
        one.startswith(other) or other.startswith(one)
    )
    return PART if is_part or is_start else 0.0
