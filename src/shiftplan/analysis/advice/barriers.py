"""Which hard rules stand between new people and the seats that stay empty.

`Newcomers` -> `Barrier`s.
"""

from __future__ import annotations

from collections import Counter

from shiftplan.analysis.advice.crew import Newcomers, profiles, with_people
from shiftplan.analysis.advice.newcomers import Barrier
from shiftplan.analysis.advice.typical import Typical, empty_seats, free_ids
from shiftplan.analysis.candidates import Candidates
from shiftplan.rules.base import kinds_of
from shiftplan.scoring.check import check
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Assignment, Change, Roster


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
