"""Days on which centers were closed, or nobody kept the log.

closed.csv, or a sheet of a workbook -> `KnownClosed`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shiftplan.citizens.visits.counts import Bools
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.errors.message.catalogue import words_for
from shiftplan.files.cells import Bad, date_reader
from shiftplan.files.headings import folded
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.references import resolver_of
from shiftplan.files.visits.forms import CLOSED
from shiftplan.problem import Problem

_BEGINS = ("date", "first_date")
_DATES = (*_BEGINS, "last_date")
_NEEDED = Bad("missing_value", Message("files.value_needed"))
_REVERSED = Bad("reversed_interval", Message("files.days_reversed"))


@dataclass(frozen=True)
class KnownClosed:
    """Known closed days."""

    centers: tuple[str, ...]
    """Ids of all centers."""
    spans: frozenset[tuple[int | None, dt.date, dt.date]]
    """Position of a center, None for all, and the first and last date of closed days."""

    unknown: tuple[str, ...] = ()
    """Names of centers that the week does not have, one for each row with such a name."""

    @classmethod
    def nothing(cls, problem: Problem) -> KnownClosed:
        """No known closed day."""
        return cls(tuple(center.center_id for center in problem.centers), frozenset())

    def __call__(self, first: dt.date, days: int) -> Bools:
        """Closed days from a date on, shape (centers, days)."""
        found = np.zeros((len(self.centers), days), dtype=bool)
        for center, begin, last in self.spans:
            span = slice(max(0, (begin - first).days), max(0, (last - first).days + 1))
            found[slice(None) if center is None else center, span] = True
        return found


def read_closed(path: Path, problem: Problem) -> KnownClosed:
    """Read a table with the columns center_id and date, or center_id, first_date and last_date.

    `*`, nothing, or a word such as `all` means all centers. Without a last date a row is about one
    day. Centers that are not in the week are skipped, and kept as `unknown`.

    InputError: with every fault of the file. MissingExtraError: it is a workbook, and the package
    openpyxl is missing.
    """
    sheet = read_list(path, CLOSED)
    if sheet.faults:
        raise InputError(in_words_of(problem, sheet.faults))
    ids = tuple(center.center_id for center in problem.centers)
    place = {key: i for i, key in enumerate(ids)}
    centers = resolver_of(problem, "centers")
    blank = [""] * len(sheet.rows)
    cells = {name: sheet.column(name) or blank for name in CLOSED.columns}
    read = date_reader({text for name in _DATES for text in cells[name]} - {""})
    unread = {(index, column): bad for index, column, bad in sheet.unread}
    found: set[tuple[int | None, dt.date, dt.date]] = set()
    names = cells["center_id"]
    words = {folded(word) for word in words_for("marks.all")}
    all_of = {name for name in {*names} if name in ("", "*") or folded(name) in words}
    meant = {name: None if name in all_of else centers.meant(name) for name in {*names}}
    unknown: list[str] = []
    told = {text: read(text) for name in _DATES for text in {*cells[name]} if text}
    usual = "date" if "date" in sheet.header else "first_date"
    for i, name in enumerate(names):
        begins = next((c for c in _BEGINS if cells[c][i] or (i, c) in unread), usual)
        values: dict[str, object] = {"center_id": unread.get((i, "center_id"), meant[name])}
        for column in (begins, "last_date"):
            text = cells[column][i]
            values[column] = unread.get((i, column), told.get(text) if text else None)
        if values[begins] is None:
            values[begins] = _NEEDED
        first = values[begins]
        last = values["last_date"] or first
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            values["last_date"] = _REVERSED
        wrong = {column: bad for column, bad in values.items() if isinstance(bad, Bad)}
        for column, bad in wrong.items():
            sheet.refuse(i, column, bad)
        if not wrong and name not in all_of and values["center_id"] not in place:
            unknown.append(name)
        elif not wrong:
            assert isinstance(first, dt.date)
            assert isinstance(last, dt.date)
            found.add((None if name in all_of else place[str(values["center_id"])], first, last))
    if sheet.faults:
        raise InputError(in_words_of(problem, sheet.faults))
    return KnownClosed(ids, frozenset(found), tuple(unknown))
