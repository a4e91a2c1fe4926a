"""Rules about how alike a person's work is: types of shifts, gaps in a day, times of start."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, in_value
from shiftplan.rules.periods import OfPeriods, days_of_each
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import Count, Positive

if TYPE_CHECKING:
    from datetime import date

    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear

__all__ = ["MaxGap", "MinTypes", "SimilarStarts"]


class _Regular(Personal):
    topic = "Regular work"
    worth = PROMISE


class _MinTypes(_Regular):
    min_types: Annotated[Positive, in_value("min_types")]
    """Fewest types of shifts in a period."""


@rule(order=196)
class MinTypes(OfPeriods, _MinTypes):
    """A person works at least `min_types` types of shifts in each period wholly in the horizon.

    Whoever works fewer shifts than `min_types` needs as many types as shifts. All shifts without a
    type are of one type.

    Amount: types missing to `min_types`, or to the number of shifts worked if that is less, for
    each person and period.
    """

    rule: Literal["min_types"] = "min_types"
    unit = "types"
    example = "min_types 2 per week, three nights and nothing else in a week: amount 1."
    _least: ClassVar[bool] = True

    def check(self, case: Case) -> Findings:
        periods = self._periods(case)
        for volunteer in case.members(self.group):
            worked = case.worked(volunteer, self.which)
            for period, days in periods:
                types = [s.type for s in worked if s.day in days]
                due, count = min(self.min_types, len(types)), len(set(types))
                if count < due:
                    code = "" if period is None else "rules.min_types_in"
                    yield self.violation(volunteer, period, due - count, code, count=count, due=due)

    def post(self, model: Model) -> None:
        arrays, pairs = model.arrays, model.pairs
        if not (windows := self._period_days(arrays)):
            return
        meant = np.flatnonzero(model.meant(self.which, self.group))
        row, pair = _in_windows(model, meant, windows)
        size = arrays.num_volunteers * len(windows)
        worked = model.sum_entries(row, pair, size)
        most = np.bincount(pairs.parts(row, pair)[0], minlength=size)
        due = at_most_of(model, worked, most, self.min_types)
        names = sorted({s.type for s in arrays.week.shifts})
        types = np.array([names.index(s.type) for s in arrays.week.shifts], dtype=np.int64)
        keys, key = np.unique(row * len(names) + types[pairs.shift[pair]], return_inverse=True)
        works = model.any_of(np.asarray(key).reshape(-1), len(keys), exact=True, pairs=pair)
        held = works.sum_by(keys // max(len(names), 1), size)
        people = np.arange(arrays.num_volunteers)
        model.at_most(self, due - held, 0, **self._of_each(people, windows))


def at_most_of(model: Model, count: Linear, most: Array, limit: int) -> Linear:
    """The count or the limit, the lesser of them, or more: for what only ever costs.

    `most` is the largest number that each expression can be, int of shape (count.size,).
    """
    many = np.flatnonzero(most > limit)
    full = model.columns(model.new_columns(len(many)))
    lesser = model.columns(model.new_columns(len(many), limit))
    model.define_at_most(count.take(many) - full * (most[many] - limit) - lesser, 0)
    model.define_at_most(full * limit - lesser, 0)
    return count * (most <= limit) + lesser.combine(many, np.arange(len(many)), count.size)


def _in_windows(model: Model, pairs: Array, windows: list[Array]) -> tuple[Array, Array]:
    """Row (person times windows + window) and pair of each work of some pairs in each window."""
    row, pair = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for i, days in enumerate(windows):
        own = pairs[np.isin(model.pairs.day[pairs], days)]
        row.append(model.pairs.volunteer[own] * len(windows) + i)
        pair.append(own)
    return np.concatenate(row), np.concatenate(pair)


class _MaxGap(_Regular):
    max_gap_minutes: Annotated[Count, in_value("max_gap_minutes")] = 0
    """Most minutes of gaps on a date."""


@rule(order=197)
class MaxGap(_MaxGap):
    """Gaps between the shifts of a person on one date add up to at most `max_gap_minutes`.

    A gap is time between the first start and the last end of shifts that start on the date, in
    which the person works none of them.

    Amount: minutes of gaps beyond `max_gap_minutes`, for each person and date.
    """

    rule: Literal["max_gap"] = "max_gap"
    unit = "minutes"
    example = "max_gap_minutes 60, 07:00-11:00 and 13:00-17:00 on one date: amount 60."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            gaps: dict[date, int] = {}
            until: dict[date, int] = {}
            for shift in case.worked(volunteer, self.which):
                start, end = case.span[shift.shift_id]
                last = until.get(shift.day, start)
                gaps[shift.day] = gaps.get(shift.day, 0) + max(0, start - last)
                until[shift.day] = max(last, end)
            for day, gap in gaps.items():
                if gap > self.max_gap_minutes:
                    beyond, most = gap - self.max_gap_minutes, self.max_gap_minutes
                    yield self.violation(volunteer, day, beyond, gap=gap, most=most)

    def post(self, model: Model) -> None:
        # A person is idle from one moment to the next after a shift, before a shift, and in none.
        arrays, meant = model.arrays, model.meant(self.which, self.group)
        who: list[int] = []
        length: list[int] = []
        day: list[int] = []
        early: list[Array] = []
        late: list[Array] = []
        inside: list[Array] = []
        for date in range(arrays.num_days):
            own = np.flatnonzero(meant & (model.pairs.day == date))
            start, end = arrays.start[model.pairs.shift[own]], arrays.end[model.pairs.shift[own]]
            person = model.pairs.volunteer[own]
            for first, then in pairwise(np.unique([start, end]).tolist()):
                before, after = end <= first, start >= then
                people = np.intersect1d(person[before], person[after])
                row = np.full(arrays.num_volunteers, -1)
                row[people] = len(who) + np.arange(len(people))
                entries = row[person]
                for kept, those in ((before, early), (after, late), (~before & ~after, inside)):
                    kept = np.flatnonzero(kept & (entries >= 0))
                    those.append(np.stack([entries[kept], own[kept]]))
                who += people.tolist()
                length += [then - first] * len(people)
                day += [date] * len(people)
        size = len(who)
        if not size:
            return
        (row, pair), (row_after, pair_after), (row_in, pair_in) = (
            np.concatenate(those, axis=1) for those in (early, late, inside)
        )
        busy = model.any_of(row, size, exact=False, pairs=pair)
        busy += model.any_of(row_after, size, exact=False, pairs=pair_after)
        idle = model.columns(model.new_columns(size))
        model.define_at_most(busy - model.sum_entries(row_in, pair_in, size) - idle, 1)
        key, days = np.array(who) * arrays.num_days + day, arrays.num_volunteers * arrays.num_days
        gap = (idle * np.array(length)).sum_by(key, days)
        people, dates = np.divmod(np.arange(days), arrays.num_days)
        model.at_most(self, gap, self.max_gap_minutes, who=people, where=dates, place="day")


class _SimilarStarts(_Regular):
    max_difference_minutes: Annotated[Count, in_value("max_difference_minutes")] = 0
    """Most minutes between the earliest and the latest start of a person's days in a period."""


