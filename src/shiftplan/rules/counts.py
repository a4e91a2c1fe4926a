"""Rules about shifts and minutes per period: horizon, week, month, day, or any days in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, in_value
from shiftplan.rules.periods import OfPeriods, days_of_each
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import Count

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["MaxMinutes", "MaxShiftCount", "MinMinutes", "MinShiftCount"]


class InShifts:
    """What counts of each shift, stated twice: one."""

    def _amount(self, case: Case, shift: Shift) -> int:
        return 1

    def _amounts(self, arrays: Arrays) -> Array:
        return np.ones(arrays.num_shifts)


class InMinutes:
    """What counts of each shift, stated twice: its minutes."""

    unit = "minutes"

    def _amount(self, case: Case, shift: Shift) -> int:
        return case.minutes(shift)

    def _amounts(self, arrays: Arrays) -> Array:
        return (arrays.end - arrays.start).astype(float)


class PerPeriod(InShifts, OfPeriods, Personal):
    """A limit, the rule's parameter, on what a person works in each period."""

    topic = "How much a person works"
    worth = PROMISE
    shares = True
    unit = "shifts"
    _counter: ClassVar[str] = "counted_shifts"
    """Field of the history that is added to the whole horizon's total, and of what occupies a
    person on a date."""

    def check(self, case: Case) -> Findings:
        limit, periods = self.parameter, self._periods(case)
        which = self.which
        counters = self.per == "horizon" and self.rolling_days is None and which.is_all
        for volunteer in case.members(self.group):
            worked = [(s.day, self._amount(case, s)) for s in case.worked(volunteer, which)]
            start = int(case.past(volunteer, self._counter)) if counters else 0
            given = case.occupied_on(volunteer, self._counter, which)
            for period, days in periods:
                own, fixed = (sum(n for day, n in some if day in days) for some in (worked, given))
                count = start + fixed + own
                # Who is occupied for longer than that does not work, and nothing is broken.
                left = max(limit - start - fixed, min(limit - start, 0))
                beyond = limit - count if self._least else own - left
                if beyond > 0:
                    code = "" if period is None else f"rules.{self.rule}_in"
                    yield self.violation(volunteer, period, beyond, code, count=count, limit=limit)

    def post(self, model: Model) -> None:
        arrays, shift = model.arrays, model.pairs.shift
        people = np.flatnonzero(arrays.in_group(self.group))
        key = np.where(model.meant(self.which, self.group), model.pairs.person_day, -1)
        size = arrays.num_volunteers * arrays.num_days
        daily = model.sum_pairs(key, size, self._amounts(arrays)[shift])
        windows = self._period_days(arrays)
        if not windows or not len(people):
            return
        size = len(people) * len(windows)
        totals = daily.combine(*days_of_each(people, windows, arrays.num_days), size)
        before = np.zeros(size)
        if self.per == "horizon" and self.rolling_days is None and self.which.is_all:
            before = arrays.past(self._counter)[people]
        given = arrays.occupied_by_day(self._counter, self.which)[people]
        fixed = np.stack([given[:, days].sum(axis=1) for days in windows], axis=1).ravel()
        left = self.parameter - before
        bound = left - fixed if self._least else np.maximum(left - fixed, np.minimum(left, 0))
        verb = model.at_least if self._least else model.at_most
        verb(self, totals, bound, **self._of_each(people, windows))


class _MaxShiftCount(Personal):
    max_shifts: Annotated[Count, in_value("max_shifts")]
    """Most shifts in a period."""


@rule(order=160)
class MaxShiftCount(PerPeriod, _MaxShiftCount):
    """A person works at most `max_shifts` shifts in each period.

    Amount: shifts beyond `max_shifts`, for each person and period; over the whole horizon the
    history's counted_shifts are added when all shifts count. What occupies the person adds its
    counted_shifts, but breaks no limit by itself.
    """

    rule: Literal["max_shift_count"] = "max_shift_count"
    example = "max_shifts 1 per day, two shifts on a date: amount 1."

    def exclusive(self, arrays: Arrays) -> Array | None:
        everybody = not self.group and self.which.is_all
        if self.hard and everybody and self.max_shifts == 1 and self.per == "day":
            return arrays.day if self.rolling_days in (None, 1) else None
        return None


class _MinShiftCount(Personal):
    min_shifts: Annotated[Count, in_value("min_shifts")]
    """Fewest shifts in a period."""


@rule(order=170)
class MinShiftCount(PerPeriod, _MinShiftCount):
    """A person works at least `min_shifts` shifts in each period that lies wholly in the horizon.

    Amount: shifts below `min_shifts`, for each person and period; over the whole horizon the
    history's counted_shifts are added when all shifts count. What occupies the person adds its
    counted_shifts.
    """

    rule: Literal["min_shift_count"] = "min_shift_count"
    example = "min_shifts 3 per week, two shifts in a week: amount 1."
    _least: ClassVar[bool] = True


class _Minutes(InMinutes, PerPeriod):
    """A limit on minutes."""

    _counter: ClassVar[str] = "counted_minutes"


class _MaxMinutes(Personal):
    max_minutes: Annotated[Count, in_value("max_minutes")]
    """Most minutes in a period."""


@rule(order=180)
class MaxMinutes(_Minutes, _MaxMinutes):
    """A person works at most `max_minutes` minutes in each period.

    Amount: minutes beyond `max_minutes`, for each person and period; over the whole horizon the
    history's counted_minutes are added when all shifts count. What occupies the person adds its
    counted_minutes, but breaks no limit by itself.
    """

    rule: Literal["max_minutes"] = "max_minutes"
    example = "max_minutes 2400 per week, six shifts of 480 minutes: amount 480."


class _MinMinutes(Personal):
    min_minutes: Annotated[Count, in_value("min_minutes")]
    """Fewest minutes in a period."""


@rule(order=190)
class MinMinutes(_Minutes, _MinMinutes):
    """A person works at least `min_minutes` minutes in each period that lies wholly in the horizon.

    Amount: minutes below `min_minutes`, for each person and period; over the whole horizon the
    history's counted_minutes are added when all shifts count. What occupies the person adds its
    counted_minutes.
    """

    rule: Literal["min_minutes"] = "min_minutes"
    example = "min_minutes 960, one shift of 480 minutes in the horizon: amount 480."
    _least: ClassVar[bool] = True
