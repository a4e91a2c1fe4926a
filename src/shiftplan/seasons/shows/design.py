"""Observations laid out for the model: cells that are alike, columns of effects, and their mix.

`Show`s with weights, `Volunteer`s -> `Design` -> `Counts` of the model.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np

from shiftplan.seasons.shows.fitting import Counts, Floats, Ints
from shiftplan.seasons.shows.show import (
    CIRCUMSTANCES,
    Show,
    ShowAnswer,
    level_order,
    levels_of,
    notice_level,
    when_levels,
)
from shiftplan.week.records import Volunteer

Levels = tuple[str, ...]
Mix = Mapping[Levels, float]
"""Levels of `CIRCUMSTANCES` -> their share; shares add up to 1."""
_GROUP = "group"
_FAMILIES = (*CIRCUMSTANCES, _GROUP)
_LEAST_IN_GROUP, _MOST_GROUPS = 5, 50
"""People who were observed that a group needs for an effect of its own, and how many may have."""


class Design:
    """What was observed, by person and circumstances, and which effects that has."""

    def __init__(self, seen: Sequence[tuple[Show, float]], people: Mapping[str, Volunteer]) -> None:
        self._people = people
        sums: dict[tuple[str, Levels], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for show, weight in seen:
            cell = sums[show.volunteer_id, levels_of(show)]
            cell[0] += weight * show.came
            cell[1] += weight
        self._sums = dict(sorted(sums.items()))
        self.levels = [levels for _, levels in self._sums]
        """Levels of each cell."""
        self.total = np.array([total for _, total in self._sums.values()])
        """Observations of each cell, weighted; shape (cells,)."""
        self.position = {who: i for i, who in enumerate(dict.fromkeys(w for w, _ in self._sums))}
        """Volunteer id -> position among those observed."""
        self.column = {name: i for i, name in enumerate(self._named(), start=1)}
        """(Family, level) -> column; the first one is the common value."""
        self.mix = _shares(zip(self.levels, self.total.tolist(), strict=True))
        """Circumstances as they were observed."""

    @property
    def width(self) -> int:
        """Number of columns."""
        return 1 + len(self.column)

    def _named(self) -> list[tuple[str, str]]:
        """Columns but the first. A level that always holds has none, nor have small groups."""
        found: list[tuple[str, str]] = []
        for i, of in enumerate(CIRCUMSTANCES):
            levels = sorted({levels[i] for levels in self.levels}, key=level_order)
            found += [(of, level) for level in levels if len(levels) > 1]
        sizes = Counter(name for who in self.position for name in self._groups(who))
        large = sorted(sizes, key=lambda name: (-sizes[name], name))[:_MOST_GROUPS]
        return [*found, *((_GROUP, name) for name in large if sizes[name] >= _LEAST_IN_GROUP)]

    def _groups(self, who: str) -> tuple[str, ...]:
        return self._people[who].group if who in self._people else ()

    def columns_of(self, who: str) -> list[int]:
        """Columns of a person in every circumstance."""
        names = ((_GROUP, name) for name in self._groups(who))
        return [0, *(self.column[name] for name in names if name in self.column)]

    def columns_at(self, levels: Levels) -> list[int]:
        """Columns of circumstances."""
        names = zip(CIRCUMSTANCES, levels, strict=True)
        return [self.column[name] for name in names if name in self.column]

    def own(self, who: str) -> Floats:
        """1 for each column of a person, shape (width,)."""
        columns = np.zeros(self.width)
        columns[self.columns_of(who)] = 1.0
        return columns

    def average(self, mix: Mix) -> Floats:
        """Share of each column in a mix of circumstances, shape (width,)."""
        columns = np.zeros(self.width)
        for levels, share in mix.items():
            columns[self.columns_at(levels)] += share
        return columns

    def mixture(
        self, start: datetime | None, notice_hours: int | None, answer: ShowAnswer | None
    ) -> Mix:
        """The mix, where what is given holds instead."""
        when = (None, None) if start is None else when_levels(start)
        notice = None if notice_hours is None else notice_level(notice_hours)
        given = (*when, notice, answer)
        return _shares(
            (tuple(old if new is None else new for new, old in zip(given, levels, strict=True)), s)
            for levels, s in self.mix.items()
        )

    def family(self) -> Ints:
        """Family of each column: numbers from 0 that are all taken; -1 for the first."""
        names = [_FAMILIES.index(family) for family, _ in self.column]
        return np.array([-1, *np.unique(names, return_inverse=True)[1]], np.int64)

    def counts(self) -> Counts:
        """The cells as arrays."""
        from scipy.sparse import csr_matrix

        places = [
            (i, column)
            for i, (who, levels) in enumerate(self._sums)
            for column in (*self.columns_of(who), *self.columns_at(levels))
        ]
        at = np.array(places, np.int64).T
        ones = np.ones(len(places))
        design = csr_matrix((ones, (at[0], at[1])), shape=(len(self._sums), self.width))
        person = np.array([self.position[who] for who, _ in self._sums], np.int64)
        came = np.array([came for came, _ in self._sums.values()])
        return Counts(person, design, came, self.total)

    def beliefs(self) -> Floats:
        """Show rate stated for each person observed, shape (persons,); NaN for none."""
        stated = (
            self._people[who].show_rate if who in self._people else 1.0 for who in self.position
        )
        return np.array([np.nan if rate == 1 else max(rate, 0.01) for rate in stated])


def _shares(parts: Iterable[tuple[Levels, float]]) -> Mix:
    found: dict[Levels, float] = defaultdict(float)
    for levels, part in parts:
        found[levels] += part
    whole = sum(found.values())
    return {levels: part / whole for levels, part in found.items()}
