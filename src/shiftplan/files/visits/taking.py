"""Rows of a log taken into arrays, each different text of a column kept once.

`LogTable` -> `Taken`: codes of texts and minutes, by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shiftplan.errors import MOST_ALIKE, Fault
from shiftplan.errors.message import Message
from shiftplan.files.cells import Bad
from shiftplan.files.sheet import is_total
from shiftplan.files.visits.moments import BLANK, NO_DATE, UNREADABLE, Moments, Texts
from shiftplan.files.visits.source import LogTable

_TEXTS = ("center_id", "services", "kind", "language", "state", "number", "waited", "helped")
"""Columns of which each different text is kept."""
_MOMENTS = ("arrived", "start", "end")
_HASHED = ("visit_id", "ticket")
_NEEDED = Bad("missing_value", Message("files.value_needed"))
_MOMENT = Bad("not_a_date", Message("files.moment_form"))
_TIME = Bad("not_a_time", Message("files.time_form"), Message("files.half_past_eight"))


@dataclass
class UnreadCells:
    """Unreadable cells and rows of a file."""

    table: LogTable
    """The file."""
    faults: list[Fault] = field(default_factory=list)
    """The first 1,000 of each kind and column."""
    rows: int = 0
    """Rows that could not be taken at all."""
    _count: Counter[tuple[str, str]] = field(default_factory=Counter)
    _last: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(
        self, lines: Iterable[int], column: str, value: Callable[[int], str], bad: Bad, n: int
    ) -> None:
        """Add the faults of `n` cells; `value` returns the text of the first, second and so on."""
        key = bad.code, column
        sheet, left = self.table.sheet, max(0, MOST_ALIKE - self._count[key])
        self._count[key] += n
        for i, line in enumerate(islice(lines, min(left, n))):
            fault = Fault(bad.code, sheet.table, column, value(i), bad.message, remedy=bad.remedy)
            self._last[key] = len(self.faults)
            self.faults.append(sheet.placed(fault, int(line)))

    def told(self) -> list[Fault]:
        """The faults in the order of their rows; the last of a kind counts the rest."""
        found = list(self.faults)
        for key, place in self._last.items():
            more = max(0, self._count[key] - MOST_ALIKE)
            found[place] = replace(found[place], more=more)
        return sorted(found, key=lambda fault: fault.row or 0)


@dataclass
class Taken:
    """The rows of one file that are as wide as its header."""

    table: LogTable
    """The file."""
    moments: Moments
    """Its dates and times."""
    texts: dict[str, Texts]
    """Column -> its different texts."""
    unread: UnreadCells
    """Its unreadable cells and rows."""
    line: NDArray[np.int32]
    """Row numbers, shape (rows,)."""
    codes: dict[str, NDArray[Any]]
    """Column -> code of the text of each row."""
    day: dict[str, NDArray[Any]]
    """Column of moments, and `date` -> code of the date of each row, `NO_DATE` for none."""
    minute: dict[str, NDArray[Any]]
    """Column of moments -> minute of the day of each row."""
    hashed: dict[str, NDArray[Any]]
    """Column -> a number for the text of each row, 0 for blanks."""

    def refuse(self, found: NDArray[Any], column: str, bad: Bad, texts: Sequence[str]) -> None:
        """Add the faults of some rows, a mask; `texts`: texts of the column by code."""
        rows, codes = np.flatnonzero(found), self.codes.get(column, self.day.get(column))
        assert codes is not None
        self.unread.add(self.line[rows], column, lambda i: texts[codes[rows[i]]], bad, len(rows))


def take(table: LogTable, moments: Moments) -> Taken:
    """Read all rows of a log. InputError: its quotes are broken."""
    parts = _Parts(table, moments)
    for lines, rows in table.rows:
        parts.add(lines, rows)
    return parts.whole()


class _Parts:
    """Arrays of the rows taken so far, part after part."""

    def __init__(self, table: LogTable, moments: Moments) -> None:
        self._table, self._moments, self._unread = table, moments, UnreadCells(table)
        columns = table.form.columns
        self._texts = {name: Texts() for name in _TEXTS if name in columns}
        self._moment_columns = [name for name in _MOMENTS if name in columns]
        dated = {"date"} & table.place.keys()
        names = {
            "line": [""],
            "codes": self._texts,
            "hashed": [name for name in _HASHED if name in table.place],
            "day": [*self._moment_columns, *dated],
            "minute": self._moment_columns,
        }
        self._kept: dict[tuple[str, str], list[NDArray[Any]]] = {
            (kind, name): [] for kind, own in names.items() for name in own
        }

    def add(self, lines: list[int], rows: list[list[str]]) -> None:
        """Take some rows."""
        if not set(map(len, rows)) <= {len(self._table.titles)}:
            lines, rows = self._fitting(lines, rows)
        if not rows:
            return
        columns: list[tuple[str, ...]] = list(zip(*rows, strict=True))
        place, blank = self._table.place, ("",) * len(rows)
        cells = {name: columns[at] for name, at in place.items()}
        times = {n: self._moments.taken(cells.get(n, blank)) for n in self._moment_columns}
        kept = self._kept_rows(lines, rows, cells, {n: minute for n, (_, minute) in times.items()})
        self._keep("line", "", np.array(lines, dtype=np.int32)[kept])
        for name, texts in self._texts.items():
            self._keep("codes", name, texts.codes(cells.get(name, blank))[kept])
        for name in filter(place.__contains__, _HASHED):
            hashes = (hash(text) if text and not text.isspace() else 0 for text in cells[name])
            self._keep("hashed", name, np.fromiter(hashes, np.int64, len(rows))[kept])
        for name, (day, minute) in times.items():
            self._keep("day", name, day[kept])
            self._keep("minute", name, minute[kept])
        if "date" in place:
            codes = self._moments.dates.codes([text.strip() for text in cells["date"]])
            codes[codes == self._moments.dates.get("", NO_DATE)] = NO_DATE
            self._keep("day", "date", codes[kept])

    def _keep(self, kind: str, name: str, values: NDArray[Any]) -> None:
        self._kept[kind, name].append(values)

    def _kept_rows(
        self,
        lines: Sequence[int],
        rows: Sequence[Sequence[str]],
        cells: dict[str, tuple[str, ...]],
        minutes: dict[str, NDArray[Any]],
    ) -> NDArray[Any]:
        """Which rows have the times that they need, a mask.

        Headers that are repeated and rows of totals are passed over; others are faults.
        """
        kept = np.ones(len(rows), dtype=bool)
        is_log = "arrived" in minutes
        for name in ("arrived",) if is_log else ("start", "end"):
            minute = minutes[name]
            bad = kept & (minute < 0)
            kept &= ~bad
            told = [i for i in np.flatnonzero(bad).tolist() if not self._is_none(rows[i])]
            for which, why in ((BLANK, _NEEDED), (UNREADABLE, _MOMENT if is_log else _TIME)):
                some = [i for i in told if minute[i] == which]
                texts = [cells[name][i] if name in cells else "" for i in some[:MOST_ALIKE]]
                at = (lines[i] for i in some)
                self._unread.add(at, name, texts.__getitem__, why, len(some))
            self._unread.rows += len(told)
        return kept

    def _is_none(self, row: Sequence[str]) -> bool:
        """Whether a row is blank, the header again, or one of totals."""
        texts = [text.strip() for text in row]
        first = next(filter(None, texts), "")
        return not first or texts == self._table.titles or is_total(first)

    def _fitting(
        self, lines: list[int], rows: list[list[str]]
    ) -> tuple[list[int], list[list[str]]]:
        """The rows that are as wide as the header, or made so by blanks; the others are faults."""
        width, least = len(self._table.titles), max(self._table.place.values()) + 1
        kept: tuple[list[int], list[list[str]]] = [], []
        for line, row in zip(lines, rows, strict=True):
            message = Message("files.other_width", fields=len(row), width=width)
            if any(map(str.strip, row[width:])):
                why = Bad("too_many_fields", message, Message("files.comma_needs_quotes"))
            elif len(row) < least and not self._is_none(row):
                why = Bad("too_few_fields", message, Message("files.row_cut_off"))
            else:
                kept[0].append(line)
                kept[1].append(row[:width] + [""] * (width - len(row)))
                continue
            self._unread.add([line], "", lambda _: "", why, 1)
            self._unread.rows += 1
        return kept

    def whole(self) -> Taken:
        """All rows."""

        def of(kind: str) -> dict[str, NDArray[Any]]:
            names = [name for which, name in self._kept if which == kind]
            parts = ((name, self._kept.pop((kind, name))) for name in names)  # memory is given back
            return {name: np.concatenate(p) if p else np.zeros(0, int) for name, p in parts}

        return Taken(
            self._table,
            self._moments,
            self._texts,
            self._unread,
            line=of("line")[""],
            codes=of("codes"),
            day=of("day"),
            minute=of("minute"),
            hashed=of("hashed"),
        )
