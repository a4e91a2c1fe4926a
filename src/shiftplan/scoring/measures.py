"""How unequal numbers are: Gini, Jain and percentiles, each so that it can be recomputed by hand.

Numbers of 0 or more, such as the loads of people -> `Spread`. No measure depends on the order of
the numbers, not even in the last digit: sums are rounded once (`math.fsum`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import WithJsonSchema

from shiftplan.week.json_form import Amount, Written, rounded

_NUMBER = {"type": ["number", "null"], "minimum": 0}
Figure = Annotated[float, rounded(6), WithJsonSchema(_NUMBER)]
"""A number of 0 or more; NaN, null in JSON, where there are no numbers."""
Index = Annotated[float, rounded(6), WithJsonSchema({**_NUMBER, "maximum": 1})]
"""The same, at most 1."""


def gini(values: Iterable[float]) -> float:
    """Mean difference between two of the numbers by twice their mean: 0 equal, below 1 unequal.

    G = sum over all i, j of |x_i - x_j| / (2 n^2 mean), each pair taken both ways; 0 when all
    numbers are 0. With one of n having everything it is 1 - 1/n. From Gini, C. (1912),
    *Variabilità e mutabilità*.

    There must be at least one number; multiplying all by a factor changes nothing.

    The six pairs of 0, 1/2, 1/2 and 1 differ by 1/2, 1/2, 1, 0, 1/2 and 1/2, both ways 6 in all;
    the mean is 1/2, so that G = 6 / (2 x 16 x 1/2).

    >>> gini([0, 0.5, 0.5, 1])
    0.375
    """
    ranked = _to_highest(values)
    n = len(ranked)
    # Of the sorted numbers, the i-th from 1 is above i - 1 others and below n - i.
    differences = math.fsum((2 * i - n + 1) * x for i, x in enumerate(ranked))
    return max(0.0, differences / (n * math.fsum(ranked))) if ranked[-1] else 0.0


def jain(values: Iterable[float]) -> float:
    """Jain's index of fairness, 1/n to 1: like so many of the n having equal parts of everything.

    J = (sum of x)^2 / (n x sum of x^2); 1 when all numbers are 0. With k of n having equal parts
    and the others nothing it is k/n. From Jain, R., Chiu, D. and Hawe, W. (1984), *A quantitative
    measure of fairness and discrimination for resource allocation in shared computer systems*,
    DEC-TR-301.

    There must be at least one number; multiplying all by a factor changes nothing.

    Of 0, 1/2, 1/2 and 1 the sum is 2, of their squares 3/2: J = 4 / (4 x 3/2).

    >>> round(jain([0, 0.5, 0.5, 1]), 4)
    0.6667
    """
    ranked = _to_highest(values)
    if not ranked[-1]:
        return 1.0
    squares = math.fsum(x * x for x in ranked)
    return min(1.0, math.fsum(ranked) ** 2 / (len(ranked) * squares))


def percentile(values: Iterable[float], percent: int) -> float:
    """The least of the numbers that `percent` in a hundred of them do not exceed: nearest rank.

    It is the number of rank ceil(percent x n / 100), at least 1, counted from the lowest: always
    one of the numbers, never a mean of two. See Hyndman, R. and Fan, Y. (1996), *Sample quantiles
    in statistical packages*, definition 1.

    There must be at least one number, and `percent` is a whole number from 0 to 100.

    >>> percentile([4, 1, 3, 2], 50), percentile([4, 1, 3, 2], 90)
    (2, 4)
    """
    ranked = sorted(values)
    return ranked[max(1, -(-percent * len(ranked) // 100)) - 1]


def _to_highest(values: Iterable[float]) -> list[float]:
    """The numbers by the highest of them, sorted: squares and sums stay in range."""
    ranked = sorted(values)
    highest = ranked[-1]
    return [x / highest for x in ranked] if highest else ranked


@dataclass(frozen=True, slots=True)
class Spread(Written):
    """How some numbers of 0 or more are spread; percentiles are by nearest rank."""

    count: Amount
    """How many numbers there are."""
    mean: Figure
    """Their mean."""
    lowest: Figure
    """The lowest."""
    p10: Figure
    """The 10th percentile: at least one in ten is not above it."""
    p50: Figure
    """The 50th percentile, a median: at least half are not above it, and half not below it."""
    p90: Figure
    """The 90th percentile: at least nine in ten are not above it."""
    highest: Figure
    """The highest."""
    gini: Index
    """Gini coefficient: 0 when all are equal."""
    jain: Index
    """Jain's index: 1 when all are equal."""

    @staticmethod
    def of(values: Sequence[float]) -> Spread | None:
        """The spread of some numbers; None without any."""
        if not values:
            return None
        return Spread(
            count=len(values),
            mean=math.fsum(x / len(values) for x in values),
            lowest=min(values),
            p10=percentile(values, 10),
            p50=percentile(values, 50),
            p90=percentile(values, 90),
            highest=max(values),
            gini=gini(values),
            jain=jain(values),
        )


NO_SPREAD = Spread(0, *[math.nan] * 8)
"""That of no numbers."""
