"""Weeks to come, drawn from weeks that were.

Known weeks -> `Resampled` -> `Problem`s of the next weeks.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from shiftplan.errors.allowed import FromOne
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.seasons.rollover import new_week


class Resampled:
    """Draws weeks to come by person and center from known weeks.

    In a drawn week each person offers what the person offered in one of the known weeks, and each
    center has the shifts, needs and demand that it had in one of them, each drawn for itself. So
    habits of people and sizes of centers stay; what happens to many at once is not foreseen.
    Called with the number of a draw, it draws for `plan_ahead`.
    """

    def __init__(self, known: Sequence[Problem], last: Problem, *, weeks: int = 1) -> None:
        """Take weeks to draw from.

        Parameters
        ----------
        known
            Weeks up to the last one, of the same centers, one at least.
        last
            The week before those to be drawn. Drawn weeks have its people, centers and rules;
            somebody whom no known week knows offers what the last week says.
        weeks
            Weeks in a row that a call draws, 1 or more.

        Raises
        ------
        InputError
            If an option is out of range.

        """
        check_options(("weeks", weeks, FromOne))
        self._weeks = weeks
        self._known, self._last = tuple(known), last
        self._moved = cache(self._move)

    def __call__(self, number: int) -> list[Problem]:
        """The weeks right after the last one; the same for the same number of a draw."""
        return self.draw(self._weeks, random.Random(number))

    def draw(self, count: int, chance: random.Random) -> list[Problem]:
        """Draw so many weeks in a row, without history, pins and wishes; ids of shifts are new."""
        week = dt.timedelta(-(-self._last.horizon.days // 7) * 7)
        start = self._last.horizon.start
        return [self._week(start + (i + 1) * week, chance) for i in range(count)]

    def _move(self, index: int, first: dt.date) -> Problem:
        weeks = (*self._known, self._last)
        moved = new_week(weeks[index], first).problem
        tables = {
            name: tuple(
                row.model_copy(update={"shift_id": f"{row.shift_id} drawn for {first}"})
                for row in getattr(moved, name)
            )
            for name in ("shifts", "requirements")
        }
        return moved.model_copy(update=tables)

    def _week(self, first: dt.date, chance: random.Random) -> Problem:
        count = len(self._known)
        week = self._moved(count, first)
        drawn = {c.center_id: chance.randrange(count) for c in week.centers}
        people = [{v.volunteer_id for v in known.volunteers} for known in self._known]
        source = {
            v.volunteer_id: chance.choice(
                [i for i in range(count) if v.volunteer_id in people[i]] or [count]
            )
            for v in week.volunteers
        }
        values: dict[str, tuple[Any, ...]] = defaultdict(tuple, history=())
        for i in range(count + 1):
            moved = self._moved(i, first)
            own = [s for s in moved.shifts if drawn[s.center_id] == i]
            ids = {s.shift_id for s in own}
            values["shifts"] += (*own,)
            values["requirements"] += (*(n for n in moved.requirements if n.shift_id in ids),)
            values["demand"] += (*(row for row in moved.demand if drawn[row.center_id] == i),)
            offered = (w for w in moved.availability if source.get(w.volunteer_id) == i)
            values["availability"] += (*offered,)
        return week.model_copy(update=values)
