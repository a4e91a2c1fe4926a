"""The statistics of show rates: a logistic model with a random effect of each person.

Counts of people who came, by person and circumstances -> `Fit`.

The log-odds that a person comes are a sum of a common value, effects of circumstances and groups,
and an effect of the person. All effects are normal with mean zero; those of one family (weekdays,
say) share a variance, which is estimated. So effects are as small as the data allow, and a person
with few observations stays near the group ("shrinkage").

The effects of persons are integrated out by adaptive quadrature (Pinheiro and Bates 1995,
Approximations to the log-likelihood function in the nonlinear mixed-effects model, Journal of
Computational and Graphical Statistics 4). All others are the likeliest; how sure they are follows
from Laplace's approximation (Breslow and Clayton 1993, Approximate inference in generalized linear
mixed models, Journal of the American Statistical Association 88). Variances are found by EM
(Dempster, Laird and Rubin 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
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
"""Most rounds of each search. EM is slow where few data tell of a variance, which then stays near
the one expected."""
_NODES = np.linspace(-4.8, 4.8, 17)
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
    """Columns and variances so far, and the persons' effects for them."""

    def __init__(self, counts: Counts, family: Ints, start: float, persons: int) -> None:
        self._counts, self._family = counts, family
        self._of_person = _indicator(counts.person, persons)
        self._columns = np.zeros(len(family))
        self._columns[0] = log_odds(start)
        self._start = self._columns.copy()
        self._mode = np.zeros(persons)
        self._persons_variance = _PERSONS**2
        self._variances = np.full(max(family.max(), -1) + 1, _LEVELS**2)
        self._spread = self._pull = np.zeros((0, 0))

    def run(self) -> None:
        """Go on until nothing changes; the variances first."""
        for _ in range(_ROUNDS):
            before = self._persons_variance
            step = self._step(learn_variances=True)
            if step < 1e-3 and abs(np.log(self._persons_variance / before)) < 1e-3:
                break
        for _ in range(_ROUNDS):
            if self._step(learn_variances=False) < 1e-6:
                break

    def _step(self, *, learn_variances: bool) -> float:
        """Go towards the likeliest columns, by 2 at most in each; the longest step.

        The slope is that of the likelihood in which persons are integrated out, the curvature that
        of Laplace's approximation to it.
        """
        from scipy.sparse import diags_array

        counts = self._counts
        precision = np.full(len(self._family), _COMMON**-2)
        precision[1:] = 1 / self._variances[self._family[1:]]
        information = self._find_modes([counts])
        rate = rate_of(counts.design @ self._columns + self._mode[counts.person])
        weighted = diags_array(counts.total * rate * (1 - rate)) @ counts.design
        cross = (self._of_person.T @ weighted).toarray()
        self._pull = cross / information[:, None]
        inner = (counts.design.T @ weighted).toarray() + np.diag(precision)
        self._spread = np.linalg.inv(inner - cross.T @ self._pull)
        mean, variance, expected = self._integrated([counts], information)
        slope = counts.design.T @ (counts.came - counts.total * expected)
        step = self._spread @ (slope - precision * (self._columns - self._start))
        longest = float(abs(step).max())
        self._columns = self._columns + step * min(1.0, 2 / max(longest, 1e-300))
        if learn_variances:
            hang = np.einsum("pk,kl,pl->p", self._pull, self._spread, self._pull)
            squares = mean**2 + variance + hang
            self._persons_variance = _mixed(squares, _PERSONS, _PERSONS_WEIGHT)
            squares = self._columns**2 + np.diag(self._spread)
            for family in range(len(self._variances)):
                own = squares[self._family == family]
                self._variances[family] = _mixed(own, _LEVELS, _LEVELS_WEIGHT)
        return longest

    def _find_modes(self, parts: Sequence[Counts]) -> Floats:
        """Find the mode of each person's effect for the columns; returns the curvature there."""
        persons = len(self._mode)
        bases = [part.design @ self._columns for part in parts]
        information = np.zeros(persons)
        for _ in range(_ROUNDS):
            slope = -self._mode / self._persons_variance
            information = np.full(persons, 1 / self._persons_variance)
            for part, base in zip(parts, bases, strict=True):
                rate = rate_of(base + self._mode[part.person])
                left, weight = part.came - part.total * rate, part.total * rate * (1 - rate)
                slope += np.bincount(part.person, left, persons)
                information += np.bincount(part.person, weight, persons)
            step = np.clip(slope / information, -2, 2)
            self._mode = self._mode + step
            if abs(step).max() < 1e-6:
                break
        return information

    def _integrated(
        self, parts: Sequence[Counts], information: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Mean and variance of each person's effect for the columns; expected rate of each cell.

        The cells are those of the first of the parts.
        """
        nodes = self._mode[:, None] + _NODES / np.sqrt(information)[:, None]
        height = -(nodes**2) / (2 * self._persons_variance)
        for part in parts:
            odds = (part.design @ self._columns)[:, None] + nodes[part.person]
            told = part.came[:, None] * odds - part.total[:, None] * np.logaddexp(0, odds)
            height += _indicator(part.person, len(nodes)).T @ told
        density = np.exp(height - height.max(axis=1, keepdims=True))
        density /= density.sum(axis=1, keepdims=True)
        mean = (density * nodes).sum(axis=1)
        first = parts[0]
        odds = (first.design @ self._columns)[:, None] + nodes[first.person]
        expected = (density[first.person] * rate_of(odds)).sum(axis=1)
        return mean, (density * (nodes - mean[:, None]) ** 2).sum(axis=1), expected

    def result(self, usual: Floats, beliefs: Floats) -> Fit:
        """The posterior; beliefs move the mean of their person, and make nothing surer.

        As a belief may be what was learned a week ago, it must not count as news.
        """
        from scipy.sparse import csr_matrix

        parts = [self._counts]
        _, variance, _ = self._integrated(parts, self._find_modes(parts))
        (known,) = np.nonzero(~np.isnan(beliefs))
        total = np.full(len(known), BELIEF)
        parts.append(Counts(known, csr_matrix(usual[known]), total * beliefs[known], total))
        mean, _, _ = self._integrated(parts, self._find_modes(parts))
        found = self._columns, self._spread, mean, variance, self._pull
        return Fit(*found, persons_variance=float(self._persons_variance))


def _indicator(person: Ints, persons: int) -> csr_matrix:
    """1 for the person of each cell, shape (cells, persons)."""
    from scipy.sparse import csr_matrix

    cells = len(person)
    return csr_matrix((np.ones(cells), (np.arange(cells), person)), shape=(cells, persons))


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
