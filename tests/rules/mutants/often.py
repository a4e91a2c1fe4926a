"""Wrong statements of the rules on how often patterns of days come."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    min_patterns post:
        over=False -> over=True
        -self.min_times -> -1
        like.complement() - missed.take(rows), 0 -> like.complement() - missed.take(rows), 1
    min_patterns _post:
        arrays.in_group(self.group) -> arrays.in_group(())
        np.bincount(rows, -> np.bincount(rows[:0],
        len(pattern_days(self.pattern)) - 1 -> 0
    max_patterns post:
        count - 1) -> count)
        self.max_times -> self.max_times + 1
    max_patterns _days_so:
        over=True -> over=False
        count[rows] += 1 -> count += 1
    max_patterns _post:
        np.isin(last, days) -> np.isin(first, days)
        who[some] * size + i -> who[some] * size
    """
)

WRONG_CHECKS = table(
    """
    min_patterns check:
        beyond > 0 -> beyond > 1
        limit - count if self._least else count - limit -> count - limit
    max_patterns check:
        beyond > 0 -> beyond > 1
        start + len(days) - 1 -> max(start, 0)
        self._matches if self._least else self._breaches -> self._matches
        day in dates -> True
    """
)
