"""New people who fill the empty seats of a roster, as few as can be found.

(`Problem`, `Roster`, `Typical`) -> `Crew`, checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.advice.typical import NEW, Typical, empty_seats, free_ids, windows_of
from shiftplan.engines.highs import has_solution, load, settled
from shiftplan.engines.restriction import Restriction
from shiftplan.model import Model, Program, build
from shiftplan.problem import Problem
from shiftplan.problem.records import Requirement, Volunteer, grant_order
from shiftplan.problem.roster import Assignment, Roster
from shiftplan.rules import Shortage
from shiftplan.scoring.case import Case
from shiftplan.scoring.check import check

Array = np.ndarray[Any, Any]
_SPARE = 1
"""New people of a center beyond those that the seats ask for, for other rules may hinder some."""


@dataclass(frozen=True)
class Crew:
    """New people, and the roster with them."""

    people: tuple[Volunteer, ...]
    """Those who work, each with the skills that the seats they fill ask for."""
    problem: Problem
    """The problem with the new people."""
    roster: Roster
    """The roster with the new people; everybody else works as before."""


def crew(problem: Problem, roster: Roster, typical: Typical, *, seconds: float, seed: int) -> Crew:
    """Fill as many empty seats as can be with as few new people as can be found in time."""
    empty = empty_seats(problem, roster)
    if not empty:
        return Crew((), problem, roster)
    people = _proposed(problem, empty, typical)
    larger = _with(problem, people)
    # Only hard rules and seats count here: what the new people would like is not known.
    rules = (*(r for r in problem.rules if r.hard), Shortage(level=1, weight=1))
    # A copy would keep the levels of the old rules.
    fields = {**dict(larger), "rules": rules, "rates": (), "order": "total"}
    model = build(Problem.model_construct(**fields))
    works = _fewest(model, roster, {s for s, _, _ in empty}, len(people), seconds, seed)
    busy = {a.volunteer_id for a in works}
    people = [v for v in people if v.volunteer_id in busy]
    together = Roster(assignments=(*roster.assignments, *works))
    larger = _with(problem, people)
    people = _trimmed(problem, together, people)
    return Crew(tuple(people), _with(problem, people), together)


def _trimmed(problem: Problem, roster: Roster, people: list[Volunteer]) -> list[Volunteer]:
    """The people without the levels that neither a seat nor a hard rule needs, skill by skill."""
    needed = needed_skills(_with(problem, people), roster, people)
    for skill in sorted({g.skill_id for v in people for g in v.skills}):
        less = [_with_skill(v, skill, n) for v, n in zip(people, needed, strict=True)]
        turns = [range(len(people))]
        if not check(_with(problem, less), roster).is_feasible:
            turns = [range(i, i + 1) for i in range(len(people))]
        for turn in turns:
            attempt = [less[i] if i in turn else v for i, v in enumerate(people)]
            if attempt != people and check(_with(problem, attempt), roster).is_feasible:
                people = attempt
    return people


def _with_skill(person: Volunteer, skill_id: str, other: Volunteer) -> Volunteer:
    """A person whose level of one skill is that of another person."""
    kept = [g for g in person.skills if g.skill_id != skill_id]
    kept += [g for g in other.skills if g.skill_id == skill_id]
    return person.model_copy(update={"skills": tuple(sorted(kept, key=grant_order))})


def _proposed(
    problem: Problem, empty: Mapping[tuple[str, str | None, int], int], typical: Typical
) -> list[Volunteer]:
    """Enough people for the seats of each center, who hold all skills that any seat lacks."""
    by_id = {s.shift_id: s for s in problem.shifts}
    skills: dict[str, int] = {}
    asked = [(skill, level) for _, skill, level in empty if skill is not None]
    asked += [(s.skill_id, s.min_level) for i, _, _ in empty if (s := by_id[i]).skill_id]
    for skill, level in asked:
        skills[skill] = max(level, skills.get(skill, 0))
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
    ids = free_ids(problem, (f"{NEW} {i + 1}" for i in range(len(homes))))
    return [typical.person(who, home, skills) for who, home in zip(ids, homes, strict=True)]


def _with(problem: Problem, people: Sequence[Volunteer]) -> Problem:
    """The problem with new people who can come at all times of its shifts."""
    shifts = list(problem.shifts)
    windows = [w for v in people for w in windows_of(v.volunteer_id, shifts)]
    return problem.model_copy(
        update={
            "volunteers": (*problem.volunteers, *people),
            "availability": (*problem.availability, *windows),
        }
    )


def _fewest(
    model: Model, roster: Roster, shifts: set[str], new: int, seconds: float, seed: int
) -> list[Assignment]:
    """Works of the new people, the last ones of the model, that fill the most seats.

    Among those that fill as many, works of as few people as can be found in time.
    """
    program, arrays = model.program(), model.arrays
    values = np.zeros(program.num_columns)
    values[model.pairs.of(roster)] = 1.0
    held = settled(program, values)
    if held is None:
        return []
    wanted = np.array([s.shift_id in shifts for s in arrays.problem.shifts])
    first = arrays.num_volunteers - new
    free = np.flatnonzero((model.pairs.volunteer >= first) & wanted[model.pairs.shift])
    restriction = Restriction(program)
    columns = restriction.free_columns(free)
    part = restriction.program_of(columns, held, program.matrix @ held)
    person = np.full(len(columns), -1)
    works = columns < program.num_pairs
    person[works] = model.pairs.volunteer[columns[works]] - first
    part = _counting_people(part, person, new)
    highs = load(part, whole=True, seed=seed)
    highs.setOptionValue("time_limit", seconds)
    highs.run()
    if not has_solution(highs):
        return []
    found = np.round(np.array(highs.getSolution().col_value))[: len(columns)]
    chosen = columns[works & (found > 0.5)]
    problem = arrays.problem
    return [
        Assignment(
            problem.shifts[model.pairs.shift[i]].shift_id,
            problem.volunteers[model.pairs.volunteer[i]].volunteer_id,
        )
        for i in chosen
    ]


def _counting_people(part: Program, person: Array, new: int) -> Program:
    """A program that also counts who works: a seat costs more than all people together.

    `person`: number of the person whose work a column is, -1 for other columns.
    """
    works = np.flatnonzero(person >= 0)
    rows = np.arange(len(works))
    own = sparse.csr_array((np.ones(len(works)), (rows, works)), shape=(len(works), len(person)))
    anybody = sparse.csr_array(
        (-np.ones(len(works)), (rows, person[works])), shape=(len(works), new)
    )
    none = sparse.csr_array((part.num_rows, new))
    matrix = sparse.vstack(
        [sparse.hstack([part.matrix, none]), sparse.hstack([own, anybody])], format="csr"
    )
    return replace(
        part,
        matrix=sparse.csr_array(matrix),
        row_upper=np.concatenate([part.row_upper, np.zeros(len(works))]),
        upper=np.concatenate([part.upper, np.ones(new)]),
        cost=np.concatenate([part.cost * (new + 1), np.ones(new)]),
        num_pairs=part.num_pairs + new,
    )


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
