"""How the visits of each center divide among journeys, kinds of citizens or languages.

Visits with what each of them is -> `Division`: parts by center, by group of centers, and of all.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Floats, Ints
from shiftplan.citizens.visits.log import Whole

_HELD_OUT = 28
"""Days at the end on which ways to pool are compared, unless a quarter of all is shorter."""
_HALVES = (math.inf, 26.0, 8.0, 3.0)
"""Weeks after which a visit counts half."""
_OTHERS = (math.inf, 10000.0, 3000.0, 1000.0, 300.0, 100.0, 30.0)
"""Visits of others that those of a center, or of a group of centers, are mixed with."""
_SURE = 2.0
"""Logarithm of the likelihood within which the way that pools more and fades slower is taken."""
_TINY = 1e-9
"""Part that a code without visits has where ways to pool are compared."""


@dataclass(frozen=True, eq=False)
class Division:
    """Parts of visits by what they are; those of each place add up to 1."""

    usual: Floats
    """Parts of all visits, shape (codes,)."""
    groups: Floats
    """Parts of the visits of each group of centers, shape (groups, codes)."""
    centers: Floats
    """Parts of the visits of each center, shape (centers, codes)."""
    own_groups: Bools
    """Groups whose own visits weigh at least as much as those of others, shape (groups,)."""
    own_centers: Bools
    """Centers whose own visits weigh at least as much as those of others, shape (centers,)."""

    def places(self, groups: Sequence[str], centers: Sequence[str]) -> Iterator[tuple[str, Floats]]:
        """Yield the places with parts of their own, and these: all, groups, and centers.

        The name of all is blank; a group without a name has no parts of its own.
        """
        yield "", self.usual
        for name, parts, own in zip(groups, self.groups, self.own_groups, strict=True):
            if name and own and len(groups) > 1:
                yield name, parts
        for name, parts, own in zip(centers, self.centers, self.own_centers, strict=True):
            if own:
                yield name, parts


def divide(code: Whole, center: Whole, age: Floats, group: Ints, codes: int) -> Division:
    """Estimate parts, in which places with few visits borrow strength from others.

    The visits of a center are mixed with some number of visits as its group of centers has them,
    and those of a group with visits as all have them: the posterior means of Dirichlet priors
    (Good, *The Estimation of Probabilities*, 1965). How many visits that are, and after how many
    weeks a visit counts half, is what predicts the last four weeks best from those before, by the
    multinomial likelihood; of ways within 2 of the best in its logarithm, the one that fades
    slowest and pools most. So places differ, or change over time, only where that shows.

    Parameters
    ----------
    code
        What each visit is, from 0, shape (visits,).
    center
        Position of its center, shape (visits,).
    age
        Days before the last visit, shape (visits,).
    group
        Group of each center, from 0, shape (centers,).
    codes
        Number of codes.
    """
    shape = len(group), codes
    cell = center * codes + code

    def counted(kept: Bools, half: float) -> Floats:
        weight = 0.5 ** (age[kept] / (7 * half))
        found = np.bincount(cell[kept], weights=weight, minlength=shape[0] * codes)
        return np.asarray(found.reshape(shape), dtype=np.float64)

    span = float(age.max(initial=0)) + 1
    last = age < min(_HELD_OUT, span / 4)
    held_out = counted(last, math.inf)
    cells = held_out.nonzero()
    scores = {(math.inf, math.inf, math.inf): -math.inf}
    for half in _HALVES if not last.all() else ():
        likely = _SomeCells(counted(~last, half), group, cells)
        for of_center, of_group in product(_OTHERS, _others(group)):
            found = likely.parts(of_group, of_center)
            score = float((held_out[cells] * np.log(np.maximum(found, _TINY))).sum())
            scores[half, of_group, of_center] = score
    enough = max(scores.values()) - _SURE
    half, of_group, of_center = next(way for way, score in scores.items() if score >= enough)
    return _mixed(counted(np.ones(len(code), dtype=bool), half), group, of_group, of_center)


def _others(group: Ints) -> tuple[float, ...]:
    """Visits that groups may be mixed with; a single group is all centers."""
    return _OTHERS if len(np.unique(group)) > 1 else (math.inf,)


class _SomeCells:
    """Parts of some (center, code) alone, as `_mixed` has them: most centers have few codes."""

    def __init__(self, counts: Floats, group: Ints, cells: tuple[Ints, ...]) -> None:
        of_groups = _by_group(counts, group)
        center, code = cells
        self._usual = _usual(of_groups)[code]
        self._group = of_groups[group[center], code], of_groups.sum(axis=1)[group[center]]
        self._center = counts[cells], counts.sum(axis=1)[center]

    def parts(self, of_group: float, of_center: float) -> Floats:
        """Parts of the visits of each center that are of the code, shape (cells,)."""
        by_group = _posterior(*self._group, self._usual, of_group)
        return _posterior(*self._center, by_group, of_center)


def _by_group(counts: Floats, group: Ints) -> Floats:
    groups = np.zeros((int(group.max(initial=0)) + 1, counts.shape[1]))
    np.add.at(groups, group, counts)
    return groups


def _usual(groups: Floats) -> Floats:
    total = groups.sum(axis=0)
    return total / total.sum() if total.sum() else np.full(len(total), 1 / len(total))


def _mixed(counts: Floats, group: Ints, of_group: float, of_center: float) -> Division:
    groups = _by_group(counts, group)
    of_groups, of_centers = (part.sum(axis=1) for part in (groups, counts))
    usual = _usual(groups)
    by_group = _posterior(groups, of_groups[:, None], usual, of_group)
    return Division(
        usual,
        by_group,
        _posterior(counts, of_centers[:, None], by_group[group], of_center),
        of_groups >= of_group,
        of_centers >= of_center,
    )


def _posterior(counts: Floats, sums: Floats, prior: Floats, others: float) -> Floats:
    """Parts of counts, of which there are `sums` in all, mixed with so many of a prior."""
    if math.isinf(others):
        return np.broadcast_to(prior, counts.shape)
    found: Floats = (counts + others * prior) / (sums + others)
    return found
