"""A part of a roster laid out for checking, beside the whole of which it tells all the rest.

(part of a `Week`, part of a `Roster`, `Case` of the whole) -> `PartialCase`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

from shiftplan.case.case import Case, SeatKind

if TYPE_CHECKING:
    from shiftplan.case.work import Value
    from shiftplan.week.records import Shift, Volunteer
    from shiftplan.week.roster import Roster
    from shiftplan.week.scope import Which
    from shiftplan.week.week import Week


class PartialCase(Case):
    """Some people and shifts of a case, for rules to judge as if all of it were laid out anew.

    Spans, windows, histories and what people offer stay those of the whole.

    Parameters
    ----------
    week
        Some of the people, shifts, requirements, pins, preferences and published assignments of the
        whole.
    roster
        Assignments of these people and shifts.
    whole
        The case of all of it; of whom and what is not laid out here, it tells.
    moved
        Ids of the people who are laid out with all their shifts.
    touched
        Ids of the shifts that are laid out with all their team and requirements.

    """

    def __init__(
        self,
        week: Week,
        roster: Roster,
        whole: Case,
        *,
        moved: Collection[str],
        touched: Collection[str],
    ) -> None:
        self._whole, self._moved, self._touched = whole, frozenset(moved), frozenset(touched)
        self.centers, self.span, self.offers = whole.centers, whole.span, whole.offers
        self.histories, self.forecast = whole.histories, whole.forecast
        self.is_published, self.names, self.ways = whole.is_published, whole.names, whole.ways
        self.occupied, self.all_shifts = whole.occupied, whole.all_shifts
        super().__init__(week, roster)

    def _find_spread(
        self,
        key: Hashable,
        value: Value,
        people: Iterable[Volunteer],
    ) -> dict[int, set[str]]:
        """People moved count as they are here, all others as they are in the whole."""
        spread = {n: who - self._moved for n, who in self._whole.spread(key, value).items()}
        moved = (v for v in people if v.volunteer_id in self._moved)
        for n, who in super()._find_spread(key, value, moved).items():
            spread[n] = spread.get(n, set()) | who
        return {n: who for n, who in spread.items() if who}

    def team(self, shift: Shift) -> list[Volunteer]:
        """All people in a shift: those laid out here, if it is touched."""
        is_here = shift.shift_id in self._touched
        return (self if is_here else self._whole).people_in[shift.shift_id]

    def beside(self, shift: Shift) -> Sequence[Shift]:
        """Those of the whole."""
        return self._whole.beside(shift)

    def all_worked(self, volunteer: Volunteer) -> list[Shift]:
        """All shifts of a person: those laid out here, if they are moved."""
        is_here = volunteer.volunteer_id in self._moved
        return (self if is_here else self._whole).shifts_of[volunteer.volunteer_id]

    def _count_seats(self, kind: SeatKind, which: Which) -> dict[str, tuple[int, int]]:
        """Those of the whole, with the seats that are filled otherwise here."""
        seats = dict(self._whole.seats(kind, which))
        for center, need in self._needs_of(kind, which):
            filled, wanted = seats[center]
            more = self.filled(need, kind) - self._whole.filled(need, kind)
            seats[center] = (filled + more, wanted)
        return seats

    def _count_minutes(self, skill_id: str, level: int) -> dict[str, int]:
        """Those of the whole, with the teams of the shifts touched as they are here."""
        found = dict(self._whole.minutes_held(skill_id, level))
        for shift in self.week.shifts:
            if shift.shift_id in self._touched:
                people, whole = (c._holders(shift, skill_id, level) for c in (self, self._whole))
                found[shift.center_id] += (people - whole) * self.minutes(shift)
        return found
