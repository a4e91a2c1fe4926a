"""What people offer: the windows of their availability, and the shift times inside them.

`Week` -> `Offers`, the same for every roster of it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shiftplan.week.fields import NameSet
    from shiftplan.week.records import Availability, Shift, Volunteer
    from shiftplan.week.week import Week


class Offers:
    """The windows of all people of a week."""

    def __init__(self, week: Week) -> None:
        self._shifts = week.shifts
        self._windows: dict[str, list[Availability]] = {v.volunteer_id: [] for v in week.volunteers}
        for window in week.availability:
            self._windows[window.volunteer_id].append(window)
        self._days: dict[NameSet, list[tuple[date, list[Shift]]]] = {}
        self._times: dict[tuple[str, NameSet], list[tuple[Shift, str]]] = {}

    def state(self, volunteer: Volunteer, shift: Shift) -> str | None:
        """State of the window that contains a shift; None when no window does."""
        for window in self._windows[volunteer.volunteer_id]:
            if window.start <= shift.start and shift.end <= window.end:
                return window.state
        return None

    def times(self, volunteer: Volunteer, names: NameSet = ()) -> list[tuple[Shift, str]]:
        """One shift of each different time inside a person's windows, and the window's state.

        With names only times of shifts of these types or tags.
        """
        key = volunteer.volunteer_id, names
        if key not in self._times:
            windows, found = self._windows[volunteer.volunteer_id], self._times.setdefault(key, [])
            for day, shifts in self._times_of_days(names) if windows else ():
                near = [w for w in windows if w.start.date() <= day <= w.end.date()]
                for s in shifts if near else ():
                    found += [(s, w.state) for w in near if w.start <= s.start and s.end <= w.end]
        return self._times[key]

    def count(self, volunteer: Volunteer, names: NameSet = ()) -> int:
        """Different shift times inside a person's windows, at most the person's max_shifts."""
        count = len(self.times(volunteer, names))
        return count if volunteer.max_shifts is None else min(count, volunteer.max_shifts)

    def _times_of_days(self, names: NameSet) -> list[tuple[date, list[Shift]]]:
        """Dates and one shift of each distinct time on them, of the types or tags named."""
        if names not in self._days:
            times = {(s.start, s.end): s for s in self._shifts if s.is_one_of(names)}
            days: dict[date, list[Shift]] = {}
            for shift in times.values():
                days.setdefault(shift.day, []).append(shift)
            self._days[names] = sorted(days.items())
        return self._days[names]
