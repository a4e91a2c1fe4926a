"""What rosters cost by a week's own rules while a changed problem is solved.

(`Model` of the changed problem, week), values of columns -> `Progress` in the units of the week.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shiftplan.model import Model
from shiftplan.problem import Problem
from shiftplan.solving.result import Progress

Array = np.ndarray[Any, Any]


class OwnCosts:
    """Costs by the rules and rates of a week whose rules are among those of the problem solved."""

    def __init__(self, model: Model, week: Problem) -> None:
        soft = [rule for rule in week.rules if not rule.hard]
        self._cost = {
            level: model.cost_of([rule for rule in soft if rule.level == level])
            for level in week.levels
        }
        self._rate_of = week.rate_of
        self._last: tuple[Array | None, dict[int, int]] = (None, {})

    def told(self, progress: Progress, values: Array | None) -> Progress:
        """The moment as the week prices it; nothing is proven of the week's own total."""
        if values is not self._last[0]:
            self._last = values, {} if values is None else self._levels(values)
        levels = dict(self._last[1])
        total = sum(self._rate_of[level] * cost for level, cost in levels.items())
        return Progress(progress.seconds, None if values is None else total, None, levels)

    def _levels(self, values: Array) -> dict[int, int]:
        return {
            level: round(float((cost.matrix @ values[: cost.matrix.shape[1]] + cost.constant)[0]))
            for level, cost in self._cost.items()
        }
