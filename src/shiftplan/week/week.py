"""All tables of a week, immutable: who offers what, and what is needed where.

Records -> `Week`, which knows no rule; with rules it is a `Problem`.

All dates and times are wall-clock values of the horizon's zone (naive `datetime`); intervals are
half-open. Ids are strings and kept as they are written, with accents composed (NFC).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator

from shiftplan.errors.message import AtTimes
from shiftplan.week.demand import Demand, LanguageShare, Service, Setting
from shiftplan.week.fields import Frozen, Text
from shiftplan.week.forecast import forecast_hours
from shiftplan.week.history import History, Published
from shiftplan.week.horizon import Horizon
from shiftplan.week.occupied import Occupied, occupied_people
from shiftplan.week.offers import Offers
from shiftplan.week.records import Availability, Center, Shift, Skill, StandBy, Volunteer
from shiftplan.week.requirements import Requirement, in_steps
from shiftplan.week.scope import NamesOfPeople
from shiftplan.week.shift_types import Break, ShiftType
from shiftplan.week.travel import Connections, Way
from shiftplan.week.visits import CitizenKind, Journey, Official, expected_requests
from shiftplan.week.windows import JoinedWindows, joined_windows
from shiftplan.week.wishes import Pin, Preference

_OF_WORK = ("centers", "services", "demand", "journeys", "citizen_kinds")
"""Tables that decide how many minutes of work citizens bring."""


class Week(Frozen):
    """The tables of a week. Each row is valid by itself; `Problem` sees that they fit together."""

    made_of: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "joined_windows": ("availability",),
        "center_by_id": ("centers",),
        "volunteer_by_id": ("volunteers",),
        "shift_by_id": ("shifts",),
        "history_by_id": ("history",),
        "ways": ("centers", "travel"),
        "span": ("horizon", "shifts"),
        "names_of_people": ("horizon", "volunteers", "centers"),
        "occupied_of": ("horizon", "volunteers", "centers", "occupied"),
        "offers": ("horizon", "volunteers", "availability", "occupied", "shifts", "centers"),
        "forecast": _OF_WORK,
        "forecast_hours": ("horizon", "shifts", *_OF_WORK),
    }
    schema_version: Literal[1] = 1
    """Version of this form; raised when older readers could misread a newer problem."""
    name: Text = ""
    """Name people know the problem by."""
    horizon: Horizon
    """Days planned."""
    centers: tuple[Center, ...]
    """Places."""
    skills: tuple[Skill, ...] = ()
    """What volunteers can do."""
    services: tuple[Service, ...] = ()
    """What citizens come for."""
    volunteers: tuple[Volunteer, ...]
    """People."""
    availability: tuple[Availability, ...] = ()
    """When people can come."""
    stand_by: tuple[StandBy, ...] = ()
    """When people can be called in beside that."""
    occupied: tuple[Occupied, ...] = ()
    """When people are occupied by something else than shifts."""
    shifts: tuple[Shift, ...]
    """Work to be covered."""
    demand: tuple[Demand, ...] = ()
    """Forecast of citizens."""
    languages: tuple[LanguageShare, ...] = ()
    """Citizens who need a language, by center."""
    journeys: tuple[Journey, ...] = ()
    """Visits of several services."""
    citizen_kinds: tuple[CitizenKind, ...] = ()
    """Citizens who need more or less time than others."""
    officials: tuple[Official, ...] = ()
    """Officials who help at counters."""
    travel: tuple[Way, ...] = ()
    """Ways between centers."""
    shift_types: tuple[ShiftType, ...] = ()
    """Types of shifts that a design may use."""
    breaks: tuple[Break, ...] = ()
    """Breaks that people take in shifts."""
    policy: tuple[Setting, ...] = ()
    """What citizens are promised and designs weigh, where it differs from the defaults."""
    requirements: Annotated[tuple[Requirement, ...], AfterValidator(in_steps)] = ()
    """People needed; each step of a time is a requirement of its own."""
    history: tuple[History, ...] = ()
    """What was before."""
    pins: tuple[Pin, ...] = ()
    """What is decided already."""
    preferences: tuple[Preference, ...] = ()
    """What people wish."""
    published: tuple[Published, ...] = ()
    """What was published, where a week is planned again."""

    @cached_property
    def joined_windows(self) -> Mapping[str, Sequence[JoinedWindows]]:
        """Volunteer id -> the windows of the person; those that touch or overlap are together."""
        return joined_windows(self.availability)

    @cached_property
    def stand_by_windows(self) -> tuple[Availability, ...]:
        """Times at which people stand by; those of the whole horizon contain all its shifts."""
        first, last = (
            dt.datetime.combine(d, dt.time()) for d in (self.horizon.start, self.horizon.end)
        )
        last = max((last, *(shift.end for shift in self.shifts)))
        return tuple(
            Availability(
                volunteer_id=row.volunteer_id, start=row.start or first, end=row.end or last
            )
            for row in self.stand_by
        )

    @cached_property
    def on_call_windows(self) -> Mapping[str, Sequence[JoinedWindows]]:
        """The same of `joined_windows` together with the times at which people stand by."""
        if not self.stand_by:
            return self.joined_windows
        return joined_windows((*self.availability, *self.stand_by_windows))

    @cached_property
    def center_by_id(self) -> Mapping[str, Center]:
        """Center id -> center."""
        return {c.center_id: c for c in self.centers}

    @cached_property
    def volunteer_by_id(self) -> Mapping[str, Volunteer]:
        """Volunteer id -> volunteer."""
        return {v.volunteer_id: v for v in self.volunteers}

    @cached_property
    def shift_by_id(self) -> Mapping[str, Shift]:
        """Shift id -> shift."""
        return {s.shift_id: s for s in self.shifts}

    @cached_property
    def alternatives(self) -> Mapping[str, Sequence[str]]:
        """Shift id -> ids of the shifts of which one is held, with its own, the earliest first.

        Of those that start together the first is the first id; optional shifts come last. Shifts
        without alternatives are left out.
        """
        groups: dict[str, list[Shift]] = {}
        for shift in self.shifts:
            if shift.alternative:
                groups.setdefault(shift.alternative, []).append(shift)
        found: dict[str, Sequence[str]] = {}
        for group in groups.values():
            group.sort(key=lambda shift: (shift.optional, shift.start, shift.shift_id))
            ids = [shift.shift_id for shift in group]
            found.update(dict.fromkeys(ids, ids))
        return found

    @cached_property
    def shifts_at(self) -> Mapping[str, Sequence[Shift]]:
        """Center id -> its shifts."""
        found: dict[str, list[Shift]] = {}
        for shift in self.shifts:
            found.setdefault(shift.center_id, []).append(shift)
        return found

    @cached_property
    def moments(self) -> Sequence[AtTimes]:
        """Times of each center from one start or end of its shifts to the next, with any then."""
        found: list[AtTimes] = []
        for center in self.centers:
            own = [self.span[s.shift_id] for s in self.shifts_at.get(center.center_id, ())]
            for start, end in pairwise(sorted({minute for span in own for minute in span})):
                if any(first <= start < last for first, last in own):
                    from_, until = self.horizon.moment(start), self.horizon.moment(end)
                    found.append(AtTimes(center.center_id, from_, until))
        return found

    @cached_property
    def counted_at(self) -> Mapping[AtTimes | None, Sequence[Shift]]:
        """Times of the requirements without a shift of their own -> the shifts that they count."""
        return {
            need.times: [s for s in self.shifts_at.get(need.center_id, ()) if need.may_count(s)]
            for need in self.requirements
            if need.center_id is not None
        }

    @cached_property
    def needs_at(self) -> Mapping[str, Sequence[Requirement]]:
        """Shift id -> the requirements that count its people."""
        found: dict[str, list[Requirement]] = {}
        for need in self.requirements:
            for shift in self.shifts_counted(need):
                found.setdefault(shift.shift_id, []).append(need)
        return found

    def shifts_counted(self, need: Requirement) -> Sequence[Shift]:
        """The shifts whose people one of the requirements counts, in their order."""
        if need.shift_id is not None:
            return (self.shift_by_id[need.shift_id],)
        return self.counted_at[need.times]

    def shown_at(self, need: Requirement, at: dt.datetime | None = None) -> str | None:
        """Id of the shift at which one of the requirements is shown: the first that it counts.

        With a time `at`, the first that has not ended by then; None where its time is over.
        """
        if need.shift_id is not None:
            return need.shift_id
        if at is not None and need.end is not None and need.end <= at:
            return None
        return next((shift.shift_id for shift in self.still_counted(need, at)), None)

    def still_counted(self, need: Requirement, at: dt.datetime | None = None) -> list[Shift]:
        """The shifts that one of the requirements counts, in order of time.

        With a time `at`, those that have not ended by then.
        """
        shifts = (s for s in self.shifts_counted(need) if at is None or s.end > at)
        return sorted(shifts, key=lambda s: (s.start, s.shift_id))

    def center_of(self, need: Requirement) -> str:
        """Id of the center at which a requirement is."""
        if need.shift_id is None:
            return need.center_id or ""
        return self.shift_by_id[need.shift_id].center_id

    @property
    def barred(self) -> set[tuple[str, str]]:
        """Ids of shifts and volunteers that a pin keeps apart."""
        return {(p.shift_id, p.volunteer_id) for p in self.pins if p.state == "must_not"}

    @cached_property
    def history_by_id(self) -> Mapping[str, History]:
        """Volunteer id -> what is known of the time before the horizon, if anything is."""
        return {h.volunteer_id: h for h in self.history}

    @cached_property
    def ways(self) -> Connections:
        """How people get from center to center."""
        return Connections(self.centers, self.travel)

    @cached_property
    def span(self) -> Mapping[str, tuple[int, int]]:
        """Shift id -> first minute and first minute after it, from the horizon's first midnight."""
        minutes = self.horizon.minutes
        return {s.shift_id: (minutes(s.start), minutes(s.end)) for s in self.shifts}

    @cached_property
    def offers(self) -> Offers:
        """What people offer."""
        windows, joined = self.availability, self.joined_windows
        centers, occupied = self.center_by_id, self.occupied_of
        return Offers(self.shifts, windows, joined, centers, occupied, self.horizon)

    @cached_property
    def names_of_people(self) -> NamesOfPeople:
        """What names of people mean in rules and tables."""
        groups = frozenset(name for v in self.volunteers for name in v.group)
        return NamesOfPeople(groups, self.center_by_id, self.horizon.start)

    @cached_property
    def occupied_of(self) -> Mapping[str, Sequence[Occupied]]:
        """Volunteer id -> what occupies the person, in order of time; others are left out."""
        if not self.occupied:
            return {}
        return occupied_people(self.occupied, self.volunteers, self.names_of_people)

    def other_work(self, volunteer_id: str) -> list[Occupied]:
        """Work of a person that is no shift and lies on dates of the week, in order of time."""
        rows = self.occupied_of.get(volunteer_id, ())
        return [r for r in rows if r.is_work and any(day in self.horizon for day in r.dates)]

    def requests(self) -> Iterator[tuple[Demand, Service, float]]:
        """Yield the requests that are forecast: a row of demand, a service, minutes of work.

        A row with a service is one; a row of visits has one for each service of its journeys.
        """
        services = {s.service_id: s for s in self.services}
        tables = (self.demand, self.journeys, self.citizen_kinds)
        return expected_requests(self.center_by_id, services, *tables)

    @cached_property
    def forecast(self) -> Mapping[str, Sequence[tuple[Service, float]]]:
        """Center id -> service and minutes of work of each request that is forecast."""
        work: dict[str, list[tuple[Service, float]]] = {c.center_id: [] for c in self.centers}
        for row, service, minutes in self.requests():
            work[row.center_id].append((service, minutes))
        return work

    @cached_property
    def forecast_hours(self) -> Mapping[str, float]:
        """Shift id -> forecast hours of citizens' work at the shift's center in the shift's time.

        A row of the table demand is arrivals x minutes_per_citizen / 60 hours of work, even over
        its interval; a row of visits is that of the services of its journeys. The work of a minute
        is shared evenly by the shifts of the center in that minute; work at a time without a shift
        belongs to none. 30 citizens of 20 minutes from 7 to
        12 are 10 hours of work. A shift from 7 to 11 alone gets 8 of them; with a second one from 9
        to 12, each gets half of the 4 hours from 9 to 11, so that the first has 6 in all, the
        second 4.
        """
        return forecast_hours(self.horizon, self.shifts, self.requests())
