"""Rules about what may follow what: rest between shifts, forbidden successions, weekends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np
from pydantic import Field

from shiftplan.case.arrays import one_by_one
from shiftplan.errors.message import AtShift
from shiftplan.rules.base import PROMISE, SAFETY, Findings, Priced, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfPeople, OfPlaces, Personal
from shiftplan.week.fields import WEEKDAYS, Count, NameSet, Positive, SomeNames, Weekday
from shiftplan.week.scope import Which

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.horizon import Horizon
    from shiftplan.week.occupied import Occupied
    from shiftplan.week.records import Shift, Volunteer

__all__ = ["CompleteWeekends", "ForbiddenSuccession", "MaxWeekends", "MinRest"]


@rule(order=200)
class MinRest(Personal):
    """From the end of a shift to the start of the next there are at least `min_rest_minutes`.

    Amount: pairs of shifts of a person of which the later one starts less than `min_rest_minutes`
    after the earlier one ends. The last shift before the horizon counts when history gives it,
    whatever shifts the rule is limited to, and so does other work that occupies the person, before
    and after it.
    """

    rule: Literal["min_rest"] = "min_rest"
    min_rest_minutes: Annotated[Positive, in_value("min_rest_minutes")]
    """Least rest in minutes."""
    topic = "Rest, days in a row, weekends"
    worth = SAFETY
    unit = "pairs of shifts"
    example = "min_rest_minutes 660, a shift until 22:00 and one from 06:00: amount 1."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            shifts = case.worked(volunteer, self.which)
            history = case.history(volunteer)
            ends = [(case.span[s.shift_id][1], s.shift_id) for s in shifts]
            before: list[tuple[int, str | None]] = []
            if history is not None and history.last_shift_end is not None:
                before.append((case.horizon.minutes(history.last_shift_end), None))
            for i, shift in enumerate(shifts):
                for end, first in (*ends[:i], *before):
                    rest = case.span[shift.shift_id][0] - end
                    if rest < self.min_rest_minutes:
                        facts = {"rest": abs(rest), "least": self.min_rest_minutes}
                        code = "rules.min_rest" + ("_history" if first is None else "")
                        code += "_overlap" if rest < 0 else ""
                        other = None if first is None else AtShift(first)
                        yield self.violation(volunteer, shift, 1, code, other=other, **facts)
                for row in case.occupied.get(volunteer.volunteer_id, ()):
                    between = self.rest_beside(case.horizon, row, shift)
                    if row.is_work and 0 <= between < self.min_rest_minutes:
                        facts = {"rest": between, "least": self.min_rest_minutes}
                        code, when = "rules.min_rest_occupied", row.when
                        yield self.violation(volunteer, shift, 1, code, **facts, when=when)

    @staticmethod
    def rest_beside(horizon: Horizon, row: Occupied, shift: Shift) -> int:
        """Minutes between a shift and what occupies a person; negative where they share time."""
        start, end = horizon.minutes(shift.start), horizon.minutes(shift.end)
        return max(start - horizon.minutes(row.end), horizon.minutes(row.start) - end)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        pairs = np.flatnonzero(model.meant(self.which, self.group))
        start = arrays.start[model.pairs.shift]
        end = arrays.end[model.pairs.shift]
        pairs = pairs[np.lexsort((end[pairs], start[pairs], model.pairs.volunteer[pairs]))]
        who, begin, finish = model.pairs.volunteer[pairs], start[pairs], end[pairs]
        horizon = np.int64(max(1, int(arrays.end.max(initial=0)) + self.min_rest_minutes + 1))
        offset = horizon - min(0, int(begin.min(initial=0)))
        rank = who * (2 * offset) + begin
        rested = who * (2 * offset) + finish + self.min_rest_minutes
        last = np.searchsorted(rank, rested, side="left")
        whole = self.hard and not model.alone
        rows, entries, second = _cliques(rank, last) if whole else _two_by_two(last)
        both = model.sum_entries(rows, pairs[entries], len(second))
        where = model.pairs.shift[pairs[second]]
        model.at_most(self, both, 1, who=who[second], where=where, place="shift")
        earliest = np.full(arrays.num_volunteers, -np.inf)
        for history in arrays.week.history:
            if history.last_shift_end is not None:
                left = arrays.week.horizon.minutes(history.last_shift_end)
                own = arrays.volunteer_index[history.volunteer_id]
                earliest[own] = left + self.min_rest_minutes
        early = pairs[begin < earliest[model.pairs.volunteer[pairs]]]
        who, where = model.pairs.volunteer[early], model.pairs.shift[early]
        model.avoid(self, model.columns(early), who=who, where=where, place="shift")
        for people, starts, ends in arrays.work_beside_shifts():
            between = np.maximum(begin - ends, starts - finish)
            is_near = (between >= 0) & (between < self.min_rest_minutes)
            near = pairs[is_near & people[model.pairs.volunteer[pairs]]]
            who, where = model.pairs.volunteer[near], model.pairs.shift[near]
            model.avoid(self, model.columns(near), who=who, where=where, place="shift")


def _two_by_two(last: Array) -> tuple[Array, Array, Array]:
    """A row for each pair of works with too little rest between them.

    Work i has it with those after it, by person and start, up to number last[i]; int (count,).
    Returns the row of each entry, its work, and the work with which each row ends.
    """
    first, nth = one_by_one(np.maximum(last - np.arange(len(last)) - 1, 0))
    second, row = first + 1 + nth, np.arange(len(first))
    return np.concatenate([row, row]), np.concatenate([first, second]), second


def _cliques(rank: Array, last: Array) -> tuple[Array, Array, Array]:
    """A row for each largest set of works of which no two have enough rest between them.

    Works are intervals, up to the end of the rest after them: those that share a moment are such a
    set, and where one of them ends the set is largest. `rank`: the start of each work, rising, int
    (count,); all else is as in `_two_by_two`.
    """
    starts, begin = np.unique(rank, return_inverse=True)
    final = np.searchsorted(starts, rank[np.maximum(last - 1, 0)])
    moments = np.unique(final)
    first, beyond = np.searchsorted(moments, begin), np.searchsorted(moments, final, side="right")
    work, nth = one_by_one(beyond - first)
    row = first[work] + nth
    second = np.searchsorted(rank, starts[moments], side="right") - 1
    many = np.bincount(row, minlength=len(moments)) > 1
    kept = many[row]
    return (np.cumsum(many) - 1)[row[kept]], work[kept], second[many]


class _Succession(Priced):
    first: SomeNames
    """Shift types or tags of the earlier date."""
    then: SomeNames
    """Shift types or tags of the later date."""


@rule(order=210)
class ForbiddenSuccession(OfPlaces, OfPeople, _Succession):
    """A shift of one set on a date is not followed by a shift of another set on the next date.

    Limits on places, hours and days apply to the shift of the later date.

    Amount: dates on which a `then` shift follows a `first` shift of the date before, for each
    person; the shift of the day before the horizon counts when the history gives its type.
    """

    rule: Literal["forbidden_succession"] = "forbidden_succession"
    group: NameSet = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""
    sees = "part"
    topic = "Rest, days in a row, weekends"
    worth = SAFETY
    unit = "successions"
    example = "First night, then early|late: a night and the next day late: amount 1."

    @cached_property
    def which(self) -> Which:
        """The shifts of the later date that are meant."""
        return replace(super().which, shifts=self.then)

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            before = case.days_worked(volunteer, self.first)
            history = case.history(volunteer)
            if history is not None and history.last_shift_type in self.first:
                before = before | {case.horizon.start - timedelta(1)}
            for day in sorted(case.days_worked(volunteer, self.which)):
                if day - timedelta(1) in before:
                    yield self.violation(volunteer, day, 1, first=self.first, then=self.then)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        people = np.flatnonzero(arrays.in_group(self.group))
        both = Which(self.first), self.which
        earlier, later = (model.days_worked(which, exact=False) for which in both)
        day = np.arange(1, arrays.num_days)
        who = np.repeat(people, len(day))
        where = np.tile(day, len(people))
        row = who * arrays.num_days + where
        in_turn = earlier.take(row - 1) + later.take(row)
        model.at_most(self, in_turn, 1, who=who, where=where, place="day")
        last = {h.volunteer_id: h.last_shift_type for h in arrays.week.history}
        ids = [arrays.week.volunteers[v].volunteer_id for v in people]
        carried = people[[last.get(i, "") in self.first for i in ids]]
        first_day = later.take(carried * arrays.num_days)
        model.at_most(self, first_day, 0, who=carried, where=np.zeros_like(carried), place="day")


class Weekends(Personal):
    """A rule about weekends."""

    weekend: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=3)] = ("sat", "sun")
    """Weekdays that make a weekend, one to three in a row."""
    topic = "Rest, days in a row, weekends"
    unit = "weekends"

    def runs(self, start: date, days: int) -> list[list[int]]:
        """Day numbers of each weekend, also of those that reach, or lie, beyond the horizon."""
        runs: list[list[int]] = []
        for i in range(-3, days + 3):
            if WEEKDAYS[(start + timedelta(i)).weekday()] in self.weekend:
                if runs and runs[-1][-1] == i - 1:
                    runs[-1].append(i)
                else:
                    runs.append([i])
        return runs

    def _worked(self, case: Case, volunteer: Volunteer) -> set[int]:
        """Day numbers on which a person works a shift."""
        return {(d - case.horizon.start).days for d in case.days_worked(volunteer, self.which)}

    def _weekend_of(self, model: Model) -> tuple[Array, int]:
        """Number of the weekend of each day (-1 for none), and how many there are."""
        arrays = model.arrays
        number = np.full(arrays.num_days, -1)
        wanted = np.array([WEEKDAYS.index(d) for d in self.weekend])
        first = arrays.week.horizon.start.weekday()
        is_weekend = np.isin((first + np.arange(arrays.num_days)) % 7, wanted)
        begins = is_weekend & ~np.concatenate([[False], is_weekend[:-1]])
        number[is_weekend] = (np.cumsum(begins) - 1)[is_weekend]
        return number, int(begins.sum())

    def _given_weekends(self, model: Model, number: Array, count: int) -> Array:
        """Weekends with work beside shifts, bool of shape (num_volunteers, count)."""
        given = model.arrays.occupied_by_day("is_work", self.which) > 0
        found = np.zeros((len(given), count), dtype=bool)
        for day in np.flatnonzero(number >= 0):
            found[:, number[day]] |= given[:, day]
        return found


@rule(order=260)
class MaxWeekends(Weekends):
    """A person works on at most `max_weekends` weekends of the horizon.

    Amount: weekends with work beyond `max_weekends`, for each person; the history's
    counted_weekends are added when all shifts count. A weekend that the horizon cuts counts by its
    days inside, so leave the first one out of counted_weekends. A weekend on which other work
    occupies the person counts too, but breaks no limit by itself.
    """

    rule: Literal["max_weekends"] = "max_weekends"
    max_weekends: Annotated[Count, in_value("max_weekends")]
    """Most weekends with work."""
    worth = PROMISE
    example = "max_weekends 2, work on four Saturdays of the month: amount 2."

    def check(self, case: Case) -> Findings:
        runs = self.runs(case.horizon.start, case.horizon.days)
        for volunteer in case.members(self.group):
            worked, given = self._worked(case, volunteer), case.given_days(volunteer, self.which)
            own = sum(not worked.isdisjoint(run) and given.isdisjoint(run) for run in runs)
            count, most = sum(not given.isdisjoint(run) for run in runs), self.max_weekends
            if self.which.is_all:
                most -= int(case.past(volunteer, "counted_weekends"))
            beyond = own - max(most - count, min(most, 0))
            if beyond > 0:
                count += self.max_weekends - most + own
                yield self.violation(volunteer, None, beyond, count=count, most=self.max_weekends)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        number, count = self._weekend_of(model)
        weekend = number[model.pairs.day]
        kept = model.meant(self.which, self.group) & (weekend >= 0)
        key = np.where(kept, model.pairs.volunteer * max(count, 1) + weekend, -1)
        worked = model.any_of(key, arrays.num_volunteers * count, exact=False)
        given = self._given_weekends(model, number, count)
        worked = worked.settled(given.ravel(), 0) if given.any() else worked
        owner = np.repeat(np.arange(arrays.num_volunteers), count)
        total = worked.sum_by(owner, arrays.num_volunteers)
        left = self.max_weekends - arrays.past("counted_weekends" if self.which.is_all else "")
        left = np.maximum(left - given.sum(axis=1), np.minimum(left, 0))
        people = np.flatnonzero(arrays.in_group(self.group))
        model.at_most(self, total.take(people), left[people], who=people)


@rule(order=270)
class CompleteWeekends(Weekends):
    """A person works on all days of a weekend, or on none.

    Amount: weekends wholly inside the horizon that are worked in part, for each person. On a
    weekend with other work of the person, only the other days count.
    """

    rule: Literal["complete_weekends"] = "complete_weekends"
    example = "A worked Saturday before a free Sunday: amount 1."

    def check(self, case: Case) -> Findings:
        runs = self.runs(case.horizon.start, case.horizon.days)
        whole = [run for run in runs if run[0] >= 0 and run[-1] < case.horizon.days]
        for volunteer in case.members(self.group):
            worked, given = self._worked(case, volunteer), case.given_days(volunteer, self.which)
            for run in whole:
                left = [i in worked for i in run if i not in given]
                if any(left) and not all(left):
                    where = case.horizon.dates[run[0]]
                    yield self.violation(volunteer, where, 1)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        number, count = self._weekend_of(model)
        length = np.bincount(number[number >= 0], minlength=count)
        whole = [i for i in range(count) if length[i] == len(self.weekend)]
        meant = model.meant(self.which, self.group)
        key = np.where(meant, model.pairs.person_day, -1)
        worked = model.any_of(key, arrays.num_volunteers * arrays.num_days, exact=True)
        everybody = np.flatnonzero(arrays.in_group(self.group))
        given = arrays.occupied_by_day("is_work", self.which) > 0
        for weekend in whole:
            first = np.flatnonzero(number == weekend)[0]
            own = given[everybody, first : first + len(self.weekend)]
            for closed in np.unique(own, axis=0):
                people, days = (
                    everybody[(own == closed).all(axis=1)],
                    first + np.flatnonzero(~closed),
                )
                # Round the days there is one rise from off to on exactly if some are worked.
                for day, following in zip(days, np.roll(days, -1), strict=True):
                    if day != following:
                        before, after = (people * arrays.num_days + d for d in (day, following))
                        rise = worked.take(after) - worked.take(before)
                        where = np.full(len(people), first)
                        model.at_most(self, rise, 0, who=people, where=where, place="day")
