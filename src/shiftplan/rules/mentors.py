"""Rules about what novices learn: beside a mentor, and from several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.base import Findings, Level, Priced, Weight, in_value
from shiftplan.rules.company import Mentor, OfCompany, Per
from shiftplan.rules.registry import rule
from shiftplan.rules.regular import at_most_of
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["Mentored", "VariedMentors"]


@rule(order=290)
class Mentored(OfCompany):
    """Novices get shifts with a mentor in the same shift, until they have had enough of them.

    It concerns people who are novices on the horizon's first date; shifts count on dates on which
    the person still is one. A novice is never a mentor, even where `novice_level` is at or above
    `mentor_level`: everybody up to `novice_level` is a novice, and mentors are above it.

    With `per` `moment` a shift counts if at each moment of it a mentor is at the center, in
    whatever shift.

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
    unit = "shifts"
    sees = "team"
    example = (
        "Weight 40, min_shifts 3, one mentored shift before, four offered: two are due. Two "
        "shifts, a mentor in one of them: amount 1, cost 40. With per moment a shift from 07:00 to "
        "15:00 counts beside one mentor until 11:00 and another from 11:00 on."
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
                if volunteer.level(skill, shift.day) <= self.novice_level:
                    mentored += bool(mentors_of(case, shift, skill, mentor_level, self.per))
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
            there = model.columns(model.new_columns(len(shifts)))
            at, company = self._companies_of(arrays)
            asked = of_shift[at] >= 0
            mentors = self._people(model, mentor).take(company[asked])
            model.define_at_most(there.take(of_shift[at[asked]]) - mentors, 0)
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
            and rule.per in ("shift", self.per)
            and not rule.group
            and rule.which.is_all
            and rule.skill == self.skill
            and rule.novice_level >= self.novice_level
            and rule.mentor_level >= max(self.mentor_level, self.novice_level + 1)
        )


def mentors_of(case: Case, shift: Shift, skill: str, level: int, per: Per) -> set[str]:
    """Ids of the mentors of a shift, who hold a level of a skill.

    Of moments these are all who are at its center meanwhile, and nobody where at any moment of the
    shift none of them is.
    """
    found: set[str] = set()
    reached, end = case.span[shift.shift_id]
    for other in case.beside(shift) if per == "moment" else (shift,):
        mentors = {v.volunteer_id for v in case.team(other) if v.level(skill, other.day) >= level}
        start, until = case.span[other.shift_id]
        if mentors and start > reached:
            return set()
        reached = max(reached, until) if mentors else reached
        found |= mentors
    return found if reached >= end else set()


@rule(order=295)
class VariedMentors(Scoped, Priced):
    """A novice works with at least `min_mentors` different mentors in the horizon.

    Whoever works fewer shifts as a novice needs as many mentors as shifts. Shifts count on dates on
    which the person is a novice; a novice is never a mentor, even where `novice_level` is at or
    above `mentor_level`. With `group` only novices among these people count; mentors may be
    anybody.

    Amount: mentors missing to `min_mentors`, or to the number of shifts worked as a novice if that
    is less, for each person.
    """

    rule: Literal["varied_mentors"] = "varied_mentors"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    min_mentors: Annotated[Positive, in_value("min_mentors")] = 2
    """Different mentors that each novice should work with."""
    skill: str | None = None
    """Skill that tells novices and mentors; without one that of the horizon."""
    novice_level: Count = 0
    """Highest level of a novice."""
    mentor_level: Positive = 3
    """Lowest level of a mentor."""
    sees = "team"
    topic = "Who works with whom"
    unit = "mentors"
    example = "Weight 5, min_mentors 2, three shifts, all with the same mentor: amount 1, cost 5."

    def check(self, case: Case) -> Findings:
        mentor_level = max(self.mentor_level, self.novice_level + 1)
        skill = self.skill or case.horizon.mentor_skill
        for volunteer in case.members(self.group):
            shifts = [
                shift
                for shift in case.all_worked(volunteer)
                if case.is_meant(shift, self.which)
                and volunteer.level(skill, shift.day) <= self.novice_level
            ]
            met = {
                other.volunteer_id
                for shift in shifts
                for other in case.team(shift)
                if other.level(skill, shift.day) >= mentor_level
            }
            due = min(self.min_mentors, len(shifts))
            if len(met) < due:
                yield self.violation(volunteer, None, due - len(met), count=len(met), due=due)

    def post(self, model: Model) -> None:
        arrays, pairs = model.arrays, model.pairs
        level = arrays.level(self.skill or arrays.week.horizon.mentor_skill)
        held, people = level[pairs.volunteer, pairs.day], arrays.num_volunteers
        learns = (held <= self.novice_level) & model.meant(self.which, self.group)
        novice = np.where(learns, pairs.volunteer, -1)
        mentors = np.flatnonzero((held >= self.mentor_level) & (held > self.novice_level))
        # Every work of a novice beside every work of a mentor in the same shift.
        mentors = mentors[np.argsort(pairs.shift[mentors], kind="stable")]
        first = np.searchsorted(pairs.shift[mentors], np.arange(arrays.num_shifts + 1))
        works = np.flatnonzero(learns)
        count = np.diff(first)[pairs.shift[works]]
        nth, offset = one_by_one(count)
        own = works[nth]
        other = mentors[first[pairs.shift[own]] + offset]
        together = model.columns(model.new_columns(len(own)))
        model.define_at_most(together - model.columns(own), 0)
        model.define_at_most(together - model.columns(other), 0)
        meeting = pairs.volunteer[own] * people + pairs.volunteer[other]
        keys, key = np.unique(meeting, return_inverse=True)
        met = model.columns(model.new_columns(len(keys)))
        model.define_at_most(met - together.sum_by(np.asarray(key).reshape(-1), len(keys)), 0)
        worked = model.sum_pairs(novice, people)
        due = at_most_of(model, worked, pairs.most_together(novice, people), self.min_mentors)
        lacking = due - met.sum_by(keys // people, people)
        model.at_most(self, lacking, 0, who=np.arange(people))

    def helpers(self, arrays: Arrays) -> Array:
        level = arrays.level(self.skill or arrays.week.horizon.mentor_skill)[:, arrays.day]
        return np.asarray((level >= self.mentor_level) & (level > self.novice_level))
