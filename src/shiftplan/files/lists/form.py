"""What a list holds, and what its columns may be called.

Title of a column, in any language or as the format spells it -> the format's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from shiftplan.errors.message import Message
from shiftplan.files.filling import fill_sheet
from shiftplan.files.headings import Say, folded, heading, known_words
from shiftplan.files.layout import Kind
from shiftplan.files.sheet import Sheet, fold

Records = list[tuple[int, list[str]]]
"""(Row number, texts of its cells) of rows that are not blank; the header is the first."""


@dataclass(frozen=True)
class ListForm:
    """A kind of list."""

    table: str
    """Its name in faults."""
    columns: Mapping[str, Kind]
    """Column -> what it holds."""
    needed: Sequence[Sequence[str]]
    """Groups of columns; a list has some column of each, the first where it is told to lack one."""
    called: Mapping[str, str] = field(default_factory=dict)
    """Column -> which of the words `heads` of a language name it too."""
    others: bool = False
    """Whether further columns are ignored instead of being faults."""
    alone: str = ""
    """Column that a list without a header has, such as one of names; empty where it needs one."""

    def column_named(self, title: str) -> str:
        """Column that a title names; empty where there is none."""
        called = tuple(self.called.items())
        known = _spellings(self.table, tuple(self.columns), called, known_words())
        return known.get(folded(title), "")

    def fits(self, titles: Iterable[str]) -> bool:
        """Whether titles are the header of such a list."""
        names = {self.column_named(title) for title in titles}
        return all(not names.isdisjoint(group) for group in self.needed)

    def is_alone(self, titles: Sequence[str], is_value: Callable[[str], bool]) -> bool:
        """Whether the first row of a list is no header but holds the only thing it tells."""
        first = [title for title in titles if title]
        is_single = bool(self.alone) and len(first) == 1 and not self.fits(first)
        return is_single and is_value(first[0])

    def columns_named(self, titles: Iterable[str]) -> list[str]:
        """Columns that titles name; a title that names none, or one again, stays as it is."""
        names: list[str] = []
        for title in titles:
            name = self.column_named(title) if title else ""
            is_again = self.others and name in names
            names.append(title if is_again or not name else name)
        return names

    def fill(self, sheet: Sheet, records: Records) -> None:
        """Take rows into a sheet; the first is the header."""
        header = self.columns_named(records[0][1])
        names = {fold(column): column for column in self.columns}
        needed = [next((n for n in group if n in header), group[0]) for group in self.needed]
        rows = [(records[0][0], header), *records[1:]]
        fill_sheet(sheet, rows, names, needed, others=self.others)


@cache
def _spellings(
    table: str,
    columns: tuple[str, ...],
    called: tuple[tuple[str, str], ...],
    words: tuple[Say, ...],
) -> Mapping[str, str]:
    """Folded title -> column; what the format calls a column comes before all others."""
    found: dict[str, str] = {folded(column): column for column in columns}
    for say in words:
        for column in columns:
            found.setdefault(folded(heading(table, column, say)), column)
        for column, word in called:
            for text in say(Message(f"heads.{word}")).split("|"):
                found.setdefault(folded(text), column)
    return found
