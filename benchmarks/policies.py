"""Ways to plan a week of INRC-II while the weeks after it are unknown.

Name of a policy -> `planner` -> `Stage` -> cells.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping

from benchmarks.inrc2 import roster_to_inrc2
from benchmarks.outlook import Needs, Outlook
from benchmarks.stage import Stage
from shiftplan import check
from shiftplan.engines.task import Deadline
from shiftplan.problem import Problem
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

ALONE, AHEAD, SAMPLED = "alone", "two weeks ahead", "several futures"
POLICIES: Mapping[str, Callable[[Stage, random.Random], Problem]] = {
    ALONE: lambda stage, _: stage.alone(),
    AHEAD: Stage.ahead,
    SAMPLED: Stage.ahead,
}
"""Name -> the problem whose first week is kept; for `SAMPLED` where it finds no roster itself."""
FUTURES = 4
"""Next weeks that are drawn for `SAMPLED`."""
WEEKS_AHEAD = 3
"""Weeks after this one that it looks at."""
GAP = 0.01
"""Proven gap at which a week is good enough: what comes after it is only guessed."""
Cells = dict[str, list[str]]
"""Nurse -> a cell for each day."""
Planner = Callable[[Stage], Cells]


def planner(policy: str, seconds: float, *, workers: int, seed: int) -> Planner:
    """What a policy makes of a stage in so many seconds; `NoRosterError` if it finds no roster."""
    rng = random.Random(seed)

    def plan(stage: Stage) -> Cells:
        began = time.monotonic()
        problem, roster = stage.alone(), None
        if policy == SAMPLED and stage.left:
            roster = over_futures(stage, rng, seconds, seed)
        if roster is None:
            problem = POLICIES[policy](stage, rng)
            left, gap = seconds - (time.monotonic() - began), GAP if stage.left else 0.0
            result = solve(
                problem,
                time_limit=max(left, min(seconds, 1.0)),
                workers=workers,
                seed=seed,
                gap=gap,
            )
            roster = result.require_roster()
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
