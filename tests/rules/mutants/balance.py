"""Wrong statements of the rules on balances of hours and unpopular shifts."""

from __future__ import annotations

from mutants.mutant import table

WRONG_POSTS = table(
    """
    balance_hours post:
        -np.sort(-( -> np.sort((
        >= arrays.max_shifts -> > arrays.max_shifts
        if self.which.is_all: -> if True:
        h[v] + nth -> nth
        + 0.5 -> + 0.0
        np.ceil( -> np.floor(
        price, 60 * block // max(unit, 1) -> price
        self.which, self.group -> (), self.group
        inside(self.which) -> inside(())
        self.which, self.group -> self.which
    balance_undesired post:
        before[v] + i -> i
        now + earlier -> now
        self.which, self.group -> self.which
    balance_undesired _counted:
        == UNDESIRED -> != UNDESIRED
    balance_shifts post:
        offered_of(self.which) -> offered_of(())
        self.which, self.group -> self.which
        self.which, self.group -> (), self.group
    balance_shifts _before:
        arrays.tallied(name, self.shifts) -> 0 * arrays.tallied(name, self.shifts)
        self.where, self.hours -> self.hours
    balance_shifts _prices:
        2 * nth - 1 -> 2 * nth
    balance_far post:
        now + earlier -> now
        self.which, self.group -> self.which
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
        [:case.offers.most(volunteer)] -> NOTHING
    balance_hours _past:
        not self.which.is_all -> False
    balance_shifts _past:
        'named_worked' -> 'named_offered'
        self.which != Which(self.shifts) -> False
    balance_shifts _counts:
        case.offers.count(volunteer, which) -> case.offers.count(volunteer)
    balance_far _counts:
        () if volunteer.mobile else -> NOTHING
        > self.beyond_km -> >= self.beyond_km
    """
)
