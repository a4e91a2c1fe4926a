"""From rows of a log to visits: repeated rows, rows of one visit, and impossible times.

`LogRows` -> `VisitLog` and `LogNote`s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.hours import DAY
from shiftplan.citizens.visits.log import VisitLog, Whole
from shiftplan.citizens.visits.report import LogKind, LogNote, in_order
from shiftplan.citizens.visits.rows import LogRows

_LONGEST_GAP = 366
"""Days without any visit after which dates of a log are taken for typing errors."""
_MOST_DAYS = 3660
"""Days before the last visit that are read."""
_LONGEST_HELP = 12 * 60
"""Most minutes for which a citizen waits or is helped."""
_APART = 4 * DAY
"""More minutes than lie between the first and the last help of a visit."""
_SLACK = 1.0
"""Minutes by which help may begin before the arrival, where a log rounds times."""
ClosedDays = Callable[[dt.date, int], Bools]
"""(First date, number of dates) -> days that are known to be closed, shape (centers, dates)."""


def visits_of(
    rows: LogRows, last: dt.date, closed: ClosedDays
) -> tuple[VisitLog | None, tuple[LogNote, ...]]:
    """Make visits of rows; None where no row is left.

    Visits after the `last` date are left out, and so are those on dates separated from most others
    by more than a year without visits, or ten years older than the newest. Rows of one visit
    are joined: it arrives with the first of them, has the services of all, and is helped while any
    of them is. Help that begins before the arrival, ends before it begins, or takes more than 12
    hours has no times; a visit with such a row, or one without times, has no minutes of help.
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
    wrong = _impossible(rows) & ~(later | stray | repeated)
    group, joined = _grouped(rows, good)
    notes += [rows.note("impossible_help", wrong), rows.note("joined_rows", joined)]
    return _log_of(rows, good, group, wrong, closed), in_order(notes)


def stray_days(day: Whole) -> Bools:
    """Rows on dates that are far from most others, or more than ten years old."""
    dates, place, count = np.unique(day, return_inverse=True, return_counts=True)
    part = np.concatenate([[0], np.cumsum(np.diff(dates) > _LONGEST_GAP)])[: len(dates)]
    size = np.bincount(part, weights=count)
    found = part[place] != (np.argmax(size) if len(size) else 0)
    newest = int(day[~found].max(initial=0))
    return np.asarray(found | (day <= newest - _MOST_DAYS))


def _repeated(rows: LogRows, good: Ints) -> Bools:
    """The rows that repeat an earlier one: same center, minute, ticket and services."""
    key = np.where(rows.visit != 0, rows.visit, rows.ticket)[good]
    if not key.any():
        return np.zeros(len(good), dtype=bool)
    minute = np.floor(rows.time[good]).astype(np.int64)
    again = equal_rows((rows.center[good], minute, key, rows.signature[good]))
    return np.asarray(again & (key != 0))


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
    """Rows with impossible times of help."""
    with np.errstate(invalid="ignore"):
        early = rows.begin < rows.time - _SLACK
        late = (rows.begin > rows.time + _LONGEST_HELP) | (rows.end < rows.time - _SLACK)
        length = rows.end - np.where(np.isnan(rows.begin), rows.time, rows.begin)
        return np.asarray(early | late | (length < 0) | (length > _LONGEST_HELP))


def _grouped(rows: LogRows, good: Ints) -> tuple[Ints, Bools]:
    """Visit of each good row, shape (good,); rows joined to another one, a mask."""
    group, visit = np.arange(len(good)), rows.visit[good]
    joined = np.zeros(len(rows), dtype=bool)
    if visit.any():
        alone = np.where(visit != 0, 0, group + 1)
        order, new = _order_of((rows.center[good], rows.day[good], visit, alone))
        joined[good[order[~new]]] = True
        if not new.all():
            group[order] = np.cumsum(new) - 1
    return group, joined


def _log_of(rows: LogRows, good: Ints, group: Ints, wrong: Bools, closed: ClosedDays) -> VisitLog:
    """Make visits of groups of some rows by the minute of arrival, in whatever order they stood.

    `wrong`: rows with impossible times of help, a mask.
    """
    size = int(group.max()) + 1

    def over(values: NDArray[Any], ufunc: Any, start: float) -> NDArray[Any]:
        if size == len(good):
            return values
        found = np.full(size, start, dtype=values.dtype)
        ufunc.at(found, group, values)
        return found

    time = over(rows.time[good], np.minimum, np.inf)
    center = over(rows.center[good], np.maximum, -1)
    kind, language = (over(part[good], np.maximum, -1) for part in (rows.kind, rows.language))
    starts, ends = (np.where(wrong, np.nan, times)[good] for times in (rows.begin, rows.end))
    begin, end = over(starts, np.fmin, np.nan), over(ends, np.fmax, np.nan)
    helped = _helped(group, starts, ends, size)
    signs = rows.signature[good]
    own = over(signs, np.add, 0)
    order = np.lexsort((helped, end, begin, language, kind, own, center, np.floor(time)))
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    in_turn = np.lexsort((signs, rows.time[good], place[group]))
    offset, service = rows.steps(good[in_turn])
    visit = np.repeat(place[group][in_turn], np.diff(offset))
    once = _first_steps(visit, service)
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
        time=np.floor(time[order] - minute).astype(np.int32),
        offset=np.searchsorted(visit[once], np.arange(size + 1)),
        service=service[once],
        kind=kind[order],
        language=language[order],
        begin=begin[order] - minute,
        end=end[order] - minute,
        helped=helped[order],
    )


def _helped(group: Ints, begin: Floats, end: Floats, size: int) -> Floats:
    """Minutes in which any row of each visit is helped, shape (size,); nan if a row has no times.

    `group`: visit of each row; `begin`, `end`: its times, nan where unknown; each of shape (rows,).
    """
    if size == len(group):
        return end - begin
    known = ~np.isnan(end - begin)
    first = np.full(size, np.inf)
    np.minimum.at(first, group[known], begin[known])
    rows = np.flatnonzero(known)
    rows = rows[np.lexsort((begin[rows], group[rows]))]
    visit = group[rows]
    after = visit * _APART - first[visit]  # one visit after the other, as if on one line of time
    starts, ends = begin[rows] + after, end[rows] + after
    until = np.maximum.accumulate(np.concatenate([[-np.inf], ends]))[:-1]
    each = np.maximum(ends - np.maximum(starts, until), 0)
    helped = np.bincount(visit, each, minlength=size).astype(np.float64)
    helped[group[~known]] = np.nan
    return helped


def _first_steps(visit: Ints, service: Whole) -> Bools:
    """Steps whose service no earlier step of the visit has, a mask.

    `visit`: ascending visit of each step.
    """
    new = np.zeros(len(visit), dtype=bool)
    key = visit * (int(service.max(initial=0)) + 1) + service
    order = np.argsort(key, kind="stable")
    new[order] = np.diff(key[order], prepend=-1) != 0
    return new
