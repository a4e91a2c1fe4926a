"""Wrong statements of the rules on balances of hours and unpopular shifts."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    balance_hours post:
        -np.sort(-( -> np.sort((
        >= arrays.max_shifts -> > arrays.max_shifts
        if not self.shifts: -> if True:
        h[v] + nth -> nth
        + 0.5 -> + 0.0
        np.ceil( -> np.floor(
        price, 60 * block // max(unit, 1) -> price
        in_set(self.shifts) -> in_set(())
        inside(self.shifts) -> inside(())
        & arrays.in_group(self.group) -> NOTHING
    balance_undesired post:
        state == UNDESIRED -> state != UNDESIRED
        u[v] + i -> i
        past(arrays, 'shifts_offered') + arrays.offered -> arrays.offered
        & arrays.in_group(self.group) -> NOTHING
    balance_shifts post:
        offered_of(self.shifts) -> offered_of(())
        in_set(self.shifts) -> in_set(())
        2 * i - 1 -> 2 * i
        & arrays.in_group(self.group) -> NOTHING
    balance_far post:
        not v.mobile -> True
        > self.beyond_km -> >= self.beyond_km
        arrays.home[model.pairs.volunteer] -> 0 * model.pairs.volunteer
        past(arrays, 'shifts_offered') + arrays.offered -> arrays.offered
        & arrays.in_group(self.group) -> NOTHING
    """
)

WRONG_CHECKS = table(
    """
    balance_hours check:
        math.ceil -> math.floor
        [:volunteer.max_shifts] -> NOTHING
        None if self.shifts else case -> case
    balance_shifts check:
        case.offers.count(volunteer, self.shifts) -> case.offers.count(volunteer)
    balance_far check:
        if volunteer.mobile -> if False
    balance_far _is_far:
        > self.beyond_km -> >= self.beyond_km
    """
)
