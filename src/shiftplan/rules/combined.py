"""Rules about what a person works together: one shift asks for another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shiftplan.rules.base import Findings, Priced
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfPeople, OfPlaces
from shiftplan.week.fields import SomeNames
from shiftplan.week.scope import Which

if TYPE_CHECKING:
    from datetime import date

    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Volunteer

__all__ = ["NeedsToo"]


class _BothSets(Priced):
    first: SomeNames
    """Shift types or tags that ask for others."""
    then: SomeNames
    """Shift types or tags of the others."""


@rule(order=155)
class NeedsToo(OfPlaces, OfPeople, _BothSets):
    """Whoever works a `first` shift also works a `then` shift, on the same date or at all.

    With `how` `all`, every `then` shift: of the date, or of the horizon. If both columns have the
    same name, shifts of that name are worked by one person or not at all. Limits on places, hours
    and days apply to the `first` shifts.

    Amount: `then` shifts that are missing, for each person and date with a `first` shift, or for
    each person; with `how` `any` that is 1 where none is worked.
    """

    rule: Literal["needs_too"] = "needs_too"
    per: Literal["day", "horizon"] = "day"
    """Where the `then` shift is: on the date of the `first`, or anywhere in the horizon."""
    how: Literal["any", "all"] = "any"
    """Whether one of the `then` shifts is enough, or all of them are needed."""
    sees = "part"
    topic = "What a person can do"
    unit = "shifts"
    example = "First evening, then morning: an evening on a date without a morning: amount 1."

    @cached_property
    def which(self) -> Which:
        """The `first` shifts that are meant."""
        return replace(super().which, shifts=self.first)

    def check(self, case: Case) -> Findings:
        then = [s for s in case.all_shifts if case.is_meant(s, Which(self.then))]
        facts: dict[str, Any] = {"first": self.first, "then": self.then}
        for volunteer in case.members(self.group):
            worked = case.worked(volunteer, Which(self.then))
            for day in self._periods(case, volunteer):
                held = {s.shift_id for s in worked if day in (None, s.day)}
                if self.how == "any" and not held:
                    code = "rules.needs_too" + ("_at_all" if day is None else "")
                    yield self.violation(volunteer, day, 1, code, **facts)
                for shift in then if self.how == "all" else ():
                    if day in (None, shift.day) and shift.shift_id not in held:
                        yield self.violation(volunteer, shift, 1, "rules.needs_too_all", **facts)

    def _periods(self, case: Case, volunteer: Volunteer) -> Iterator[date | None]:
        """Dates on which a person works a `first` shift, or None for the horizon if on any."""
        days = sorted(case.days_worked(volunteer, self.which))
        yield from days if self.per == "day" else [None][: len(days)]

    def post(self, model: Model) -> None:
        arrays, pairs = model.arrays, model.pairs
        days = arrays.num_days if self.per == "day" else 1
        size = arrays.num_volunteers * days
        period = pairs.person_day if self.per == "day" else pairs.volunteer
        asks = model.any_of(np.where(model.meant(self.which), period, -1), size, exact=False)
        people = np.flatnonzero(arrays.in_group(self.group))
        if self.how == "any":
            held = model.sum_pairs(np.where(model.meant(Which(self.then)), period, -1), size)
            rows = (people[:, None] * days + np.arange(days)).ravel()
            lacking = asks.take(rows) - held.take(rows)
            where = rows % days if self.per == "day" else np.full(len(rows), -1)
            model.at_most(self, lacking, 0, who=rows // days, where=where, place="day")
            return
        then = np.flatnonzero(arrays.in_set(Which(self.then)))
        who, where = np.repeat(people, len(then)), np.tile(then, len(people))
        number = np.full((arrays.num_volunteers, arrays.num_shifts), -1)
        number[who, where] = np.arange(len(who))
        works = model.sum_pairs(number[pairs.volunteer, pairs.shift], len(who))
        asked = asks.take(who * days + (arrays.day[where] if self.per == "day" else 0))
        model.at_most(self, asked - works, 0, who=who, where=where, place="shift")
