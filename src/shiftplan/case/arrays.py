"""The week as numpy arrays, for the model and the engines; the checker never reads it.

`Week` -> index arrays over volunteers, shifts, centers, days and distinct shift times.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
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
        """State of a shift time in a person's windows, int8 of shape (num_volunteers, num_spans).

        Windows of a person that touch or overlap are one; of different states the least counts.
        """
        return self._find_state()

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
        return self.offered_of(())

    def inside(self, names: Iterable[str]) -> Array:
        """Shift times inside each person's windows, bool of shape (num_volunteers, num_spans).

        With names only times of shifts of these types or tags.
        """
        named = np.zeros(len(self.span_times), dtype=bool)
        named[self.span[self.in_set(names)]] = True
        return np.asarray((self.state != NOT_AVAILABLE) & named)

    def offered_of(self, names: Iterable[str]) -> Array:
        """`offered`, of the types or tags named, int of shape (num_volunteers,)."""
        count: Array = np.minimum(self.inside(names).sum(axis=1), self.max_shifts)
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

    def past(self, field: str) -> Array:
        """A field of each history, by its name, float (num_volunteers,); without a name, and for
        people without a history, 0.
        """
        found = np.zeros(self.num_volunteers)
        for history in self.week.history if field else ():
            found[self.volunteer_index[history.volunteer_id]] = getattr(history, field)
        return found

    def who(self, records: Iterable[Any]) -> Array:
        """Volunteer index of each record of a person, int of shape (number of records,)."""
        return np.array([self.volunteer_index[r.volunteer_id] for r in records], dtype=np.int64)

    def where(self, records: Iterable[Any]) -> Array:
        """Shift index of each record of a shift, int of shape (number of records,)."""
        return np.array([self.shift_index[r.shift_id] for r in records], dtype=np.int64)

    def in_group(self, names: Iterable[str]) -> Array:
        """Who belongs to one of the groups, bool (num_volunteers,); all when no name is given."""
        wanted = set(names)
        found = [not wanted or not wanted.isdisjoint(v.group) for v in self.week.volunteers]
        return np.array(found, dtype=bool)

    def in_set(self, names: Iterable[str]) -> Array:
        """Shifts of one of the types or tags, bool (num_shifts,); all when no name is given."""
        wanted, shifts = set(names), self.week.shifts
        found = [not wanted or s.type in wanted or not wanted.isdisjoint(s.tags) for s in shifts]
        return np.array(found, dtype=bool)
