"""What the files of this package share: checks of arguments, and a function that loses no digits.

An argument -> nothing, or a ValueError that says what is allowed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_SERVERS = 10_000
"""Servers of the largest team."""
Floats = NDArray[np.float64]
_LEAST, _MOST = 1e-6, 1e9
"""Shortest and longest time in minutes; the second is also the most arrivals an hour."""


def require(holds: bool, name: str, value: object, allowed: str) -> None:
    """Raise a ValueError that says what is allowed, unless the condition holds."""
    if not holds:
        raise ValueError(f"{name} is {value!r}; it has to be {allowed}")


def require_minutes(name: str, value: float) -> None:
    """A time is above 0, and neither so short nor so long that digits are lost."""
    require(_LEAST <= value <= _MOST, name, value, "above 0, from a millionth to 1e9 minutes")


def require_arrivals(value: float) -> None:
    """A rate of arrivals is 0 or more, and finite."""
    require(0 <= value <= _MOST, "arrivals_per_hour", value, "from 0 to 1e9")


def require_servers(name: str, value: int) -> None:
    """A team is a whole number of people."""
    fits = 1 <= value <= MOST_SERVERS and value == int(value)
    require(fits, name, value, f"a whole number from 1 to {MOST_SERVERS}")


def bend(x: Floats) -> Floats:
    """exp(-x) - 1 + x, without loss of digits near 0."""
    series = x * x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5 * (1 - x / 6 * (1 - x / 7)))))
    return np.where(np.abs(x) < 0.02, series, x + np.expm1(-np.maximum(x, -100)))