@rule(order=198)
class SimilarStarts(OfPeriods, _SimilarStarts):
    """In each period a person's days start at most `max_difference_minutes` apart.

    A day starts with the first shift of the date, at a time of day counted from midnight on. With
    `rolling_days` 2, each day is compared with the day before only.

    Amount: minutes from the earliest to the latest start beyond `max_difference_minutes`, for each
    person and period.
    """

    rule: Literal["similar_starts"] = "similar_starts"
    unit = "minutes"
    example = "max_difference_minutes 60 per week, days from 07:00, 07:30 and 13:00 on: amount 300."

    def check(self, case: Case) -> Findings:
        most = self.max_difference_minutes
        periods = self._periods(case)
        for volunteer in case.members(self.group):
            first: dict[date, int] = {}
            for shift in case.worked(volunteer, self.which):
                minute = 60 * shift.start.hour + shift.start.minute
                first[shift.day] = min(minute, first.get(shift.day, minute))
            for period, days in periods:
                starts = [at for day, at in first.items() if day in days]
                apart = max(starts, default=0) - min(starts, default=0)
                if apart > most:
                    code = "" if period is None else "rules.similar_starts_in"
                    facts = {"apart": apart, "most": most}
                    yield self.violation(volunteer, period, apart - most, code, **facts)

    def post(self, model: Model) -> None:
        # From one time of start to the next counts if a day starts up to the one, and a day later.
        arrays, pairs = model.arrays, model.pairs
        windows, people = self._period_days(arrays), arrays.num_volunteers
        meant = np.flatnonzero(model.meant(self.which, self.group))
        times = [60 * s.start.hour + s.start.minute for s in arrays.week.shifts]
        start = np.array(times, dtype=np.int64)[pairs.shift]
        apart = model.sum_pairs(np.full(len(pairs), -1), people * len(windows))
        for first, then in pairwise(np.unique(start[meant]).tolist()):
            early, late = meant[start[meant] <= first], meant[start[meant] > first]
            who = np.intersect1d(pairs.volunteer[early], pairs.volunteer[late])
            size = people * arrays.num_days
            is_early = model.any_of(pairs.person_day[early], size, exact=False, pairs=early)
            is_late = model.any_of(pairs.person_day[late], size, exact=False, pairs=late)
            days = np.unique(pairs.person_day[late])
            begun = model.sum_entries(pairs.person_day[early], early, size)
            own = model.columns(model.new_columns(len(days)))
            model.define_at_most((is_late - begun).take(days) - own, 0)
            later = own.sum_by(days, size)
            both = _in_any(model, is_early, who, windows) + _in_any(model, later, who, windows)
            between = model.columns(model.new_columns(both.size))
            model.define_at_most(both - between, 1)
            row = (who[:, None] * len(windows) + np.arange(len(windows))).ravel()
            apart += (between * (then - first)).sum_by(row, people * len(windows))
        about = self._of_each(np.arange(people), windows)
        model.at_most(self, apart, self.max_difference_minutes, **about)


def _in_any(model: Model, days: Linear, who: Array, windows: list[Array]) -> Linear:
    """Whether some day of a window is so, for people and windows in that order; 1 if in doubt.

    `days` are num_volunteers x num_days indicators.
    """
    found = model.columns(model.new_columns(len(who) * len(windows)))
    row, source = days_of_each(who, windows, model.arrays.num_days)
    model.define_at_most(days.take(source) - found.take(row), 0)
    return found
