"""Steps and new people that ask for no more skill than is needed.

(`Problem`, `Roster`, people) -> `Trimmed`; `Gain` -> the `Gain` of the least training, or of a new
volunteer with the fewest skills, that the same roster allows at the same cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shiftplan.analysis.advice.advise import Gain
from shiftplan.analysis.advice.newcomers import empty_seats, needs_of_rules
from shiftplan.analysis.advice.steps import Step, training
from shiftplan.case.case import Case
from shiftplan.engines.task import Deadline
from shiftplan.problem import Problem
from shiftplan.rules import Violation, is_priced, without
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import check
from shiftplan.week.records import Requirement, SkillGrant, Volunteer, grant_order
from shiftplan.week.roster import Roster


def with_changed(problem: Problem, people: Sequence[Volunteer]) -> Problem:
    """The problem with some of its people as they are given here."""
    own = {v.volunteer_id: v for v in people}
    volunteers = tuple(own.get(v.volunteer_id, v) for v in problem.volunteers)
    return problem.model_copy(update={"volunteers": volunteers})


class Trimmed:
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
            places = {name for found in broken for name in (found.who, found.at)}
            hit = {i for i in lower if not places.isdisjoint(self._places(i))} or lower
            alone, lower = alone | hit, lower - hit
        for i in sorted(alone):
            self._lower_one(i, skill, least[i])

    def _places(self, i: int) -> tuple[str, ...]:
        """Id of a person, and those of their shifts."""
        who = self.people[i].volunteer_id
        return (who, *self._roster.shifts_of.get(who, ()))

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
            rules = rules or kinds_of(broken)
        self.asked.update((rule, skill, held) for rule in rules)

    def _broken(self, people: list[Volunteer]) -> tuple[Violation, ...]:
        """Breaches of hard rules of the roster when people are like this."""
        return check(with_changed(self._problem, people), self._roster).broken


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


def modest(problem: Problem, gain: Gain) -> Gain:
    """The gain with the step that asks least of those with which its roster is as good."""
    as_good = _worth(gain.step.apply(problem), gain.roster)
    for step in _lesser(problem, gain):
        if _worth(step.apply(problem), gain.roster) == as_good:
            return replace(gain, step=step)
    return gain


def _worth(problem: Problem, roster: Roster) -> tuple[bool, dict[int, int], int]:
    """Whether a roster holds, its cost by level, and its empty seats."""
    score = check(problem, roster)
    return score.is_feasible, dict(score.levels), sum(empty_seats(problem, roster).values())


def _lesser(problem: Problem, gain: Gain) -> Iterator[Step]:
    """Steps of the same kind that ask for less, the least first."""
    step, person = gain.step, gain.step.person
    if person is None:
        return
    if step.grant is not None:
        (now,) = (v for v in problem.volunteers if v.volunteer_id == person.volunteer_id)
        for level in range(int(step.before or 0) + 1, step.grant.level):
            yield training(problem, now, step.grant.skill_id, level)
    if step.kind == "volunteer":
        (needed,) = needed_skills(step.apply(problem), gain.roster, [person])
        if needed.skills != person.skills:
            yield replace(step, person=needed)
