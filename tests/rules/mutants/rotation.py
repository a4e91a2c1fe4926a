"""Wrong statements of the rule on rotations."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    rotation post:
        model.arrays.in_group(self.group) -> model.arrays.in_group(())
        .days + number -> .days + number + 1
        (start - self.first_day).days -> 0
        like.complement(), 0 -> like.complement(), 1
        over=False -> over=True
        not day.negated -> True
        not day.negated -> False
        self._starts(model, 1) -> range(total)
    rotation _days_like:
        and (not shifts_alone) -> NOTHING
    """
)

WRONG_CHECKS = table(
    """
    rotation check:
        (date - self.first_day).days % len(days) -> number % len(days)
        self.which.has_day(date) and -> NOTHING
        not meant.negated -> True
        not meant.negated -> False
    """
)
