"""A result of what a repair minimised, told by the week's own rules.

(Week, `Result` of its aim, bound) -> `Result` of the week.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from shiftplan.problem import Problem
from shiftplan.rules import Stability
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import equity
from shiftplan.scoring.fairness import fairness
from shiftplan.solving.result import Cost, Result

log = logging.getLogger("shiftplan")


def only_forbids(before: Problem, after: Problem) -> bool:
    """Whether every roster of the later problem is one of the earlier, at no higher cost there."""
    is_priced = any(isinstance(rule, Stability) for rule in before.rules)
    if is_priced and before.published not in ((), after.published):
        return False
    same = (n for n in Problem.model_fields if n not in ("pins", "published"))
    return set(before.pins) <= set(after.pins) and all(
        getattr(before, name) == getattr(after, name) for name in same
    )


def by_own_rules(week: Problem, found: Result, bound: int | None, seconds: float) -> Result:
    """The result with costs by the rules and rates of the week, and a bound of their total."""
    if found.roster is None:  # what was proven is proven of the aim, not of the week
        return replace(
            found,
            total=Cost(None, None),
            levels={},
            seconds=seconds,
            history=(),
            problem_digest=week.digest,
        )
    score = check(week, found.roster)
    if bound is not None and bound > score.total:
        log.warning(
            "a roster costs %s, so the bound given, %s, cannot be right", score.total, bound
        )
        bound = None
    return replace(
        found,
        score=score,
        total=Cost(score.total, bound),
        levels={level: Cost(cost, None) for level, cost in score.levels.items()},
        fairness=fairness(week, found.roster),
        equity=equity(week, found.roster),
        seconds=seconds,
        history=(),  # what the search told on the way was of the aim
        problem_digest=week.digest,
    )
