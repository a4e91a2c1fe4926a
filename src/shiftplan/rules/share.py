"""Rules about how many shifts a person gets: at most, at least, on one date."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, Level, Priced, Weight, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfPeople, Personal, Scoped
from shiftplan.week.fields import Positive
from shiftplan.week.scope import EVERY

if TYPE_CHECKING:
    from datetime import date

    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["Floor", "FullDay", "MaxShifts", "MinShifts"]


@rule(order=100)
class MaxShifts(OfPeople, Priced):
    """Nobody works more shifts than their own max_shifts.

    Amount: shifts beyond the person's max_shifts. What occupies the person adds its counted_shifts,
    but breaks no limit by itself.
    """

    rule: Literal["max_shifts"] = "max_shifts"
    sees = "part"
    topic = "What a person can do"
    worth = PROMISE
    reads = ("max_shifts",)
    unit = "shifts"
    example = "max_shifts 3, five shifts in the horizon: amount 2."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            own, limit = len(case.worked(volunteer)), volunteer.max_shifts
            given = sum(n for _, n in case.occupied_on(volunteer, "counted_shifts", EVERY))
            beyond = 0 if limit is None else own - max(limit - given, 0)
            if beyond > 0:
                yield self.violation(volunteer, None, beyond, count=own + given, most=limit)

    def most_of_each(self, arrays: Arrays) -> Array:
        """Shifts of each person at most, (V,); for those whom it does not concern, all shifts."""
        return np.where(arrays.in_group(self.group), arrays.max_shifts, arrays.num_shifts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        shifts = model.sum_pairs(model.pairs.volunteer, arrays.num_volunteers)
        limit = self.most_of_each(arrays)
        if self.hard and not model.alone:
            model.most_shifts = np.minimum(model.most_shifts, limit)
        model.at_most(self, shifts, limit, who=np.arange(arrays.num_volunteers))


@rule(order=370)
class MinShifts(OfPeople, Priced):
    """Whoever asked for a number of shifts at least, and offered that many, gets them.

    Amount: shifts below the smaller of the person's min_shifts and what the person offered. What
    occupies the person adds its counted_shifts to what is given and offered.
    """

    rule: Literal["min_shifts"] = "min_shifts"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    sees = "part"
    reads = ("min_shifts",)
    topic = "Fair to people"
    worth = PROMISE
    unit = "shifts"
    example = "Weight 40, min_shifts 2, five shifts offered, none given: cost 80."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            asked = volunteer.min_shifts
            given = sum(n for _, n in case.occupied_on(volunteer, "counted_shifts", EVERY))
            due = min(asked, case.offers.count(volunteer) + given) if asked else 0
            lacking = due - len(case.worked(volunteer)) - given
            if lacking > 0:
                yield self.violation(volunteer, None, lacking, count=due - lacking, due=due)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        asked = np.array([v.min_shifts for v in arrays.week.volunteers], dtype=np.int64)
        shifts = model.sum_pairs(model.pairs.volunteer, arrays.num_volunteers)
        asked = asked - arrays.occupied_by_day("counted_shifts", EVERY).sum(axis=1)
        due = np.where(arrays.in_group(self.group), np.minimum(asked, arrays.offered), 0)
        model.at_least(self, shifts, due, who=np.arange(arrays.num_volunteers))


@rule(order=360)
class Floor(Personal):
    """Everybody who offered time gets at least `min_shifts` shifts.

    Amount: shifts below the smaller of `min_shifts` and what the person offered. With `shifts`,
    only shifts of these types or tags count, worked and offered. What occupies the person adds its
    counted_shifts to what is given and offered.
    """

    rule: Literal["floor"] = "floor"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of each shift that is missing."""
    min_shifts: Annotated[Positive, in_value("min_shifts")] = 1
    """Shifts that everybody gets at least."""
    topic = "Fair to people"
    worth = PROMISE
    shares = True
    unit = "shifts"
    example = (
        "min_shifts 2: who offered five shifts and gets none lacks 2, who offered one lacks 1."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            given = sum(n for _, n in case.occupied_on(volunteer, "counted_shifts", self.which))
            due = min(self.min_shifts, case.offers.count(volunteer, self.which) + given)
            count = len(case.worked(volunteer, self.which)) + given
            if count < due:
                yield self.violation(volunteer, None, due - count, count=count, due=due)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        key = np.where(model.meant(self.which), model.pairs.volunteer, -1)
        shifts = model.sum_pairs(key, arrays.num_volunteers)
        given = arrays.occupied_by_day("counted_shifts", self.which).sum(axis=1)
        asked = min(self.min_shifts, arrays.num_shifts + int(given.max(initial=0))) - given
        due = np.minimum(asked, arrays.offered_of(self.which))
        due = np.where(arrays.in_group(self.group), due, 0)
        model.at_least(self, shifts, due, who=np.arange(arrays.num_volunteers))


@rule(order=470)
class FullDay(Scoped, Priced):
    """Nobody works more than one shift on a date.

    Amount: dates with more than one shift, for each person. What occupies the person adds its
    counted_shifts, but breaks nothing by itself.
    """

    rule: Literal["full_day"] = "full_day"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    sees = "part"
    topic = "What a person can do"
    unit = "days"
    example = "Weight 5, morning and afternoon on two dates: cost 10."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            per_day = Counter(s.day for s in case.worked(volunteer, self.which))
            given: Counter[date] = Counter()
            for day, count in case.occupied_on(volunteer, "counted_shifts", self.which):
                given[day] += count
            for day, own in sorted(per_day.items()):
                if own + given[day] > 1:
                    yield self.violation(volunteer, day, 1, count=own + given[day])

    def post(self, model: Model) -> None:
        arrays = model.arrays
        meant = np.flatnonzero(model.meant(self.which, self.group))
        days, number = np.unique(model.pairs.person_day[meant], return_inverse=True)
        day = np.full(len(model.pairs), -1)
        day[meant] = np.asarray(number).reshape(-1)
        shifts = model.sum_pairs(day, len(days))
        given = arrays.occupied_by_day("counted_shifts", self.which).ravel()[days] > 0
        more = np.maximum(model.pairs.most_together(day, len(days)) - ~given, 1)
        full = model.columns(model.new_columns(len(days)))
        model.define_at_most(shifts - full * more, ~given * 1)
        who, where = np.divmod(days, arrays.num_days)
        model.avoid(self, full, who=who, where=where, place="day")
