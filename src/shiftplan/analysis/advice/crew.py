"""New people who fill the empty seats of a roster, as few as can be found.

(`Problem`, `Roster`, `Typical`) -> `Newcomers`, checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shiftplan.analysis.advice.fewest import fewest
from shiftplan.analysis.advice.newcomers import AskedSkill
from shiftplan.analysis.advice.trimming import Trimmed, with_changed
from shiftplan.analysis.advice.typical import (
    NEW,
    Typical,
    empty_seats,
    free_ids,
    needs_of_rules,
    windows_of,
)
from shiftplan.engines.task import Deadline
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.rules import Surplus
from shiftplan.scoring.check import check
from shiftplan.solving.judge import disagreement
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Roster

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
