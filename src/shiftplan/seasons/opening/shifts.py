"""Shifts from opening hours: a shift for each session of each center and date that is open.

(Rows of `opening`, centers, horizon, `Workdays`) -> shifts, the row of each, and closed dates.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.seasons.opening.rows import ByPlace, Hours
from shiftplan.seasons.rollover.copying import ClosedDay
from shiftplan.seasons.rollover.workdays import Opening, Workdays
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Center, Shift
from shiftplan.week.where import closeness

MOST_SHIFTS = 300_000
"""Shifts that are made at most: as many as a sheet has rows that are read."""
_LONGEST_ID = 200
_YEAR = 365
_NEAR = (-1, 1, -2, 2, -3, 3)
"""Days from a date on which no work is usual to those whose sessions it takes over."""
_TABLE = "opening"
_MOST_TOLD = 5
"""Rows that are told one by one."""


@dataclass(frozen=True, slots=True)
class MadeShifts:
    """Shifts made from opening hours."""

    shifts: tuple[Shift, ...]
    """By center in the order of the centers, then by time."""
    rows: tuple[int, ...]
    """For each shift the position of its row, counted from 0."""
    closed: tuple[ClosedDay, ...]
    """Dates on which `Workdays` leaves sessions out, and why."""
    notes: tuple[Fault, ...] = ()
    """Rows that put fewer sessions in the place of those of less specific rows."""


def make_shifts(
    rows: Sequence[Hours],
    centers: Iterable[Center],
    horizon: Horizon,
    workdays: Workdays | None = None,
) -> MadeShifts:
    """Make the shifts of a horizon from opening hours.

    For each center and date the rows that are meant most closely say all sessions: rows with this
    date go before others; then the center's own before those of its groups, `minority`, `remote`,
    its type and all centers; then rows for weekdays before rows for every day. Rows of one place
    that are equally close add up. A shift is named after its center, date and session, such as
    `30292-1207-am`.

    What `workdays` says of a date goes before opening hours, unless a row of opening hours is meant
    more closely for the center. A make-up day, or one with `like`, has the sessions of another
    weekday.

    Parameters
    ----------
    rows
        Opening hours.
    centers
        The centers of the week.
    horizon
        The days planned.
    workdays
        Holidays and other days on which centers are closed, or open; None for none.

    Raises
    ------
    InputError
        Equally close rows disagree about a center's day, an id would be too long, or there would be
        too many shifts.
    """
    table = _Timetable(rows, workdays or Workdays())
    form = "%m%d" if horizon.days <= _YEAR else "%Y%m%d"
    shifts: list[Shift] = []
    origin: list[int] = []
    for center in centers:
        for day in horizon.dates:
            sessions = table.sessions(center, day)
            table.compare(center, day, sessions)
            for index in sessions:
                row = rows[index]
                name = f"{center.center_id}-{day:{form}}-{row.label}"
                if len(name) > _LONGEST_ID:
                    said = Message("seasons.long_shift_id", most=_LONGEST_ID)
                    fault = Fault("too_long", _TABLE, "session", name, said, index=index)
                    table.places.faults.setdefault((index, index), fault)
                    continue
                start, end = row.on(day)
                at = center.center_id
                shift = Shift(shift_id=name, center_id=at, start=start, end=end, type=row.type)
                shifts.append(shift)
                origin.append(index)
            if len(shifts) > MOST_SHIFTS:
                said = Message("seasons.too_many_shifts", most=MOST_SHIFTS)
                raise InputError([Fault("too_large", _TABLE, message=said)])
    if table.places.faults:
        raise InputError(table.places.faults.values())
    return MadeShifts(tuple(shifts), tuple(origin), tuple(table.closed()), tuple(table.notes()))


class _Timetable:
    """Which rows decide about a center and a date."""

    def __init__(self, rows: Sequence[Hours], workdays: Workdays) -> None:
        self._rows, self._workdays, self.places = rows, workdays, ByPlace(_TABLE, rows)
        self._left_out: dict[tuple[dt.date, str, bool], Counter[str]] = defaultdict(Counter)
        self._replaced: dict[int, dict[int, set[dt.date]]] = defaultdict(lambda: defaultdict(set))

    def notes(self) -> Iterable[Fault]:
        """Yield what is to be told of the first rows that replace others without their sessions."""
        replaced = sorted(self._replaced.items())
        for place, (index, others) in enumerate(replaced[:_MOST_TOLD]):
            sessions = tuple(
                Message(
                    "seasons.session_on",
                    session=self._rows[other].label,
                    start=self._rows[other].start,
                    end=self._rows[other].end,
                    days=tuple(sorted(days)),
                )
                for other, days in others.items()
            )
            more = len(replaced) - _MOST_TOLD if place == _MOST_TOLD - 1 else 0
            said = Message("seasons.sessions_replaced", sessions=sessions)
            remedy = Message("seasons.repeat_sessions")
            note = Fault("read_as", _TABLE, "where", self._rows[index].where, said, remedy=remedy)
            yield replace(note, index=index, more=max(0, more))

    def compare(self, center: Center, day: dt.date, sessions: Sequence[int]) -> None:
        """Keep which sessions of less specific rows have none in their place on a date."""
        rows = [self._rows[i] for i in sessions]
        if not all(row.days.has(day) for row in rows):  # those of another weekday
            return
        names = [name for _, found in self.places.of(center) for name in found]
        others = [i for name in names for i in self.places.on(name, day) if i not in sessions]
        for index in others if rows else ():
            other = self._rows[index]
            start, end = other.on(day)
            if (other.where, other.days.rank) != (rows[0].where, rows[0].days.rank) and not any(
                row.label == other.label or (row.on(day)[0] < end and start < row.on(day)[1])
                for row in rows
            ):
                self._replaced[sessions[0]][index].add(day)

    def closed(self) -> Iterable[ClosedDay]:
        """Yield the dates on which sessions are left out, in order of time."""
        for (day, reason, is_open), found in sorted(self._left_out.items()):
            yield ClosedDay(day, reason, tuple(found), sum(found.values()), is_open)

    def sessions(self, center: Center, day: dt.date) -> list[int]:
        """Rows of the sessions of a center on a date, in order of time."""
        opening = self._workdays.at(center, day)
        close, dated = self._decide(center, day, dated=True)
        if dated and close > self._closeness(center, day, dated=True):
            return dated
        if not dated:
            close, dated = self._usual(center, day, opening)
        usual_only = not self._is_named(center, day)
        if usual_only and close > self._closeness(center, day, dated=False):
            return dated
        kept = [i for i in dated if opening.admits(*self._rows[i].on(day))]
        if lost := len(dated) - len(kept):
            self._left_out[day, opening.reason, opening.is_open][center.center_id] = lost
        return kept

    def _is_named(self, center: Center, day: dt.date) -> bool:
        """Whether holidays or a row for this very date say whether a center is open."""
        days = self._workdays
        is_holiday = day in days.holidays or day in days.make_up
        return is_holiday or bool(self._closeness(center, day, dated=True))

    def _closeness(self, center: Center, day: dt.date, *, dated: bool) -> int:
        """How closely rows of days.csv for a date, or for its weekday, are meant for a center."""
        days = self._workdays.days
        found = (d for d in days if not d.group and d.is_on(day) and (d.date is None) is not dated)
        return max((closeness(d.where, center) for d in found), default=0)

    def _usual(self, center: Center, day: dt.date, opening: Opening) -> tuple[int, list[int]]:
        """Rows for the weekday of a date, or for the one whose sessions it takes over."""
        if opening.like is not None:
            past = WEEKDAYS.index(opening.like) - day.weekday()
            return self._decide(center, day + dt.timedelta(past), dated=False)
        found = self._decide(center, day, dated=False)
        if found[1] or not opening.is_named:
            return found
        others = (self._decide(center, day + dt.timedelta(n), dated=False) for n in _NEAR)
        return next((other for other in others if other[1]), found)

    def _decide(self, center: Center, day: dt.date, *, dated: bool) -> tuple[int, list[int]]:
        """How closely rows are meant, and those that are meant most closely."""
        for close, names in self.places.of(center):
            ranks: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
            for name in names:
                for index in self.places.on(name, day):
                    rank = self._rows[index].days.rank
                    if (rank == 2) is dated:
                        ranks[rank][name].append(index)
            if ranks:
                blocks = [self._block(rows, center, day) for rows in ranks[max(ranks)].values()]
                for other in blocks[1:]:
                    self._compare(blocks[0], other, center, day)
                return close, sorted(blocks[0].values(), key=lambda i: self._rows[i].on(day))
        return 0, []

    def _block(self, rows: Iterable[int], center: Center, day: dt.date) -> dict[str, int]:
        """The sessions that rows of one place name, by their labels."""
        found: dict[str, int] = {}
        for index in rows:
            first = found.setdefault(self._rows[index].label, index)
            if self._said(first) != self._said(index):
                self.places.disagree(index, first, "session", center.center_id, day)
        return found

    def _compare(
        self, one: dict[str, int], other: dict[str, int], center: Center, day: dt.date
    ) -> None:
        """See that two groups of a center say the same of its day."""
        for label in sorted(one.keys() | other.keys()):
            here, there = one.get(label), other.get(label)
            if here is None or there is None or self._said(here) != self._said(there):
                first = next(iter(one.values())) if here is None else here
                second = next(iter(other.values())) if there is None else there
                rows = max(first, second), min(first, second)
                self.places.disagree(*rows, "session", center.center_id, day)
                return

    def _said(self, index: int) -> Hashable:
        row = self._rows[index]
        return row.label, row.start, row.end, row.type
