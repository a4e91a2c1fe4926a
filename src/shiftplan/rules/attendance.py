"""People who may not come: how many do, and the rule that plans for it.

People come or stay away independently, each with a probability of their own (the Poisson-binomial
distribution). Chances are built up person by person from sums of products, which lose no digits.

In the rule a person counts as a part of one who surely comes, in whole percent, as show rates are
known to a percent at best. `check` finds the part from a finite sum, `post` from the incomplete
beta function; both leave the same hair's breadth below the chance wanted, far more than either
loses by rounding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.rules.base import Findings, Level, Weight, in_value
from shiftplan.rules.held import with_spared
from shiftplan.rules.registry import rule
from shiftplan.rules.seats import OnSomeRequirements, presence
from shiftplan.week.json_form import Amount, Figure, Written

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["ShowUp"]


LIKELY = 0.9
"""Chance from which a minimum counts as one that is likely to come."""


@dataclass(frozen=True, slots=True)
class Attendance(Written):
    """What is there when people come or stay away independently, with their show rates."""

    seats: Amount
    """Seats of requirements without a skill: the sum of the targets."""
    expected: Figure
    """Of these, seats filled on average: the mean of min(people who come, target), added up."""
    minimums: Amount
    """Requirements with a minimum above 0, with or without a skill."""
    likely: Amount
    """Of these, requirements whose minimum comes with a chance of `LIKELY` at least."""


def attendance_of(case: Case) -> Attendance | None:
    """What is there of a roster when people stay away; None when every show rate is 1."""
    if all(v.show_rate == 1 for v in case.week.volunteers):
        return None
    seats, expected, chances = 0, 0.0, []
    for need in case.asking:
        rates = [v.show_rate for v in case.counted(need)]
        if need.is_of_heads:
            seats += need.target
            expected += expected_filled(rates, need.target)
        if need.minimum:
            chances.append(chance_of_at_least(rates, need.minimum))
    return Attendance(seats, expected, len(chances), sum(p >= LIKELY - 1e-9 for p in chances))


def chance_of_at_least(rates: Iterable[float], count: int) -> float:
    """Chance that at least `count` people come, 0 to 1.

    Parameters
    ----------
    rates
        Show rate of each person planned, 0 to 1.
    count
        People wanted; 0 or less are always there.
    """
    return 1.0 if count <= 0 else min(1.0, _distribution(rates, count)[count])


def expected_filled(rates: Iterable[float], seats: int) -> float:
    """Seats filled on average: the mean of min(people who come, seats).

    Parameters
    ----------
    rates
        Show rate of each person planned, 0 to 1.
    seats
        Seats; people beyond them fill none.
    """
    if seats <= 0:
        return 0.0
    chance = _distribution(rates, seats)
    return min(float(seats), sum(count * p for count, p in enumerate(chance)))


def _distribution(rates: Iterable[float], most: int) -> list[float]:
    """Chances that 0, 1, ... people come; the last, of number `most`, is for that many or more."""
    chance = [1.0] + [0.0] * most
    for rate in rates:
        chance[most] += chance[most - 1] * rate
        for count in range(most - 1, 0, -1):
            chance[count] = chance[count] * (1 - rate) + chance[count - 1] * rate
        chance[0] *= 1 - rate
    return chance


@rule(order=50)
class ShowUp(OnSomeRequirements):
    """Enough people are planned that each minimum comes with a chance of `chance_percent`.

    A person with show rate r counts 100 m / n percent of a person, rounded down to whole percent.
    Here m is the minimum, and n the number of people with rate r, whole or not, at least m, of whom
    m or more come with that chance (`docs/modelling.md`, "People who may not come"). Requirements
    without a minimum do not count. People count for every requirement that they meet, also for
    exclusive ones.

    Amount: percent of a person missing to the minimum.
    """

    rule: Literal["show_up"] = "show_up"
    level: Level = 1
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 1
    """Cost of each percent of a person missing; a whole person costs 100 times as much. A hard rule
    ignores it."""
    chance_percent: Annotated[int, in_value("chance_percent", ge=1, le=99)] = 90
    """Chance wanted, in percent, 1 to 99."""
    serves = "people"
    unit = "percent of a person"
    example = (
        "Minimum 1, chance_percent 90, rate 0.8: ln 0.1 / ln 0.2 = 1.43 such people are needed, so "
        "one counts 69%: amount 31. Two are enough: at least one of them comes with 96%."
    )

    def check(self, case: Case) -> Findings:
        part = cache(_part)
        for need, _ in self._checked(case):
            least = need.minimum
            if least == 0:
                continue
            rates = [v.show_rate for v in case.fitting(need)]
            missing = 100 * least - sum(part(rate, least, self.chance_percent) for rate in rates)
            if missing <= 0:
                continue
            facts = {"count": len(rates), "least": least, "wanted": self.chance_percent}
            code = "rules.show_up_few"
            if len(rates) >= least:
                # Cut off: a chance below what is wanted is never shown as that.
                chance = math.floor(100 * chance_of_at_least(rates, least) + 1e-9)
                is_less, facts["chance"] = chance < self.chance_percent, chance
                code = "rules.show_up_chance" if is_less else "rules.show_up_parts"
            yield self.violation("", need.place, missing, code, **facts)

    def post(self, model: Model) -> None:
        # Only problems with this rule need it, and checking never does.
        from scipy.special import betainc

        arrays = model.arrays
        parts = [self._named(arrays, exclusive=some) for some in (False, True)]
        needs = [need for own, _ in parts for need in own]
        where = np.concatenate([own for _, own in parts])
        minimum = np.array([n.minimum for n in needs], dtype=np.int64)
        rate = np.array([v.show_rate for v in arrays.week.volunteers], dtype=float)
        rates, rate_of = np.unique(rate, return_inverse=True)
        least, least_of = np.unique(np.maximum(minimum, 1), return_inverse=True)
        part = np.zeros((len(rates), len(least)))
        for bit in (64, 32, 16, 8, 4, 2, 1):
            people = 100 * least / np.minimum(part + bit, 100)
            chance = betainc(least, people - least + 1, rates[:, None])
            more = (part + bit <= 100) & (chance >= self.chance_percent / 100 - 1e-9)
            part += np.where(more, bit, 0)
        found = presence(model, needs)
        counts = part[rate_of[found.volunteer], least_of[found.need]]
        planned = found.there.sum_by(found.need, len(needs), counts)
        planned = with_spared(model, planned, arrays.own_shift(needs), 100 * minimum)
        model.at_least(self, planned, 100 * minimum, where=where, place="need")


def _part(rate: float, least: int, value: int) -> int:
    """Percent of a person that one counts: the most for which so many are still enough."""
    low, high = 0, 100
    while low < high:
        middle = (low + high + 1) // 2
        if _chance(100 * least / middle, rate, least) >= value / 100 - 1e-9:
            low = middle
        else:
            high = middle - 1
    return low


def _chance(people: float, rate: float, least: int) -> float:
    """Chance that `least` of so many people alike come; `people` may be any number from it up.

    At least k of n come unless n - k + 1 stay away before the k-th comes: a sum over those who
    came until then, which also means something when n - k + 1 is not whole.
    """
    if rate in (0, 1):
        return rate
    away = people - least + 1
    log_term = away * math.log1p(-rate)
    missed = math.exp(log_term)
    for came in range(1, least):
        log_term += math.log(rate * (away + came - 1) / came)
        missed += math.exp(log_term)
    return 1 - missed
