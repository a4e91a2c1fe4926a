"""The names of tables, columns and values that a workbook shows, in sentences about it.

(`Fault`, Vietnamese sentence with the names of the format) -> the same with those of the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from unicodedata import normalize

from shiftplan.errors import Fault
from shiftplan.present.texts import TEXTS, Lang


@cache
def _named(kind: str, lang: Lang) -> Mapping[str, str]:
    """Name in the format -> name in workbooks."""
    found = (key.partition(" ") for key in TEXTS[lang])
    return {name: TEXTS[lang][f"{kind} {name}"] for first, _, name in found if first == kind}


def _folded(title: str) -> str:
    return " ".join(normalize("NFC", title).casefold().split())


_LANGUAGES: Mapping[str, Lang] = {
    _folded(name): lang for lang in TEXTS for name in _named("sheet", lang).values()
}
"""Folded name of a sheet -> language of the workbook."""
_ANY_TABLE = "|".join(_named("sheet", "en"))
_TABLES = re.compile(rf"bảng ({_ANY_TABLE})\b|\b({_ANY_TABLE})\.csv\b")
_COLUMN = "|".join(name for name in _named("column", "en") if name.isidentifier())
_COLUMNS = re.compile(rf"(?<!quy định )\b({_COLUMN})\b(?!\.\w)")
"""Names of columns; none is a word of Vietnamese, but rules may have the same names."""
_VALUES = re.compile(rf"(?<=['(])({'|'.join(_named('word', 'en'))})(?=[')])")


def _language(sheet: str) -> Lang | None:
    """Language of the workbook that has such a sheet; None where it has the names of the format."""
    return None if sheet in _named("sheet", "en") else _LANGUAGES.get(_folded(sheet))


def as_shown(fault: Fault, sentence: str) -> str:
    """A sentence of the catalogue, before its details are put in, as the reader's sheets say it.

    Where the fault is in no sheet of ours it stays as it is. Details are the reader's own.
    """
    lang = _language(fault.sheet)
    if lang is None:
        return sentence
    words = TEXTS[lang]
    text = _TABLES.sub(lambda found: f"trang {words[f'sheet {found[1] or found[2]}']}", sentence)
    text = _COLUMNS.sub(lambda found: f"“{words[f'column {found[1]}']}”", text)
    return _VALUES.sub(lambda found: words[f"word {found[1]}"], text)


def columns_as_shown(fault: Fault, names: str) -> str:
    """Names of columns, such as `name, skill.portal`, as the headings of the fault's sheet.

    Empty where there is none, as of a fault that concerns a whole row.
    """
    lang = _language(fault.sheet)
    if lang is None or not names:
        return names
    return ", ".join(f"“{_heading(name, fault.table, lang)}”" for name in names.split(", "))


def _heading(name: str, table: str, lang: Lang) -> str:
    words = TEXTS[lang]
    first, _, skill = name.partition(".")
    if first == "skill" and skill:
        return words["column skill prefix"] + skill
    return words.get(f"column {table}.{name}") or words.get(f"column {name}", name)
