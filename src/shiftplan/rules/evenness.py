"""Rules about the load of people: shifts worked in proportion to shifts offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.errors.message import Person
from shiftplan.rules.base import (
    HIGHEST_PRICE,
    PROMISE,
    Findings,
    Level,
    Priced,
    Weight,
    in_value,
    rnd,
)
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OnShares, Scoped
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.rules.base import Rule
    from shiftplan.week.records import Volunteer

__all__ = ["Fairness", "Leximin", "MaxMin"]

_STEP = 5
"""Percent from one load that counts to the next."""


def works(model: Model, counted: Array) -> tuple[Linear, Array]:
    """What the works of each person count, as expressions, and the most it can be.

    `counted`: whether a work counts, bool of shape (num_pairs,), or how much, int.
    """
    everybody = model.arrays.num_volunteers
    key = np.where(counted, model.pairs.volunteer, -1)
    most = np.minimum(model.most_shifts, model.pairs.most_together(key, everybody))
    each = np.zeros(everybody, dtype=np.int64)
    np.maximum.at(each, model.pairs.volunteer, counted)
    return model.sum_pairs(key, everybody, counted.astype(float)), most * each


def price_each(
    rule: Rule,
    model: Model,
    number: Linear,
    most: Array,
    price: Callable[[Array, Array], Array],
    size: int = 1,
) -> None:
    """Price the first, second, ... of what is counted for each person, up to the most it can be.

    `most` is an int array of shape (num_volunteers,). `price` gives the prices of the i-th of
    people v from arrays v and i; they are rounded half up here and must not fall with i. Each is
    the price of `size` units of the expression, or a part of them.
    """
    people = np.flatnonzero(most > 0)
    count = most[people]
    owner, nth = one_by_one(count)
    costs = np.floor(price(people[owner], nth + 1) + 0.5)
    model.steps(rule, number.take(people), 0, count, costs, who=people, unit=size)


class InProportion(OnShares):
    """A rule by which the i-th of a person's shifts costs the more, the less the person offers.

    Each statement asks for what counts, and for prices, in its own terms.
    """

    sees = "part"
    unit = "shifts"
    _worked: ClassVar[str] = ""
    """Field of the history with what was worked before, if it counts."""
    _offered: ClassVar[str] = "shifts_offered"
    """Field of the history with what was offered before, if it counts."""
    _now: ClassVar[bool] = True
    """Whether people who offer nothing now are left out, whatever they offered before."""
    _highest: ClassVar[float] = HIGHEST_PRICE
    """No single price is higher."""

    # ---- on values

    def _counts(self, case: Case, volunteer: Volunteer) -> tuple[int, float]:
        """What a person works, and what the person offers now."""
        which = self.which
        return len(case.worked(volunteer, which)), case.offers.count(volunteer, which)

    def _past(self, case: Case, volunteer: Volunteer) -> tuple[float, float]:
        """What a person worked and offered before."""
        if not self.which.is_all:
            return 0.0, 0.0
        return case.past(volunteer, self._worked), case.past(volunteer, self._offered)

    def _price(self, nth: float, of: float) -> int:
        return rnd(min(self.weight * (2 * nth - 1) / of, self._highest))

    def _facts(self, worked: float, offered: float) -> dict[str, Any]:
        return {"worked": worked, "offered": offered}

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            count, now = self._counts(case, volunteer)
            if count == 0 or (self._now and now == 0):
                continue
            before, earlier = self._past(case, volunteer)
            q = now + earlier
            if q > 0:
                cost = sum(self._price(before + i, q) for i in range(1, count + 1))
                facts = self._facts(before + count, q)
                yield self.violation(volunteer, None, count, cost=cost, **facts)

    # ---- on the model

    def _counted(self, model: Model) -> Array:
        """Whether each pair of a shift that is meant counts, bool of shape (num_pairs,), or how
        much, int.
        """
        return np.ones(len(model.pairs), dtype=bool)

    def _before(self, arrays: Arrays) -> tuple[Array, Array]:
        """What each person worked and offered before, float of shape (num_volunteers,)."""
        names = (self._worked, self._offered) if self.which.is_all else ("", "")
        return arrays.past(names[0]), arrays.past(names[1])

    def _prices(self, nth: Array, of: Array) -> Array:
        with np.errstate(over="ignore"):
            return np.minimum(self.weight * (2 * nth - 1) / of, self._highest)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        before, earlier = self._before(arrays)
        now = arrays.offered_of(self.which)
        q = now + earlier
        concerned = ((now if self._now else q) > 0)[model.pairs.volunteer]
        concerned = concerned & model.meant(self.which, self.group)
        number, most = works(model, self._counted(model) * concerned)
        price_each(self, model, number, most, lambda v, i: self._prices(before[v] + i, q[v]))


@rule(order=330)
class Fairness(InProportion):
    """Work is shared in proportion to the time people offer, earlier weeks included.

    Amount: shifts of a person. Cost: with q shifts offered and w worked, history included, the
    person's i-th shift costs rnd(weight x (2 (w + i) - 1) / q), at most 1,000,000:
    the growth of the squared load.
    """

    rule: Literal["fairness"] = "fairness"
    weight: Weight = 50
    """Cost of the first shift of a person who offered one shift and has no history."""
    shares = True
    example = (
        "Weight 50, 12 offered before and 4 now (q = 16), 9 worked before: the first shift costs "
        "rnd(50 x 19 / 16) = 59, the second rnd(50 x 21 / 16) = 66."
    )
    _worked: ClassVar[str] = "shifts_worked"
    _now: ClassVar[bool] = False


@rule(order=340)
class Leximin(InProportion):
    """The higher a person's load, the more their next shift costs, by a power of the load.

    A load is what a person worked of what they offered, history included. The power approximates
    the leximin order (the highest load as low as can be, then the next highest, and so on), and is
    not always equal to it: `docs/modelling.md`, "The highest load first", says when it must be.
    `shiftplan.analysis.leximin` finds that order itself. People who offer nothing
    now are left out.

    Amount: shifts of a person. Cost: with q shifts offered and w worked, history included, the
    person's i-th shift costs rnd(weight x (((w + i) / q)^power - ((w + i - 1) / q)^power)), at
    most 1,000,000.
    """

    rule: Literal["leximin"] = "leximin"
    weight: Weight = 1000
    """Cost of all shifts of a person who works everything offered and has no history; no single
    shift costs more while nobody works more than they offer."""
    power: Annotated[int, in_value("power", ge=2, le=12)] = 8
    """Power of the load, 2 to 12."""
    shares = True
    example = (
        "Weight 10000, power 8, four offered and no history: the four shifts cost 0, "
        "rnd(10000 x (0.5^8 - 0.25^8)) = 39, 962 and 8999."
    )
    _worked: ClassVar[str] = "shifts_worked"

    def _price(self, nth: float, of: float) -> int:
        # a^n - b^n = (a - b) x (a^(n-1) + a^(n-2) b + ... + b^(n-1)): as a sum of products it never
        # falls from shift to shift, rounding included, and has nothing to cancel.
        high, low = nth / of, (nth - 1) / of
        total = power = 1.0
        for _ in range(self.power - 1):
            power *= low
            total = total * high + power
        return min(HIGHEST_PRICE, rnd(self.weight * total / of))

    def _prices(self, nth: Array, of: Array) -> Array:
        # The same sum as in _price, factor by factor, so that both round alike.
        high, low = nth / of, (nth - 1) / of
        powers = [np.ones(len(nth))]
        for _ in range(1, self.power):
            powers.append(powers[-1] * low)
        total = powers[0]
        for power in powers[1:]:
            total = total * high + power
        return np.minimum(self.weight * total / of, HIGHEST_PRICE)


@rule(order=350)
class MaxMin(Scoped, Priced):
    """The lowest load is raised, in steps of 5% up to `up_to_percent`.

    A load is what a person worked of what they offered, history included. A step is reached when
    all who offer time now have at least that load, or work all that they offer now. So one person
    whom hard rules or full teams keep from working holds all others down: the rule then asks for
    nothing beyond that person's load, and `floor` serves better.

    As a hard rule it asks for the last of these steps.

    Amount: steps of 5, 10, ... up to `up_to_percent` percent that are not reached.
    """

    rule: Literal["max_min"] = "max_min"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 1000
    """Cost of each step that is not reached; a hard rule ignores it."""
    group: NameSet = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""
    up_to_percent: Annotated[int, in_value("up_to_percent", ge=5, le=100)] = 50
    """Load above which it does not matter, in percent, 5 to 100."""
    sees = "part"
    topic = "Fair to people"
    worth = PROMISE
    shares = True
    unit = "steps of 5%"
    example = (
        "Weight 1000, up_to_percent 50; the lowest load is 2 of 8 shifts, 25%: the steps 30, 35, "
        "40, 45 and 50 are not reached: cost 5000."
    )

    def check(self, case: Case) -> Findings:
        spread = case.spread(self, self._reached)
        steps, lowest = self.up_to_percent // _STEP, min(spread, default=self.up_to_percent)
        if lowest < steps:
            people = [Person(volunteer_id) for volunteer_id in sorted(spread[lowest])]
            facts: dict[str, Any] = {"people": people[:3], "more": len(people) - 3}
            facts["percent"] = _STEP * (lowest + 1)
            code = "rules.max_min_more" if people[3:] else "rules.max_min"
            yield self.violation("", None, steps - lowest, code, **facts)

    def _reached(self, case: Case, volunteer: Volunteer) -> int | None:
        """Steps that a person's load reaches; None for people who are not concerned."""
        offered = case.offers.count(volunteer, self.which)
        if offered == 0 or not case.is_member(volunteer, self.group):
            return None
        count = len(case.worked(volunteer, self.which))
        if count >= offered:
            return self.up_to_percent // _STEP
        worked, q = float(count), float(offered)
        if self.which.is_all:
            worked += case.past(volunteer, "shifts_worked")
            q += case.past(volunteer, "shifts_offered")
        return sum(100 * worked / q >= step for step in range(_STEP, self.up_to_percent + 1, _STEP))

    def post(self, model: Model) -> None:
        # A person who needs k shifts for some steps has one row, for the lowest of these steps.
        arrays = model.arrays
        offered, remembers = arrays.offered_of(self.which), self.which.is_all
        w = arrays.past("shifts_worked" if remembers else "")
        q = arrays.past("shifts_offered" if remembers else "") + offered
        nth = np.arange(offered.max(initial=0))
        open_now = (nth < offered[:, None]) & arrays.in_group(self.group)[:, None]
        load = 100 * (nth + w[:, None]) / np.maximum(q, 1)[:, None]
        steps = np.arange(_STEP, self.up_to_percent + 1, _STEP)
        key = np.where(model.meant(self.which), model.pairs.volunteer, -1)
        shifts = model.sum_pairs(key, arrays.num_volunteers)
        if self.hard:
            highest = self.up_to_percent - self.up_to_percent % _STEP
            need = (open_now & (load < highest)).sum(axis=1)
            model.at_least(self, shifts, need, who=np.arange(arrays.num_volunteers))
            return
        missed = model.columns(model.new_columns(len(steps)))
        model.avoid(self, missed)
        every = np.arange(len(steps))
        model.define_at_most(missed.take(every[:-1]) - missed.take(every[1:]), 0)
        due = np.zeros(arrays.num_volunteers, dtype=np.int64)
        for i, step in enumerate(steps):
            need = (open_now & (load < step)).sum(axis=1)
            people = np.flatnonzero(need > due)
            eased = missed.take(np.full(len(people), i)) * need[people]
            model.define_at_most(-shifts.take(people) - eased, -need[people])
            due = need
