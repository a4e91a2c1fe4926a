"""The statistics of show rates: a logistic model with a random effect of each person.

Counts of people who came, by person and circumstances -> `Fit`.

The log-odds that a person comes are a sum of a common value, effects of circumstances and groups,
and an effect of the person. All effects are normal with mean zero; those of one family (weekdays,
say) share a variance, which is estimated. So effects are as small as the data allow, and a person
with few observations stays near the group ("shrinkage").

Variances by EM (Dempster, Laird, Rubin 1977), the effects of persons integrated by adaptive
quadrature (Pinheiro and Bates 1995, Approximations to the log-likelihood function in the nonlinear
mixed-effects model, Journal of Computational and Graphical Statistics 4) around the mode, and all
others by Laplace's approximation there (Breslow and Clayton 1993, Approximate inference in
generalized linear mixed models, Journal of the American Statistical Association 88).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BELIEF = 3.0
"""Observations that the show rate stated for a person counts as."""
USUAL = 0.9
"""Show rate around which everybody's is expected where none is stated."""
_COMMON = 1.5
"""Standard deviation of the common value around that, in log-odds."""
_PERSONS, _PERSONS_WEIGHT = 0.7, 4.0
"""Standard deviation of persons that is expected, in log-odds, and how many persons that is worth.

The variance is the mean of this one and the persons' own, with this weight."""
_LEVELS, _LEVELS_WEIGHT = 0.2, 1.0
"""The same of the levels of a circumstance, and of groups."""
_LEAST, _MOST = 0.05, 2.0
"""Least and greatest standard deviation."""
_ROUNDS = 60
_NODES = np.linspace(-5, 5, 25)
"""Where densities of persons are evaluated, in standard deviations from the mode."""


@dataclass(frozen=True)
class Counts:
    """How many came, where circumstances and person are the same; arrays of shape (cells,)."""

    person: Ints  # position of the person
    design: csr_matrix  # 1 for each column that applies, shape (cells, columns)
    came: Floats
    total: Floats


@dataclass(frozen=True)
class Fit:
    """Posterior of all effects, in log-odds."""

    columns: Floats  # mean of the common value and of each effect, shape (columns,)
    spread: Floats  # their covariance, shape (columns, columns)
    person: Floats  # mean of each person's effect, shape (persons,)
    own: Floats  # its variance if the columns were known, shape (persons,)
    pull: Floats  # how it falls as the columns rise, shape (persons, columns)
    persons_variance: float  # variance of persons, from one to the next


def fit(counts: Counts, family: Ints, usual: Floats, beliefs: Floats) -> Fit:
    """Fit the model.

    Parameters
    ----------
    counts
        The observations; every person has one.
    family
        Family of each column, from 0; -1 for the common value, which is the first.
    usual
        Columns of each person on average over circumstances, shape (persons, columns).
    beliefs
        Show rate stated for each person, above 0 and below 1; NaN for none.
    """
    stated = beliefs[~np.isnan(beliefs)]
    search = _Search(counts, family, stated.mean() if len(stated) else USUAL, len(usual))
    search.run()
    return search.result(usual, beliefs)


