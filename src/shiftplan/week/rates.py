"""What a unit of each level of cost adds to the total, and rates as they can be stated."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pydantic import Field

from shiftplan.week.fields import Frozen, Positive

HIGHEST_RATE = 1_000_000
"""Highest factor of a level that can be stated; it keeps totals exact."""


class Rate(Frozen):
    """What one unit of a level's cost adds to the total."""

    level: Positive
    """Level concerned."""
    rate: int = Field(ge=0, le=HIGHEST_RATE)
    """Factor in the total."""


def whole_rates(rates: Sequence[Fraction]) -> list[int]:
    """Rates as they can be stated: rounded, in proportion lower where one is too high, never to 0.

    Of eight levels without rates of their own the dearest has a higher one than can be stated.
    """
    factor = HIGHEST_RATE / max([Fraction(HIGHEST_RATE), *rates])
    return [0 if rate == 0 else max(1, round(rate * factor)) for rate in rates]
