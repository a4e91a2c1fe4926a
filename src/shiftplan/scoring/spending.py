"""What the work of a roster is paid, in all and at each center.

`Case` -> `Spending`, or None where nobody is paid.
"""

from __future__ import annotations

from dataclasses import dataclass

from shiftplan.case.case import Case
from shiftplan.week.json_form import Amount, Written


@dataclass(frozen=True, slots=True)
class CenterSpending(Written):
    """What the work at a center is paid."""

    center_id: str
    """The center."""
    name: str
    """Its name; empty for none."""
    money: Amount
    """What is paid, in the unit of `hourly_cost` and `shift_cost`."""


@dataclass(frozen=True, slots=True)
class Spending(Written):
    """What the work of a roster is paid."""

    money: Amount
    """What is paid in all, in the unit of `hourly_cost` and `shift_cost`."""
    centers: tuple[CenterSpending, ...]
    """Each center with shifts, those first where most is paid."""


def spending_of(case: Case) -> Spending | None:
    """What a roster is paid; None where no volunteer has hourly_cost or shift_cost.

    A shift is paid hourly_cost for its minutes, rounded half up to a whole number, and shift_cost.
    """
    if not any(v.hourly_cost or v.shift_cost for v in case.week.volunteers):
        return None
    paid = {shift.center_id: 0 for shift in case.week.shifts}
    for shift_id, people in case.people_in.items():
        shift = case.shifts[shift_id]
        paid[shift.center_id] += sum(case.paid(person, shift) for person in people)
    order = sorted(paid.items(), key=lambda pair: (-pair[1], pair[0]))
    names = case.centers
    centers = tuple(CenterSpending(c, names[c].name, money) for c, money in order)
    return Spending(sum(paid.values()), centers)
