"""Ways to plan a week of INRC-II while the weeks after it are unknown, and the time each gets.

Name of a policy -> `planner` -> `Stage` -> cells.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from benchmarks.inrc2 import roster_to_inrc2
from benchmarks.stage import SURPLUS, Stage
from shiftplan.problem import Problem
from shiftplan.solving.solve import solve

AHEAD, PRICED, FAR, ALONE = "look-ahead", "surplus", "two weeks ahead", "alone"
POLICIES: Mapping[str, Callable[[Stage, random.Random], Problem]] = {
    AHEAD: Stage.ahead,
    PRICED: partial(Stage.ahead, surplus=SURPLUS),
    FAR: partial(Stage.ahead, weeks=2, surplus=SURPLUS),
    ALONE: lambda stage, _: stage.alone(),
}
"""Name -> the problem whose first week is kept."""
GAP = 0.01
"""Proven gap at which a week is good enough: what comes after it is only guessed."""
Cells = dict[str, list[str]]
"""Nurse -> a cell for each day."""
Planner = Callable[[Stage], Cells]


@dataclass(slots=True)
class Clock:
    """Tells how long each week of a horizon may take."""

    per_week: float
    """Seconds for each week."""
    shared: bool = False
    """Whether these are one budget: time that a week leaves is shared by the weeks after it."""
    spent: float = 0.0
    """Seconds that the weeks before took."""

    def seconds(self, stage: Stage) -> float:
        """Seconds for the week of a stage, above 0 also when all is spent."""
        if not self.shared:
            return self.per_week
        budget = self.per_week * stage.num_weeks
        return max(0.01, (budget - self.spent) / (1 + stage.left))


def planner(policy: str, clock: Clock, *, workers: int, seed: int) -> Planner:
    """What a policy makes of a stage; it raises `NoRosterError` where it finds no roster."""
    rng = random.Random(seed)

    def plan(stage: Stage) -> Cells:
        began = time.monotonic()
        problem = POLICIES[policy](stage, rng)
        result = solve(
            problem, time_limit=clock.seconds(stage), workers=workers, seed=seed, gap=GAP
        )
        clock.spent += time.monotonic() - began
        return roster_to_inrc2(problem, result.require_roster())

    return plan
