"""Rules about seats: the people that a shift's team needs, and the room of centers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.alternatives import alternative_shifts, with_spared
from shiftplan.rules.base import (
    SAFETY,
    Findings,
    Level,
    Priced,
    SoftLevel,
    Weight,
    Weighted,
    rnd,
)
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfShifts
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Shift
    from shiftplan.week.requirements import Conditions, Requirement

__all__ = ["Capacity", "Coverage", "ExpectedShortage", "MinimumCoverage", "Shortage", "Surplus"]


def counted_pairs(model: Model, requirements: list[Requirement]) -> Iterator[Array]:
    """Index of the requirement that counts each pair, int of shape (num_pairs,), -1 for none.

    One array for each set of conditions asked.
    """
    arrays = model.arrays
    sort_of: dict[Conditions, list[int]] = {}
    for i, need in enumerate(requirements):
        sort_of.setdefault(need.conditions, []).append(i)
    for conditions, members in sort_of.items():
        row_of = np.full(arrays.num_shifts, -1)
        row_of[arrays.where(requirements[i] for i in members)] = members
        key = row_of[model.pairs.shift]
        for condition in conditions:
            meets = arrays.meets(condition)[model.pairs.volunteer, model.pairs.shift]
            key = np.where(meets, key, -1)
        yield key


def people_counted(model: Model, requirements: list[Requirement]) -> Linear:
    """People each requirement counts, as expressions in the order of the requirements."""
    total = model.sum_pairs(np.full(len(model.pairs), -1), len(requirements))
    for key in counted_pairs(model, requirements):
        total = total + model.sum_pairs(key, len(requirements))
    return total


def seats_empty(model: Model) -> Linear:
    """Empty seats of each requirement of the problem, as expressions that may also be larger."""
    needs = list(model.arrays.week.requirements)
    target = np.array([need.target for need in needs], dtype=np.int64)
    filled = with_spared(model, people_counted(model, needs), model.arrays.where(needs), target)
    return model.below(filled, target, name="empty seats")


class OnRequirements(OfShifts, Priced):
    """A rule about requirements, of all shifts or of some."""

    sees = "part"
    topic = "Seats"
    unit = "people"

    def _checked(self, case: Case) -> Iterator[tuple[Requirement, int]]:
        """Requirements concerned, of shifts that are held, each with the people it counts."""
        for need in case.asking:
            if case.is_meant(case.shifts[need.shift_id], self.which):
                yield need, case.coverage(need)

    def _named(self, arrays: Arrays) -> tuple[list[Requirement], Array]:
        """Requirements concerned, and the index of the shift of each."""
        concerned = arrays.in_set(self.which)
        needs = [n for n in arrays.week.requirements if concerned[arrays.shift_index[n.shift_id]]]
        return needs, arrays.where(needs)

    def helpers(self, arrays: Arrays) -> Array | None:
        """Who comes to an alternative spares the seats of a shift."""
        spare = alternative_shifts(arrays)
        shape = arrays.num_volunteers, arrays.num_shifts
        return np.broadcast_to(spare, shape) if spare.any() else None


class OnSomeRequirements(OnRequirements):
    """The same, of rules that could always be limited to types or tags."""

    shifts: NameSet = ()
    """Shift types or tags concerned; empty for all shifts."""


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
            priority = case.centers[case.shifts[need.shift_id].center_id].priority
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
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center[where]]
        # Empty seats fill up from the last one, the cheapest: prices rise from step to step.
        owner, step = one_by_one(target)
        seat = target[owner] - step
        factor = np.where(seat <= minimum[owner], 4, 1)
        share = 1 + (target[owner] - seat) / target[owner]
        costs = np.floor(float(self.weight) * priority[owner] * factor * share + 0.5)
        missing = -with_spared(model, people_counted(model, needs), where, target)
        model.steps(self, missing, -target, target, costs, where=where, place="shift")


class _OnTeams(OnSomeRequirements):
    """A limit, the minimum or the target, on the people that each requirement counts."""

    _limit: ClassVar[Literal["minimum", "target"]] = "target"
    _most: ClassVar[bool] = False

    def check(self, case: Case) -> Findings:
        for need, count in self._checked(case):
            limit = getattr(need, self._limit)
            beyond = count - limit if self._most else limit - count
            if beyond > 0:
                facts = {"count": count, "least" if self._limit == "minimum" else "wanted": limit}
                yield self.violation("", need.place, beyond, **facts)

    def post(self, model: Model) -> None:
        needs, shift = self._named(model.arrays)
        counted = people_counted(model, needs)
        limit = np.array([getattr(need, self._limit) for need in needs], dtype=float)
        if not self._most:
            counted = with_spared(model, counted, shift, limit)
        index = {id(need): i for i, need in enumerate(model.arrays.week.requirements)}
        where = np.array([index[id(need)] for need in needs], dtype=np.int64)
        verb = model.at_most if self._most else model.at_least
        verb(self, counted, limit, where=where, place="need")


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
            chances = need.needed_percent or (100,) * need.target
            missing = chances[count:]
            priority = case.centers[case.shifts[need.shift_id].center_id].priority
            cost = sum(rnd(float(self.weight) * priority * percent / 100) for percent in missing)
            if amount := sum(missing):
                facts = {"count": count, "short": amount / 100}
                code = "rules.expected_shortage"
                yield self.violation("", need.place, amount, code, cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        needs, where = self._named(arrays)
        chances = [need.needed_percent or (100,) * need.target for need in needs]
        seats = np.array([len(percents) for percents in chances], dtype=np.int64)
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center[where]]
        # Empty seats fill up from the last one, the least likely to be needed: prices rise.
        owner, _ = one_by_one(seats)
        percent = np.array([p for percents in chances for p in reversed(percents)], dtype=float)
        costs = np.floor(float(self.weight) * priority[owner] * percent / 100 + 0.5)
        missing = -with_spared(model, people_counted(model, needs), where, seats)
        model.steps(self, missing, -seats, seats, costs, where=where, place="shift")


@rule(order=40)
class Surplus(_OnTeams):
    """A shift's team has no more people than the target of each of its requirements.

    Amount: people beyond the target.
    """

    rule: Literal["surplus"] = "surplus"
    example = "Target 2 with 3 people there: amount 1."
    _most: ClassVar[bool] = True


@rule(order=90)
class Capacity(Weighted):
    """At no moment are there more people at a center than it has room for.

    It holds in every week, unless a row gives it a level or switches it off. Shifts of a center
    that overlap share its room. A center without a capacity has no limit.

    Amount: people beyond the capacity, at each moment at which shifts of the center start.
    """

    rule: Literal["capacity"] = "capacity"
    sees = "part"
    topic = "Seats"
    worth = SAFETY
    unit = "people"
    example = "Capacity 3, two people from 07:00 to 12:00 and three from 11:00 to 14:00: amount 2."

    def check(self, case: Case) -> Findings:
        at: dict[str, list[Shift]] = {}
        for shift in case.week.shifts:
            at.setdefault(shift.center_id, []).append(shift)

        def start(shift: Shift) -> int:
            return case.span[shift.shift_id][0]

        for center_id, shifts in at.items():
            room = case.centers[center_id].capacity
            if room is None:
                continue
            present: list[Shift] = []
            shifts.sort(key=lambda s: (start(s), s.shift_id))
            for moment, starting in groupby(shifts, start):
                begun = list(starting)
                present = [s for s in present if case.span[s.shift_id][1] > moment] + begun
                count = len({v.volunteer_id for s in present for v in case.team(s)})
                if count > room:
                    code = "rules.capacity" + ("" if present == begun[:1] else "_beside")
                    yield self.violation("", begun[0], count - room, code, count=count, room=room)

    def post(self, model: Model) -> None:
        # People only come when a shift starts, so that rooms need no rows for other moments.
        arrays = model.arrays
        rooms = [c.capacity for c in arrays.week.centers]
        is_limited = np.array([r is not None for r in rooms], dtype=bool)[arrays.center]
        room = np.array([arrays.num_volunteers if r is None else r for r in rooms], dtype=np.int64)
        room = room[arrays.center]
        if self.hard and not model.alone:
            model.most_people = np.minimum(model.most_people, room)
        apart = int(arrays.end.max(initial=0)) + 1
        begin, end = (arrays.center * apart + minute for minute in (arrays.start, arrays.end))
        moments = np.unique(begin)
        first, last = np.searchsorted(moments, begin), np.searchsorted(moments, end)
        # A moment has the name of the first id among the shifts that start then.
        by_id = np.array([arrays.shift_index[name] for name in sorted(arrays.shift_index)], int)
        named = by_id[np.unique(first[by_id], return_index=True)[1]]
        where = np.sort(named)
        row_of = np.searchsorted(where, named)
        shift = model.pairs.shift
        count = np.where(is_limited, last - first, 0)[shift]
        pair, nth = one_by_one(count)
        row = row_of[first[shift[pair]] + nth]
        if not model.alone and any(rule.rule == "one_place" for rule in model.rules):
            present = model.sum_entries(row, pair, len(moments))
        else:
            people = arrays.num_volunteers
            keys, key = np.unique(row * people + model.pairs.volunteer[pair], return_inverse=True)
            there = model.any_of(np.asarray(key).reshape(-1), len(keys), exact=False, pairs=pair)
            present = there.sum_by(keys // people, len(moments))
        model.at_most(self, present, room[where], where=where, place="shift")
