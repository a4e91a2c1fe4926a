"""Rules about who is in a shift with whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np

from shiftplan.errors.message import OfSkill
from shiftplan.rules.base import SAFETY, SPARED, Findings, Level, Priced, Weight, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfShifts, Scoped
from shiftplan.week.fields import Count, Positive, SomeNames

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["Apart", "Mentor", "Mentored", "NeverAlone", "Qualified", "Together"]


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


@rule(order=280)
class Mentor(Scoped, Priced):
    """In a shift there are at most `novices_per_mentor` novices for each mentor.

    If `novice_level` is at or above `mentor_level`, people with a level in both ranges count as
    novices and as mentors. With `group` only novices among these people count; mentors may be
    anybody.

    Amount: novices beyond `novices_per_mentor` times the mentors, for each shift.
    """

    rule: Literal["mentor"] = "mentor"
    novices_per_mentor: Annotated[Count, in_value("novices_per_mentor")]
    """Novices for each mentor."""
    skill: str | None = None
    """Skill that tells novices and mentors; without one that of the horizon."""
    novice_level: Count = 0
    """Highest level of a novice."""
    mentor_level: Positive = 3
    """Lowest level of a mentor."""
    sees = "part"
    topic = "Who works with whom"
    worth = SAFETY
    unit = "people"
    example = "novices_per_mentor 2, five novices, two mentors in a shift: amount 1."

    def check(self, case: Case) -> Findings:
        skill = self.skill or case.horizon.mentor_skill
        for shift in case.meant(self.which):
            people = case.people_in[shift.shift_id]
            learning = [v for v in people if v.level(skill, shift.day) <= self.novice_level]
            novices = sum(case.is_member(v, self.group) for v in learning)
            mentors = sum(v.level(skill, shift.day) >= self.mentor_level for v in people)
            beyond = novices - self.novices_per_mentor * mentors
            if beyond > 0:
                yield self.violation("", shift, beyond, novices=novices, mentors=mentors)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        skill = self.skill or arrays.week.horizon.mentor_skill
        level = arrays.level(skill)[model.pairs.volunteer, model.pairs.day]
        novice = (level <= self.novice_level) & model.meant(self.which, self.group)
        mentor = ((level >= self.mentor_level) & model.meant(self.which)).astype(float)
        counts = novice - self.novices_per_mentor * mentor
        balance = model.sum_pairs(model.pairs.shift, arrays.num_shifts, counts)
        model.at_most(self, balance, 0, where=np.arange(arrays.num_shifts), place="shift")
        if self.hard and self.novices_per_mentor > 0 and not model.alone:
            # One mentor at least for every single novice: implied, but a far tighter relaxation.
            key = np.where(mentor > 0, model.pairs.shift, -1)
            novices = np.flatnonzero(novice)
            who, where = model.pairs.volunteer[novices], model.pairs.shift[novices]
            alone = model.columns(novices) - model.sum_pairs(key, arrays.num_shifts).take(where)
            model.at_most(self, alone, 0, who=who, where=where, place="shift")


@rule(order=300)
class NeverAlone(Scoped, Priced):
    """In a shift with anybody below a level of a skill, `min_people` people are at it or above.

    With `group` only those below the level among these people count; the others may be anybody.

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
    unit = "people"
    example = "min_people 1, two novices alone in a shift: amount 1."

    def check(self, case: Case) -> Findings:
        for shift in case.meant(self.which):
            people = case.people_in[shift.shift_id]
            below = [v for v in people if v.level(self.skill, shift.day) < self.min_level]
            able = len(people) - len(below)
            is_concerned = any(case.is_member(v, self.group) for v in below)
            if is_concerned and able < self.min_people:
                lacking = self.min_people - able
                yield self.violation("", shift, lacking, able=able, least=self.min_people)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        able = arrays.holds(self.skill, self.min_level)[model.pairs.volunteer, model.pairs.shift]
        concerned = model.meant(self.which, self.group) & ~able
        key = np.where(concerned, model.pairs.shift, -1)
        novice = model.any_of(key, arrays.num_shifts, exact=False)
        skilled = model.sum_pairs(np.where(able, model.pairs.shift, -1), arrays.num_shifts)
        every = np.arange(arrays.num_shifts)
        model.at_most(self, novice * self.min_people - skilled, 0, where=every, place="shift")


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


