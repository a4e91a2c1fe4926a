"""Rules about the people that each requirement asks for: too few of them, or too many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.case.case import SeatKind, is_of_kind
from shiftplan.errors.message import AtShift
from shiftplan.rules.base import SPARED, Findings, Level, SoftLevel, Weight, rnd
from shiftplan.rules.exclusive import seat_sets, seats_of
from shiftplan.rules.held import with_spared
from shiftplan.rules.implied import wait_for_mentors
from shiftplan.rules.registry import rule
from shiftplan.rules.seats import OnRequirements, OnSomeRequirements, people_counted

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.requirements import Requirement

__all__ = ["Coverage", "ExpectedShortage", "MinimumCoverage", "Shortage", "Surplus"]


@rule(order=10)
class Coverage(OnRequirements):
    """Empty seats cost by the priority of the center, the first seats of a team the most.

    Amount: empty seats up to the target. Cost: with n of t seats filled, each empty seat
    i = n+1..t costs rnd(weight x priority x (4 if i <= minimum else 1) x (1 + (t - i) / t)), in
    binary floating point from left to right.
    """

    rule: Literal["coverage"] = "coverage"
    level: SoftLevel = 1
    """Number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of the last seat of a team at a center of priority 1, when above the minimum."""
    serves = "seats"
    unit = "seats"
    example = (
        "Weight 100, priority 1, minimum 1, target 2: an empty shift costs 100 x 4 x 1.5 = 600 "
        "for the first seat and 100 x 1 x 1 = 100 for the second; with one person it costs 100. "
        "Weight 117, priority 0.5, target 3: the first seat costs rnd(117 x 0.5 x 1 x (1 + 2 / 3)) "
        "= 97, as the binary product is just below 97.5."
    )

    def check(self, case: Case) -> Findings:
        for need, filled in self._checked(case):
            target = need.target
            priority = case.centers[case.week.center_of(need)].priority
            cost, empty = 0, target - filled
            for seat in range(filled + 1, target + 1):
                factor = 4 if seat <= need.minimum else 1
                share = 1 + (target - seat) / target
                cost += rnd(float(self.weight) * priority * factor * share)
            if empty > 0:
                facts = {"filled": filled, "wanted": target, "least": need.minimum}
                yield self.violation("", need.place, empty, "rules.coverage", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        needs, where = self._named(arrays)
        target = np.array([n.target for n in needs], dtype=np.int64)
        minimum = np.array([n.minimum for n in needs], dtype=np.int64)
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center_of(needs)]
        # Empty seats fill up from the last one, the cheapest: prices rise from step to step.
        owner, step = one_by_one(target)
        seat = target[owner] - step
        costs = self._prices(priority[owner], target[owner], minimum[owner], seat)
        own = arrays.own_shift(needs)
        missing = -with_spared(model, people_counted(model, needs), own, target)
        empty = model.steps(self, missing, -target, target, costs, where=where, place="need")
        wait_for_mentors(model, needs, target, empty)

        def prices(need: Requirement) -> Array:
            place = arrays.center_of([need])[0]
            one = arrays.week.centers[place].priority
            seat = np.arange(1, need.target + 1)
            return self._prices(np.full(len(seat), one), need.target, need.minimum, seat)

        self._price_exclusive(model, prices)

    def _prices(self, priority: Array, target: Any, minimum: Any, seat: Array) -> Array:
        """Prices of empty seats by the priority of the center, float of the shape of `seat`."""
        factor = np.where(seat <= minimum, 4, 1)
        share = 1 + (target - seat) / target
        costs: Array = np.floor(float(self.weight) * priority * factor * share + 0.5)
        return costs


class _OnTeams(OnSomeRequirements):
    """A limit, the minimum or the target, on the people that each requirement counts."""

    _limit: ClassVar[Literal["minimum", "target"]] = "target"
    _most: ClassVar[bool] = False

    def check(self, case: Case) -> Findings:
        named = "least" if self._limit == "minimum" else "wanted"
        apart: dict[str, list[tuple[int, int]]] = {}
        for need, count in self._checked(case):
            limit = getattr(need, self._limit)
            if need.exclusive:
                apart.setdefault(need.shift_id or "", []).append((count, limit))
                continue
            beyond = count - limit if self._most else limit - count
            if beyond > 0:
                yield self.violation("", need.place, beyond, **{"count": count, named: limit})
        for shift_id, seats in apart.items():
            limit = sum(most for _, most in seats)
            count = sum(min(filled, most) for filled, most in seats)
            beyond = limit - count
            if self._most:
                fit = [v for n in case.exclusive[shift_id] for v in case.fitting(n)]
                count, beyond = len({v.volunteer_id for v in fit}), -count
                beyond += count
            if beyond > 0:
                code, facts = f"rules.{self.rule}_exclusive", {"count": count, named: limit}
                yield self.violation("", AtShift(shift_id), beyond, code, **facts)

    def post(self, model: Model) -> None:
        self._post_exclusive(model)
        needs, where = self._named(model.arrays)
        counted = people_counted(model, needs)
        limit = np.array([getattr(need, self._limit) for need in needs], dtype=float)
        if not self._most:
            counted = with_spared(model, counted, model.arrays.own_shift(needs), limit)
        verb = model.at_most if self._most else model.at_least
        verb(self, counted, limit, where=where, place="need")

    def _post_exclusive(self, model: Model) -> None:
        """Limit the people for exclusive seats, set by set of the seats of a shift."""
        needs, _ = self._named(model.arrays, exclusive=True)
        if not needs:
            return
        sets, seats = seat_sets(model, needs), [getattr(need, self._limit) for need in needs]
        beyond = sets.lacking(model, seats)
        if self._most:
            beyond = sets.others.plus(-seats_of(sets.outside, seats))
        if self.hard:
            model.at_most(self, beyond, 0, where=sets.shift, place="shift")
            return
        shifts, group = np.unique(sets.shift, return_inverse=True)
        model.avoid(self, model.largest(beyond, group, len(shifts), name=self))


@rule(order=20)
class MinimumCoverage(_OnTeams):
    """A shift's team has at least the minimum of each of its requirements.

    Amount: people below the minimum.
    """

    rule: Literal["minimum_coverage"] = "minimum_coverage"
    serves = "seats"
    example = "Minimum 2 with 1 person there: amount 1."
    _limit: ClassVar[Literal["minimum", "target"]] = "minimum"


@rule(order=30)
class Shortage(_OnTeams):
    """People missing to the target cost the same each, whatever the center.

    Amount: people below the target.
    """

    rule: Literal["shortage"] = "shortage"
    level: Level = 1
    """`hard`, or the number of the cost level: 1 comes before 2."""
    serves = "seats"
    example = "Weight 30, target 4 with 2 people there: cost 60."


@rule(order=35)
class ExpectedShortage(OnSomeRequirements):
    """Empty seats cost by the chance that they are needed, and by the priority of the center.

    The column `needed_percent` of the requirements has these chances; `staff --scenarios` writes
    them from the spread of the forecast. Where it is empty, all seats up to the target are
    certain to be needed. Seats above the target count if there is a chance that they are needed.

    Amount: people missing on average, in percent of a person: the sum of the chances of the empty
    seats. Cost: rnd(weight x priority x chance) for each empty seat, in binary floating point from
    left to right, the chance last divided by 100.
    """

    rule: Literal["expected_shortage"] = "expected_shortage"
    level: SoftLevel = 1
    """Number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of a seat that is certain to be needed, at a center of priority 1."""
    serves = "seats"
    unit = "percent of a person"
    example = (
        "Chances `100|85|40`, priority 1, weight 100: with one person there, 0.85 + 0.4 people are "
        "missing on average: amount 125, cost 125."
    )

    def check(self, case: Case) -> Findings:
        for need, count in self._checked(case):
            chances = _chances(need)
            if need.exclusive:
                count = len(case.seating(need.shift_id or "", _chances)[need.conditions])
            missing = chances[count:]
            priority = case.centers[case.week.center_of(need)].priority
            cost = sum(rnd(float(self.weight) * priority * percent / 100) for percent in missing)
            if amount := sum(missing):
                facts = {"count": count, "short": amount / 100}
                code = "rules.expected_shortage"
                yield self.violation("", need.place, amount, code, cost, **facts)

    def post(self, model: Model) -> None:
        def of(need: Requirement) -> tuple[int, ...]:
            return need.needed_percent or (100,) * need.target

        arrays = model.arrays
        needs, where = self._named(arrays)
        chances = [of(need) for need in needs]
        seats = np.array([len(percents) for percents in chances], dtype=np.int64)
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center_of(needs)]
        # Empty seats fill up from the last one, the least likely to be needed: prices rise.
        owner, _ = one_by_one(seats)
        percent = np.array([p for percents in chances for p in reversed(percents)], dtype=float)
        costs = np.floor(float(self.weight) * priority[owner] * percent / 100 + 0.5)
        own = arrays.own_shift(needs)
        missing = -with_spared(model, people_counted(model, needs), own, seats)
        empty = model.steps(self, missing, -seats, seats, costs, where=where, place="need")
        wait_for_mentors(model, needs, seats, empty)

        def prices(need: Requirement) -> Array:
            place = arrays.center_of([need])[0]
            one = float(self.weight) * arrays.week.centers[place].priority
            costs: Array = np.floor(one * np.array(of(need), dtype=float) / 100 + 0.5)
            return costs

        self._price_exclusive(model, prices)


def _chances(need: Requirement) -> tuple[int, ...]:
    """Percent of the chance that each seat is needed, which is also what it is worth."""
    return need.needed_percent or (100,) * need.target


@rule(order=40)
class Surplus(_OnTeams):
    """A shift's team has no more people than the target of its requirement for people.

    Requirements for a skill say how many of the team hold it at least, and more who hold it do no
    harm; with `seats` `skilled` or `all` their targets are limits too. Exclusive seats are always
    limits, for people and for skilled people together.

    Amount: people beyond the target of each requirement concerned.
    """

    rule: Literal["surplus"] = "surplus"
    seats: Annotated[SeatKind, SPARED] = "people"
    """Requirements concerned, beside exclusive ones: those for `people` (which count every head),
    those for `skilled` people (with or without a skill), or `all`."""
    example = (
        "Target 2 with 3 people there: amount 1. Two of them hold portal, where one is asked: with "
        "seats all, amount 2."
    )
    _most: ClassVar[bool] = True

    def _checked(self, case: Case) -> Iterator[tuple[Requirement, int]]:
        for need, count in super()._checked(case):
            if need.exclusive or is_of_kind(need, self.seats):
                yield need, count

    def _named(self, arrays: Arrays, *, exclusive: bool = False) -> tuple[list[Requirement], Array]:
        needs, where = super()._named(arrays, exclusive=exclusive)
        kept = np.flatnonzero(self._limits(needs, exclusive=exclusive))
        return [needs[i] for i in kept], where[kept]

    def _limits(self, needs: list[Requirement], *, exclusive: bool) -> Array:
        """Whether the targets of some requirements are limits, bool of shape (len(needs),)."""
        if exclusive or self.seats == "all":
            return np.ones(len(needs), dtype=bool)
        heads = np.array([need.is_of_heads for need in needs], dtype=bool)
        return np.asarray(heads == (self.seats == "people"))
