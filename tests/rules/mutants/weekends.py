"""Wrong statements of the rules on weekends with work in a row."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_consecutive_weekends _weekends:
        weekend >= 0 -> weekend > 0
        meant(self.which) -> meant(())
    max_consecutive_weekends _before:
        {} if is_part else -> NOTHING
        arrays.in_group(self.group) -> arrays.in_group(())
    max_consecutive_weekends post:
        (before or 0) >= self.max_weekends -> (before or 0) > self.max_weekends
        last + (before or 0) -> last
        range(count) if -> range(count - 1) if
        length - 1, -> length,
        self.max_weekends, 0)) for -> self.max_weekends + 1, 0)) for
    min_consecutive_weekends post:
        exact=True -> exact=False
        length - 1, -> length,
        self.weight * lacking -> self.weight
        (i, start - 1, -1.0) -> (i, start, 0.0)
    min_consecutive_weekends _short:
        range(min(self.min_weekends, end)) -> range(1, min(self.min_weekends, end))
        self.last_run == 'counted' -> 0
        before is not None and -> NOTHING
        length + (before or 0) -> length
        range(1, end - length) -> range(2, end - length)
        range(1, end - length) -> range(1, end - length - 1)
    """
)

WRONG_CHECKS = table(
    """
    max_consecutive_weekends check:
        run > self.max_weekends -> run >= self.max_weekends
        self._carried(case, volunteer) or 0 -> 0
    max_consecutive_weekends _carried:
        history is None or not self.which.is_all -> history is None
    max_consecutive_weekends _on:
        not numbers.isdisjoint(run) -> numbers.issuperset(run)
    min_consecutive_weekends check:
        first + length < len(dates) or -> NOTHING
        first or carried is not None -> True
        0 if first else carried or 0 -> 0
    """
)
