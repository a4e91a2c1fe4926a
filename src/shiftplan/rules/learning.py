"""A rule that lets novices learn beside mentors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.rules.base import BoolArray, Level, Priced, Violation, Weight, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.team import Mentor
from shiftplan.week.fields import Count, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["Mentored"]


@rule(order=290)
class Mentored(Priced):
    """Novices get shifts with a mentor in the same shift, until they have had enough of them.

    Concerned is who is a novice on the horizon's first date; shifts count on dates on which the
    person still is one. A novice is never a mentor, even where `novice_level` is at or above
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
    skill: str = "portal"
    """Skill that tells novices and mentors."""
    novice_level: Count = 0
    """Highest level of a novice."""
    mentor_level: Positive = 3
    """Lowest level of a mentor."""
    topic = "Who works with whom"
    unit: ClassVar[str] = "shifts"
    sees = "team"
    example: ClassVar[str] = (
        "Weight 40, min_shifts 3, one mentored shift before, four offered: two are due. Two "
        "shifts, a mentor in one of them: amount 1, cost 40."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        mentor_level = max(self.mentor_level, self.novice_level + 1)
        for volunteer in case.week.volunteers:
            if volunteer.level(self.skill, case.horizon.start) > self.novice_level:
                continue
            history = case.history(volunteer)
            before = 0 if history is None else history.mentored_worked
            due = min(case.offers.count(volunteer), self.min_shifts - before)
            if due <= 0:
                continue
            mentored = 0
            for shift in case.all_worked(volunteer):
                levels = [v.level(self.skill, shift.day) for v in case.team(shift)]
                if volunteer.level(self.skill, shift.day) <= self.novice_level:
                    mentored += any(level >= mentor_level for level in levels)
            if mentored < due:
                who = volunteer.volunteer_id
                facts = {"count": mentored, "due": due}
                yield self.violation(who, None, due - mentored, "rules.mentored", **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        before = {h.volunteer_id: h.mentored_worked for h in arrays.week.history}
        most = arrays.offered.tolist()
        due = np.zeros(arrays.num_volunteers, dtype=np.int64)
        for name, i in arrays.volunteer_index.items():
            missing = self.min_shifts - before.get(name, 0)  # numbers of any size
            due[i] = min(most[i], max(0, missing))
        level = arrays.level(self.skill)
        due = np.where(level[:, 0] <= self.novice_level, due, 0)
        held = level[model.pairs.volunteer, model.pairs.day]
        pairs = np.flatnonzero((held <= self.novice_level) & (due[model.pairs.volunteer] > 0))
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

    def helpers(self, arrays: Arrays) -> BoolArray:
        level = arrays.level(self.skill)[:, arrays.day]
        return np.asarray((level >= self.mentor_level) & (level > self.novice_level))

    def _implied_by(self, rule: object) -> bool:
        """Whether a rule sees to it that no novice ever works without a mentor."""
        return (
            isinstance(rule, Mentor)
            and rule.hard
            and rule.skill == self.skill
            and rule.novice_level >= self.novice_level
            and rule.mentor_level >= max(self.mentor_level, self.novice_level + 1)
        )
