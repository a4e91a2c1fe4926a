"""Made-up programs in which personal rows over several days dominate, drawn from a seed."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.model import Layout, Program


class _Rows:
    """Rows under construction, and columns that ease or follow."""

    def __init__(self, pairs: int) -> None:
        self.entries: list[dict[int, float]] = []
        self.bounds: list[float] = []
        self.upper = [1.0] * pairs
        self.cost = [0.0] * pairs

    def column(self, cost: float, upper: float = 1.0) -> int:
        self.upper.append(upper)
        self.cost.append(cost)
        return len(self.cost) - 1

    def add(self, entries: dict[int, float], bound: float, price: float | None = None) -> None:
        """A row; with a `price` a column of its own eases it."""
        if price is not None:
            entries = {**entries, self.column(price, 10.0): -1.0}
        self.entries.append(entries)
        self.bounds.append(bound)


def ward(
    seed: int, people: int = 3, days: int = 5, kinds: int = 2, *, minima: bool = True
) -> tuple[Program, Layout]:
    """A few people, `kinds` shifts a day; hard and soft runs, totals, weekends, and seats to fill.

    With `minima` hard rows break when nobody works.
    """
    rng = np.random.default_rng(seed)
    keep = rng.random((people, days, kinds)) < 0.85
    person, day, kind = np.nonzero(keep)
    rows = _Rows(len(person))
    rows.cost = rng.integers(-3, 4, len(person)).astype(float).tolist()
    for p in range(people):
        _personal(rows, rng, p, (person, day, kind), days, minima=minima and p == 0)
    for d in range(days):
        for k in range(kinds):
            seat = np.flatnonzero((day == d) & (kind == k)).tolist()
            rows.add(dict.fromkeys(seat, -1.0), -float(rng.integers(0, 3)), price=20.0)
            rows.add(dict.fromkeys(seat, 1.0), 1.0, price=2.0 if rng.random() < 0.8 else None)
    return _program(rows, len(person)), Layout(person, np.zeros_like(person), day)


def _personal(
    rows: _Rows, rng: np.random.Generator, p: int, where: tuple[Any, ...], days: int, minima: bool
) -> None:
    person, day, kind = where
    on = [np.flatnonzero((person == p) & (day == d)).tolist() for d in range(days)]
    for today in on:
        rows.add(dict.fromkeys(today, 1.0), 1.0)
    for d in range(days - 2):
        run = {i: 1.0 for t in on[d : d + 3] for i in t}
        rows.add(run, 2.0, price=None if rng.random() < 0.5 else 7.0)
    for d in range(1, days - 1):  # nobody works a single day
        alone = dict.fromkeys(on[d], 1.0) | dict.fromkeys(on[d - 1] + on[d + 1], -1.0)
        rows.add(alone, 0.0, price=None if rng.random() < 0.5 else 5.0)
    for first, then in itertools.pairwise(on):  # no early shift after a late one
        rows.add({i: 1.0 for i in first if kind[i]} | {i: 1.0 for i in then if not kind[i]}, 1.0)
    weekend = rows.column(0.0)
    for today in on[-2:]:
        rows.add({**dict.fromkeys(today, 1.0), weekend: -1.0}, 0.0)
    rows.add({weekend: 1.0}, 0.0, price=4.0)
    length = {i: float(1 + kind[i]) for today in on for i in today}
    rows.add(length, float(rng.integers(3, 6)))
    rows.add({i: -size for i, size in length.items()}, -2.0, price=None if minima else 6.0)


def _program(rows: _Rows, pairs: int) -> Program:
    row = [r for r, entries in enumerate(rows.entries) for _ in entries]
    column = [c for entries in rows.entries for c in entries]
    data = [a for entries in rows.entries for a in entries.values()]
    shape = (len(rows.entries), len(rows.cost))
    return Program(
        matrix=sparse.csr_array((np.array(data), (row, column)), shape=shape),
        row_upper=np.array(rows.bounds),
        upper=np.array(rows.upper),
        cost=np.array(rows.cost),
        level_cost={},
        offset=3.0,
        level_offset={},
        num_pairs=pairs,
    )
