"""What people offer: the windows of their availability, and the shift times inside them.

Time in which a person is occupied is not offered. Shifts and windows of a week -> `Offers`, the
same for every roster of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from shiftplan.week.scope import EVERY, Which, which_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shiftplan.week.fields import NameSet
    from shiftplan.week.horizon import Horizon
    from shiftplan.week.occupied import Occupied
    from shiftplan.week.records import Availability, Center, Shift, Volunteer
    from shiftplan.week.windows import JoinedWindows

_WELCOME = ("undesired", "available", "preferred")
"""States, the least welcome first."""


class Offers:
    """The windows of all people of a week; those of a person that touch or overlap are one.

    Shifts at which a person is occupied are not offered.
    """

    def __init__(
        self,
        shifts: Sequence[Shift],
        windows: Sequence[Availability],
        joined: Mapping[str, Sequence[JoinedWindows]],
        centers: Mapping[str, Center],
        occupied: Mapping[str, Sequence[Occupied]],
        horizon: Horizon,
    ) -> None:
        self._horizon = horizon
        self._shifts, self._windows, self._joined = shifts, windows, joined
        self._centers, self._occupied = centers, occupied
        self._days: dict[Which, list[tuple[date, list[Shift]]]] = {}
        self._times: dict[tuple[str, Which], list[tuple[Shift, str]]] = {}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        self._states: dict[tuple[str, datetime, datetime], str | None] = {}

    def spans(self, volunteer: Volunteer) -> Sequence[tuple[int, int]]:
        """First minute and first minute after each window of a person, from the horizon's first
        midnight; windows that touch or overlap are one.
        """
        who = volunteer.volunteer_id
        if who not in self._spans:
            minutes = self._horizon.minutes
            joined = self._joined.get(who, ())
            self._spans[who] = [(minutes(w.start), minutes(w.end)) for w in joined]
        return self._spans[who]

    def state(self, volunteer: Volunteer, shift: Shift) -> str | None:
        """State of a shift inside a person's windows; None when it is not offered.

        It is the least welcome of the states of all windows that share time with the shift.
        """
        if self.occupying(volunteer, shift):
            return None
        return self.state_inside(volunteer, shift)

    def occupying(self, volunteer: Volunteer, shift: Shift) -> list[Occupied]:
        """What occupies a person at the time of a shift, in order of time."""
        rows = self._occupied.get(volunteer.volunteer_id, ())
        return [row for row in rows if row.meets(shift)]

    def state_inside(self, volunteer: Volunteer, shift: Shift) -> str | None:
        """State of a shift inside a person's windows, also where the person is occupied."""
        key = volunteer.volunteer_id, shift.start, shift.end
        if key not in self._states:
            own = self._joined.get(volunteer.volunteer_id, ())
            found = next((w for w in own if w.contain(shift.start, shift.end)), None)
            self._states[key] = None if found is None else self._least(found, shift)
        return self._states[key]

    def _least(self, joined: JoinedWindows, shift: Shift) -> str:
        """Least welcome state of the windows, all in one piece, that share time with a shift."""
        if len(joined.places) == 1:
            return self._windows[joined.places[0]].state
        windows = (self._windows[place] for place in joined.places)
        states = {w.state for w in windows if w.start < shift.end and shift.start < w.end}
        return min(states, key=_WELCOME.index)

    def times(
        self, volunteer: Volunteer, which: Which | NameSet = EVERY
    ) -> list[tuple[Shift, str]]:
        """One shift of each different time inside a person's windows, and its state.

        Only times of shifts that are meant; names are types or tags.
        """
        which = which_of(which)
        key = volunteer.volunteer_id, which
        if key not in self._times:
            found = self._times.setdefault(key, [])
            joined = self._joined.get(volunteer.volunteer_id, ())
            for day, shifts in self._times_of_days(which) if joined else ():
                near = [w for w in joined if w.start.date() <= day <= w.end.date()]
                for s in shifts if near else ():
                    inside = (w for w in near if w.start <= s.start and s.end <= w.end)
                    found += [(s, self._least(w, s)) for w in inside]
            if volunteer.volunteer_id in self._occupied:
                found[:] = [own for own in found if not self.occupying(volunteer, own[0])]
        return self._times[key]

    def count(self, volunteer: Volunteer, which: Which | NameSet = EVERY) -> int:
        """Different shift times inside a person's windows, at most `most`."""
        count, most = len(self.times(volunteer, which)), self.most(volunteer)
        return count if most is None else min(count, most)

    def most(self, volunteer: Volunteer) -> int | None:
        """The person's max_shifts, less what counts as shifts beside them; None for no limit."""
        if volunteer.max_shifts is None:
            return None
        rows = self._occupied.get(volunteer.volunteer_id, ())
        inside = (row.counted_shifts for row in rows for d in row.dates if d in self._horizon)
        return max(0, volunteer.max_shifts - sum(inside))

    def _times_of_days(self, which: Which) -> list[tuple[date, list[Shift]]]:
        """Dates and one shift of each distinct time on them, of those meant."""
        if which not in self._days:
            at, everything = self._centers, which.is_all
            shifts = (s for s in self._shifts if everything or which.has(s, at[s.center_id]))
            times = {(s.start, s.end): s for s in shifts}
            days: dict[date, list[Shift]] = {}
            for shift in times.values():
                days.setdefault(shift.day, []).append(shift)
            self._days[which] = sorted(days.items())
        return self._days[which]
