"""What a neighborhood has: pairs of persons and shifts that belong together.

Relaxation, roster -> `Chooser` -> pairs to free, one neighborhood after the other.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from shiftplan.engines.params.engines import NeighborhoodParams
from shiftplan.engines.task import Array, Relaxation
from shiftplan.model import Layout, Program

_MOST_VAIN = 40.0
"""Vain neighborhoods around a center that count; by then all pairs are open."""
_FADING = 0.97
"""What is left, after each improvement, of how far whole days were widened."""


class Alternation:
    """Small neighborhoods or whole days: what lately brought more for its work has more of it."""

    def __init__(self, params: NeighborhoodParams) -> None:
        self._params = params
        self._gain, self._work, self._pairs = np.zeros(2), np.zeros(2), np.zeros(2)
        """What small ones and whole days brought, their work and pairs; what is older counts less.
        """
        self._days_work: float | None = None
        """Work of the last whole days."""
        self._days_pairs = 0.0
        """Pairs of the next ones, about."""
        self._saved = 0.0
        """Work left for whole days."""

    def count(self, gain: float, work: float, pairs: int, *, days: bool) -> None:
        """Add a neighborhood; one without pairs took no work that could be counted."""
        if work <= 0:
            return
        self._saved += self._share() * work - days * work
        if days:
            self._days_work = work
        kept = np.exp(-work / max(self._params.days_memory * self._needed(), work))
        for sums, number in ((self._gain, gain), (self._work, work), (self._pairs, pairs)):
            sums *= kept
            sums[int(days)] += number

    def is_for_days(self, pairs: float) -> bool:
        """Whether whole days of about so many pairs are due."""
        self._days_pairs = pairs
        needed = self._needed()
        return 0 < (1 - self._share()) * needed <= self._saved

    def _share(self) -> float:
        """Share of the work for whole days."""
        if self._days_work is None:
            return self._params.days_share
        rate = self._gain / np.maximum(self._work, np.finfo(float).tiny)
        least = self._params.days_least
        return float(np.clip(rate[1] / rate.sum(), least, 1 - least)) if rate.any() else 0.5

    def _needed(self) -> float:
        """Work that whole days need, about: as much as the last, or by their pairs."""
        if self._days_work is not None:
            return self._days_work
        return float(self._days_pairs * self._work[0] / max(self._pairs[0], 1.0))


class Chooser:
    """Picks the pairs to free: around a center, of a stretch of days, of few people, of whole days.

    Those that the relaxation neither uses nor prices near zero stay out, which makes neighborhoods
    small and quick, and places that lose most against it come first. Whole days are large, as they
    have all centers: they find chains of people who go from one center to the next.
    """

    def __init__(
        self,
        program: Program,
        layout: Layout,
        guide: Relaxation | None,
        rng: np.random.Generator,
        params: NeighborhoodParams,
    ) -> None:
        self._program, self._layout, self._rng = program, layout, rng
        self._guide, self._params = guide, params
        self._num_centers = int(layout.center.max(initial=0)) + 1
        self._days = np.unique(layout.day)
        people = int(layout.volunteer.max(initial=0)) + 1
        shape = (people, self._num_centers)
        ones = np.ones(len(layout.center))
        reach = sparse.csr_array((ones, (layout.volunteer, layout.center)), shape=shape)
        reach.data[:] = 1.0
        self._shared = (reach.T @ reach).toarray()
        """People whom two centers share, float of shape (num_centers, num_centers)."""
        self._columns_at, self._rows_at = _places(program, layout, self._num_centers)
        self._vain = np.zeros(self._num_centers)
        """Neighborhoods around each center that brought nothing since one did; those that are not
        around one count for all centers together."""
        self._widened = np.zeros(len(self._days))
        """How often whole days have let in more since somebody else improved the roster."""
        self._turns = Alternation(params)
        self._picked = 0
        """Pairs of the last neighborhood."""
        self.seed: int | None = None
        """Center around which the last neighborhood is, if it is around one."""
        self.day: int | None = None
        """Number of the first of the whole days that it has, if it has any."""

    @property
    def has_days(self) -> bool:
        """Whether the last neighborhood is one of whole days."""
        return self.day is not None

    def learn(self, gain: float, work: float, *, finished: bool = True) -> None:
        """Remember what the last neighborhood brought, and for how much work, in any unit.

        Whole days that were not `finished`, within their time or nodes, were too many pairs.
        """
        better = gain > 0
        self._turns.count(gain, work, self._picked, days=self.has_days)
        if better:
            self._widened *= _FADING
        if self.day is not None:
            step = 1.0 if finished else -1.0
            self._widened[self.day] = np.clip(self._widened[self.day] + step, 0.0, _MOST_VAIN)
        elif self.seed is not None:
            self._vain[self.seed] = 0.0 if better else self._vain[self.seed] + 1.0
        elif not better:
            self._vain += 1.0 / self._num_centers
        np.minimum(self._vain, _MOST_VAIN, out=self._vain)

    def staleness(self) -> float:
        """How much was tried in vain since something paid, from 0 to 1."""
        return min(1.0, float(self._vain.mean()) / self._params.stale)

    def lost(self, values: Array, activity: Array) -> Array:
        """What a roster costs beyond the bound, around each center; float (num_centers,).

        That is what it uses at its reduced cost, and what it leaves of each row at its price
        (complementary slackness). `activity` is what the values add up to in each row.
        """
        guide, program = self._guide, self._program
        lost: Array = np.zeros(self._num_centers)
        if guide is None:
            return lost
        reduced = guide.reduced
        lost += self._columns_at.T @ (reduced * values - np.minimum(reduced, 0.0) * program.upper)
        if len(guide.duals) == program.num_rows:
            left = activity - program.row_upper
            lost += self._rows_at.T @ (np.minimum(guide.duals, 0.0) * left)
        return np.maximum(lost, 0.0, out=lost)

    def _whole_days(self, values: Array) -> Array:
        """Pairs of a day in all centers: after vain tries more of them, or of further days too."""
        rng, days = self._rng, self._days
        promise = 0.5**self._widened
        self.day = day = int(rng.choice(len(days), p=promise / promise.sum()))
        widened = self._widened[day]
        more = int(rng.integers(0, int(min(widened, len(days) - 1)) + 1))
        chosen = np.append(rng.choice(np.delete(days, day), more, replace=False), days[day])
        near = self._near(values, widened - more, self._params.days_near)
        return np.flatnonzero(near & np.isin(self._layout.day, chosen))

    def _near(self, values: Array, vain: float, first: float | None = None) -> Array:
        """Pairs in use, or priced near what the relaxation uses; bool of shape (num_pairs,).

        `first`: reduced cost up to which they are near at first, else what the parameters say.
        """
        used: Array = values[: self._program.num_pairs] > 0.5
        if self._guide is None:
            return np.ones_like(used)
        near = self._params.near if first is None else first
        pairs, near = slice(0, len(used)), near * self._params.wider**vain
        used |= (self._guide.values[pairs] > 1e-6) | (self._guide.reduced[pairs] <= near)
        return used

    def pick(self, values: Array, activity: Array, size: int) -> Array:
        """About `size` pairs that belong together; the arrays as for `lost`."""
        pairs = self._pick(values, activity, size)
        self._picked = len(pairs)
        return pairs

    def _pick(self, values: Array, activity: Array, size: int) -> Array:
        layout, rng = self._layout, self._rng
        self.seed = self.day = None
        if self._num_centers > 1 and len(self._days) > 1 and self._guide is not None:
            narrow = self._near(values, 0.0, self._params.days_near)
            if self._turns.is_for_days(np.count_nonzero(narrow) / len(self._days)):
                return self._whole_days(values)
        if self._num_centers > 1 and rng.random() < 0.8:
            self.seed = seed = self._drawn(values, activity, self._params.sharp)
            return self._around(seed, self._near(values, self._vain[seed]), size)
        eligible = self._near(values, float(np.floor(self._vain.mean())))
        if rng.random() < 0.5 and len(self._days) > 3:
            length = int(rng.integers(2, max(3, len(self._days) // 2)))
            first = rng.choice(self._days)
            eligible &= (layout.day >= first) & (layout.day < first + length)
            return self._around(self._drawn(values, activity, 1.0), eligible, size)
        order = rng.permutation(int(layout.volunteer.max(initial=0)) + 1)
        count = np.bincount(layout.volunteer[eligible], minlength=len(order))[order]
        people = np.zeros(len(order), dtype=bool)
        people[order[: max(1, int(np.searchsorted(np.cumsum(count), size)))]] = True
        return np.flatnonzero(eligible & people[layout.volunteer])

    def _drawn(self, values: Array, activity: Array, sharp: float) -> int:
        """A center, the likelier the more is lost around it and the less was tried in vain."""
        weight = sharp * np.log1p(self.lost(values, activity)) - np.log(2.0) * self._vain
        promise = np.exp(weight - weight.max())
        return int(self._rng.choice(self._num_centers, p=promise / promise.sum()))

    def _around(self, seed: int, eligible: Array, size: int) -> Array:
        """Pairs of a center and of others that share people with it, until they are enough."""
        center = self._layout.center
        count = np.bincount(center[eligible], minlength=self._num_centers)
        chosen, total, weight = [seed], int(count[seed]), self._shared[seed].copy()
        while total < size:
            weight[chosen] = 0.0
            if weight.sum() <= 0:
                break
            other = int(self._rng.choice(self._num_centers, p=weight / weight.sum()))
            chosen.append(other)
            total += int(count[other])
            weight += self._shared[other]
        near = np.zeros(self._num_centers, dtype=bool)
        near[chosen] = True
        return np.flatnonzero(eligible & near[center])


def _places(
    program: Program, layout: Layout, num_centers: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """How much of each column, and of each row, belongs to each center.

    CSR of shapes (num_columns, num_centers) and (num_rows, num_centers). A pair belongs to its
    center, a row in equal parts to its pairs, another column to those it shares rows with.
    """
    pairs = program.num_pairs
    own = sparse.csr_array(
        (np.ones(pairs), (np.arange(pairs), layout.center)), shape=(pairs, num_centers)
    )
    touches = abs(program.matrix).sign()
    there = sparse.csr_array(touches[:, :pairs] @ own)
    others = sparse.csr_array(touches[:, pairs:].T @ there)
    columns = sparse.csr_array(sparse.vstack([own, _shares(others)], format="csr"))
    return columns, _shares(there)


def _shares(counts: sparse.csr_array) -> sparse.csr_array:
    """Each row in parts that add up to 1, where there is anything."""
    total = np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1.0)
    return sparse.csr_array(sparse.diags_array(1.0 / total) @ counts)
