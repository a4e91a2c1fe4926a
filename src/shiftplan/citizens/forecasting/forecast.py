"""A forecast of citizens: means, their joint uncertainty, and the counts that follow.

Any forecaster -> `Forecast` -> quantiles, joint scenarios, rows of the table demand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from shiftplan.citizens.forecasting.events import KnownEvent
from shiftplan.citizens.visits.counts import VISITS, Floats, Ints, Slot, VisitCounts
from shiftplan.week.demand import MOST_ARRIVALS, MOST_SPREAD, Demand

By = Literal["cell", "slot", "day", "center", "province", "total"]
"""What counts are summed over.

cell
    Nothing: shape (centers, dates, slots, services).
slot
    Services: shape (centers, dates, slots).
day
    Services and slots: shape (centers, dates).
center
    All of a center's dates: shape (centers,).
province
    All centers, by date: shape (dates,).
total
    Everything: shape ().
"""
_AXES: dict[By, tuple[int, ...]] = {
    "cell": (),
    "slot": (3,),
    "day": (2, 3),
    "center": (1, 2, 3),
    "province": (0, 2, 3),
    "total": (0, 1, 2, 3),
}
_LEAST = 1e-9
"""Relative variance of a rate below which a count is treated as Poisson."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Expected counts of citizens, and their spread.

    A cell's count is Poisson. Its rate is the mean times independent gamma factors of mean 1:

    - the level of the province, and that of each center, which may be misjudged, more so the later
      the date: on each date, the factor of the date before times a new one;
    - the province and each center on each date: busy days;
    - the cell itself.

    Sums of counts are taken as negative binomial with their exact mean and variance (Johnson, Kemp
    and Kotz, *Univariate Discrete Distributions*, 2005, chapter 5). Single counts are so with one
    factor; with more it is an approximation. Means add up exactly; quantiles do not, because
    centers do not all have their busiest day at once.
    """

    centers: tuple[str, ...]
    """Ids of centers."""
    dates: tuple[dt.date, ...]
    """Dates, in ascending order."""
    slots: tuple[Slot, ...]
    """Minutes of the day, start and end."""
    services: tuple[str, ...]
    """Ids of services; a single blank one where visits are forecast."""
    mean: Floats
    """Expected requests, or visits, shape (centers, dates, slots, services)."""
    province_level: Floats
    """Relative variance of the province's level, shape (dates,), not descending."""
    province_day: Floats
    """Relative variance of a date's factor in the whole province, shape (dates,)."""
    center_level: Floats
    """Relative variance of a center's level, shape (centers, dates), not descending by date."""
    center_day: Floats
    """Relative variance of a date's factor at a center, shape (centers, dates)."""
    cell: Floats
    """Relative variance of the factor of a single cell, shape (centers,)."""
    unlearned: tuple[str, ...] = ()
    """Names of events on the dates whose effect cannot be learned from the counts; forecast as
    usual days."""

    @property
    def counts_visits(self) -> bool:
        """Whether visits are forecast, and not requests for services."""
        return self.services == (VISITS,)

    def expected(self, by: By = "cell") -> Floats:
        """Means of sums; `By` gives the shapes."""
        return np.asarray(self.mean.sum(axis=_AXES[by]))

    def spread(self, by: By = "cell") -> Floats:
        """Standard deviation of the rate of a sum over its mean; 0 where the mean is 0."""
        return np.asarray(np.sqrt(self._relative(by)), dtype=np.float64)

    @property
    def shared_spread(self) -> Floats:
        """Spread that all cells of a center and date share, shape (centers, dates)."""
        return np.asarray(np.sqrt(self._shared() - 1), dtype=np.float64)

    def quantile(self, share: float, by: By = "cell") -> Ints:
        """The least counts that are not exceeded with at least a given chance.

        Parameters
        ----------
        share
            That chance, above 0 and below 1.
        by
            What counts are summed over; `By` gives the shapes.

        Raises
        ------
        ValueError
            The chance is out of range.
        """
        from scipy.stats import nbinom

        if not 0 < share < 1:
            raise ValueError(f"share {share} is not above 0 and below 1")
        mean, size = self._negative_binomial(by)
        found = nbinom.ppf(share, size, size / (size + mean))
        return np.where(mean > 0, found, 0).astype(np.int64)

    def chance(self, counts: Floats | Ints, by: By = "cell") -> Floats:
        """Chance that a sum is at most the given count, which must have the shape of `by`."""
        from scipy.stats import nbinom

        mean, size = self._negative_binomial(by)
        found = nbinom.cdf(counts, size, size / (size + mean))
        return np.where(mean > 0, found, np.asarray(counts) >= 0).astype(np.float64)

    def scenarios(self, number: int, seed: int = 0) -> Ints:
        """Draw joint counts, shape (number, centers, dates, slots, services).

        The first scenarios of a seed are the same whatever the number.
        """
        drawn = np.empty((number, *self.mean.shape), dtype=np.int64)
        for i in range(number):
            rng = np.random.default_rng((seed, i))
            shared = self._factors_of_days(rng)[:, :, None, None]
            shape = np.broadcast_to(self.cell[:, None, None, None], self.mean.shape)
            drawn[i] = rng.poisson(self.mean * shared * _factors(rng, shape))
        return drawn

    def days(self, number: int, seed: int = 0) -> Iterator[Floats]:
        """Yield joint scenarios of how busy days are, each of shape (centers, dates).

        A value is the number of citizens over the mean that all cells of a center and date share.
        Those of a seed are the ones behind `scenarios`.
        """
        for i in range(number):
            yield self._factors_of_days(np.random.default_rng((seed, i)))

    @property
    def correlation(self) -> float:
        """Correlation of days of different centers, 0 to 1; 0 if nothing is uncertain.

        With one correlation of all pairs of centers, the sums of dates over the province have the
        same variance: the covariance of two centers over the product of their standard deviations,
        each summed over pairs and dates.
        """
        mean = self.mean.sum(axis=(2, 3))
        deviation = mean * self.shared_spread
        common = (1 + self.province_level) * (1 + self.province_day) - 1
        joint, alike = (
            values.sum(axis=0) ** 2 - (values**2).sum(axis=0) for values in (mean, deviation)
        )
        most = float(alike.sum())
        return min(1.0, float(common @ joint) / most) if most > 0 else 0.0

    def demand(self) -> Iterator[Demand]:
        """Yield the rows of the table demand, without those that expect nobody.

        Visits have no service. `arrivals` is the mean, 1,000,000 at most, and `arrivals_cv` the
        spread that cells of a center and date share.
        """
        spread = np.minimum(self.shared_spread, MOST_SPREAD)
        for c, day, slot, service in np.argwhere(self.mean > 0).tolist():
            midnight = dt.datetime.combine(self.dates[day], dt.time())
            start, end = self.slots[slot]
            yield Demand(
                center_id=self.centers[c],
                start=midnight + dt.timedelta(minutes=start),
                end=midnight + dt.timedelta(minutes=end),
                service_id=self.services[service] or None,
                arrivals=min(float(self.mean[c, day, slot, service]), MOST_ARRIVALS),
                arrivals_cv=float(spread[c, day]),
            )

    def _factors_of_days(self, rng: np.random.Generator) -> Floats:
        """Draw the factors that cells of a center and date share, shape (centers, dates)."""
        common = _path(rng, self.province_level) * _factors(rng, self.province_day)
        return common * _path(rng, self.center_level) * _factors(rng, self.center_day)

    def _negative_binomial(self, by: By) -> tuple[Floats, Floats]:
        """Mean and size of sums: the variance of a count is mean + mean² / size."""
        return self.expected(by), 1 / np.maximum(self._relative(by), _LEAST)

    def _shared(self) -> Floats:
        """1 + the relative variance that all cells of a center and date share."""
        common = (1 + self.province_level) * (1 + self.province_day)
        return common * (1 + self.center_level) * (1 + self.center_day)

    def _relative(self, by: By) -> Floats:
        """Relative variances of the rates of sums.

        The rates of two cells share the factors of what both belong to, so their covariance is
        the product of their means and of 1 + the relative variances of these factors, less 1.
        """
        shared, mean = self._shared(), self.mean
        alone = (mean**2).sum(axis=(2, 3)) * shared * self.cell[:, None]
        if by == "cell":
            return np.where(mean > 0, (shared * (1 + self.cell[:, None]) - 1)[..., None, None], 0)
        if by == "slot":
            squares = (mean**2).sum(axis=3) * (shared * self.cell[:, None])[..., None]
            sums = mean.sum(axis=3)
            return _ratio(squares + sums**2 * (shared - 1)[..., None], sums)
        days = mean.sum(axis=(2, 3))
        within = alone + days**2 * (shared - 1)
        if by == "day":
            return _ratio(within, days)
        level = 1 + np.minimum.outer(self.province_level, self.province_level)
        own = 1 + np.minimum(self.center_level[:, :, None], self.center_level[:, None, :])
        apart = ~np.eye(len(self.dates), dtype=bool)
        between = days[:, :, None] * days[:, None, :] * apart
        centers = within.sum(axis=1) + (between * (level * own - 1)).sum(axis=(1, 2))
        if by == "center":
            return _ratio(centers, days.sum(axis=1))
        total = days.sum(axis=0)
        common = (1 + self.province_level) * (1 + self.province_day) - 1
        pairs = total**2 - (days**2).sum(axis=0)
        province = within.sum(axis=0) + pairs * common
        if by == "province":
            return _ratio(province, total)
        joint = np.outer(total, total) - np.einsum("cd,ce->de", days, days)
        others = (joint * (level - 1) * apart).sum() + (pairs * common).sum()
        return _ratio(centers.sum() + others, total.sum())


