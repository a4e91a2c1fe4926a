"""Minutes of help by service, from starts and ends of help in a log.

`VisitLog` -> `ServiceMinutes` of each service with enough visits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.log import VisitLog
from shiftplan.week.lessons import ServiceMinutes

LEAST_VISITS = 30
"""Least number of visits for an estimate of a service."""
_LONG = 10.0
"""Multiple of the median for the same services above which help counts as never ended."""
_ROUNDS = 6
_Z = 1.959963984540054
_LEAST_MINUTES = 0.05


def estimate_minutes(log: VisitLog) -> tuple[ServiceMinutes, ...]:
    """Estimate the minutes of each service from the visits with a start and an end of help.

    The help of a visit with several services takes the sum of their minutes, none of which is
    negative: non-negative least squares (Lawson and Hanson, *Solving Least Squares Problems*, 1974,
    chapter 23), with weights that fit a spread in proportion to the mean. Waits between the rows of
    a visit do not count. Help longer than ten times the median for the same services is left out:
    people forget to end a ticket. Of exponential times that cuts 0.1%, and lowers the mean by 0.8%.
    Intervals hold whatever the spread (White, *Econometrica* 48, 1980). Variances of services are
    estimated in the same way from squared errors. Services with fewer than 30 visits, and those
    that only occur together with the same others, get no estimate.
    """
    found = _fitted(log)
    if found is None:
        return ()
    kept, pattern, members = found.kept, found.pattern, found.members
    minutes, fitted, number = found.minutes, found.fitted, found.number
    squares = _mean(pattern, (found.took - (members @ minutes)[pattern]) ** 2, kept, number)
    variance = _solved(members, squares, number / fitted**4)
    error, is_told = _errors(members, number, squares, fitted)
    visits = members.T @ number
    return tuple(
        ServiceMinutes(
            service_id=service,
            visits=round(visits[s]),
            minutes=float(minutes[s]),
            low=float(max(0, minutes[s] - _Z * error[s])),
            high=float(minutes[s] + _Z * error[s]),
            cv=float(np.sqrt(variance[s]) / minutes[s]),
        )
        for s, service in enumerate(log.services)
        if visits[s] >= LEAST_VISITS and is_told[s] and minutes[s] > _LEAST_MINUTES
    )


def minutes_factors_of(log: VisitLog, code: Ints, codes: int) -> Floats:
    """Minutes of help of citizens of each kind over those of all for the same services.

    Help that is left out by `estimate_minutes` is left out here.

    Parameters
    ----------
    log
        The visits.
    code
        Kind of the citizen, from 0, shape (visits,).
    codes
        Number of kinds.

    Returns
    -------
    array of float
        Factors, shape (codes,); nan for a kind with fewer than 30 visits that have times.
    """
    found = _fitted(log)
    if found is None:
        return np.full(codes, np.nan)
    own = code[found.usable][found.kept]
    took = np.bincount(own, found.took[found.kept], minlength=codes)
    expected = np.bincount(own, found.fitted[found.pattern][found.kept], minlength=codes)
    enough = np.bincount(own, minlength=codes) >= LEAST_VISITS
    return np.where(enough, took / np.where(enough, expected, 1), np.nan)


@dataclass(frozen=True, eq=False)
class _FittedHelp:
    """Help in visits with times, and the minutes of services that fit it best."""

    usable: Bools  # visits with times and services, shape (visits,)
    took: Floats  # minutes of help in these, shape (usable visits,)
    kept: Bools  # which of these count, shape (usable visits,)
    pattern: Ints  # set of services of each, shape (usable visits,)
    members: Floats  # services of each set, shape (sets, services)
    number: Floats  # visits that count of each set, shape (sets,)
    minutes: Floats  # of services, shape (services,)
    fitted: Floats  # minutes of each set, shape (sets,)


def _fitted(log: VisitLog) -> _FittedHelp | None:
    """Fit minutes of services as `estimate_minutes` does; None where no visit has times."""
    took = log.helped
    visit = np.repeat(np.arange(len(log)), np.diff(log.offset))
    usable: Bools = (took > 0) & (np.diff(log.offset) > 0)
    if not usable.any():
        return None
    pattern, members = _patterns(log, visit, usable)
    took = took[usable]
    fitted = np.full(len(members), np.median(took))
    kept = np.ones(len(took), dtype=bool)
    number, minutes = np.zeros(len(members)), np.zeros(len(log.services))
    for _ in range(_ROUNDS):
        ratio = took / fitted[pattern]
        kept = ratio <= _LONG * np.median(ratio)
        number = np.bincount(pattern[kept], minlength=len(members)).astype(float)
        mean = _mean(pattern, took, kept, number)
        minutes = _solved(members, mean, number / fitted**2)
        fitted = np.maximum(members @ minutes, _LEAST_MINUTES)
    return _FittedHelp(usable, took, kept, pattern, members, number, minutes, fitted)


def _patterns(log: VisitLog, visit: Ints, usable: Bools) -> tuple[Ints, Floats]:
    """Set of services of each usable visit, and its members, shape (sets, services)."""
    rng = np.random.default_rng(0)
    code = rng.integers(1, 2**62, len(log.services), dtype=np.uint64)
    sums = np.zeros(len(log), dtype=np.uint64)
    np.add.at(sums, visit, code[log.service])
    _, first, pattern = np.unique(sums[usable], return_index=True, return_inverse=True)
    one_of = np.flatnonzero(usable)[first]
    members = np.zeros((len(first), len(log.services)))
    for row, number in enumerate(one_of.tolist()):
        members[row, log.service[log.offset[number] : log.offset[number + 1]]] = 1
    return np.asarray(pattern, dtype=np.int64), members


def _mean(pattern: Ints, values: Floats, kept: Bools, number: Floats) -> Floats:
    sums = np.bincount(pattern[kept], values[kept], minlength=len(number))
    found: Floats = sums / np.maximum(number, 1)
    return found


def _solved(members: Floats, value: Floats, weight: Floats) -> Floats:
    """Non-negative least squares of weighted rows."""
    from scipy.optimize import nnls

    root = np.sqrt(weight)
    found: Floats = nnls(members * root[:, None], value * root)[0]
    return found


def _errors(
    members: Floats, number: Floats, squares: Floats, fitted: Floats
) -> tuple[Floats, Bools]:
    """Standard errors, and whether a service can be told from others, both shape (services,)."""
    information = (members * (number / fitted**2)[:, None]).T @ members
    inverse = np.linalg.pinv(information, rcond=1e-10, hermitian=True)
    middle = (members * (number * squares / fitted**4)[:, None]).T @ members
    error = np.sqrt(np.maximum(np.diag(inverse @ middle @ inverse), 0))
    is_told: Bools = np.diag(inverse @ information) > 1 - 1e-6
    return error, is_told
