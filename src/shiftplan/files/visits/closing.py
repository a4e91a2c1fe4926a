"""Days on which centers were closed, or nobody kept the log.

closed.csv, or a sheet of a workbook -> `KnownClosed`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from shiftplan.citizens.visits.counts import Bools
from shiftplan.errors import InputError
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad, date_reader
from shiftplan.files.lists.known import in_words_of
from shiftplan.files.lists.reading import read_list
from shiftplan.files.references import resolver_of
from shiftplan.files.visits.forms import CLOSED
from shiftplan.problem import Problem

_ALL = ("", "*")


@dataclass(frozen=True)
class KnownClosed:
    """Days that are known to be closed."""

    centers: tuple[str, ...]
    """Ids of all centers."""
    days: frozenset[tuple[int | None, dt.date]]
    """Position of a center, None for all, and a date."""

    @classmethod
    def nothing(cls, problem: Problem) -> KnownClosed:
        """No day is known to be closed."""
        return cls(tuple(center.center_id for center in problem.centers), frozenset())

    def __call__(self, first: dt.date, days: int) -> Bools:
        """Closed days from a date on, shape (centers, days)."""
        found = np.zeros((len(self.centers), days), dtype=bool)
        for center, day in self.days:
            place = (day - first).days
            if 0 <= place < days:
                found[slice(None) if center is None else center, place] = True
        return found


def read_closed(path: Path, problem: Problem) -> KnownClosed:
    """Read a table with the columns center_id and date; `*` or nothing means all centers.

    A center that the week does not have is passed over.

    InputError: with every fault of the file. MissingExtraError: it is a workbook, and the package
    openpyxl is missing.
    """
    sheet = read_list(path, CLOSED)
    if sheet.faults:
        raise InputError(in_words_of(problem, sheet.faults))
    ids = tuple(center.center_id for center in problem.centers)
    place = {key: i for i, key in enumerate(ids)}
    centers = resolver_of(problem, "centers")
    dates: Sequence[str] = sheet.column("date") or ()
    names: Sequence[str] = sheet.column("center_id") or [""] * len(dates)
    read = date_reader({*dates} - {""})
    unread = {(index, column): bad for index, column, bad in sheet.unread}
    found: set[tuple[int | None, dt.date]] = set()
    meant = {name: None if name in _ALL else centers.meant(name) for name in {*names}}
    told = {text: read(text) for text in {*dates} if text}
    for i, (name, text) in enumerate(zip(names, dates, strict=True)):
        day = told.get(text, Bad("missing_value", Message("files.value_needed")))
        day = unread.get((i, "date"), day)
        center = meant[name]
        for column, value in (("date", day), ("center_id", center)):
            if isinstance(value, Bad):
                sheet.refuse(i, column, value)
        if isinstance(day, dt.date) and (name in _ALL or center in place):
            found.add((None if name in _ALL else place[str(center)], day))
    if sheet.faults:
        raise InputError(in_words_of(problem, sheet.faults))
    return KnownClosed(ids, frozenset(found))
