"""A week that was planned before, repaired as a whole after its tables became different.

(`Problem`, roster that people know) -> the same with changes priced -> `solve` -> `Repair`.
"""

from __future__ import annotations

import time

from shiftplan.analysis.repair.aim import repaired, usual_level, with_stability
from shiftplan.analysis.repair.outcome import Repair
from shiftplan.engines.params import DEFAULTS
from shiftplan.problem import Problem
from shiftplan.problem.changes import still_allowed
from shiftplan.rules import Stability
from shiftplan.scoring.check import check
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

_LEAST = 0.5
"""Seconds that the proof gets in any case."""


def repair_week(
    problem: Problem,
    roster: Roster,
    *,
    time_limit: float,
    gap: float = 0.0,
    workers: int | None = None,
    seed: int = 0,
    hint: Roster | None = None,
) -> Repair:
    """Repair a roster by planning the whole week again, at a price for each change.

    The week is solved with the rule `stability`, and then by its own rules alone, from the roster
    that was found: that proves how good it is.

    Parameters
    ----------
    problem
        The week as it is now. Where it has no soft rule `stability`, one is added with its usual
        weights, as if a row of the table said so; rates stay.
    roster
        What people know.
    time_limit
        Seconds for both searches, more than 0.
    gap, workers, seed
        As `solve` takes them.
    hint
        Where the search starts; None for `roster`.

    Returns
    -------
    Repair
        Costs and the bound are those of the week's own rules. Without a roster where hard rules
        contradict each other or time was too short.
    """
    began = time.monotonic()
    base = still_allowed(problem, roster)
    week = problem.with_changes(roster=base)
    aim = _aim_of(problem, week)
    found = solve(
        aim,
        time_limit=DEFAULTS.repair.again_share * time_limit,
        workers=workers,
        seed=seed,
        gap=gap,
        hint=base if hint is None else hint,
    )
    bound = None
    if found.roster is not None:
        left = max(_LEAST, time_limit - (time.monotonic() - began))
        proof = solve(
            problem, time_limit=left, workers=workers, seed=seed, gap=gap, hint=found.roster
        )
        bound = proof.total.bound
    before = check(problem, roster)
    return repaired(
        problem, aim, found, bound, began=began, before=before, published=roster, base=base
    )


def _aim_of(problem: Problem, week: Problem) -> Problem:
    """The week with what people know, and with the price of changes.

    A week that names its price and what was published says itself what counts.
    """
    if not any(isinstance(rule, Stability) and not rule.hard for rule in problem.rules):
        rules = with_stability(week, week.rules, usual_level(week), None)
        return week.model_copy(update={"rules": rules})
    return problem if problem.published else week
