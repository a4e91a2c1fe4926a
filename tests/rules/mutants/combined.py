"""Wrong statements of the rule on shifts that ask for others."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    needs_too post:
        days = arrays.num_days if self.per == 'day' else 1 -> days = arrays.num_days
        pairs.person_day if -> pairs.volunteer if
        model.meant(self.which) -> model.meant(Which(self.then))
        model.meant(Which(self.then)) -> model.meant(self.which)
        arrays.in_group(self.group) -> arrays.in_group(())
        self.how == 'any' -> True
        self.how == 'any' -> False
        asked - works, 0 -> asked - works, 1
        lacking, 0 -> lacking, 1
    """
)

WRONG_CHECKS = table(
    """
    needs_too check:
        self.how == 'any' and (not held) -> self.how == 'any'
        shift.shift_id not in held -> True
        if self.how == 'all' else () -> NOTHING
    """
)
