"""The names of tables, columns and values that a workbook shows, in sentences about it.

(`Fault`, Vietnamese sentence with the names of the format) -> the same with those of the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from unicodedata import normalize

from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Table, Word
from shiftplan.present.texts import TEXTS, Lang


@cache
def _named(kind: str, lang: Lang) -> Mapping[str, str]:
    """Name in the format -> name in workbooks."""
    found = (key.partition(" ") for key in TEXTS[lang])
    return {name: TEXTS[lang][f"{kind} {name}"] for first, _, name in found if first == kind}


def _folded(title: str) -> str:
    return " ".join(normalize("NFC", title).casefold().split())


@cache
def _languages() -> Mapping[str, Lang]:
    """Folded name of a sheet -> language of the workbook."""
    return {_folded(name): lang for lang in TEXTS for name in _named("sheet", lang).values()}


@cache
def _tables() -> re.Pattern[str]:
    any_table = "|".join(_named("sheet", "en"))
    return re.compile(rf"bảng ({any_table})\b|\b({any_table})\.csv\b")


@cache
def _columns() -> re.Pattern[str]:
    """Names of columns; none is a word of Vietnamese, but rules may have the same names."""
    column = "|".join(name for name in _named("column", "en") if name.isidentifier())
    return re.compile(rf"(?<!quy định )\b({column})\b(?!\.\w)")


@cache
def _values() -> re.Pattern[str]:
    return re.compile(rf"(?<=['(])({'|'.join(_named('word', 'en'))})(?=[')])")


def _language(sheet: str) -> Lang | None:
    """Language of the workbook that has such a sheet; None where it has the names of the format."""
    return None if sheet in _named("sheet", "en") else _languages().get(_folded(sheet))


def as_shown(fault: Fault, sentence: str) -> str:
    """A sentence of the catalogue, before its details are put in, as the reader's sheets say it.

    Where the fault is in no sheet of ours it stays as it is. Details are the reader's own.
    """
    lang = _language(fault.sheet)
    if lang is None:
        return sentence
    words = TEXTS[lang]
    text = _tables().sub(lambda found: f"trang {words[f'sheet {found[1] or found[2]}']}", sentence)
    text = _columns().sub(lambda found: f"“{words[f'column {found[1]}']}”", text)
    return _values().sub(lambda found: words[f"word {found[1]}"], text)


class OfSheet:
    """Names for messages about the sheet of a fault: those that its workbook shows."""

    def __init__(self, fault: Fault) -> None:
        self._table, self._lang = fault.table, _language(fault.sheet)

    def person(self, volunteer_id: str) -> str:
        return volunteer_id

    def shift(self, shift_id: str) -> str:
        return shift_id

    def center(self, center_id: str) -> str:
        return center_id

    def skill(self, skill_id: str, level: int | None = None) -> str:
        return skill_id if level is None else f"{skill_id} {level}"

    def table(self, table: Table) -> str:
        """A table as the sheet that it is."""
        if self._lang is None:
            return table.name
        return TEXTS[self._lang].get(f"sheet {table.name}", table.name)

    def column(self, column: Column) -> str:
        """A column by its heading."""
        if self._lang is None:
            return column.name
        return f"“{_heading(column.name, column.table or self._table, self._lang)}”"

    def word(self, word: Word) -> str:
        """A value as the lists of the sheet have it."""
        if self._lang is None:
            return word.name
        return TEXTS[self._lang].get(f"word {word.name}", word.name)


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
