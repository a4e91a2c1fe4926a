"""Wrong statements of the rules on how many shifts a person gets."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    max_shifts post:
        limit, who -> limit - 1, who
        limit, who -> limit + 1, who
        model.most_shifts, limit -> model.most_shifts, limit - 1
        at_most -> at_least
    min_shifts post:
        np.minimum(asked, arrays.offered) -> asked
        np.minimum(asked, arrays.offered) -> np.maximum(asked, arrays.offered)
        at_least -> at_most
    floor post:
        np.minimum(min( -> np.maximum(min(
        offered_of(self.which) -> offered_of(())
        meant(self.which) -> meant(())
        in_group(self.group) -> in_group(())
        at_least -> at_most
    full_day post:
        full * more, 1 -> full * more, 2
        full * more -> full
        model.pairs.person_day -> model.pairs.day
    """
)

WRONG_CHECKS = table(
    """
    floor check:
        case.offers.count(volunteer, self.which) -> self.min_shifts
        count < due -> count <= due
    min_shifts check:
        case.offers.count(volunteer) -> volunteer.min_shifts
    full_day check:
        count > 1 -> count > 2
    """
)
