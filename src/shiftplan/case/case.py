"""A roster laid out for checking: who works what, in plain Python values.

(`Week`, `Roster`) -> `Case` -> the `check` of every rule. The model never reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from shiftplan.case.seating import by_target, seated
from shiftplan.week.fields import name_and_number
from shiftplan.week.occupied import SHARED_BY
from shiftplan.week.scope import EVERY, Which, which_of
from shiftplan.week.where import distance

if TYPE_CHECKING:
    from shiftplan.case.seating import SeatWorths
    from shiftplan.week.demand import Service
    from shiftplan.week.fields import NameSet
    from shiftplan.week.history import History
    from shiftplan.week.occupied import Occupied
    from shiftplan.week.offers import Offers
    from shiftplan.week.records import Center, Shift, Volunteer
    from shiftplan.week.requirements import Conditions, Requirement
    from shiftplan.week.roster import Change, Roster
    from shiftplan.week.scope import NamesOfPeople
    from shiftplan.week.travel import Connections
    from shiftplan.week.week import Week
    from shiftplan.week.wishes import Preference

    Value = Callable[["Case", Volunteer], int | None]

_LAST = "_laid_out_last"
"""Where a week keeps the roster laid out last, and its case; copies of the week have none."""
SeatKind = Literal["all", "people", "skilled"]
"""Seats of all requirements, of those without a skill, or of those with one."""


class Case:
    """One roster of one week. Unknown ids and repeated assignments are set aside."""

    def __init__(self, week: Week, roster: Roster) -> None:
        self.week, self.horizon = week, week.horizon
        self._coverage: dict[Hashable, int] = {}
        self._seatings: dict[Hashable, Mapping[Conditions, list[Volunteer]]] = {}
        self._seats: dict[tuple[SeatKind, Which], Mapping[str, tuple[int, int]]] = {}
        self._minutes: dict[tuple[str, int], Mapping[str, int]] = {}
        self._spreads: dict[Hashable, dict[int, set[str]]] = {}
        self.volunteers, self.shifts = week.volunteer_by_id, week.shift_by_id
        self.unknown: list[tuple[str, str]] = []
        """(shift id, volunteer id) of assignments that name an unknown id."""
        self.repeated: list[tuple[str, str]] = []
        """(shift id, volunteer id) once for each needless repetition."""
        self.shifts_of: dict[str, list[Shift]] = {v: [] for v in self.volunteers}
        """Volunteer id -> shifts worked, in order of time."""
        self.people_in: dict[str, list[Volunteer]] = {s: [] for s in self.shifts}
        """Shift id -> people in it."""
        for assignment, count in sorted(Counter(roster.assignments).items()):
            shift = self.shifts.get(assignment.shift_id)
            volunteer = self.volunteers.get(assignment.volunteer_id)
            if shift is None or volunteer is None:
                self.unknown += [(assignment.shift_id, assignment.volunteer_id)] * count
                continue
            self.repeated += [(shift.shift_id, volunteer.volunteer_id)] * (count - 1)
            self.shifts_of[volunteer.volunteer_id].append(shift)
            self.people_in[shift.shift_id].append(volunteer)
        for shifts in self.shifts_of.values():
            shifts.sort(key=self._when)

    def after(self, changes: Iterable[Change]) -> Self:
        """The case of the roster that changes lead to, of people and shifts that are known.

        Each adds an assignment that is not there, or takes away one that is.
        """
        later = copy(self)
        later.shifts_of, later.people_in = dict(self.shifts_of), dict(self.people_in)
        later._coverage, later._seats, later._minutes, later._spreads = {}, {}, {}, {}
        later._seatings = {}
        for (shift_id, who), is_added in changes:
            shift, volunteer = self.shifts[shift_id], self.volunteers[who]
            theirs = [s for s in later.shifts_of[who] if s.shift_id != shift_id]
            team = [v for v in later.people_in[shift_id] if v.volunteer_id != who]
            if is_added:
                theirs = sorted([*theirs, shift], key=self._when)
                team = sorted([*team, volunteer], key=lambda v: v.volunteer_id)
            later.shifts_of[who], later.people_in[shift_id] = theirs, team
        return later

    def _when(self, shift: Shift) -> tuple[int, int, str]:
        return (*self.span[shift.shift_id], shift.shift_id)

    # ---- of the whole week, also where a part of it is laid out

    @cached_property
    def centers(self) -> Mapping[str, Center]:
        """Center id -> center."""
        return self.week.center_by_id

    @cached_property
    def span(self) -> Mapping[str, tuple[int, int]]:
        """First minute and first minute after each shift, from the horizon's first midnight."""
        return self.week.span

    @cached_property
    def offers(self) -> Offers:
        """What people offer."""
        return self.week.offers

    @cached_property
    def histories(self) -> Mapping[str, History]:
        """Volunteer id -> what is known of the time before the horizon, if anything is."""
        return self.week.history_by_id

    @cached_property
    def ways(self) -> Connections:
        """How people get from center to center."""
        return self.week.ways

    @cached_property
    def forecast(self) -> Mapping[str, Sequence[tuple[Service, float]]]:
        """Center id -> service and minutes of work of each forecast."""
        return self.week.forecast

    @cached_property
    def names(self) -> NamesOfPeople:
        """What names of people mean."""
        return self.week.names_of_people

    @cached_property
    def occupied(self) -> Mapping[str, Sequence[Occupied]]:
        """Volunteer id -> what occupies the person, in order of time; others are left out."""
        return self.week.occupied_of

    @cached_property
    def is_published(self) -> bool:
        """Whether anything was published."""
        return bool(self.week.published)

    # ---- of the people and shifts that are laid out

    def members(self, group: NameSet) -> Iterator[Volunteer]:
        """Volunteers whom one of some names means; all when no name is given."""
        for volunteer in self.week.volunteers:
            if self.is_member(volunteer, group):
                yield volunteer

    def is_member(self, volunteer: Volunteer, group: NameSet) -> bool:
        """Whether one of some names means a person; always when no name is given."""
        return self.names.has(group, volunteer)

    def meant(self, which: Which | NameSet) -> list[Shift]:
        """Shifts that are laid out and meant."""
        return [s for s in self.week.shifts if self.is_meant(s, which)]

    def is_meant(self, shift: Shift, which: Which | NameSet) -> bool:
        """Whether a shift is meant."""
        if which is EVERY:
            return True
        which = which_of(which)
        return which.is_all or which.has(shift, self.centers[shift.center_id])

    def worked(self, volunteer: Volunteer, which: Which | NameSet = EVERY) -> list[Shift]:
        """Shifts meant that a volunteer works, in order of time; names are types or tags."""
        shifts = self.shifts_of[volunteer.volunteer_id]
        return shifts[:] if which is EVERY else [s for s in shifts if self.is_meant(s, which)]

    def days_worked(self, volunteer: Volunteer, which: Which | NameSet = EVERY) -> set[date]:
        """Dates on which a volunteer works a shift meant; names are types or tags."""
        return {s.day for s in self.worked(volunteer, which)}

    def occupied_on(self, volunteer: Volunteer, field: str, which: Which) -> list[tuple[date, int]]:
        """Dates of the horizon on which what occupies a person counts, and how much by a field.

        Nothing of it counts without a field, and where a rule is limited to some types, places or
        hours of shifts.
        """
        if not field or not which.is_of_days:
            return []
        return [
            (day, int(getattr(row, field)))
            for row in self.occupied.get(volunteer.volunteer_id, ())
            for day in row.dates
            if getattr(row, field) and day in self.horizon and which.has_day(day)
        ]

    def minutes(self, shift: Shift) -> int:
        """Length of a shift in minutes."""
        start, end = self.span[shift.shift_id]
        return end - start

    def minutes_outside(self, volunteer: Volunteer, shift: Shift) -> int:
        """Minutes of a shift that lie in none of the person's windows."""
        start, end = self.span[shift.shift_id]
        inside = 0
        for window in self.offers.windows(volunteer):
            first, last = map(self.horizon.minutes, (window.start, window.end))
            inside += max(0, min(end, last) - max(start, first))
        return end - start - inside

    @cached_property
    def _preferences(self) -> dict[str, list[Preference]]:
        stated: dict[str, list[Preference]] = {}
        for wish in self.week.preferences:
            stated.setdefault(wish.volunteer_id, []).append(wish)
        return stated

    def refused(self, wish: Preference) -> bool:
        """Whether a preference is refused.

        One for a shift, or for a day, is refused when the person does not work it, or no shift of
        the types or tags meant on that day; one against it when they do.
        """
        volunteer = self.volunteers[wish.volunteer_id]
        if wish.shift_id is not None:
            works = any(s.shift_id == wish.shift_id for s in self.worked(volunteer))
        else:
            works = any(s.day == wish.date for s in self.worked(volunteer, wish.shifts))
        return works == (wish.state == "against")

    def day_of(self, wish: Preference) -> date:
        """Date that a preference is about."""
        if wish.shift_id is None:
            assert wish.date is not None
            return wish.date
        return self.horizon.dates[self.span[wish.shift_id][0] // 1440]

    def wishes(self, volunteer: Volunteer, which: Which = EVERY) -> tuple[int, int]:
        """Number of a person's wishes about days that are meant, and of those that are refused.

        They are the person's preferences, and the different shift times inside undesired windows,
        which are refused when any shift is worked then.
        """
        known = self._preferences.get(volunteer.volunteer_id, ())
        stated = [wish for wish in known if which.has_day(self.day_of(wish))]
        offered = self.offers.times(volunteer, which)
        times = {(s.start, s.end) for s, state in offered if state == "undesired"}
        if not stated and not times:
            return 0, 0
        worked = {(s.start, s.end) for s in self.worked(volunteer, which)}
        return len(stated) + len(times), sum(map(self.refused, stated)) + len(times & worked)

    def spread(self, key: Hashable, value: Value) -> dict[int, set[str]]:
        """Ids of the people of the whole week by a value that their own shifts decide.

        `value` gives None for people who are left out.
        """
        if key not in self._spreads:
            self._spreads[key] = self._find_spread(key, value, self.week.volunteers)
        return self._spreads[key]

    def _find_spread(
        self, key: Hashable, value: Value, people: Iterable[Volunteer]
    ) -> dict[int, set[str]]:
        """What `spread` tells of some people, found anew."""
        spread: dict[int, set[str]] = {}
        for volunteer in people:
            found = value(self, volunteer)
            if found is not None:
                spread.setdefault(found, set()).add(volunteer.volunteer_id)
        return spread

    def history(self, volunteer: Volunteer) -> History | None:
        """What is known of the time before the horizon; None when nothing is."""
        return self.histories.get(volunteer.volunteer_id)

    def past(self, volunteer: Volunteer, field: str) -> float:
        """A field of the person's history, by its name; 0 where there is no history, or no name.

        What occupies the person in the horizon, and counts, is added to shares of shifts and hours.
        """
        history = self.history(volunteer)
        worked: float = 0.0 if history is None or not field else getattr(history, field)
        if field in SHARED_BY and volunteer.volunteer_id in self.occupied:
            counted, unit = SHARED_BY[field]
            worked += sum(n for _, n in self.occupied_on(volunteer, counted, EVERY)) / unit
        return worked

    def tallied(self, volunteer: Volunteer, field: str, names: NameSet) -> float:
        """The numbers of some names in a field of the person's history, added; 0 without one."""
        history = self.history(volunteer)
        texts = () if history is None else getattr(history, field)
        return sum(n for name, n in map(name_and_number, texts) if name in names)

    def km(self, volunteer: Volunteer, shift: Shift) -> float | None:
        """Great-circle distance from home to a shift, radius 6371.0088 km; None when unknown."""
        if volunteer.home_center_id is None:
            return None
        return distance(self.centers[volunteer.home_center_id], self.centers[shift.center_id])

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
        found = [
            volunteer
            for shift in self.shifts_counted(requirement)
            for volunteer in self.people_in[shift.shift_id]
            if self.counts(requirement, volunteer, shift)
        ]
        if requirement.start is None:
            return found
        return list({volunteer.volunteer_id: volunteer for volunteer in found}.values())

    def counts(self, requirement: Requirement, volunteer: Volunteer, shift: Shift) -> bool:
        """Whether a person meets all that a requirement asks for on the day of a shift of it."""
        return all(
            condition.is_met(lambda skill: volunteer.level(skill, shift.day))
            for condition in requirement.conditions
        )

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
            needs = [n for n in self.exclusive.get(shift_id, ()) if is_of_kind(n, kind)]
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
        asked = {s.shift_id for s in counted if not self._stands_back(s.shift_id)}
        return [
            s
            for s in self.week.shifts
            if s.shift_id in asked
            or self.people_in[s.shift_id]
            or not (self.week.requirements or self._stands_back(s.shift_id))
        ]

    def asks(self, requirement: Requirement) -> bool:
        """Whether the shift of a requirement is held: an alternative or optional one may not be.

        One that counts several shifts always asks.

        The earliest of alternative shifts is held where no other one has people, and each other,
        as optional shifts, where it has.
        """
        return requirement.shift_id is None or not self._stands_back(requirement.shift_id)

    def _stands_back(self, shift_id: str) -> bool:
        """Whether a shift is not held, as its alternative is or nobody has to come."""
        first, *others = self.week.alternatives.get(shift_id, (shift_id,))
        if shift_id == first and not self.shifts[shift_id].optional:
            return any(self.people_in[other] for other in others)
        return not self.people_in[shift_id]

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

    def _holders(self, shift: Shift, skill_id: str, level: int) -> int:
        """Number of people in a shift who hold a level on its day."""
        people = self.people_in[shift.shift_id]
        return sum(v.level(skill_id, shift.day) >= level for v in people)

    # ---- of the whole roster, also where a part of it is laid out

    def team(self, shift: Shift) -> list[Volunteer]:
        """All people in a shift."""
        return self.people_in[shift.shift_id]

    def all_worked(self, volunteer: Volunteer) -> list[Shift]:
        """All shifts a volunteer works, in order of time."""
        return self.shifts_of[volunteer.volunteer_id]

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

    def minutes_held(self, skill_id: str, level: int) -> Mapping[str, int]:
        """Center id -> minutes worked there by people who hold a level on the day.

        Centers without a shift are left out.
        """
        key = (skill_id, level)
        if key not in self._minutes:
            self._minutes[key] = self._count_minutes(*key)
        return self._minutes[key]

    def _count_minutes(self, skill_id: str, level: int) -> dict[str, int]:
        """What `minutes_held` tells, counted anew."""
        found: Counter[str] = Counter()
        for shift in self.week.shifts:
            found[shift.center_id] += self._holders(shift, skill_id, level) * self.minutes(shift)
        return found


def is_of_kind(need: Requirement, kind: SeatKind) -> bool:
    """Whether the seats of a requirement are some of a kind."""
    return kind == "all" or (kind == "people") == need.is_of_heads


def laid_out(week: Week, roster: Roster) -> Case:
    """The case of a roster; a week keeps that of the roster asked for last."""
    last: tuple[Roster, Case] | None = vars(week).get(_LAST)
    if last is None or last[0] is not roster:
        last = vars(week)[_LAST] = roster, Case(week, roster)
    return last[1]
