"""A table as rows of text, with faults for rows and columns that do not fit.

Header and rows of a CSV file or a workbook -> `Sheet`, without the rows of totals that people put
below a table: they are no person, center or shift.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from shiftplan.errors import MOST_ALIKE, Fault, FaultCode, InputError, OtherRow
from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import Bad, Session
from shiftplan.problem.validation import PRIVATE

SKILL = "skill."
"""What the names of the columns of `volunteers` with levels start with."""
DIGITS_OF_PHONE = 5
"""Digits from which on a text in the column `mobile` is taken for a phone."""
_WITH_TOTALS = ("centers", "volunteers", "shifts", "demand", "requirements")
"""Tables whose columns people add up; each has its ids first."""
_NUMBER = re.compile(r":[\s0-9.,]*$|(?::|(?<=\w)\s)\s*[0-9][0-9.,]*\s?(?:[^\W\d_]{2,}\s?){1,3}$")
"""What follows the word of a total: a number, perhaps of something, as in `: 3 người`."""
_LONGEST_TOTAL = 40
_TOTAL = Message("files.row_of_totals")
Tables = dict[str, tuple[list[str], list[list[str]]]]
"""Table -> header and rows, as text."""


@dataclass(frozen=True)
class Mark:
    """A mark in a grid of a workbook that stands for a row of a table."""

    title: str
    """Name of the sheet."""
    cell: str
    """Cell of the mark, such as `D17`."""
    cells: Mapping[str, str]
    """Column of the table -> cell that tells it, where that is not the mark."""


@dataclass
class Sheet:
    """A table of text: its columns by name, and the line of each row."""

    table: str
    """Name of the table, such as `volunteers`."""
    file: str
    """File name for faults."""
    header: list[str] = field(default_factory=list)
    """Names of the columns, in order, spelled as the format spells them; then the titles of
    `own`."""
    own: list[str] = field(default_factory=list)
    """Titles of columns that the format does not know, and that rows keep."""
    rows: list[list[str]] = field(default_factory=list)
    """Cells without blanks around them, one per column."""
    lines: list[int] = field(default_factory=list)
    """Row number of each row, as a spreadsheet shows it; the header is row 1."""
    decimal_comma: bool = False
    """Whether the file comes from a place that writes 0,5: its fields end at semicolons."""
    faults: list[Fault] = field(default_factory=list)
    """Everything found wrong so far."""
    notes: dict[tuple[str, str], Fault] = field(default_factory=dict)
    """Way of reading and column -> the first cell that was read so; `more` counts the others."""
    lost: list[str] = field(default_factory=list)
    """First cells of rows that were set aside; in most tables their ids."""
    usable: bool = True
    """Whether it has its columns, so that its rows can be read."""
    title: str = ""
    """Name of the sheet of a workbook; empty for a file."""
    shared: bool = False
    """Whether other weeks have it too: it lies above their folders."""
    headings: tuple[tuple[str, str], ...] = ()
    """Columns and their titles in the file, where some are others; the last of a column counts."""
    letters: dict[str, str] = field(default_factory=dict)
    """Column of a workbook's sheet -> its letters; empty for a file."""
    unread: list[tuple[int, str, Bad]] = field(default_factory=list)
    """Index of a row, column and fault of cells that have no text, such as broken formulas."""
    days: Collection[date] = ()
    """The days planned, by which dates are read; empty where they are unknown."""
    sessions: Collection[Session] = ()
    """The different hours of the shifts, by which words for parts of the day are read."""
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    """Column and value -> the word that people wrote for it, where it was another."""
    covered: set[tuple[int, str]] = field(default_factory=set)
    """Row number and column of blank cells that a merge covers, which has its fault already."""
    marks: dict[int, Mark] = field(default_factory=dict)
    """Index of a row -> where it comes from, when that is another sheet."""
    homes: list[tuple[Sheet, int]] = field(default_factory=list)
    """Of each row the sheet it was taken from and its index there, where many became one."""
    _alike: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Kind and column of faults -> how many there are."""
    _last: dict[tuple[str, str], int] = field(default_factory=dict)
    """The same -> the last of them that is kept."""

    def call(self, columns: Sequence[str], titles: Sequence[str]) -> None:
        """Keep what the file calls its columns, where it does not call all as the format does."""
        pairs = tuple(zip(columns, titles, strict=True))
        if any(column not in (title, fold(title)) for column, title in pairs):
            self.headings = pairs[::-1]

    def fault(
        self,
        code: FaultCode,
        message: Message,
        remedy: str | Message = "",
        *,
        row: int | None = None,
        column: str = "",
        value: str = "",
        index: int | None = None,
        times: int = 1,
    ) -> None:
        """Add a fault of this table; of those alike the first 1,000, others are counted.

        `times`: cells that have the same fault for the same reason; only the first is shown.
        """
        alike = code, column.partition(".")[0]
        self._alike[alike] += 1
        if self._alike[alike] > MOST_ALIKE:
            last = self._last[alike]
            self.faults[last] = replace(self.faults[last], more=self.faults[last].more + times)
            return
        self._last[alike] = len(self.faults)
        fault = Fault(code, self.table, column, value, message, remedy=remedy, index=index)
        self.faults.append(self.placed(replace(fault, more=times - 1), row))

    def refuse(self, index: int, column: str, bad: Bad, times: int = 1) -> None:
        """Add the fault of one cell, or of the first of several that have the same.

        What people may not like to see in logs is not quoted.
        """
        row, value = self.lines[index], self.cell(index, column) or ""
        if self._is_private(column, value):
            value = ""
        place: dict[str, Any] = {"row": row, "column": column, "value": value, "index": index}
        self.fault(bad.code, bad.message, bad.remedy, times=times, **place)

    def fault_of(self, index: int, column: str, bad: Bad) -> Fault:
        """The fault of a cell, at its place, without adding it."""
        said = bad.code, self.table, column, self.cell(index, column) or "", bad.message
        return self.placed(Fault(*said, remedy=bad.remedy, index=index), self.lines[index])

    def note(
        self, message: Message, *, column: str, value: str, index: int, times: int = 1
    ) -> None:
        """Tell that a cell was read as something else than what is written in it.

        `times`: cells that are read in the same way; only the first of a column is kept.
        """
        key = message.code, column.partition(".")[0]
        if key in self.notes:
            self.notes[key] = replace(self.notes[key], more=self.notes[key].more + times)
            return
        note = Fault("read_as", self.table, column, value, message, index=index, more=times - 1)
        self.notes[key] = self.placed(note, self.lines[index])

    def _is_private(self, column: str, value: str) -> bool:
        """Whether a cell says how a person is called, or anything else that no plan depends on."""
        is_phone = column == "mobile" and sum(map(str.isdigit, value)) >= DIGITS_OF_PHONE
        return is_phone or column in PRIVATE or column in self.own

    def placed(self, fault: Fault, row: int | None) -> Fault:
        """Put a fault of a row and column at its file, and at the sheet and cell of a workbook."""
        home, index = self._home(fault.index, fault.column)
        title, cell = home._cell(row, fault.column, index)
        place: dict[str, Any] = {"sheet": title, "cell": cell, "headings": home.headings}
        place["value"] = home.typed.get((fault.column, fault.value), fault.value)
        return replace(fault, file=home.file, row=row, **place)

    def other(self, index: int) -> OtherRow:
        """Where a row stands that the fault of another one is about too."""
        home, at = self._home(index)
        mark = home.marks.get(at) if at is not None else None
        title, cell = (mark.title, mark.cell) if mark is not None else ("", "")
        return OtherRow(index, file=home.file, row=self.lines[index], sheet=title, cell=cell)

    def is_mark(self, index: int) -> bool:
        """Whether a row stands as a mark in a grid."""
        home, at = self._home(index)
        return at in home.marks

    def _home(self, index: int | None, column: str = "") -> tuple[Sheet, int | None]:
        """The sheet that a row, or else a column, was taken from, and the index of the row there.

        It is this sheet itself unless that was made of many.
        """
        if index is not None and self.homes:
            return self.homes[index]
        return next((home for home, _ in self.homes if column in home.header), self), index

    def _cell(self, row: int | None, column: str, index: int | None) -> tuple[str, str]:
        """Sheet and cell of a fault, both empty for a file."""
        if index in self.marks:
            mark = self.marks[index]
            return mark.title, mark.cells.get(column, mark.cell)
        letters = self.letters.get(column)
        return self.title, f"{letters}{row}" if letters and row is not None else ""

    def give_up(
        self, code: FaultCode, message: Message, remedy: str | Message = "", row: int | None = None
    ) -> None:
        """Add a fault after which no row can be read."""
        self.fault(code, message, remedy, row=row)
        self.usable = False

    def covers(self, names: Collection[str]) -> bool:
        """Whether a merge covers cells of some columns."""
        return any(column in names for _, column in self.covered)

    def column(self, name: str) -> list[str] | None:
        """Cells of a column; None when the table does not have it."""
        if name not in self.header:
            return None
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def cell(self, index: int, column: str) -> str | None:
        """One cell; None when the table does not have the column."""
        return self.rows[index][self.header.index(column)] if column in self.header else None


def finds_totals(table: str, ids: int) -> Callable[[Sequence[str]], int | None]:
    """What finds the place of the word that makes a row one of totals; None where there is none.

    The word is its id, or stands first in the row where that has no id. `ids`: place of the ids.
    """
    if table not in _WITH_TOTALS:
        return lambda _: None
    totals = words_for("marks.total")

    def total_at(cells: Sequence[str]) -> int | None:
        place = ids if cells[ids] else next((i for i, cell in enumerate(cells) if cell), ids)
        return place if _is_total(cells[place], totals) else None

    return total_at


def refuse_totals(tables: Tables) -> None:
    """Raise the faults of rows that would be taken for totals when they are read."""
    refuse_ids({name: tables[name] for name in _WITH_TOTALS if name in tables}, _TOTAL, is_total)


def refuse_ids(
    tables: Tables,
    message: Message,
    is_wrong: Callable[[str], bool],
    is_own: Callable[[str, str], bool] | None = None,
) -> None:
    """Raise an InputError with a fault for each row whose first cell is wrong.

    `is_own`: whether a column of a table is people's own; all other cells are looked at too.
    """
    faults = [
        Fault("invalid_value", table, header[place], text, message, index=i)
        for table, (header, rows) in tables.items()
        for i, row in enumerate(rows)
        for place, text in enumerate(row[:1] if is_own is None else row)
        if is_wrong(text) and (is_own is None or not is_own(table, header[place]))
    ]
    if faults:
        raise InputError(faults)


def is_total(text: str) -> bool:
    """Whether a text is a word that people write before totals."""
    return _is_total(text, words_for("marks.total"))


@lru_cache(maxsize=1 << 14)  # tables name the same centers and shifts again and again
def _is_total(text: str, totals: tuple[str, ...]) -> bool:
    if len(text) > _LONGEST_TOTAL:
        return False
    words = _NUMBER.sub("", unicodedata.normalize("NFC", text).casefold()).split()
    return " ".join(words) in totals


def fold(title: str) -> str:
    """A title as headers are compared: capitals and blanks around it make no difference."""
    return title.strip().casefold()
