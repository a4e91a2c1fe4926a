"""Faults in the language of who reads them, with the names that their workbook shows.

`Fault` -> where it is, what is wrong, and a way out.
"""

from __future__ import annotations

from collections.abc import Iterator

from shiftplan.errors import Fault
from shiftplan.errors.faults import advice_of, lines_of, place_of
from shiftplan.errors.message import OF_KIND, Column, Table, Word, languages
from shiftplan.errors.options import check_options, lang_option
from shiftplan.files import headings
from shiftplan.files.headings import Say, sheet_title
from shiftplan.files.layout import TABLE_NAMES
from shiftplan.present.naming import named
from shiftplan.present.words import Words

_BOOKS = (".xlsx", ".xlsm")


def fault_text(fault: Fault, lang: str = "en") -> str:
    """A fault as one or two lines.

    In English it is `str(fault)`, but for a fault in a workbook, which is told with the names of
    the sheets, or in a file with headings of its own, whose sentence has them.

    Raises
    ------
    InputError
        For an unsupported language.
    """
    return "\n    ".join(fault_lines(fault, lang))


def fault_lines(fault: Fault, lang: str) -> list[str]:
    """The one or two lines of `fault_text`."""
    check_options(lang_option(lang))
    return lines_of(fault, _words(fault, lang))


def fault_advice(fault: Fault, lang: str) -> str:
    """What is wrong and a way out, for who sees the place and the value already."""
    return advice_of(fault, _words(fault, lang))


def fault_place(fault: Fault, lang: str) -> str:
    """Where a fault is, as a person would look it up."""
    return place_of(fault, _words(fault, lang))


def _words(fault: Fault, lang: str) -> Words:
    return Words(_in_work(fault, lang), OfSheet(fault, lang))


def _in_work(fault: Fault, lang: str) -> str:
    """The language in the words of a fault's kind of work, unless it names one already."""
    return f"{lang}{OF_KIND}{fault.work}" if fault.work and OF_KIND not in lang else lang


def _words_of(sheet: str, work: str) -> Say | None:
    """What says the names of the workbook with such a sheet; None where it has the format's.

    `work`: kind of work whose words the workbook has if the sheet does not tell.
    """
    title, tables = headings.folded(sheet), (*TABLE_NAMES, headings.GRID)
    if not sheet or sheet in tables:
        return None
    own: Iterator[Say] = (Words(f"{n}{OF_KIND}{work}") for n in (languages() if work else ()))
    for say in (*own, *headings.words_of_kinds()):
        if title in {headings.folded(sheet_title(table, say)) for table in tables}:
            return say
    return None


class OfSheet:
    """Names for messages about the sheet of a fault: those that its workbook shows."""

    def __init__(self, fault: Fault, lang: str) -> None:
        self._table, self._say = fault.table, _words_of(fault.sheet, fault.work)
        self._headings = dict(fault.seen().headings)
        self._usual = usual = Words(_in_work(fault, lang))
        if not fault.sheet and fault.file.lower().endswith(_BOOKS):  # a sheet that is not there
            self._say = usual
        self._heads = usual if self._say is None and self._headings else self._say
        """What says columns and values: those that a file lacks in the language of the reader."""

    def person(self, volunteer_id: str) -> str:
        return volunteer_id

    def shift(self, shift_id: str) -> str:
        return shift_id

    def center(self, center_id: str) -> str:
        return center_id

    def skill(self, skill_id: str, level: int | None = None) -> str:
        return skill_id if level is None else f"{skill_id} {level}"

    def table(self, table: Table) -> str:
        """A table as the sheet that it is; one of a list, and one that a list refers to, in words.

        Tables of a week have the names of their files, which other languages show too.
        """
        is_of_week = table.name in TABLE_NAMES
        if self._say is not None and self.is_sheet(table):
            return sheet_title(table.name, self._say)
        if is_of_week and self._table in TABLE_NAMES:
            return table.name
        title = self._usual.table(table.name)
        return named(title, table.name) if is_of_week else title

    def is_sheet(self, table: Table) -> bool:
        """Whether a table is shown as a sheet of the workbook."""
        return self._say is not None and table.name in TABLE_NAMES

    def column(self, column: Column) -> str:
        """A column by its heading; a text that is no column stays as it is."""
        name, table = column.name, column.table or self._table
        own = column.heading or (self._headings.get(name) if table == self._table else "")
        if self._heads is None or own:
            return f"“{own}”" if own else name
        is_known = headings.has_heading(table, name)
        return f"“{headings.heading(table, name, self._heads) if is_known else name}”"

    def word(self, value: Word) -> str:
        """A value as the lists of the sheet have it."""
        return value.name if self._heads is None else headings.word(value.name, self._heads)
