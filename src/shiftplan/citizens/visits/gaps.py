"""Days on which a center logged nothing, or only a part of the day: missing, or really quiet.

Visits by center, date and slot -> days that are missing, never to be taken for zero.

A day counts as missing if what is not there is too improbable under the usual level of the center:
its mean over the weeks around the day, times a factor of the weekday. Visits of a day are negative
binomial with mean m and shape k, so that none come with probability (1 + m / k)^-k.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.hours import WEEKDAYS
from shiftplan.citizens.visits.report import LogNote, days_note

LEAST = 1e-4
"""Probability below which a silent day counts as missing."""
_MOST_INFO = -np.log(LEAST)
_AROUND = 28
"""Days before and after a day whose mean is its usual level."""
_PRIOR_VISITS = 20.0
"""Visits at the usual level that a factor of a weekday is shrunk by, towards 1."""
_MOST_TIMES = 4.0
"""Times the mean of a center up to which a day's visits count for its level."""
_SPREADS = (0.02, 0.5)
"""Relative variance of days beyond Poisson, 1 / k: least and most."""
_LEAST_LEVEL = 0.25
"""Least level of a silent day, as a part of the center's mean from its first visit to its last: in
a gap of months nothing else shows it."""
_ROUNDS = 5
_PRIOR_DAYS = 5.0
"""Days of the profile of all centers that the profile of one is mixed with."""
_LEAST_PART = 0.25
"""Part of a day's usual visits that must be missing at its start or end."""


@dataclass(frozen=True, eq=False)
class DayGaps:
    """What is known of days without visits; arrays are bool, of shape (centers, dates)."""

    silent: Bools
    """Nothing was logged, although visits almost certainly came: missing."""
    cut: Bools
    """Nothing was logged before or after some hour, though visits came: missing."""
    zero: Bools
    """Nobody came, which is plausible: a count of zero."""
    unlogged: Bools
    """Centers without any visit, which keep no log, shape (centers,)."""

    def notes(self, centers: Sequence[str], dates: Sequence[dt.date]) -> list[LogNote]:
        """Notes on them."""
        silent = self.silent & ~self.unlogged[:, None]
        never = tuple(centers[int(c)] for c in np.flatnonzero(self.unlogged))
        return [
            LogNote("unlogged_centers", len(never), never),
            days_note("silent_days", centers, dates, silent),
            days_note("cut_days", centers, dates, self.cut),
            days_note("zero_days", centers, dates, self.zero),
        ]


def find_gaps(visits: Floats, is_open: Bools, weekday: Ints, told: Bools) -> DayGaps:
    """Find the days that are missing.

    Consecutive silent days are judged together: a center with two visits a day that logs nothing
    for three weeks was silent, and so is a center before its first visit. On dates on which the
    silent centers usually have most visits of all, every silent day is missing: it was a holiday,
    or the system was down. Parts of days that follow each other are judged together by the method
    of Fisher (1925).

    Parameters
    ----------
    visits
        Visits, shape (centers, dates, slots).
    is_open
        Whether a center was open then, shape (centers, dates, slots).
    weekday
        Weekday of each date, Monday 0, shape (dates,).
    told
        Days whose zeros are certain, as a table of counts tells them, shape (centers, dates).
    """
    total = visits.sum(axis=2)
    on = is_open.any(axis=2)
    came = on & (total > 0)
    silent = on & ~came.any(axis=1, keepdims=True) & ~told
    span = on & (_begun(came) & _begun(came[:, ::-1])[:, ::-1])
    least = (total * span).sum(axis=1, keepdims=True) / np.maximum(span.sum(axis=1), 1)[:, None]
    for _ in range(_ROUNDS):
        usual = _usual(total, on & ~silent, weekday)
        shape = _shape(total, usual, on & ~silent)
        level = np.maximum(usual, _LEAST_LEVEL * least)
        found = _silent(total, level, shape, on & ~told) | silent
        if (found == silent).all():
            break
        silent = found
    kept = on & ~silent
    cut = np.zeros_like(on)
    for step in (1, -1):
        part = visits[:, :, ::step], is_open[:, :, ::step]
        cut |= _stopped(*part, usual, shape, kept & ~told)
    unlogged = ~(came | told).any(axis=1)
    return DayGaps(silent, cut, kept & (total == 0), unlogged)


def _begun(came: Bools) -> Bools:
    """Whether anybody came on a day or before it."""
    return np.asarray(np.logical_or.accumulate(came, axis=1))


