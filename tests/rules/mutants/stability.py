"""Wrong statements of the rules on changes of a published roster."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    stability post:
        self.weight + np.where -> np.where
        np.where(told, self.told_weight, 0) -> np.where(told, 0, self.told_weight)
        (key < 0) & inside[model.pairs.shift] -> key < 0
        kept = inside[where] -> kept = inside[where] | True
        .complement() -> NOTHING
    stability forbid:
        forbidden[who, where] = False -> NOTHING
        forbidden[:, self._inside(arrays)] -> forbidden[:, :]
    stability _inside:
        arrays.day >= first -> arrays.day > first
        arrays.day <= last -> arrays.day < last
    """
)

WRONG_CHECKS = table(
    """
    stability check:
        if told[who, where] else 0 -> NOTHING
        worked ^ told.keys() -> told.keys() - worked
    stability concerns:
        self.first_day <= day -> self.first_day < day
        day <= self.last_day -> day < self.last_day
    """
)
