"""A log that holds counts: how many came in an interval, by service or all together.

`TallyRows` -> `VisitCounts` and `LogNote`s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.cleaning import ClosedDays, equal_rows, stray_days
from shiftplan.citizens.visits.counts import Bools, Floats, Ints, Slot, VisitCounts
from shiftplan.citizens.visits.gaps import find_gaps
from shiftplan.citizens.visits.hours import (
    DAY,
    WEEKDAYS,
    nearest_open,
    need_size,
    slot_at,
    usual_hours,
)
from shiftplan.citizens.visits.log import Whole
from shiftplan.citizens.visits.report import LogKind, LogNote, in_order, note_of

_ARRAYS = ("center", "day", "start", "end", "service", "number")
_FIRST = dt.date.fromordinal(1)


@dataclass(frozen=True, eq=False)
class TallyRows:
    """Counts of intervals, in the order of their files."""

    centers: tuple[str, ...]
    """Ids of centers."""
    services: tuple[str, ...]
    """Ids of services."""
    center: Whole
    """Position of the center, shape (rows,)."""
    day: Whole
    """Number of the date, 1 for 1 January of the year 1, shape (rows,)."""
    start: Whole
    """First minute of the day, shape (rows,)."""
    end: Whole
    """First minute after it, at most 1440, shape (rows,)."""
    service: Whole
    """Position of the service, -1 for citizens whatever they came for, shape (rows,)."""
    number: Floats
    """How many came, shape (rows,)."""

    def __len__(self) -> int:
        return len(self.number)

    def taken(self, rows: NDArray[Any]) -> TallyRows:
        """Some of the rows, by position or as a mask."""
        arrays: dict[str, Any] = {name: getattr(self, name)[rows] for name in _ARRAYS}
        return replace(self, **arrays)


def joined_tallies(parts: Sequence[TallyRows]) -> TallyRows:
    """All rows of several files about the same centers and services."""
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in _ARRAYS
    }
    return replace(parts[0], **arrays)


def counts_of(
    rows: TallyRows,
    slots: Sequence[Slot],
    hours: Bools | None,
    *,
    last: dt.date,
    closed: ClosedDays,
) -> tuple[VisitCounts | None, tuple[LogNote, ...]]:
    """Take counts into slots; None where no row is left, with notes on where they went.

    The count of an interval is shared out evenly over its minutes, each of which counts in the
    open slot that it lies in or is nearest to, up to an hour away. A count of 0 says that nobody
    came; other days without visits are judged like those of a log of visits. Of several
    rows for one interval and service, the largest counts.

    Parameters
    ----------
    rows
        The counts.
    slots, hours
        As of `count_visits`; without slots, the hours of the day.
    last, closed
        As of `visits_of`.

    Raises
    ------
    InputError
        The counts would have more than 100,000,000 cells.
    """
    notes: list[LogNote] = []

    def note(kind: LogKind, part: NDArray[Any]) -> None:
        """Note how many citizens of each row are concerned."""
        some = part > 0
        if some.any():
            made = note_of(kind, rows.centers, _FIRST, rows.center[some], rows.day[some] - 1)
            notes.append(replace(made, count=max(1, round(float(part.sum())))))

    def without(kind: LogKind, found: Bools) -> TallyRows:
        note(kind, found * np.maximum(rows.number, 1))
        return rows.taken(~found)

    rows = without("later_visits", rows.day > last.toordinal())
    rows = without("stray_dates", stray_days(rows.day))
    rows = rows.taken(np.argsort(-rows.number, kind="stable"))
    again = equal_rows((rows.center, rows.day, rows.start, rows.end, rows.service))
    if again.any():
        notes.append(
            note_of("repeated_rows", rows.centers, _FIRST, rows.center[again], rows.day[again] - 1)
        )
    rows = rows.taken(~again)
    if not len(rows):
        return None, in_order(notes)
    first = int(rows.day.min())
    start, days = dt.date.fromordinal(first), int(rows.day.max()) - first + 1
    weekday = (np.arange(days) + start.weekday()) % WEEKDAYS
    is_closed = closed(start, days)
    on_closed = is_closed[rows.center, rows.day - first]
    note("closed_days", on_closed * rows.number)
    rows = rows.taken(~on_closed)
    day = rows.day - first
    slots = tuple(slots) or tuple((h, h + 60) for h in range(0, DAY, 60))
    need_size(len(rows.centers), days, len(slots), len(rows.services))
    taken = _Taken(rows, day, slots, days)
    raw = taken.into(np.zeros(len(rows), dtype=np.int64), slot_at(slots)[None])
    usual = usual_hours(_people(*raw[:2]), weekday)
    if hours is None:
        hours = usual_hours(_people(*raw[:2]).sum(axis=0, keepdims=True), weekday)
    hours = np.broadcast_to(hours, usual.shape)
    is_open = hours | usual
    patterns, pattern = np.unique(is_open.reshape(-1, len(slots)), axis=0, return_inverse=True)
    row = pattern.reshape(is_open.shape[:2])[rows.center, weekday[day]]
    requests, visits, inside = taken.into(row, nearest_open(slots, patterns))
    note("outside_hours", rows.number * (1 - inside))
    told = np.zeros(is_closed.shape, dtype=bool)
    told[rows.center[rows.number == 0], day[rows.number == 0]] = True
    was_open = is_open[:, weekday] & ~is_closed[:, :, None]
    gaps = find_gaps(_people(requests, visits), was_open, weekday, told)
    recorded = was_open.any(axis=2) & ~gaps.silent & ~gaps.cut
    dates = tuple(start + dt.timedelta(i) for i in range(days))
    notes += gaps.notes(rows.centers, dates)
    counts = VisitCounts(
        centers=rows.centers,
        dates=dates,
        slots=slots,
        services=rows.services,
        requests=requests * recorded[:, :, None, None],
        recorded=recorded,
        visits=visits * recorded[:, :, None],
    )
    return counts, in_order(notes)


def _people(requests: Floats, visits: Floats) -> Floats:
    """Counts that show whether anybody came: visits, or requests where no visits were counted."""
    return np.asarray(np.where(visits > 0, visits, requests.sum(axis=3)))


class _Taken:
    """Rows that are taken into slots."""

    def __init__(self, rows: TallyRows, day: Whole, slots: Sequence[Slot], days: int) -> None:
        self._rows, self._day, self._slots = rows, day, len(slots)
        self._shape = len(rows.centers), days, len(slots)

    def into(self, row: Ints, slot_of: NDArray[np.integer]) -> tuple[Floats, Floats, Floats]:
        """Requests, visits, and the share of each row's citizens that are in some slot.

        `slot_of`: slot by minute of the day, -1 for none; `row`: which row of it holds.
        """
        rows = self._rows
        key = (row * (DAY + 1) + rows.start) * (DAY + 1) + rows.end
        keys, which = np.unique(key, return_inverse=True)
        shares = np.zeros((len(keys), self._slots))
        for i, (rest, end) in enumerate(zip(*np.divmod(keys, DAY + 1), strict=True)):
            of, begin = divmod(int(rest), DAY + 1)
            slots = slot_of[of, begin : int(end)]
            shares[i] = np.bincount(slots[slots >= 0], minlength=self._slots) / len(slots)
        # one service more, for citizens whatever they came for
        shape = (*self._shape, len(rows.services) + 1)
        cells: Floats = np.zeros(int(np.prod(shape)))
        for slot in range(self._slots):
            at = np.ravel_multi_index(
                (rows.center, self._day, np.full(len(rows), slot), rows.service % shape[3]), shape
            )
            part = rows.number * shares[which, slot]
            cells += np.bincount(at, weights=part, minlength=len(cells))
        found = cells.reshape(shape)
        visits = found[..., -1].copy()
        if (rows.service >= 0).all():
            visits[:] = np.nan
        return found[..., :-1].copy(), visits, shares.sum(axis=1)[which]
