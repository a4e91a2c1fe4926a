"""The week as numpy arrays, for the model and the engines; the checker never reads it.

`Week` -> index arrays over volunteers, shifts, centers, days and distinct shift times.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from shiftplan.case.index import Array as Array
from shiftplan.case.index import Index
from shiftplan.case.index import one_by_one as one_by_one
from shiftplan.week.fields import name_and_number
from shiftplan.week.occupied import SHARED_BY
from shiftplan.week.scope import EVERY, Which

if TYPE_CHECKING:
    from shiftplan.week.fields import NameSet
    from shiftplan.week.occupied import Occupied
    from shiftplan.week.records import Availability

NOT_AVAILABLE, UNDESIRED, AVAILABLE, PREFERRED = -1, 0, 1, 2
_STATES = {"undesired": UNDESIRED, "available": AVAILABLE, "preferred": PREFERRED}
EARTH_RADIUS_KM = 6371.0088
_NEAR_KM = 1e-6
"""Distance from a border below which the last digits decide."""


class Arrays(Index):
    """Index arrays of one week. Minutes count from the horizon's first midnight."""

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

    def work_beside_shifts(
        self, which: Which = EVERY, *, within_days: bool = False
    ) -> Iterator[tuple[Array, int, int]]:
        """Yield work that is no shift: whose it is, bool; first minute, and first minute after.

        Only work of days that are meant, and none where a rule is limited to some types, places or
        hours of shifts; with `within_days` none that lasts 24 hours or more.
        """
        minutes, start = self.week.horizon.minutes, self.week.horizon.start
        if which.shifts or which.where or which.hours:
            return
        meant = self._days_meant(which)
        for row, who in self._occupations:
            days = [(day - start).days for day in row.dates]
            inside = any(0 <= d < self.num_days and bool(meant[d]) for d in days)
            is_short = row.end - row.start < dt.timedelta(days=1)
            if row.is_work and (is_short or not within_days) and (which.is_all or inside):
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
        """Most shifts of each person, int of shape (num_volunteers,); num_shifts for no limit.

        They are less what counts as shifts beside them.
        """
        return self._find_max_shifts()

    def _find_max_shifts(self) -> Array:
        """What `max_shifts` tells."""
        limits = [v.max_shifts for v in self.week.volunteers]
        most = np.array([self.num_shifts if m is None else m for m in limits], dtype=np.int64)
        if self.week.occupied:
            beside = self.occupied_by_day("counted_shifts", EVERY).sum(axis=1)
            is_limited = np.array([m is not None for m in limits], dtype=bool)
            most = np.where(is_limited, np.maximum(most - beside, 0), most)
        return most

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
