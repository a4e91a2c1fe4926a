"""New people who fill the empty seats of a roster, as few as can be found.

(`Problem`, `Roster`, `Typical`) -> `Crew`, checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shiftplan.advice.fewest import fewest
from shiftplan.advice.newcomers import Asked
from shiftplan.advice.typical import (
    NEW,
    Typical,
    empty_seats,
    free_ids,
    needs_of_rules,
    windows_of,
)
from shiftplan.engines.task import Deadline
from shiftplan.problem import Problem
from shiftplan.problem.records import Requirement, SkillGrant, Volunteer, grant_order
from shiftplan.problem.roster import Roster
from shiftplan.rules import Surplus, Violation
from shiftplan.scoring.case import Case
from shiftplan.scoring.check import check
from shiftplan.solving.judge import disagreement

Empty = Mapping[tuple[str, str | None, int], int]
_SPARE = 1
"""New people of a center beyond those that the seats ask for, for other rules may hinder some."""


@dataclass(frozen=True)
class Crew:
    """New people, and the roster with them."""

    people: tuple[Volunteer, ...]
    """Those who work, each with the skills that the seats they fill or hard rules ask for."""
    problem: Problem
    """The problem with the new people."""
    roster: Roster
    """The roster with the new people."""
    asked: tuple[Asked, ...] = ()
    """Skills that they hold only because a hard rule asks for them."""

    @property
    def left(self) -> int:
        """Seats that stay empty."""
        return sum(empty_seats(self.problem, self.roster).values())


def crew(begun: Crew, typical: Typical, *, seconds: float, seed: int) -> Crew:
    """Fill as many empty seats as can be with as few more people as can be found in time.

    Everybody who works in the roster begun with goes on as before. More people are added as long as
    that fills more seats.
    """
    deadline = Deadline(seconds)
    people, problem, roster = list(begun.people), begun.problem, begun.roster
    for everywhere in (False, True):
        while (empty := empty_seats(problem, roster)) and deadline.left() > 0:
            more = _proposed(problem, empty, typical, len(people))
            larger = with_people(problem, more)
            shifts = {s for s, _, _ in empty}
            if everywhere:
                # Some rules only let people come who also work where nobody is missing.
                shifts = {s.shift_id for s in problem.shifts}
            works = fewest(larger, roster, shifts, len(more), seconds=deadline.left(), seed=seed)
            busy = {a.volunteer_id for a in works}
            if not busy:
                break
            more = [v for v in more if v.volunteer_id in busy]
            people, problem = [*people, *more], with_people(problem, more)
            roster = Roster(assignments=(*roster.assignments, *works))
    trimmed = _Trimmed(problem, roster, people, deadline)
    problem = with_changed(problem, trimmed.people)
    if not check(problem, roster).is_feasible:
        raise disagreement(problem, "new people break hard rules", roster)
    asked = tuple(Asked(*key, count) for key, count in sorted(trimmed.asked.items()))
    return Crew(tuple(trimmed.people), problem, roster, asked)


def profiles(problem: Problem, empty: Empty) -> list[dict[str, int]]:
    """Sets of skills of those who may fill empty seats: all that a seat or a hard rule asks for.

    Where a hard rule limits the holders of a skill, also fewer: none, and each by itself.
    """
    by_id = {s.shift_id: s for s in problem.shifts}
    asked = [(skill, level) for _, skill, level in empty if skill is not None]
    asked += [(s.skill_id, s.min_level) for i, _, _ in empty if (s := by_id[i]).skill_id]
    every = [(skill, n[-1]) for skill, n in needs_of_rules(problem, hard=True).items()]
    able: dict[str, int] = {}
    for skill, level in (*asked, *every):
        able[skill] = max(level, able.get(skill, 0))
    found = [able]
    if any(isinstance(rule, Surplus) and rule.hard for rule in problem.active_rules):
        found += [{}, *({skill: level} for skill, level in (*asked, *every))]
    return [dict(items) for items in dict.fromkeys(tuple(sorted(p.items())) for p in found)]


def _proposed(problem: Problem, empty: Empty, typical: Typical, first: int) -> list[Volunteer]:
    """Enough people for the seats of each center, with each set of skills."""
    by_id = {s.shift_id: s for s in problem.shifts}
    lacking: Counter[str] = Counter()
    for (shift, _, _), seats in empty.items():
        lacking[shift] = max(lacking[shift], seats)
    at: dict[str, list[int]] = {}
    for shift, seats in lacking.items():
        at.setdefault(by_id[shift].center_id, []).append(seats)
    homes: list[str] = []
    for center, counts in at.items():
        each = typical.shifts or len(counts)
        least = max(max(counts), -(-sum(counts) // each))
        homes += [center] * min(sum(counts), least + _SPARE)
    kinds = [(home, skills) for skills in profiles(problem, empty) for home in homes]
    ids = free_ids(problem, (f"{NEW} {first + i + 1}" for i in range(len(kinds))))
    return [typical.person(who, *kind) for who, kind in zip(ids, kinds, strict=True)]


def with_people(problem: Problem, people: Sequence[Volunteer]) -> Problem:
    """The problem with new people who can come at all times of its shifts."""
    shifts = list(problem.shifts)
    windows = [w for v in people for w in windows_of(v.volunteer_id, shifts)]
    return problem.model_copy(
        update={
            "volunteers": (*problem.volunteers, *people),
            "availability": (*problem.availability, *windows),
        }
    )


def with_changed(problem: Problem, people: Sequence[Volunteer]) -> Problem:
    """The problem with some of its people as they are given here."""
    own = {v.volunteer_id: v for v in people}
    volunteers = tuple(own.get(v.volunteer_id, v) for v in problem.volunteers)
    return problem.model_copy(update={"volunteers": volunteers})


class _Trimmed:
    """New people without the levels that neither a seat nor a hard rule needs.

    Levels are lowered skill by skill. What there was no time to look at stays.
    """

    def __init__(
        self, problem: Problem, roster: Roster, people: Sequence[Volunteer], deadline: Deadline
    ) -> None:
        hard = tuple(r for r in problem.rules if r.hard)
        self._problem = problem.model_copy(update={"rules": hard})
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
        attempt = [_with_level(v, skill, n) for v, n in zip(self.people, least, strict=True)]
        if not self._broken(attempt):
            self.people = attempt
            return
        for i, low in enumerate(least):
            if _level(self.people[i], skill) > low:
                self._lower_one(i, skill, low)

    def _lower_one(self, i: int, skill: str, low: int) -> None:
        """Lower a level of one person as far as hard rules let it."""
        held = _level(self.people[i], skill)
        rules: tuple[str, ...] = ()
        for level in (low, *(n for n in self._of_rules.get(skill, ()) if low < n < held)):
            if self._deadline.left() <= 0:
                return
            person = _with_level(self.people[i], skill, level)
            attempt = [*self.people[:i], person, *self.people[i + 1 :]]
            broken = self._broken(attempt)
            if not broken:
                self.people, held = attempt, level
                break
            rules = rules or broken
        self.asked.update((rule, skill, held) for rule in rules)

    def _broken(self, people: list[Volunteer]) -> tuple[str, ...]:
        """Kinds of the hard rules that the roster breaks when people are like this."""
        return kinds_of(check(with_changed(self._problem, people), self._roster).broken)


def kinds_of(broken: Iterable[Violation]) -> tuple[str, ...]:
    """Kinds of the rules that are broken, each once."""
    return tuple(dict.fromkeys(found.rule.rule for found in broken))


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
    count: Counter[Requirement] = Counter()
    at: dict[tuple[str, str], list[Requirement]] = {}
    for need in problem.requirements:
        if need.skill_id is not None:
            count[need] = case.coverage(need)
            at.setdefault((need.shift_id, need.skill_id), []).append(need)
    found = []
    for person in people:
        shifts = roster.shifts_of.get(person.volunteer_id, ())
        skills = {}
        for grant in person.skills:
            asked = [n for s in shifts for n in at.get((s, grant.skill_id), ())]
            asked = [n for n in asked if (n.min_level or 1) <= grant.level]
            kept = max((n.min_level or 1 for n in asked if count[n] <= n.target), default=0)
            count.subtract(n for n in asked if (n.min_level or 1) > kept)
            if kept:
                skills[grant.skill_id] = kept
        found.append(Volunteer.model_validate({**person.model_dump(), "skills": skills}))
    return found
