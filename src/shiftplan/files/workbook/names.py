"""What sheets and values of a workbook may be called, and what its columns mean.

Text of a cell, in English, Vietnamese or as the format spells it -> the format's name.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import get_args

from shiftplan.files.headings import folded, sheet_title
from shiftplan.files.layout import TABLE_NAMES, TABLES
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
