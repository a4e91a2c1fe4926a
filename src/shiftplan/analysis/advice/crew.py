"""New people who fill the empty seats of a roster: as few as can be found, and of little skill.

(`Problem`, `Roster`, `Typical`) -> `Newcomers`, checked: who works where, and the least skill.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from shiftplan.analysis.advice.away import bars
from shiftplan.analysis.advice.newcomers import (
    NEW,
    AskedSkill,
    Typical,
    empty_seats,
    free_ids,
    needs_of_rules,
    unseen_seats,
    ways_to_meet,
    windows_of,
)
from shiftplan.case.arrays import Array
from shiftplan.case.case import Case
from shiftplan.engines.highs import has_solution, load, settled
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import EPS, NO_BOUND, Deadline
from shiftplan.errors.message import AtSeat, AtShift, AtTimes, Message
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.rules import Shortage, Surplus, Violation, is_priced, without
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.solving.judge import disagreement
from shiftplan.week.records import SkillGrant, Volunteer, grant_order
from shiftplan.week.requirements import Ability, Conditions, Requirement
from shiftplan.week.roster import Assignment, Roster

Empty = Mapping[tuple[str, Conditions], int]
_SPARE = 1
"""New people of a center beyond those that the seats ask for, for other rules may hinder some."""


@dataclass(frozen=True)
class Newcomers:
    """New people, and the roster with them."""

    typical: Typical
    """What each is like."""
    people: tuple[Volunteer, ...]
    """Those who work, each with the skills that the seats they fill or hard rules ask for."""
    problem: Problem
    """The problem with the new people."""
    roster: Roster
    """The roster with the new people."""
    asked: tuple[AskedSkill, ...] = ()
    """Skills that they hold only because a hard rule asks for them."""

    @property
    def left(self) -> int:
        """Seats that stay empty."""
        seats = empty_seats(self.problem, self.roster), unseen_seats(self.problem)
        return sum(number for found in seats for number in found.values())


def crew(begun: Newcomers, *, seconds: float, seed: int) -> Newcomers:
    """Fill as many empty seats as can be with as few more people as can be found in time.

    Everybody who works in the roster begun with goes on as before. More people are added as long as
    that fills more seats.
    """
    deadline = Deadline(seconds)
    people, problem, roster = list(begun.people), begun.problem, begun.roster
    for everywhere in (False, True):
        while (empty := empty_seats(problem, roster)) and deadline.left() > 0:
            more = _proposed(problem, empty, begun.typical, len(people))
            larger = with_people(problem, more)
            # Some rules only let people come who also work where nobody is missing.
            shifts = set(problem.shift_by_id) if everywhere else {s for s, _ in empty}
            works = _fewest(larger, roster, shifts, len(more), seconds=deadline.left(), seed=seed)
            busy = {a.volunteer_id for a in works}
            if not busy:
                break
            more = [v for v in more if v.volunteer_id in busy]
            people, problem = [*people, *more], with_people(problem, more)
            roster = Roster(assignments=(*roster.assignments, *works))
    trimmed = _Trimmed(problem, roster, people, deadline)
    problem = _with_changed(problem, trimmed.people)
    if not check(problem, roster).is_feasible:
        raise disagreement(problem, Message("model.new_people_break_rules"), roster)
    asked = tuple(AskedSkill(*key, count) for key, count in sorted(trimmed.asked.items()))
    return Newcomers(begun.typical, tuple(trimmed.people), problem, roster, asked)


def profiles(problem: Problem, empty: Empty) -> list[dict[str, int]]:
    """Sets of skills of those who may fill empty seats: all that a seat or a hard rule asks for.

    Where a seat is for those without a skill, also less of it. Where a hard rule limits the
    holders of a skill, also fewer: none, each by itself, and those of one seat.
    """
    conditions = [condition for _, own in empty for condition in own]
    asked = [ability for one in conditions if one.held for ability in one.abilities]
    shifts = [problem.shift_by_id[shift] for shift, _ in empty]
    asked += [Ability(s.skill_id, s.min_level) for s in shifts if s.skill_id]
    asked += [Ability(skill, max(n)) for skill, n in needs_of_rules(problem, hard=True).items()]
    able: dict[str, int] = {}
    for skill, level in asked:
        able[skill] = max(level, able.get(skill, 0))
    found = [able]
    for skill, level in (a for one in conditions if not one.held for a in one.abilities):
        found.append({k: n if k != skill else min(n, level - 1) for k, n in found[-1].items()})
    if any(isinstance(rule, Surplus) and rule.hard for rule in problem.active_rules):
        found += [{}, *({skill: level} for skill, level in asked)]
        found += [dict(way) for _, own in empty for way in ways_to_meet(own) if len(way) > 1]
    kept = (tuple(sorted((k, n) for k, n in skills.items() if n)) for skills in found)
    return [dict(items) for items in dict.fromkeys(kept)]


def _proposed(problem: Problem, empty: Empty, typical: Typical, first: int) -> list[Volunteer]:
    """Enough people for the seats of each center, with each set of skills."""
    lacking: Counter[str] = Counter()
    for (shift, _), seats in empty.items():
        lacking[shift] = max(lacking[shift], seats)
    at: dict[str, list[int]] = {}
    for shift, seats in lacking.items():
        at.setdefault(problem.shift_by_id[shift].center_id, []).append(seats)
    homes: list[str] = []
    for center, counts in at.items():
        each = typical.shifts or len(counts)
        least = max(max(counts), -(-sum(counts) // each))
        homes += [center] * min(sum(counts), least + _SPARE)
    kinds = [(home, skills) for skills in profiles(problem, empty) for home in homes]
    ids = free_ids(problem, (f"{NEW} {first + i + 1}" for i in range(len(kinds))))
    return [typical.person(who, *kind) for who, kind in zip(ids, kinds, strict=True)]


def with_people(problem: Problem, people: Sequence[Volunteer]) -> Problem:
    """The problem with new people who can come at all times of its shifts, but not closed ones."""
    windows = [w for v in people for w in windows_of(v.volunteer_id, problem.shifts)]
    return problem.model_copy(
        update={
            "volunteers": (*problem.volunteers, *people),
            "availability": (*problem.availability, *windows),
            "pins": (*problem.pins, *bars(problem, (v.volunteer_id for v in people))),
        }
    )


def _with_changed(problem: Problem, people: Sequence[Volunteer]) -> Problem:
    own = {v.volunteer_id: v for v in people}
    volunteers = tuple(own.get(v.volunteer_id, v) for v in problem.volunteers)
    return problem.model_copy(update={"volunteers": volunteers})


def _fewest(
    problem: Problem, roster: Roster, shifts: set[str], new: int, *, seconds: float, seed: int
) -> list[Assignment]:
    """Works of the new people, the last ones of the problem, in some shifts: they fill most seats.

    Among those that fill as many, works of as few people as can be found in time. Who works none
    of them need not keep rules that ask for work, for they are not there then.
    """
    # Only hard rules and seats count here: what the new people would like is not known.
    rules = (*without(problem.rules, is_priced), Shortage(level=1, weight=1))
    # A copy would keep the levels of the old rules.
    fields = {**dict(problem), "rules": rules, "rates": (), "order": "total"}
    model = build(Problem.model_construct(**fields))
    program, arrays = model.program(), model.arrays
    first = arrays.num_volunteers - new
    owner = np.full(program.num_rows, -1)  # number of the new person whom a row concerns
    for tag in model.tags:
        owner[tag.first : tag.first + len(tag.who)] = np.maximum(tag.who - first, -1)
    values = np.zeros(program.num_columns)
    values[model.pairs.of(roster)] = 1.0
    bounds = np.where(owner >= 0, NO_BOUND, program.row_upper)
    held = settled(replace(program, row_upper=bounds), values)
    if held is None:
        return []
    activity = program.matrix @ held
    # By how much a row is broken by its person alone, who does not work.
    beyond = np.where(owner >= 0, np.maximum(activity - program.row_upper, 0.0), 0.0)
    wanted = np.array([s.shift_id in shifts for s in arrays.week.shifts])
    free = np.flatnonzero((model.pairs.volunteer >= first) & wanted[model.pairs.shift])
    restriction = Restriction(program)
    columns = restriction.free_columns(free)
    part = restriction.program_of(columns, held, activity)
    works = columns < program.num_pairs
    person = np.full(len(columns), -1)
    person[works] = model.pairs.volunteer[columns[works]] - first
    rows = np.unique(restriction.by_column[:, columns].indices)
    # What such a row asks of its person cannot be met here, so that they cannot come at all.
    away = np.setdiff1d(np.flatnonzero(beyond > EPS), rows)
    part = _counting_people(part, person, owner[rows], beyond[rows], new, owner[away])
    highs = load(part, whole=True, seed=seed)
    highs.setOptionValue("time_limit", seconds)
    highs.run()
    if not has_solution(highs):
        return []
    found = np.round(np.array(highs.getSolution().col_value))[: len(columns)]
    return [
        Assignment(
            problem.shifts[model.pairs.shift[i]].shift_id,
            problem.volunteers[model.pairs.volunteer[i]].volunteer_id,
        )
        for i in columns[works & (found > 0.5)]
    ]


def _counting_people(
    part: Program, person: Array, owner: Array, beyond: Array, new: int, away: Array
) -> Program:
    """A program that also counts who works: a seat costs more than all people together.

    `person`: number of the person whose work a column is, -1 for other columns. `owner`: number of
    the person whom a row concerns; as long as they do not work it may be exceeded by `beyond`.
    `away`: numbers of those who work nothing.
    """
    most = np.ones(new)
    most[away] = 0.0
    works, lenient = np.flatnonzero(person >= 0), np.flatnonzero(beyond > 0)
    each, one = np.arange(len(works)), np.ones(len(works))
    own = sparse.csr_array((one, (each, works)), (len(works), len(person)))
    anybody = sparse.csr_array((-one, (each, person[works])), (len(works), new))
    there = sparse.csr_array((beyond[lenient], (lenient, owner[lenient])), (part.num_rows, new))
    matrix = sparse.block_array([[part.matrix, there], [own, anybody]], format="csr")
    return replace(
        part,
        matrix=sparse.csr_array(matrix),
        row_upper=np.concatenate([part.row_upper + beyond, np.zeros(len(works))]),
        upper=np.concatenate([part.upper, most]),
        cost=np.concatenate([part.cost * (new + 1), np.ones(new)]),
        num_pairs=part.num_pairs + new,
        implied=None,
    )


class _Trimmed:
    """New people without the levels that neither a seat nor a hard rule needs.

    Levels are lowered skill by skill. What there was no time to look at stays.
    """

    def __init__(
        self, problem: Problem, roster: Roster, people: Sequence[Volunteer], deadline: Deadline
    ) -> None:
        self._problem = problem.model_copy(update={"rules": without(problem.rules, is_priced)})
        self._roster, self._deadline = roster, deadline
        self.people = list(people)
        """The people as they may be."""
        self.asked: Counter[tuple[str, str, int]] = Counter()
        """(Rule, skill, level) -> people who hold the level because of the rule alone."""
        self._of_rules = needs_of_rules(problem, hard=True)
        needed = needed_skills(problem, roster, people)
        for skill in sorted({g.skill_id for v in people for g in v.skills}):
            self._lower(skill, [_level(v, skill) for v in needed])

    def _lower(self, skill: str, least: list[int]) -> None:
        """Lower a skill of everybody at once, but of those one by one whom that makes break rules.

        `least` is the level that the seats of each person need.
        """
        lower = {i for i, v in enumerate(self.people) if _level(v, skill) > least[i]}
        alone: set[int] = set()
        while lower:
            attempt = [
                _with_level(v, skill, least[i]) if i in lower else v
                for i, v in enumerate(self.people)
            ]
            broken = self._broken(attempt)
            if not broken:
                self.people = attempt
                break
            hit = {i for i in lower if self._concern(self.people[i], broken)} or lower
            alone, lower = alone | hit, lower - hit
        for i in sorted(alone):
            self._lower_one(i, skill, least[i])

    def _lower_one(self, i: int, skill: str, low: int) -> None:
        """Lower a level of one person as far as hard rules let it."""
        held = _level(self.people[i], skill)
        rules: tuple[str, ...] = ()
        between = sorted(n for n in self._of_rules.get(skill, ()) if low < n < held)
        for level in (low, *between):
            if self._deadline.left() <= 0:
                return
            person = _with_level(self.people[i], skill, level)
            attempt = [*self.people[:i], person, *self.people[i + 1 :]]
            broken = self._broken(attempt)
            if not broken:
                self.people, held = attempt, level
                break
            rules = rules or kinds_of(broken)
        self.asked.update((rule, skill, held) for rule in rules)

    def _concern(self, person: Volunteer, broken: Sequence[Violation]) -> bool:
        """Whether breaches concern a person, or a team that the person works in."""
        who = person.volunteer_id
        shifts = self._roster.shifts_of.get(who, ())
        return any(
            found.who == who
            or (isinstance(found.where, (AtShift, AtSeat)) and found.where.shift_id in shifts)
            or (isinstance(found.where, AtTimes) and self._is_there(found.where, shifts))
            for found in broken
        )

    def _is_there(self, where: AtTimes, shifts: Collection[str]) -> bool:
        """Whether any of some shifts is at the center of a requirement of several shifts."""
        known = self._problem.shift_by_id
        return any(known[shift].center_id == where.center_id for shift in shifts)

    def _broken(self, people: list[Volunteer]) -> tuple[Violation, ...]:
        """Breaches of hard rules of the roster when people are like this."""
        return check(_with_changed(self._problem, people), self._roster).broken


def _level(person: Volunteer, skill_id: str) -> int:
    return max((g.level for g in person.skills if g.skill_id == skill_id), default=0)


def _with_level(person: Volunteer, skill_id: str, level: int) -> Volunteer:
    """A person with one skill at another level; 0 is none of it."""
    kept = [g for g in person.skills if g.skill_id != skill_id]
    kept += [SkillGrant(skill_id=skill_id, level=level)] if level else []
    return person.model_copy(update={"skills": tuple(sorted(kept, key=grant_order))})


def needed_skills(problem: Problem, roster: Roster, people: Sequence[Volunteer]) -> list[Volunteer]:
    """The people without the levels that no seat of their shifts needs.

    A level is lowered as far as every requirement keeps its target, or what it has of it.
    """
    case = Case(problem, roster)
    asking = [need for need in problem.requirements if need.conditions]
    count = Counter({need: case.coverage(need) for need in asking})
    at = {s: [n for n in needs if n.conditions] for s, needs in problem.needs_at.items()}
    found = []
    for person in people:
        shifts = roster.shifts_of.get(person.volunteer_id, ())
        held = {grant.skill_id: grant.level for grant in person.skills}
        filled = [n for s in shifts for n in at.get(s, ()) if _is_counted(n, held)]
        skills = {}
        for grant in person.skills:
            tight = [n for n in filled if count[n] <= n.target]
            asked = {a.level for n in tight for one in n.conditions for a in one.abilities}
            lower = sorted({0, *asked} & {*range(grant.level)})
            tried = ((n, held | {grant.skill_id: n}) for n in lower)
            fits = (n for n, levels in tried if all(_is_counted(t, levels) for t in tight))
            kept = next(fits, grant.level)
            held[grant.skill_id] = kept
            count.subtract(n for n in filled if not _is_counted(n, held))
            filled = [n for n in filled if _is_counted(n, held)]
            if kept:
                skills[grant.skill_id] = kept
        found.append(Volunteer.model_validate({**person.model_dump(), "skills": skills}))
    return found


def _is_counted(need: Requirement, held: Mapping[str, int]) -> bool:
    """Whether a requirement counts somebody with these levels of skills."""
    return all(condition.is_met(lambda skill: held.get(skill, 0)) for condition in need.conditions)
