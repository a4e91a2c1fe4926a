"""How many people of shifts that overlap take their breaks at which time.

`Turns` -> `taken` -> people at each choice of each group. People who are alike are counted
together; who of them goes when is decided in `breaks.py`.

People go one by one, each when it costs least with those before; then each may change. If no group
could have gone cheaper alone, nothing is better. Otherwise HiGHS looks for something better.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from scipy import sparse

from shiftplan.engines.highs import has_solution, load, whole_values
from shiftplan.model import Program

_MOST_ENTRIES = 20_000
"""Entries of a program for HiGHS, at most; beyond, what people find one by one stands."""
_NODES = 500
"""Nodes of its search, at most: a limit on time would make breaks depend on the machine."""
Cells = tuple[int, int]
"""First cell of a time, and first one after it."""


class TurnNeed(NamedTuple):
    """People needed over a time."""

    cells: Cells
    minimum: int
    target: int
    there: int
    """People who count, on a break or not."""


class TurnGroup(NamedTuple):
    """People who are alike, each of whom takes one of some choices."""

    people: int
    needs: tuple[int, ...]
    """Numbers of the needs for which they count."""
    choices: tuple[tuple[Cells, ...], ...]
    """Times that one is away."""


@dataclass(frozen=True)
class Turns:
    """Shifts of a center that overlap, cut into cells in which nothing begins or ends."""

    minutes: tuple[int, ...]
    """Length of each cell."""
    most: tuple[int, ...]
    """People who may be on a break together in each cell."""
    needs: tuple[TurnNeed, ...]
    groups: tuple[TurnGroup, ...]
    minimum_factor: int
    """How many times as much a person counts who is missing below the minimum."""

    @cached_property
    def weights(self) -> tuple[int, int]:
        """Price of a person beyond the most for a minute, and of one who is missing.

        The first is more than all who are missing can cost, and the second more than evenness can.
        """
        longest = [
            max(sum(self._length(span) for span in one) for one in group.choices)
            for group in self.groups
        ]
        people = sum(group.people for group in self.groups)
        away = sum(g.people * n for g, n in zip(self.groups, longest, strict=True))
        missing = away * people + 1
        return missing * (away * len(self.needs) * self.minimum_factor + 1), missing

    def _length(self, span: Cells) -> int:
        return sum(self.minutes[slice(*span)])


def taken(turns: Turns) -> tuple[tuple[int, ...], ...]:
    """People at each choice of each group.

    Minimised are, one after the other: the minutes of people on a break beyond the most, the
    minutes of people missing, and the sum of minutes times the square of the people away.
    """
    found = _OneByOne(turns)
    if found.cost > found.least:
        better = _Exact(turns, may_exceed=found.exceeds).counts()
        if better is not None and _OneByOne(turns, better).cost < found.cost:
            return better
    return found.counts


class _OneByOne:
    """Counts people at their choices, and what each more of them costs."""

    def __init__(self, turns: Turns, counts: Sequence[Sequence[int]] | None = None) -> None:
        self._turns = turns
        self._away = [0] * len(turns.minutes)
        self._counting = [[0] * len(turns.minutes) for _ in turns.needs]
        self._counts = [[0] * len(group.choices) for group in turns.groups]
        self.cost = 0
        """What all who are away cost."""
        if counts is not None:
            for group, own in enumerate(counts):
                for choice, people in enumerate(own):
                    for _ in range(people):
                        self._go(group, choice, self._prices(group)[choice])
            return
        self.least = sum(
            group.people * min(self._prices(place)) for place, group in enumerate(turns.groups)
        )
        """No less is possible: each costs most where others are away too."""
        for place in sorted(range(len(turns.groups)), key=lambda g: len(turns.groups[g].choices)):
            for _ in range(turns.groups[place].people):
                self._join(place)
        while self.cost > self.least and self._has_changed():
            pass

    @property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """People at each choice of each group."""
        return tuple(map(tuple, self._counts))

    @property
    def exceeds(self) -> bool:
        """Whether anywhere more are away than may be."""
        return any(n > most for n, most in zip(self._away, self._turns.most, strict=True))

    def _prices(self, place: int) -> list[int]:
        """What one more of a group costs at each choice."""
        turns, group = self._turns, self._turns.groups[place]
        beyond, missing = turns.weights
        cells = [
            (beyond if n >= most else 0) + 2 * n + 1
            for n, most in zip(self._away, turns.most, strict=True)
        ]
        for number in group.needs:
            need, away = turns.needs[number], self._counting[number]
            for cell in range(*need.cells):
                if need.there - away[cell] <= need.minimum:
                    cells[cell] += missing * turns.minimum_factor
                elif need.there - away[cell] <= need.target:
                    cells[cell] += missing
        prices = (n * price for n, price in zip(turns.minutes, cells, strict=True))
        sums = [0, *accumulate(prices)]
        return [sum(sums[b] - sums[a] for a, b in one) for one in group.choices]

    def _go(self, place: int, choice: int, price: int, people: int = 1) -> None:
        """Send somebody on a break, or -1: take somebody back."""
        group = self._turns.groups[place]
        self.cost += price * people
        self._counts[place][choice] += people
        for span in group.choices[choice]:
            for cell in range(*span):
                self._away[cell] += people
                for number in group.needs:
                    self._counting[number][cell] += people

    def _join(self, place: int) -> None:
        """Send one more of a group where it costs least, in the middle of what they choose from."""
        prices = self._prices(place)
        last = len(prices) - 1
        choice = min(range(len(prices)), key=lambda c: (prices[c], abs(2 * c - last), c))
        self._go(place, choice, prices[choice])

    def _has_changed(self) -> bool:
        """Let one person at each choice go elsewhere; whether that made anything cheaper."""
        before = self.cost
        for place, counts in enumerate(self._counts):
            for choice in [c for c, people in enumerate(counts) if people]:
                self._go(place, choice, 0, -1)
                prices = self._prices(place)
                self.cost -= prices[choice]
                if min(prices) < prices[choice]:
                    self._join(place)
                else:
                    self._go(place, choice, prices[choice])
        return self.cost < before


class _Exact:
    """The same as an integer program."""

    def __init__(self, turns: Turns, *, may_exceed: bool) -> None:
        self._turns, self._may_exceed = turns, may_exceed
        self._cost: list[int] = []
        self._upper: list[int] = []
        self._rows: list[tuple[dict[int, float], int]] = []
        self._columns = [
            [self._column(0, group.people) for _ in group.choices] for group in turns.groups
        ]
        self._pairs = len(self._cost)
        for group, own in zip(turns.groups, self._columns, strict=True):
            self._rows.append((dict.fromkeys(own, 1.0), group.people))
            self._rows.append((dict.fromkeys(own, -1.0), -group.people))
        self._post_away()
        for number, need in enumerate(turns.needs):
            self._post_need(number, need)

    def counts(self) -> tuple[tuple[int, ...], ...] | None:
        """The best counts found; None where the program is too large, or nothing was found."""
        if sum(len(row) for row, _ in self._rows) > _MOST_ENTRIES:
            return None
        entries = [(i, c, n) for i, (row, _) in enumerate(self._rows) for c, n in row.items()]
        row, column, size = zip(*entries, strict=True)
        shape = len(self._rows), len(self._cost)
        program = Program.part(
            sparse.csr_array((size, (row, column)), shape=shape),
            np.array([bound for _, bound in self._rows], dtype=float),
            np.array(self._upper, dtype=float),
            cost=np.array(self._cost, dtype=float),
        )
        highs = load(program, whole=np.arange(len(self._cost)) < self._pairs, seed=0)
        highs.setOptionValue("mip_max_nodes", _NODES)
        highs.run()
        if not has_solution(highs):
            return None
        values = whole_values(highs)
        return tuple(tuple(int(values[c]) for c in own) for own in self._columns)

    def _column(self, cost: int, upper: int) -> int:
        self._cost.append(cost)
        self._upper.append(upper)
        return len(self._cost) - 1

    def _away(self, cell: int, need: int | None = None) -> Iterator[int]:
        """Yield columns of people who are away in a cell, of those who count for a need."""
        for group, own in zip(self._turns.groups, self._columns, strict=True):
            if need is None or need in group.needs:
                for column, spans in zip(own, group.choices, strict=True):
                    if any(a <= cell < b for a, b in spans):
                        yield column

    def _post_away(self) -> None:
        """Price who is away, one dearer than the other."""
        beyond, _ = self._turns.weights
        for cell, (minutes, most) in enumerate(
            zip(self._turns.minutes, self._turns.most, strict=True)
        ):
            row = dict.fromkeys(self._away(cell), 1.0)
            every = sum(
                group.people
                for group in self._turns.groups
                if any(a <= cell < b for one in group.choices for a, b in one)
            )
            for n in range(every if self._may_exceed else min(every, most)):
                price = minutes * (2 * n + 1 + (beyond if n >= most else 0))
                row[self._column(price, 1)] = -1.0
            self._rows.append((row, 0))

    def _post_need(self, number: int, need: TurnNeed) -> None:
        """Price who is missing while others are away."""
        _, missing = self._turns.weights
        spare = min(need.there, max(0, need.there - need.target))
        above = min(need.there, max(0, need.there - need.minimum)) - spare
        for cell in range(*need.cells):
            row = dict.fromkeys(self._away(cell, number), 1.0)
            if row:
                price = missing * self._turns.minutes[cell]
                row[self._column(0, spare)] = -1.0
                row[self._column(price, above)] = -1.0
                row[self._column(price * self._turns.minimum_factor, need.there)] = -1.0
                self._rows.append((row, 0))
