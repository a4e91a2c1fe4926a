"""The decisions of a model: pairs of a volunteer and a shift that the volunteer could work.

`Arrays` and what the rules forbid -> `Pairs` -> a `Layout` for engines; `Roster` <-> pairs.
"""

from __future__ import annotations

import numpy as np

from shiftplan.case.arrays import Array, Arrays
from shiftplan.model.program import Layout
from shiftplan.week.roster import Assignment, Roster


class Pairs:
    """Pair i is the decision "volunteer `volunteer[i]` works shift `shift[i]`"."""

    def __init__(self, arrays: Arrays, eligible: Array, exclusive: Array) -> None:
        """`eligible`: bool of shape (num_volunteers, num_shifts)."""
        self._arrays = arrays
        self.volunteer, self.shift = (np.asarray(i) for i in np.nonzero(eligible))
        """Volunteer and shift index of each pair, int of shape (len(self),), by volunteer."""
        self.day = arrays.day[self.shift]
        self.person_day = self.volunteer * arrays.num_days + self.day
        """One number for each person and day."""
        self.center = arrays.center[self.shift]
        self.exclusive = exclusive
        """Class of each shift, int of shape (num_shifts,); nobody works two of one."""
        self._class = exclusive[self.shift]

    def __len__(self) -> int:
        return len(self.volunteer)

    def table(self) -> Array:
        """Number of each pair, int of shape (num_volunteers, num_shifts); -1 for none."""
        number = np.full((self._arrays.num_volunteers, self._arrays.num_shifts), -1)
        number[self.volunteer, self.shift] = np.arange(len(self))
        return number

    def most_shifts(self) -> Array:
        """Most shifts that each person could work, int of shape (num_volunteers,)."""
        classes = np.unique(np.stack([self.volunteer, self._class]), axis=1)
        return np.bincount(classes[0], minlength=self._arrays.num_volunteers)

    def most_people(self) -> Array:
        """People who could work each shift, int of shape (num_shifts,)."""
        return np.bincount(self.shift, minlength=self._arrays.num_shifts)

    def most_together(self, key: Array, size: int) -> Array:
        """Most works of one key that can be 1 at once for each person's exclusive classes."""
        return np.bincount(self.parts(key)[0], minlength=size)

    def parts(self, key: Array, pairs: Array | None = None) -> tuple[Array, Array, Array]:
        """Works of one key, person and exclusive class: they add up to 1 at most.

        A negative key is left out. With `pairs`, key[i] belongs to pairs[i]. Returns the key of
        each part, the part of each entry, and the pair of each entry.
        """
        entries = np.flatnonzero(key >= 0)
        pair = entries if pairs is None else pairs[entries]
        people, classes = self._arrays.num_volunteers, int(self._class.max(initial=0)) + 1
        label = (key[entries] * people + self.volunteer[pair]) * classes + self._class[pair]
        labels, part = np.unique(label, return_inverse=True)
        return labels // (people * classes), np.asarray(part).reshape(-1), pair

    def layout(self) -> Layout:
        """Whom, where and when each pair concerns."""
        return Layout(self.volunteer, self.center, self.day)

    def of(self, roster: Roster) -> Array:
        """Pairs of a roster's assignments, in rising order, each once; int.

        Assignments with unknown ids, or that a rule forbids by itself, are left out.
        """
        arrays, number = self._arrays, self.table()
        known = [
            (arrays.volunteer_index[a.volunteer_id], arrays.shift_index[a.shift_id])
            for a in roster.assignments
            if a.volunteer_id in arrays.volunteer_index and a.shift_id in arrays.shift_index
        ]
        found = number[tuple(np.array(known, dtype=np.int64).reshape(-1, 2).T)]
        return np.unique(found[found >= 0])

    def roster(self, values: Array) -> Roster:
        """The roster of a solution, float of shape (at least len(self),)."""
        week, worked = self._arrays.week, np.flatnonzero(values[: len(self)] > 0.5)
        pairs = zip(self.shift[worked], self.volunteer[worked], strict=True)
        found = ((week.shifts[s].shift_id, week.volunteers[v].volunteer_id) for s, v in pairs)
        return Roster(assignments=tuple(Assignment(*ids) for ids in found))
