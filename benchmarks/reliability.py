"""People whose show rates are known, because they are drawn.

(`Problem`, seed) -> `Reliability`: how likely a person is to come in any circumstance.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np

from shiftplan.problem import Problem
from shiftplan.seasons.shows import ShowAnswer
from shiftplan.week.fields import WEEKDAYS

HOURS = {7: 0.1, 13: -0.1}
DAYS = dict(zip(WEEKDAYS, (-0.2, 0.0, 0.1, 0.1, 0.0, -0.3, -0.3), strict=True))
NOTICES = {12: -0.4, 48: 0.0, 120: 0.1}
ANSWERS: dict[ShowAnswer, float] = {"confirmed": 0.6, "unanswered": -0.9}
"""Effects on the log-odds of coming: of hours, days, hours of notice, and answers."""
_GROUPS = 0.3
"""Standard deviation of groups, in log-odds."""


class Reliability:
    """How likely each person of a week is to come."""

    def __init__(self, problem: Problem, usual: float, deviation: float, seed: int) -> None:
        draw = np.random.default_rng(seed)
        groups = sorted({name for v in problem.volunteers for name in v.group})
        of_group = dict(zip(groups, draw.normal(0, _GROUPS, len(groups)), strict=True))
        self._odds = {
            v.volunteer_id: np.log(usual / (1 - usual))
            + sum(of_group[name] for name in v.group)
            + draw.normal(0, deviation)
            for v in problem.volunteers
        }

    def chance(
        self, who: str, start: dt.datetime, notice: int = 48, answer: ShowAnswer | None = None
    ) -> float:
        """Chance to come to a shift; `notice` is one of `NOTICES`."""
        odds = self._odds[who] + DAYS[WEEKDAYS[start.weekday()]] + NOTICES[notice]
        odds += HOURS[7 if start.hour < 12 else 13] + (ANSWERS[answer] if answer else 0)
        return float(1 / (1 + np.exp(-odds)))

    def rates(self, *effects: Mapping[Any, float]) -> dict[str, float]:
        """Rate of each person, on average over some effects, each level as often as any other."""
        mixed = np.array([sum(levels) for levels in product(*(e.values() for e in effects))])
        return {
            who: float((1 / (1 + np.exp(-odds - mixed))).mean()) for who, odds in self._odds.items()
        }
