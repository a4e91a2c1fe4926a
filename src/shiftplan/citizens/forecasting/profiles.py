"""How a center's requests of a day divide among slots and services.

Counts of cells -> shares by center and weekday, which borrow strength.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats, Ints

_HELD_OUT = 28
"""Days at the end of the log on which ways to pool are compared, unless a quarter is shorter."""
_HALVES = (8.0, 26.0, math.inf)
"""Weeks after which a day counts half."""
_CENTERS = (10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)
"""Requests of all centers that a center's own are mixed with."""
_WEEKDAYS = (30.0, 100.0, 300.0, 1000.0, 3000.0, math.inf)
"""Requests of all weekdays that those of one weekday are mixed with."""
_TINY = 1e-9
"""Share of a cell without requests when ways to pool are compared."""


def shares_of_cells(requests: Floats, recorded: Bools, ordinals: Floats) -> Floats:
    """Shares of the cells of a day, shape (centers, 7 weekdays, slots, services); sums are 1.

    A center's counts are mixed with some number of requests as all centers have them, and those of
    a weekday with the center's: the posterior mean of a Dirichlet prior (Good, *The Estimation of
    Probabilities*, 1965). How many requests, and after how many weeks a day counts half, is what
    predicts the last days best from those before them, by the multinomial likelihood. So
    profiles differ by center and weekday, or change over time, only where that shows.

    Parameters
    ----------
    requests
        Shape (centers, dates, slots, services).
    recorded
        Which dates count, shape (centers, dates).
    ordinals
        Proleptic ordinals of the dates, ascending, shape (dates,).
    """
    centers, dates, slots, services = requests.shape
    cells = np.where(recorded[:, :, None], requests.reshape(centers, dates, -1), 0.0)
    weekday = weekdays(ordinals)
    span = ordinals[-1] - ordinals[0] + 1
    last = ordinals > ordinals[-1] - min(_HELD_OUT, span / 4)
    held_out = _by_weekday(cells[:, last], weekday[last], np.ones(last.sum()))
    best, chosen = -math.inf, (math.inf, 300.0, math.inf)
    for half in _HALVES if not last.all() else ():
        weight = _weights(ordinals[~last], half)
        earlier = _by_weekday(cells[:, ~last], weekday[~last], weight)
        for own, day, shares in _ways(earlier):
            score = float((held_out * np.log(np.maximum(shares, _TINY))).sum())
            if score > best:
                best, chosen = score, (half, own, day)
    half, own, day = chosen
    found = _mixed(_by_weekday(cells, weekday, _weights(ordinals, half)), own, day)
    return found.reshape(centers, 7, slots, services)


def weekdays(ordinals: Floats) -> Ints:
    """Weekdays of proleptic ordinals, 0 for Monday."""
    found: Ints = ((ordinals + 6) % 7).astype(np.int64)
    return found


def _weights(ordinals: Floats, half: float) -> Floats:
    found: Floats = 0.5 ** ((ordinals[-1] - ordinals) / (7 * half))
    return found


def _by_weekday(cells: Floats, weekday: Ints, weight: Floats) -> Floats:
    """Weighted sums of counts, shape (centers, 7, cells)."""
    chosen = np.zeros((7, len(weekday)))
    chosen[weekday, np.arange(len(weekday))] = weight
    found: Floats = np.einsum("wd,cdk->cwk", chosen, cells, optimize=True)
    return found


def _ways(counts: Floats) -> Iterator[tuple[float, float, Floats]]:
    for own, day in product(_CENTERS, _WEEKDAYS):
        yield own, day, _mixed(counts, own, day)


def _mixed(counts: Floats, own: float, day: float) -> Floats:
    """Shares by center and weekday, shape (centers, 7, cells)."""
    by_center = counts.sum(axis=1)
    everywhere = by_center.sum(axis=0)
    size = everywhere.sum()
    usual = everywhere / size if size else np.full(len(everywhere), 1 / len(everywhere))
    center = (by_center + own * usual) / (by_center.sum(axis=1, keepdims=True) + own)
    if math.isinf(day):
        return np.repeat(center[:, None], 7, axis=1)
    total: Floats = counts.sum(axis=2, keepdims=True)
    mixed: Floats = (counts + day * center[:, None]) / (total + day)
    return mixed
