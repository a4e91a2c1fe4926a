"""One week of a term, lived through its record from the plan to the last shift.

(`Problem`, `Conduct`, rates learned or none) -> `lived` -> `LivedWeek`.

- Four days before the week it is planned and told; people answer within two days.
- Two days before, and on the evening before each day, drop-outs are recorded, repaired and told.
- On the morning sudden illnesses are recorded as attendance. So is who stayed away when shifts
  begin, and reserves are called, three calls a seat at most.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.conduct import Conduct
from benchmarks.term_rows import LivedWeek
from benchmarks.timed import TimedStore
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import Absence, possible
from shiftplan.record import Call, LiveWeek, ShiftAnswer, turned_out
from shiftplan.seasons import ShowRates, Turnout
from shiftplan.seasons.ledger import State
from shiftplan.week.records import Shift
from shiftplan.week.roster import Assignment, Roster

CALLS = 3
"""Most calls for a seat."""
_DAY = dt.timedelta(1)
_EVENING, _MORNING = dt.timedelta(hours=20), dt.timedelta(hours=6)
_PLANNED, _ASKED = dt.timedelta(4), dt.timedelta(2)
"""Days before the week on which its roster is published and on which answers are due."""


def lived(
    problem: Problem,
    conduct: Conduct,
    rates: ShowRates | None,
    plan: Mapping[str, Any],
    repair: Mapping[str, Any],
) -> LivedWeek:
    """Live through a week.

    Parameters
    ----------
    problem
        The week.
    conduct
        How people behave.
    rates
        What was learned of who comes, for the lists of reserves; None to trust the table.
    plan, repair
        Options of the searches.

    Raises
    ------
    RuntimeError
        There is no roster to be told, or somebody lost a shift that was fixed.
    """
    return _Life(problem, conduct, rates, repair).through(plan)


class _Life:
    """A week at one moment."""

    def __init__(
        self,
        problem: Problem,
        conduct: Conduct,
        rates: ShowRates | None,
        repair: Mapping[str, Any],
    ) -> None:
        self._problem, self._conduct, self._rates, self._repair = problem, conduct, rates, repair
        self._zone = ZoneInfo(problem.horizon.zone)
        self._monday = dt.datetime.combine(problem.horizon.start, dt.time())
        self._now = self._monday - _PLANNED + _EVENING
        self._store = TimedStore(self._now.replace(tzinfo=self._zone))
        self._live = LiveWeek(problem, self._store)
        week = problem.horizon.start, problem.horizon.days
        ill = ((v.volunteer_id, conduct.illness(v.volunteer_id, *week)) for v in problem.volunteers)
        self._ill = {who: illness for who, illness in ill if illness is not None}
        self._away: set[str] = set()
        """Whose illness is recorded."""
        self._present: set[Assignment] = set()

    def through(self, plan: Mapping[str, Any]) -> LivedWeek:
        live = self._live
        if live.plan(**plan).version is None:
            raise RuntimeError(f"no roster for the week of {self._problem.horizon.start}")
        # However poor after so little time: the weeks have to go on.
        live.publish(deadline=self._monday - _ASKED + _EVENING, even_if_poor=True)
        first = live.roster
        self._lived = LivedWeek(
            self._problem, live, turned_out(live), first, first, told={*first.assignments}
        )
        self._at(self._monday - _ASKED + _EVENING)
        self._answers(late=False)
        self._mend(deadline=self._monday - _DAY + _EVENING)
        for day in self._problem.horizon.dates:
            self._day(dt.datetime.combine(day, dt.time()))
        self._lived.turned_out = turned_out(live)
        self._lived.present = Roster.of(self._present)
        return self._lived

    def _at(self, now: dt.datetime) -> None:
        self._now = now
        self._store.now = now.replace(tzinfo=self._zone)

    def _day(self, day: dt.datetime) -> None:
        self._at(day - _DAY + _EVENING)
        if day == self._monday:
            self._answers(late=True)
        self._report(day, is_morning=False)
        self._mend()
        self._at(day + _MORNING)
        self._report(day, is_morning=True)
        starts = {shift.start for shift in self._problem.shifts}
        for start in sorted(start for start in starts if start.date() == day.date()):
            self._at(start)
            self._begin(start)
            self._call(start)

    def _told(self) -> Roster:
        assert self._live.now.told is not None
        return self._live.now.told

    def _shift(self, shift_id: str) -> Shift:
        return self._problem.shift_by_id[shift_id]

    def _answers(self, *, late: bool) -> None:
        """People answer about shifts of which they said nothing so far."""
        answers, week = [], self._problem.horizon.start
        for pair in self._told().assignments:
            where, who = pair
            if pair not in self._live.now.state.answers:
                said = self._conduct.answer(who, self._shift(where).start, week, late=late)
                if said is not None:
                    answers.append(ShiftAnswer(volunteer_id=who, shift_id=where, answer=said))
        self._live.record(answers=answers)

    def _report(self, day: dt.datetime, *, is_morning: bool) -> None:
        """Record illnesses of people who have a shift on a day, or later while they are ill.

        What is known on the evening before is an absence; what is known on the morning is
        attendance of that day, and an absence from the next day on.
        """
        shifts_of = self._told().shifts_of
        absences, turnouts = [], []
        for who, illness in self._ill.items():
            if who in self._away or not illness.start <= day < illness.end:
                continue
            starts = {where: self._shift(where).start for where in shifts_of.get(who, ())}
            missed = [where for where, start in starts.items() if day <= start < illness.end]
            if not missed or not (is_morning or not illness.is_sudden or illness.start < day):
                continue
            self._away.add(who)
            begin = day + _DAY if is_morning else day
            if is_morning:
                today = [where for where in missed if starts[where] < begin]
                turnouts += [Turnout(shift_id=s, volunteer_id=who, state="excused") for s in today]
            if begin < illness.end:
                absences.append(Absence(volunteer_id=who, start=begin, end=illness.end))
        self._live.record(*absences, turnouts=turnouts, why="ill")

    def _lost(self) -> bool:
        """Whether somebody cannot come to a later shift that they were told."""
        told = self._told()
        gone = {*told.assignments} - {*possible(self._live.now.problem, told).assignments}
        return any(self._shift(where).start > self._now for where, _ in gone)

    def _mend(self, deadline: dt.datetime | None = None) -> None:
        """Repair what people were told, and tell the difference."""
        if deadline is None and not self._lost():
            return
        before, week = self._told(), self._live.now
        frozen = max(self._now.date() + _DAY, self._problem.horizon.start)
        self._live.repair(now=self._now, frozen_until=frozen, **self._repair)
        try:
            told = self._live.publish(deadline=deadline)
        except InputError:  # nothing was found, or there are doubts about it
            self._lived.refused += 1
            return
        own, pins = possible(week.problem, before), week.problem.pins
        fixed = {(pin.shift_id, pin.volunteer_id) for pin in pins if pin.state == "must"}
        gone = [notice for notice in told.notices if not notice.added]
        for notice in gone:
            pair = Assignment(notice.shift_id, notice.volunteer_id)
            if pair in fixed:
                raise RuntimeError(f"{pair} was fixed, and taken away: {notice.reason}")
            self._lived.taken[notice.reason if pair in own else "own"] += 1
        after = {*told.roster.assignments}
        assert len({*before.assignments} - after) == len(gone)
        self._lived.told |= after

    def _begin(self, start: dt.datetime) -> None:
        """Shifts begin: record who came, and who stayed away."""
        found, week = turned_out(self._live, start), self._live.now
        turnouts = []
        for pair in possible(week.problem, self._told()).assignments:
            if self._shift(pair.shift_id).start != start or pair in week.state.turnouts:
                continue
            told = found.told[pair].astimezone(self._zone).replace(tzinfo=None)
            notice = (start - told) // dt.timedelta(hours=1)
            answer = found.answers.get(pair)
            came = self._conduct.comes(pair.volunteer_id, start, notice, answer)
            turnouts.append(self._turnout(pair, "came" if came else "absent"))
            self._lived.effects[self._conduct.effect(start, notice, answer)] += 1
        self._live.record(turnouts=turnouts)

    def _call(self, start: dt.datetime) -> None:
        """Call reserves for the shifts that begin, until all have people or nobody is left."""
        left: dict[str, int] = {}
        tried: Counter[Assignment] = Counter()
        while calls := [*self._wanted(start, left)]:
            made, turnouts = [], []
            for pair in calls:
                where, who = pair
                says, illness = self._conduct.call(who, start, tried[pair]), self._ill.get(who)
                if says and illness is not None and illness.start <= start < illness.end:
                    says = False
                answer = "not_reached" if says is None else "comes" if says else "cannot"
                left[where] -= 1
                tried[pair] += 1
                self._lived.calls[answer] += 1
                made.append(Call(volunteer_id=who, shift_id=where, answer=answer))
                if says:
                    came = self._conduct.comes(who, start, 0, "confirmed")
                    turnouts.append(self._turnout(pair, "called" if came else "absent"))
            self._live.record(calls=made, turnouts=turnouts)

    def _turnout(self, pair: Assignment, state: State) -> Turnout:
        """What is recorded of somebody who came or stayed away."""
        self._present |= set() if state == "absent" else {pair}
        return Turnout(shift_id=pair.shift_id, volunteer_id=pair.volunteer_id, state=state)

    def _wanted(self, start: dt.datetime, left: dict[str, int]) -> Iterator[Assignment]:
        """Yield a shift that begins and whom to call for it; `left`: shift id -> calls left."""
        chances = None
        if self._rates is not None:
            chances = turned_out(self._live, start).chances(self._rates)
        for call in self._live.next_calls(at=start, chances=chances):
            where, who = call.shift_id, call.volunteer_id
            if self._shift(where).start != start or who is None:
                continue
            if left.setdefault(where, CALLS * call.missing) > 0:
                yield Assignment(where, who)
