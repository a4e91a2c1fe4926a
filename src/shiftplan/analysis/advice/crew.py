"""New people who fill the empty seats of a roster, and which hard rules keep more of them out.

(`Problem`, `Roster`, `Typical`) -> `Newcomers`, as few as can be found, checked -> `Filling` with a
proven lower bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from shiftplan.analysis.advice.advise import Gain
from shiftplan.analysis.advice.newcomers import (
    NEW,
    AskedSkill,
    Barrier,
    Filling,
    Lack,
    Typical,
    empty_seats,
    free_ids,
    needs_of_rules,
    windows_of,
)
from shiftplan.analysis.advice.reach import fewest, most_filled
from shiftplan.analysis.advice.trimming import Trimmed, with_changed
from shiftplan.analysis.candidates import Candidates
from shiftplan.engines.task import Deadline
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.rules import Surplus
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.solving.judge import disagreement
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Assignment, Change, Roster

Empty = Mapping[tuple[str, str | None, int], int]
_SPARE = 1
"""New people of a center beyond those that the seats ask for, for other rules may hinder some."""


@dataclass(frozen=True)
class Newcomers:
    """New people, and the roster with them."""

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
        return sum(empty_seats(self.problem, self.roster).values())


def crew(begun: Newcomers, typical: Typical, *, seconds: float, seed: int) -> Newcomers:
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
    trimmed = Trimmed(problem, roster, people, deadline)
    problem = with_changed(problem, trimmed.people)
    if not check(problem, roster).is_feasible:
        raise disagreement(problem, Message("model.new_people_break_rules"), roster)
    asked = tuple(AskedSkill(*key, count) for key, count in sorted(trimmed.asked.items()))
    return Newcomers(tuple(trimmed.people), problem, roster, asked)


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


def filling(
    problem: Problem,
    roster: Roster,
    typical: Typical,
    found: Newcomers,
    gains: Iterable[Gain],
    *,
    seconds: float,
    seed: int,
) -> Filling:
    """Count the new people found for the empty seats of a roster, or fewer or better ones.

    Each new person is typical, can come at all times, and works at most `typical.shifts` shifts.
    With those `found`, everybody else works as before. Others are sought beside the new volunteer
    of `gains` who fills the most seats, with everybody as they work there: so no single step fills
    more than all new people, or as much with fewer.
    """
    steps = (gain for gain in gains if gain.step.kind == "volunteer" and gain.seats > 0)
    best = max(steps, key=lambda gain: gain.seats, default=None)
    if best is not None and (found.left or len(found.people) > 1):
        begun = _begun(problem, best)
        other = crew(begun, typical, seconds=seconds, seed=seed)
        found = min(found, other, key=lambda crew: (crew.left, len(crew.people)))
    return _told(problem, roster, found, typical)


def _begun(problem: Problem, gain: Gain) -> Newcomers:
    """The new volunteer of a gain, who can come at all times where no hard rule is against it."""
    person = gain.step.person
    assert person is not None
    changed = gain.step.apply(problem)
    windows = windows_of(person.volunteer_id, list(problem.shifts))
    free = changed.model_copy(update={"availability": (*problem.availability, *windows)})
    if check(free, gain.roster).is_feasible:
        changed = free
    return Newcomers((person,), changed, gain.roster)


def _told(problem: Problem, roster: Roster, found: Newcomers, typical: Typical) -> Filling:
    before, after = _by_skill(problem, roster), _by_skill(found.problem, found.roster)
    model = build(problem)
    day = problem.horizon.start
    most_each = len(np.unique(model.pairs.exclusive))  # whatever people's own limits are
    each = min(typical.shifts or most_each, most_each)
    lacks = []
    for skill, level in sorted(before, key=lambda key: (key[0] is not None, str(key[0]), key[1])):
        missing = most_filled(model, skill, level).missing
        holders = sum(skill is None or v.level(skill, day) >= level for v in found.people)
        left = after[skill, level]
        at_least = -(-missing // each) if each else 0
        enough = None if left else holders
        lacks.append(Lack(skill, level, before[skill, level], left, at_least, enough))
    homes = Counter(v.home_center_id or "" for v in found.people)
    new = {v.volunteer_id for v in found.people}
    changes = roster.changes_to(found.roster)
    return Filling(
        tuple(lacks),
        found.people,
        tuple(sorted(homes.items(), key=lambda item: (-item[1], item[0]))),
        max((lack.at_least for lack in lacks), default=0),
        found.left,
        check(problem, roster).total - check(found.problem, found.roster).total,
        found.asked,
        barriers(found, typical),
        sum(change.assignment.volunteer_id not in new for change in changes),
        typical,
        found.roster,
        found.problem,
    )


def _by_skill(problem: Problem, roster: Roster) -> Counter[tuple[str | None, int]]:
    """(Skill or None, level) -> empty seats."""
    empty: Counter[tuple[str | None, int]] = Counter()
    for (_, skill, level), lacking in empty_seats(problem, roster).items():
        empty[skill, level] += lacking
    return empty


def barriers(crew: Newcomers, typical: Typical) -> tuple[Barrier, ...]:
    """What stands against one more person in each seat that stays empty, most seats first.

    One person of the center is tried with each set of skills that new people may have; the set
    that breaks the fewest rules counts.
    """
    empty = empty_seats(crew.problem, crew.roster)
    if not empty:
        return ()
    center_of = {s.shift_id: s.center_id for s in crew.problem.shifts}
    tried = profiles(crew.problem, empty)
    homes = sorted({center_of[shift] for shift, _, _ in empty})
    kinds = [(home, skills) for home in homes for skills in tried]
    ids = free_ids(crew.problem, (f"one more {i}" for i in range(len(kinds))))
    people = [typical.person(who, *kind) for who, kind in zip(ids, kinds, strict=True)]
    larger = with_people(crew.problem, people)
    candidates = Candidates(larger, crew.roster)
    day_of = {s.shift_id: s.day for s in crew.problem.shifts}

    def broken(person: Volunteer, shift: str) -> tuple[str, ...]:
        found = candidates.broken(Change(Assignment(shift, person.volunteer_id), added=True))
        if not found:
            # An idle person may break a rule as much without the shift: compare with nobody there.
            alone = with_people(crew.problem, [person])
            works = (*crew.roster.assignments, Assignment(shift, person.volunteer_id))
            found = check(alone, Roster(assignments=works)).broken
        return kinds_of(found)

    seats: Counter[str] = Counter()
    for (shift, skill, level), lacking in empty.items():
        able = [
            person
            for person in people
            if person.home_center_id == center_of[shift]
            and (skill is None or person.level(skill, day_of[shift]) >= level)
        ]
        fewest = min((broken(person, shift) for person in able), key=len, default=())
        seats.update(dict.fromkeys(fewest, lacking))
    return tuple(Barrier(*item) for item in sorted(seats.items(), key=lambda i: (-i[1], i[0])))
