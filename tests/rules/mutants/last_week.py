"""Wrong statements of the rule on work as in the last week."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    as_last_week post:
        (0, 1, 2) -> (0, 1)
        (0, 2) -> (2,)
        s.start.weekday() -> s.end.weekday()
        name not in known -> name in known
        if row.last_week -> NOTHING
        model.meant(self.which, self.group) -> model.meant(self.which)
    """
)

WRONG_CHECKS = table(
    """
    as_last_week check:
        if known else () -> NOTHING
    as_last_week _is_like:
        int(minute) -> int(minute) + 1
        self.same in ('time', 'day') or -> NOTHING
        self.same in ('all', 'time') and -> NOTHING
    """
)
