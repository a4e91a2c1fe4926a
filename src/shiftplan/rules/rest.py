"""Rules about what may follow what: rest between shifts, forbidden successions, weekends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from shiftplan.errors.message import AtShift, OnDay
from shiftplan.rules.base import PROMISE, SAFETY, Personal, Priced, Violation, in_value
from shiftplan.rules.registry import rule
from shiftplan.week.fields import WEEKDAYS, Count, NameSet, Positive, SomeNames, Weekday

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear

__all__ = ["CompleteWeekends", "ForbiddenSuccession", "MaxWeekends", "MinRest"]

Array = np.ndarray[Any, Any]


@rule(order=200)
class MinRest(Personal):
    """From the end of a shift to the start of the next there are at least `min_rest_minutes`.

    Amount: pairs of shifts of a person of which the later one starts less than `min_rest_minutes`
    after the earlier one ends; the last shift before the horizon counts when history gives it.
    """

    rule: Literal["min_rest"] = "min_rest"
    min_rest_minutes: Annotated[Positive, in_value("min_rest_minutes")]
    """Least rest in minutes."""
    topic = "Rest, days in a row, weekends"
    worth = SAFETY
    unit: ClassVar[str] = "pairs of shifts"
    example: ClassVar[str] = (
        "min_rest_minutes 660, a shift until 22:00 and one from 06:00: amount 1."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            shifts = case.worked(volunteer, self.shifts)
            who = volunteer.volunteer_id
            history = case.history(volunteer)
            ends = [(case.span[s.shift_id][1], s.shift_id) for s in shifts]
            before: list[tuple[int, str | None]] = []
            if history is not None and history.last_shift_end is not None:
                before.append((case.horizon.minutes(history.last_shift_end), None))
            for i, shift in enumerate(shifts):
                start, where = case.span[shift.shift_id][0], AtShift(shift.shift_id)
                for end, first in (*ends[:i], *before):
                    rest = start - end
                    if rest < self.min_rest_minutes:
                        facts = {"rest": rest, "least": self.min_rest_minutes}
                        code = "rules.min_rest" + ("_history" if first is None else "")
                        other = None if first is None else AtShift(first)
                        yield self.violation(who, where, 1, code, other=other, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        concerned = arrays.in_group(self.group)[model.pairs.volunteer]
        concerned &= arrays.in_set(self.shifts)[model.pairs.shift]
        pairs = np.flatnonzero(concerned)
        start = arrays.start[model.pairs.shift]
        order = np.lexsort(
            (arrays.end[model.pairs.shift[pairs]], start[pairs], model.pairs.volunteer[pairs])
        )
        pairs = pairs[order]
        who, begin = model.pairs.volunteer[pairs], start[pairs]
        finish = arrays.end[model.pairs.shift[pairs]]
        horizon = np.int64(max(1, int(arrays.end.max(initial=0)) + self.min_rest_minutes + 1))
        offset = horizon - min(0, int(begin.min(initial=0)))
        rank = who * (2 * offset) + begin
        rested = who * (2 * offset) + finish + self.min_rest_minutes
        last = np.searchsorted(rank, rested, side="left")
        count = np.maximum(last - np.arange(len(pairs)) - 1, 0)
        first = np.repeat(np.arange(len(pairs)), count)
        nth = np.arange(len(first)) - np.repeat(np.cumsum(count) - count, count)
        second = first + 1 + nth
        row = np.arange(len(first))
        both = model.sum_entries(
            np.concatenate([row, row]), pairs[np.concatenate([first, second])], len(first)
        )
        where = model.pairs.shift[pairs[second]]
        model.at_most(self, both, 1, who=who[second], where=where, place="shift")
        self._post_border(model, pairs, begin)

    def _post_border(self, model: Model, pairs: Array, begin: Array) -> None:
        arrays = model.arrays
        earliest = np.full(arrays.num_volunteers, -np.inf)
        for history in arrays.week.history:
            if history.last_shift_end is not None:
                end = arrays.week.horizon.minutes(history.last_shift_end)
                earliest[arrays.volunteer_index[history.volunteer_id]] = end + self.min_rest_minutes
        early = pairs[begin < earliest[model.pairs.volunteer[pairs]]]
        model.avoid(
            self,
            model.columns(early),
            who=model.pairs.volunteer[early],
            where=model.pairs.shift[early],
            place="shift",
        )


@rule(order=210)
class ForbiddenSuccession(Priced):
    """A shift of one set on a date is not followed by a shift of another set on the next date.

    Amount: dates on which a `then` shift follows a `first` shift of the date before, for each
    person; the shift of the day before the horizon counts when the history gives its type.
    """

    rule: Literal["forbidden_succession"] = "forbidden_succession"
    first: SomeNames
    """Shift types or tags of the earlier date."""
    then: SomeNames
    """Shift types or tags of the later date."""
    group: NameSet = ()
    """Groups concerned; empty for everybody."""
    sees = "part"
    topic = "Rest, days in a row, weekends"
    worth = SAFETY
    unit: ClassVar[str] = "successions"
    example: ClassVar[str] = (
        "First night, then early|late: a night and the next day late: amount 1."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            before = case.days_worked(volunteer, self.first)
            history = case.history(volunteer)
            if history is not None and history.last_shift_type in self.first:
                before = before | {case.horizon.start - timedelta(1)}
            for day in sorted(case.days_worked(volunteer, self.then)):
                if day - timedelta(1) in before:
                    facts: dict[str, Any] = {"first": self.first, "then": self.then}
                    who, code = volunteer.volunteer_id, "rules.forbidden_succession"
                    yield self.violation(who, OnDay(day), 1, code, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        people = np.flatnonzero(arrays.in_group(self.group))
        size = arrays.num_volunteers * arrays.num_days
        key = model.pairs.volunteer * arrays.num_days + model.pairs.day
        earlier, later = (self._days(model, names, key, size) for names in (self.first, self.then))
        day = np.arange(1, arrays.num_days)
        who = np.repeat(people, len(day))
        where = np.tile(day, len(people))
        row = who * arrays.num_days + where
        both = earlier.take(row - 1) + later.take(row)
        model.at_most(self, both, 1, who=who, where=where, place="day")
        last = {h.volunteer_id: h.last_shift_type for h in arrays.week.history}
        ids = [arrays.week.volunteers[v].volunteer_id for v in people]
        carried = people[[last.get(i, "") in self.first for i in ids]]
        first_day = later.take(carried * arrays.num_days)
        model.at_most(self, first_day, 0, who=carried, where=np.zeros_like(carried), place="day")

    def _days(self, model: Model, names: NameSet, key: Array, size: int) -> Linear:
        kept = model.arrays.in_set(names)[model.pairs.shift]
        key = np.where(kept, key, -1)
        return model.any_of(key, size, exact=False, name=("days worked", names))


class _Weekends(Personal):
    """A rule about weekends."""

    weekend: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=3)] = ("sat", "sun")
    """Weekdays that make a weekend, one to three in a row."""
    topic = "Rest, days in a row, weekends"
    unit: ClassVar[str] = "weekends"

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

    def _pairs(self, model: Model) -> Array:
        concerned = model.arrays.in_group(self.group)[model.pairs.volunteer]
        return concerned & model.arrays.in_set(self.shifts)[model.pairs.shift]


@rule(order=260)
class MaxWeekends(_Weekends):
    """A person works on at most `max_weekends` weekends of the horizon.

    Amount: weekends with work beyond `max_weekends`, for each person; the history's
    counted_weekends are added when all shifts count. A weekend that the horizon cuts counts by its
    days inside, so leave the first one out of counted_weekends.
    """

    rule: Literal["max_weekends"] = "max_weekends"
    max_weekends: Annotated[Count, in_value("max_weekends")]
    """Most weekends with work."""
    worth = PROMISE
    example: ClassVar[str] = "max_weekends 2, work on four Saturdays of the month: amount 2."

    def check(self, case: Case) -> Iterator[Violation]:
        runs = self.runs(case.horizon.start, case.horizon.days)
        for volunteer in case.members(self.group):
            worked = {
                (d - case.horizon.start).days for d in case.days_worked(volunteer, self.shifts)
            }
            history = case.history(volunteer)
            count = sum(any(i in worked for i in run) for run in runs)
            if history is not None and not self.shifts:
                count += history.counted_weekends
            if count > self.max_weekends:
                who, most = volunteer.volunteer_id, self.max_weekends
                facts = {"count": count, "most": most}
                yield self.violation(who, None, count - most, "rules.max_weekends", **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        number, count = self._weekend_of(model)
        weekend = number[model.pairs.day]
        kept = self._pairs(model) & (weekend >= 0)
        key = np.where(kept, model.pairs.volunteer * max(count, 1) + weekend, -1)
        worked = model.any_of(key, arrays.num_volunteers * count, exact=False)
        total = worked.sum_by(
            np.repeat(np.arange(arrays.num_volunteers), count), arrays.num_volunteers
        )
        before = np.zeros(arrays.num_volunteers)
        if not self.shifts:
            for history in arrays.week.history:
                who = arrays.volunteer_index[history.volunteer_id]
                before[who] = history.counted_weekends
        people = np.flatnonzero(arrays.in_group(self.group))
        model.at_most(self, total.take(people), self.max_weekends - before[people], who=people)


@rule(order=270)
class CompleteWeekends(_Weekends):
    """Who works on a day of a weekend works on all of its days.

    Amount: weekends wholly inside the horizon that are worked in part, for each person.
    """

    rule: Literal["complete_weekends"] = "complete_weekends"
    example: ClassVar[str] = "A worked Saturday before a free Sunday: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        runs = self.runs(case.horizon.start, case.horizon.days)
        whole = [run for run in runs if run[0] >= 0 and run[-1] < case.horizon.days]
        for volunteer in case.members(self.group):
            worked = {
                (d - case.horizon.start).days for d in case.days_worked(volunteer, self.shifts)
            }
            for run in whole:
                if 0 < sum(i in worked for i in run) < len(run):
                    who, where = volunteer.volunteer_id, OnDay(case.horizon.dates[run[0]])
                    yield self.violation(who, where, 1, "rules.complete_weekends")

    def post(self, model: Model) -> None:
        arrays = model.arrays
        number, count = self._weekend_of(model)
        length = np.bincount(number[number >= 0], minlength=count)
        whole = [i for i in range(count) if length[i] == len(self.weekend)]
        key = np.where(
            self._pairs(model), model.pairs.volunteer * arrays.num_days + model.pairs.day, -1
        )
        worked = model.any_of(key, arrays.num_volunteers * arrays.num_days, exact=True)
        people = np.flatnonzero(arrays.in_group(self.group))
        for weekend in whole:
            days = np.flatnonzero(number == weekend)
            # Round the weekend there is one rise from off to on exactly if it is worked in part.
            for day, following in zip(days, np.roll(days, -1), strict=True):
                if day == following:
                    continue
                rise = worked.take(people * arrays.num_days + following) - worked.take(
                    people * arrays.num_days + day
                )
                where = np.full(len(people), days[0])
                model.at_most(self, rise, 0, who=people, where=where, place="day")
