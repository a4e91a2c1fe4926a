"""Rules about how often a pattern of days comes in a period: often enough, not too often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, SPARED, Findings, in_value
from shiftplan.rules.patterns import PatternsOfDays
from shiftplan.rules.periods import OfPeriods, Per
from shiftplan.rules.registry import rule
from shiftplan.week.fields import Count, Positive
from shiftplan.week.patterns import pattern_days

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear

__all__ = ["MaxPatterns", "MinPatterns"]


class _Often(OfPeriods, PatternsOfDays):
    """A limit on how often each person's days follow a pattern in each period."""

    per: Annotated[Per, SPARED] = "horizon"
    """Period: the whole horizon, calendar weeks from Monday on, calendar months, or days. A pattern
    is one of the period in which it ends."""
    rolling_days: Annotated[Positive | None, SPARED] = None
    """Instead of `per`: each run of this many dates inside the horizon. If the horizon is shorter,
    a maximum holds for the whole horizon, and a minimum for nothing."""
    worth = PROMISE

    def check(self, case: Case) -> Findings:
        days, periods, limit = pattern_days(self.pattern), self._periods(case), self.parameter
        for volunteer in case.members(self.group):
            find = self._matches if self._least else self._breaches
            starts = find(case, volunteer, days)
            ends = [case.horizon.dates[start + len(days) - 1] for start in starts]
            for period, dates in periods:
                count = sum(day in dates for day in ends)
                beyond = limit - count if self._least else count - limit
                if beyond > 0:
                    code = "" if period is None else f"rules.{self.rule}_in"
                    facts: dict[str, Any] = {"pattern": self.pattern, "limit": limit}
                    yield self.violation(volunteer, period, beyond, code, count=count, **facts)

    def _post(self, model: Model, times: Linear, who: Array, first: Array, most: int) -> None:
        """At most so many of these times for each person concerned and period.

        `times` are indicators of patterns, of the person `who` from the day number `first` on. A
        minimum counts those that do not come, of all that could.
        """
        arrays, windows = model.arrays, self._period_days(model.arrays)
        people = np.flatnonzero(arrays.in_group(self.group))
        last, size = first + len(pattern_days(self.pattern)) - 1, len(windows)
        source = [np.flatnonzero(np.isin(last, days)) for days in windows]
        row = [who[some] * size + i for i, some in enumerate(source)]
        none = np.zeros(0, dtype=np.int64)
        rows, sources = np.concatenate([none, *row]), np.concatenate([none, *source])
        total = times.combine(rows, sources, arrays.num_volunteers * size)
        could = np.bincount(rows, minlength=arrays.num_volunteers * size) if self._least else 0
        of_people = (people[:, None] * size + np.arange(size)).ravel()
        bound = np.broadcast_to(np.asarray(could), total.size)[of_people] + most
        about = self._of_each(people, windows)
        model.at_most(self, total.take(of_people), bound, **about)


class _MinPatterns(PatternsOfDays):
    min_times: Annotated[Positive, in_value("min_times")] = 1
    """Fewest times."""


@rule(order=216)
class MinPatterns(_Often, _MinPatterns):
    """A person's days follow the `pattern` at least `min_times` times in each period.

    Only periods that lie wholly in the horizon count. As a soft rule it has a price for each time
    that a pattern people like is missing. Limits on days apply to the date on which the pattern
    starts; its last day lies in the period. Dates with other work count as worked.

    Amount: times below `min_times`, for each person and period.
    """

    rule: Literal["min_patterns"] = "min_patterns"
    example = "Pattern off, off from days sat, min_times 2, one free weekend of four: amount 1."
    _least: ClassVar[bool] = True

    def post(self, model: Model) -> None:
        # A column for each time that the pattern is missed: it costs nothing to say so falsely.
        days, total = pattern_days(self.pattern), model.arrays.num_days
        who, first = self._windows(model, days)
        missed = model.columns(model.new_columns(len(who)))
        for i, day in enumerate(days):
            rows = np.flatnonzero(first + i >= 0) if not day.is_any else first[:0]
            like = self._days_like(model, day, over=False).take(who[rows] * total + first[rows] + i)
            model.define_at_most(like.complement() - missed.take(rows), 0)
        self._post(model, missed, who, first, -self.min_times)


class _MaxPatterns(PatternsOfDays):
    max_times: Annotated[Count, in_value("max_times")] = 1
    """Most times."""


@rule(order=217)
class MaxPatterns(_Often, _MaxPatterns):
    """A person's days follow the `pattern` at most `max_times` times in each period.

    Limits on days apply to the date on which the pattern starts; its last day lies in the period.
    A pattern made by other work alone does not count.

    Amount: times beyond `max_times`, for each person and period.
    """

    rule: Literal["max_patterns"] = "max_patterns"
    example = "Pattern off, work, off, max_times 1 per month, three single days of work: amount 2."

    def post(self, model: Model) -> None:
        days = pattern_days(self.pattern)
        who, first = self._windows(model, days)
        found = model.columns(model.new_columns(len(who)))
        like, count = self._days_so(model, days, who, first)
        model.define_at_most(like - found, count - 1)
        self._post(model, found, who, first, self.max_times)
