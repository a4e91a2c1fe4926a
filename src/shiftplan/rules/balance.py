"""Rules that share out some kind of work by itself: hours, undesired times, nights, far centers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.case.arrays import UNDESIRED
from shiftplan.rules.base import Weight, in_value
from shiftplan.rules.evenness import InProportion, price_each, works
from shiftplan.rules.place import km_from_home
from shiftplan.rules.registry import rule
from shiftplan.week.fields import Count, NameSet, SomeNames
from shiftplan.week.scope import Which

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Volunteer

__all__ = ["BalanceFar", "BalanceHours", "BalanceShifts", "BalanceUndesired"]


@rule(order=380)
class BalanceHours(InProportion):
    """Hours are shared in proportion to the hours people offer, earlier weeks included.

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
    shares = True
    unit = "hours"
    example = (
        "Weight 12, two shift times of 4 hours offered, no history: the first hour costs "
        "rnd(12 x 1 / 8) = 2, a whole shift 2 + 5 + 8 + 11 = 26, where `fairness` takes 25."
    )
    _worked: ClassVar[str] = "hours_worked"
    _offered: ClassVar[str] = "hours_offered"

    def _counts(self, case: Case, volunteer: Volunteer) -> tuple[int, float]:
        times = case.offers.times(volunteer, self.which)
        longest = sorted((case.minutes(s) for s, _ in times), reverse=True)
        hours = math.ceil(sum(map(case.minutes, case.worked(volunteer, self.which))) / 60)
        return hours, sum(longest[: case.offers.most(volunteer)]) / 60

    def post(self, model: Model) -> None:
        arrays = model.arrays
        length = arrays.span_times[:, 1] - arrays.span_times[:, 0]
        offers = -np.sort(-(arrays.inside(self.which) * length), axis=1)
        offers[np.arange(len(length)) >= arrays.max_shifts[:, None]] = 0
        h, q = np.zeros(arrays.num_volunteers), offers.sum(axis=1) / 60
        concerned = q > 0
        if self.which.is_all:
            h, q = arrays.past("hours_worked"), q + arrays.past("hours_offered")
        own = concerned[model.pairs.volunteer] & model.meant(self.which, self.group)
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

        def price(v: Array, i: Array) -> Array:
            total = np.zeros(len(v))
            for j in range(1, block + 1):
                nth = block * (i - 1) + j
                total += np.floor(self._prices(h[v] + nth, q[v]) + 0.5)
            return total

        price_each(self, model, worked, most, price, 60 * block // max(unit, 1))


@rule(order=390)
class BalanceUndesired(InProportion):
    """Shifts at undesired times are shared in proportion to the time people offer.

    People who offer nothing now are left out.

    Amount: shifts of a person in undesired windows. Cost: with q shifts offered, history included,
    and u worked in undesired windows before, the i-th costs rnd(weight x (2 (u + i) - 1) / q), at
    most 1,000,000.
    """

    rule: Literal["balance_undesired"] = "balance_undesired"
    weight: Weight = 50
    """Cost of the first such shift of a person who offered one shift and has no history."""
    example = (
        "Weight 50, q = 16, two at undesired times before: the next costs rnd(50 x 5 / 16) = 16, "
        "for somebody with none before rnd(50 x 1 / 16) = 3."
    )
    _worked: ClassVar[str] = "undesired_worked"

    def _counts(self, case: Case, volunteer: Volunteer) -> tuple[int, float]:
        states = [case.offers.state(volunteer, s) for s in case.worked(volunteer, self.which)]
        return states.count("undesired"), case.offers.count(volunteer, self.which)

    def _counted(self, model: Model) -> Array:
        arrays, pairs = model.arrays, model.pairs
        return np.asarray(arrays.state[pairs.volunteer, arrays.span[pairs.shift]] == UNDESIRED)


@rule(order=400)
class BalanceShifts(InProportion):
    """Some shifts, such as nights or weekends, are shared in proportion to what people offer.

    Offered are the different times of such shifts inside a person's windows, at most the person's
    max_shifts. People who offer none are left out. If nothing else limits shifts or days, those of
    history count by its named_offered and named_worked; a shift with two of the names counts there
    for each.

    Amount: such shifts of a person. Cost: of n offered and u worked before, history included, the
    i-th costs rnd(weight x (2 (u + i) - 1) / n), at most 1,000,000.
    """

    rule: Literal["balance_shifts"] = "balance_shifts"
    weight: Weight = 50
    """Cost of the only such shift of a person who offered one."""
    shifts: SomeNames
    """Shift types or tags to be shared out."""
    shares = True
    example = (
        "Weight 50, nights, four offered: the first costs rnd(50 x 1 / 4) = 13, the second 38. "
        "With `night:4` offered and `night:2` worked before: rnd(50 x 5 / 8) = 31 and 44."
    )

    def _past(self, case: Case, volunteer: Volunteer) -> tuple[float, float]:
        if self.which != Which(self.shifts):
            return 0.0, 0.0
        worked = case.tallied(volunteer, "named_worked", self.shifts)
        return worked, case.tallied(volunteer, "named_offered", self.shifts)

    def _before(self, arrays: Arrays) -> tuple[Array, Array]:
        if any((self.where, self.hours, self.days, self.first_day, self.last_day)):
            return np.zeros(arrays.num_volunteers), np.zeros(arrays.num_volunteers)
        names = "named_worked", "named_offered"
        worked, offered = (arrays.tallied(name, self.shifts) for name in names)
        return worked, offered

    def _facts(self, worked: float, offered: float) -> dict[str, Any]:
        return {**super()._facts(worked, offered), "names": self.shifts}


@rule(order=410)
class BalanceFar(InProportion):
    """Shifts far from home are shared in proportion to the time people offer.

    People who offer nothing now are left out, and so are mobile people.

    Amount: shifts of a person at centers farther than `beyond_km` km from home. Cost: with q shifts
    offered, history included, and u far ones worked before, the i-th costs
    rnd(weight x (2 (u + i) - 1) / q), at most 1,000,000.
    """

    rule: Literal["balance_far"] = "balance_far"
    weight: Weight = 50
    """Cost of the first such shift of a person who offered one shift and has no history."""
    beyond_km: Annotated[Count, in_value("beyond_km")]
    """Distance from which a center is far, in km, great circle; centers at it are not."""
    measures_distance = True
    example = (
        "Weight 50, beyond_km 10, q = 8, two shifts 12 km from home: rnd(50 x 1 / 8) = 6 and "
        "rnd(50 x 3 / 8) = 19: cost 25."
    )
    _worked: ClassVar[str] = "far_worked"

    def _counts(self, case: Case, volunteer: Volunteer) -> tuple[int, float]:
        worked = () if volunteer.mobile else case.worked(volunteer, self.which)
        far = sum(km_from_home(case, volunteer, s) > self.beyond_km for s in worked)
        return far, case.offers.count(volunteer, self.which)

    def _facts(self, worked: float, offered: float) -> dict[str, Any]:
        return {**super()._facts(worked, offered), "km": self.beyond_km}

    def _counted(self, model: Model) -> Array:
        arrays, who = model.arrays, model.pairs.volunteer
        placed = np.array([not v.mobile for v in arrays.week.volunteers], dtype=bool)
        km = arrays.km_beside(arrays.home[who], model.pairs.center, self.beyond_km)
        return np.asarray(placed[who] & (km > self.beyond_km))
