"""Wrong statements of the rules on even loads."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    fairness post:
        + i, q[v] -> + i + 1, q[v]
        before[v] + i -> i
        now + earlier -> now
        > 0)[ -> > 2)[
        self.which, self.group -> self.which
        self.which, self.group -> (), self.group
    fairness price_each:
        + 0.5 -> + 0.0
        nth + 1) -> nth + 2)
    fairness works:
        np.minimum(model.most_shifts -> np.minimum(model.most_shifts - 1
    leximin post:
        > 0)[ -> > 1)[
        now + earlier -> now
        self.which, self.group -> self.which
    leximin _prices:
        (nth - 1) / of -> nth / of
        range(1, self.power) -> range(2, self.power)
        np.minimum(self.weight * total / of, HIGHEST_PRICE) -> self.weight * total / of
    max_min post:
        load < step) -> load <= step)
        load < highest -> load <= highest
        self.up_to_percent - self.up_to_percent % _STEP -> self.up_to_percent + 5
        self, shifts, need, -> self, shifts, need + 1,
        & arrays.in_group(self.group)[:, None] -> NOTHING
        every[:-1]) - missed.take(every[1:]) -> every[1:]) - missed.take(every[:-1])
        nth + w[:, None] -> nth + 1 + w[:, None]
        nth + w[:, None] -> nth
        * need[people] -> * 1
        eased, -need[people] -> eased, 1 - need[people]
        self.up_to_percent + 1, -> self.up_to_percent,
    """
)

WRONG_CHECKS = table(
    """
    fairness check:
        before + i -> before + i + 1
    leximin check:
        self._now and now == 0 -> now == 1
    leximin _price:
        nth - 1 -> nth
        self.power - 1 -> self.power
        min(HIGHEST_PRICE, -> max(0,
    max_min _reached:
        >= step -> > step
        count >= offered -> False
    """
)
