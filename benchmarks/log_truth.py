"""What brings citizens to centers, drawn with a known strength: the truth behind a drawn log.

Week -> `Levels`; with `Effects`, holidays and a seed -> `Truth`: means of any dates, and draws.

The level of each center, weekday, slot and service is the week's demand. On it act a center's
trend, its wave over the year, its weekdays with one market day, and its profile over the day; for
all centers together the rush before a long feast such as Tết and the lull after it. Trend and wave
are 1 at the first day of the week, and a center's weekdays and hours are scaled, so that outside
rush and lull the means of that week add up to its demand.

Visits vary more than Poisson: gamma factors of a center's days and slots. Everybody asks for the
service that the slot's demand has most of, and for each other one by chance.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.visits.counts import VISITS, Floats, Ints, Slot
from shiftplan.problem import Problem

Range = tuple[float, float]
"""Lowest and highest value; those of centers are uniform between them."""
Purpose = Literal["truth", "campaign", "gaps", "log", "outcome", "files"]
_PURPOSES: tuple[Purpose, ...] = get_args(Purpose)
_YEAR = 365.25
_FEAST = 7
"""Days before an event for which people prepare, at least, if it is a feast."""


def stream(seed: int, purpose: Purpose) -> np.random.Generator:
    """Random numbers of their own for each purpose, so that none changes those of another."""
    return np.random.default_rng((seed, _PURPOSES.index(purpose)))


@dataclass(frozen=True)
class Effects:
    """How strongly each effect acts."""

    trend: Range = (-0.25, 0.55)
    """Logarithm of a center's growth in a year."""
    wave: Range = (0.0, 0.15)
    """Amplitude of a center's wave over the year, in logarithms; any phase."""
    weekday: Range = (0.8, 1.25)
    """Factor of each weekday of a center."""
    market: Range = (1.1, 1.6)
    """Factor of a center's market day, on one of the weekdays."""
    hours: Range = (0.8, 1.25)
    """Factor of each slot of a center."""
    rush: float = 1.8
    """Factor on the day before a long feast; it grows evenly from 1 before the rush."""
    lull: float = 0.3
    """Factor on the day after a long feast; it grows evenly to 1 after the lull."""
    campaign: float = 3.0
    """Factor on the three days of the log's one campaign."""
    campaign_share: float = 0.1
    """Chance of a center to take part in it."""
    closed: float = 0.005
    """Chance of a center's day to be closed."""
    unkept: float = 0.01
    """Chance that nobody keeps the log of a center for a week."""
    days: Range = (0.002, 0.02)
    """Variance of the gamma factor, of mean 1, on all visits of a center's day."""
    slots: Range = (0.05, 0.3)
    """The same on those of a slot."""


USUAL = Effects()


@dataclass(frozen=True, eq=False)
class Levels:
    """The demand of a week, by weekday."""

    centers: tuple[str, ...]
    slots: tuple[Slot, ...]
    services: tuple[str, ...]
    ahead: tuple[dt.date, ...]
    mean: Floats
    """Requests, shape (centers, 7, slots, services)."""

    @classmethod
    def of(cls, problem: Problem) -> Levels:
        """Levels of a week; of several weeks, the mean.

        ValueError: the week has no demand.
        """
        cells = [
            (row.center_id, row.start.date(), _slot(row.start, row.end), row.service_id or VISITS)
            for row in problem.demand
        ]
        if not cells:
            raise ValueError("a log needs a week with demand")
        centers, ahead, slots, services = (tuple(sorted(set(x))) for x in zip(*cells, strict=True))
        place, at, of = ({key: i for i, key in enumerate(x)} for x in (centers, slots, services))
        mean = np.zeros((len(centers), 7, len(slots), len(services)))
        for (center, day, slot, service), row in zip(cells, problem.demand, strict=True):
            mean[place[center], day.weekday(), at[slot], of[service]] += row.arrivals
        often = Counter(day.weekday() for day in ahead)
        mean /= np.array([often[w] or 1 for w in range(7)])[:, None, None]
        return cls(centers, slots, services, ahead, mean)

    @property
    def weekdays(self) -> list[int]:
        """Weekdays on which there is demand."""
        return sorted({day.weekday() for day in self.ahead})


