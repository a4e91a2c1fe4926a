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
from benchmarks.outlook import Needs, Outlook
from benchmarks.stage import SURPLUS, Stage
from shiftplan import check
from shiftplan.engines.task import Deadline
from shiftplan.problem import Problem
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

AHEAD, PRICED, FAR, ALONE = "look-ahead", "surplus", "two weeks ahead", "alone"
SAMPLED = "several futures"
POLICIES: Mapping[str, Callable[[Stage, random.Random], Problem]] = {
    AHEAD: Stage.ahead,
    PRICED: partial(Stage.ahead, surplus=SURPLUS),
    FAR: partial(Stage.ahead, weeks=2, surplus=SURPLUS),
    ALONE: lambda stage, _: stage.alone(),
}
"""Name -> the problem whose first week is kept."""
NAMES = (*POLICIES, SAMPLED)
"""All policies."""
FUTURES = 4
"""Next weeks that are drawn for `SAMPLED`."""
WEEKS_AHEAD = 3
"""Weeks after this one that it looks at."""
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
        began, seconds = time.monotonic(), clock.seconds(stage)
        problem, roster = stage.alone(), None
        if policy == SAMPLED and stage.left:
            roster = over_futures(stage, rng, seconds, seed)
        if roster is None:
            make = stage.ahead if policy == SAMPLED else partial(POLICIES[policy], stage)
            problem = make(rng)
            left, gap = seconds - (time.monotonic() - began), GAP if stage.left else 0.0
            result = solve(
                problem,
                time_limit=max(left, min(seconds, 1.0)),
                workers=workers,
                seed=seed,
                gap=gap,
            )
            roster = result.require_roster()
        clock.spent += time.monotonic() - began
        return roster_to_inrc2(problem, roster)

    return plan


def over_futures(stage: Stage, rng: random.Random, seconds: float, seed: int) -> Roster | None:
    """A roster of the week that is good for several next weeks; None when none holds in time.

    It takes one process. Limits that lie beyond the weeks drawn are due in part.
    """
    deadline = Deadline(seconds)
    weeks = [stage.drawn(rng) for _ in range(min(WEEKS_AHEAD, stage.left))]
    outlook = Outlook(
        stage.followed_by([{**week, "shiftOffRequests": []} for week in weeks]),
        seed,
        Deadline(seconds / 2),
    )
    if not outlook.usable:
        return None
    nexts = [weeks[0], *(stage.drawn(rng) for _ in range(FUTURES - 1))]
    futures = [Needs.of(stage.followed_by([week, *weeks[1:]])) for week in nexts]
    roster = outlook.first_week(futures, deadline)
    return roster if check(stage.alone(), roster).is_feasible else None
