"""Runs of days of one kind: not too long, not too short, also across the start of the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.base import SPARED, Findings, Priced, in_value
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count, Frozen, NameSet, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import About, Linear
    from shiftplan.week.history import History
    from shiftplan.week.records import Volunteer


class Runs(Scoped, Priced):
    """A rule about runs of days of one kind, for everybody or some people."""

    group: NameSet = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""
    sees = "part"
    topic = "Rest, days in a row, weekends"
    unit = "days"
    _of_work: ClassVar[bool]
    """Whether a date of work beside shifts is a day of the kind."""

    def _row(self, case: Case, volunteer: Volunteer) -> list[bool]:
        """Whether each date of the horizon is a day of the kind, on values."""
        raise NotImplementedError

    def _carried(self, history: History | None) -> int | None:
        """Days of the kind in a row right before the horizon, on values; None when unknown."""
        raise NotImplementedError

    def before(self, history: History) -> int | None:
        """The same for the model, stated apart as all that `check` and `post` say."""
        raise NotImplementedError

    def _days(self, model: Model, *, exact: bool) -> Linear:
        """Indicators of days of the kind, (num_volunteers * num_days) in that order."""
        raise NotImplementedError

    def _kinds(self, case: Case, volunteer: Volunteer) -> list[bool]:
        """Whether each date counts as one of the kind."""
        row, given = self._row(case, volunteer), case.given_days(volunteer, self.which)
        return [self._of_work if i in given else kind for i, kind in enumerate(row)]

    def _runs(self, case: Case) -> Iterator[tuple[Volunteer, int, int, int | None]]:
        """Person, first day, length inside the horizon and carried days of each run.

        A carried run that ends with the horizon's first day has length 0.
        """
        for volunteer in case.members(self.group):
            row = self._kinds(case, volunteer)
            carried = self._carried(case.history(volunteer))
            if carried and not row[0]:
                yield volunteer, 0, 0, carried
            first = 0
            for kind, days in groupby(row):
                length = len(list(days))
                if kind:
                    yield volunteer, first, length, carried if first == 0 else 0
                first += length

    def _people(self, model: Model) -> tuple[Array, list[int | None]]:
        """Indexes of the people concerned, and the days carried by each."""
        people = np.flatnonzero(model.arrays.in_group(self.group))
        before = {h.volunteer_id: self.before(h) for h in model.arrays.week.history}
        volunteers = model.arrays.week.volunteers
        return people, [before.get(volunteers[v].volunteer_id) for v in people]


class MaxRuns(Runs):
    """Runs are not too long."""

    max_days: Annotated[Count, in_value("max_days")]
    """Most days in a row."""

    def check(self, case: Case) -> Findings:
        for volunteer, first, length, carried in self._runs(case):
            before, given = carried or 0, case.given_days(volunteer, self.which)
            beyond = sum(
                before + day - first >= self.max_days
                and not given.issuperset(range(max(first, day - self.max_days), day + 1))
                for day in range(first, first + length)
            )
            if beyond > 0:
                day, run = case.horizon.dates[first], before + length
                facts = {"run": run, "most": self.max_days}
                code = f"rules.{self.rule}_before" if before else ""
                yield self.violation(volunteer, day, beyond, code, before=before, **facts)

    def post(self, model: Model) -> None:
        # Each day that ends `max_days` + 1 days of the kind in a row is one day too many.
        total, span = model.arrays.num_days, self.max_days + 1
        people, carried = self._people(model)
        before = np.array([c or 0 for c in carried], dtype=np.int64)
        last = np.arange(total)
        reach = np.maximum(0, span - 1 - last)[None, :]  # days needed from before the horizon
        person, day = np.nonzero(before[:, None] >= reach)
        inside = np.minimum(span, day + 1)
        row, offset = one_by_one(inside)
        source = people[person][row] * total + day[row] - offset
        days = self._days(model, exact=False)
        first, who = np.maximum(day - self.max_days, 0), people[person]
        given = model.arrays.occupied_by_day("is_work", self.which).ravel() > 0
        if not given.any():
            windows = days.combine(row, source, len(person))
            model.at_most(self, windows, inside - 1, who=who, where=first, place="day")
            return
        # What a row of the table `occupied` decides alone is no breach.
        windows = days.settled(given, self._of_work).combine(row, source, len(person))
        open_days = np.bincount(row, weights=~given[source], minlength=len(person))
        kept = np.flatnonzero(open_days)
        about: About = {"who": who[kept], "where": first[kept], "place": "day"}
        model.at_most(self, windows.take(kept), inside[kept] - 1, **about)


class OfLastRuns(Frozen):
    """A rule about the least length of runs."""

    last_run: Annotated[Literal["open", "counted"], SPARED] = "open"
    """Whether a run that reaches the end of the horizon may go on and is never short (`open`), or
    ends there and counts as it is (`counted`)."""


class MinRuns(OfLastRuns, Runs):
    """Runs are not too short."""

    min_days: Annotated[Positive, in_value("min_days")]
    """Fewest days in a row."""

    def check(self, case: Case) -> Findings:
        for volunteer, first, length, carried in self._runs(case):
            is_last = first + length == case.horizon.days
            if carried is None or (is_last and self.last_run == "open"):
                continue
            if self._is_given(case, volunteer, first, length):
                continue
            lacking = self.min_days - carried - length
            if lacking > 0:
                day, run = case.horizon.dates[first], carried + length
                facts = {"run": run, "least": self.min_days}
                kind = ("_before" if length else "_ended") if carried else ""
                code = f"rules.{self.rule}{kind}" if kind else ""
                yield self.violation(volunteer, day, lacking, code, before=carried, **facts)

    def _is_given(self, case: Case, volunteer: Volunteer, first: int, length: int) -> bool:
        """Whether all dates that are worked, of a run or next to it, have work beside shifts."""
        worked = range(first, first + length) if self._of_work else (first - 1, first + length)
        inside = {i for i in worked if 0 <= i < case.horizon.days}
        return bool(inside) and inside <= case.given_days(volunteer, self.which)

    def post(self, model: Model) -> None:
        # A run that is too short is a pattern: days of the kind, then and right before days off it.
        if self.min_days == 1:
            return
        total, days = model.arrays.num_days, self._days(model, exact=True)
        given = model.arrays.occupied_by_day("is_work", self.which) > 0
        days = days.settled(given.ravel(), self._of_work) if given.any() else days
        patterns = self._starts if self.hard and not given.any() else self._short_runs
        rows = [
            (person, *pattern)
            for person, before in zip(*self._people(model), strict=True)
            for pattern in (*patterns(before, total), *self._at_the_end(before, total))
        ]
        if not rows:
            return
        found = np.array(rows).T
        if given.any():
            found = found[:, ~self._alone(given, *found[:4])]
        person, first, length, later, lacking = found
        row, preceded, ends = np.arange(len(person)), first >= 1, later >= 0
        inner, offset = one_by_one(length)
        out = np.concatenate([inner, row[preceded], row[ends]])
        day = np.concatenate([first[inner] + offset, first[preceded] - 1, later[ends]])
        sign = np.repeat([1.0, -1.0, -1.0], [len(inner), preceded.sum(), ends.sum()])
        pattern = days.combine(out, person[out] * total + day, len(row), sign)
        price = self.weight * lacking
        model.at_most(self, pattern, length - 1, who=person, where=first, place="day", weight=price)

    def _alone(
        self, given: Array, person: Array, first: Array, length: Array, later: Array
    ) -> Array:
        """Of which patterns a row of the table `occupied` decides all that is worked, bool."""
        if self._of_work:
            until = np.pad(np.cumsum(given, axis=1), ((0, 0), (1, 0)))
            decided = until[person, first + length] - until[person, first]
            return np.asarray((length > 0) & (decided == length))
        preceded, ends = first >= 1, later >= 0
        is_open = (preceded & ~given[person, first - 1]) | (ends & ~given[person, later])
        return np.asarray((preceded | ends) & ~is_open)

    def _starts(self, before: int | None, total: int) -> Iterator[tuple[int, int, int, int]]:
        """Where the rule is hard: a run that has begun on a day goes on for `min_days` days.

        First day, 1 where the run begins on it and 0 where it began before the horizon, a later
        day, and 1.
        """
        for later in range(min(self.min_days - before, total)) if before else ():
            yield 0, 0, later, 1
        for first in range(0 if before == 0 else 1, total):
            for later in range(first + 1, first + min(self.min_days, total - first)):
                yield first, 1, later, 1

    def _short_runs(self, before: int | None, total: int) -> Iterator[tuple[int, int, int, int]]:
        """Each possible short run: first day, length, the day after it, days lacking."""
        for length in range(min(self.min_days, total)):
            if before is not None and (length or before):
                lacking = self.min_days - before - length
                if lacking > 0:
                    yield 0, length, length, lacking
            for first in range(1, total - length) if length else ():
                yield first, length, first + length, self.min_days - length

    def _at_the_end(self, before: int | None, total: int) -> Iterator[tuple[int, int, int, int]]:
        """Each run that is too short at the end of the horizon, with no day after it."""
        for length in range(1, min(self.min_days, total + 1)) if self.last_run == "counted" else ():
            if length < total:
                yield total - length, length, -1, self.min_days - length
            elif before is not None and before + total < self.min_days:
                yield 0, total, -1, self.min_days - before - total
