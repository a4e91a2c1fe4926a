"""What columns, tables and values are called in workbooks, also where a table is no workbook.

Text of a heading, in English, Vietnamese or as the format spells it -> the format's name.
Name of a sheet or file -> how near it is to that of a table.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from typing import get_args

from shiftplan.files.layout import TABLE_NAMES, TABLES, columns_of
from shiftplan.files.sheet import SKILL
from shiftplan.present.texts import TEXTS, Lang

GRID = "grid"
"""Name of the sheet that holds the availability grid; it is no table of the format."""
_WORDED = {"skills": "kind", "availability": "state", "pins": "state", "preferences": "state"}
VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    (table, column): get_args(TABLES[table].model.model_fields[column].annotation)
    for table, column in _WORDED.items()
} | {("rules", "level"): ("hard", "off")}
"""(table, column) -> values that cells may also hold in the words of a language."""


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


@cache
def _marks() -> tuple[str, ...]:
    """How examples begin, in each language."""
    return tuple(TEXTS[lang]["example mark"] for lang in TEXTS)


def is_example(text: str) -> bool:
    """Whether a text starts with the mark of examples, in either language."""
    return unicodedata.normalize("NFC", text).strip().casefold().startswith(_marks())


def meaning(table: str, column: str, lang: Lang) -> str:
    """What a column means; empty where the heading says it all."""
    words = TEXTS[lang]
    if column.startswith(SKILL):
        return words["help skill prefix"]
    return words.get(f"help {table}.{column}") or words.get(f"help {column}", "")


def word(value: str, lang: Lang) -> str:
    """A value of the format as a cell says it in a language."""
    return TEXTS[lang].get(f"word {value}", value)


@cache
def tables_by_title() -> dict[str, str]:
    """Folded name of a sheet -> its table."""
    names = {folded(table): table for table in (*TABLE_NAMES, GRID)}
    for lang in TEXTS:
        names |= {folded(sheet_title(t, lang)): t for t in (*TABLE_NAMES, GRID)}
    return names


@cache
def values_by_word(table: str, column: str) -> dict[str, str]:
    """Folded word -> value of the format, for columns whose values have words."""
    values = VALUES.get((table, column), ())
    return {folded(word(value, lang)): value for lang in TEXTS for value in values}
