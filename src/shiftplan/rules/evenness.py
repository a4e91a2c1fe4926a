"""Rules about the load of people: shifts worked in proportion to shifts offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import Person
from shiftplan.rules.base import (
    HIGHEST_PRICE,
    ForPeople,
    OnShares,
    Violation,
    Weight,
    growth,
    in_value,
    rnd,
)
from shiftplan.rules.each import growths, past, price_each, works
from shiftplan.rules.registry import rule
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Volunteer

__all__ = ["Fairness", "Leximin", "MaxMin"]

_STEP = 5
"""Percent from one load that counts to the next."""


@rule(order=330)
class Fairness(ForPeople):
    """Work is shared in proportion to the time people offer, weeks before included.

    Amount: shifts of a person. Cost: with q shifts offered and w worked, history included, the
    person's i-th shift costs rnd(weight x (2 (w + i) - 1) / q), at most 1,000,000:
    the growth of the squared load.
    """

    rule: Literal["fairness"] = "fairness"
    weight: Weight = 50
    """Cost of the first shift of a person who offered one shift and has no history."""
    group: NameSet = ()
    """Groups concerned; empty for everybody."""
    sees = "part"
    topic = "Fair to people"
    shares = True
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = (
        "Weight 50, 12 offered before and 4 now (q = 16), 9 worked before: the first shift costs "
        "rnd(50 x 19 / 16) = 59, the second rnd(50 x 21 / 16) = 66."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            count = len(case.worked(volunteer))
            history = case.history(volunteer)
            before = 0.0 if history is None else history.shifts_worked
            offered = 0.0 if history is None else history.shifts_offered
            if count == 0:
                continue
            q = offered + case.offers.count(volunteer)
            if q <= 0:
                continue
            cost = sum(growth(self.weight, before + i, q) for i in range(1, count + 1))
            who = volunteer.volunteer_id
            facts = {"worked": before + count, "offered": q}
            yield self.violation(who, None, count, "rules.fairness", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        w, q = past(arrays, "shifts_worked"), past(arrays, "shifts_offered") + arrays.offered
        concerned = (q > 0) & arrays.in_group(self.group)
        shifts, most = works(model, concerned[model.pairs.volunteer])
        price_each(self, model, shifts, most, lambda v, i: growths(self.weight, w[v] + i, q[v]))


@rule(order=340)
class Leximin(OnShares):
    """High loads are avoided, by a power of the load: the higher, the dearer the next shift.

    A load is what a person worked of what they offered, history included. The power approximates
    the leximin order (the highest load as low as can be, then the next highest, and so on), and is
    not always equal to it: `docs/modelling.md`, "The highest load first", says when it must be.
    `leximin` of `shiftplan.analysis.leximin` finds that order itself. People who offer nothing
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
    sees = "part"
    shares = True
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = (
        "Weight 10000, power 8, four offered and no history: the four shifts cost 0, "
        "rnd(10000 x (0.5^8 - 0.25^8)) = 39, 962 and 8999."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.members(self.group):
            count, offered = len(case.worked(volunteer)), case.offers.count(volunteer)
            if count == 0 or offered == 0:
                continue
            history = case.history(volunteer)
            before = 0.0 if history is None else history.shifts_worked
            q = offered + (0.0 if history is None else history.shifts_offered)
            cost = sum(self._growth(before + i, q) for i in range(1, count + 1))
            who = volunteer.volunteer_id
            facts = {"worked": before + count, "offered": q}
            yield self.violation(who, None, count, "rules.leximin", cost, **facts)

    def _growth(self, worked: float, q: float) -> int:
        """Price of the shift with which so many are worked.

        a^n - b^n = (a - b) x (a^(n-1) + a^(n-2) b + ... + b^(n-1)): as a sum of products it never
        falls from shift to shift, rounding included, and has nothing to cancel.
        """
        high, low = worked / q, (worked - 1) / q
        total = power = 1.0
        for _ in range(self.power - 1):
            power *= low
            total = total * high + power
        return min(HIGHEST_PRICE, rnd(self.weight * total / q))

    def post(self, model: Model) -> None:
        arrays = model.arrays
        w, q = past(arrays, "shifts_worked"), past(arrays, "shifts_offered") + arrays.offered
        concerned = (arrays.offered > 0) & arrays.in_group(self.group)
        shifts, most = works(model, concerned[model.pairs.volunteer])

        def price(v: np.ndarray, i: np.ndarray) -> np.ndarray:
            # The same sum as in _growth, factor by factor, so that both round alike.
            high, low = (w[v] + i) / q[v], (w[v] + i - 1) / q[v]
            powers = [np.ones(len(v))]
            for _ in range(1, self.power):
                powers.append(powers[-1] * low)
            total = powers[0]
            for power in powers[1:]:
                total = total * high + power
            dear: np.ndarray = np.minimum(self.weight * total / q[v], HIGHEST_PRICE)
            return dear

        price_each(self, model, shifts, most, price)


@rule(order=350)
class MaxMin(OnShares):
    """The lowest load is raised, in steps of 5% up to `up_to_percent`.

    A load is what a person worked of what they offered, history included. A step is reached when
    all who offer time now have at least that load, or work all that they offer now. So one person
    whom hard rules or full teams keep from working holds all others down: the rule then asks for
    nothing beyond that person's load, and `floor` serves better.

    Amount: steps of 5, 10, ... up to `up_to_percent` percent that are not reached.
    """

    rule: Literal["max_min"] = "max_min"
    weight: Weight = 1000
    """Cost of each step that is not reached."""
    up_to_percent: Annotated[int, in_value("up_to_percent", ge=5, le=100)] = 50
    """Load above which it does not matter, in percent, 5 to 100."""
    sees = "part"
    shares = True
    unit: ClassVar[str] = "steps of 5%"
    example: ClassVar[str] = (
        "Weight 1000, up_to_percent 50; the lowest load is 2 of 8 shifts, 25%: the steps 30, 35, "
        "40, 45 and 50 are not reached: cost 5000."
    )

    def check(self, case: Case) -> Iterator[Violation]:
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
        offered, groups = case.offers.count(volunteer), volunteer.group
        if offered == 0 or (self.group and not any(name in groups for name in self.group)):
            return None
        count = len(case.worked(volunteer))
        if count >= offered:
            return self.up_to_percent // _STEP
        history = case.history(volunteer)
        worked = count + (0.0 if history is None else history.shifts_worked)
        q = offered + (0.0 if history is None else history.shifts_offered)
        return sum(100 * worked / q >= step for step in range(_STEP, self.up_to_percent + 1, _STEP))

    def post(self, model: Model) -> None:
        # A person who needs k shifts for some steps has one row, for the lowest of these steps.
        arrays = model.arrays
        w, q = past(arrays, "shifts_worked"), past(arrays, "shifts_offered") + arrays.offered
        nth = np.arange(arrays.offered.max(initial=0))
        open_now = (nth < arrays.offered[:, None]) & arrays.in_group(self.group)[:, None]
        load = 100 * (nth + w[:, None]) / np.maximum(q, 1)[:, None]
        steps = np.arange(_STEP, self.up_to_percent + 1, _STEP)
        missed = model.columns(model.new_columns(len(steps)))
        model.avoid(self, missed)
        every = np.arange(len(steps))
        model.define_at_most(missed.take(every[:-1]) - missed.take(every[1:]), 0)
        shifts = model.sum_pairs(model.pairs.volunteer, arrays.num_volunteers)
        due = np.zeros(arrays.num_volunteers, dtype=np.int64)
        for i, step in enumerate(steps):
            need = (open_now & (load < step)).sum(axis=1)
            people = np.flatnonzero(need > due)
            eased = missed.take(np.full(len(people), i)) * need[people]
            model.define_at_most(-shifts.take(people) - eased, -need[people])
            due = need
