"""Rules about who is in a shift with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import AtShift, OfSkill
from shiftplan.rules.base import SAFETY, BoolArray, Priced, Rule, Violation, in_value
from shiftplan.rules.registry import rule
from shiftplan.week.fields import Count, Positive, SomeNames

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["Apart", "Mentor", "NeverAlone", "Qualified", "Together"]


@rule(order=120)
class Qualified(Rule):
    """Everybody in a shift holds the skill the shift names, at its level or more.

    Amount: people in a shift who do not hold its skill.
    """

    rule: Literal["qualified"] = "qualified"
    level: Literal["hard"] = "hard"
    sees = "part"
    topic = "What a person can do"
    worth = SAFETY
    reads = ("skill_id",)
    unit: ClassVar[str] = "people"
    example: ClassVar[str] = "A shift of skill nurse with a trainee in it: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for shift in case.week.shifts:
            for volunteer in case.people_in[shift.shift_id]:
                skill = shift.skill_id
                if skill is not None and volunteer.level(skill, shift.day) < shift.min_level:
                    who, where = volunteer.volunteer_id, AtShift(shift.shift_id)
                    lacks = OfSkill(skill, shift.min_level)
                    yield self.violation(who, where, 1, "rules.qualified", skill=lacks)

    def forbid(self, arrays: Arrays) -> BoolArray:
        forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        kinds = {(s.skill_id, s.min_level) for s in arrays.week.shifts if s.skill_id}
        for skill, level in kinds:
            columns = np.array(
                [(s.skill_id, s.min_level) == (skill, level) for s in arrays.week.shifts]
            )
            forbidden[:, columns] = ~arrays.holds(str(skill), level)[:, columns]
        return forbidden

    def post(self, model: Model) -> None:
        """Nothing to post: pairs without the skill are not in the model."""


@rule(order=280)
class Mentor(Priced):
    """In a shift there are at most `novices_per_mentor` novices for each mentor.

    If `novice_level` is at or above `mentor_level`, people with a level in both ranges count as
    novices and as mentors.

    Amount: novices beyond `novices_per_mentor` times the mentors, for each shift.
    """

    rule: Literal["mentor"] = "mentor"
    novices_per_mentor: Annotated[Count, in_value("novices_per_mentor")]
    """Novices for each mentor."""
    skill: str = "portal"
    """Skill that tells novices and mentors."""
    novice_level: Count = 0
    """Highest level of a novice."""
    mentor_level: Positive = 3
    """Lowest level of a mentor."""
    sees = "part"
    topic = "Who works with whom"
    worth = SAFETY
    unit: ClassVar[str] = "people"
    example: ClassVar[str] = "novices_per_mentor 2, five novices, two mentors in a shift: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for shift in case.week.shifts:
            levels = [v.level(self.skill, shift.day) for v in case.people_in[shift.shift_id]]
            novices = sum(n <= self.novice_level for n in levels)
            mentors = sum(n >= self.mentor_level for n in levels)
            beyond = novices - self.novices_per_mentor * mentors
            if beyond > 0:
                facts = {"novices": novices, "mentors": mentors}
                yield self.violation("", AtShift(shift.shift_id), beyond, "rules.mentor", **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        level = arrays.level(self.skill)[model.pairs.volunteer, model.pairs.day]
        novice = (level <= self.novice_level).astype(float)
        mentor = (level >= self.mentor_level).astype(float)
        balance = model.sum_pairs(
            model.pairs.shift, arrays.num_shifts, novice - self.novices_per_mentor * mentor
        )
        model.at_most(self, balance, 0, where=np.arange(arrays.num_shifts), place="shift")
        if self.hard and self.novices_per_mentor > 0 and not model.alone:
            # One mentor at least for every single novice: implied, but a far tighter relaxation.
            mentors = model.sum_pairs(
                np.where(mentor > 0, model.pairs.shift, -1), arrays.num_shifts
            )
            novices = np.flatnonzero(novice)
            where = model.pairs.shift[novices]
            alone = model.columns(novices) - mentors.take(where)
            who = model.pairs.volunteer[novices]
            model.at_most(self, alone, 0, who=who, where=where, place="shift")


@rule(order=300)
class NeverAlone(Priced):
    """In a shift with anybody below a level of a skill, `min_people` people are at it or above.

    Amount: people at the level or above who are missing, for each shift with a novice.
    """

    rule: Literal["never_alone"] = "never_alone"
    skill: str
    """Skill that counts."""
    min_level: Positive = 1
    """Level from which a person is no novice."""
    min_people: Annotated[Positive, in_value("min_people")] = 1
    """People at the level or above who must be there."""
    sees = "part"
    topic = "Who works with whom"
    worth = SAFETY
    unit: ClassVar[str] = "people"
    example: ClassVar[str] = "min_people 1, two novices alone in a shift: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for shift in case.week.shifts:
            people = case.people_in[shift.shift_id]
            able = sum(v.level(self.skill, shift.day) >= self.min_level for v in people)
            if able < len(people) and able < self.min_people:
                where, lacking = AtShift(shift.shift_id), self.min_people - able
                facts = {"able": able, "least": self.min_people}
                yield self.violation("", where, lacking, "rules.never_alone", **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        able = arrays.holds(self.skill, self.min_level)[model.pairs.volunteer, model.pairs.shift]
        novice = model.any_of(np.where(able, -1, model.pairs.shift), arrays.num_shifts, exact=False)
        skilled = model.sum_pairs(np.where(able, model.pairs.shift, -1), arrays.num_shifts)
        every = np.arange(arrays.num_shifts)
        model.at_most(self, novice * self.min_people - skilled, 0, where=every, place="shift")


class _OfGroups(Priced):
    """A rule about the members of each of its groups."""

    group: SomeNames
    """Groups concerned, each by itself."""
    topic = "Who works with whom"
    unit: ClassVar[str] = "people"


@rule(order=310)
class Together(_OfGroups):
    """If one member of a group works a shift, all of its members work it.

    Amount: members of the group who are missing, for each shift in which one of them works.
    """

    rule: Literal["together"] = "together"
    sees = "groups"
    example: ClassVar[str] = "A group of three, two of them in a shift: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for name in self.group:
            members = {v.volunteer_id for v in case.members((name,))}
            for shift in case.week.shifts:
                count = sum(v.volunteer_id in members for v in case.people_in[shift.shift_id])
                if 0 < count < len(members):
                    where, missing = AtShift(shift.shift_id), len(members) - count
                    facts: dict[str, Any] = {"count": count, "members": len(members), "group": name}
                    yield self.violation("", where, missing, "rules.together", **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        every = np.arange(arrays.num_shifts)
        for name in self.group:
            member = arrays.in_group((name,))
            key = np.where(member[model.pairs.volunteer], model.pairs.shift, -1)
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
    example: ClassVar[str] = "max_people 1, three members of the group in a shift: amount 2."

    def check(self, case: Case) -> Iterator[Violation]:
        for name in self.group:
            members = {v.volunteer_id for v in case.members((name,))}
            for shift in case.week.shifts:
                count = sum(v.volunteer_id in members for v in case.people_in[shift.shift_id])
                if count > self.max_people:
                    where, most = AtShift(shift.shift_id), self.max_people
                    facts: dict[str, Any] = {"count": count, "most": most, "group": name}
                    yield self.violation("", where, count - most, "rules.apart", **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        for name in self.group:
            member = arrays.in_group((name,))[model.pairs.volunteer]
            count = model.sum_pairs(np.where(member, model.pairs.shift, -1), arrays.num_shifts)
            every = np.arange(arrays.num_shifts)
            model.at_most(self, count, self.max_people, where=every, place="shift")
