"""Visits of citizens as arrays, and the counts that follow from them.

Log of visits -> `VisitLog`; (`VisitLog`, slots, hours) -> `VisitCounts` and `LogNote`s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.counts import Bools, Floats, Ints, Slot, VisitCounts
from shiftplan.citizens.visits.gaps import find_gaps
from shiftplan.citizens.visits.hours import DAY, nearest_open, need_size, slot_at, usual_hours
from shiftplan.citizens.visits.report import LogKind, LogNote, in_order, note_of

Whole = NDArray[np.integer]


@dataclass(frozen=True, eq=False)
class VisitLog:
    """Visits by time and center; one visit is one citizen who comes once, for some services."""

    centers: tuple[str, ...]
    """Ids of centers."""
    services: tuple[str, ...]
    """Ids of services."""
    kinds: tuple[str, ...]
    """Kinds of citizens, such as `60_plus`, as named in the log."""
    languages: tuple[str, ...]
    """Languages, as named in the log."""
    first: dt.date
    """First date; minutes count from its midnight, by the clock of the place."""
    days: int
    """Number of dates."""
    closed: Bools
    """Days on which a center was closed or nobody kept the log, shape (centers, dates)."""
    center: Whole
    """Position of the center of each visit, shape (visits,)."""
    time: Whole
    """Minute of arrival from the first midnight, in ascending order, shape (visits,)."""
    offset: Whole
    """Where the services of each visit begin in `service`, and the end, shape (visits + 1,)."""
    service: Whole
    """Positions of services, visit after visit, in the order of the steps, shape (steps,)."""
    kind: Whole
    """Position of the kind of citizen, -1 where unknown, shape (visits,)."""
    language: Whole
    """Position of the language, -1 where unknown, shape (visits,)."""
    begin: Floats
    """Minute in which help begins, with seconds as a fraction, nan if unknown, shape (visits,)."""
    end: Floats
    """Minute in which help ends, nan if unknown, shape (visits,)."""
    helped: Floats
    """Minutes of help, without waits between rows of the log; nan if unknown, shape (visits,)."""

    def __len__(self) -> int:
        return len(self.time)

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """All dates, in order."""
        return tuple(self.first + dt.timedelta(i) for i in range(self.days))

    @property
    def weekday(self) -> Ints:
        """Weekday of each date, Monday 0, shape (dates,)."""
        return (np.arange(self.days) + self.first.weekday()) % 7

    @property
    def age(self) -> Floats:
        """Days of each visit before the last one, shape (visits,)."""
        day = self.time // DAY
        return np.asarray(day.max(initial=0) - day, dtype=np.float64)

    def counts(self, slots: Sequence[Slot], hours: Bools | None = None) -> VisitCounts:
        """Count requests and visits, as `count_visits` does."""
        return count_visits(self, slots, hours)[0]


def count_visits(
    log: VisitLog, slots: Sequence[Slot], hours: Bools | None = None
) -> tuple[VisitCounts, tuple[LogNote, ...]]:
    """Count the requests and visits of a log by center, date and slot.

    A visit counts in the open slot that it lies in or, up to an hour away, is nearest to; others
    are left out, and so are those on closed days. Days on which a center was not open, logged
    nothing though it usually has many visits, or stopped in the middle are not `recorded`.

    Parameters
    ----------
    log
        The visits.
    slots
        Minutes of the day, start and end, in ascending order.
    hours
        Open slots by weekday, bool, shape (centers, 7, slots), such as `shift_hours` of a week;
        slots in which a center usually has visits are added. None to use the slots in which all
        centers together usually have visits.

    Returns
    -------
    VisitCounts, tuple of LogNote
        The counts, and what was left out or counted elsewhere.

    Raises
    ------
    InputError
        The counts would have more than 100,000,000 cells.
    """
    shape = len(log.centers), log.days, len(slots)
    need_size(*shape, len(log.services))
    day, minute = np.divmod(log.time, DAY)
    on_closed = log.closed[log.center, day]
    inside = slot_at(slots)[minute]
    raw = _counted((log.center, day, inside), shape, ~on_closed & (inside >= 0))
    usual = usual_hours(raw, log.weekday)
    if hours is None:
        hours = usual_hours(raw.sum(axis=0, keepdims=True), log.weekday)
    hours = np.broadcast_to(hours, usual.shape)
    is_open = hours | usual
    patterns, pattern = np.unique(is_open.reshape(-1, len(slots)), axis=0, return_inverse=True)
    row = pattern.reshape(is_open.shape[:2])[log.center, log.weekday[day]]
    slot = nearest_open(slots, patterns)[row, minute]
    kept = ~on_closed & (slot >= 0)
    cell = (log.center, day, slot)
    visits = _counted(cell, shape, kept)
    requests = _steps_counted(log, cell, shape, kept)
    was_open = is_open[:, log.weekday] & ~log.closed[:, :, None]
    gaps = find_gaps(visits, was_open, log.weekday, np.zeros(shape[:2], dtype=bool))
    recorded = was_open.any(axis=2) & ~gaps.silent & ~gaps.cut
    counts = VisitCounts(
        centers=log.centers,
        dates=log.dates,
        slots=tuple(slots),
        services=log.services,
        requests=requests * recorded[:, :, None, None],
        recorded=recorded,
        visits=visits * recorded[:, :, None],
    )
    told: dict[LogKind, Bools] = {
        "closed_days": on_closed,
        "outside_hours": ~on_closed & (slot < 0),
        "moved_visits": kept & (slot != inside),
        "usual_hours": kept & ~hours[log.center, log.weekday[day], slot],
    }
    notes = [
        *(note_of(k, log.centers, log.first, log.center[s], day[s]) for k, s in told.items()),
        *gaps.notes(log.centers, log.dates),
    ]
    return counts, in_order(notes)


def _counted(cell: tuple[Whole, ...], shape: tuple[int, ...], kept: Bools) -> Floats:
    """Number of visits in each cell, of those kept."""
    flat = np.ravel_multi_index(tuple(part[kept] for part in cell), shape)
    return np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape).astype(float)


def _steps_counted(
    log: VisitLog, cell: tuple[Whole, ...], shape: tuple[int, ...], kept: Bools
) -> Floats:
    """Number of requests in each cell and for each service, of the visits kept."""
    cells, services = int(np.prod(shape)), len(log.services)
    flat = np.full(len(log), cells)  # one cell more, for visits that are not kept
    flat[kept] = np.ravel_multi_index(tuple(part[kept] for part in cell), shape)
    flat = np.repeat(flat, np.diff(log.offset)) * services + log.service
    found = np.bincount(flat, minlength=(cells + 1) * services)
    return found[: cells * services].reshape(*shape, services).astype(float)
