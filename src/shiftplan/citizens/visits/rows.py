"""Rows of a log of visits as arrays, as they were read.

Columns of files -> `LogRows` of one log.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.hours import DAY
from shiftplan.citizens.visits.log import Whole
from shiftplan.citizens.visits.report import LogKind, LogNote, note_of

_BY_ROW = ("center", "time", "visit", "ticket", "kind", "language", "begin", "end")


@dataclass(frozen=True, eq=False)
class LogRows:
    """Rows of a log in the order of its files; times are minutes since 1 January of the year 1."""

    centers: tuple[str, ...]
    """Ids of centers."""
    services: tuple[str, ...]
    """Ids of services."""
    kinds: tuple[str, ...]
    """Kinds of citizens."""
    languages: tuple[str, ...]
    """Languages."""
    center: Whole
    """Position of the center, shape (rows,)."""
    time: Floats
    """Minute of arrival, seconds as a fraction, shape (rows,)."""
    visit: Ints
    """What all rows of a visit have in common on their date at their center; 0 where unknown."""
    ticket: Ints
    """What a row and its repetitions have in common on their date at their center; 0 if unknown."""
    offset: Whole
    """Where the services of each row begin in `service`, and the end, shape (rows + 1,)."""
    service: Whole
    """Positions of services, row after row, shape (steps,)."""
    kind: Whole
    """Position of the kind of citizen, -1 where unknown, shape (rows,)."""
    language: Whole
    """Position of the language, -1 where unknown, shape (rows,)."""
    begin: Floats
    """Minute in which help begins, nan if unknown, shape (rows,)."""
    end: Floats
    """Minute in which help ends, nan if unknown, shape (rows,)."""

    def __len__(self) -> int:
        return len(self.time)

    @property
    def day(self) -> Ints:
        """Number of the date, 1 for 1 January of the year 1, shape (rows,)."""
        return (self.time // DAY).astype(np.int64)

    @property
    def signature(self) -> Ints:
        """A number for the services of each row: equal where they are, in any order."""
        chance = np.random.default_rng(0)
        own = chance.integers(-(2**62), 2**62, size=len(self.services) + 1)
        sums = np.concatenate([[0], np.cumsum(own[self.service])])
        return np.asarray(sums[self.offset[1:]] - sums[self.offset[:-1]])

    def taken(self, rows: Whole) -> LogRows:
        """Some of the rows, by position."""
        offset, service = self.steps(rows)
        arrays: dict[str, Any] = {name: getattr(self, name)[rows] for name in _BY_ROW}
        return replace(self, offset=offset, service=service, **arrays)

    def steps(self, rows: Whole) -> tuple[Ints, Whole]:
        """Where the services of some rows begin, and the end, and the services, row after row."""
        sizes = np.diff(self.offset)[rows]
        offset = np.concatenate([[0], np.cumsum(sizes)])
        steps = np.arange(offset[-1]) + np.repeat(self.offset[:-1][rows] - offset[:-1], sizes)
        return offset, self.service[steps]

    def note(self, kind: LogKind, found: Bools) -> LogNote:
        """Make the note of some rows."""
        first = dt.date.fromordinal(1)
        return note_of(kind, self.centers, first, self.center[found], self.day[found] - 1)


def joined_logs(parts: Sequence[LogRows]) -> LogRows:
    """All rows of several files about the same centers and services."""
    if len(parts) == 1:
        return parts[0]
    kinds = tuple(sorted({kind for part in parts for kind in part.kinds}))
    languages = tuple(sorted({language for part in parts for language in part.languages}))
    names = ("center", "time", "visit", "ticket", "service", "begin", "end")
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in names
    }
    sizes = np.concatenate([np.diff(part.offset) for part in parts])
    return replace(
        parts[0],
        kinds=kinds,
        languages=languages,
        offset=np.concatenate([[0], np.cumsum(sizes)]),
        kind=np.concatenate([_renamed(p.kind, p.kinds, kinds) for p in parts]),
        language=np.concatenate([_renamed(p.language, p.languages, languages) for p in parts]),
        **arrays,
    )


def _renamed(codes: Whole, own: Sequence[str], names: Sequence[str]) -> Ints:
    """Positions in `own`, -1 for none, as those of the same names in `names`."""
    return np.array([*map(names.index, own), -1], dtype=np.int64)[codes]
