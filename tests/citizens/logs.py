"""Counts of visits for tests, drawn from means that are known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens import VisitCounts

FIRST = dt.date(2026, 3, 2)
"""A Monday, on which logs begin."""
SLOTS = ((420, 480), (480, 540), (780, 840))
SERVICES = ("filing", "kiosk")
_SHARES = np.array([[0.3, 0.2], [0.2, 0.1], [0.15, 0.05]])


def weekdays_from(first: dt.date, weeks: int) -> tuple[dt.date, ...]:
    """Dates from Monday to Friday of some weeks."""
    return tuple(first + dt.timedelta(7 * week + day) for week in range(weeks) for day in range(5))


@dataclass(frozen=True)
class Town:
    """A log of some weeks, and the means of the week after it."""

    counts: VisitCounts
    ahead: tuple[dt.date, ...]
    mean: np.ndarray
    """Shape (centers, dates ahead, slots, services)."""


def town(
    sizes: tuple[float, ...] = (20, 50, 120),
    weeks: int = 20,
    *,
    seed: int = 0,
    spread: float = 0.1,
    factor: Callable[[int, dt.date], float] = lambda center, day: 1.0,
    first: dt.date = FIRST,
) -> Town:
    """Centers with some requests a day; Mondays are busier, more so at later centers.

    `spread` is the relative variance of each cell, `factor` what acts at a center on a date.
    """
    rng = np.random.default_rng(seed)
    dates, ahead = weekdays_from(first, weeks), weekdays_from(first + dt.timedelta(7 * weeks), 1)

    def mean(days: tuple[dt.date, ...]) -> np.ndarray:
        usual = [
            [size * (1 + 0.15 * c * (day.weekday() == 0)) * factor(c, day) for day in days]
            for c, size in enumerate(sizes)
        ]
        return np.array(usual)[:, :, None, None] * _SHARES

    expected = mean(dates)
    shape = 1 / spread
    rate = expected * rng.standard_gamma(shape, expected.shape) / shape
    counts = VisitCounts(
        tuple(f"c{i}" for i in range(len(sizes))),
        dates,
        SLOTS,
        SERVICES,
        rng.poisson(rate).astype(np.float64),
        np.ones((len(sizes), len(dates)), dtype=bool),
    )
    return Town(counts, ahead, mean(ahead))


def error(forecast_mean: np.ndarray, mean: np.ndarray) -> float:
    """Relative error of a sum."""
    return float(abs(forecast_mean.sum() / mean.sum() - 1))
