"""People whose show rates are known, because they are drawn.

(`Problem`, seed) -> `Reliability`: how likely a person is to come in any circumstance.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np

from shiftplan.problem import Problem
from shiftplan.seasons.shows import ShowAnswer
from shiftplan.seasons.shows.fitting import Floats
from shiftplan.week.fields import WEEKDAYS

HOURS = {7: 0.1, 13: -0.1}
DAYS = dict(zip(WEEKDAYS, (-0.2, 0.0, 0.1, 0.1, 0.0, -0.3, -0.3), strict=True))
NOTICES = {12: -0.4, 48: 0.0, 120: 0.1}
ANSWERS: dict[ShowAnswer, float] = {"confirmed": 0.6, "unanswered": -0.9}
"""Effects on the log-odds of coming: of hours, days, hours of notice, and answers."""
_GROUPS = 0.3
"""Standard deviation of groups, in log-odds."""


class Reliability:
    """How likely each person of a week is to come.

    `usual`: rate of an ordinary person; `deviation`: of people, in log-odds; `insight`: how much
    the show rates stated in the week know of that, as a correlation.
    """

    def __init__(
        self, problem: Problem, usual: float, deviation: float, seed: int, insight: float = 0.0
    ) -> None:
        draw = np.random.default_rng(seed)
        groups = sorted({name for v in problem.volunteers for name in v.group})
        of_group = dict(zip(groups, draw.normal(0, _GROUPS, len(groups)), strict=True))
        own = np.sqrt(1 - insight**2) * draw.normal(0, deviation, len(problem.volunteers))
        own += insight * deviation * _stated(problem)
        self._odds = {
            v.volunteer_id: np.log(usual / (1 - usual))
            + sum(of_group[name] for name in v.group)
            + own[i]
            for i, v in enumerate(problem.volunteers)
        }

    @staticmethod
    def effect(start: dt.datetime, notice: int = 48, answer: ShowAnswer | None = None) -> float:
        """Effect of circumstances on the log-odds; `notice` is one of `NOTICES`."""
        when = DAYS[WEEKDAYS[start.weekday()]] + HOURS[7 if start.hour < 12 else 13]
        return when + NOTICES[notice] + (ANSWERS[answer] if answer else 0)

    def chance(
        self, who: str, start: dt.datetime, notice: int = 48, answer: ShowAnswer | None = None
    ) -> float:
        """Chance to come to a shift; `notice` is one of `NOTICES`."""
        odds = self._odds[who] + self.effect(start, notice, answer)
        return float(1 / (1 + np.exp(-odds)))

    def rates(self, *effects: Mapping[Any, float]) -> dict[str, float]:
        """Rate of each person, on average over some effects, each level as often as any other."""
        return self.rates_at(
            Counter(sum(levels) for levels in product(*(e.values() for e in effects)))
        )

    def rates_at(self, effects: Mapping[float, int]) -> dict[str, float]:
        """Rate of each person, on average over effects of circumstances, each so often."""
        mixed, times = np.array([*effects]), np.array([*effects.values()])
        return {
            who: float(np.average(1 / (1 + np.exp(-odds - mixed)), weights=times))
            for who, odds in self._odds.items()
        }


def _stated(problem: Problem) -> Floats:
    """Show rates stated, as log-odds with mean 0 and deviation 1; all 0 where they are alike."""
    rates = np.clip([v.show_rate for v in problem.volunteers], 0.01, 0.99)
    odds = np.log(rates / (1 - rates))
    spread = odds.std()
    return (odds - odds.mean()) / spread if spread > 0 else np.zeros(len(odds))
