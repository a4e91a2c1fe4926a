"""Effects of weekdays and events on the number of citizens, pooled over centers.

Logarithms of daily counts, levels removed -> effects with their variances.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from shiftplan.citizens.forecasting.events import Part
from shiftplan.citizens.forecasting.levels import HUBER
from shiftplan.citizens.forecasting.pooling import Pooled, pool
from shiftplan.citizens.visits.counts import Bools, Floats, Ints

_USUAL = 0.5**2
"""Variance of the effects of events before any counts."""
_TURNS = 10
"""Times that means of centers and factors of weekdays are fitted in turn, before levels move."""
_APART = 0.02
"""Relative variance of a center's days, beyond that of Poisson counts, before it is known."""
_LIKE_OTHERS = 20.0
"""Requests that are added to each weekday as on a usual day, because few say little."""
_TINY = 1e-9
"""Days of a center that has recorded none."""
_NOBODY = -10.0
"""Least logarithm of the factor of a weekday: counts of 0 alone would lower it without end."""
_AGAIN, _ALWAYS = 0.2, 0.03
"""Standard deviation between occurrences of an event, which one or two occurrences cannot teach: a
part of its effect, and what is added to that."""


class EventEffect(NamedTuple):
    """Effect of a part of an event at each center."""

    values: Floats  # logarithms of factors, shape (centers,)
    variances: Floats  # of these, for a new occurrence, shape (centers,)


def weekday_effects(values: Floats, variances: Floats, weekday: Ints) -> Pooled:
    """Logarithms of the factors of weekdays, shape (centers, 7); those worked are 1 on average.

    Parameters
    ----------
    values, variances
        Logarithms of counts less their level, and variances, shape (centers, dates); nan is
        missing. Values beyond 2.5 standard deviations are cut off there, so that a campaign does
        not become a market day.
    weekday
        Weekday of each date, 0 for Monday, shape (dates,).
    """
    days = np.stack([weekday == k for k in range(7)])
    raw, doubt = _averages(values, variances, days)
    found = pool(raw, doubt)
    worked = days.any(axis=1)
    middle = np.logaddexp.reduce(found.values[:, worked], axis=1, keepdims=True)
    middle -= np.log(worked.sum())
    effects = np.where(worked, np.maximum(found.values - middle, _NOBODY), 0.0)
    return found._replace(values=effects)


def first_weekdays(totals: Floats, factors: Floats, weekday: Ints) -> Floats:
    """Logarithms of the factors of weekdays if levels never moved, the same everywhere, shape (7,).

    The most likely ones of independent Poisson counts with a mean for each center, times a factor
    for each weekday, by iterative proportional fitting (Deming and Stephan, Annals of Mathematical
    Statistics 11, 1940), so centers may be open on different weekdays. Large centers count less
    than their requests do, as `_APART` says, and few requests say little (`_LIKE_OTHERS`).

    Parameters
    ----------
    totals, factors
        Requests by day, nan is missing, and factors that are given, shape (centers, dates).
    weekday
        Weekday of each date, 0 for Monday, shape (dates,).
    """
    days = np.stack([weekday == k for k in range(7)]).astype(np.float64)
    known = ~np.isnan(totals)
    came = np.where(known, totals, 0) @ days.T
    often = np.where(known, factors, 0) @ days.T
    found = np.ones(7)
    for _ in range(_TURNS):
        level = came.sum(axis=1) / np.maximum(often @ found, _TINY)
        weight = 1 / (1 + _APART * level)
        found = (weight @ came + _LIKE_OTHERS) / ((weight * level) @ often + _LIKE_OTHERS)
    worked = days.any(axis=1)
    return np.where(worked, np.log(found / found[worked].mean()), 0.0)


def learn_effects(
    parts: Mapping[Part, Bools], values: Floats, variances: Floats, province_day: float
) -> dict[Part, EventEffect]:
    """What parts of events did, pooled over centers; those without any counts are left out.

    Parameters
    ----------
    parts
        Where each part is, shape (centers, dates).
    values, variances
        Logarithms of counts less all that is usual, and variances, shape (centers, dates).
    province_day
        Variance of a date's factor in the whole province, which one date cannot tell from the
        event.
    """
    found = {}
    for part, mask in parts.items():
        there = mask & ~np.isnan(values)
        dates = int(there.any(axis=0).sum())
        if not dates:
            continue
        only = np.where(there, values, np.nan)
        raw, doubt = _averages(only, variances, np.ones((1, values.shape[1]), dtype=bool))
        pooled = pool(raw, doubt)
        common = province_day / dates + 1 / (1 / doubt[np.isfinite(doubt)]).sum()
        share = _USUAL / (_USUAL + common)
        effect = pooled.values[:, 0] - (1 - share) * pooled.means[0]
        doubt = pooled.variances[:, 0] + share * common
        found[part] = EventEffect(effect, doubt + (_AGAIN * effect) ** 2 + _ALWAYS**2)
    return found


def effects_of(
    parts: Mapping[Part, Bools], effects: Mapping[Part, EventEffect], shape: tuple[int, ...]
) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Sums of effects and of their variances, shape (centers, dates), and names without effect."""
    total, doubt = np.zeros(shape), np.zeros(shape)
    unlearned = dict[str, None]()
    for part, mask in parts.items():
        if part in effects:
            total += np.where(mask, effects[part].values[:, None], 0)
            doubt += np.where(mask, effects[part].variances[:, None], 0)
        elif mask.any():
            unlearned[part[0]] = None
    return total, doubt, tuple(unlearned)


def _averages(values: Floats, variances: Floats, days: Bools) -> tuple[Floats, Floats]:
    """Means of each center over sets of dates, and their variances; infinite without values.

    `days` has shape (kinds, dates), the results (centers, kinds). Values are cut off at 2.5
    standard deviations from their median.
    """
    there = ~np.isnan(values)
    weights = np.where(there, 1 / variances, 0)
    raw, doubt = [], []
    for kind in days:
        chosen = values[:, kind]
        some = there[:, kind].any(axis=1)
        middle = np.zeros(len(values))
        middle[some] = np.nanmedian(chosen[some], axis=1)
        reach = HUBER * np.sqrt(variances[:, kind])
        near = np.clip(np.nan_to_num(chosen - middle[:, None]), -reach, reach)
        weight = weights[:, kind]
        sums = weight.sum(axis=1)
        raw.append(middle + (weight * near).sum(axis=1) / np.where(some, sums, 1))
        doubt.append(np.where(some, 1 / np.where(some, sums, 1), np.inf))
    return np.array(raw).T, np.array(doubt).T
