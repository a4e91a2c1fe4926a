"""Rules about the people a shift's team needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from shiftplan.rules.base import Level, Priced, SoftRule, Violation, Weight, rnd
from shiftplan.rules.registry import rule
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Requirement

__all__ = ["Coverage", "MinimumCoverage", "Shortage", "Surplus"]


def counted_pairs(model: Model, requirements: list[Requirement]) -> Iterator[np.ndarray]:
    """Index of the requirement that counts each pair, int of shape (num_pairs,), -1 for none.

    One array for each skill and level asked.
    """
    arrays = model.arrays
    sort_of: dict[tuple[str | None, int], list[int]] = {}
    for i, need in enumerate(requirements):
        sort_of.setdefault((need.skill_id, need.min_level or 0), []).append(i)
    for (skill, level), members in sort_of.items():
        row_of = np.full(arrays.num_shifts, -1)
        row_of[[arrays.shift_index[requirements[i].shift_id] for i in members]] = members
        key = row_of[model.pairs.shift]
        if skill is not None:
            holds = arrays.holds(skill, level)[model.pairs.volunteer, model.pairs.shift]
            key = np.where(holds, key, -1)
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
    return model.below(people_counted(model, needs), target, name="empty seats")


class OnRequirements(Priced):
    """A rule about requirements, of all shifts or of some types or tags."""

    shifts: NameSet = ()
    """Shift types or tags concerned; empty for all shifts."""
    sees = "part"
    topic = "Seats"
    unit: ClassVar[str] = "people"

    def _checked(self, case: Case) -> Iterator[tuple[Requirement, int]]:
        """Requirements concerned, each with the people it counts."""
        for need in case.week.requirements:
            if case.shifts[need.shift_id].is_one_of(self.shifts):
                yield need, case.coverage(need)

    def _named(self, arrays: Arrays) -> tuple[list[Requirement], np.ndarray]:
        """Requirements concerned, and the index of the shift of each."""
        concerned = arrays.in_set(self.shifts)
        needs = [n for n in arrays.week.requirements if concerned[arrays.shift_index[n.shift_id]]]
        where = np.array([arrays.shift_index[n.shift_id] for n in needs], dtype=np.int64)
        return needs, where

    def _posted(self, model: Model) -> tuple[list[Requirement], Linear, np.ndarray]:
        """Requirements concerned, expressions of the people they count, and their indexes."""
        needs, _ = self._named(model.arrays)
        index = {id(need): i for i, need in enumerate(model.arrays.week.requirements)}
        where = np.array([index[id(need)] for need in needs], dtype=np.int64)
        return needs, people_counted(model, needs), where


@rule(order=10)
class Coverage(SoftRule):
    """Empty seats cost by the priority of the center, the first seats of a team the most.

    Amount: empty seats up to the target. Cost: with n of t seats filled, each empty seat
    i = n+1..t costs rnd(weight x priority x (4 if i <= minimum else 1) x (1 + (t - i) / t)), in
    binary floating point from left to right.
    """

    rule: Literal["coverage"] = "coverage"
    weight: Weight = 100
    """Cost of the last seat of a team at a center of priority 1, when above the minimum."""
    sees = "part"
    topic = "Seats"
    serves = "seats"
    unit: ClassVar[str] = "seats"
    example: ClassVar[str] = (
        "Weight 100, priority 1, minimum 1, target 2: an empty shift costs 100 x 4 x 1.5 = 600 "
        "for the first seat and 100 x 1 x 1 = 100 for the second; with one person it costs 100. "
        "Weight 117, priority 0.5, target 3: the first seat costs rnd(117 x 0.5 x 1 x (1 + 2 / 3)) "
        "= 97, as the binary product is just below 97.5."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for need in case.week.requirements:
            filled, target = case.coverage(need), need.target
            priority = case.centers[case.shifts[need.shift_id].center_id].priority
            cost = sum(
                rnd(
                    float(self.weight)
                    * priority
                    * (4 if seat <= need.minimum else 1)
                    * (1 + (target - seat) / target)
                )
                for seat in range(filled + 1, target + 1)
            )
            if filled < target:
                facts = {"filled": filled, "wanted": target, "least": need.minimum}
                where = need.place
                yield self.violation("", where, target - filled, "rules.coverage", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        needs = list(arrays.week.requirements)
        target = np.array([n.target for n in needs], dtype=np.int64)
        minimum = np.array([n.minimum for n in needs], dtype=np.int64)
        where = np.array([arrays.shift_index[n.shift_id] for n in needs], dtype=np.int64)
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center[where]]
        owner = np.repeat(np.arange(len(needs)), target)
        # Empty seats fill up from the last one, the cheapest: prices rise from step to step.
        step = np.arange(len(owner)) - np.repeat(np.cumsum(target) - target, target)
        seat = target[owner] - step
        factor = np.where(seat <= minimum[owner], 4, 1)
        share = 1 + (target[owner] - seat) / target[owner]
        costs = np.floor(float(self.weight) * priority[owner] * factor * share + 0.5)
        missing = -people_counted(model, needs)
        model.steps(self, missing, -target, target, costs, where=where, place="shift")


@rule(order=20)
class MinimumCoverage(OnRequirements):
    """A shift's team has at least the minimum of each of its requirements.

    Amount: people below the minimum.
    """

    rule: Literal["minimum_coverage"] = "minimum_coverage"
    serves = "seats"
    example: ClassVar[str] = "Minimum 2 with 1 person there: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for need, count in self._checked(case):
            if count < need.minimum:
                facts = {"count": count, "least": need.minimum}
                where, lacking = need.place, need.minimum - count
                yield self.violation("", where, lacking, "rules.minimum_coverage", **facts)

    def post(self, model: Model) -> None:
        needs, counted, where = self._posted(model)
        minimum = np.array([n.minimum for n in needs], dtype=float)
        model.at_least(self, counted, minimum, where=where, place="need")


@rule(order=30)
class Shortage(OnRequirements):
    """People missing to the target cost the same each, whatever the center.

    Amount: people below the target.
    """

    rule: Literal["shortage"] = "shortage"
    level: Level = 1
    """`hard`, or the number of the cost level: 1 comes before 2."""
    serves = "seats"
    example: ClassVar[str] = "Weight 30, target 4 with 2 people there: cost 60."

    def check(self, case: Case) -> Iterator[Violation]:
        for need, count in self._checked(case):
            if count < need.target:
                where, lacking = need.place, need.target - count
                facts = {"count": count, "wanted": need.target}
                yield self.violation("", where, lacking, "rules.shortage", **facts)

    def post(self, model: Model) -> None:
        needs, counted, where = self._posted(model)
        target = np.array([n.target for n in needs], dtype=float)
        model.at_least(self, counted, target, where=where, place="need")


@rule(order=40)
class Surplus(OnRequirements):
    """A shift's team has no more people than the target of each of its requirements.

    Amount: people beyond the target.
    """

    rule: Literal["surplus"] = "surplus"
    example: ClassVar[str] = "Target 2 with 3 people there: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for need, count in self._checked(case):
            if count > need.target:
                where, beyond = need.place, count - need.target
                facts = {"count": count, "wanted": need.target}
                yield self.violation("", where, beyond, "rules.surplus", **facts)

    def post(self, model: Model) -> None:
        needs, counted, where = self._posted(model)
        target = np.array([n.target for n in needs], dtype=float)
        model.at_most(self, counted, target, where=where, place="need")
