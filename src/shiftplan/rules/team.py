"""Rules about who is in a shift with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np

from shiftplan.errors.message import OfSkill
from shiftplan.rules.base import SAFETY, SPARED, Findings, Priced, Weight, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfShifts, Scoped
from shiftplan.week.fields import Count, SomeNames

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["Apart", "Qualified", "Together"]


@rule(order=120)
class Qualified(Scoped, Priced):
    """Everybody in a shift holds the skill the shift names, at its level or more.

    Amount: people in a shift who do not hold its skill. Cost: weight for each level that they lack.
    """

    rule: Literal["qualified"] = "qualified"
    weight: Annotated[Weight, SPARED] = 1
    """Cost of each level that a person lacks; a hard rule ignores it."""
    sees = "part"
    topic = "What a person can do"
    worth = SAFETY
    reads = ("skill_id",)
    unit = "people"
    example = (
        "A shift of skill nurse with a trainee in it: amount 1. At level 1 with weight 30, nurse 3 "
        "asked and nurse 1 held: cost 60."
    )

    def check(self, case: Case) -> Findings:
        for shift in case.meant(self.which):
            for volunteer in case.people_in[shift.shift_id]:
                skill = shift.skill_id
                if skill is None or not case.is_member(volunteer, self.group):
                    continue
                lacking = shift.min_level - volunteer.level(skill, shift.day)
                if lacking > 0:
                    lacks, cost = OfSkill(skill, shift.min_level), self.price(lacking)
                    yield self.violation(volunteer, shift, 1, cost=cost, skill=lacks)

    def forbid(self, arrays: Arrays) -> Array | None:
        if not self.hard:
            return None
        forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        kinds = {(s.skill_id, s.min_level) for s in arrays.week.shifts if s.skill_id}
        for skill, level in kinds:
            asked = [(s.skill_id, s.min_level) for s in arrays.week.shifts]
            columns = np.array([one == (skill, level) for one in asked])
            forbidden[:, columns] = ~arrays.holds(str(skill), level)[:, columns]
        return forbidden & arrays.in_group(self.group)[:, None] & arrays.in_set(self.which)

    def post(self, model: Model) -> None:
        if self.hard:
            return  # what it forbids is not in the model
        arrays, who, shift = model.arrays, model.pairs.volunteer, model.pairs.shift
        lacking = np.zeros(len(model.pairs))
        for skill in {s.skill_id for s in arrays.week.shifts if s.skill_id}:
            asked = [s.min_level if s.skill_id == skill else 0 for s in arrays.week.shifts]
            held = arrays.level(skill)[who, model.pairs.day]
            lacking += np.maximum(np.array(asked)[shift] - held, 0)
        concerned = model.meant(self.which, self.group)
        model.price_pairs(self, self.weight * np.where(concerned, lacking, 0.0))


class _OfGroups(OfShifts, Priced):
    """A rule about the members of each of its groups."""

    group: SomeNames
    """Groups concerned, each by itself: those of people, and other names that mean some."""
    topic = "Who works with whom"
    unit = "people"

    def _counts(self, case: Case) -> Iterator[tuple[str, Shift, int, int]]:
        """Group, shift, members of the group, and how many of them work the shift."""
        for name in self.group:
            members = {v.volunteer_id for v in case.members((name,))}
            for shift in case.meant(self.which):
                count = sum(v.volunteer_id in members for v in case.people_in[shift.shift_id])
                yield name, shift, len(members), count


@rule(order=310)
class Together(_OfGroups):
    """If one member of a group works a shift, all members do.

    Amount: members of the group who are missing, for each shift in which one of them works.
    """

    rule: Literal["together"] = "together"
    sees = "groups"
    example = "A group of three, two of them in a shift: amount 1."

    def check(self, case: Case) -> Findings:
        for name, shift, members, count in self._counts(case):
            if 0 < count < members:
                facts: dict[str, Any] = {"count": count, "members": members, "group": name}
                yield self.violation("", shift, members - count, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        every = np.arange(arrays.num_shifts)
        for name in self.group:
            member = arrays.in_group((name,))
            key = np.where(model.meant(self.which, (name,)), model.pairs.shift, -1)
            count = model.sum_pairs(key, arrays.num_shifts)
            anybody = model.any_of(key, arrays.num_shifts, exact=False)
            missing = anybody * float(member.sum()) - count
            model.at_most(self, missing, 0, where=every, place="shift")


@rule(order=320)
class Apart(_OfGroups):
    """At most `max_people` members of a group work the same shift.

    Amount: members of the group beyond `max_people`, for each shift.
    """

    rule: Literal["apart"] = "apart"
    max_people: Annotated[Count, in_value("max_people")] = 1
    """Most members in one shift."""
    sees = "part"
    example = "max_people 1, three members of the group in a shift: amount 2."

    def check(self, case: Case) -> Findings:
        for name, shift, _, count in self._counts(case):
            if count > self.max_people:
                facts: dict[str, Any] = {"count": count, "most": self.max_people, "group": name}
                yield self.violation("", shift, count - self.max_people, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        for name in self.group:
            key = np.where(model.meant(self.which, (name,)), model.pairs.shift, -1)
            count = model.sum_pairs(key, arrays.num_shifts)
            every = np.arange(arrays.num_shifts)
            model.at_most(self, count, self.max_people, where=every, place="shift")
