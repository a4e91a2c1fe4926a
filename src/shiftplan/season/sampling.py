"""Weeks to come, drawn from weeks that were.

(Known weeks, seed) -> `Resampled` -> `Problem`s.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from shiftplan.problem import Problem
from shiftplan.rollover import new_week


class Resampled:
    """Draws next weeks: each person offers what they offered in one of the known weeks, and each
    center needs what it needed in one of them.
    """

    def __init__(self, known: Sequence[Problem]) -> None:
        self._known = known
        self._moved: dict[tuple[int, dt.date], Problem] = {}

    def draw(self, count: int, chance: random.Random) -> list[Problem]:
        last = self._known[-1]
        week = dt.timedelta(-(-last.horizon.days // 7) * 7)
        return [self._week(last.horizon.start + (i + 1) * week, chance) for i in range(count)]

    def _week(self, monday: dt.date, chance: random.Random) -> Problem:
        for i, problem in enumerate(self._known):
            if (i, monday) not in self._moved:
                self._moved[i, monday] = new_week(problem, monday).problem
        known = [self._moved[i, monday] for i in range(len(self._known))]
        last = known[-1]
        of_center = {c.center_id: chance.randrange(len(known)) for c in last.centers}
        people = {v.volunteer_id: [] for v in last.volunteers}
        for i, problem in enumerate(known):
            for v in problem.volunteers:
                if v.volunteer_id in people:
                    people[v.volunteer_id].append(i)
        of_person = {who: chance.choice(weeks) for who, weeks in people.items()}
        shifts, needs, demand, windows = [], [], [], []
        for i, problem in enumerate(known):
            mine = [s for s in problem.shifts if of_center[s.center_id] == i]
            ids = {s.shift_id for s in mine}
            shifts += mine
            needs += [r for r in problem.requirements if r.shift_id in ids]
            demand += [r for r in problem.demand if of_center[r.center_id] == i]
            windows += [w for w in problem.availability if of_person.get(w.volunteer_id) == i]
        return last.model_copy(
            update=dict(
                shifts=tuple(shifts),
                requirements=tuple(needs),
                demand=tuple(demand),
                availability=tuple(windows),
                history=(),
            )
        )
