"""The embedded forecaster: levels, weekdays, events, profiles and spread of many centers.

(`VisitCounts`, dates, events) -> `Forecast`. Needs numpy and scipy only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from shiftplan.citizens.forecasting.effects import (
    EventEffect,
    effects_of,
    first_weekdays,
    learn_effects,
    weekday_effects,
)
from shiftplan.citizens.forecasting.events import (
    KnownEvent,
    Part,
    given_factors,
    parts_to_learn,
)
from shiftplan.citizens.forecasting.forecast import Forecast
from shiftplan.citizens.forecasting.levels import gaps_in_weeks
from shiftplan.citizens.forecasting.movement import Movement, Prior, fit_movement, prior_levels
from shiftplan.citizens.forecasting.pooling import Pooled
from shiftplan.citizens.forecasting.profiles import shares_of_cells, weekdays
from shiftplan.citizens.forecasting.spread import CountSpread, cell_variances, spread_of_days
from shiftplan.citizens.visits.counts import Bools, Floats, VisitCounts

_ROUNDS = 4
"""Times that levels, effects and spread are fitted in turn."""
_SEARCHES = (1, 2)
"""Rounds in which drifts are searched for."""
_LOGARITHMS = (-7.0, 20.0)
"""Least and most logarithm of the requests of a day that are expected, while levels are fitted."""
_FAR, _FEW = 3.0, 8.0
"""A count is far from its mean beyond three times as much, or a third, and eight more requests."""
_DOUBT = 1.5
"""Most variance of the logarithm of a level or effect: beyond, nothing is known of it."""
_FIRST_SPREAD = 0.02
"""Relative variance of a center's days before any round."""


@dataclass(frozen=True, eq=False)
class ForecastFit:
    """What the embedded forecaster found in counts."""

    counts: VisitCounts
    movement: Movement
    """Levels of the province and of each center."""
    weekday: Pooled
    """Logarithms of the factors of weekdays, shape (centers, 7)."""
    effects: Mapping[Part, EventEffect]
    """What each part of an event does."""
    shares: Floats
    """Shares of a day's cells, shape (centers, 7, slots, services)."""
    spread: CountSpread

    def forecast(self, dates: Sequence[dt.date], events: Sequence[KnownEvent] = ()) -> Forecast:
        """Forecast dates after the last one with counts.

        Raises
        ------
        ValueError
            A date is not after those with counts, or dates do not ascend.
        """
        counts = self.counts
        days = (*counts.dates[-1:], *dates)
        if any(one >= two for one, two in pairwise(days)):
            raise ValueError("dates must ascend and follow those with counts")
        ordinals = np.array([day.toordinal() for day in dates], dtype=np.float64)
        weeks = (ordinals - counts.dates[-1].toordinal()) / 7
        weekday = weekdays(ordinals)
        common = np.array([self.movement.common.ahead(gap) for gap in weeks])[:, :, 0]
        own = np.array([self.movement.own.ahead(gap) for gap in weeks])
        parts = parts_to_learn(events, counts.centers, dates)
        effect, doubt, unlearned = effects_of(parts, self.effects, own[:, 0].T.shape)
        doubt = doubt + self.weekday.variances[:, weekday]
        doubt = np.minimum(doubt, _DOUBT)
        province_level = np.minimum(np.maximum.accumulate(common[:, 1]), _DOUBT)
        center_level = np.minimum(np.maximum.accumulate(own[:, 1].T, axis=1), _DOUBT)
        log_mean = common[:, 0] + own[:, 0].T + self.weekday.values[:, weekday] + effect
        # The mean of a level is not raised by what may happen to it later, only by what is unknown
        # today: a log that ends a year before the week would forecast twice as many citizens.
        today = self.movement.common.ahead(0.0)[1] + self.movement.own.ahead(0.0)[1]
        log_mean += (np.minimum(today, _DOUBT)[:, None] + doubt) / 2
        day = np.exp(log_mean) * given_factors(events, counts.centers, dates)
        return Forecast(
            counts.centers,
            tuple(dates),
            counts.slots,
            counts.services,
            day[:, :, None, None] * self.shares[:, weekday],
            np.expm1(province_level),
            np.full(len(dates), self.spread.province_day),
            np.expm1(center_level),
            (1 + self.spread.center_day[:, None]) * np.exp(doubt) - 1,
            self.spread.cell,
            unlearned,
        )


def embedded(
    counts: VisitCounts, dates: Sequence[dt.date], events: Sequence[KnownEvent] = ()
) -> Forecast:
    """Forecast with the embedded model.

    The logarithm of a center's expected requests of a day is a sum: the level of the province and
    the center's own, both with a damped trend; a factor of the weekday; factors of events. Slots
    and services divide the day by shares. Estimates from few counts of a center are pooled with
    those of all centers. Counts are negative binomial. `ForecastFit` has what was found.

    Raises
    ------
    ValueError
        No date is recorded, or the dates do not ascend or do not follow those with counts.
    """
    return fit(counts, events).forecast(dates, events)


