"""Wrong statements of the rule on dates beside days off."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    beside_days_off post:
        model.meant(self.which, self.group) -> model.meant(self.which)
        model.meant(self.which, self.group) -> model.meant((), self.group)
    beside_days_off _beside:
        wish.shifts or wish.state == 'for' -> wish.shifts
        wish.shifts or wish.state == 'for' -> wish.state == 'for'
        .days + 1] -> .days]
        free = off | weekend -> free = off
        np.arange(-1, total + 1) -> np.arange(total + 2)
        & ~free[:, 1:-1] -> & ~itself
        & ~free[:, 1:-1] -> & ~weekend[1:-1]
        free[:, :-2] & free[:, 2:] -> free[:, :-2]
        after & ~itself) -> before & ~itself)
        before | after) & ~itself -> before | after)
    """
)

WRONG_CHECKS = table(
    """
    beside_days_off check:
        wish.state == 'against' and -> NOTHING
        and (not wish.shifts) -> NOTHING
    beside_days_off _is_beside:
        if day in off: -> if False:
        self.sides != 'after' and after in off -> after in off
        and (not self._is_weekend(day)) -> NOTHING
    """
)
