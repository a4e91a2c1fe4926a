"""Rules about weekends with work in a row: not too many, not too few."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.rest import Weekends
from shiftplan.rules.runs import OfLastRuns
from shiftplan.week.fields import Positive

if TYPE_CHECKING:
    from datetime import date

    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Volunteer

__all__ = ["MaxConsecutiveWeekends", "MinConsecutiveWeekends"]


class _InARow(Weekends):
    """A rule about weekends with work in a row."""

    # ---- on values

    def _dates(self, case: Case) -> list[date]:
        """First date inside the horizon of each weekend."""
        days, dates = case.horizon.days, case.horizon.dates
        runs = [[i for i in run if 0 <= i < days] for run in self.runs(dates[0], days)]
        return [dates[run[0]] for run in runs if run]

    def _worked_in(self, case: Case, volunteer: Volunteer) -> list[bool]:
        """Whether a person works on each weekend, by its days inside the horizon."""
        given = case.given_days(volunteer, self.which)
        return self._on(case, self._worked(case, volunteer) | given)

    def _given_in(self, case: Case, volunteer: Volunteer) -> list[bool]:
        """Whether a person has work beside shifts on each weekend."""
        return self._on(case, case.given_days(volunteer, self.which))

    def _on(self, case: Case, numbers: set[int]) -> list[bool]:
        """Whether any of some days is on each weekend, by its days inside the horizon."""
        days = case.horizon.days
        runs = [[i for i in run if 0 <= i < days] for run in self.runs(case.horizon.start, days)]
        return [not numbers.isdisjoint(run) for run in runs if run]

    def _carried(self, case: Case, volunteer: Volunteer) -> int | None:
        """Weekends with work in a row right before the horizon; None when unknown."""
        history = case.history(volunteer)
        return None if history is None or not self.which.is_all else history.weekends_in_a_row

    # ---- on the model

    def _weekends(self, model: Model, *, exact: bool) -> tuple[Linear, Array, Array]:
        """Whether a weekend is worked, num_volunteers x weekends; the first day of each, int.

        Last, the weekends with work beside shifts, bool of shape (num_volunteers, weekends).
        """
        arrays = model.arrays
        number, count = self._weekend_of(model)
        weekend = number[model.pairs.day]
        kept = model.meant(self.which) & (weekend >= 0)
        key = np.where(kept, model.pairs.volunteer * max(count, 1) + weekend, -1)
        first = np.searchsorted(np.maximum.accumulate(number), np.arange(count))
        worked = model.any_of(key, arrays.num_volunteers * count, exact=exact)
        given = self._given_weekends(model, number, count)
        worked = worked.settled(given.ravel(), 1) if given.any() else worked
        return worked, first, given

    def _before(self, model: Model) -> list[tuple[int, int | None]]:
        """Each person concerned, and weekends with work in a row before the horizon, if known."""
        arrays, anywhere = model.arrays, (self.shifts, self.where, self.hours, self.days)
        is_part = any((*anywhere, self.first_day, self.last_day))
        rows = {} if is_part else {h.volunteer_id: h for h in arrays.week.history}
        found: list[tuple[int, int | None]] = []
        for v in np.flatnonzero(arrays.in_group(self.group)).tolist():
            history = rows.get(arrays.week.volunteers[v].volunteer_id)
            found.append((v, None if history is None else history.weekends_in_a_row))
        return found


@rule(order=262)
class MaxConsecutiveWeekends(_InARow):
    """Nobody works on more than `max_weekends` weekends in a row.

    Amount: weekends that end `max_weekends` + 1 weekends with work in a row, for each person; the
    history's weekends_in_a_row count when no column limits shifts or days. A weekend that the
    horizon cuts counts by its days inside. A weekend on which other work occupies the person is
    one with work; such weekends alone break nothing.
    """

    rule: Literal["max_consecutive_weekends"] = "max_consecutive_weekends"
    max_weekends: Annotated[Positive, in_value("max_weekends")]
    """Most weekends with work in a row."""
    worth = PROMISE
    example = "max_weekends 2, work on the Saturdays of four weekends in a row: amount 2."

    def check(self, case: Case) -> Findings:
        dates = self._dates(case)
        for volunteer in case.members(self.group):
            run = before = self._carried(case, volunteer) or 0
            given = self._given_in(case, volunteer)
            worked = self._worked_in(case, volunteer)
            for i, (day, is_worked) in enumerate(zip(dates, worked, strict=True)):
                run, before = (run + 1, before) if is_worked else (0, 0)
                alone = all(given[max(0, i - self.max_weekends) : i + 1])
                if run > self.max_weekends and not alone:
                    code = f"rules.{self.rule}_before" if before else ""
                    facts = {"run": run, "most": self.max_weekends}
                    yield self.violation(volunteer, day, 1, code, before=before, **facts)

    def post(self, model: Model) -> None:
        worked, first, given = self._weekends(model, exact=False)
        count = len(first)
        rows = [
            (v, last, max(last - self.max_weekends, 0))
            for v, before in self._before(model)
            for last in range(count)
            if last + (before or 0) >= self.max_weekends
            and not given[v, max(last - self.max_weekends, 0) : last + 1].all()
        ]
        who, last, begin = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        length = last - begin + 1
        row = np.repeat(np.arange(len(rows)), length)
        weekend = [i for start, end in zip(begin, last, strict=True) for i in range(start, end + 1)]
        source = who[row] * count + np.array(weekend, dtype=np.int64)
        in_a_row = worked.combine(row, source, len(rows))
        model.at_most(self, in_a_row, length - 1, who=who, where=first[last], place="day")


@rule(order=264)
class MinConsecutiveWeekends(OfLastRuns, _InARow):
    """Weekends with work come in runs of at least `min_weekends`.

    Amount: weekends that a run of weekends with work is short of `min_weekends`. A run that reaches
    the last weekend is never short unless `last_run` says so; one that touches the first only when
    the history's weekends_in_a_row says what was before, and no column limits shifts or days. A
    weekend that the horizon cuts counts by its days inside. A weekend on which other work occupies
    the person is one with work; a run of such weekends alone is never short.
    """

    rule: Literal["min_consecutive_weekends"] = "min_consecutive_weekends"
    min_weekends: Annotated[Positive, in_value("min_weekends")]
    """Fewest weekends with work in a row."""
    example = "min_weekends 2, work on one weekend between two free ones: amount 1."

    def check(self, case: Case) -> Findings:
        dates = self._dates(case)
        for volunteer in case.members(self.group):
            carried, worked = self._carried(case, volunteer), self._worked_in(case, volunteer)
            given = self._given_in(case, volunteer)
            runs, first = [(0, 0)] if worked and not worked[0] and carried else [], 0
            for is_worked, weekends in groupby(worked):
                length = len(list(weekends))
                ends = first + length < len(dates) or self.last_run == "counted"
                alone = all(given[first : first + length])
                if is_worked and ends and not alone and (first or carried is not None):
                    runs.append((first, length))
                first += length
            for first, length in runs:
                before = 0 if first else carried or 0
                run, day, least = length + before, dates[first], self.min_weekends
                if run < least:
                    kind = ("_before" if length else "_ended") if before else ""
                    code = f"rules.{self.rule}{kind}" if kind else ""
                    facts = {"run": run, "least": least, "before": before}
                    yield self.violation(volunteer, day, least - run, code, **facts)

    def post(self, model: Model) -> None:
        # Each run that is too short is a pattern: free, weekends with work, free.
        worked, first_day, given = self._weekends(model, exact=True)
        count = len(first_day)
        rows = [
            (v, first, length, lacking)
            for v, before in self._before(model)
            for first, length, lacking in self._short(before, count)
            if not (length and given[v, first : first + length].all())
        ]
        if not rows:
            return
        who, first, length, lacking = np.array(rows, dtype=np.int64).T
        entries: list[tuple[int, int, float]] = []
        for i, (_, start, weekends, _) in enumerate(rows):
            entries += [(i, start + k, 1.0) for k in range(weekends)]
            entries += [(i, start + weekends, -1.0)] if start + weekends < count else []
            entries += [(i, start - 1, -1.0)] if start else []
        row, weekend, sign = (np.array(part) for part in zip(*entries, strict=True))
        short = worked.combine(row, who[row] * count + weekend, len(rows), sign)
        where, price = first_day[first], self.weight * lacking
        model.at_most(self, short, length - 1, who=who, where=where, place="day", weight=price)

    def _short(self, before: int | None, count: int) -> Iterator[tuple[int, int, int]]:
        """Each run that may be too short: its first weekend, length and weekends lacking."""
        end = count + (self.last_run == "counted") if count else 0
        for length in range(min(self.min_weekends, end)):
            run = length + (before or 0)
            if before is not None and 0 < run < self.min_weekends:
                yield 0, length, self.min_weekends - run
            for first in range(1, end - length) if length else ():
                yield first, length, self.min_weekends - length
