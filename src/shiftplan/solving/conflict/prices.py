"""What people give up, ranked: the price of a member of a contradiction.

Kind of rule -> price.

A pin is a decision that somebody made and can take back: 1. What a team or a center gets, and how
the work is organised: 3. What people said of themselves, and what they were promised: 10. Health,
rest, room, skill and beginners' safety: 30. Nobody can be at two places, so that is never given
up. Ways out are ranked by the sum of their prices, then by the number of members, then by the sum
of the amounts.
"""

from __future__ import annotations

from collections.abc import Mapping

DECISION, SERVICE, PROMISE, SAFETY = 1, 3, 10, 30
_PRICES: Mapping[str, int] = {
    "pins": DECISION,
    "max_shifts": PROMISE,
    "max_distance": PROMISE,
    "available": PROMISE,
    "max_shift_count": PROMISE,
    "min_shift_count": PROMISE,
    "max_minutes": PROMISE,
    "min_minutes": PROMISE,
    "floor": PROMISE,
    "max_weekends": PROMISE,
    "preferences": PROMISE,
    "stability": PROMISE,
    "capacity": SAFETY,
    "qualified": SAFETY,
    "min_rest": SAFETY,
    "forbidden_succession": SAFETY,
    "max_consecutive_days": SAFETY,
    "max_consecutive_days_off": PROMISE,
    "mentor": SAFETY,
    "never_alone": SAFETY,
}
NEVER = frozenset({"one_place", "input"})
"""Rules that nobody can give up."""


def price(rule: str) -> int:
    """Price of giving up a member of a kind of rule; those not named organise the work."""
    return _PRICES.get(rule, SERVICE)
