"""The rule about dates beside those that people wish to have off."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, Level
from shiftplan.rules.registry import rule
from shiftplan.rules.rest import Weekends
from shiftplan.week.fields import WEEKDAYS

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["BesideDaysOff"]


@rule(order=435)
class BesideDaysOff(Weekends):
    """Nobody works on the dates beside one that they wish to have off.

    Such a wish is a row of `preferences` against a date that names no types of shifts. A date that
    is itself wished off does not count.

    Amount: shifts on such dates, for each person.
    """

    rule: Literal["beside_days_off"] = "beside_days_off"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    sides: Literal["both", "before", "after", "bridge"] = "both"
    """Dates that count: on both sides of the wish, before it, after it, or only a `bridge`, a date
    between the wish and a weekend, or between two such wishes, and of no weekend itself."""
    sees = "part"
    topic = "Wishes"
    worth = PROMISE
    reads = ("preferences",)
    unit = "shifts"
    example = (
        "Weight 5, a wish against Tuesday, and shifts on Monday, Wednesday and Thursday: amount 2, "
        "cost 10. With sides bridge: only the Monday counts, amount 1."
    )

    def check(self, case: Case) -> Findings:
        wished: dict[str, set[date]] = {}
        for wish in case.week.preferences:
            if wish.state == "against" and wish.date is not None and not wish.shifts:
                wished.setdefault(wish.volunteer_id, set()).add(wish.date)
        for volunteer in case.members(self.group):
            off = wished.get(volunteer.volunteer_id, set())
            for shift in case.worked(volunteer, self.which) if off else ():
                if self._is_beside(shift.day, off):
                    yield self.violation(volunteer, shift, 1)

    def _is_beside(self, day: date, off: Set[date]) -> bool:
        """Whether a date counts beside those of a person's wishes."""
        before, after = day - timedelta(1), day + timedelta(1)
        if day in off:
            return False
        if self.sides != "bridge":
            return (self.sides != "before" and before in off) or (
                self.sides != "after" and after in off
            )
        # One side is a wish: days of a weekend follow each other, so no date lies between two.
        free = [side in off or self._is_weekend(side) for side in (before, after)]
        return all(free) and not self._is_weekend(day)

    def _is_weekend(self, day: date) -> bool:
        return WEEKDAYS[day.weekday()] in self.weekend

    def post(self, model: Model) -> None:
        beside = self._beside(model.arrays)[model.pairs.volunteer, model.pairs.day]
        pairs = np.flatnonzero(beside & model.meant(self.which, self.group))
        who, where = model.pairs.volunteer[pairs], model.pairs.shift[pairs]
        model.avoid(self, model.columns(pairs), who=who, where=where, place="shift")

    def _beside(self, arrays: Arrays) -> Array:
        """Dates of each person that count, bool of shape (num_volunteers, num_days)."""
        start, total = arrays.week.horizon.start, arrays.num_days
        off = np.zeros((arrays.num_volunteers, total + 2), dtype=bool)  # a day more at both ends
        for wish in arrays.week.preferences:
            if wish.date is not None and not (wish.shifts or wish.state == "for"):
                off[arrays.volunteer_index[wish.volunteer_id], (wish.date - start).days + 1] = True
        before, itself, after = off[:, :-2], off[:, 1:-1], off[:, 2:]
        if self.sides == "bridge":
            weekdays = [WEEKDAYS.index(name) for name in self.weekend]
            weekend = np.isin((start.weekday() + np.arange(-1, total + 1)) % 7, weekdays)
            free = off | weekend
            return np.asarray(free[:, :-2] & free[:, 2:] & ~free[:, 1:-1])
        if self.sides == "before":
            return np.asarray(after & ~itself)
        return np.asarray((before if self.sides == "after" else before | after) & ~itself)
