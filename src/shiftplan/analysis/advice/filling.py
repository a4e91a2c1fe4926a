"""How many more people, by skill, would leave no seat empty, and which hard rules keep them out.

(`Problem`, `Roster`) -> `Filling`: new people with whom seats are filled, made and checked,
and a proven lower bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from shiftplan.analysis.advice.crew import Newcomers, crew, profiles, with_people
from shiftplan.analysis.advice.newcomers import Barrier, Filling, Lack
from shiftplan.analysis.advice.reach import most_each, most_filled
from shiftplan.analysis.advice.results import Gain
from shiftplan.analysis.advice.typical import Typical, empty_seats, free_ids, windows_of
from shiftplan.analysis.candidates import Candidates
from shiftplan.problem import Problem
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Assignment, Change, Roster


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
    return _told(Newcomers((), problem, roster), found, typical)


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


def _told(first: Newcomers, found: Newcomers, typical: Typical) -> Filling:
    problem = first.problem
    before, after = (_by_skill(c) for c in (first, found))
    model = build(problem)
    day = problem.horizon.start
    each = min(typical.shifts or most_each(model), most_each(model))
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
    changes = first.roster.changes_to(found.roster)
    return Filling(
        tuple(lacks),
        found.people,
        tuple(sorted(homes.items(), key=lambda item: (-item[1], item[0]))),
        max((lack.at_least for lack in lacks), default=0),
        found.left,
        check(problem, first.roster).total - check(found.problem, found.roster).total,
        found.asked,
        barriers(found, typical),
        sum(change.assignment.volunteer_id not in new for change in changes),
        typical,
        found.roster,
        found.problem,
    )


def _by_skill(crew: Newcomers) -> Counter[tuple[str | None, int]]:
    """(Skill or None, level) -> empty seats."""
    empty: Counter[tuple[str | None, int]] = Counter()
    for (_, skill, level), lacking in empty_seats(crew.problem, crew.roster).items():
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