@rule(order=290)
class Mentored(Scoped, Priced):
    """Novices get shifts with a mentor in the same shift, until they have had enough of them.

    It concerns people who are novices on the horizon's first date; shifts count on dates on which
    the person still is one. A novice is never a mentor, even where `novice_level` is at or above
    `mentor_level`: everybody up to `novice_level` is a novice, and mentors are above it.

    Amount: mentored shifts missing to `min_shifts` less those of history, but at most to the shifts
    the person offered.
    """

    rule: Literal["mentored"] = "mentored"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 40
    """Cost of each mentored shift missing; a hard rule ignores it."""
    min_shifts: Annotated[Positive, in_value("min_shifts")] = 1
    """Mentored shifts that each novice should have had, those of history included."""
    skill: str | None = None
    """Skill that tells novices and mentors; without one that of the horizon."""
    novice_level: Count = 0
    """Highest level of a novice."""
    mentor_level: Positive = 3
    """Lowest level of a mentor."""
    topic = "Who works with whom"
    unit = "shifts"
    sees = "team"
    example = (
        "Weight 40, min_shifts 3, one mentored shift before, four offered: two are due. Two "
        "shifts, a mentor in one of them: amount 1, cost 40."
    )

    def check(self, case: Case) -> Findings:
        mentor_level = max(self.mentor_level, self.novice_level + 1)
        skill = self.skill or case.horizon.mentor_skill
        for volunteer in case.members(self.group):
            if volunteer.level(skill, case.horizon.start) > self.novice_level:
                continue
            before = int(case.past(volunteer, "mentored_worked")) if self.which.is_all else 0
            due = min(case.offers.count(volunteer, self.which), self.min_shifts - before)
            mentored = 0
            for shift in case.all_worked(volunteer) if due > 0 else ():
                if not case.is_meant(shift, self.which):
                    continue
                levels = [v.level(skill, shift.day) for v in case.team(shift)]
                if volunteer.level(skill, shift.day) <= self.novice_level:
                    mentored += any(level >= mentor_level for level in levels)
            if mentored < due:
                yield self.violation(volunteer, None, due - mentored, count=mentored, due=due)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        level = arrays.level(self.skill or arrays.week.horizon.mentor_skill)
        before = arrays.past("mentored_worked" if self.which.is_all else "")
        missing = np.maximum(0, self.min_shifts - before)
        due = np.minimum(arrays.offered_of(self.which), missing).astype(np.int64)
        is_due = (level[:, 0] <= self.novice_level) & arrays.in_group(self.group)
        due = np.where(is_due, due, 0)
        held = level[model.pairs.volunteer, model.pairs.day]
        learning = (held <= self.novice_level) & model.meant(self.which)
        pairs = np.flatnonzero(learning & (due[model.pairs.volunteer] > 0))
        who, where = model.pairs.volunteer[pairs], model.pairs.shift[pairs]
        mentored = model.columns(pairs)
        if model.alone or not any(map(self._implied_by, model.rules)):
            # A shift counts as mentored only where it is worked and a mentor works it too.
            shifts, row = np.unique(where, return_inverse=True)
            of_shift = np.full(arrays.num_shifts, -1)
            of_shift[shifts] = np.arange(len(shifts))
            mentor = (held >= self.mentor_level) & (held > self.novice_level)
            key = np.where(mentor, of_shift[model.pairs.shift], -1)
            there = model.columns(model.new_columns(len(shifts)))
            model.define_at_most(there - model.sum_pairs(key, len(shifts)), 0)
            worked, mentored = mentored, model.columns(model.new_columns(len(pairs)))
            model.define_at_most(mentored - worked, 0)
            model.define_at_most(mentored - there.take(row), 0)
        count = mentored.sum_by(who, arrays.num_volunteers)
        model.at_least(self, count, due, who=np.arange(arrays.num_volunteers))

    def helpers(self, arrays: Arrays) -> Array:
        level = arrays.level(self.skill or arrays.week.horizon.mentor_skill)[:, arrays.day]
        return np.asarray((level >= self.mentor_level) & (level > self.novice_level))

    def _implied_by(self, rule: object) -> bool:
        """Whether a rule sees to it that no novice ever works without a mentor."""
        return (
            isinstance(rule, Mentor)
            and rule.hard
            and not rule.group
            and rule.which.is_all
            and rule.skill == self.skill
            and rule.novice_level >= self.novice_level
            and rule.mentor_level >= max(self.mentor_level, self.novice_level + 1)
        )
