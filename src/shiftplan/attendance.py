"""How many people come when each of them comes with a probability of their own.

Show rates of the people planned -> the chance that enough come, and the seats filled on average.
People come or stay away independently (the Poisson-binomial distribution). Chances are built up
person by person from sums of products, which lose no digits.
"""

from __future__ import annotations

from collections.abc import Iterable


def chance_of_at_least(rates: Iterable[float], count: int) -> float:
    """Chance that at least `count` people come, 0 to 1.

    Parameters
    ----------
    rates
        Show rate of each person planned, 0 to 1.
    count
        People wanted; 0 or less are always there.
    """
    return 1.0 if count <= 0 else min(1.0, _distribution(rates, count)[count])


def expected_filled(rates: Iterable[float], seats: int) -> float:
    """Seats filled on average: the mean of min(people who come, seats).

    Parameters
    ----------
    rates
        Show rate of each person planned, 0 to 1.
    seats
        Seats; people beyond them fill none.
    """
    if seats <= 0:
        return 0.0
    chance = _distribution(rates, seats)
    return min(float(seats), sum(count * p for count, p in enumerate(chance)))


def _distribution(rates: Iterable[float], most: int) -> list[float]:
    """Chances that 0, 1, ... people come; the last, of number `most`, is for that many or more."""
    chance = [1.0] + [0.0] * most
    for rate in rates:
        chance[most] += chance[most - 1] * rate
        for count in range(most - 1, 0, -1):
            chance[count] = chance[count] * (1 - rate) + chance[count - 1] * rate
        chance[0] *= 1 - rate
    return chance
