"""What a person costs who is missing at a center, or there without being needed.

`DesignPolicy`, a need, minutes -> prices of each person, in sixtieths: prices are of hours and
times in minutes, so that these are whole numbers, and a time costs the same as its parts together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from shiftplan.citizens.shift_design.candidates import ShiftTime
from shiftplan.citizens.shift_design.curve import NeedOver
from shiftplan.week.demand import DesignPolicy

PARTS = 60
"""Costs are counted in so many parts of what a policy counts in."""
_STEPS = 10
"""People beyond the target up to whom each costs more than the one before."""


@dataclass(frozen=True, slots=True)
class DesignPrices:
    """What a design weighs at one center: its policy, and the priority of the center."""

    policy: DesignPolicy
    priority: float = 1.0

    def missing(self, need: NeedOver, minutes: int) -> list[int]:
        """Prices of the people who may be missing, the first of them first: it costs least."""
        policy = self.policy
        found = []
        for number in range(need.target):
            factor = policy.minimum_factor if need.target - number <= need.minimum else 1
            hourly = (policy.short_price + number * policy.short_rise) * self.priority * factor
            found.append(_rounded(hourly) * minutes)
        return found

    def beyond(self, number: int, minutes: int) -> int:
        """Price of the person beyond the target with a number, counted from 0."""
        policy = self.policy
        hourly = policy.surplus_price + min(number, _STEPS - 1) * policy.surplus_rise
        return hourly * minutes

    def beyond_steps(self, minutes: int, most: int) -> list[tuple[int, int]]:
        """(Price, people) of the people beyond a target, of whom there are so many at most."""
        each = [self.beyond(number, minutes) for number in range(min(most, _STEPS))]
        steps = in_steps(each)
        if most > _STEPS:
            price, count = steps[-1]
            steps[-1] = price, count + most - _STEPS
        return steps

    def seat(self, price: int, minutes: int, skills: int) -> int:
        """Price of a person in a shift of so many minutes whose type has a price of its own."""
        policy = self.policy
        hourly = policy.hour_price + policy.skill_price * skills
        return PARTS * price + hourly * minutes


@dataclass(frozen=True, slots=True)
class TimePrices:
    """What a time costs at which shifts are held, at a center or at all that share it."""

    price: int
    more: int
    """Price of a time on top of it at which no shift is held today."""
    present: frozenset[ShiftTime]
    """Times at which shifts are held today."""

    @classmethod
    def shared(cls, prices: Iterable[TimePrices]) -> TimePrices:
        """Those of centers that share times: the highest, and the times of all of them."""
        own = list(prices)
        present = frozenset[ShiftTime]().union(*(one.present for one in own))
        return cls(max(one.price for one in own), max(one.more for one in own), present)

    def of(self, time: ShiftTime) -> int:
        """What a time costs, in parts."""
        return PARTS * (self.price + (0 if time in self.present else self.more))


def in_steps(prices: list[int]) -> list[tuple[int, int]]:
    """(Price, how many) of prices in order, equal ones together."""
    return [(price, len(list(same))) for price, same in groupby(prices)]


def whole(cost: int) -> int:
    """A cost in what a policy counts in: the nearest whole number, halves up."""
    return (cost + PARTS // 2) // PARTS


def _rounded(value: float) -> int:
    """The nearest whole number, halves up."""
    return int(value + 0.5)
