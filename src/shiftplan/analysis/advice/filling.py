"""What advice says of the new people who fill empty seats, and which hard rules keep more out.

(`Problem`, `Roster`, `Typical`, `Newcomers`) -> `Filling` with a proven lower bound, by a largest
flow from people over times to seats.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from shiftplan.analysis.advice.crew import Newcomers, crew, profiles, with_people
from shiftplan.analysis.advice.gains import Gain
from shiftplan.analysis.advice.newcomers import (
    Barrier,
    Filling,
    Lack,
    Typical,
    empty_seats,
    free_ids,
    unseen_seats,
    windows_of,
)
from shiftplan.analysis.candidates import Candidates, comes
from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.week.records import Volunteer
from shiftplan.week.requirements import Conditions
from shiftplan.week.roster import Assignment, Roster


def filling(
    problem: Problem, roster: Roster, found: Newcomers, gains: Iterable[Gain], **limits: Any
) -> Filling:
    """Count the new people found for the empty seats of a roster, or fewer or better ones.

    Each new person is typical, can come at all times, and works at most `typical.shifts` shifts.
    With those `found`, everybody else works as before. Others are sought beside the new volunteer
    of `gains` who fills the most seats, with everybody as they work there: so no single step fills
    more than all new people, or as much with fewer. `limits` are those of `crew`.
    """
    steps = (gain for gain in gains if gain.step.kind == "volunteer" and gain.seats > 0)
    best = max(steps, key=lambda gain: gain.seats, default=None)
    if best is not None and (found.left or len(found.people) > 1):
        other = crew(_begun(problem, best, found.typical), **limits)
        found = min(found, other, key=lambda crew: (crew.left, len(crew.people)))
    return _told(problem, roster, found)


def _begun(problem: Problem, gain: Gain, typical: Typical) -> Newcomers:
    """The new volunteer of a gain, who can come at all times where no hard rule is against it."""
    person = gain.step.person
    assert person is not None
    changed = gain.step.apply(problem)
    windows = windows_of(person.volunteer_id, problem.shifts)
    free = changed.model_copy(update={"availability": (*problem.availability, *windows)})
    if check(free, gain.roster).is_feasible:
        changed = free
    return Newcomers(typical, (person,), changed, gain.roster)


def _told(problem: Problem, roster: Roster, found: Newcomers) -> Filling:
    before, after = _by_skill(problem, roster), _by_skill(found.problem, found.roster)
    model = build(problem)
    day = problem.horizon.start
    most_each = len(np.unique(model.pairs.exclusive))  # whatever people's own limits are
    each = min(found.typical.shifts or most_each, most_each)
    lacks = []
    for conditions in sorted(before):
        missing = least_empty(model, conditions)
        holders = sum(_meets(v, conditions, day) for v in found.people)
        left = after[conditions]
        at_least = -(-missing // each) if each else 0
        enough = None if left else holders
        lacks.append(Lack(conditions, before[conditions], left, at_least, enough))
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
        _barriers(found),
        sum(change.assignment.volunteer_id not in new for change in changes),
        found.typical,
        found.roster,
        found.problem,
    )


def _by_skill(problem: Problem, roster: Roster) -> Counter[Conditions]:
    """What people in the seats meet -> empty seats."""
    empty = unseen_seats(problem)
    for (_, conditions), lacking in empty_seats(problem, roster).items():
        empty[conditions] += lacking
    return empty


def _meets(person: Volunteer, conditions: Conditions, day: date) -> bool:
    """Whether a person meets all conditions on a date."""
    return all(one.is_met(lambda skill: person.level(skill, day)) for one in conditions)


def _barriers(crew: Newcomers) -> tuple[Barrier, ...]:
    """What stands against one more person in each seat that stays empty, most seats first.

    One person of the center is tried with each set of skills that new people may have; the set
    that breaks the fewest rules counts.
    """
    empty, shifts = empty_seats(crew.problem, crew.roster), crew.problem.shift_by_id
    if not empty:
        return ()
    tried = profiles(crew.problem, empty)
    homes = sorted({shifts[shift].center_id for shift, _ in empty})
    kinds = [(home, skills) for home in homes for skills in tried]
    ids = free_ids(crew.problem, (f"one more {i}" for i in range(len(kinds))))
    people = [crew.typical.person(who, *kind) for who, kind in zip(ids, kinds, strict=True)]
    candidates = Candidates(with_people(crew.problem, people), crew.roster)

    def broken(person: Volunteer, shift: str) -> tuple[str, ...]:
        found = candidates.broken(comes(shift, person.volunteer_id))
        if not found:
            # An idle person may break a rule as much without the shift: compare with nobody there.
            alone = with_people(crew.problem, [person])
            works = (*crew.roster.assignments, Assignment(shift, person.volunteer_id))
            found = check(alone, Roster(assignments=works)).broken
        return kinds_of(found)

    seats: Counter[str] = Counter()
    for (shift, conditions), lacking in empty.items():
        able = [
            person
            for person in people
            if person.home_center_id == shifts[shift].center_id
            and _meets(person, conditions, shifts[shift].day)
        ]
        fewest = min((broken(person, shift) for person in able), key=len, default=())
        seats.update(dict.fromkeys(fewest, lacking))
    return tuple(Barrier(*item) for item in sorted(seats.items(), key=lambda i: (-i[1], i[0])))


def least_empty(model: Model, conditions: Conditions) -> int:
    """Seats for people who meet conditions that stay empty in any roster, as a largest flow proves.

    Each person works the shifts that no rule forbids to them by itself, no more than hard limits
    let them, and one at a time where a rule says so. Other rules are left out, so that no roster
    fills more. Shifts that need not be held count for nothing: where nobody is, no seat is empty.
    """
    arrays, shifts_held = model.arrays, model.arrays.week.shift_by_id
    target = np.zeros(arrays.num_shifts, dtype=np.int64)
    for need in arrays.week.requirements:
        if need.conditions != conditions or need.shift_id is None:
            continue
        shift = shifts_held[need.shift_id]
        if not (shift.optional or shift.alternative):
            target[arrays.shift_index[need.shift_id]] = need.target
    who, where = model.pairs.volunteer, model.pairs.shift
    counted = target[where] > 0
    for condition in conditions:
        counted &= arrays.meets(condition)[who, where]
    who, where = who[counted], where[counted]
    classes = model.pairs.exclusive
    kinds = int(classes.max(initial=0)) + 1
    times, part = np.unique(who * kinds + classes[where], return_inverse=True)
    # Nodes: source, people, times of people, shifts, sink.
    people, slots = 1, 1 + arrays.num_volunteers
    shifts = slots + len(times)
    sink = shifts + arrays.num_shifts
    everybody, every = np.arange(arrays.num_volunteers), np.arange(arrays.num_shifts)
    tails = [np.zeros(len(everybody)), people + times // kinds, slots + part, shifts + every]
    heads = [people + everybody, slots + np.arange(len(times)), shifts + where]
    heads.append(np.full(len(every), sink))
    widths = [model.most_shifts, np.ones(len(times)), np.ones(len(part)), target]
    ends = (np.concatenate(tails).astype(np.int32), np.concatenate(heads).astype(np.int32))
    edges = (np.concatenate(widths).astype(np.int32), ends)
    graph = sparse.csr_array(edges, shape=(sink + 1, sink + 1))
    return int(target.sum()) - int(maximum_flow(graph, 0, sink).flow_value)
