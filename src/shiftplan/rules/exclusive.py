"""Exclusive seats in a model: each person of a shift fills one of them only.

(`Model`, requirements) -> sets of seats, each beside the people who fit one of them.

A roster has people for some of these seats if, for any set of them, as many people are there who
fit one of the set (P. Hall, On representatives of subsets, 1935). So the fewest seats that stay
empty are the most by which a set has more seats than people (O. Ore, Graphs and matching theorems,
1955), and no column says who has which seat. `check` finds who has which instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shiftplan.rules.held import with_spared

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.requirements import Conditions, Requirement


class SeatSets(NamedTuple):
    """Sets of exclusive requirements of one shift each, none that another makes superfluous."""

    shift: Array
    """Index of the shift of each set, int of shape (sets,)."""
    members: list[tuple[int, ...]]
    """The requirements of each set, by their index."""
    outside: list[tuple[int, ...]]
    """The exclusive requirements of the same shift that are not in the set."""
    fitting: Linear
    """People in the shift who fit a requirement of the set, an expression each."""
    others: Linear
    """People in the shift who only fit requirements outside of it, an expression each."""

    def lacking(self, model: Model, counts: Sequence[int]) -> Linear:
        """Seats of each set less the people who fit it, with so many seats of each requirement."""
        every = np.arange(len(self.members))
        return self.short(model, every, seats_of(self.members, counts))

    def short(self, model: Model, sets: Array, seats: Array) -> Linear:
        """Seats less the people who fit one, of some sets with so many seats.

        Where an alternative of its shift is held, no seat is empty.
        """
        fitting = with_spared(model, self.fitting.take(sets), self.shift[sets], seats)
        return (-fitting).plus(seats)


def seats_of(sets: Sequence[tuple[int, ...]], counts: Sequence[int]) -> Array:
    """Seats of sets of requirements, float of shape (sets,), with so many of each requirement."""
    return np.array([sum(counts[i] for i in some) for some in sets], dtype=float)


def seat_sets(model: Model, needs: Sequence[Requirement]) -> SeatSets:
    """The sets of some exclusive requirements; that of none is one of them."""
    index = model.arrays.shift_index
    at: dict[int, list[int]] = {}
    for i, need in enumerate(needs):
        at.setdefault(index[need.shift_id or ""], []).append(i)
    alike: dict[tuple[Conditions, ...], list[int]] = {}
    for shift in sorted(at):
        alike.setdefault(tuple(needs[i].conditions for i in at[shift]), []).append(shift)
    shifts: list[int] = []
    chosen: list[int] = []
    fitting, others = _Entries(), _Entries()
    for asked, own in alike.items():
        pair, bits = _fits(model, asked, own)
        place = np.searchsorted(own, model.pairs.shift[pair])
        for some in _closed(np.unique(bits).tolist(), len(asked)):
            row = len(shifts) + place
            is_in = (bits & some) != 0
            fitting.add(row, pair, is_in)
            others.add(row, pair, ~is_in & (bits != 0))
            shifts += own
            chosen += [some] * len(own)
    both = [_sides(at[shift], some) for shift, some in zip(shifts, chosen, strict=True)]
    return SeatSets(
        np.array(shifts, dtype=np.int64),
        [members for members, _ in both],
        [outside for _, outside in both],
        fitting.linear(model, len(shifts)),
        others.linear(model, len(shifts)),
    )


class _Entries:
    """Which pair adds to which row."""

    def __init__(self) -> None:
        self._rows: list[Array] = []
        self._pairs: list[Array] = []

    def add(self, row: Array, pair: Array, chosen: Array) -> None:
        self._rows.append(row[chosen])
        self._pairs.append(pair[chosen])

    def linear(self, model: Model, size: int) -> Linear:
        none = np.zeros(0, dtype=np.int64)
        row, pair = (np.concatenate([none, *parts]) for parts in (self._rows, self._pairs))
        return model.sum_entries(row, pair, size)


def _fits(model: Model, asked: Sequence[Conditions], shifts: Sequence[int]) -> tuple[Array, Array]:
    """Pairs of some shifts, and as bits which of the requirements each pair fits."""
    arrays, pairs = model.arrays, model.pairs
    pair = np.flatnonzero(np.isin(pairs.shift, shifts))
    who, where = pairs.volunteer[pair], pairs.shift[pair]
    bits = np.zeros(len(pair), dtype=np.int64)
    for place, conditions in enumerate(asked):
        fits = np.ones(len(pair), dtype=bool)
        for condition in conditions:
            fits &= arrays.meets(condition)[who, where]
        bits |= fits.astype(np.int64) << place
    return pair, bits


def _sides(members: Sequence[int], some: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which of the members are in a set, given as bits, and which are not."""
    bits = [some >> place & 1 for place in range(len(members))]
    inside, outside = (
        tuple(i for i, bit in zip(members, bits, strict=True) if bit == side) for side in (1, 0)
    )
    return inside, outside


def _closed(occurring: Sequence[int], count: int) -> Iterator[int]:
    """Yield sets of requirements, as bits, to which none can be added that no more people fit.

    `occurring`: which requirements people fit. For each requirement outside of a set, somebody is
    there who fits it, but none of the set.
    """
    every = (1 << count) - 1
    for some in range(every + 1):
        outside = 0
        for fits in occurring:
            if not fits & some:
                outside |= fits
        if some | outside == every:
            yield some