def _usual(total: Floats, kept: Bools, weekday: Ints) -> Floats:
    """Usual visits of each day, shape (centers, dates)."""
    days = np.maximum(kept.sum(axis=1), 1)
    whole = (total * kept).sum(axis=1) / days
    capped = np.minimum(total, _MOST_TIMES * whole[:, None]) * kept
    factor = np.ones((len(total), WEEKDAYS))
    for _ in range(2):
        weight = kept * factor[:, weekday]
        near = _around(weight)
        level = np.where(near > 0, _around(capped) / np.where(near > 0, near, 1), whole[:, None])
        for day in range(WEEKDAYS):
            own = kept[:, weekday == day]
            came = (capped[:, weekday == day] * own).sum(axis=1)
            meant = (level[:, weekday == day] * own).sum(axis=1)
            factor[:, day] = (came + _PRIOR_VISITS) / (meant + _PRIOR_VISITS)
    return np.asarray(level * factor[:, weekday])


def _around(values: Floats) -> Floats:
    """Sums over the days around each, those of the day included."""
    sums = np.cumsum(np.pad(values, ((0, 0), (_AROUND + 1, _AROUND)), mode="constant"), axis=1)
    return np.asarray(sums[:, 2 * _AROUND + 1 :] - sums[:, : -2 * _AROUND - 1])


def _shape(total: Floats, usual: Floats, kept: Bools) -> Floats:
    """Shape k of each center by moments, mixed with that of all centers, shape (centers, 1)."""
    capped = np.minimum(total, _MOST_TIMES * usual)
    extra = (((capped - usual) ** 2 - usual) * kept).sum(axis=1)
    square = (usual**2 * kept).sum(axis=1)
    pooled = extra.sum() / max(float(square.sum()), 1e-9)
    weight = max(float(np.median(square)), 1e-9)
    spread = np.clip((extra + weight * pooled) / (square + weight), *_SPREADS)
    return np.asarray(1 / spread[:, None])


def _silent(total: Floats, usual: Floats, shape: Floats, on: Bools) -> Bools:
    """Days without visits that are missing, shape (centers, dates)."""
    empty = on & (total == 0)
    info = shape * np.log1p(usual / shape) * empty
    missing = empty & (_over_runs(info, empty, on) > _MOST_INFO)
    quiet, whole = (usual * empty).sum(axis=0), (usual * on).sum(axis=0)
    everywhere = (quiet > whole / 2) & (info.sum(axis=0) > _MOST_INFO)
    return np.asarray(missing | (empty & everywhere))


def _over_runs(values: Floats, found: Bools, on: Bools) -> Floats:
    """Sum over the run of days that a day is found in; days on which it is not open do not count.

    Shape (centers, dates).
    """
    breaks = np.cumsum(on & ~found, axis=1)
    run = breaks + np.arange(len(on))[:, None] * (on.shape[1] + 1)
    sums = np.bincount(run.ravel(), weights=(values * found).ravel(), minlength=on.size + len(on))
    return np.asarray(sums[run])


def _stopped(visits: Floats, is_open: Bools, usual: Floats, shape: Floats, on: Bools) -> Bools:
    """Days whose log stops before its end, shape (centers, dates).

    After s visits of a usual b the level of the day is a gamma with shape k + s and rate
    (k + b) / its mean, so none of a usual a more come with (1 + a / (k + b))^-(k + s).
    """
    share = _profile(visits, is_open, on)
    part = share[:, None, :] * is_open
    sums = part.sum(axis=2, keepdims=True)
    meant = usual[:, :, None] * part / np.where(sums > 0, sums, 1)
    after = visits[:, :, ::-1].cumsum(axis=2)[:, :, ::-1] == 0
    late = (meant * after).sum(axis=2)
    total = visits.sum(axis=2)
    info = (shape + total) * np.log1p(late / (shape + usual - late))
    found = on & (total > 0) & (late >= _LEAST_PART * usual) & (late > 0)
    length = _over_runs(np.ones_like(usual), found, on)
    chance = gammaincc(np.maximum(length, 1), _over_runs(info, found, on))
    return np.asarray(found & (chance < LEAST))


def _profile(visits: Floats, is_open: Bools, on: Bools) -> Floats:
    """Share of a day's visits by slot, for days on which all slots are open, (centers, slots)."""
    kept = is_open & on[:, :, None]
    came, days = (visits * kept).sum(axis=1), kept.sum(axis=1)
    all_came, all_days = came.sum(axis=0), np.maximum(days.sum(axis=0), 1)
    mean = all_came / all_days
    scale = came.sum(axis=1) / np.maximum((days * mean).sum(axis=1), 1e-9)
    rate = (came + _PRIOR_DAYS * mean * scale[:, None]) / np.maximum(days + _PRIOR_DAYS, 1)
    return np.asarray(rate)
