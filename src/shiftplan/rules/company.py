"""Rules about company: who is in a shift, or at a center at a moment, beside whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.errors.message import AtTimes
from shiftplan.rules.base import SAFETY, SPARED, Findings, Priced, in_value
from shiftplan.rules.one_place import people_at
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count, Positive

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Shift, Volunteer

__all__ = ["Mentor", "NeverAlone"]

Per = Literal["shift", "moment"]


class OfCompany(Scoped, Priced):
    """A rule about people beside others: in the same shift, or at the center at the same time."""

    per: Annotated[Per, SPARED] = "shift"
    """Who is company: `shift` for the people of the same shift, `moment` for all who are at the
    center at the same time, in whatever shift."""
    topic = "Who works with whom"

    # ---- on values

    def _companies(
        self, case: Case
    ) -> Iterator[tuple[Shift | AtTimes, list[tuple[Volunteer, Shift]]]]:
        """Yield where people are together, and who is there, each with the shift they work."""
        if self.per == "shift":
            for shift in case.meant(self.which):
                yield shift, [(volunteer, shift) for volunteer in case.people_in[shift.shift_id]]
            return
        of_center: dict[str, list[Shift]] = {}
        for shift in sorted(case.week.shifts, key=lambda s: case.span[s.shift_id], reverse=True):
            of_center.setdefault(shift.center_id, []).append(shift)
        for center_id, coming in of_center.items():
            turns = sorted({minute for s in coming for minute in case.span[s.shift_id]})
            there: list[Shift] = []
            for start, end in pairwise(turns):
                there = [s for s in there if case.span[s.shift_id][1] > start]
                while coming and case.span[coming[-1].shift_id][0] == start:
                    there.append(coming.pop())
                at = AtTimes(center_id, case.horizon.moment(start), case.horizon.moment(end))
                yield at, [(v, s) for s in there for v in case.team(s)]

    # ---- on the model

    def _together(self, model: Model) -> tuple[Array, Array, int]:
        """Number of a shift or moment, and id of a pair that is there then, int of one shape.

        A pair is there at each moment of its shift. The last is how many shifts or moments there
        are.
        """
        shift = model.pairs.shift
        at, company = self._companies_of(model.arrays)
        first = np.searchsorted(at, np.arange(model.arrays.num_shifts + 1))
        pair, nth = one_by_one(np.diff(first)[shift])
        return company[first[shift[pair]] + nth], pair, int(company.max(initial=-1)) + 1

    def _companies_of(self, arrays: Arrays) -> tuple[Array, Array]:
        """Each shift at each of its moments: its index, and the number of its company, int.

        Companies are shifts, or moments; in order of shifts.
        """
        if self.per == "moment":
            return arrays.moments
        every = np.arange(arrays.num_shifts)
        return every, every

    def _people(self, model: Model, counted: Array) -> Linear:
        """People in each shift, or there at each moment, by the pairs that count, bool.

        Who works two shifts at once is there once.
        """
        row, pair, size = self._together(model)
        row, pair = row[counted[pair]], pair[counted[pair]]
        if self.per == "shift":
            return model.sum_entries(row, pair, size)
        return people_at(model, row, pair, size, exact=True)


@rule(order=280)
class Mentor(OfCompany):
    """In a shift there are at most `novices_per_mentor` novices for each mentor.

    If `novice_level` is at or above `mentor_level`, people with a level in both ranges count as
    novices and as mentors. With `group` only novices among these people count; mentors may be
    anybody.

    With `per` `moment` this holds for all who are at a center at the same time: a mentor of one
    shift looks after the novices of others that overlap it, while both last. Where the rule is
    limited to some shifts, only the novices in these count, and mentors may be in any.

    Amount: novices beyond `novices_per_mentor` times the mentors, for each shift; with `per`
    `moment` for each time from one start or end of a center's shifts to the next.
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
    worth = SAFETY
    unit = "people"
    example = (
        "novices_per_mentor 2, five novices, two mentors in a shift: amount 1. With per moment, a "
        "mentor from 07:00 to 11:00 and a novice from 10:00 to 14:00: from 11:00 on amount 1."
    )

    def check(self, case: Case) -> Findings:
        skill = self.skill or case.horizon.mentor_skill
        for where, present in self._companies(case):
            novices, mentors = set(), set()
            for volunteer, shift in present:
                level = volunteer.level(skill, shift.day)
                if level >= self.mentor_level:
                    mentors.add(volunteer.volunteer_id)
                is_concerned = case.is_meant(shift, self.which)
                is_concerned = is_concerned and case.is_member(volunteer, self.group)
                if is_concerned and level <= self.novice_level:
                    novices.add(volunteer.volunteer_id)
            beyond = len(novices) - self.novices_per_mentor * len(mentors)
            if beyond > 0:
                counts = len(novices), len(mentors)
                yield self.violation("", where, beyond, novices=counts[0], mentors=counts[1])

    def roles(self, model: Model) -> tuple[Array, Array]:
        """Works as a novice, and works as a mentor; bool of shape (num_pairs,)."""
        skill = self.skill or model.arrays.week.horizon.mentor_skill
        level = model.arrays.level(skill)[model.pairs.volunteer, model.pairs.day]
        novice = (level <= self.novice_level) & model.meant(self.which, self.group)
        return novice, level >= self.mentor_level

    def post(self, model: Model) -> None:
        arrays = model.arrays
        novice, mentor = self.roles(model)
        mentors = self._people(model, mentor)
        if self.per == "shift":
            counts = novice - self.novices_per_mentor * mentor.astype(float)
            beyond = model.sum_pairs(model.pairs.shift, arrays.num_shifts, counts)
        else:
            beyond = self._people(model, novice) - mentors * self.novices_per_mentor
        model.at_most(self, beyond, 0, where=np.arange(beyond.size), place=self.per)
        if self.hard and self.novices_per_mentor > 0 and not model.alone:
            # One mentor at least for every single novice: implied, but a far tighter relaxation. A
            # column for each place says so once, not each novice in a row over all mentors.
            row, pair, _ = self._together(model)
            row, pair = row[novice[pair]], pair[novice[pair]]
            place, number = np.unique(row, return_inverse=True)
            led = model.columns(model.new_columns(len(place)))
            model.define_at_most(led - mentors.take(place), 0)
            alone, who = model.columns(pair) - led.take(number), model.pairs.volunteer[pair]
            model.at_most(self, alone, 0, who=who, where=row, place=self.per)


