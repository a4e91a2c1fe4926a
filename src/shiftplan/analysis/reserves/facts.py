"""What is known of people and shifts before any list is made.

`Candidates` of a roster -> `ReserveFacts`: arrays over people, by the index of a shift.
"""

from __future__ import annotations

import numpy as np

from shiftplan.analysis.candidates import Candidates
from shiftplan.case.arrays import PREFERRED, UNDESIRED, Array, Arrays
from shiftplan.case.case import Case
from shiftplan.errors.message import Message
from shiftplan.rules import MaxShifts
from shiftplan.rules.attendance import chance_of_at_least
from shiftplan.rules.base import rnd
from shiftplan.week.records import Requirement


class ReserveFacts:
    """What is known of one roster. People and shifts are named by their index in the problem."""

    def __init__(self, candidates: Candidates) -> None:
        case = candidates.case
        self.problem = problem = candidates.problem
        self._arrays = arrays = Arrays(problem)
        self.worked = np.array(
            [len(case.shifts_of[v.volunteer_id]) for v in problem.volunteers], dtype=np.int64
        )
        """Shifts each person works, int of shape (num_volunteers,)."""
        self.offered: Array = arrays.offered
        """Shifts each person offered, as rule fairness counts them, int (num_volunteers,)."""
        self.load = self._load()
        """Shifts worked by shifts offered, history included, float of shape (num_volunteers,);
        infinite when nothing is offered."""
        self.show_rate = np.array([v.show_rate for v in problem.volunteers])
        """Chance that each person comes, float of shape (num_volunteers,)."""
        self.possible = self._possible(candidates)
        """Who might stand by, bool of shape (num_shifts, num_volunteers); only those are left out
        who never come or certainly break a hard rule."""
        self.risks = self._risks(case)
        """Requirements of each shift that need anybody, with the chance that too few come."""
        self.mobile = np.array([v.mobile for v in problem.volunteers], dtype=bool)
        """Who is sent anywhere, bool of shape (num_volunteers,)."""
        self._placed = np.array([c.lat is not None and c.lon is not None for c in problem.centers])
        self._levels: dict[str, Array] = {}

    def counts(self, need: Requirement, people: Array, shift: int) -> Array:
        """Whether a requirement of a shift counts each of the people, bool."""
        if need.skill_id is None:
            return np.ones(len(people), dtype=bool)
        if need.skill_id not in self._levels:
            self._levels[need.skill_id] = self._arrays.level(need.skill_id)
        level = self._levels[need.skill_id][people, self._arrays.day[shift]]
        return np.asarray(level >= (need.min_level or 1))

    def is_home(self, people: Array, shift: int) -> Array:
        """Whether the center of a shift is each person's home center, bool; not of the mobile."""
        at_home = self._arrays.home[people] == self._arrays.center[shift]
        return np.asarray(at_home & ~self.mobile[people])

    def km(self, people: Array, shift: int) -> Array:
        """Distance from home to the center of a shift, float; infinite when it is unknown.

        Mobile people have none, and so come after those who live somewhere.
        """
        home, there = self._arrays.home[people], self._arrays.center[shift]
        known = (home >= 0) & self._placed[home] & self._placed[there] & ~self.mobile[people]
        km: Array = np.where(known, self._arrays.km[home, there], np.inf)
        km[self.is_home(people, shift)] = 0.0
        return km

    def state(self, people: Array, shift: int) -> Array:
        """State of each person's window that holds a shift, int8, as `Arrays.state` has it."""
        state: Array = self._arrays.state[people, self._arrays.span[shift]]
        return state

    def overlap(self, shift: int, other: int) -> bool:
        """Whether two shifts overlap in time."""
        start, end = self._arrays.start, self._arrays.end
        return bool(start[other] < end[shift] and start[shift] < end[other])

    def _load(self) -> Array:
        worked, offered = self.worked.astype(float), self.offered.astype(float)
        for history in self.problem.history:
            person = self._arrays.volunteer_index[history.volunteer_id]
            worked[person] += history.shifts_worked
            offered[person] += history.shifts_offered
        load = np.full(len(offered), np.inf)
        with np.errstate(over="ignore"):  # next to nothing offered is as nothing
            np.divide(worked, offered, out=load, where=offered > 0)
        return load

    def _possible(self, candidates: Candidates) -> Array:
        arrays, case = self._arrays, candidates.case
        pairs = [
            (arrays.volunteer_index[v.volunteer_id], arrays.shift_index[shift_id])
            for shift_id, people in case.people_in.items()
            for v in people
        ]
        who, where = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        excluded = candidates.forbidden
        excluded[who, where] = True
        excluded |= (self.show_rate == 0)[:, None]
        for rule in (rule for rule in self.problem.active_rules if rule.hard):
            classes = rule.exclusive(arrays)
            if classes is not None and len(classes):
                taken = np.zeros((arrays.num_volunteers, int(classes.max()) + 1), dtype=bool)
                taken[who, classes[where]] = True
                excluded |= taken[:, classes]
            if isinstance(rule, MaxShifts):
                excluded |= (self.worked >= arrays.max_shifts)[:, None]
        return np.ascontiguousarray(~excluded.T)

    def _risks(self, case: Case) -> list[list[tuple[Requirement, float]]]:
        risks: list[list[tuple[Requirement, float]]] = [[] for _ in self.problem.shifts]
        for need in self.problem.requirements:
            needed = need.minimum or need.target
            if needed:
                rates = [v.show_rate for v in case.counted(need)]
                risk = 1 - chance_of_at_least(rates, needed)
                risks[self._arrays.shift_index[need.shift_id]].append((need, risk))
        return risks


def reason(facts: ReserveFacts, person: int, shift: int, *, is_listed: bool) -> Message:
    """For what the person counts, how far they have to go, their load, and their wish.

    `is_listed` tells that the person is on another list for this time.
    """
    one = np.array([person])
    parts = [_what_for(facts, person, shift)]
    km = facts.km(one, shift)[0]
    if facts.is_home(one, shift)[0]:
        parts.append(Message("stand_by.home_center"))
    elif np.isfinite(km):
        parts.append(Message("stand_by.km_away", km=rnd(km)))
    worked, offered = facts.worked[person], facts.offered[person]
    parts.append(Message("stand_by.used", worked=worked, offered=offered))
    state = facts.state(one, shift)[0]
    if state == PREFERRED:
        parts.append(Message("stand_by.prefers"))
    elif state == UNDESIRED:
        parts.append(Message("stand_by.would_rather_not"))
    if is_listed:
        parts.append(Message("stand_by.on_another_list"))
    return Message("stand_by.reason", parts=parts)


def _what_for(facts: ReserveFacts, person: int, shift: int) -> Message:
    """Skills of the shift's requirements that count the person, each with the highest level."""
    levels: dict[str, int] = {}
    for need, _ in facts.risks[shift]:
        skill = need.skill_id
        if skill is not None and facts.counts(need, np.array([person]), shift)[0]:
            levels[skill] = max(levels.get(skill, 1), need.min_level or 1)
    if not levels:
        return Message("stand_by.one_more")
    names = {s.skill_id: s.name or s.skill_id for s in facts.problem.skills}
    skills = [names[k] + (f" {level}" if level > 1 else "") for k, level in levels.items()]
    return Message("stand_by.counts_for", skills=skills)
