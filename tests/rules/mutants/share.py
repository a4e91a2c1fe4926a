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
        asked - arrays -> asked - 0 * arrays
        np.minimum(asked, arrays.offered) -> np.maximum(asked, arrays.offered)
        at_least -> at_most
    floor post:
        np.minimum(asked, -> np.maximum(asked,
        offered_of(self.which) -> offered_of(())
        int(given.max(initial=0))) - given -> int(given.max(initial=0)))
        meant(self.which) -> meant(())
        in_group(self.group) -> in_group(())
        at_least -> at_most
    full_day post:
        full * more, ~given * 1 -> full * more, ~given * 1 + 1
        full * more, ~given * 1 -> full * more, 1
        - ~given, 1 -> - 1, 1
        full * more -> full
        model.pairs.person_day -> model.pairs.day
    """
)

WRONG_CHECKS = table(
    """
    max_shifts check:
        limit - given, 0 -> limit - given, -9
        limit - given -> limit
    floor check:
        volunteer, self.which) + given) -> volunteer, self.which))
        volunteer, self.which)) + given -> volunteer, self.which))
        case.offers.count(volunteer, self.which) -> self.min_shifts
        count < due -> count <= due
    min_shifts check:
        case.offers.count(volunteer) -> volunteer.min_shifts
    full_day check:
        own + given[day] > 1 -> own + given[day] > 2
        own + given[day] > 1 -> own > 1
    """
)
