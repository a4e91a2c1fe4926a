"""Rules about money: what people are paid for their work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.errors.message import AtCenter, Place, period_of
from shiftplan.rules.base import DECISION, Findings, Priced, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["Budget"]


@rule(order=490)
class Budget(Scoped, Priced):
    """At most `max_cost` is paid for people's work in each period, or at each center.

    What a person is paid for a shift is their `hourly_cost` for its minutes, rounded half up to a
    whole number, and their `shift_cost`, both columns of the table volunteers. They and `max_cost`
    are in one unit, such as thousands of dong. As a soft rule with `max_cost` 0 it prices all money
    that is paid.

    Amount: money beyond `max_cost`, for each period or center.
    """

    rule: Literal["budget"] = "budget"
    max_cost: Annotated[Count, in_value("max_cost")]
    """Most money in each period, or at each center, in the unit of the two columns."""
    per: Literal["horizon", "week", "month", "day", "center"] = "horizon"
    """Period: the whole horizon, calendar weeks from Monday on, calendar months, or days; or
    `center` for the whole horizon at each center."""
    topic = "Money"
    worth = DECISION
    reads = ("hourly_cost", "shift_cost")
    unit = "money"
    example = (
        "max_cost 500 per center; two people with hourly_cost 60 work 4 hours each, and one of "
        "them has shift_cost 50: 60 x 4 x 2 + 50 = 530, amount 30."
    )

    def _place(self, shift: Shift) -> Place | None:
        if self.per == "horizon":
            return None
        if self.per == "center":
            return AtCenter(shift.center_id)
        return period_of(shift.day, self.per)

    def check(self, case: Case) -> Findings:
        paid: dict[Place | None, int] = {}
        for volunteer in case.members(self.group):
            for shift in case.worked(volunteer, self.which):
                place = self._place(shift)
                paid[place] = paid.get(place, 0) + case.paid(volunteer, shift)
        for place, money in paid.items():
            if money > self.max_cost:
                code = "rules.budget" if place is None else "rules.budget_in"
                facts = {"count": money, "limit": self.max_cost}
                yield self.violation("", place, money - self.max_cost, code, **facts)

    def post(self, model: Model) -> None:
        arrays, who, shift = model.arrays, model.pairs.volunteer, model.pairs.shift
        people = arrays.week.volunteers
        hourly = np.array([v.hourly_cost for v in people], dtype=np.int64)
        fixed = np.array([v.shift_cost for v in people], dtype=np.int64)
        minutes = (arrays.end - arrays.start)[shift]
        money = (hourly[who] * minutes + 30) // 60 + fixed[who]
        label, where = self._labels(arrays)
        mine = model.meant(self.which, self.group)
        total = model.sum_pairs(np.where(mine, label[shift], -1), len(where), money)
        place = "" if self.per == "horizon" else self.per
        if self.max_cost:
            model.at_most(self, total, self.max_cost, where=where, place=place)
        else:
            model.avoid(self, total, where=where, place=place)

    def _labels(self, arrays: Arrays) -> tuple[Array, Array]:
        """Number of each shift's period or center; first day of each period, or each center."""
        if self.per == "center":
            return arrays.center, np.arange(arrays.num_centers)
        dates = np.array(arrays.week.horizon.dates, dtype="datetime64[D]")
        period = {
            "horizon": np.zeros(len(dates), dtype=np.int64),
            "week": (dates.astype(np.int64) + 3) // 7,  # 1970-01-01 was a Thursday
            "month": dates.astype("datetime64[M]").astype(np.int64),
            "day": np.arange(len(dates)),
        }
        _, first, number = np.unique(period[self.per], return_index=True, return_inverse=True)
        return number[arrays.day], first
