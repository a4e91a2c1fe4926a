"""A roster laid out for checking: who works what, and which seats that fills.

(`Week`, `Roster`) -> `Case` -> the `check` of every rule. The model never reads it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, Self

from shiftplan.case.seating import by_target, seated
from shiftplan.case.work import Work
from shiftplan.week.scope import EVERY, Which

if TYPE_CHECKING:
    import datetime as dt

    from shiftplan.case.seating import SeatWorths
    from shiftplan.week.records import Shift, Volunteer
    from shiftplan.week.requirements import Conditions, Requirement
    from shiftplan.week.roster import Change, Roster
    from shiftplan.week.week import Week

_LAST = "_laid_out_last"
"""Where a week keeps the roster laid out last, and its case; copies of the week have none."""
SeatKind = Literal["all", "people", "skilled"]
"""Seats of all requirements, of those without a skill, or of those with one."""


class Case(Work):
    """One roster of one week: who works what, and which seats that fills."""

    def __init__(self, week: Week, roster: Roster) -> None:
        super().__init__(week, roster)
        self._coverage: dict[Hashable, int] = {}
        self._seatings: dict[Hashable, Mapping[Conditions, list[Volunteer]]] = {}
        self._seats: dict[tuple[SeatKind, Which], Mapping[str, tuple[int, int]]] = {}

    def after(self, changes: Iterable[Change]) -> Self:
        later = super().after(changes)
        later._coverage, later._seats, later._seatings = {}, {}, {}
        vars(later).pop("taking_place", None)
        return later

    # ---- of the people and shifts that are laid out

    def counted(self, requirement: Requirement) -> list[Volunteer]:
        """People in its shifts whom a requirement counts; of exclusive seats, those who have one.

        Who works several of the shifts from one date to another is there once for each; who works
        several at a time of a date counts once.
        """
        if requirement.exclusive and requirement.shift_id is not None:
            return self.seating(requirement.shift_id)[requirement.conditions]
        return self.fitting(requirement)

    def fitting(self, requirement: Requirement) -> list[Volunteer]:
        """People in its shifts who meet all that a requirement asks for."""
        if requirement.shift_id is not None and requirement.is_of_heads:
            return self.people_in[requirement.shift_id]
        conditions = requirement.conditions
        found: list[Volunteer] = []
        for shift in self.shifts_counted(requirement):
            if team := self.people_in[shift.shift_id]:
                found += meeting(team, conditions, shift.day)
        if requirement.start is None:
            return found
        return list({volunteer.volunteer_id: volunteer for volunteer in found}.values())

    def counts(self, requirement: Requirement, volunteer: Volunteer, shift: Shift) -> bool:
        """Whether a person meets all that a requirement asks for on the day of a shift of it."""
        return bool(meeting([volunteer], requirement.conditions, shift.day))

    def shifts_counted(self, requirement: Requirement) -> Sequence[Shift]:
        """The shifts whose people a requirement counts."""
        return self.week.shifts_counted(requirement)

    def concerns(self, requirement: Requirement, which: Which) -> bool:
        """Whether shifts that are meant are all that a requirement counts."""
        if which.is_all:
            return True
        shifts = self.shifts_counted(requirement)
        return bool(shifts) and all(self.is_meant(shift, which) for shift in shifts)

    def coverage(self, requirement: Requirement) -> int:
        """Number of people, or of assignments, that a requirement counts; of exclusive seats, those
        filled.
        """
        key = requirement.shift_id, requirement.times, requirement.conditions
        if key not in self._coverage:
            self._coverage[key] = len(self.counted(requirement))
        return self._coverage[key]

    def seating(
        self, shift_id: str, worths: SeatWorths = by_target, kind: SeatKind = "all"
    ) -> Mapping[Conditions, list[Volunteer]]:
        """Conditions of exclusive requirements of a shift -> people who have their seats.

        Of all ways to share the team among them, it is one whose seats are worth most; `kind`
        leaves out the others.
        """
        key = shift_id, worths, kind
        if key not in self._seatings:
            needs = [n for n in self.exclusive[shift_id] if is_of_kind(n, kind)]
            shift = self.shifts[shift_id]

            def counts(need: Requirement, volunteer: Volunteer) -> bool:
                return self.counts(need, volunteer, shift)

            people = seated(self.people_in[shift_id], needs, worths, counts)
            conditions = (need.conditions for need in needs)
            self._seatings[key] = dict(zip(conditions, people, strict=True))
        return self._seatings[key]

    def would_fill(self, requirement: Requirement, volunteer: Volunteer, shift: Shift) -> bool:
        """Whether somebody who comes would fill an empty seat of a requirement.

        For an exclusive one that is also so where somebody in the shift takes the seat and leaves
        another one to who comes.
        """
        asked = [requirement]
        for one in asked if requirement.exclusive else ():
            for other in self.exclusive[shift.shift_id]:
                fit = (self.counts(one, member, shift) for member in self.counted(other))
                if other not in asked and any(fit):
                    asked.append(other)
        return any(self.counts(need, volunteer, shift) for need in asked)

    @cached_property
    def exclusive(self) -> Mapping[str, Sequence[Requirement]]:
        """Shift id -> its exclusive requirements; shifts without any are left out."""
        found: dict[str, list[Requirement]] = {}
        for need in self.week.requirements:
            if need.exclusive and need.shift_id is not None:
                found.setdefault(need.shift_id, []).append(need)
        return found

    @cached_property
    def taking_place(self) -> list[Shift]:
        """The shifts that ask for somebody or have people; all where nobody is asked for at all.

        Others are closed, alternatives of shifts that are held, or were never more than a
        possibility.
        """
        counted = (shift for need in self.asking for shift in self.shifts_counted(need))
        asked = {s.shift_id for s in counted if self.is_held(s.shift_id)}
        return [
            s
            for s in self.week.shifts
            if s.shift_id in asked
            or self.people_in[s.shift_id]
            or (not self.week.requirements and self.is_held(s.shift_id))
        ]

    def asks(self, requirement: Requirement) -> bool:
        """Whether the shift of a requirement is held; one of several shifts always asks."""
        return requirement.shift_id is None or self.is_held(requirement.shift_id)

    def is_held(self, shift_id: str) -> bool:
        """Whether a shift is held: an alternative or optional one may not be.

        The earliest of alternative shifts is held where no other one has people, and each other,
        as optional shifts, where it has.
        """
        first, *others = self.week.alternatives.get(shift_id, (shift_id,))
        if shift_id == first and not self.shifts[shift_id].optional:
            return not any(self.people_in[other] for other in others)
        return bool(self.people_in[shift_id])

    def shown_at(self, requirement: Requirement, at: dt.datetime | None = None) -> str | None:
        """The same as `Week.shown_at`, of the shifts that are held where any of them is."""
        shown = self.week.shown_at(requirement, at)
        if requirement.shift_id is not None or shown is None or self.is_held(shown):
            return shown
        counted = (shift.shift_id for shift in self.week.still_counted(requirement, at))
        return next(filter(self.is_held, counted), shown)

    @property
    def asking(self) -> list[Requirement]:
        """The requirements of shifts that are held."""
        needs = self.week.requirements
        return [need for need in needs if self.asks(need)]

    def empty(self, requirement: Requirement) -> int:
        """Number of its seats, up to the target, that nobody fills; none where it does not ask."""
        return max(0, requirement.target - self.coverage(requirement)) * self.asks(requirement)

    def filled(self, requirement: Requirement, kind: SeatKind = "all") -> int:
        """Number of its seats, up to the target, that count as filled: all where it asks nobody.

        Of exclusive ones those that could be filled if only seats of a kind were to be filled.
        """
        if requirement.exclusive and self.asks(requirement):
            return len(self.seating(requirement.shift_id or "", kind=kind)[requirement.conditions])
        return requirement.target - self.empty(requirement)

    # ---- of the whole roster, also where a part of it is laid out

    def seats(self, kind: SeatKind, which: Which = EVERY) -> Mapping[str, tuple[int, int]]:
        """Center id -> seats filled and seats wanted, up to the targets of its requirements."""
        key = kind, which
        if key not in self._seats:
            self._seats[key] = self._count_seats(kind, which)
        return self._seats[key]

    def _count_seats(self, kind: SeatKind, which: Which) -> dict[str, tuple[int, int]]:
        """What `seats` tells, counted anew."""
        seats = dict.fromkeys(self.centers, (0, 0))
        for center, need in self._needs_of(kind, which):
            filled, wanted = seats[center]
            seats[center] = (filled + self.filled(need, kind), wanted + need.target)
        return seats

    def _needs_of(self, kind: SeatKind, which: Which) -> Iterator[tuple[str, Requirement]]:
        """Yield center id and requirement of those that are laid out and have such seats."""
        for need in self.week.requirements:
            if is_of_kind(need, kind) and self.concerns(need, which):
                yield self.week.center_of(need), need


def meeting(people: Iterable[Volunteer], conditions: Conditions, day: dt.date) -> list[Volunteer]:
    """Those of some people who meet all conditions on a date."""
    left = [*people]
    for condition in conditions:
        left = [v for v in left if condition.is_met(partial(v.level, day=day))]
    return left


def is_of_kind(need: Requirement, kind: SeatKind) -> bool:
    """Whether the seats of a requirement are some of a kind."""
    return kind == "all" or (kind == "people") == need.is_of_heads


def laid_out(week: Week, roster: Roster) -> Case:
    """The case of a roster; a week keeps that of the roster asked for last."""
    last: tuple[Roster, Case] | None = vars(week).get(_LAST)
    if last is None or last[0] is not roster:
        last = vars(week)[_LAST] = roster, Case(week, roster)
    return last[1]
