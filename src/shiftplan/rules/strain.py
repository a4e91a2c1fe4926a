"""Rules about how hard a person's shifts are: not too much in a period, and shared alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.rules.base import SAFETY, Weight, in_value
from shiftplan.rules.counts import PerPeriod
from shiftplan.rules.evenness import InProportion
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import Count

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift, Volunteer

__all__ = ["BalanceStrain", "MaxStrain"]


def _strains(arrays: Arrays) -> Array:
    """Strain of each shift, int of shape (num_shifts,)."""
    return np.array([shift.strain for shift in arrays.week.shifts], dtype=np.int64)


class _MaxStrain(Personal):
    max_strain: Annotated[Count, in_value("max_strain")]
    """Most strain in a period."""


@rule(order=192)
class MaxStrain(PerPeriod, _MaxStrain):
    """The strain of a person's shifts adds up to at most `max_strain` in each period.

    Shifts have a strain in the column `strain`, 1 without one. Neither history nor what occupies
    people besides shifts counts.

    Amount: strain beyond `max_strain`, for each person and period.
    """

    rule: Literal["max_strain"] = "max_strain"
    worth = SAFETY
    reads = ("strain",)
    unit = "points of strain"
    example = "max_strain 5 per week, two shifts with strain 3 and one without: 7: amount 2."
    _counter: ClassVar[str] = ""

    def _amount(self, case: Case, shift: Shift) -> int:
        return shift.strain

    def _amounts(self, arrays: Arrays) -> Array:
        return _strains(arrays).astype(float)


@rule(order=405)
class BalanceStrain(InProportion):
    """Strain of shifts is shared in proportion to the time people offer, earlier weeks included.

    Shifts have a strain in the column `strain`, 1 without one. People who offer nothing now are
    left out.

    Amount: strain of a person's shifts, added up. Cost: with q shifts offered, history included,
    and u points of strain worked before, the i-th point costs rnd(weight x (2 (u + i) - 1) / q), at
    most 1,000,000.
    """

    rule: Literal["balance_strain"] = "balance_strain"
    weight: Weight = 50
    """Cost of the first point of strain of a person who offered one shift and has no history."""
    shares = True
    reads = ("strain",)
    unit = "points of strain"
    example = (
        "Weight 50, eight offered, no history, a shift with strain 3: rnd(50 x 1 / 8) = 6, 19 and "
        "31, in all 56, where a shift without one costs 6."
    )
    _worked: ClassVar[str] = "strain_worked"

    def _counts(self, case: Case, volunteer: Volunteer) -> tuple[int, float]:
        strain = sum(shift.strain for shift in case.worked(volunteer, self.which))
        return strain, case.offers.count(volunteer, self.which)

    def _counted(self, model: Model) -> Array:
        return _strains(model.arrays)[model.pairs.shift]