def fit(counts: VisitCounts, events: Sequence[KnownEvent] = ()) -> ForecastFit:
    """Fit the embedded forecaster.

    Levels are those of a Gaussian model that approximates the Poisson one at its mode: with
    expected counts m, the value y stands for log m + (y - m) / m with variance 1 / m (Durbin and
    Koopman, *Time Series Analysis by State Space Methods*, 2012, section 10.6). Levels, effects of
    weekdays and events, and spread are fitted in turn, each given the others.

    Raises
    ------
    ValueError
        No date is recorded, or none but those on which an event has factor 0.
    """
    counts = counts.on(counts.recorded_dates)
    if not counts.dates:
        raise ValueError("no date is recorded")
    ordinals = np.array([day.toordinal() for day in counts.dates], dtype=np.float64)
    weekday, weeks = weekdays(ordinals), gaps_in_weeks(ordinals)
    shares = shares_of_cells(counts.requests, counts.recorded, ordinals)
    spread = _first_spread(counts, shares[:, weekday])
    given = given_factors(events, counts.centers, counts.dates)
    parts = parts_to_learn(events, counts.centers, counts.dates)
    totals = np.where(given > 0, counts.totals, np.nan)
    if np.isnan(totals).all():
        raise ValueError("no date is recorded")
    usual = _without(totals, parts)
    if np.isnan(usual).all():  # no usual day to learn events against
        usual, parts = totals, {}
    offset = np.log(np.where(given > 0, given, 1))
    prior = prior_levels(usual / np.where(given > 0, given, 1), counts.population)
    # Without weekdays at first, what they have yet to explain would be searched for as drift.
    by_weekday = first_weekdays(usual, np.exp(offset), weekday)[weekday][None]
    level = _first_levels(usual / np.exp(by_weekday + offset), prior)[:, None]
    effect, effects = np.zeros_like(totals), dict[Part, EventEffect]()
    movement: Movement | None = None
    for turn in range(_ROUNDS):
        rest = by_weekday + offset + effect
        mean = _near(np.exp(np.clip(level + rest, *_LOGARITHMS)), totals)
        value = np.log(mean) + (totals - mean) / mean
        noise = spread.of_days(mean)
        normal = np.where(np.isnan(usual), np.nan, value)
        movement = fit_movement(
            normal - rest,
            noise,
            weeks,
            prior,
            spread.province_day,
            movement,
            search=turn in _SEARCHES,
        )
        level = movement.level
        left = value - level - offset
        found = weekday_effects(
            np.where(np.isnan(usual), np.nan, left - movement.busy), noise, weekday
        )
        by_weekday = found.values[:, weekday]
        effects = learn_effects(parts, left - by_weekday, noise, spread.province_day)
        effect, _, _ = effects_of(parts, effects, totals.shape)
        mean = np.exp(np.clip(level + by_weekday + offset + effect, *_LOGARITHMS))
        known = movement.variance + found.variances[:, weekday]
        common, center = spread_of_days(usual / mean - 1, mean, known, spread)
        spread = CountSpread(common, center, spread.cell, spread.concentration)
    assert movement is not None
    return ForecastFit(counts, movement, found, effects, shares, spread)


def _near(mean: Floats, totals: Floats) -> Floats:
    """Means at which counts are approximated, not too far from these: the approximation overshoots.

    A count of 1,000 where 1 was expected would stand for a logarithm of 999.
    """
    above, below = totals > _FAR * mean + _FEW, mean > _FAR * totals + _FEW
    near = np.where(below, _FAR * totals + _FEW, mean)
    found: Floats = np.where(above, totals / _FAR, near)
    return found


def _first_spread(counts: VisitCounts, shares: Floats) -> CountSpread:
    centers, dates = counts.recorded.shape
    flat = shares.reshape(centers, dates, -1)
    cell = cell_variances(counts.requests.reshape(flat.shape), counts.recorded, flat)
    return CountSpread(0.0, np.full(centers, _FIRST_SPREAD), cell, (flat**2).sum(axis=2))


def _without(totals: Floats, parts: Mapping[Part, Bools]) -> Floats:
    """Counts of usual days: those on which an event acts that is to be learned are missing."""
    acts = np.zeros(totals.shape, dtype=bool)
    for mask in parts.values():
        acts |= mask
    return np.where(acts, np.nan, totals)


def _first_levels(totals: Floats, prior: Prior) -> Floats:
    level = prior.level.copy()
    some = (~np.isnan(totals)).any(axis=1)
    level[some] = np.log(np.maximum(np.nanmedian(totals[some], axis=1), 0.5))
    return level
