"""Rules about those who work: how many they are, and how much their work differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, Level, Weight, in_value
from shiftplan.rules.counts import InMinutes, InShifts
from shiftplan.rules.evenness import works
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import Count, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Volunteer

__all__ = ["MaxActivePeople", "MaxMinutesSpread", "MaxShiftsSpread"]


@rule(order=194)
class MaxActivePeople(Personal):
    """At most `max_people` people work; as a soft rule, each further one costs once.

    With `max_people` 0 whoever works at all costs once, however much it is: few people then have
    full weeks. With `from_shifts` above 1 only those count who work that many shifts or more.

    Amount: people beyond `max_people` who work at least `from_shifts` shifts.
    """

    rule: Literal["max_active_people"] = "max_active_people"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of each person beyond; a hard rule ignores it."""
    max_people: Annotated[Count, in_value("max_people")] = 0
    """Most people who work."""
    from_shifts: Positive = 1
    """Shifts from which a person counts."""
    topic = "How much a person works"
    unit = "people"
    example = "Weight 100, max_people 0, four people who share six shifts: cost 400, and two: 200."

    def _counts(self, case: Case, volunteer: Volunteer) -> int | None:
        """1 for a person who counts; None for others."""
        counts = len(case.worked(volunteer, self.which)) >= self.from_shifts
        return 1 if counts and case.is_member(volunteer, self.group) else None

    def check(self, case: Case) -> Findings:
        count, most = len(case.spread(self, self._counts).get(1, ())), self.max_people
        if count > most:
            least = self.from_shifts
            code = "rules.max_active_people" + "_from" * (least > 1)
            yield self.violation("", None, count - most, code, count=count, most=most, least=least)

    def post(self, model: Model) -> None:
        own, everybody = model.meant(self.which, self.group), model.arrays.num_volunteers
        if self.from_shifts == 1:
            key = np.where(own, model.pairs.volunteer, -1)
            active = model.any_of(key, everybody, exact=False)
        else:
            number, most = works(model, own)
            people = np.flatnonzero(most >= self.from_shifts)
            active = model.columns(model.new_columns(len(people)))
            more = active * (most[people] - self.from_shifts + 1)
            model.define_at_most(number.take(people) - more, self.from_shifts - 1)
        total = active.sum_by(np.zeros(active.size, dtype=np.int64), 1)
        model.at_most(self, total, self.max_people)


class _Spread(InShifts, Personal):
    """A limit, the rule's parameter, on how much the work of those who work differs."""

    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    topic = "Fair to people"
    worth = PROMISE
    unit = "shifts"

    def _load(self, case: Case, volunteer: Volunteer) -> int | None:
        """What a person works; None for people who work nothing, or are not concerned."""
        worked = case.worked(volunteer, self.which)
        if not worked or not case.is_member(volunteer, self.group):
            return None
        return sum(self._amount(case, shift) for shift in worked)

    def check(self, case: Case) -> Findings:
        loads, limit = case.spread(self, self._load), self.parameter
        most, fewest = max(loads, default=0), min(loads, default=0)
        beyond = most - fewest - limit
        if beyond > 0:
            yield self.violation("", None, beyond, most=most, fewest=fewest, limit=limit)

    def post(self, model: Model) -> None:
        everybody = model.arrays.num_volunteers
        key = np.where(model.meant(self.which, self.group), model.pairs.volunteer, -1)
        load = model.sum_pairs(key, everybody, self._amounts(model.arrays)[model.pairs.shift])
        people = np.flatnonzero(np.bincount(key[key >= 0], minlength=everybody))
        load, active = load.take(people), model.any_of(key, everybody, exact=False).take(people)
        top = model.greatest(load).max(initial=0)
        # The fewest are the top less a shortfall, so that both columns are cheapest when small.
        most, short = (model.columns(model.new_columns(1, top)) for _ in range(2))
        each = np.zeros(len(people), dtype=np.int64)
        model.define_at_most(load - most.take(each), 0)
        model.define_at_most(active * top - load - short.take(each), 0)
        model.at_most(self, most + short, self.parameter + top)

    def helpers(self, arrays: Arrays) -> Array:
        return np.asarray(arrays.in_group(self.group)[:, None] & arrays.in_set(self.which)[None, :])


@rule(order=412)
class MaxShiftsSpread(_Spread):
    """Those who work get numbers of shifts that differ by at most `max_difference`.

    People who work no such shift do not count, and neither does history.

    Amount: shifts by which the most and the fewest of those who work differ beyond
    `max_difference`.
    """

    rule: Literal["max_shifts_spread"] = "max_shifts_spread"
    max_difference: Annotated[Count, in_value("max_difference")] = 0
    """Largest difference of shifts that costs nothing."""
    example = "max_difference 1, people with four, two, one and no shifts: 4 - 1 - 1: amount 2."


@rule(order=414)
class MaxMinutesSpread(InMinutes, _Spread):
    """Those who work get minutes that differ by at most `max_difference`.

    People who work no such shift do not count, and neither does history.

    Amount: minutes by which the most and the fewest of those who work differ beyond
    `max_difference`.
    """

    rule: Literal["max_minutes_spread"] = "max_minutes_spread"
    max_difference: Annotated[Count, in_value("max_difference")] = 0
    """Largest difference in minutes that costs nothing."""
    example = "max_difference 60, people with 720, 480 and no minutes: amount 180."