class Forecaster(Protocol):
    """A forecaster: a function of counts, dates and events."""

    def __call__(
        self,
        counts: VisitCounts,
        dates: Sequence[dt.date],
        events: Sequence[KnownEvent],
        /,
    ) -> Forecast:
        """Forecast all centers, slots and services of the counts on some later dates."""
        ...


def _ratio(variance: Floats, mean: Floats) -> Floats:
    """Variance over the square of the mean; 0 where the mean is 0."""
    some = np.asarray(mean) > 0
    found: Floats = np.where(some, variance / np.where(some, mean, 1) ** 2, 0)
    return found


def _factors(rng: np.random.Generator, variance: Floats) -> Floats:
    """Gamma factors of mean 1 with some relative variances."""
    shape = 1 / np.maximum(variance, _LEAST)
    drawn = rng.standard_gamma(shape) / shape
    return np.where(variance > _LEAST, drawn, 1.0).astype(np.float64)


def _path(rng: np.random.Generator, variance: Floats) -> Floats:
    """Products of gamma factors along the last axis with these relative variances."""
    before = np.concatenate([np.zeros_like(variance[..., :1]), variance[..., :-1]], axis=-1)
    new = (1 + variance) / (1 + before) - 1
    return np.asarray(np.cumprod(_factors(rng, new), axis=-1), dtype=np.float64)
