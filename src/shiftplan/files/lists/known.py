"""People, centers and shifts of a week as lists name them: by id, or by what is told beside.

`Problem`, texts of a list -> ids, or why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice

from shiftplan.errors import Fault
from shiftplan.errors.message import AtShift, Message
from shiftplan.files.cells import Bad, write
from shiftplan.files.references import Resolver, resolver_of
from shiftplan.files.sheet import Sheet
from shiftplan.files.sheet_references import References
from shiftplan.problem import Problem
from shiftplan.problem.by_name import MOST_TOLD
from shiftplan.week.kinds import USUAL_KIND
from shiftplan.week.records import Shift

_NAMED = {
    "centers": ("center_id", "name", "type", "groups"),
    "volunteers": ("volunteer_id", "name", "home_center_id"),
    "skills": ("skill_id", "name"),
    "services": ("service_id", "name"),
}
"""Tables whose rows lists refer to -> the columns that tell which row is meant."""
_DAY = timedelta(days=1)


def in_words_of(week: Problem | None, faults: Iterable[Fault]) -> list[Fault]:
    """Faults and notes of a list, to be told in the words of its week's kind of work."""
    work = USUAL_KIND if week is None else week.horizon.kind
    return [fault if work == USUAL_KIND else replace(fault, work=work) for fault in faults]


class KnownRows:
    """What finds the rows of a week."""

    def __init__(self, week: Problem) -> None:
        self._week = week

    @cached_property
    def people(self) -> Resolver:
        """Finds people."""
        return resolver_of(self._week, "volunteers")

    @cached_property
    def centers(self) -> Resolver:
        """Finds centers."""
        return resolver_of(self._week, "centers")

    @cached_property
    def skills(self) -> Resolver:
        """Finds skills."""
        return resolver_of(self._week, "skills")

    @cached_property
    def shifts(self) -> dict[str, Shift]:
        """Id -> shift."""
        return {shift.shift_id: shift for shift in self._week.shifts}

    @cached_property
    def names(self) -> dict[str, str]:
        """Id -> name of a person."""
        return {v.volunteer_id: v.name for v in self._week.volunteers}

    @cached_property
    def center_names(self) -> dict[str, str]:
        """Id -> name of a center."""
        return {center.center_id: center.name for center in self._week.centers}

    @cached_property
    def references(self) -> References:
        """What columns mean that refer to rows of the week."""
        sheets = {}
        for table, columns in _NAMED.items():
            rows = [[write(getattr(r, c)) for c in columns] for r in getattr(self._week, table)]
            sheets[table] = Sheet(table, "", header=list(columns), rows=rows)
        return References(sheets)

    def tell_days(self, sheet: Sheet) -> None:
        """Tell a list the days planned and the hours of the shifts, by which its cells are read."""
        sheet.days = self._week.horizon.dates
        shifts = self._week.shifts
        sheet.sessions = {(_passed(s.start), _passed(s.end) or _DAY) for s in shifts}

    def is_person(self, text: str) -> bool:
        """Whether a text is an id or a name of somebody, perhaps of several people."""
        found = self.people.find(text)
        return isinstance(found, str) or found.code == "ambiguous_name"

    def person(self, text: str, home: str) -> str | Bad:
        """Id of a person by id or name; the home center only tells namesakes apart.

        It may still be that of the person whose name stood there before.
        """
        found = self.people.find(text)
        is_shared = isinstance(found, Bad) and found.code == "ambiguous_name"
        return self.people.find(text, home) if is_shared and home else found

    def level(self, text: str) -> str:
        """A skill, perhaps with its level behind a colon, by its id where it has its name."""
        skill, colon, level = text.rpartition(":") if ":" in text else (text, "", "")
        found = self.skills.meant(skill)
        return f"{found}{colon}{level}" if isinstance(found, str) else text

    def other_name(self, volunteer_id: str, name: str) -> Bad | None:
        """Why a name beside an id cannot be that of the person; None where it can."""
        known = self.people.other_name(volunteer_id, name)
        if not known:
            return None
        message = Message("files.name_of_other_id", id=volunteer_id, name=known)
        return Bad("invalid_value", message, Message("files.correct_id_or_name"))

    def shift_at(
        self, center: str, day: date, start: timedelta, end: timedelta | None
    ) -> str | Bad:
        """Id of the only shift of a center that starts then; `end` tells shifts apart."""
        center_id = self.centers.find(center)
        if isinstance(center_id, Bad):
            return center_id
        found = self._by_start.get((center_id, day, start), ())
        fitting = [s.shift_id for s in found if end is None or _passed(s.end) == end % _DAY]
        if len(fitting) == 1:
            return fitting[0]
        remedy = Message("files.write_the_id")
        if fitting:
            ids = tuple(map(AtShift, fitting))
            return Bad("ambiguous_name", Message("files.several_shifts", shifts=ids), remedy)
        there = (s for s in self._week.shifts if (s.center_id, s.day) == (center_id, day))
        near = tuple(AtShift(s.shift_id) for s in islice(there, MOST_TOLD))
        code = "files.no_shift_then" if near else "files.no_shift_that_day"
        return Bad("unknown_id", Message(code, shifts=near), remedy if near else "")

    @cached_property
    def _by_start(self) -> Mapping[tuple[str, date, timedelta], Sequence[Shift]]:
        """Center, day and time of the day -> the shifts that start then."""
        found: dict[tuple[str, date, timedelta], list[Shift]] = {}
        for shift in self._week.shifts:
            key = shift.center_id, shift.day, _passed(shift.start)
            found.setdefault(key, []).append(shift)
        return found


def _passed(moment: datetime) -> timedelta:
    """Time since midnight."""
    return timedelta(hours=moment.hour, minutes=moment.minute)
