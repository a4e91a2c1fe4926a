"""Logs of visits drawn with a known truth, for benchmarks of forecasts.

Week, seed -> `Truth` -> `KnownLog`: counts of the weeks before it, true means of the week, and one
outcome. The same seed gives the same arrays. Days of a log are missing where it was a holiday, a
center was closed or nobody kept the log; a campaign is in it, as an outlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.log_truth import USUAL, Effects, Levels, Truth, stream
from shiftplan.citizens import VisitCounts
from shiftplan.citizens.forecasting.events import KnownEvent, public_holidays
from shiftplan.citizens.visits.counts import Bools, Floats
from shiftplan.problem import Problem
from shiftplan.week.horizon import NO_COUNTRY

_WINDOW = 3
"""Days of a campaign."""


@dataclass(frozen=True)
class KnownLog:
    """A log, and the week after it."""

    counts: VisitCounts
    ahead: tuple[dt.date, ...]
    mean: Floats
    """True means of that week, shape (centers, dates, slots, services)."""
    came: Floats
    """One outcome, same shape."""


def make_log(
    problem: Problem,
    seed: int,
    weeks: int = 40,
    *,
    effects: Effects = USUAL,
    events: Sequence[KnownEvent] | None = None,
) -> KnownLog:
    """Draw the log of some weeks before a week, and one outcome of the week.

    Without events, holidays are the public ones of the week's country (extra `calendar`).
    """
    levels = Levels.of(problem)
    first, weekdays = levels.ahead[0] - dt.timedelta(weeks=weeks), levels.weekdays
    if events is None:
        events = holidays(problem.horizon.country, first, levels.ahead[-1])
    truth = Truth.drawn(levels, effects, events, seed)
    span = (first + dt.timedelta(n) for n in range(7 * weeks))
    dates = tuple(day for day in span if day.weekday() in weekdays)
    means = (
        truth.requests(dates) * campaign(truth, dates, stream(seed, "campaign"))[:, :, None, None]
    )
    visits, requests = truth.draw(means, stream(seed, "log"))
    recorded = kept(truth, dates, stream(seed, "gaps"))
    counts = VisitCounts(
        *(levels.centers, dates, levels.slots, levels.services),
        (requests * recorded[:, :, None, None]).astype(np.float64),
        recorded,
        (visits * recorded[:, :, None]).astype(np.float64),
    )
    ahead = truth.requests(levels.ahead)
    came = truth.draw(ahead, stream(seed, "outcome"))[1].astype(np.float64)
    return KnownLog(counts, levels.ahead, ahead, came)


def holidays(country: str, first: dt.date, last: dt.date) -> tuple[KnownEvent, ...]:
    """Public holidays that fall between two dates, or whose rush or lull does."""
    if country.casefold() in ("", NO_COUNTRY):
        return ()
    around = dt.timedelta(weeks=5)
    return public_holidays(country, first - around, last + around)


def campaign(truth: Truth, dates: Sequence[dt.date], rng: np.random.Generator) -> Floats:
    """Factors of three days in a row on which more come to a few centers: an outlier."""
    effects = truth.effects
    begins = int(rng.integers(max(1, len(dates) - _WINDOW)))
    concerned = rng.random(len(truth.trend)) < effects.campaign_share
    found = np.ones((len(truth.trend), len(dates)))
    found[concerned, begins : begins + _WINDOW] = effects.campaign
    return found


def kept(truth: Truth, dates: Sequence[dt.date], rng: np.random.Generator) -> Bools:
    """Whether a center was open and somebody kept the log, shape (centers, dates)."""
    effects, number = truth.effects, len(truth.trend)
    week = np.array([(day - dates[0]).days // 7 for day in dates], dtype=int)
    is_open = rng.random((number, len(dates))) >= effects.closed
    is_kept = rng.random((number, len(dates))) >= effects.unkept
    is_holiday = np.array([truth.is_holiday(day) for day in dates])
    return np.asarray(is_open & is_kept[:, week] & ~is_holiday)
