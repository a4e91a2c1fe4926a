"""What somebody's form says of when they can come, held against the week.

(`Problem` of the files, `RecordState`, person) -> `AsItStands`; what they say -> what of it
counts or waits, and the changes of the week that follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, AnyChange, Arrival, Offer, Update
from shiftplan.record.forms import SaidTime, SaidWish, Weighed
from shiftplan.record.refusals import refused
from shiftplan.record.state import RecordState
from shiftplan.week.records import Availability, Shift
from shiftplan.week.roster import Roster
from shiftplan.week.windows import joined_windows, outside
from shiftplan.week.wishes import Preference

Wish = str | None
"""`for` or `against` a date; None for neither."""
_Hours = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class AsItStands:
    """When somebody can come, and which dates they wish for, before they say anything new."""

    planned: Mapping[_Hours, bool]
    """Hours -> whether they can come, as the week says it without their form."""
    now: Mapping[_Hours, bool]
    """The same with what of their form counts."""
    noted: frozenset[_Hours]
    """Hours at which a coordinator recorded them as absent, which no form changes."""
    works: frozenset[_Hours]
    """Hours that overlap one of their published shifts."""
    wished: Mapping[dt.date, Wish]
    """Date -> their wish, as the week has it without their form."""
    wish_now: Mapping[dt.date, Wish]
    """The same with what of their form counts."""

    def weigh(
        self, times: Iterable[SaidTime], wishes: Iterable[SaidWish]
    ) -> tuple[tuple[SaidTime, ...], tuple[SaidWish, ...]]:
        """What a statement changes; hours that nobody is asked about are left out."""
        asked = (said for said in times if (said.start, said.end) in self.planned)
        on = (said for said in wishes if said.date in self.wished)
        return tuple(map(self._time, asked)), tuple(map(self._wish, on))

    def _time(self, said: SaidTime) -> SaidTime:
        hours = said.start, said.end
        weighed: Weighed = "counts"
        if said.can == self.now[hours] or hours in self.noted:
            weighed = "same"
        elif not said.can and (self.planned[hours] or hours in self.works):
            weighed = "waits"
        return said.model_copy(update={"weighed": weighed})

    def _wish(self, said: SaidWish) -> SaidWish:
        before, weighed = self.wished[said.date], "counts"
        if said.state == self.wish_now[said.date] or (said.state is None and before is not None):
            weighed = "same"
        elif before is not None and said.state != before:
            weighed = "waits"
        return said.model_copy(update={"weighed": weighed})

    def changes(
        self,
        who: str,
        times: Iterable[SaidTime],
        wishes: Iterable[SaidWish],
        *,
        accepted: bool = False,
    ) -> tuple[AnyChange, ...]:
        """All changes that count because of a person's form, once it says this.

        `accepted`: also what waits. What is not said stays as it is.
        """

        def holds(weighed: Weighed) -> bool:
            return weighed == "counts" or (accepted and weighed == "waits")

        can = dict(self.now) | {(s.start, s.end): s.can for s in times if holds(s.weighed)}
        wish = dict(self.wish_now) | {s.date: s.state for s in wishes if holds(s.weighed)}
        return (*self._times_changed(who, can), *self._wishes_changed(who, wish))

    def _times_changed(self, who: str, can: Mapping[_Hours, bool]) -> Iterator[AnyChange]:
        windows = {h: Availability(volunteer_id=who, start=h[0], end=h[1]) for h in can if can[h]}
        joined = joined_windows([*windows.values()]).get(who, ())
        for hours, is_free in can.items():
            if is_free == self.planned[hours] or hours in self.noted:
                continue
            if is_free:
                yield Offer(window=windows[hours])
                continue
            parts = [*outside(joined, *hours)] or [hours]
            yield from (Absence(volunteer_id=who, start=start, end=end) for start, end in parts)

    def _wishes_changed(self, who: str, wish: Mapping[dt.date, Wish]) -> Iterator[AnyChange]:
        for date, state in wish.items():
            if state is not None and state != self.wished[date]:
                yield Update(row=Preference(volunteer_id=who, date=date, state=state))


def as_it_stands(
    files: Problem, state: RecordState, told: Roster | None, shifts: Mapping[str, Shift], who: str
) -> AsItStands:
    """When somebody can come, and their wishes, as they stand.

    Parameters
    ----------
    files
        The week as its files say it.
    state
        What its record says.
    told
        The published roster; None if there is none.
    shifts
        Shifts of the week as it is now, by id.
    who
        Whose form it is.
    """
    own = {*state.forms.own.get(who, ())}
    others = {n: changes for n, changes in state.changed.items() if n not in own}
    hours = sorted({(shift.start, shift.end) for shift in shifts.values()})
    planned, noted = _free(files, replace(state, changed=others), who, hours)
    now, _ = _free(files, state, who, hours)
    mine = () if told is None else told.shifts_of.get(who, ())
    works = [shifts[s] for s in mine if s in shifts]
    dates = sorted({start.date() for start, _ in hours})
    return AsItStands(
        planned={h: h in planned for h in hours},
        now={h: h in now for h in hours},
        noted=frozenset(noted),
        works=frozenset(h for h in hours if any(s.start < h[1] and h[0] < s.end for s in works)),
        wished=_wishes(files, others.values(), who, dates),
        wish_now=_wishes(files, state.changed.values(), who, dates),
    )


def _free(
    files: Problem, state: RecordState, who: str, hours: Sequence[_Hours]
) -> tuple[set[_Hours], set[_Hours]]:
    """At which hours somebody can come, and at which they are absent."""
    windows = [*_windows(files, who)]
    absences: list[Absence] = []
    for change in (change for changes in state.changed.values() for change in changes):
        match change:
            case Offer(window=window) if window.volunteer_id == who:
                windows.append(window)
            case Arrival(volunteer=new, windows=more) if new.volunteer_id == who:
                windows += more
            case Absence(volunteer_id=someone) if someone == who:
                absences.append(change)
    mine = tuple(r for r in state.refused if r.pair.volunteer_id == who)
    away = [no for _, no in refused(files, replace(state, refused=mine))] if mine else []
    joined = joined_windows(windows).get(who, ())
    absent = {h for h in hours if any(_shares(change, h) for change in absences)}
    free = {
        (start, end)
        for start, end in hours
        if any(window.contain(start, end) for window in joined)
        and not any(no.start < end and start < no.end for no in away)
    }
    return free - absent, absent


def _windows(files: Problem, who: str) -> Iterator[Availability]:
    rows = files.availability
    for joined in files.joined_windows.get(who, ()):
        yield from (rows[place] for place in joined.places)


def _shares(change: Absence, hours: _Hours) -> bool:
    start, end = hours
    return (change.start is None or change.start < end) and (
        change.end is None or start < change.end
    )


def _wishes(
    files: Problem, changed: Iterable[Sequence[AnyChange]], who: str, dates: Iterable[dt.date]
) -> dict[dt.date, Wish]:
    found: dict[dt.date, Wish] = dict.fromkeys(dates)
    updates = (c.row for changes in changed for c in changes if isinstance(c, Update))
    new = (row for row in updates if isinstance(row, Preference))
    for row in (*files.preferences, *new):
        if row.volunteer_id == who and row.date in found and not row.shifts:
            found[row.date] = row.state
    return found
