"""Shifts, requirements and demand of a week on new dates, without what falls on closed days.

(`Problem`, new first date, `Workdays`) -> `Copier`, which holds what the new week takes over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import count

from shiftplan.problem import Problem
from shiftplan.seasons.rollover.workdays import Opening, Workdays
from shiftplan.week.demand import Demand
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.records import Center, Requirement, Shift

Place = tuple[str, dt.date]
_WEEKEND = (5, 6)
_FORMS = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d%m%Y", "%m-%d", "%m%d")
"""Of dates in ids."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A date on which shifts of the last week have no counterpart."""

    day: dt.date
    """The date, in the new week."""
    reason: str
    """Name of the holiday, or the note of a row; empty when none is told."""
    centers: tuple[str, ...]
    """Ids of the centers concerned."""
    shifts: int
    """Shifts that were left out."""


@dataclass(frozen=True, slots=True)
class FilledDay:
    """A date whose shifts were copied from another weekday."""

    day: dt.date
    """The date, in the new week."""
    source: dt.date
    """The date of the last week that they were copied from."""
    centers: tuple[str, ...]
    """Ids of the centers concerned."""
    shifts: int
    """Shifts that were copied."""


class Copier:
    """Copies the days of each center, and holds what the new week takes over."""

    def __init__(self, problem: Problem, start: dt.date, workdays: Workdays) -> None:
        self._problem, self._workdays = problem, workdays
        self._dates = problem.horizon.dates
        self._delta = start - problem.horizon.start
        self._ids = ShiftIds()
        self._shifts: dict[Place, list[Shift]] = defaultdict(list)
        self._demand: dict[Place, list[Demand]] = defaultdict(list)
        self._needs: dict[str, list[Requirement]] = defaultdict(list)
        for shift in problem.shifts:
            self._shifts[shift.center_id, shift.day].append(shift)
        for row in problem.demand:
            self._demand[row.center_id, row.start.date()].append(row)
        for need in problem.requirements:
            self._needs[need.shift_id].append(need)
        self._left_out: dict[tuple[dt.date, str], dict[str, int]] = defaultdict(dict)
        self._filled: dict[tuple[dt.date, dt.date], dict[str, int]] = defaultdict(dict)
        self._unknown: set[dt.date] = set()
        self.shifts: list[Shift] = []
        self.requirements: list[Requirement] = []
        self.demand: list[Demand] = []
        for center in problem.centers:
            for usual in self._dates:
                self._day(center, usual)
        self.closed = tuple(
            ClosedDay(day, reason, tuple(found), sum(found.values()))
            for (day, reason), found in sorted(self._left_out.items())
        )
        self.filled = tuple(
            FilledDay(day, source, tuple(found), sum(found.values()))
            for (day, source), found in sorted(self._filled.items())
        )
        self.unknown = tuple(sorted(self._unknown))

    def _day(self, center: Center, usual: dt.date) -> None:
        """Copy one day of one center."""
        day = usual + self._delta
        opening = self._workdays.at(center, day)
        source = self._source(center, usual, opening)
        if source is None and not opening.is_open:
            return
        source = source or usual
        shifts = self._shifts.get((center.center_id, source), [])
        moved = day - source
        kept = [
            self._copy(shift, day, usual_day=source == usual)
            for shift in shifts
            if opening.admits(shift.start + moved, shift.end + moved)
        ]
        for row in self._demand.get((center.center_id, source), ()):
            start, end = row.start + moved, row.end + moved
            if len(kept) == len(shifts) or any(s.start < end and start < s.end for s in kept):
                times = {"start": start, "end": end}
                self.demand.append(row.model_copy(update=times))
        if len(kept) < len(shifts):
            lost = len(shifts) - len(kept)
            self._left_out[day, opening.reason][center.center_id] = lost
        if source != usual and kept:
            self._filled[day, source][center.center_id] = len(kept)

    def _copy(self, shift: Shift, day: dt.date, *, usual_day: bool) -> Shift:
        shift_id = self._ids.next(shift, day, usual_day=usual_day)
        moved = day - shift.day
        times = {"start": shift.start + moved, "end": shift.end + moved}
        new = shift.model_copy(update={"shift_id": shift_id, **times})
        self.shifts.append(new)
        self.requirements += [
            need.model_copy(update={"shift_id": shift_id})
            for need in self._needs.get(shift.shift_id, ())
        ]
        return new

    def _source(self, center: Center, usual: dt.date, opening: Opening) -> dt.date | None:
        """The date of the last week whose shifts a day takes over; None when there are none.

        A day without shifts takes over the nearest day's if it is named as open, or if its
        weekday was closed in the last week only. Saturdays and Sundays then take over shifts only
        if days.csv has hours for them: whether anybody works at weekends is not known.
        """
        there = [day for day in self._dates if (center.center_id, day) in self._shifts]
        if opening.like is not None:
            there = [day for day in there if WEEKDAYS[day.weekday()] == opening.like]
        elif usual in there:
            return usual
        elif not opening.is_named:
            only_then = opening.is_open and not self._workdays.at(center, usual).is_open
            if only_then and usual.weekday() in _WEEKEND and not opening.hours:
                self._unknown.add(usual + self._delta)
                return None
            there = there if only_then else []
        return min(there, key=lambda day: (abs((day - usual).days), day), default=None)


class ShiftIds:
    """Gives ids to the shifts of a new week."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def next(self, shift: Shift, day: dt.date, *, usual_day: bool) -> str:
        """The id of a shift that is copied to a date.

        The date in the id, if it tells one, is replaced. Else the id stays as it is when it is
        copied to its `usual_day`, the same weekday, and gets the date at its end on any other.
        """
        found = _redated(shift, day)
        if found is None:
            found = shift.shift_id if usual_day else f"{shift.shift_id}-{day:%m%d}"
        tries = (f"{found}-{day:%m%d}" + (f"-{i}" if i else "") for i in count())
        while found in self._taken:
            found = next(tries)
        self._taken.add(found)
        return found


def _redated(shift: Shift, day: dt.date) -> str | None:
    """The id with another date; None when it tells no date. The id of the center is kept."""
    head = shift.center_id if shift.shift_id.startswith(shift.center_id) else ""
    rest = shift.shift_id[len(head) :]
    for form in _FORMS:
        text = shift.day.strftime(form)
        changed = re.sub(rf"(?<!\d){text}(?!\d)", day.strftime(form), rest)
        if changed != rest:
            return head + changed
    return None
