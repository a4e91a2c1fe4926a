"""The days of a week rolled forward: which day of the last week each takes over, and its shifts.

(`Problem`, first date, `Workdays`) -> `Copier`: shifts, requirements and demand on new dates.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from shiftplan.problem import Problem
from shiftplan.seasons.rollover.workdays import Opening, Workdays
from shiftplan.week.demand import Demand
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.records import Center, Shift
from shiftplan.week.requirements import Requirement

_Place = tuple[str, dt.date]
_WEEKEND = (5, 6)
_FORMS = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d%m%Y", "%m-%d", "%m%d")
"""Of dates in ids."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A date on which shifts of the last week have no counterpart."""

    day: dt.date
    """The date, in the new week."""
    reason: str
    """Name of the holiday, or the note of a row; empty where there is neither."""
    centers: tuple[str, ...]
    """Ids of the centers concerned."""
    shifts: int
    """Shifts that were left out."""
    is_open: bool = False
    """Whether these centers are open then, but not at the hours of the shifts."""


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
        self._taken: set[str] = set()
        self._shifts: dict[_Place, list[Shift]] = defaultdict(list)
        self._demand: dict[_Place, list[Demand]] = defaultdict(list)
        self._needs: dict[str, list[Requirement]] = defaultdict(list)
        for shift in problem.shifts:
            self._shifts[shift.center_id, shift.day].append(shift)
        for row in problem.demand:
            self._demand[row.center_id, row.start.date()].append(row)
        for need in problem.requirements:
            if need.shift_id is not None:
                self._needs[need.shift_id].append(need)
        self._copied: dict[_Place, list[dt.date]] = defaultdict(list)
        """Center and date of the last week -> dates that take over its shifts."""
        self._taking_over: set[_Place] = set()
        """Centers and dates of the new week that take over a day."""
        self._partly: set[_Place] = set()
        """Those of them that lack some of its shifts."""
        self._lost: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
        """Center -> times of the shifts that were lost."""
        self._at_work = {shift.center_id for shift in problem.shifts}
        self._left_out: dict[tuple[dt.date, str, bool], dict[str, int]] = defaultdict(dict)
        self._filled: dict[tuple[dt.date, dt.date], dict[str, int]] = defaultdict(dict)
        self._idle: dict[dt.date, list[str]] = defaultdict(list)
        self._unknown: set[dt.date] = set()
        self.shifts: list[Shift] = []
        self.requirements: list[Requirement] = []
        for center in problem.centers:
            for usual in self._dates:
                self._day(center, usual)
        self._there: dict[str, list[Shift]] = defaultdict(list)
        for shift in self.shifts:
            self._there[shift.center_id].append(shift)
        self.requirements += self._of_several_shifts()
        self.demand = list(self._moved_demand())
        self.closed = tuple(
            ClosedDay(day, reason, tuple(found), sum(found.values()), is_open)
            for (day, reason, is_open), found in sorted(self._left_out.items())
        )
        self.filled = tuple(
            FilledDay(day, source, tuple(found), sum(found.values()))
            for (day, source), found in sorted(self._filled.items())
        )
        self.idle = {day: tuple(centers) for day, centers in sorted(self._idle.items())}
        self.unknown = tuple(sorted(self._unknown))

    def _day(self, center: Center, usual: dt.date) -> None:
        day = usual + self._delta
        opening = self._workdays.at(center, day)
        source = self._source(center, usual, opening)
        if source is None and not opening.is_open:
            return
        source = source or usual
        shifts = self._shifts.get((center.center_id, source), [])
        moved = day - source
        kept, lost = list[Shift](), list[Shift]()
        for shift in shifts:
            start, end = shift.start + moved, shift.end + moved
            is_held = opening.admits(start, end) and self._at(start) < self._at(end)
            (kept if is_held else lost).append(shift)
        for shift in kept:
            self._copy(shift, day, usual_day=source == usual)
        self._copied[center.center_id, source].append(day)
        self._taking_over.add((center.center_id, day))
        if not shifts and opening.hours and center.center_id in self._at_work:
            self._idle[day].append(center.center_id)
        if lost:
            self._partly.add((center.center_id, day))
            self._lost[center.center_id] += [(s.start + moved, s.end + moved) for s in lost]
            self._left_out[day, opening.reason, opening.is_open][center.center_id] = len(lost)
        if source != usual and kept:
            self._filled[day, source][center.center_id] = len(kept)

    def _of_several_shifts(self) -> Iterator[Requirement]:
        """Yield requirements that count several shifts, but for those whose shifts are all gone."""
        for need in self._problem.requirements:
            at, day = need.center_id, need.first_day if need.start is None else need.start.date()
            if at is None:
                continue
            was_empty = not self._problem.shifts_counted(need)
            is_of_a_day = day is not None and (need.start is not None or day == need.last_day)
            deltas = {self._delta: None}
            if is_of_a_day and day is not None:
                deltas = self._moves(at, day, self._problem.shifts_counted(need))
            for delta in deltas:
                later = self._shown(need.moved(delta))
                if later is None:
                    continue
                if was_empty or any(map(later.may_count, self._there[at])):
                    yield later

    def _moves(self, at: str, day: dt.date, shifts: Iterable[Shift]) -> dict[dt.timedelta, None]:
        """By how much what is needed on a day at a center moves, each once.

        It goes with the day. Where shifts of the day before go on into a day that takes over none,
        such as a holiday, it goes with these.
        """
        moves = [new - day for new in self._copied.get((at, day), ())]
        for before in sorted({shift.day for shift in shifts} - {day}):
            later = (new - before for new in self._copied.get((at, before), ()))
            moves += [delta for delta in later if (at, day + delta) not in self._taking_over]
        return dict.fromkeys(moves)

    def _moved_demand(self) -> Iterator[Demand]:
        """Yield demand that moves with its day, and with shifts that go on into the day.

        Where a day has lost shifts, that which no shift of the center meets any more is left out,
        and so is on the next day what one would have met that goes on into it.
        """
        whole = self._taking_over - self._partly
        end_of_week = self._problem.horizon.end + self._delta
        for center in self._problem.centers:
            at = center.center_id
            before: list[Shift] = []
            for day in self._dates:
                before = [shift for shift in before if shift.end.date() >= day]
                for row in self._demand.get((at, day), ()):
                    for delta in self._moves(at, day, [s for s in before if s.end > row.start]):
                        start, end = self._at(row.start + delta), self._at(row.end + delta)
                        is_met = any(s.start < end and start < s.end for s in self._there[at])
                        is_lost = any(a < end and start < b for a, b in self._lost[at])
                        is_of_whole_day = (at, start.date()) in whole and not is_lost
                        is_there = start < end and start.date() < end_of_week
                        if is_there and (is_met or is_of_whole_day):
                            yield row.model_copy(update={"start": start, "end": end})
                before += self._shifts.get((at, day), ())

    def _at(self, moment: dt.datetime) -> dt.datetime:
        """A moment that was moved, as clocks show it then."""
        return self._problem.horizon.shown(moment)

    def _shown(self, need: Requirement) -> Requirement | None:
        """A requirement that was moved, as clocks show its times; None where there is no such."""
        if need.start is None or need.end is None:
            return need
        times = {"start": self._at(need.start), "end": self._at(need.end)}
        return need.model_copy(update=times) if times["start"] < times["end"] else None

    def _copy(self, shift: Shift, day: dt.date, *, usual_day: bool) -> Shift:
        shift_id = self._id(shift, day, usual_day=usual_day)
        moved = day - shift.day
        times = {"start": self._at(shift.start + moved), "end": self._at(shift.end + moved)}
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

    def _id(self, shift: Shift, day: dt.date, *, usual_day: bool) -> str:
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
        changed = re.sub(rf"(?<!\d){text}(?!\d)", day.strftime(form), rest, count=1)
        if changed != rest:
            return head + changed
    return None
