"""Slots of a day, and in which of them centers are open.

Shifts and forecasts of a week -> slots, and who is open in them; open slots -> the slot in which
an arrival counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shiftplan.citizens.visits.counts import Bools, Floats, Ints, Slot
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem

DAY = 24 * 60
"""Minutes of a day."""
WEEKDAYS = 7
MOST_CELLS = 100_000_000
"""Centers times dates, slots and services that are counted."""
_HOUR = 60
_NEAR = 60
"""Minutes outside opening hours up to which an arrival counts in the nearest open slot."""
_USUAL_SHARE, _USUAL_DAYS = 1 / 3, 3
"""A center is open in a slot of a weekday if visits came in it on at least this share of the days
on which it had any, and on at least so many days."""
_MOST_CENTERS = 0.5


def slots_of(problem: Problem) -> tuple[Slot, ...]:
    """Find the slots in which the visits of a week are counted.

    These are the intervals of its forecast, and the hours of shifts in stretches of an hour or more
    that no interval covers. If two intervals overlap, they are the hours of shifts and forecast.
    Hours count from the start of each stretch; the last one may be shorter. A week with neither
    shifts nor forecast has no slots.
    """
    told = demand_slots(problem)
    shifts = {span for s in problem.shifts for _, span in spans_of(s.start, s.end)}
    if not told:
        shifts |= _demand_spans(problem)
    bare = [
        (start, end)
        for stretch in joined_spans(shifts)
        for start, end in _without(stretch, told)
        if not told or end - start >= _HOUR
    ]
    hours = ((at, min(at + _HOUR, end)) for start, end in bare for at in range(start, end, _HOUR))
    return tuple(sorted([*told, *hours]))


def demand_slots(problem: Problem) -> tuple[Slot, ...]:
    """Intervals of a week's forecast as minutes of the day; none if two of them overlap."""
    told = sorted(_demand_spans(problem))
    return () if any(one[1] > other[0] for one, other in pairwise(told)) else tuple(told)


def _demand_spans(problem: Problem) -> set[Slot]:
    return {span for d in problem.demand for _, span in spans_of(d.start, d.end)}


def _without(stretch: Slot, covered: Sequence[Slot]) -> Iterator[Slot]:
    """Yield the parts of a stretch outside intervals, which ascend."""
    at, last = stretch
    for start, end in covered:
        if at < min(start, last):
            yield at, min(start, last)
        at = max(at, end)
    if at < last:
        yield at, last


def shift_hours(problem: Problem, centers: Sequence[str], slots: Sequence[Slot]) -> Bools:
    """Slots of a weekday in which centers have a shift, bool, shape (centers, 7, slots).

    Monday is weekday 0. It is enough that a shift covers a part of a slot.
    """
    found = np.zeros((len(centers), WEEKDAYS, len(slots)), dtype=bool)
    row_of = {center: i for i, center in enumerate(centers)}
    starts, ends = _edges(slots)
    for shift in problem.shifts:
        if shift.center_id in row_of:
            for day, (start, end) in spans_of(shift.start, shift.end):
                found[row_of[shift.center_id], day.weekday()] |= (starts < end) & (ends > start)
    return found


def usual_hours(counts: Floats, weekday: Ints) -> Bools:
    """Slots of a weekday in which centers usually have visits, bool, shape (centers, 7, slots).

    A center with few visits counts as open when most centers are, if it ever had a visit then.

    Parameters
    ----------
    counts
        Visits, shape (centers, dates, slots).
    weekday
        Weekday of each date, Monday 0, shape (dates,).
    """
    found = np.zeros((len(counts), WEEKDAYS, counts.shape[2]), dtype=bool)
    for day in range(WEEKDAYS):
        own = counts[:, weekday == day] > 0
        days = own.any(axis=2).sum(axis=1)[:, None]
        least = np.maximum(_USUAL_SHARE * days, _USUAL_DAYS)
        found[:, day] = own.sum(axis=1) >= least
        found[:, day] |= (found[:, day].mean(axis=0) > _MOST_CENTERS) & own.any(axis=1)
    return found


def slot_at(slots: Sequence[Slot]) -> Ints:
    """Slot of each minute of the day, shape (1440,); -1 outside all slots."""
    found = np.full(DAY, -1)
    for i, (start, end) in enumerate(slots):
        found[start:end] = i
    return found


def nearest_open(slots: Sequence[Slot], is_open: Bools) -> NDArray[np.int16]:
    """Slot in which an arrival counts: the open one that it lies in or is nearest to.

    Parameters
    ----------
    slots
        All slots of the day.
    is_open
        Which of them are open, one row for each case, shape (cases, slots).

    Returns
    -------
    array of int16
        Position of the slot by minute of the day, shape (cases, 1440); -1 more than an hour from
        every open slot. Of two slots that are equally near, the earlier one counts.
    """
    minute = np.arange(DAY)
    best = np.full((len(is_open), DAY), _NEAR + 1, dtype=np.int16)
    found = np.full((len(is_open), DAY), -1, dtype=np.int16)
    for i, (start, end) in enumerate(slots):
        away = np.maximum(np.maximum(start - minute, minute - end + 1), 0).astype(np.int16)
        nearer = is_open[:, i, None] & (away < best)
        best[nearer] = np.broadcast_to(away, best.shape)[nearer]
        found[nearer] = i
    return found


def need_size(centers: int, dates: int, slots: int, services: int) -> None:
    """Check that the counts fit into memory; InputError: they would have too many cells."""
    if centers * dates * slots * services > MOST_CELLS:
        facts = {"centers": centers, "dates": dates, "slots": slots, "services": services}
        message = Message("visits.too_many_cells", most=MOST_CELLS, **facts)
        raise InputError([Fault("too_large", "visits", message=message)])


def _edges(slots: Sequence[Slot]) -> tuple[Ints, Ints]:
    both = np.array(slots, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def spans_of(start: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.date, Slot]]:
    """Yield the dates of an interval, and the minutes of the day that it has on each."""
    first, last = _minute(start), _minute(end)
    day = start.date()
    while day < end.date():
        yield day, (first, DAY)
        day, first = day + dt.timedelta(1), 0
    if first < last:
        yield day, (first, last)


def _minute(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute


def joined_spans(spans: Iterable[Slot]) -> Iterator[Slot]:
    """Yield stretches of minutes, those that meet or overlap as one."""
    start = end = -1
    for one, other in sorted(spans):
        if one > end:
            if end > start:
                yield start, end
            start, end = one, other
        end = max(end, other)
    if end > start:
        yield start, end
