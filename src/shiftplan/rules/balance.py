"""Rules that share out some kind of work by itself: hours, undesired times, nights, far centers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.case.arrays import UNDESIRED
from shiftplan.rules.base import OnShares, Violation, Weight, growth, in_value, rnd
from shiftplan.rules.each import growths, past, price_each, works
from shiftplan.rules.place import km_from_home
from shiftplan.rules.registry import rule
from shiftplan.week.fields import Count, NameSet, SomeNames

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift, Volunteer

__all__ = ["BalanceFar", "BalanceHours", "BalanceShifts", "BalanceUndesired"]


@rule(order=380)
class BalanceHours(OnShares):
    """Hours are shared in proportion to the hours people offer, weeks before included.

    Offered are the different shift times inside a person's windows, at most the max_shifts longest.
    With `shifts`, only shifts of these types or tags count, worked and offered, and history does
    not; a history that tells shifts but no hours counts as none. People who offer nothing of it now
    are left out.

    Amount: hours of a person, a part of an hour being one. Cost: with Q hours offered and h worked
    before, the j-th hour costs rnd(weight x (2 (h + j) - 1) / Q), at most 1,000,000.
    """

    rule: Literal["balance_hours"] = "balance_hours"
    weight: Weight = 12
    """Cost of the first hour of a person who offered one hour and has no history; with 12 a shift
    of four hours costs about as much as by `fairness` with 50."""
    shifts: NameSet = ()
    """Shift types or tags counted; empty for all shifts."""
    sees = "part"
    shares = True
    unit: ClassVar[str] = "hours"
    example: ClassVar[str] = (
        "Weight 12, two shift times of 4 hours offered, no history: the first hour costs "
        "rnd(12 x 1 / 8) = 2, a whole shift 2 + 5 + 8 + 11 = 26, where `fairness` takes 25."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            times = case.offers.times(volunteer, self.shifts)
            longest = sorted((case.minutes(s) for s, _ in times), reverse=True)
            offered = sum(longest[: volunteer.max_shifts])
            hours = math.ceil(sum(map(case.minutes, case.worked(volunteer, self.shifts))) / 60)
            if offered == 0 or hours == 0:
                continue
            history = None if self.shifts else case.history(volunteer)
            before = 0.0 if history is None else history.hours_worked
            total = offered / 60 + (0.0 if history is None else history.hours_offered)
            cost = sum(growth(self.weight, before + j, total) for j in range(1, hours + 1))
            who = volunteer.volunteer_id
            facts = {"worked": before + hours, "offered": total}
            yield self.violation(who, None, hours, "rules.balance_hours", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        length = arrays.span_times[:, 1] - arrays.span_times[:, 0]
        offers = -np.sort(-(arrays.inside(self.shifts) * length), axis=1)
        offers[np.arange(len(length)) >= arrays.max_shifts[:, None]] = 0
        h, q = np.zeros(arrays.num_volunteers), offers.sum(axis=1) / 60
        concerned = (q > 0) & arrays.in_group(self.group)
        if not self.shifts:
            h, q = past(arrays, "hours_worked"), q + past(arrays, "hours_offered")
        own = concerned[model.pairs.volunteer] & arrays.in_set(self.shifts)[model.pairs.shift]
        minutes = (arrays.end - arrays.start)[model.pairs.shift]
        # Whole shifts are priced at once where all are as many whole hours, or times as many.
        unit = int(np.gcd.reduce(minutes[own], initial=0))
        block = unit // 60 if unit % 60 == 0 and unit > 0 else 1
        unit = math.gcd(unit, 60 * block)
        key = np.where(own, model.pairs.volunteer, -1)
        worked = model.sum_pairs(key, arrays.num_volunteers, minutes / max(unit, 1))
        longest = np.zeros(arrays.num_volunteers)
        np.maximum.at(longest, model.pairs.volunteer[own], minutes[own])
        most = np.ceil(works(model, own)[1] * longest / (60 * block)).astype(int)

        def price(v: np.ndarray, i: np.ndarray) -> np.ndarray:
            total = np.zeros(len(v))
            for j in range(1, block + 1):
                nth = block * (i - 1) + j
                total += np.floor(growths(self.weight, h[v] + nth, q[v]) + 0.5)
            return total

        price_each(self, model, worked, most, price, 60 * block // max(unit, 1))


@rule(order=390)
class BalanceUndesired(OnShares):
    """Shifts at undesired times are shared in proportion to the time people offer.

    People who offer nothing now are left out.

    Amount: shifts of a person in undesired windows. Cost: with q shifts offered, history included,
    and u worked in undesired windows before, the i-th costs rnd(weight x (2 (u + i) - 1) / q), at
    most 1,000,000.
    """

    rule: Literal["balance_undesired"] = "balance_undesired"
    weight: Weight = 50
    """Cost of the first such shift of a person who offered one shift and has no history."""
    sees = "part"
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = (
        "Weight 50, q = 16, two at undesired times before: the next costs rnd(50 x 5 / 16) = 16, "
        "for somebody with none before rnd(50 x 1 / 16) = 3."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            worked = case.worked(volunteer)
            count = sum(case.offers.state(volunteer, s) == "undesired" for s in worked)
            offered = case.offers.count(volunteer)
            if count == 0 or offered == 0:
                continue
            history = case.history(volunteer)
            before = 0.0 if history is None else history.undesired_worked
            q = offered + (0.0 if history is None else history.shifts_offered)
            cost = sum(growth(self.weight, before + i, q) for i in range(1, count + 1))
            who = volunteer.volunteer_id
            facts = {"worked": before + count, "offered": q}
            yield self.violation(who, None, count, "rules.balance_undesired", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        u = past(arrays, "undesired_worked")
        q = past(arrays, "shifts_offered") + arrays.offered
        concerned = (arrays.offered > 0) & arrays.in_group(self.group)
        state = arrays.state[model.pairs.volunteer, arrays.span[model.pairs.shift]]
        number, most = works(model, concerned[model.pairs.volunteer] & (state == UNDESIRED))
        price_each(self, model, number, most, lambda v, i: growths(self.weight, u[v] + i, q[v]))


@rule(order=400)
class BalanceShifts(OnShares):
    """Some shifts, such as nights or weekends, are shared in proportion to what people offer.

    Offered are the different times of such shifts inside a person's windows, at most the person's
    max_shifts. People who offer none are left out; history does not count.

    Amount: such shifts of a person. Cost: of n offered, the i-th costs
    rnd(weight x (2 i - 1) / n).
    """

    rule: Literal["balance_shifts"] = "balance_shifts"
    weight: Weight = 50
    """Cost of the only such shift of a person who offered one."""
    shifts: SomeNames
    """Shift types or tags to be shared out."""
    sees = "part"
    shares = True
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = (
        "Weight 50, nights, four offered: the first costs rnd(50 x 1 / 4) = 13, the second 38."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            count = len(case.worked(volunteer, self.shifts))
            offered = case.offers.count(volunteer, self.shifts)
            if count == 0 or offered == 0:
                continue
            cost = sum(rnd(self.weight * (2 * i - 1) / offered) for i in range(1, count + 1))
            who, facts = volunteer.volunteer_id, {"offered": offered, "names": self.shifts}
            yield self.violation(who, None, count, "rules.balance_shifts", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        offered = arrays.offered_of(self.shifts)
        concerned = (offered > 0) & arrays.in_group(self.group)
        meant = arrays.in_set(self.shifts)[model.pairs.shift]
        number, most = works(model, concerned[model.pairs.volunteer] & meant)
        price_each(self, model, number, most, lambda v, i: self.weight * (2 * i - 1) / offered[v])


@rule(order=410)
class BalanceFar(OnShares):
    """Shifts far from home are shared in proportion to the time people offer.

    People who offer nothing now are left out, and so are mobile people.

    Amount: shifts of a person at centers farther than `beyond_km` km from home. Cost: with q shifts
    offered, history included, the i-th costs rnd(weight x (2 i - 1) / q).
    """

    rule: Literal["balance_far"] = "balance_far"
    weight: Weight = 50
    """Cost of the first such shift of a person who offered one shift and has no history."""
    beyond_km: Annotated[Count, in_value("beyond_km")]
    """Distance from which a center is far, in km, great circle; centers at it are not."""
    sees = "part"
    unit: ClassVar[str] = "shifts"
    measures_distance: ClassVar[bool] = True
    example: ClassVar[str] = (
        "Weight 50, beyond_km 10, q = 8, two shifts 12 km from home: rnd(50 x 1 / 8) = 6 and "
        "rnd(50 x 3 / 8) = 19: cost 25."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            if volunteer.mobile:
                continue
            count = sum(self._is_far(case, volunteer, s) for s in case.worked(volunteer))
            offered = case.offers.count(volunteer)
            if count == 0 or offered == 0:
                continue
            history = case.history(volunteer)
            q = offered + (0.0 if history is None else history.shifts_offered)
            cost = sum(rnd(self.weight * (2 * i - 1) / q) for i in range(1, count + 1))
            who = volunteer.volunteer_id
            facts = {"km": self.beyond_km, "offered": q}
            yield self.violation(who, None, count, "rules.balance_far", cost, **facts)

    def _is_far(self, case: Case, volunteer: Volunteer, shift: Shift) -> bool:
        return km_from_home(case, volunteer, shift) > self.beyond_km

    def post(self, model: Model) -> None:
        arrays = model.arrays
        q = past(arrays, "shifts_offered") + arrays.offered
        placed = np.array([not v.mobile for v in arrays.week.volunteers], dtype=bool)
        concerned = (arrays.offered > 0) & arrays.in_group(self.group) & placed
        home, there = arrays.home[model.pairs.volunteer], model.pairs.center
        far = arrays.km_beside(home, there, self.beyond_km) > self.beyond_km
        number, most = works(model, concerned[model.pairs.volunteer] & far)
        price_each(self, model, number, most, lambda v, i: self.weight * (2 * i - 1) / q[v])
