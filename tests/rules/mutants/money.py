"""Wrong statements of the rules on money."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    budget post:
        + 30 -> NOTHING
        + fixed[who] -> NOTHING
        hourly[who] * minutes -> hourly[who] * 240
        self.which, self.group -> self.which, ()
        model.at_most(self, total, self.max_cost -> model.at_most(self, total, self.max_cost + 1
        model.at_most(self, total, self.max_cost -> model.at_most(self, total, self.max_cost - 1
    budget _labels:
        + 3) // 7 -> + 4) // 7
        datetime64[M] -> datetime64[Y]
        'day': np.arange(len(dates)) -> 'day': np.arange(len(dates)) // 2
        arrays.center, np.arange -> 0 * arrays.center, np.arange
    """
)

WRONG_CHECKS = table(
    """
    budget check:
        money > self.max_cost -> money >= self.max_cost
    """
)
