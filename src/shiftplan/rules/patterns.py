"""Rules about patterns of days: what may not, what must, and what should come in a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, Priced
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfPeople, OfPlaces
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.patterns import Pattern, PatternDay, pattern_days
from shiftplan.week.scope import Which

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.history import History
    from shiftplan.week.records import Volunteer

__all__ = ["ForbiddenPattern", "RequiredPattern"]


class PatternsOfDays(OfPlaces, OfPeople, Priced):
    """A rule about days in a row of each person."""

    pattern: Pattern
    """Days in a row, such as `night|late, off, !off`: types of shifts or tags, `off`, `work` or
    `any`; commas separate days, bars alternatives, and `!` means none of what follows."""
    sees = "part"
    topic = "Rest, days in a row, weekends"
    unit = "patterns"

    # ---- on values

    def _matches(self, case: Case, volunteer: Volunteer, days: Sequence[PatternDay]) -> list[int]:
        """Day numbers on which a pattern starts that ends in the horizon, as far as is known."""
        last = len(days) - 1
        return [
            start
            for start in range(-last, case.horizon.days - last)
            if self.which.has_day(case.horizon.start + dt.timedelta(start))
            and all(self._is_so(case, volunteer, d, start + i) for i, d in enumerate(days))
        ]

    def _breaches(self, case: Case, volunteer: Volunteer, days: Sequence[PatternDay]) -> list[int]:
        """`_matches`, without those that work beside shifts makes and no shift has a part in."""
        given, first = case.given_days(volunteer, self._work), case.horizon.start
        work = {i for i, day in enumerate(days) if day.off and day.negated}
        worked = {(d - first).days for d in case.days_worked(volunteer, self._work)}
        found = []
        for start in self._matches(case, volunteer, days):
            met = {start + i for i in work} & given
            if not met or not worked.isdisjoint({*range(start, start + len(days))} - met):
                found.append(start)
        return found

    @property
    def _work(self) -> Which:
        """The shifts that count as work."""
        return Which(where=self.where, hours=self.hours)

    def _is_so(
        self,
        case: Case,
        volunteer: Volunteer,
        meant: PatternDay,
        number: int,
        *,
        shifts_alone: bool = False,
    ) -> bool:
        """Whether a day, by its number in the horizon or before it, is known to be as meant.

        Work beside shifts is work, unless shifts alone are.
        """
        if meant.is_any:
            return True
        if number < 0:
            known = self._was_so(case.history(volunteer), meant, -number)
            return known is not None and known != meant.negated
        day = case.horizon.dates[number]
        named = Which(meant.names, where=self.where, hours=self.hours)
        is_named = bool(meant.names) and day in case.days_worked(volunteer, named)
        is_off = meant.off and day not in case.days_worked(volunteer, self._work)
        if is_off and not shifts_alone:
            is_off = number not in case.given_days(volunteer, self._work)
        return (is_named or is_off) != meant.negated

    def _was_so(self, history: History | None, meant: PatternDay, ago: int) -> bool | None:
        """Whether a day some days before the horizon was one of the names or off, if known."""
        if history is None or self.where or self.hours:
            return None
        if ago <= (history.off_in_a_row or 0):
            return meant.off
        if history.last_shift_type and ago <= max(history.same_type_in_a_row or 0, 1):
            return history.last_shift_type in meant.names
        is_worked = ago <= (history.worked_in_a_row or 0)
        return False if is_worked and not meant.names else None

    # ---- on the model

    def _starts(self, model: Model, length: int) -> Iterator[int]:
        """First day numbers of patterns of a length that end in the horizon."""
        first = model.arrays.week.horizon.start
        for start in range(1 - length, model.arrays.num_days - length + 1):
            day = first + dt.timedelta(start)
            early = self.first_day is not None and day < self.first_day
            late = self.last_day is not None and day > self.last_day
            other = self.days is not None and not (
                day in self.days.dates or WEEKDAYS[day.weekday()] in self.days.weekdays
            )
            if not (early or late or other):
                yield start

    def _windows(self, model: Model, days: Sequence[PatternDay]) -> tuple[Array, Array]:
        """Person and first day number of each pattern that the days planned decide, int."""
        arrays = model.arrays
        people = np.flatnonzero(arrays.in_group(self.group))
        history = {h.volunteer_id: h for h in arrays.week.history}
        who: list[Array] = [np.zeros(0, dtype=np.int64)]
        starts = list(self._starts(model, len(days)))
        for start in starts:
            before = [(day, start + i) for i, day in enumerate(days[: max(0, -start)])]
            ids = [arrays.week.volunteers[v].volunteer_id for v in people]
            begun = [all(self.was(history.get(one), *day) for day in before) for one in ids]
            who.append(people[np.array(begun, dtype=bool)])
        first = np.repeat(starts, [len(some) for some in who[1:]]).astype(np.int64)
        return np.concatenate(who), first

    def was(self, history: History | None, day: PatternDay, number: int) -> bool:
        """Whether a day before the horizon, by its negative number, is known to be as meant."""
        if day.is_any:
            return True
        if history is None or self.where or self.hours:
            return False
        same = history.same_type_in_a_row or (1 if history.last_shift_type else 0)
        if -number <= (history.off_in_a_row or 0):
            return day.off is not day.negated
        if history.last_shift_type and -number <= same:
            return (history.last_shift_type in day.names) is not day.negated
        # Worked, and nobody knows what.
        return -number <= (history.worked_in_a_row or 0) and not day.names and day.negated

    def _days_like(
        self, model: Model, day: PatternDay, *, over: bool, shifts_alone: bool = False
    ) -> Linear:
        """Indicators of days as meant, num_volunteers x num_days in that order.

        With `over` they are never less than they should be, else never more. Work beside shifts is
        work, unless shifts alone are.
        """
        size = model.arrays.num_volunteers * model.arrays.num_days
        like = model.sum_pairs(np.full(len(model.pairs), -1), size)
        if day.off:
            work = Which(where=self.where, hours=self.hours)
            exact = over is not day.negated
            worked = model.days_worked(work, exact=exact)
            given = model.arrays.occupied_by_day("is_work", work).ravel() > 0
            if given.any() and not shifts_alone:
                worked = worked.settled(given, 1)
            like = like + worked.complement()
        if day.names:
            named = Which(day.names, where=self.where, hours=self.hours)
            like = like + model.days_worked(named, exact=over is day.negated)
        return like.complement() if day.negated else like

    def _by_shifts(
        self, model: Model, days: Sequence[PatternDay], who: Array, first: Array
    ) -> tuple[Linear, Array]:
        """Whether patterns that work beside shifts makes have a shift, and how many of it need one.

        An indicator, 1 if in doubt, and 1.0, for each pattern of the person `who` from the day
        number `first` on; for all others 0, and 0.0.
        """
        arrays, size = model.arrays, len(who)
        total = arrays.num_days
        given = arrays.occupied_by_day("is_work", Which(where=self.where, hours=self.hours)) > 0
        none, needs = model.sum_pairs(np.full(len(model.pairs), -1), size), np.zeros(size)
        if not given.any():
            return none, needs
        day = first[:, None] + np.arange(len(days))
        is_work = np.array([one.off and one.negated for one in days])
        met = (day >= 0) & given[who[:, None], np.maximum(day, 0)] & is_work
        needs[met.any(axis=1)] = 1
        row, nth = np.nonzero((day >= 0) & ~met & (needs > 0)[:, None])
        worked = model.days_worked(Which(where=self.where, hours=self.hours), exact=False)
        own = np.flatnonzero(needs)
        found = model.columns(model.new_columns(len(own))).combine(own, np.arange(len(own)), size)
        source = who[row] * total + day[row, nth]
        model.define_at_most(worked.take(source) - found.take(row), 0)
        return found, needs

    def _days_so(
        self, model: Model, days: Sequence[PatternDay], who: Array, first: Array
    ) -> tuple[Linear, Array]:
        """Planned days of each pattern that are as meant, or more, and how many there are.

        `who`, `first`: as of `_windows`; a day of whatever kind counts in neither. A shift counts
        as one of them where work beside shifts makes the pattern.
        """
        like, count = self._by_shifts(model, days, who, first)
        for i, day in enumerate(days):
            rows = np.flatnonzero(first + i >= 0) if not day.is_any else first[:0]
            source = who[rows] * model.arrays.num_days + first[rows] + i
            like += self._days_like(model, day, over=True).combine(rows, source, len(who))
            count[rows] += 1
        return like, count

    def _post_never(self, model: Model, days: Sequence[PatternDay]) -> None:
        """No pattern of these days; each is named by its last day."""
        who, first = self._windows(model, days)
        like, count = self._days_so(model, days, who, first)
        last = first + len(days) - 1
        model.at_most(self, like, count - 1, who=who, where=last, place="day")


@rule(order=212)
class ForbiddenPattern(PatternsOfDays):
    """A person's days never follow the `pattern`.

    Limits on days apply to the date on which the pattern starts.
    A pattern made by other work alone breaks nothing.

    Amount: times that the pattern ends on a date of the horizon, for each person.
    """

    rule: Literal["forbidden_pattern"] = "forbidden_pattern"
    worth = PROMISE
    example = "Pattern night, off, !off, and a night, a day off and a late shift: amount 1."

    def check(self, case: Case) -> Findings:
        days = pattern_days(self.pattern)
        for volunteer in case.members(self.group):
            for start in self._breaches(case, volunteer, days):
                last = case.horizon.dates[start + len(days) - 1]
                yield self.violation(volunteer, last, 1, pattern=self.pattern)

    def post(self, model: Model) -> None:
        self._post_never(model, pattern_days(self.pattern))


@rule(order=214)
class RequiredPattern(PatternsOfDays):
    """After days that follow the `pattern` come days that follow `followed_by`.

    Limits on days apply to the date on which the pattern starts.
    A difference made by other work alone breaks nothing.

    Amount: days of the horizon that differ from `followed_by`, after each time that the pattern
    occurs, for each person.
    """

    rule: Literal["required_pattern"] = "required_pattern"
    followed_by: Pattern
    """The days that follow, written in the same way."""
    worth = PROMISE
    unit = "days"
    example = "Pattern night, followed_by night|off, off; a night, a late and a day off: amount 1."

    def check(self, case: Case) -> Findings:
        days, then = pattern_days(self.pattern), pattern_days(self.followed_by)
        both: dict[str, Any] = {"pattern": self.pattern, "followed_by": self.followed_by}
        for volunteer in case.members(self.group):
            for i, day in enumerate(then):
                differs = PatternDay(day.names, day.off, not day.negated)
                for start in self._breaches(case, volunteer, [*days, *[_ANY] * i, differs]):
                    date = case.horizon.dates[start + len(days) + i]
                    yield self.violation(volunteer, date, 1, **both)

    def post(self, model: Model) -> None:
        days = pattern_days(self.pattern)
        for i, day in enumerate(pattern_days(self.followed_by)):
            other = PatternDay(day.names, day.off, not day.negated)
            self._post_never(model, [*days, *[_ANY] * i, other])


_ANY = PatternDay(negated=True)
"""A day of whatever kind."""
