"""What columns and tables are called in workbooks, also where a table is no workbook.

Text of a heading, in English, Vietnamese or as the format spells it -> the format's name.
Name of a sheet or file -> how near it is to that of a table.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

from shiftplan.files.layout import columns_of
from shiftplan.files.sheet import SKILL
from shiftplan.present.texts import TEXTS, Lang


def folded(text: str) -> str:
    """Text as headings are compared: capitals, `_` and blanks make no difference."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("_", " ")
    return re.sub(r"\s+", " ", plain).strip()


def heading(table: str, column: str, lang: Lang) -> str:
    """Heading of a column in a language."""
    words = TEXTS[lang]
    if column.startswith(SKILL):
        return words["column skill prefix"] + column[len(SKILL) :]
    named = words.get(f"column {table}.{column}") or words.get(f"column {column}")
    return named or column.replace("_", " ").capitalize()


def columns_by_heading(table: str) -> dict[str, str]:
    """Folded heading -> column of a table."""
    return _by_heading(table, tuple(columns_of(table)))


@cache
def _by_heading(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    names = {folded(column): column for column in columns}
    for lang in TEXTS:
        names |= {folded(heading(table, column, lang)): column for column in columns}
    return names


def column_named(table: str, title: str) -> str:
    """Column of a table that a heading names; the heading itself when there is none."""
    known = columns_by_heading(table).get(folded(title))
    if known is not None:
        return known
    if table == "volunteers":
        title = unicodedata.normalize("NFC", title)
        for prefix in (SKILL, *(TEXTS[lang]["column skill prefix"].strip() for lang in TEXTS)):
            skill = title[len(prefix) :].strip()
            if title[: len(prefix)].casefold() == prefix.casefold() and skill:
                return SKILL + skill
    return title


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


def bare(text: str) -> str:
    """Text as names are compared that people typed: accents make no difference either."""
    parts = unicodedata.normalize("NFD", folded(text).replace("đ", "d"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def sheet_title(table: str, lang: Lang) -> str:
    """Name of a table's sheet in a language."""
    return TEXTS[lang][f"sheet {table}"]


def closeness(title: str, table: str) -> float:
    """How near the name of a sheet or file is to one of a table's names; 0 where it is not."""
    return max(likeness(title, n) for n in (table, *(sheet_title(table, x) for x in TEXTS)))


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
