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
        before[v] + i -> i
        now + arrays.past(self._offered) -> now
        & arrays.in_group(self.group) -> NOTHING
    balance_undesired _counted:
        == UNDESIRED -> != UNDESIRED
    balance_shifts post:
        offered_of(self._names) -> offered_of(())
        & arrays.in_group(self.group) -> NOTHING
    balance_shifts _counted:
        in_set(self._names) -> in_set(())
    balance_shifts _prices:
        2 * nth - 1 -> 2 * nth
    balance_far post:
        now + arrays.past(self._offered) -> now
        & arrays.in_group(self.group) -> NOTHING
    balance_far _counted:
        not v.mobile -> True
        > self.beyond_km -> >= self.beyond_km
        arrays.home[who] -> 0 * who
    """
)

WRONG_CHECKS = table(
    """
    balance_hours _counts:
        math.ceil -> math.floor
        [:volunteer.max_shifts] -> NOTHING
    balance_hours check:
        before = 0.0 if self._names else -> before =
    balance_shifts _counts:
        case.offers.count(volunteer, names) -> case.offers.count(volunteer)
    balance_far _counts:
        () if volunteer.mobile else -> NOTHING
        > self.beyond_km -> >= self.beyond_km
    """
)
