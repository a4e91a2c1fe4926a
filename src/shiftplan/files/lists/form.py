"""What a list holds, and what its columns may be called.

Title of a column, in any language or as the format spells it -> the format's name.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.filling import fill_sheet
from shiftplan.files.headings import Say, also_called, folded, heading, known_words
from shiftplan.files.layout import Kind
from shiftplan.files.near_titles import MISSPELT, likeness
from shiftplan.files.sheet import Sheet, fold
from shiftplan.problem.by_name import unaccented

Records = list[tuple[int, list[str]]]
"""(Row number, texts of its cells) of rows that are not blank; the header is the first."""

ENTRY: dict[str, Kind] = {"number": "whole", **dict.fromkeys(("at", "who", "why"), "text")}
"""Columns that say of a row of a record which entry it is of."""


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
    loosely: Sequence[tuple[str, str, str]] = ()
    """Columns, words that name each where no other title does, and what column prevents it."""
    repeats: Sequence[str] = ()
    """Columns of which the first counts where several titles name one."""
    others: bool = False
    """Whether further columns are ignored instead of being faults."""
    keeps_others: bool = False
    """Whether further columns are people's own, unless they are slips of known ones."""
    asked: str = ""
    """Column whose titles are questions in people's own words: no title is a slip of it."""
    alone: str = ""
    """Column that a list without a header has, such as one of names; empty where it needs one."""

    def column_named(self, title: str) -> str:
        """Column that a title names; empty where there is none."""
        return self._known().get(folded(title), "")

    def _known(self) -> Mapping[str, str]:
        """Folded title -> column."""
        columns, called = tuple(self.columns), tuple(self.called.items())
        return _spellings(self.table, columns, called, known_words(), plainly=self.others)

    def fits(self, titles: Sequence[str], *, loosely: bool = False) -> bool:
        """Whether titles are the header of such a list, perhaps only by words that do `loosely`."""
        names = set(self.columns_named(titles) if loosely else map(self.column_named, titles))
        return all(not names.isdisjoint(group) for group in self.needed)

    def is_alone(self, titles: Sequence[str], is_value: Callable[[str], bool]) -> bool:
        """Whether the first row of a list is no header but holds the only thing it tells."""
        first = [title for title in titles if title]
        is_single = bool(self.alone) and len(first) == 1 and not self.fits(first)
        return is_single and is_value(first[0])

    def columns_named(self, titles: Sequence[str]) -> list[str]:
        """Columns that titles name; a title that names none, or one again, stays as it is."""
        names: list[str] = []
        there: set[str] = set()
        for title in titles:
            name = self.column_named(title) if title else ""
            is_again = name in there and (self.others or name in self.repeats)
            names.append(title if is_again or not name else name)
            there.add(names[-1])
        for column, word, unless in self.loosely:
            known = {*map(folded, words_for(word))}
            places = (i for i, t in enumerate(titles) if names[i] == t and folded(t) in known)
            place = next(places, None)
            if place is not None and {column, unless}.isdisjoint(names):
                names[place] = column
        return names

    def fill(self, sheet: Sheet, records: Records) -> None:
        """Take rows into a sheet; the first is the header."""
        titles = records[0][1]
        header = self.columns_named(titles)
        sheet.call(header, titles)
        names = {fold(column): column for column in self.columns}
        needed = {next((n for n in group if n in header), group[0]): group for group in self.needed}
        rows = [(records[0][0], header), *records[1:]]
        nearest = self._nearest if self.keeps_others else None
        fill_sheet(
            sheet, rows, names, [*needed], others=self.others, nearest=nearest, instead=needed
        )

    def _nearest(self, title: str, there: Collection[str]) -> str:
        """The column that a title is a slip of, unless one that is there is as near."""
        near: dict[str, float] = {}
        for text, name in self._known().items():
            if name == self.asked:
                continue
            near[name] = max(near.get(name, 0), likeness(title, text))
        found = sorted((c for c in near if near[c] >= MISSPELT), key=lambda c: -near[c])
        return found[0] if found and not set(found) & set(there) else ""


def rename(sheet: Sheet, others: Mapping[str, str]) -> None:
    """Take columns of a sheet for others: old name -> new one."""
    sheet.header = [others.get(name, name) for name in sheet.header]
    sheet.headings = tuple((others.get(name, name), title) for name, title in sheet.headings)
    for old, new in others.items():
        sheet.letters[new] = sheet.letters.pop(old, "")


@cache
def _spellings(
    table: str,
    columns: tuple[str, ...],
    called: tuple[tuple[str, str], ...],
    words: tuple[Say, ...],
    *,
    plainly: bool,
) -> Mapping[str, str]:
    """Folded title -> column; what the format calls a column comes before all others.

    `plainly`: whether a title without accents is known too, where only one column has it.
    """
    found: dict[str, str] = {folded(column): column for column in columns}
    also = {folded(text): name for name in columns for text in also_called(table, name)}
    for say in words:
        for column in columns:
            found.setdefault(folded(heading(table, column, say)), column)
    known = _words_of(dict(called)) | also | found
    if not plainly:
        return known
    plain: dict[str, set[str]] = {}
    for text, column in known.items():
        plain.setdefault(unaccented(text), set()).add(column)
    return {text: min(names) for text, names in plain.items() if len(names) == 1} | known


def _words_of(called: Mapping[str, str]) -> dict[str, str]:
    """Folded title -> column, of titles that are words `heads` of a language; the first counts."""
    return {
        folded(text): column
        for column, word in reversed([*called.items()])
        for text in words_for(f"heads.{word}")
    }
