"""Rare journeys of visits folded into others, so that a table of journeys stays readable.

Parts of journeys -> a few of them that have the same expected requests for each service.
"""

from __future__ import annotations

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats

_KEPT = 12
"""Most frequent journeys of a place, which keep their parts."""
_COMMON = 200
"""Most frequent journeys that others are folded into, if these are enough."""


def folded_parts(parts: Floats, members: Bools) -> Floats:
    """Fold all journeys but the 12 most frequent ones into few.

    The rest becomes a mixture of journeys, common ones where possible, with the same mean number of
    requests for each service, and the same mean and variance of the services of a visit: a basic
    solution of a linear program, which has no more journeys than conditions (Dantzig, *Linear
    Programming and Extensions*, 1963, chapter 5).

    Parameters
    ----------
    parts
        Parts of the visits that take each journey, shape (journeys,).
    members
        Services of each journey, shape (journeys, services).

    Returns
    -------
    array of float
        Parts, shape (journeys,), with the same sum. At most 14 of them, and as many more as there
        are services, are above 0.
    """
    from scipy.optimize import linprog

    rest = parts.copy()
    rest[np.argsort(-parts, kind="stable")[:_KEPT]] = 0
    size = members.sum(axis=1)
    conditions = np.vstack([np.ones(len(parts)), size**2, members.T])
    whole = rest.sum()
    if (rest > 0).sum() <= len(conditions):
        return parts
    wanted = conditions @ (rest / whole)
    cost = -np.log(np.maximum(parts, 1e-12) / parts.max())
    order = np.argsort(-parts, kind="stable")[: (parts > 0).sum()]
    for used in (order[:_COMMON], order):
        found = linprog(cost[used], A_eq=conditions[:, used], b_eq=wanted, method="highs-ds")
        if found.success:
            folded = parts - rest
            folded[used] += whole * found.x
            return folded
    return parts  # by rounding: all journeys together meet the conditions
