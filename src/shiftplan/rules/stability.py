"""The rule that keeps a roster as it was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import AtShift
from shiftplan.rules.base import PROMISE, BoolArray, IntArray, Level, Priced, Violation, Weight
from shiftplan.rules.registry import rule

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["Stability"]


@rule(order=480)
class Stability(Priced):
    """Whoever has a shift in the published roster keeps it, and nobody gets another one.

    A shift taken away and a shift added are a change each, so that whoever moves from one shift to
    another has two. Without the table `published` the rule says nothing.

    Amount: changes. Cost: weight for each, and told_weight more for a shift taken away from
    somebody who has been told.

    Several rows add up: one for all days, one more for the next days, on which a change is worse,
    and a hard one for the days that are frozen.
    """

    rule: Literal["stability"] = "stability"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of a change; a hard rule ignores it."""
    told_weight: Weight = 100
    """Further cost of taking away a shift of which the person has been told; a hard rule ignores
    it."""
    first_day: dt.date | None = None
    """First date concerned; blank for since ever."""
    last_day: dt.date | None = None
    """Last date concerned; blank for without end."""
    sees = "part"
    topic = "What was published"
    worth = PROMISE
    unit: ClassVar[str] = "changes"
    example: ClassVar[str] = (
        "Weights 100 and 100: An falls ill and Bình comes instead: 100 for Bình, and 200 for An, "
        "unless An's assignment is no longer in the table `published`."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        if not case.is_published:
            return
        told = {(p.volunteer_id, p.shift_id): p.told for p in case.week.published}
        worked = {
            (v.volunteer_id, shift) for shift, people in case.people_in.items() for v in people
        }
        for who, where in sorted(worked ^ told.keys()):
            if not self.concerns(case.shifts[where].day):
                continue
            if (who, where) in worked:
                cost, code = self.weight, "rules.stability_new"
            else:
                cost = self.weight + (self.told_weight if told[who, where] else 0)
                code = "rules.stability_taken"
            cost = 0 if self.hard else cost
            yield self.violation(who, AtShift(where), 1, code, cost)

    def concerns(self, day: dt.date) -> bool:
        """Whether changes on a date count."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )

    def forbid(self, arrays: Arrays) -> BoolArray | None:
        if not self.hard or not arrays.week.published:
            return None
        who, where, _ = _published(arrays)
        forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        forbidden[:, self._inside(arrays)] = True
        forbidden[who, where] = False
        return forbidden

    def _inside(self, arrays: Arrays) -> BoolArray:
        """Whether each shift is on a date concerned, bool of shape (num_shifts,)."""
        start = arrays.week.horizon.start
        first = -np.inf if self.first_day is None else (self.first_day - start).days
        last = np.inf if self.last_day is None else (self.last_day - start).days
        return np.asarray((arrays.day >= first) & (arrays.day <= last))

    def post(self, model: Model) -> None:
        arrays = model.arrays
        if not arrays.week.published:
            return
        inside = self._inside(arrays)
        who, where, told = _published(arrays)
        kept = inside[where]
        who, where, told = who[kept], where[kept], told[kept]
        number = np.full((arrays.num_volunteers, arrays.num_shifts), -1)
        number[who, where] = np.arange(len(who))
        key = number[model.pairs.volunteer, model.pairs.shift]
        taken = model.sum_pairs(key, len(who)).complement()
        price = self.weight + np.where(told, self.told_weight, 0)
        model.avoid(self, taken, who=who, where=where, place="shift", weight=price)
        if self.hard:
            return  # new pairs are forbidden by themselves
        new = np.flatnonzero((key < 0) & inside[model.pairs.shift])
        model.avoid(self, model.columns(new))


def _published(arrays: Arrays) -> tuple[IntArray, IntArray, BoolArray]:
    """Volunteer index and shift index of what was published, and whether the person was told."""
    rows = arrays.week.published
    who = np.array([arrays.volunteer_index[p.volunteer_id] for p in rows], dtype=np.int64)
    where = np.array([arrays.shift_index[p.shift_id] for p in rows], dtype=np.int64)
    return who, where, np.array([p.told for p in rows], dtype=bool)
