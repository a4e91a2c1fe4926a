"""What rosters of a model cost by the rules of a week of which the model is a changed one.

(`Model`, `Problem`) -> `OwnCosts`; values of the model's columns -> costs of levels.
"""

from __future__ import annotations

from collections.abc import Mapping

from shiftplan.engines.task import Array
from shiftplan.model import Model
from shiftplan.problem import Problem


class OwnCosts:
    """Costs by the rules of `week`; the model has all of them, and perhaps more."""

    def __init__(self, model: Model, week: Problem) -> None:
        self._costs = {
            level: model.cost_of([rule for rule in week.rules if rule.level == level])
            for level in week.levels
        }

    def levels(self, values: Array) -> Mapping[int, int]:
        """Level -> cost of values, float of shape (num_columns,)."""
        return {
            level: round(float((cost.matrix @ values[: cost.matrix.shape[1]] + cost.constant)[0]))
            for level, cost in self._costs.items()
        }
