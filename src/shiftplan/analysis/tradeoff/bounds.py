"""Bounds of one weighting from bounds of others.

Rates and bounds that are proven -> the best bound that follows for other rates.

Let c(x) be the costs of a roster x inside the levels, whole numbers of 0 or more, the same under
every weighting, and V(r) the least of r . c(x) over all rosters x that hard rules allow. Let b_k
be a proven bound for the rates r_k: b_k <= V(r_k). Then for any numbers m_k of 0 or more with

    sum of m_k r_k <= r    (level by level)

the sum of m_k b_k is a bound for r. Proof: let x be a roster of least cost for r. Then

    V(r) = r . c(x) >= sum of m_k r_k . c(x) >= sum of m_k V(r_k) >= sum of m_k b_k,

where the first step needs c(x) >= 0, the second that x is a roster like any other. With one m of
1: a bound stays one where prices only rise. With m that add up to 1: between two weightings the
bound is at least what lies between theirs (V is concave). With any m: also their common scale.

The best m is a small linear program. Its floating-point answer is only a proposal: it is made
rational and shrunk until the condition holds exactly. V(r) is whole, so the bound is rounded up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

Rates = tuple[int, ...]
_DENOMINATOR = 1_000_000


def bound_of(rates: Rates, known: Sequence[tuple[Rates, int]]) -> int:
    """Bound for rates that follows from known ones; 0 when nothing better does.

    Parameters
    ----------
    rates
        Rate of each level.
    known
        Rates and a proven bound for them, each.
    """
    usable = [
        (other, bound)
        for other, bound in known
        if bound > 0 and all(b == 0 for a, b in zip(rates, other, strict=True) if a == 0)
    ]
    if not usable:
        return 0
    alone = [[Fraction(int(i == k)) for i in range(len(usable))] for k in range(len(usable))]
    mixes = [*alone, _proposed(rates, usable)]
    return max(math.ceil(_value(rates, usable, mix)) for mix in mixes)


def _proposed(rates: Rates, usable: Sequence[tuple[Rates, int]]) -> list[Fraction]:
    """Multipliers that the linear program proposes."""
    from scipy.optimize import linprog

    scale = float(max(bound for _, bound in usable))
    gains = np.array([-bound / scale for _, bound in usable])
    rows = np.array([other for other, _ in usable], dtype=float).T
    limit = np.array(rates, dtype=float)
    kept = limit > 0
    found = linprog(gains, rows[kept] / limit[kept, None], np.ones(int(kept.sum())))
    if found.x is None:
        return [Fraction(0)] * len(usable)
    return [Fraction(max(0.0, float(m))).limit_denominator(_DENOMINATOR) for m in found.x]


def _value(rates: Rates, usable: Sequence[tuple[Rates, int]], mix: Sequence[Fraction]) -> Fraction:
    """The bound of multipliers, scaled so that they just keep the condition."""
    used = [
        sum((m * other[j] for m, (other, _) in zip(mix, usable, strict=True)), Fraction(0))
        for j in range(len(rates))
    ]
    most = max((u / rate for u, rate in zip(used, rates, strict=True) if rate > 0), default=0)
    if most == 0:
        return Fraction(0)
    return sum((m * b for m, (_, b) in zip(mix, usable, strict=True)), Fraction(0)) / most