@rule(order=300)
class NeverAlone(OfCompany):
    """In a shift with anybody below a level of a skill, `min_people` people are at it or above.

    With `group` only those below the level among these people count; the others may be anybody.

    With `per` `moment` this holds for all who are at a center at the same time, in whatever shifts.
    Where the rule is limited to some shifts, somebody below the level counts in these; the others
    may be in any.

    Amount: people at the level or above who are missing, for each shift with a novice; with `per`
    `moment` for each time from one start or end of a center's shifts to the next.
    """

    rule: Literal["never_alone"] = "never_alone"
    skill: str
    """Skill that counts."""
    min_level: Positive = 1
    """Level from which a person is no novice."""
    min_people: Annotated[Positive, in_value("min_people")] = 1
    """People at the level or above who must be there."""
    sees = "part"
    worth = SAFETY
    unit = "people"
    example = (
        "min_people 1, two novices alone in a shift: amount 1. With per moment, a novice from "
        "10:00 to 14:00 and a skilled person from 07:00 to 11:00: from 11:00 on amount 1."
    )

    def check(self, case: Case) -> Findings:
        for where, present in self._companies(case):
            able, is_concerned = set(), False
            for volunteer, shift in present:
                if volunteer.level(self.skill, shift.day) >= self.min_level:
                    able.add(volunteer.volunteer_id)
                elif case.is_meant(shift, self.which):
                    is_concerned |= case.is_member(volunteer, self.group)
            if is_concerned and len(able) < self.min_people:
                lacking = self.min_people - len(able)
                yield self.violation("", where, lacking, able=len(able), least=self.min_people)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        able = arrays.holds(self.skill, self.min_level)[model.pairs.volunteer, model.pairs.shift]
        concerned = model.meant(self.which, self.group) & ~able
        row, pair, size = self._together(model)
        row, pair = row[concerned[pair]], pair[concerned[pair]]
        novice = model.any_of(row, size, exact=False, pairs=pair)
        lacking = novice * self.min_people - self._people(model, able)
        model.at_most(self, lacking, 0, where=np.arange(size), place=self.per)
