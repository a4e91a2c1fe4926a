"""What columns are called in workbooks, also where a table is no workbook.

Text of a heading, in English, Vietnamese or as the format spells it -> the format's name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from shiftplan.files.layout import columns_of
from shiftplan.files.sheet import SKILL
from shiftplan.texts import TEXTS, Lang


def folded(text: str) -> str:
    """Text as headings are compared: capitals, `_` and blanks make no difference."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("_", " ")
    return re.sub(r"\s+", " ", plain).strip()


def heading(table: str, column: str, lang: Lang) -> str:
    """Heading of a column in a language."""
    words = TEXTS[lang]
    if column.startswith(SKILL):
        return words["column skill prefix"] + column[len(SKILL) :]
    return words.get(f"column {table}.{column}") or words[f"column {column}"]


@cache
def columns_by_heading(table: str) -> dict[str, str]:
    """Folded heading -> column of a table."""
    names = {folded(column): column for column in columns_of(table)}
    for lang in TEXTS:
        names |= {folded(heading(table, column, lang)): column for column in columns_of(table)}
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
