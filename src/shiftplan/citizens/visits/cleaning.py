"""Rows of a log made visits: repeated rows, rows of one visit, and times that cannot be.

`LogRows` -> `VisitLog` and `LogNote`s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.hours import DAY
from shiftplan.citizens.visits.log import VisitLog, Whole
from shiftplan.citizens.visits.report import LogKind, LogNote, in_order, note_of

_LONGEST_GAP = 366
"""Days without any visit that part a log: dates beyond are typing errors."""
_MOST_DAYS = 3660
"""Days before the last visit that are read."""
_LONGEST_HELP = 12 * 60
"""Minutes that a citizen waits or is helped at most."""
_SLACK = 1.0
"""Minutes by which help may begin before the arrival, where a log rounds times."""
ClosedDays = Callable[[dt.date, int], Bools]
"""(First date, number of dates) -> days that are known to be closed, shape (centers, dates)."""


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

    def taken(self, rows: Whole) -> LogRows:
        """Some of the rows, in the order of their positions."""
        sizes = np.diff(self.offset)[rows]
        offset = np.concatenate([[0], np.cumsum(sizes)])
        steps = np.arange(offset[-1]) + np.repeat(self.offset[:-1][rows] - offset[:-1], sizes)
        names = ("center", "time", "visit", "ticket", "kind", "language", "begin", "end")
        parts: dict[str, Any] = {name: getattr(self, name)[rows] for name in names}
        return replace(self, offset=offset, service=self.service[steps], **parts)

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


def visits_of(
    rows: LogRows, last: dt.date, closed: ClosedDays
) -> tuple[VisitLog | None, tuple[LogNote, ...]]:
    """Make visits of rows; None where no row is left.

    Left out are visits after the `last` date, and those on dates that more than a year without any
    visit parts from most others, or that are ten years older than the newest. Rows of one visit
    are joined: it arrives with the first of them and has the services of all. Help that begins
    before the arrival, ends before it begins, or takes more than 12 hours has no times.
    """
    day = rows.day
    later = day > last.toordinal()
    stray, repeated = np.zeros_like(later), np.zeros_like(later)
    stray[~later] = stray_days(day[~later])
    good = np.flatnonzero(~(later | stray))
    repeated[good] = _repeated(rows, good)
    left_out: dict[LogKind, Bools] = {
        "later_visits": later,
        "stray_dates": stray,
        "repeated_rows": repeated,
    }
    notes = [rows.note(kind, found) for kind, found in left_out.items()]
    good = np.flatnonzero(~(later | stray | repeated))
    if not len(good):
        return None, in_order(notes)
    rows = rows if len(good) == len(rows) else rows.taken(good)
    begin, end = rows.begin.copy(), rows.end.copy()
    wrong = _impossible(rows)
    notes.append(rows.note("impossible_help", wrong))
    begin[wrong] = end[wrong] = np.nan
    rows = replace(rows, begin=begin, end=end)
    group, joined = _grouped(rows)
    notes.append(rows.note("joined_rows", joined))
    return _log_of(rows, group, closed), in_order(notes)


def stray_days(day: Whole) -> Bools:
    """Rows on dates that are far from most others, or more than ten years old."""
    dates, place, count = np.unique(day, return_inverse=True, return_counts=True)
    part = np.concatenate([[0], np.cumsum(np.diff(dates) > _LONGEST_GAP)])[: len(dates)]
    size = np.bincount(part, weights=count)
    found = part[place] != (np.argmax(size) if len(size) else 0)
    newest = int(day[~found].max(initial=0))
    return np.asarray(found | (day <= newest - _MOST_DAYS))


def _repeated(rows: LogRows, good: Ints) -> Bools:
    """Those of some rows that an earlier one repeats: same center, minute, ticket and services."""
    key = np.where(rows.visit != 0, rows.visit, rows.ticket)[good]
    if not key.any():
        return np.zeros(len(good), dtype=bool)
    minute = np.floor(rows.time[good]).astype(np.int64)
    again = equal_rows((rows.center[good], minute, key, _signatures(rows)[good]))
    return np.asarray(again & (key != 0))


def _signatures(rows: LogRows) -> Ints:
    """A number for the services of each row: equal where they are, in any order."""
    chance = np.random.default_rng(0)
    own = chance.integers(-(2**62), 2**62, size=len(rows.services) + 1)
    sums = np.concatenate([[0], np.cumsum(own[rows.service])])
    return np.asarray(sums[rows.offset[1:]] - sums[rows.offset[:-1]])


def equal_rows(parts: tuple[NDArray[Any], ...]) -> Bools:
    """Rows that are equal to an earlier one in all parts, each of shape (rows,)."""
    order, new = _order_of(parts)
    found = np.zeros(len(order), dtype=bool)
    found[order[~new]] = True
    return found


def _order_of(parts: tuple[NDArray[Any], ...]) -> tuple[Ints, Bools]:
    """Order in which equal rows follow each other, the earlier first; whether one is new."""
    order = np.lexsort(parts[::-1])
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for part in parts:
        new[1:] |= part[order[1:]] != part[order[:-1]]
    return order, new


def _impossible(rows: LogRows) -> Bools:
    """Rows whose times of help cannot be."""
    with np.errstate(invalid="ignore"):
        early = rows.begin < rows.time - _SLACK
        late = (rows.begin > rows.time + _LONGEST_HELP) | (rows.end < rows.time - _SLACK)
        length = rows.end - np.where(np.isnan(rows.begin), rows.time, rows.begin)
        return np.asarray(early | late | (length < 0) | (length > _LONGEST_HELP))


def _grouped(rows: LogRows) -> tuple[Ints, Bools]:
    """Number of the visit that each row is of; rows that another row of their visit joins."""
    own = np.arange(len(rows))
    joined = np.zeros(len(rows), dtype=bool)
    if not rows.visit.any():
        return own, joined
    order, new = _order_of(
        (rows.center, rows.day, rows.visit, np.where(rows.visit != 0, 0, own + 1))
    )
    joined[order[~new]] = True
    if joined.any():
        own[order] = np.cumsum(new) - 1
    return own, joined


def _log_of(rows: LogRows, group: Ints, closed: ClosedDays) -> VisitLog:
    """Make visits of groups of rows by the minute of arrival, however the rows were ordered."""
    size = int(group.max()) + 1

    def over(values: NDArray[Any], ufunc: Any, start: float) -> NDArray[Any]:
        if size == len(rows):
            return values
        found = np.full(size, start, dtype=values.dtype)
        ufunc.at(found, group, values)
        return found

    time = over(rows.time, np.minimum, np.inf)
    center = over(rows.center, np.maximum, -1)
    kind, language = over(rows.kind, np.maximum, -1), over(rows.language, np.maximum, -1)
    begin, end = over(rows.begin, np.fmin, np.nan), over(rows.end, np.fmax, np.nan)
    place = np.empty(size, dtype=np.int64)
    signs = over(_signatures(rows), np.add, 0)
    order = np.lexsort((end, begin, language, kind, signs, center, np.floor(time)))
    place[order] = np.arange(size)
    rows, visit = _in_turn(rows, place[group])
    step = np.repeat(visit, np.diff(rows.offset))
    once = _first_steps(step, rows.service)
    first, last = int(time.min() // DAY), int(time.max() // DAY)
    start = dt.date.fromordinal(first)
    minute, days = first * DAY, last - first + 1
    return VisitLog(
        centers=rows.centers,
        services=rows.services,
        kinds=rows.kinds,
        languages=rows.languages,
        first=start,
        days=days,
        closed=closed(start, days),
        center=center[order],
        time=np.floor(time[order] - minute).astype(np.int64),
        offset=np.searchsorted(step[once], np.arange(size + 1)),
        service=rows.service[once],
        kind=kind[order],
        language=language[order],
        begin=begin[order] - minute,
        end=end[order] - minute,
    )


def _in_turn(rows: LogRows, visit: Ints) -> tuple[LogRows, Ints]:
    """Rows by visit and arrival, and the visit of each."""
    order = np.lexsort((_signatures(rows), rows.time, visit))
    return rows.taken(order), visit[order]


def _first_steps(visit: Ints, service: Whole) -> Bools:
    """Steps but for those for a service that an earlier step of the visit has, a mask.

    `visit`: ascending visit of each step.
    """
    new = np.zeros(len(visit), dtype=bool)
    key = visit * (int(service.max(initial=0)) + 1) + service
    order = np.argsort(key, kind="stable")
    new[order] = np.diff(key[order], prepend=-1) != 0
    return new
