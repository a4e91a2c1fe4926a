"""Rules about optional shifts, which are held where they have their minimum of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.rules.base import SERVICE, Findings, Forbidding, SoftRule, Weight
from shiftplan.rules.held import with_people
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfShifts
from shiftplan.rules.seats import people_counted

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["HoldOptional", "OptionalMinimum"]


class OptionalMinimum(Forbidding):
    """A shift marked as `optional` has nobody, or the minimum of each of its requirements.

    It is held where it has people. Where it has none, its seats count as filled, for every rule
    about seats. The rule `hold_optional` prices shifts that are not held. Of exclusive seats
    each requirement counts all who meet it.

    Amount: people below the minimum.
    """

    rule: Literal["optional_minimum"] = "optional_minimum"
    worth = SERVICE
    unit = "people"
    example = "Minimum 3, two people: amount 1. Nobody: amount 0."

    def check(self, case: Case) -> Findings:
        for need in case.week.requirements:
            if need.shift_id is None or not case.shifts[need.shift_id].optional:
                continue
            count, least = len(case.fitting(need)), need.minimum
            if case.people_in[need.shift_id] and count < least:
                yield self.violation("", need.place, least - count, count=count, least=least)

    def post(self, model: Model) -> None:
        shifts, needs = model.arrays.week.shifts, model.arrays.week.requirements
        at = enumerate(model.arrays.own_shift(needs).tolist())
        where = np.array([i for i, shift in at if shift >= 0 and shifts[shift].optional])
        if not len(where):
            return
        own = [needs[i] for i in where.tolist()]
        minimum = np.array([need.minimum for need in own], dtype=float)
        there = with_people(model).take(model.arrays.where(own))
        lacking = there * minimum - people_counted(model, own)
        model.at_most(self, lacking, 0, where=where, place="need")


class _HoldOptional(SoftRule):
    weight: Weight = 100
    """Cost of each optional shift that is not held."""


@rule(order=45)
class HoldOptional(OfShifts, _HoldOptional):
    """Shifts marked as `optional` in the table shifts are held.

    Amount: optional shifts without people, one each.
    """

    rule: Literal["hold_optional"] = "hold_optional"
    sees = "part"
    topic = "Seats"
    serves = "people"
    unit = "shifts"
    example = "Three optional shifts, one of them with people, weight 100: cost 200."

    def check(self, case: Case) -> Findings:
        for shift in case.meant(self.which):
            if shift.optional and not case.team(shift):
                yield self.violation("", shift, 1)

    def post(self, model: Model) -> None:
        optional = np.array([shift.optional for shift in model.arrays.week.shifts], dtype=bool)
        where = np.flatnonzero(optional & model.arrays.in_set(self.which))
        if len(where):
            closed = with_people(model, exact=True).take(where).complement()
            model.avoid(self, closed, where=where, place="shift")
