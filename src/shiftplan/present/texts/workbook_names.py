"""The names of tables, columns and values that a workbook shows, in sentences about it.

(`Fault`, Vietnamese sentence with the names of the format) -> the same with those of the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Message, Table, Word
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.files.headings import (
    GRID,
    Say,
    folded,
    heading,
    known_words,
    sheet_title,
    word,
)
from shiftplan.files.layout import TABLE_NAMES


def _any(names: Iterable[str]) -> str:
    return "|".join(names)


def _named(kind: str) -> list[str]:
    """Names in the format that the catalogue has words for."""
    return [code.removeprefix(kind) for code in catalogue("en") if code.startswith(kind)]


@cache
def _tables() -> re.Pattern[str]:
    any_table = _any(TABLE_NAMES)
    return re.compile(rf"bảng ({any_table})\b|\b({any_table})\.csv\b")


@cache
def _columns() -> re.Pattern[str]:
    """Names of columns; none is a word of Vietnamese, but rules may have the same names."""
    column = _any(name for name in _named("column.") if name.isidentifier())
    return re.compile(rf"(?<!quy định )\b({column})\b(?!\.\w)")


@cache
def _values() -> re.Pattern[str]:
    return re.compile(rf"(?<=['(])({_any(_named('word.'))})(?=[')])")


def _words_of(sheet: str) -> Say | None:
    """What says the names of the workbook with such a sheet; None where it has the format's."""
    title, tables = folded(sheet), (*TABLE_NAMES, GRID)
    if not sheet or sheet in tables:
        return None
    said = (say for say in known_words() if title in {folded(sheet_title(t, say)) for t in tables})
    return next(said, None)


def as_shown(fault: Fault, sentence: str) -> str:
    """A sentence of the catalogue, before its details are put in, as the reader's sheets say it.

    Where the fault is in no sheet of ours it stays as it is. Details are the reader's own.
    """
    found = _words_of(fault.sheet)
    if found is None:
        return sentence
    say = found
    text = _tables().sub(lambda at: f"trang {sheet_title(at[1] or at[2], say)}", sentence)
    text = _columns().sub(lambda at: f"“{say(Message(f'column.{at[1]}'))}”", text)
    return _values().sub(lambda at: word(at[1], say), text)


class OfSheet:
    """Names for messages about the sheet of a fault: those that its workbook shows."""

    def __init__(self, fault: Fault) -> None:
        self._table, self._say = fault.table, _words_of(fault.sheet)

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
        if self._say is None or table.name not in TABLE_NAMES:
            return table.name
        return sheet_title(table.name, self._say)

    def column(self, column: Column) -> str:
        """A column by its heading."""
        if self._say is None:
            return column.name
        return f"“{_heading(column.name, column.table or self._table, self._say)}”"

    def word(self, value: Word) -> str:
        """A value as the lists of the sheet have it."""
        return value.name if self._say is None else word(value.name, self._say)


def columns_as_shown(fault: Fault, names: str) -> str:
    """Names of columns, such as `name, skill.portal`, as the headings of the fault's sheet.

    Empty where there is none, as of a fault that concerns a whole row.
    """
    say = _words_of(fault.sheet)
    if say is None or not names:
        return names
    return ", ".join(f"“{_heading(name, fault.table, say)}”" for name in names.split(", "))


def _heading(name: str, table: str, say: Say) -> str:
    """Heading of a column; a text that is no column stays as it is."""
    is_known = any(f"column.{code}" in catalogue("en") for code in (f"{table}.{name}", name))
    return heading(table, name, say) if is_known or name.startswith("skill.") else name
