"""Who works what in a roster, in plain Python values: the part of a `Case` that is not about seats.

(`Week`, `Roster`) -> `Work`, whose methods rules about people and their shifts ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from shiftplan.week.fields import name_and_number
from shiftplan.week.occupied import SHARED_BY
from shiftplan.week.scope import EVERY, Which, which_of
from shiftplan.week.where import distance

if TYPE_CHECKING:
    from shiftplan.week.demand import Service
    from shiftplan.week.fields import NameSet
    from shiftplan.week.history import History
    from shiftplan.week.occupied import Occupied
    from shiftplan.week.offers import Offers
    from shiftplan.week.records import Center, Shift, Volunteer
    from shiftplan.week.roster import Change, Roster
    from shiftplan.week.scope import NamesOfPeople
    from shiftplan.week.travel import Connections
    from shiftplan.week.week import Week
    from shiftplan.week.wishes import Preference

    Value = Callable[[Any, Volunteer], int | None]


class Work:
    """Who works what in one roster of one week; unknown ids and repetitions are set aside."""

    def __init__(self, week: Week, roster: Roster) -> None:
        self.week, self.horizon = week, week.horizon
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
        later._minutes, later._spreads = {}, {}
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
    def all_shifts(self) -> Sequence[Shift]:
        """All shifts."""
        return self.week.shifts

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

    def beside(self, shift: Shift) -> Sequence[Shift]:
        """Shifts of the same center that share time with a shift, with its own, by their start."""
        return self._beside[shift.shift_id]

    @cached_property
    def _beside(self) -> Mapping[str, Sequence[Shift]]:
        found: dict[str, list[Shift]] = {}
        running: dict[str, list[Shift]] = {}
        for shift in sorted(self.week.shifts, key=self._when):
            start = self.span[shift.shift_id][0]
            at = running.get(shift.center_id, ())
            there = [other for other in at if self.span[other.shift_id][1] > start]
            for other in there:
                found[other.shift_id].append(shift)
            running[shift.center_id] = [*there, shift]
            found[shift.shift_id] = [*there, shift]
        return found

    def worked(self, volunteer: Volunteer, which: Which | NameSet = EVERY) -> list[Shift]:
        """Shifts meant that a volunteer works, in order of time; names are types or tags."""
        shifts = self.shifts_of[volunteer.volunteer_id]
        if which is EVERY or (which := which_of(which)).is_all:
            return shifts[:]
        return [s for s in shifts if which.has(s, self.centers[s.center_id])]

    def days_worked(self, volunteer: Volunteer, which: Which | NameSet = EVERY) -> set[date]:
        """Dates on which a volunteer works a shift meant; names are types or tags."""
        return {s.day for s in self.worked(volunteer, which)}

    def occupied_on(self, volunteer: Volunteer, field: str, which: Which) -> list[tuple[date, int]]:
        """Dates of the horizon on which what occupies a person counts, and how much by a field.

        Nothing of it counts without a field, and where a rule is limited to some types, places or
        hours of shifts.
        """
        rows = self.occupied.get(volunteer.volunteer_id, ())
        if not rows or not field or not which.is_of_days:
            return []
        return [
            (day, int(getattr(row, field)))
            for row in rows
            for day in row.dates
            if getattr(row, field) and day in self.horizon and which.has_day(day)
        ]

    def given_days(self, volunteer: Volunteer, which: Which) -> set[int]:
        """Numbers of the days of the horizon on which a person has work beside shifts."""
        first = self.horizon.start
        return {(day - first).days for day, _ in self.occupied_on(volunteer, "is_work", which)}

    def minutes(self, shift: Shift) -> int:
        """Length of a shift in minutes."""
        start, end = self.span[shift.shift_id]
        return end - start

    def paid(self, volunteer: Volunteer, shift: Shift) -> int:
        """What a person is paid for a shift: its minutes by the hour, rounded half up, and more."""
        hours = volunteer.hourly_cost * self.minutes(shift)
        return (2 * hours + 60) // 120 + volunteer.shift_cost

    def minutes_outside(self, volunteer: Volunteer, shift: Shift) -> int:
        """Minutes of a shift that lie in none of the person's windows."""
        start, end = self.span[shift.shift_id]
        spans = self.offers.spans(volunteer)
        return end - start - sum(max(0, min(end, b) - max(start, a)) for a, b in spans)

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
        return self.horizon.moment(self.span[wish.shift_id][0]).date()

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
        self,
        key: Hashable,
        value: Value,
        people: Iterable[Volunteer],
    ) -> dict[int, set[str]]:
        """As `spread`, found anew."""
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