class _Search:
    """Mode and variances so far; of the persons' effects also how they hang on the columns."""

    def __init__(self, counts: Counts, family: Ints, start: float, persons: int) -> None:
        from scipy.sparse import csr_matrix

        self._counts, self._family, self._persons = counts, family, persons
        cells = len(counts.person)
        place = (np.arange(cells), counts.person)
        self._of_person = csr_matrix((np.ones(cells), place), shape=(cells, persons))
        self._columns = np.zeros(len(family))
        self._columns[0] = log_odds(start)
        self._start = self._columns.copy()
        self._person = np.zeros(persons)
        self._persons_variance = _PERSONS**2
        self._variances = np.full(max(family.max(), -1) + 1, _LEVELS**2)
        self._spread = np.zeros((0, 0))
        self._information = self._pull = np.zeros(0)

    def run(self) -> None:
        for _ in range(_ROUNDS):
            for _ in range(2):
                self._step()
            before = self._persons_variance
            self._update_variances()
            if abs(np.log(self._persons_variance / before)) < 1e-4:
                break
        for _ in range(100):
            if self._step() < 1e-9:
                break

    def _step(self) -> float:
        """Go towards the mode as Newton does, by 2 at most in each effect; the longest step."""
        from scipy.sparse import diags_array

        counts = self._counts
        precision = np.full(len(self._family), _COMMON**-2)
        precision[1:] = 1 / self._variances[self._family[1:]]
        rate = rate_of(counts.design @ self._columns + self._person[counts.person])
        weight = counts.total * rate * (1 - rate)
        left = counts.came - counts.total * rate
        weighted = diags_array(weight) @ counts.design
        cross = (self._of_person.T @ weighted).toarray()
        information = self._sum(weight) + 1 / self._persons_variance
        pull = cross / information[:, None]
        inner = (counts.design.T @ weighted).toarray() + np.diag(precision) - cross.T @ pull
        spread = np.linalg.inv(inner)
        slope = counts.design.T @ left - precision * (self._columns - self._start)
        own = self._sum(left) - self._person / self._persons_variance
        step = spread @ (slope - pull.T @ own)
        own_step = own / information - pull @ step
        longest = float(max(abs(step).max(), abs(own_step).max(initial=0)))
        factor = min(1.0, 2 / max(longest, 1e-300))
        self._columns = self._columns + factor * step
        self._person = self._person + factor * own_step
        self._spread, self._information, self._pull = spread, information, pull
        return longest

    def _sum(self, values: Floats) -> Floats:
        """Sums by person."""
        return np.bincount(self._counts.person, values, self._persons).astype(np.float64)

    def _update_variances(self) -> None:
        """Make each variance the mean square of its effects, with what is expected of it."""
        mean, variance = self._moments(self._person, self._information)
        hang = np.einsum("pk,kl,pl->p", self._pull, self._spread, self._pull)
        squares = mean**2 + variance + hang
        self._persons_variance = _mixed(squares, _PERSONS, _PERSONS_WEIGHT)
        squares = self._columns**2 + np.diag(self._spread)
        for family in range(len(self._variances)):
            own = squares[self._family == family]
            self._variances[family] = _mixed(own, _LEVELS, _LEVELS_WEIGHT)

    def _moments(
        self, mode: Floats, information: Floats, also: Counts | None = None
    ) -> tuple[Floats, Floats]:
        """Mean and variance of each person's effect, given the columns."""
        nodes = mode[:, None] + _NODES / np.sqrt(information)[:, None]
        height = -(nodes**2) / (2 * self._persons_variance)
        for counts in (self._counts, also) if also else (self._counts,):
            base = counts.design @ self._columns
            for i in range(len(_NODES)):
                odds = base + nodes[counts.person, i]
                told = counts.came * odds - counts.total * np.logaddexp(0, odds)
                height[:, i] += np.bincount(counts.person, told, self._persons)
        density = np.exp(height - height.max(axis=1, keepdims=True))
        density /= density.sum(axis=1, keepdims=True)
        mean = (density * nodes).sum(axis=1)
        return mean, (density * (nodes - mean[:, None]) ** 2).sum(axis=1)

    def result(self, usual: Floats, beliefs: Floats) -> Fit:
        """The posterior; beliefs move the mean of their person, and make nothing surer.

        As a belief may be what was learned a week ago, it must not count as news.
        """
        from scipy.sparse import csr_matrix

        counts = self._counts
        (known,) = np.nonzero(~np.isnan(beliefs))
        total = np.full(len(known), BELIEF)
        also = Counts(known, csr_matrix(usual[known]), total * beliefs[known], total)
        mode, information = self._person.copy(), self._information
        for _ in range(100):
            slope = -mode / self._persons_variance
            information = np.full(self._persons, 1 / self._persons_variance)
            for part in (counts, also):
                rate = rate_of(part.design @ self._columns + mode[part.person])
                left, weight = part.came - part.total * rate, part.total * rate * (1 - rate)
                slope = slope + np.bincount(part.person, left, self._persons)
                information = information + np.bincount(part.person, weight, self._persons)
            step = slope / information
            mode = mode + np.clip(step, -2, 2)
            if abs(step).max(initial=0) < 1e-9:
                break
        mean, _ = self._moments(mode, information, also)
        _, variance = self._moments(self._person, self._information)
        return Fit(
            self._columns, self._spread, mean, variance, self._pull, float(self._persons_variance)
        )


def _mixed(squares: Floats, expected: float, weight: float) -> float:
    """The mean of some squares and an expected one of some weight, between the limits."""
    mean = (weight * expected**2 + squares.sum()) / (weight + len(squares))
    return float(np.clip(mean, _LEAST**2, _MOST**2))


def rate_of(odds: Floats) -> Floats:
    """Chances of some log-odds."""
    from scipy.special import expit

    rate: Floats = expit(odds)
    return rate


def log_odds(rate: float) -> float:
    """Log-odds of a chance, which is kept 1% away from 0 and 1."""
    rate = min(max(rate, 0.01), 0.99)
    return float(np.log(rate / (1 - rate)))
