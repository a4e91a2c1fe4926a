"""Volunteers, shifts, centers and days of a week by their numbers, and what names mean among them.

`Week` -> `Index`: the part of `Arrays` that says whom, which shifts and which requirements a rule
means, and who meets what.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.scope import Which, told_apart
from shiftplan.week.skill_names import skill_and_level

if TYPE_CHECKING:
    from shiftplan.week.fields import NameSet
    from shiftplan.week.requirements import Condition, Requirement
    from shiftplan.week.week import Week

Array = np.ndarray[Any, Any]


def one_by_one(count: Array) -> tuple[Array, Array]:
    """Each unit of counts: whose it is, and its number among those, from 0 on; int."""
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)


class Index:
    """Numbers of what a week has. Minutes count from the horizon's first midnight."""

    def __init__(self, week: Week) -> None:
        self.week = week
        horizon = week.horizon
        self.volunteer_index = {v.volunteer_id: i for i, v in enumerate(week.volunteers)}
        self.shift_index = {s.shift_id: i for i, s in enumerate(week.shifts)}
        self.center_index = {c.center_id: i for i, c in enumerate(week.centers)}
        self.num_volunteers = len(week.volunteers)
        self.num_shifts = len(week.shifts)
        self.num_centers = len(week.centers)
        self.num_days = horizon.days
        self.start = np.array([horizon.minutes(s.start) for s in week.shifts], dtype=np.int64)
        """First minute of each shift."""
        self.end = np.array([horizon.minutes(s.end) for s in week.shifts], dtype=np.int64)
        """First minute after each shift."""
        self.day = np.array([horizon.day(s.start) for s in week.shifts], dtype=np.int64)
        """Day number of each shift."""
        centers = [self.center_index[s.center_id] for s in week.shifts]
        self.center = np.array(centers, dtype=np.int64)
        """Center index of each shift."""
        homes = [self.center_index.get(v.home_center_id or "", -1) for v in week.volunteers]
        self.home = np.array(homes, dtype=np.int64)
        """Center index of each volunteer's home; -1 when unknown."""
        self.span_times, span = np.unique(
            np.stack([self.start, self.end], axis=1), axis=0, return_inverse=True
        )
        """Distinct shift times, int of shape (num_spans, 2), in order of start and end."""
        self.span = np.asarray(span).reshape(-1)
        """Distinct shift time of each shift."""

    def of(self, week: Week) -> Self:
        """The same, with all that was computed, of a week that differs only in tables that nothing
        of this comes from: pins, and what was published.
        """
        other = copy(self)
        other.week = week
        return other

    @cached_property
    def moments(self) -> tuple[Array, Array]:
        """Each shift at each of its moments: its index, and the number of the moment, int.

        A moment of a center lasts from one start or end of its shifts to the next; those with a
        shift are numbered by center and time. Both are in the order of shifts.
        """
        return self._find_moments()

    def _find_moments(self) -> tuple[Array, Array]:
        """What `moments` tells."""
        apart = int(self.end.max(initial=0)) + 1
        begin, end = (self.center * apart + minute for minute in (self.start, self.end))
        turns = np.unique(np.concatenate([begin, end]))
        first, last = (np.searchsorted(turns, minute) for minute in (begin, end))
        shift, nth = one_by_one(last - first)
        _, moment = np.unique(first[shift] + nth, return_inverse=True)
        return shift, np.asarray(moment).reshape(-1)

    def level(self, skill_id: str) -> Array:
        """Level held in a skill, int of shape (num_volunteers, num_days)."""
        level = np.zeros((self.num_volunteers, self.num_days), dtype=np.int64)
        first = self.week.horizon.start
        for i, volunteer in enumerate(self.week.volunteers):
            for grant in volunteer.skills:
                if grant.skill_id != skill_id:
                    continue
                since, until = 0, self.num_days
                if grant.valid_from is not None:
                    since = (grant.valid_from - first).days
                if grant.valid_to is not None:
                    until = (grant.valid_to - first).days + 1
                days = slice(max(0, since), max(0, until))
                np.maximum(level[i, days], grant.level, out=level[i, days])
        return level

    def holds(self, skill_id: str, min_level: int) -> Array:
        """Whether a person holds a level on a shift's day, bool (num_volunteers, num_shifts)."""
        return (self.level(skill_id) >= min_level)[:, self.day]

    def meets(self, condition: Condition) -> Array:
        """Whether a person meets it on a shift's day, bool (num_volunteers, num_shifts)."""
        return self.meets_on(condition)[:, self.day]

    def meets_on(self, condition: Condition) -> Array:
        """Whether a person meets it on a day, bool (num_volunteers, num_days)."""
        held = np.zeros((self.num_volunteers, self.num_days), dtype=bool)
        for skill, level in condition.abilities:
            held |= self.level(skill) >= level
        return held if condition.held else ~held

    def who(self, records: Iterable[Any]) -> Array:
        """Volunteer index of each record of a person, int of shape (number of records,)."""
        return np.array([self.volunteer_index[r.volunteer_id] for r in records], dtype=np.int64)

    def where(self, records: Iterable[Any]) -> Array:
        """Shift index of each record of a shift, int of shape (number of records,)."""
        return np.array([self.shift_index[r.shift_id] for r in records], dtype=np.int64)

    def counted(self, needs: Sequence[Requirement]) -> tuple[Array, Array]:
        """Index of a requirement, and of a shift whose people it counts, int of one shape."""
        number, shift = [], []
        own: dict[str, Array] = {}
        for i, need in enumerate(needs):
            if need.shift_id is not None:
                found = np.array([self.shift_index[need.shift_id]])
            else:
                found = self._counted(need, own)
            number.append(np.full(len(found), i))
            shift.append(found)
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *number]), np.concatenate([none, *shift])

    def _counted(self, need: Requirement, own: dict[str, Array]) -> Array:
        """The shifts of one that has no shift of its own; `own` keeps those of each center."""
        at = need.center_id or ""
        if at not in own:
            own[at] = np.flatnonzero(self.center == self.center_index[at])
        there = own[at]
        if need.shifts:
            there = there[self.in_set(need.shifts)[there]]
        if need.start is not None and need.end is not None:
            minutes = self.week.horizon.minutes
            from_, until = minutes(need.start), minutes(need.end)
            return there[(self.start[there] <= from_) & (until <= self.end[there])]
        first, last, start = need.first_day, need.last_day, self.week.horizon.start
        if first is not None:
            there = there[self.day[there] >= (first - start).days]
        return there if last is None else there[self.day[there] <= (last - start).days]

    def own_shift(self, needs: Iterable[Requirement]) -> Array:
        """Shift index of each requirement, -1 for those that count several, int of one axis."""
        found = [-1 if n.shift_id is None else self.shift_index[n.shift_id] for n in needs]
        return np.array(found, dtype=np.int64)

    def center_of(self, needs: Iterable[Requirement]) -> Array:
        """Center index of each requirement, int of shape (number of requirements,)."""
        index, shifts = self.center_index, self.shift_index
        found = [
            index[n.center_id or ""] if n.shift_id is None else self.center[shifts[n.shift_id]]
            for n in needs
        ]
        return np.array(found, dtype=np.int64)

    def concerned(self, needs: Sequence[Requirement], which: Which) -> Array:
        """Requirements of which all shifts counted are meant, bool (number of requirements,)."""
        number, shift = self.counted(needs)
        meant = np.bincount(number, self.in_set(which)[shift], len(needs))
        counted = np.bincount(number, minlength=len(needs))
        return np.asarray((meant == counted) & ((counted > 0) | which.is_all))

    def in_group(self, names: Iterable[str]) -> Array:
        """Whom one of some names means, bool (num_volunteers,); all when no name is given.

        A name is one of a group; where there is no such group, a volunteer id, a skill held on the
        first day of the horizon, with its level as `portal:2`, or a name for the home center. A
        word such as `skill:` before the name says what it is.
        """
        names = tuple(names)
        if not names:
            return np.ones(self.num_volunteers, dtype=bool)
        found = np.zeros(self.num_volunteers, dtype=bool)
        for name in names:
            of_group = self._of_group(name)
            if of_group.any():
                found |= of_group
                continue
            kind, own = told_apart(name)
            meanings: dict[str, Callable[[str], Array]] = {
                "group": self._of_group,
                "person": self._of_id,
                "skill": self._of_skill,
                "home": self._of_home,
            }
            for meaning, array in meanings.items():
                if kind in ("", meaning):
                    found |= array(own)
        return found

    def _of_group(self, name: str) -> Array:
        return np.array([name in v.group for v in self.week.volunteers], dtype=bool)

    def _of_id(self, name: str) -> Array:
        return np.asarray(np.arange(self.num_volunteers) == self.volunteer_index.get(name, -1))

    def _of_skill(self, name: str) -> Array:
        skill, level = skill_and_level(name)
        return np.asarray((self.level(skill)[:, 0] >= level) & (level >= 1))

    def _of_home(self, name: str) -> Array:
        lives = np.append(self.at([name]), False)  # the last for whom no home is known
        return np.asarray(lives[self.home])

    def at(self, names: Iterable[str]) -> Array:
        """Centers that one of some names is for, bool (num_centers,); all when none is given."""
        wanted = set(names)
        if not wanted:
            return np.ones(self.num_centers, dtype=bool)
        found = np.zeros(self.num_centers, dtype=bool)
        for i, center in enumerate(self.week.centers):
            flags = {"minority": center.minority_area, "remote": center.remote_area}
            areas = {area for area, is_set in flags.items() if is_set} or {"other"}
            called = {center.center_id, center.type, *center.groups, *areas}
            found[i] = not wanted.isdisjoint(called)
        return found

    def in_set(self, which: Which | NameSet) -> Array:
        """Shifts that are meant, bool of shape (num_shifts,); names are types or tags."""
        if not isinstance(which, Which):
            which = Which(tuple(which))
        wanted, shifts = set(which.shifts), self.week.shifts
        named = [not wanted or s.type in wanted or not wanted.isdisjoint(s.tags) for s in shifts]
        found = np.array(named, dtype=bool)
        if which.where:
            found &= self.at(which.where)[self.center]
        if which.hours:
            first, last = which.span
            # Counted from the first of the hours on, those over midnight are in one piece.
            passed = np.array([60 * s.start.hour + s.start.minute for s in shifts], dtype=np.int64)
            found &= (passed - first) % 1440 < (last - first - 1) % 1440 + 1
        return found & self._days_meant(which)[self.day]

    def _days_meant(self, which: Which) -> Array:
        """Days whose shifts may be meant, bool of shape (num_days,)."""
        start, day = self.week.horizon.start, np.arange(self.num_days)
        found = np.ones(self.num_days, dtype=bool)
        if which.days is not None:
            dates = [start + dt.timedelta(i) for i in range(self.num_days)]
            weekdays = {WEEKDAYS.index(day) for day in which.days.weekdays}
            is_day = [d in which.days.dates or d.weekday() in weekdays for d in dates]
            found &= np.array(is_day, dtype=bool)
        if which.first_day is not None:
            found &= day >= (which.first_day - start).days
        if which.last_day is not None:
            found &= day <= (which.last_day - start).days
        return found
