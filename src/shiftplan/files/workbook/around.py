"""What stands around the marks of an availability grid: titles, remarks, sums, legends, signatures.

Columns, rows and merges of a grid -> those that hold no session and no person, each told once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice

from shiftplan.errors.message import Message
from shiftplan.files import cells
from shiftplan.files.cells import Bad
from shiftplan.files.sheet import is_total
from shiftplan.files.table_ends import is_remark
from shiftplan.files.workbook.heads import Grid, GridPlace, Head, Row, is_right_of
from shiftplan.files.workbook.marks import is_sign, means_stand_by, state_of
from shiftplan.files.workbook.merges import corners
from shiftplan.files.workbook.telling import Teller, first_of

_NEARLY = re.compile(r"[0-9] ?[-/.:h] ?[0-9]|\A(?:t|thứ|thu) ?[0-9]", re.IGNORECASE)
"""What makes a heading one of a date or hours, however it is misspelt."""
_PLAIN = ("files.date_form", "files.no_time")
"""Why texts that have nothing of a date, or of hours, are none."""
_MOVE, _DATE_NEEDED = Message("workbook.move_column"), Message("workbook.date_needed")
_MOST_TOLD = 20
"""Merges that are told of."""
_MOST_MERGES, _WIDEST = 2_000, 1_000
"""Merges that are looked at, and columns of each."""


@dataclass
class Surroundings:
    """Looks at the columns, rows and merges of a grid that may be no sessions and no people."""

    teller: Teller
    place: GridPlace
    merged: Collection[str]
    """Ranges of merged cells."""
    own: set[str] = field(default_factory=set)
    """Letters of the columns of people's own."""
    _spread: set[str] = field(default_factory=set)
    """Merges of dates that hold for all columns below them."""
    _unread: dict[int, str] = field(default_factory=dict)
    """Number of a row that is not read -> a cell of it."""

    def with_dates(self, grid: Grid) -> Grid:
        """The grid with a date that is merged over several sessions above each of them."""
        rows, number = dict(grid), self.place.row["date"]
        dates = dict(rows.get(number, {}))
        others = [rows.get(row, {}) for name, row in self.place.row.items() if name != "date"]
        for ref, (first, *beside), top, bottom in self._ranges():
            text = dates.get(first, "")
            below = [letters for letters in beside if any(letters in row for row in others)]
            below = [] if any(dates.get(c, text) != text for c in beside) else below
            is_date = top == bottom == number and is_right_of(first, self.place.labels)
            if below and is_date and isinstance(text, str) and text:
                dates |= dict.fromkeys(below, text)
                self._spread.add(ref)
                message = Message("workbook.merged_date", cells=ref)
                self.teller.note(message, f"{first}{number}", column="date", value=text)
        return [(n, dates if n == number else row) for n, row in grid]

    def sessions(self, heads: Mapping[str, Head], grid: Grid) -> dict[str, Head]:
        """The columns that are no one's own.

        The heading of a column of people's own is neither a date nor hours, nor near to one. One
        note lists them; those whose cells are all marks are faults.
        """
        found, told = {}, {}
        for letters, head in heads.items():
            said = {name: text for name, text in head.items() if text}
            if not all(map(_is_no_head, said.values())):
                found[letters] = head
                continue
            name, text = next(iter(said.items()))
            title, cell = str(text), f"{letters}{self.place.row[name]}"
            self.own.add(letters)
            below = [row[letters] for n, row in grid if n > self.place.last and letters in row]
            if is_total(title) or not below or not all(map(_is_mark, below)):
                told[cell] = title
                continue
            bad = Bad("unnamed_column", Message("workbook.marked_column"), _MOVE)
            self.teller.refuse(bad, cell, title)
        if told:
            message = Message("workbook.columns_unread", titles=first_of(told.values()))
            self.teller.note(message, next(iter(told)), remedy=_DATE_NEEDED)
        return found

    def covered(self, people: Set[int]) -> set[str]:
        """The cells of the head that merges cover; each of these is a fault.

        Merges that touch no session and no row of `people` are let be: titles, what is left of the
        labels, columns of people's own, and rows that name a part of the team.
        """
        place, covered, told = self.place, set[str](), 0
        for ref, letters, top, bottom in self._ranges():
            rows = range(top, bottom + 1)
            in_head = [number for number in place.row.values() if number in rows]
            is_free = not in_head or not is_right_of(letters[-1], place.labels)
            is_free &= top <= place.last or people.isdisjoint(rows)
            if ref in self._spread or self.own >= {*letters} or is_free:
                continue
            told += 1
            if told <= _MOST_TOLD:
                message = Message("workbook.merged_head", cells=ref)
                bad = Bad("merged_cells", message, Message("workbook.undo_merge"))
                self.teller.refuse(bad, f"{letters[0]}{top}")
            covered |= {f"{column}{number}" for column in letters for number in in_head}
        return covered

    def _ranges(self) -> Iterator[tuple[str, list[str], int, int]]:
        """Yield each merge, the letters of its columns, and its first and last row."""
        from openpyxl.utils import get_column_letter

        for ref in islice(self.merged, _MOST_MERGES):
            if (found := corners(ref)) is not None:
                left, top, right, bottom = found
                columns = range(left, min(right, left + _WIDEST) + 1)
                yield ref, [get_column_letter(column) for column in columns], top, bottom

    def has_no_marks(self, number: int, row: Row, sessions: Collection[str]) -> bool:
        """Whether the row of nobody known holds sums, a legend, a heading or a signature.

        Such rows are noted, and nothing in the columns of sessions is a mark there.
        """
        place = self.place
        texts = {c: text for c in sessions if isinstance(text := row.get(c), str) and text}
        told = {c: t for c in (place.ids, place.names, place.labels) if (t := row.get(c))}
        said = {c: text for c, text in told.items() if isinstance(text, str)}
        total = next((c for c, text in said.items() if is_total(text)), "")
        numbers = texts.values() if all(map(str.isdecimal, texts.values())) else ()
        if not total and any(text not in ("0", "1") for text in numbers):
            total = next(iter(texts))
        if total:
            value = str(row[total])
            self.teller.note(Message("workbook.totals_unread"), f"{total}{number}", value=value)
            return True
        title = next((c for c, text in said.items() if is_remark(text)), "")
        if not title and texts and not row.get(place.ids) and not row.get(place.names):
            marks = (t for t in texts.values() if means_stand_by(t) or state_of(t) != "no")
            is_marked = any(means_stand_by(t) or state_of(t) is not None for t in marks)
            title = "" if is_marked else next(iter(texts))
        if title and texts:
            self._unread[number] = f"{title}{number}"
        return bool(title)

    def ask_about_remarks(self, people: Mapping[int, Row], sessions: Collection[str]) -> None:
        """Add the note of cells beside the marks that say when people can come, or cannot."""
        from shiftplan.files.answers.lexicon import says_when

        read = {*sessions, self.place.ids, self.place.names, self.place.homes}
        cells = [
            f"{letters}{number}"
            for number, row in people.items()
            for letters, text in row.items()
            if letters not in read and isinstance(text, str) and says_when(text)
        ]
        if cells:
            message = Message("workbook.remarks_unread", n=len(cells), cells=first_of(cells))
            remedy = Message("workbook.change_marks")
            self.teller.note(message, cells[0], remedy=remedy, code="doubtful_cells")

    def tell(self) -> None:
        """Add the note of rows that were not read."""
        if self._unread:
            rows = first_of(map(str, self._unread))
            message = Message("workbook.rows_unread", n=len(self._unread), rows=rows)
            remedy = Message("workbook.person_needed")
            self.teller.note(message, next(iter(self._unread.values())), remedy=remedy)


def _is_no_head(text: str | Bad) -> bool:
    """Whether a cell of the head is no date and no hours, and not nearly one."""
    if isinstance(text, Bad) or _NEARLY.search(text):
        return False
    found = cells.date_reader(())(text), cells.read_hours(text, "")
    codes = [bad.message.code for bad in found if isinstance(bad, Bad)]
    return tuple(codes) == _PLAIN


def _is_mark(text: str | Bad) -> bool:
    return isinstance(text, str) and is_sign(text)
