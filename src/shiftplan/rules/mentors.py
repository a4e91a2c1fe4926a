"""The rule on novices who meet several mentors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.rules.base import Findings, Level, Priced, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.regular import at_most_of
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["VariedMentors"]


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
