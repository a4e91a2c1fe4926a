"""Times and centers at which people can meet for a course, beside what they work in a roster.

(`Problem`, `Roster`) -> `Sessions` -> who may attend, and the best `HeldCourse`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from shiftplan.analysis.advice.away import away_of, closed_shifts
from shiftplan.analysis.advice.courses import TYPE, session_of
from shiftplan.analysis.advice.steps import Step
from shiftplan.analysis.candidates import Candidates, comes
from shiftplan.case.arrays import Array, Arrays
from shiftplan.problem import Problem
from shiftplan.rules.registry import forbidden_pairs
from shiftplan.scoring.check import check
from shiftplan.week.records import Shift, Volunteer
from shiftplan.week.requirements import Ability, Requirement
from shiftplan.week.roster import Change, Roster
from shiftplan.week.where import distance


@dataclass(frozen=True)
class HeldCourse:
    """A course at a time and a center, with everybody in it."""

    shift: Shift
    """The session."""
    requirements: tuple[Requirement, ...]
    """Its seats."""
    trainer_id: str
    """Who teaches."""
    attended: Roster
    """The roster with everybody in it, checked."""
    cost: int
    """What attending costs in the week."""


class Sessions:
    """A session for each time of a shift at its center; nobody has to leave a shift for it."""

    def __init__(
        self, problem: Problem, roster: Roster, before: int, is_over: Callable[[], bool]
    ) -> None:
        """`before`: what the roster costs; `is_over`: whether there is no time any more."""
        self._problem, self._roster, self._is_over = problem, roster, is_over
        closed = set(closed_shifts(problem))
        places = {
            (s.start, s.end, s.center_id): s for s in problem.shifts if s.shift_id not in closed
        }
        mark = TYPE
        while any(shift_id.startswith(mark) for shift_id in problem.shift_by_id):
            mark += "'"
        self.shifts = tuple(
            Shift(
                shift_id=f"{mark} {i}",
                center_id=center,
                start=start,
                end=end,
                type=TYPE,
            )
            for i, (start, end, center) in enumerate(sorted(places))
        )
        """The sessions, the earliest first."""
        wider = problem.model_copy(update={"shifts": (*problem.shifts, *self.shifts)})
        self._candidates, self._arrays = Candidates(wider, roster), Arrays(wider)
        self._before = before
        self.free = self._free()
        """Whether a person may come to a session by rules on the two alone, and works nothing at
        that time, bool of shape (num_volunteers, num_sessions)."""
        self.may_attend = cache(self._may_attend)
        """Whether a person may come to a session beside their shifts, by all rules about them."""

    def _free(self) -> Array:
        forbidden = forbidden_pairs(self._problem.active_rules, self._arrays)
        free = ~forbidden[:, len(self._problem.shifts) :]
        away, known = away_of(self._problem).days, self._problem.shift_by_id
        starts = np.array([s.start for s in self.shifts], dtype="datetime64[m]")
        ends = np.array([s.end for s in self.shifts], dtype="datetime64[m]")
        days = starts.astype("datetime64[D]")
        for i, person in enumerate(self._problem.volunteers):
            who = person.volunteer_id
            # Rules would find these, too; a quick look spares most of their work.
            for own in map(known.__getitem__, self._roster.shifts_of.get(who, ())):
                free[i] &= (ends <= np.datetime64(own.start)) | (np.datetime64(own.end) <= starts)
            gone = [np.datetime64(day) for day in away.get(who, ())]
            free[i] &= ~np.isin(days, gone)
        return np.asarray(free)

    def _may_attend(self, session: int, person: int) -> bool:
        if not self.free[person, session]:
            return False
        who = self._problem.volunteers[person].volunteer_id
        coming = comes(self.shifts[session].shift_id, who)
        # What the team as a whole lacks may be mended by the others who come.
        return all(found.who != who for found in self._candidates.broken(coming))

    def holders(self, ability: Ability) -> Array:
        """Who holds a level on the date of a session, bool of shape (num_volunteers,
        num_sessions).
        """
        return self._arrays.holds(*ability)[:, len(self._problem.shifts) :]

    def trainers(self, session: int, holders: Array) -> list[int]:
        """Numbers of those who may come and teach, from the nearest home."""
        able = np.flatnonzero(holders[:, session] & self.free[:, session])
        people = self._problem.volunteers
        return sorted(able.tolist(), key=lambda i: (self._km(people[i], session), i))

    def _km(self, person: Volunteer, session: int) -> float:
        """Distance from home; infinite where it is unknown."""
        centers = self._problem.center_by_id
        home = centers.get(person.home_center_id or "")
        there = centers[self.shifts[session].center_id]
        km = None if home is None else distance(home, there)
        return math.inf if km is None else km

    def held(
        self, ability: Ability, steps: Sequence[Step], first: int, most: int
    ) -> HeldCourse | None:
        """Where a course is best held for some learners, with a trainer; None for nowhere.

        Of the session `first` and those nearest to the learners' homes, `most` in all at which
        they can meet: the one that costs least in the week, then the nearest, then the earliest.
        """
        index = {v.volunteer_id: i for i, v in enumerate(self._problem.volunteers)}
        learners = [index[who] for step in steps for who in step.people]
        people = [self._problem.volunteers[i] for i in learners]
        holders = self.holders(ability)
        common = np.flatnonzero(
            self.free[learners].all(axis=0) & (holders & self.free).any(axis=0)
        ).tolist()
        km = {i: sum(self._km(person, i) for person in people) for i in common}
        ranked = sorted(common, key=lambda i: (i != first, km[i], i))
        met: list[tuple[int, float, int, int]] = []
        for session in ranked:
            if len(met) == most or self._is_over():
                break
            trainer = self._trainer(session, learners, holders)
            if trainer is not None:
                cost = self._candidates.effect(*self._coming(session, [*learners, trainer])).total
                met.append((cost, km[session], session, trainer))
        for _, _, session, trainer in sorted(met):
            found = self._judged(ability, steps, session, trainer)
            if found is not None:
                return found
        return None

    def _trainer(self, session: int, learners: Sequence[int], holders: Array) -> int | None:
        """The nearest person who may teach some learners at a session; all rules hold."""
        for trainer in self.trainers(session, holders):
            if self._is_over():
                return None
            if self.may_attend(session, trainer):
                coming = self._coming(session, [*learners, trainer])
                if not self._candidates.broken(*coming):
                    return trainer
        return None

    def _coming(self, session: int, people: Sequence[int]) -> list[Change]:
        ids = (self._problem.volunteers[i].volunteer_id for i in people)
        return [comes(self.shifts[session].shift_id, who) for who in ids]

    def _judged(
        self, ability: Ability, steps: Sequence[Step], session: int, trainer: int
    ) -> HeldCourse | None:
        """A course in the week with its rows; None where attending breaks a hard rule there."""
        problem, who = self._problem, self._problem.volunteers[trainer].volunteer_id
        shift, needs = session_of(problem, ability, steps, self.shifts[session])
        rows = {
            "shifts": (*problem.shifts, shift),
            "requirements": (*problem.requirements, *needs),
        }
        people = [*(person for step in steps for person in step.people), who]
        attended = self._roster.after(comes(shift.shift_id, person) for person in people)
        score = check(problem.model_copy(update=rows), attended)
        if not score.is_feasible:
            return None
        return HeldCourse(shift, needs, who, attended, score.total - self._before)
