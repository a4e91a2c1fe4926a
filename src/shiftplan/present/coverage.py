"""Coverage: seats of centers by sessions, or by longer pieces of a long horizon; and loads.

`Case` -> seats filled and wanted in each cell; `FairnessMeasures` -> people in each bin.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from shiftplan.case.case import Case
from shiftplan.present.words import Words
from shiftplan.scoring.equity import Seats
from shiftplan.scoring.fairness import FairnessMeasures
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Requirement

_MOST = 30
"""Columns that can be read side by side."""


class CoverageColumn(NamedTuple):
    """Shifts in one column of a picture."""

    above: str
    """The day, or the piece of time, they belong to."""
    below: str
    """The hour at which they start; empty where several hours are in one column."""
    shift_ids: frozenset[str]


def columns_of(case: Case, say: Words) -> list[CoverageColumn]:
    """Columns in order of time: by starting hour, day, week, month or year, the finest that fits.

    Only shifts that ask for people count.
    """
    asked = {case.shown_at(need) for need in case.asking if need.target}
    shifts = sorted(
        (shift for shift in case.week.shifts if shift.shift_id in asked),
        key=lambda s: (s.start, s.shift_id),
    )
    parts: dict[str, Callable[[Shift], dt.date]] = {
        "hour": lambda s: s.start,
        "day": lambda s: s.day,
        "week": lambda s: s.day - dt.timedelta(s.day.weekday()),
        "month": lambda s: s.day.replace(day=1),
        "year": lambda s: s.day.replace(month=1, day=1),
    }
    fitting = (way for way, part in parts.items() if len({*map(part, shifts)}) <= _MOST)
    way = next(fitting, "year")
    groups: dict[dt.date, list[str]] = {}
    for shift in shifts:
        groups.setdefault(parts[way](shift), []).append(shift.shift_id)
    return [
        CoverageColumn(
            say.day(first)
            if way == "hour"
            else say(f"charts.{way}", dd=f"{first:%d}", mm=f"{first:%m}", yyyy=f"{first:%Y}"),
            say.time(first) if isinstance(first, dt.datetime) else "",
            frozenset(own),
        )
        for first, own in groups.items()
    ]


def seats_of(case: Case, needs: Iterable[Requirement]) -> Seats:
    """Seats of some requirements, and how many are filled."""
    asked = [need for need in needs if case.asks(need)]
    pairs = [(need.target, case.filled(need)) for need in asked]
    return Seats(target=sum(t for t, _ in pairs), filled=sum(f for _, f in pairs))


def seats_in(case: Case, columns: Iterable[Iterable[str]]) -> Mapping[tuple[str, int], Seats]:
    """(center id, place of the column) -> seats of its shifts, where there are any."""
    column_of = {shift_id: i for i, own in enumerate(columns) for shift_id in own}
    needs: dict[tuple[str, int], list[Requirement]] = {}
    for need in case.asking:
        shown = case.shown_at(need)
        if need.target and shown is not None:
            key = case.shifts[shown].center_id, column_of[shown]
            needs.setdefault(key, []).append(need)
    return {key: seats_of(case, own) for key, own in needs.items()}


def shift_bins(found: FairnessMeasures) -> list[tuple[str, int]]:
    """Rows (shifts, people) of a table; with more than ten counts some share a row."""
    counts = found.counts
    width = max(1, math.ceil(len(counts) / 10))
    rows = []
    for first in range(0, len(counts), width):
        last = min(first + width, len(counts)) - 1
        label = str(first) if first == last else f"{first}–{last}"
        rows.append((label, sum(counts[n] for n in range(first, last + 1))))
    return rows


def load_bins(found: FairnessMeasures) -> list[tuple[str, int]]:
    """Rows (load in per cent, people who offered time), from the first with anybody to the last.

    None, tenths to the whole, beyond.
    """
    labels = ["0", *(f"≤ {10 * n}%" for n in range(1, 11)), "> 100%"]
    steps = (math.ceil(person.load * 10 - 1e-9) for person in found.offering)
    counts = Counter(min(n, 11) for n in steps)
    if not counts:
        return []
    return [(labels[n], counts[n]) for n in range(min(counts), max(counts) + 1)]
