"""Wrong statements of the rules on optional shifts."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    optional_minimum post:
        there * minimum -> there
        shifts[shift].optional -> True
        - people_counted -> + people_counted
    hold_optional post:
        exact=True -> exact=False
        .complement() -> NOTHING
        optional & model.arrays.in_set(self.which) -> optional
    """
)

WRONG_CHECKS = table(
    """
    optional_minimum check:
        case.people_in[need.shift_id] and -> NOTHING
        or not case.shifts[need.shift_id].optional -> NOTHING
    hold_optional check:
        shift.optional and -> NOTHING
        not case.team(shift) -> case.team(shift)
    """
)
