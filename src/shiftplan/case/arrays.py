"""The week as numpy arrays, for the model and the engines; the checker never reads it.

`Week` -> index arrays over volunteers, shifts, centers, days and distinct shift times.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from shiftplan.week.fields import WEEKDAYS, name_and_number, skill_and_level
from shiftplan.week.occupied import SHARED_BY
from shiftplan.week.scope import EVERY, Which, told_apart

if TYPE_CHECKING:
    from shiftplan.week.fields import NameSet
    from shiftplan.week.occupied import Occupied
    from shiftplan.week.records import Availability
    from shiftplan.week.requirements import Condition, Requirement
    from shiftplan.week.week import Week

Array = np.ndarray[Any, Any]

NOT_AVAILABLE, UNDESIRED, AVAILABLE, PREFERRED = -1, 0, 1, 2
_STATES = {"undesired": UNDESIRED, "available": AVAILABLE, "preferred": PREFERRED}
EARTH_RADIUS_KM = 6371.0088
_NEAR_KM = 1e-6
"""Distance from a border below which the last digits decide."""


def one_by_one(count: Array) -> tuple[Array, Array]:
    """Each unit of counts: whose it is, and its number among those, from 0 on; int."""
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)


class Arrays:
    """Index arrays of one week. Minutes count from the horizon's first midnight."""

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

    @cached_property
    def state(self) -> Array:
        """State of a shift time that a person offers, int8 of shape (num_volunteers, num_spans).

        Windows of a person that touch or overlap are one; of different states the least counts.
        Where a person is occupied, nothing is offered.
        """
        if not self.week.occupied:
            return self.state_inside
        state: Array = np.where(self.occupied, NOT_AVAILABLE, self.state_inside)
        return state

    @cached_property
    def state_inside(self) -> Array:
        """`state` by the person's windows alone, whatever occupies the person."""
        return self._find_state()

    @cached_property
    def _occupations(self) -> list[tuple[Occupied, Array]]:
        """What occupies people, and whom, bool of shape (num_volunteers,)."""
        found = []
        for row in self.week.occupied:
            one = row.volunteer_id
            who = self.in_group(row.group) if one is None else self._of_id(one)
            found.append((row, who))
        return found

    @cached_property
    def occupied(self) -> Array:
        """Whether a shift time shares time with what occupies a person, bool as `state`."""
        return self._find_occupied()

    def _find_occupied(self) -> Array:
        """What `occupied` tells."""
        found = np.zeros((self.num_volunteers, len(self.span_times)), dtype=bool)
        for row, who in self._occupations:
            start, end = (self.week.horizon.minutes(t) for t in (row.start, row.end))
            found |= who[:, None] & (self.span_times[:, 0] < end) & (start < self.span_times[:, 1])
        return found

    def work_beside_shifts(self) -> Iterator[tuple[Array, int, int]]:
        """Yield work that is no shift: whose it is, bool; first minute, and first minute after."""
        minutes = self.week.horizon.minutes
        for row, who in self._occupations:
            if row.is_work:
                yield who, minutes(row.start), minutes(row.end)

    def occupied_by_day(self, field: str, which: Which) -> Array:
        """How much of what occupies people counts by a field, int (num_volunteers, num_days).

        Nothing of it counts without a field, and where a rule is limited to some types, places or
        hours of shifts.
        """
        found = np.zeros((self.num_volunteers, self.num_days), dtype=np.int64)
        if not field or which.shifts or which.where or which.hours:
            return found
        start = self.week.horizon.start
        for row, who in self._occupations:
            if amount := int(getattr(row, field)):
                days = ((day - start).days for day in row.dates)
                for inside in (day for day in days if 0 <= day < self.num_days):
                    found[who, inside] += amount
        found[:, ~self._days_meant(which)] = 0
        return found

    @cached_property
    def wish_share(self) -> Array:
        """What each person's wishes weigh, 1 as a rule, float of shape (num_volunteers,)."""
        return np.array([v.wish_percent for v in self.week.volunteers], dtype=float) / 100

    @cached_property
    def outside(self) -> Array:
        """Minutes of shift times outside each person's windows, int (num_volunteers, num_spans)."""
        minutes = self.week.horizon.minutes
        start, end = self.span_times[:, 0], self.span_times[:, 1]
        found = np.tile(end - start, (self.num_volunteers, 1))
        for who, index in self.volunteer_index.items():
            until = np.full(len(start), np.iinfo(np.int64).min)  # up to where minutes are counted
            own = self._windows_of.get(who, ())
            for first, last in sorted((minutes(w.start), minutes(w.end)) for w in own):
                begin = np.maximum(np.maximum(start, first), until)
                found[index] -= np.maximum(np.minimum(end, last) - begin, 0)
                until = np.maximum(until, last)
        return found

    @cached_property
    def _windows_of(self) -> dict[str, list[Availability]]:
        found: dict[str, list[Availability]] = {}
        for window in self.week.availability:
            found.setdefault(window.volunteer_id, []).append(window)
        return found

    def _find_state(self) -> Array:
        """What `state` tells."""
        state = np.full((self.num_volunteers, len(self.span_times)), NOT_AVAILABLE, dtype=np.int8)
        minutes = self.week.horizon.minutes
        windows = self.week.availability
        if not windows:
            return state
        who = self.who(windows)
        start = np.array([minutes(w.start) for w in windows], dtype=np.int64)
        end = np.array([minutes(w.end) for w in windows], dtype=np.int64)
        code = np.array([_STATES[w.state] for w in windows], dtype=np.int8)
        order = np.lexsort((end, start, who))
        who, start, end, code = who[order], start[order], end[order], code[order]
        apart = who * (end.max() - start.min() + 1)  # times of different people never meet
        reached = np.maximum.accumulate(end + apart)
        new = np.flatnonzero(np.append(True, (start + apart)[1:] > reached[:-1]))
        until = np.append(reached[new[1:] - 1], reached[-1]) - apart[new]
        owner, inside = self._spans_from(start[new], until)
        fits = self.span_times[inside, 1] <= until[owner]
        state[who[new][owner[fits]], inside[fits]] = PREFERRED
        longest = (self.end - self.start).max(initial=0)
        owner, near = self._spans_from(start - longest, end)
        shared = self.span_times[near, 1] > start[owner]
        owner, near = owner[shared], near[shared]
        np.minimum.at(state, (who[owner], near), code[owner])
        return state

    def _spans_from(self, start: Array, until: Array) -> tuple[Array, Array]:
        """Shift times that start in intervals: the interval of each, and its index; int."""
        first = np.searchsorted(self.span_times[:, 0], start, side="left")
        last = np.searchsorted(self.span_times[:, 0], until, side="left")
        owner, nth = one_by_one(last - first)
        return owner, first[owner] + nth

    @cached_property
    def offered(self) -> Array:
        """Shift times inside each person's windows, at most max_shifts, int (num_volunteers,)."""
        return self.offered_of(EVERY)

    def inside(self, which: Which | NameSet) -> Array:
        """Shift times that each person offers, bool of shape (num_volunteers, num_spans).

        Only times of shifts that are meant; names are types or tags.
        """
        named = np.zeros(len(self.span_times), dtype=bool)
        named[self.span[self.in_set(which)]] = True
        return np.asarray((self.state != NOT_AVAILABLE) & named)

    def offered_of(self, which: Which | NameSet) -> Array:
        """`offered`, of shifts that are meant, int of shape (num_volunteers,)."""
        count: Array = np.minimum(self.inside(which).sum(axis=1), self.max_shifts)
        return count

    @cached_property
    def max_shifts(self) -> Array:
        """Most shifts of each person, int of shape (num_volunteers,); num_shifts for no limit."""
        limits = [v.max_shifts for v in self.week.volunteers]
        return np.array([self.num_shifts if m is None else m for m in limits], dtype=np.int64)

    @cached_property
    def km(self) -> Array:
        """Great-circle distance between centers, float of shape (num_centers, num_centers)."""
        place = np.radians([[c.lat or 0.0, c.lon or 0.0] for c in self.week.centers])
        lat, lon = place[:, :1], place[:, 1:]
        h = np.sin((lat.T - lat) / 2) ** 2
        h = h + np.cos(lat) * np.cos(lat.T) * np.sin((lon.T - lon) / 2) ** 2
        km: Array = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(h))
        return km

    def km_beside(self, home: Array, there: Array, border: Array | float) -> Array:
        """Distances between centers, exact to the last digit where they are next to a border.

        numpy's functions differ from Python's in the last digit, which matters where a border is a
        distance that somebody computed. `home`, `there`: indices of centers; `border`: km. Float
        of the shape that the three have together.
        """
        home, there, border = np.broadcast_arrays(home, there, border)
        km: Array = self.km[home, there]
        near = np.nonzero(np.abs(km - border) < _NEAR_KM)
        km[near] = [self._km(*two) for two in zip(home[near], there[near], strict=True)]
        return km

    def _km(self, home: int, there: int) -> float:
        """`km` of two centers, by Python's own functions."""
        one, other = self.week.centers[home], self.week.centers[there]
        lat, to_lat = math.radians(one.lat or 0.0), math.radians(other.lat or 0.0)
        east = math.radians(other.lon or 0.0) - math.radians(one.lon or 0.0)
        h = math.sin((to_lat - lat) / 2) ** 2
        h += math.cos(lat) * math.cos(to_lat) * math.sin(east / 2) ** 2
        return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(h))

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
        held = np.zeros((self.num_volunteers, self.num_shifts), dtype=bool)
        for skill, level in condition.abilities:
            held |= self.holds(skill, level)
        return held if condition.held else ~held

    def past(self, field: str) -> Array:
        """A field of each history, by its name, float (num_volunteers,); without a name, and for
        people without a history, 0.

        What occupies people in the horizon, and counts, is added to shares of shifts and hours.
        """
        found = np.zeros(self.num_volunteers)
        for history in self.week.history if field else ():
            found[self.volunteer_index[history.volunteer_id]] = getattr(history, field)
        if field in SHARED_BY and self.week.occupied:
            counted, unit = SHARED_BY[field]
            found += self.occupied_by_day(counted, EVERY).sum(axis=1) / unit
        return found

    def tallied(self, field: str, names: Iterable[str]) -> Array:
        """Numbers of some names in a field of each history, added, float (num_volunteers,)."""
        found, wanted = np.zeros(self.num_volunteers), set(names)
        for history in self.week.history:
            for name, number in map(name_and_number, getattr(history, field)):
                if name in wanted:
                    found[self.volunteer_index[history.volunteer_id]] += number
        return found

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
