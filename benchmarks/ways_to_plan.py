"""Ways to plan the next week of a life, from each week alone to a look ahead.

(`Life`, `Effort`) -> `Planner`; a week and the weeks before -> `Roster`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.life import Life
from shiftplan.problem import Problem
from shiftplan.seasons.joined import PlannedWeek, Resampled, join_weeks, plan_ahead, pro_rata
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

_KNOWN = 6
"""Weeks from which weeks to come are drawn."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard the ways try."""

    gap: float = 0.0005
    time_limit: float = 300.0
    """Seconds for each plan."""
    price: int = 200
    """Price of a shift beyond the due part of a hard limit."""
    candidates: int = 3
    samples: int = 2
    depth: int = 2
    """Drawn weeks that candidates are scored on."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Ways to plan the next week of a life."""

    life: Life
    effort: Effort

    def alone(self, week: Problem, _: Sequence[PlannedWeek]) -> Roster:
        """As if there had been no week before."""
        return self._solve(week.model_copy(update={"history": ()}))

    def history(self, week: Problem, _: Sequence[PlannedWeek]) -> Roster:
        """With the history of the weeks before."""
        return self._solve(week)

    def due(self, week: Problem, past: Sequence[PlannedWeek]) -> Roster:
        """With what is due pro rata."""
        left = self._weeks_left(week, len(past))
        return self._solve(pro_rata(week, left, price=self.effort.price))

    def scored(self, week: Problem, past: Sequence[PlannedWeek]) -> Roster:
        """With candidates scored on drawn weeks."""
        return self._ahead(week, past, None)

    def both(self, week: Problem, past: Sequence[PlannedWeek]) -> Roster:
        """With candidates scored on drawn weeks, all with what is due pro rata."""
        return self._ahead(week, past, self._weeks_left(week, len(past)))

    def announced(self, week: Problem, past: Sequence[PlannedWeek]) -> Roster:
        """With all that will be announced, so that only who stays away is not known."""
        later = range(len(past) + 1, self.life.size.weeks)
        roster = self._solve(join_weeks([week, *map(self.life.week, later)]))
        own = {s.shift_id for s in week.shifts}
        return Roster.of(a for a in roster.assignments if a.shift_id in own)

    def _solve(self, problem: Problem) -> Roster:
        found = solve(problem, time_limit=self.effort.time_limit, workers=1, gap=self.effort.gap)
        return found.require_roster()

    def _weeks_left(self, week: Problem, number: int) -> float:
        """Weeks to come as a forecast of demand weighs them against this one."""
        later = sum(self.life.forecast(n) for n in range(number + 1, self.life.size.weeks))
        return 1 + later / self.life.forecast(number)

    def _ahead(
        self, week: Problem, past: Sequence[PlannedWeek], weeks_left: float | None
    ) -> Roster:
        number, effort = len(past), self.effort
        count = min(effort.depth, self.life.size.weeks - 1 - number)
        if count == 0:
            return self._solve(week)
        known = [planned.problem for planned in past] + [week]
        usual = self.life.usual_weeks(range(number + 1))[-_KNOWN:] or [number]
        pool = Resampled([known[n] for n in usual], week)

        def draw(nth: int) -> list[Problem]:
            chance = random.Random(f"{number} {nth}")
            drawn = pool.draw(count, chance)
            return [
                self.life.imagined(next_, number + 1 + i, chance) for i, next_ in enumerate(drawn)
            ]

        found = plan_ahead(
            week,
            draw,
            weeks_left=weeks_left,
            price=self.effort.price,
            candidates=effort.candidates,
            samples=effort.samples,
            time_limit=effort.time_limit,
            workers=1,
            gap=effort.gap,
        )
        return found.best.roster


WAYS: Mapping[str, Callable[[Planner, Problem, Sequence[PlannedWeek]], Roster]] = {
    "each week alone": Planner.alone,
    "history": Planner.history,
    "pro rata": Planner.due,
    "scored candidates": Planner.scored,
    "both": Planner.both,
    "all announced": Planner.announced,
}
