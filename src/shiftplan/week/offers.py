"""What people offer: the windows of their availability, and the shift times inside them.

Shifts and windows of a week -> `Offers`, the same for every roster of it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shiftplan.week.fields import NameSet
    from shiftplan.week.records import Availability, Shift, Volunteer
    from shiftplan.week.windows import JoinedWindows

_WELCOME = ("undesired", "available", "preferred")
"""States, the least welcome first."""


class Offers:
    """The windows of all people of a week; those of a person that touch or overlap are one."""

    def __init__(
        self,
        shifts: Sequence[Shift],
        windows: Sequence[Availability],
        joined: Mapping[str, Sequence[JoinedWindows]],
    ) -> None:
        self._shifts, self._windows, self._joined = shifts, windows, joined
        self._days: dict[NameSet, list[tuple[date, list[Shift]]]] = {}
        self._times: dict[tuple[str, NameSet], list[tuple[Shift, str]]] = {}

    def state(self, volunteer: Volunteer, shift: Shift) -> str | None:
        """State of a shift inside a person's windows; None when it is not inside.

        It is the least welcome of the states of all windows that share time with the shift.
        """
        for joined in self._joined.get(volunteer.volunteer_id, ()):
            if joined.start <= shift.start and shift.end <= joined.end:
                return self._least(joined, shift)
        return None

    def _least(self, joined: JoinedWindows, shift: Shift) -> str:
        """Least welcome state of the windows, all in one piece, that share time with a shift."""
        if len(joined.places) == 1:
            return self._windows[joined.places[0]].state
        windows = (self._windows[place] for place in joined.places)
        states = {w.state for w in windows if w.start < shift.end and shift.start < w.end}
        return min(states, key=_WELCOME.index)

    def times(self, volunteer: Volunteer, names: NameSet = ()) -> list[tuple[Shift, str]]:
        """One shift of each different time inside a person's windows, and its state.

        With names only times of shifts of these types or tags.
        """
        key = volunteer.volunteer_id, names
        if key not in self._times:
            found = self._times.setdefault(key, [])
            joined = self._joined.get(volunteer.volunteer_id, ())
            for day, shifts in self._times_of_days(names) if joined else ():
                near = [w for w in joined if w.start.date() <= day <= w.end.date()]
                for s in shifts if near else ():
                    inside = (w for w in near if w.start <= s.start and s.end <= w.end)
                    found += [(s, self._least(w, s)) for w in inside]
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