@dataclass(frozen=True, eq=False)
class Truth:
    """What brings citizens to centers; arrays with shape (centers,) unless told."""

    levels: Levels
    effects: Effects
    events: tuple[KnownEvent, ...]
    """Holidays, on which centers are closed; people prepare for long ones."""
    trend: Floats
    wave: Floats
    phase: Floats
    """Where in its wave a center is on the first day of the week, in radians."""
    market: Ints
    """Weekday of the market."""
    profile: Floats
    """Factor on the level, shape (centers, 7, slots)."""
    days: Floats
    """Variance of the factor of a day."""
    slots: Floats
    """Variance of the factor of a slot."""

    @classmethod
    def drawn(
        cls, levels: Levels, effects: Effects, events: Sequence[KnownEvent], seed: int
    ) -> Truth:
        """Draw the parts of every center."""
        rng = stream(seed, "truth")
        number, slots = len(levels.centers), len(levels.slots)
        trend, wave = rng.uniform(*effects.trend, number), rng.uniform(*effects.wave, number)
        phase = rng.uniform(0, 2 * np.pi, number)
        weekdays = rng.uniform(*effects.weekday, (number, 7))
        market = rng.choice(levels.weekdays, number)
        weekdays[np.arange(number), market] *= rng.uniform(*effects.market, number)
        profile = weekdays[:, :, None] * rng.uniform(*effects.hours, (number, 1, slots))
        total = levels.mean.sum(axis=3)
        scaled = (total * profile).sum(axis=(1, 2))
        profile *= (total.sum(axis=(1, 2)) / np.where(scaled > 0, scaled, 1))[:, None, None]
        days, by_slot = (rng.uniform(*each, number) for each in (effects.days, effects.slots))
        return cls(
            *(levels, effects, tuple(events), trend, wave, phase, market, profile, days, by_slot)
        )

    def factors(self, dates: Sequence[dt.date]) -> Floats:
        """Trend, wave and feasts, shape (centers, dates); 0 on holidays."""
        years = np.array([(day - self.levels.ahead[0]).days / _YEAR for day in dates])
        angle = 2 * np.pi * years + self.phase[:, None]
        wave = self.wave[:, None] * (np.sin(angle) - np.sin(self.phase)[:, None])
        feasts = np.array([self.of_feasts(day) for day in dates])
        return np.asarray(np.exp(self.trend[:, None] * years + wave) * feasts)

    def is_holiday(self, day: dt.date) -> bool:
        """Whether all centers are closed."""
        return any(event.first <= day <= event.last for event in self.events)

    def of_feasts(self, day: dt.date) -> float:
        """Factor of holidays, and of the rush and the lull around long ones."""
        if self.is_holiday(day):
            return 0.0
        found, rush, lull = 1.0, self.effects.rush, self.effects.lull
        for event in self.events:
            early, late = (event.first - day).days, (day - event.last).days
            if event.before < _FEAST:
                continue
            if 0 < early <= event.before:
                found *= rush + (1 - rush) * (early - 1) / event.before
            elif 0 < late <= event.after:
                found *= lull + (1 - lull) * (late - 1) / event.after
        return found

    def requests(self, dates: Sequence[dt.date]) -> Floats:
        """Means, shape (centers, dates, slots, services)."""
        weekday = [day.weekday() for day in dates]
        usual = self.levels.mean * self.profile[..., None]
        return np.asarray(usual[:, weekday] * self.factors(dates)[:, :, None, None])

    def draw(self, means: Floats, rng: np.random.Generator) -> tuple[Ints, Ints]:
        """Visits, shape (centers, dates, slots), and the requests in them, from means of these."""
        visits = means.max(axis=3)
        shares = means / np.where(visits > 0, visits, 1)[..., None]
        busy = _around_one(rng, self.days[:, None, None], (*visits.shape[:2], 1))
        came = rng.poisson(
            visits * busy * _around_one(rng, self.slots[:, None, None], visits.shape)
        )
        return came, rng.binomial(came[..., None], shares)


def _slot(start: dt.datetime, end: dt.datetime) -> Slot:
    midnight = dt.datetime.combine(start.date(), dt.time())
    first, last = ((moment - midnight) // dt.timedelta(minutes=1) for moment in (start, end))
    return first, last


def _around_one(rng: np.random.Generator, variance: Floats, shape: tuple[int, ...]) -> Floats:
    """Gamma factors of mean 1; all but 1 where the variance is 0."""
    width = np.broadcast_to(np.maximum(variance, 1e-9), shape)
    return rng.gamma(1 / width, width)
